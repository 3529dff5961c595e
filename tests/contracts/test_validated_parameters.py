"""What is validated is what the example computes: its powertrains hold the class parameters that were calibrated.

The validation builds its cars with :class:`Classes`; the example's files hold the same figures, rounded for reading.
"""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from coaxle.design.edu import PartsEdu
from coaxle.project.project import BevEntry, IceEntry
from coaxle.project.read import read
from coaxle.validation.approvals import approvals
from coaxle.validation.cars import Garage, rated_power
from coaxle.validation.classes import Classes
from coaxle.validation.parts import parts
from coaxle.validation.records import CombustionRecord, combustion_records, electric_records
from coaxle.vehicle.powertrain import Bev, Ice, Transmission

PATH = Path(__file__).parents[2] / "examples" / "bmw-jlr" / "alliance.yaml"
ROUNDING = 2e-3
"""Files are written to hundredths of a newton metre, of the smallest drag (3 Nm) 0.17 %; the rest is closer."""
BESIDE = {"mass", "cost", "source", "assumed"}
"""Fields of a part that no test of consumption sees as such."""

PROJECT = read(PATH)
ELECTRIC = sorted(name for name, entry in PROJECT.powertrains.items() if isinstance(entry, BevEntry))
COMBUSTION = sorted(name for name, entry in PROJECT.powertrains.items() if isinstance(entry, IceEntry))


def records() -> list[CombustionRecord]:
    """Every car with an engine that is predicted, of the US lists and of the WLTP."""
    european = [row.record for row in approvals() if isinstance(row.record, CombustionRecord)]
    return [*combustion_records(), *european]


GEARBOXES = {record.gearbox for record in records()}


def ice_entry(name: str) -> IceEntry:
    entry = PROJECT.powertrains[name]
    assert isinstance(entry, IceEntry)
    return entry


def validated_gearbox(name: str) -> str:
    """The gearbox of the records that ``name`` is a setting of: ``zf-8hp51`` of ``zf-8hp51-d4``."""
    return name if name in GEARBOXES else name.rpartition("-")[0]


def mild_hybrid(entry: IceEntry) -> bool:
    return entry.alternator.power > 5e3


def validated(entry: IceEntry) -> Ice:
    """The powertrain that the validation builds of the same engine, gearbox and driven wheels."""
    record = replace(
        combustion_records()[0],
        engine=entry.engine,
        gearbox=validated_gearbox(entry.transmission),
        driven=entry.driven,
        mild_hybrid=mild_hybrid(entry),
        stop_start=True,
    )
    powertrain = Garage(Classes()).combustion(record).powertrain
    assert isinstance(powertrain, Ice)
    return powertrain


def figures(part: Any, name: str = "") -> dict[str, Any]:
    """The fields of a part, and of the parts in it, one number or word each."""
    if hasattr(part, "__dataclass_fields__"):
        found: dict[str, Any] = {}
        for field in fields(part):
            if field.name not in BESIDE:
                found.update(figures(getattr(part, field.name), f"{name}.{field.name}"))
        return found
    if isinstance(part, tuple):
        return {f"{name}[{i}]": value for i, value in enumerate(part)}
    return {name: part}


def hold(part: Any, wanted: Any, name: str) -> None:
    ours, theirs = figures(part, name), figures(wanted, name)
    assert ours == {
        field: pytest.approx(value, rel=ROUNDING) if isinstance(value, float) else value
        for field, value in theirs.items()
    }


@pytest.mark.parametrize("name", COMBUSTION)
def test_combustion_powertrains_hold_the_calibrated_classes(name: str) -> None:
    entry, wanted = ice_entry(name), validated(ice_entry(name))
    for field in ("axle_loss", "auxiliaries", "alternator", "idling", "stop_start", "recuperation", "driven"):
        hold(getattr(entry, field), getattr(wanted, field), f"{name}.{field}")


@pytest.mark.parametrize("name", COMBUSTION)
def test_gearboxes_are_set_up_as_calibrated_for_the_engine_before_them(name: str) -> None:
    box = PROJECT.transmissions[ice_entry(name).transmission]
    assert isinstance(box, Transmission)
    hold(box, validated(ice_entry(name)).transmission, f"{name}.transmission")


@pytest.mark.parametrize("name", COMBUSTION)
def test_48_volts_are_where_a_predicted_car_has_them(name: str) -> None:
    """An engine that some predicted car has, has in the example the alternator of such a car."""
    entry = ice_entry(name)
    seen = {record.mild_hybrid for record in records() if record.engine == entry.engine}
    assert not seen or mild_hybrid(entry) in seen


@pytest.mark.parametrize("name", ELECTRIC)
def test_electric_powertrains_hold_the_calibrated_classes(name: str) -> None:
    entry = PROJECT.powertrains[name]
    wanted = Garage(Classes()).electric(electric_records()[0]).powertrain
    assert isinstance(wanted, Bev)
    for field in ("charger", "regeneration", "auxiliaries"):
        hold(getattr(entry, field), getattr(wanted, field), f"{name}.{field}")


def test_every_gearbox_of_the_example_is_one_of_a_predicted_car() -> None:
    """Another setting of a gearbox is the same hardware."""
    for name in {ice_entry(name).transmission for name in COMBUSTION}:
        assert validated_gearbox(name) in GEARBOXES
        box, plain = PROJECT.transmissions[name], PROJECT.transmissions[validated_gearbox(name)]
        assert (box.mass, box.cost) == (plain.mass, plain.cost)


def test_engines_units_and_their_classes_are_those_of_the_validation() -> None:
    """No file of the example lays other figures over a part of the library that the predictions use."""
    classes, library = Classes(), parts()
    used = {ice_entry(name).engine for name in COMBUSTION}
    assert {name: PROJECT.engines[name] for name in used} == {name: library.engines[name] for name in used}
    combustions = {PROJECT.engines[name].combustion for name in used}
    assert {c: PROJECT.combustions[c] for c in combustions} == {c: classes.combustions[c] for c in combustions}
    for unit in {u for r in electric_records() for u in (r.front, r.rear) if u} & set(PROJECT.edus):
        assert PROJECT.edus[unit] == library.edus[unit]


def test_units_take_what_was_calibrated_while_the_car_is_on() -> None:
    """Written in whole watts, of the smallest unit 0.2 %."""
    for name, unit in PROJECT.edus.items():
        if isinstance(unit, PartsEdu) and unit.owner is not None:
            assert unit.standby == pytest.approx(Classes().unit_standby * rated_power(unit), rel=ROUNDING), name


def test_turning_masses_are_those_of_the_validation() -> None:
    for name, carline in PROJECT.carlines.items():
        hold(carline.body.rotating_share, Classes().rotating_share, name)


def test_nothing_was_skipped() -> None:
    assert len(ELECTRIC) >= 20
    assert len(COMBUSTION) >= 30
