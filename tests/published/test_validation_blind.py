"""The blind errors of docs/validation.md: certification tests that no parameter has seen.

Bounds are the targets that were set before; the figures reached lie below them (see the page).
"""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.validation.records import combustion_records
from coaxle.validation.validate import Validation, validate


@pytest.fixture(scope="module")
def validation() -> Validation:
    return validate()


@pytest.mark.parametrize(
    ("quantity", "kind", "target"),
    [
        ("UDDS, energy from the wall", "electric", 0.04),
        ("HWFET, energy from the wall", "electric", 0.04),
        ("FTP-75", "petrol", 0.05),
        ("HWFET", "petrol", 0.05),
        ("FTP-75", "diesel", 0.05),
        ("HWFET", "diesel", 0.05),
        ("WLTP, combined", "electric", 0.06),
        ("WLTP, combined", "petrol", 0.06),
        ("WLTP, combined", "diesel", 0.06),
        ("0-100 km/h", "electric", 0.6),
        ("0-100 km/h", "petrol", 0.6),
    ],
)
def test_mean_absolute_error_of_the_test_part(validation: Validation, quantity: str, kind: str, target: float) -> None:
    comparison = validation.of(quantity, kind)
    errors = comparison.errors("test")
    assert errors is not None
    assert errors.mean_absolute <= target
    assert comparison.target == target, "the page judges by the same target"


@pytest.mark.parametrize("quantity", ["FTP-75", "HWFET"])
def test_petrol_cars_beat_the_one_constant(validation: Validation, quantity: str) -> None:
    comparison = validation.of(quantity, "petrol")
    errors, constant = comparison.errors("test"), comparison.errors("test", of_baseline=True)
    assert errors is not None
    assert constant is not None
    assert errors.mean_absolute < 0.75 * constant.mean_absolute


def test_electric_cars_beat_the_one_constant_over_all_records(validation: Validation) -> None:
    """On both cycles; on the HWFET of the test part alone the constant happens to do better, which the page says."""
    for quantity in ("UDDS, energy from the wall", "HWFET, energy from the wall"):
        comparison = validation.of(quantity, "electric")
        predicted = np.mean(np.abs(comparison.deviations()))
        assert predicted < np.mean(np.abs(comparison.deviations(comparison.baseline)))


def test_the_range_rover_with_the_engine_of_the_other_maker(validation: Validation) -> None:
    """JLR's 5.0 against BMW's 4.4 V8 in the Range Rover, FTP 20.3 -> 19.3 and HWFET 28.9 -> 31.9 mpg (EPA).

    The road load changed with the body, from 253 to 209 N at rest; the engine change alone is not to be had. The gain
    on the highway is predicted. The loss in the city is not: each car is within 20 %, the supercharged one too high,
    the other too low, and the page says so.
    """
    rows = {record.name: record for record in combustion_records()}
    old, new = rows["lxjpp205-1"], rows["3kmtt064-2"]
    assert (old.engine, new.engine) == ("aj133-386", "n63-390")
    assert 235.214583e-8 / np.array([old.hwfet, new.hwfet]) == pytest.approx([28.9, 31.9], rel=0.01)
    names = [name.rsplit("(", 1)[1].rstrip(")") for name in validation.of("HWFET", "petrol").names]
    for quantity in ("FTP-75", "HWFET"):
        comparison = validation.of(quantity, "petrol")
        both = [names.index(r.name) for r in (old, new)]
        assert np.all(np.abs(comparison.deviations()[both]) < 0.20)
    highway = validation.of("HWFET", "petrol").predicted[both]
    assert highway[1] < highway[0]


def test_implied_one_way_efficiency_of_drive_units(validation: Validation) -> None:
    """Battery to wheel over the HWFET: the electric tests of both partners imply 0.866 to 0.894.

    The assumptions behind that (88 % charging, 300 W of auxiliaries, battery counted with the drive) differ from the
    class parameters, which put more into standing losses: 0.84 to 0.95 is asked of the maps here.
    """
    from coaxle.cycles.legal import legal
    from coaxle.validation.cars import Garage
    from coaxle.validation.records import electric_records
    from coaxle.vehicle.backward import drive
    from coaxle.vehicle.settings import DriveSettings

    garage = Garage(validation.classes)
    cars = [garage.electric(record) for record in electric_records()]
    runs = drive(cars, legal("HWFET"), DriveSettings(soc=0.6)).checked()
    lost = runs.total("unit") + runs.total("storage")
    through = runs.total("wheel_out") - runs.total("wheel_in") - runs.total("brake")
    efficiency = 1.0 - lost / (through + lost)
    assert np.all(efficiency > 0.84)
    assert np.all(efficiency < 0.95)
