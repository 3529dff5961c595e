"""What an honest validation must not break: no leak between the parts, no parameter of one car, energies that close."""

from __future__ import annotations

import hashlib
from dataclasses import fields

import numpy as np
import pytest

from coaxle.cycles.legal import legal
from coaxle.validation.approvals import approvals, european, sprints
from coaxle.validation.cars import Garage
from coaxle.validation.classes import Classes
from coaxle.validation.parts import parts
from coaxle.validation.records import Record, combustion_records, electric_records
from coaxle.validation.tractive import ROTATING, tractive_energy
from coaxle.vehicle.backward import drive
from coaxle.vehicle.settings import DriveSettings

RECORDS: tuple[Record, ...] = (*electric_records(), *combustion_records())


def test_the_part_of_a_family_follows_from_its_name_alone() -> None:
    """By the parity of the first byte of its SHA-256, so that nobody chose."""
    for record in RECORDS:
        even = hashlib.sha256(record.family.encode()).digest()[0] % 2 == 0
        assert record.part == ("calibration" if even else "test"), record.name


def test_no_vehicle_and_no_family_stands_in_both_parts() -> None:
    for key in ("family", "vehicle"):
        seen: dict[str, str] = {}
        for record in RECORDS:
            name = record.family if key == "family" else record.name.rsplit("-", 1)[0]
            assert seen.setdefault(name, record.part) == record.part, name


def test_both_parts_are_worth_their_name() -> None:
    """Each part holds at least a quarter of the electric and of the petrol records."""
    for records in (electric_records(), combustion_records()):
        share = np.mean([record.part == "test" for record in records])
        assert 0.25 < share < 0.75


def test_records_are_distinct_and_name_known_parts() -> None:
    assert len({record.name for record in RECORDS}) == len(RECORDS)
    loads = [(r.name.rsplit("-", 1)[0], r.mass, r.f0, r.f1, r.f2, r.wheel_radius) for r in RECORDS]
    assert len(set(loads)) == len(loads), "carry-over twins are left out"
    known = parts()
    for record in combustion_records():
        assert record.engine in known.engines
        assert record.gearbox in known.transmissions
        assert known.combustions[known.engines[record.engine].combustion].fuel == record.fuel
    for car in electric_records():
        assert car.battery in known.batteries
        assert {car.front, car.rear} - {""} <= set(known.edus)
        assert car.front or car.rear


def test_figures_of_the_records_are_those_of_cars() -> None:
    for record in RECORDS:
        assert 1200 < record.mass < 3300, record.name
        assert 0.28 < record.wheel_radius < 0.41, record.name
        at_100 = record.f0 + record.f1 / 0.036 + record.f2 / 0.036**2
        assert 350 < at_100 < 1300, f"{record.name}: {at_100:.0f} N at 100 km/h"
    for car in combustion_records():
        assert np.isfinite(car.ftp) or np.isfinite(car.hwfet), car.name
        if np.isfinite(car.ftp) and np.isfinite(car.hwfet):
            assert 0.5 < car.hwfet / car.ftp < 0.85, car.name
    for ev in electric_records():
        assert 0.8 < ev.hwfet / ev.udds < 1.35, ev.name


def test_cars_of_type_approval_stand_in_the_part_of_their_body() -> None:
    by_name = {record.name: record.part for record in RECORDS}
    for row in approvals():
        assert row.record.part == by_name[row.record.name]
        assert row.combined <= row.highest
        assert np.isnan(row.phases).all() == (row.kind == "electric")
    assert {row.record.name for row in sprints()} <= set(by_name)


def test_phases_of_a_label_make_up_its_combined_figure() -> None:
    """Weighted with the distances of the WLTC. 0.7 %: UK labels are rounded to 0.1 l/100 km."""
    distance = legal("WLTC-3b").phase_distance
    for row in approvals():
        if np.isfinite(row.phases).all():
            assert row.phases @ distance / distance.sum() == pytest.approx(row.combined, rel=7e-3), row.name


def test_no_class_parameter_names_a_car() -> None:
    """Every class is a combustion, a kind of drive unit or a figure for all; none is keyed by a model or a family."""
    classes = Classes()
    names = {word.lower() for r in RECORDS for word in (r.name, r.model, r.family)}
    for field in fields(Classes):
        value = getattr(classes, field.name)
        if isinstance(value, dict):
            assert not names & set(value)
            assert len(value) <= 8


def test_european_road_load_is_what_is_stated() -> None:
    """The constant part in proportion to mass and times the tyres' factor, the rest as it is."""
    classes = Classes(european_rolling=0.8, european_load=100.0)
    for row in approvals():
        car, american = european(row, classes), row.record
        expected = american.mass if np.isnan(row.running_order) else row.running_order + 100.0
        assert car.mass == expected
        assert car.f0 == pytest.approx(0.8 * american.f0 * expected / american.mass, rel=1e-12)
        assert (car.f1, car.f2, car.wheel_radius) == (american.f1, american.f2, american.wheel_radius)


def test_more_of_any_loss_never_takes_less() -> None:
    """Cars of all classes take more energy with more road load, auxiliaries or mass."""
    records = electric_records()[::9]
    garage = Garage(Classes())
    base = drive([garage.electric(r) for r in records], legal("UDDS"), DriveSettings(soc=0.6)).wall_energy
    hungry = Garage(Classes(electric_auxiliaries=500.0))
    more = drive([hungry.electric(r) for r in records], legal("UDDS"), DriveSettings(soc=0.6)).wall_energy
    assert np.all(more > base)


def test_tractive_energy_is_what_the_kernel_sees_at_the_wheels() -> None:
    """Two roads to the energy at the wheels: plain NumPy here, the compiled drive there; same rotating mass."""
    records = combustion_records()[::25]
    garage = Garage(Classes(rotating_share=ROTATING))
    runs = drive([garage.combustion(r) for r in records], legal("HWFET"), DriveSettings(warmth=1.0)).checked()
    driving, net = tractive_energy(records, legal("HWFET"))
    # the kernel adds the inertia of the engine in gear on its side of the wheels: not in wheel_out
    distance = runs.distance.sum(axis=1)
    np.testing.assert_allclose(runs.total("wheel_out") / distance, driving, rtol=1e-9)
    np.testing.assert_allclose((runs.total("wheel_out") + runs.total("wheel_in")) / distance, net, rtol=1e-9)
