"""Error figures against a handful of numbers, and tractive energy against a closed form."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.cycles.cycle import Cycle
from coaxle.errors import InputError, UseError
from coaxle.validation.errors import Comparison, one_constant
from coaxle.validation.records import Record
from coaxle.validation.tables import Table
from coaxle.validation.tractive import ROTATING, tractive_energy
from coaxle.validation.validate import Validation, ValidationSettings, validate

ROWS = Comparison(
    quantity="range",
    kind="electric",
    unit="km",
    scale=1e3,
    relative=True,
    target=0.05,
    names=("a", "b", "c", "d", "e"),
    makers=("BMW", "BMW", "JLR", "JLR", "JLR"),
    parts=("test", "test", "test", "calibration", "test"),
    measured=np.array([100.0, 200.0, 50.0, 10.0, np.nan]),
    predicted=np.array([110.0, 190.0, 50.0, 20.0, 1.0]),
    baseline=np.array([100.0, 100.0, 100.0, 100.0, 100.0]),
)


def test_errors_by_hand() -> None:
    """+10 %, -5 %, 0: mean 5/3 %, mean absolute 5 %, worst 10 %; neither gaps nor the other part count."""
    errors = ROWS.errors("test")
    assert errors is not None
    assert errors.count == 3
    assert errors.mean == pytest.approx(0.05 / 3)
    assert errors.mean_absolute == pytest.approx(0.05)
    assert errors.ninetieth == pytest.approx(0.09)  # linear between 5 % and 10 % at 0.9 * 2 = 1.8
    assert (errors.worst, errors.worst_name) == (pytest.approx(0.1), "a")
    of_maker = ROWS.errors("test", "JLR")
    assert of_maker is not None
    assert (of_maker.count, of_maker.mean_absolute) == (1, 0.0)
    fitted = ROWS.errors("calibration")
    assert fitted is not None
    assert fitted.mean == pytest.approx(1.0)
    assert ROWS.errors("test", "Rover") is None
    constant = ROWS.errors("test", of_baseline=True)
    assert constant is not None
    assert constant.mean_absolute == pytest.approx((0.0 + 0.5 + 1.0) / 3)


def test_differences_where_relative_makes_no_sense() -> None:
    rows = Comparison(
        quantity="0-100 km/h", kind="petrol", unit="s", scale=1.0, relative=False, target=None, names=("a",),
        makers=("BMW",), parts=("test",), measured=np.array([4.0]), predicted=np.array([4.5]),
    )  # fmt: skip
    errors = rows.errors("test")
    assert errors is not None
    assert errors.mean == pytest.approx(0.5)
    assert rows.errors("test", of_baseline=True) is None


def test_one_constant_is_fitted_on_the_calibration_part_alone() -> None:
    measured = np.array([2.0, 4.0, 9.0, 100.0, np.nan])
    feature = np.array([1.0, 2.0, 3.0, 1.0, 1.0])
    parts = ("calibration", "calibration", "calibration", "test", "calibration")
    np.testing.assert_allclose(one_constant(measured, feature, parts), 2.0 * feature)


def test_tractive_energy_of_a_ramp_and_a_cruise() -> None:
    """From 0 to 20 m/s in 10 s and 100 s on: kinetic energy and road load, by hand."""
    car = Record(
        name="a-1", part="test", family="f", maker="BMW", brand="BMW", model="A", mass=1500.0, f0=150.0, f1=0.0, f2=0.4,
        wheel_radius=0.3,
    )  # fmt: skip
    cycle = Cycle(
        name="ramp", time=[0.0, 10.0, 110.0], speed=[0.0, 20.0, 20.0], grade=[0.0, 0.0, 0.0], phases=("all",),
        borders=[0.0, 110.0], source="test",
    )  # fmt: skip
    kinetic = 0.5 * 1500 * (1 + ROTATING) * 400
    ramp = (150 + 0.4 * 400 / 3) * 100  # mean force with the mean of v^2 over a linear rise, times 100 m
    cruise = (150 + 0.4 * 400) * 2000
    driving, net = tractive_energy([car], cycle)
    assert driving[0] * 2100 == pytest.approx(kinetic + ramp + cruise, rel=1e-12)
    assert net[0] == driving[0]


def test_what_was_not_compared_is_named() -> None:
    nothing = validate(ValidationSettings(two_cycle=False, wltp=False, zero_to_100=False))
    assert nothing.comparisons == ()
    some = Validation(comparisons=(ROWS,), classes=nothing.classes)
    assert some.of("range", "electric") is ROWS
    with pytest.raises(UseError, match="'range' of petrol cars was not compared; there are range of electric cars"):
        some.of("range", "petrol")


def test_a_table_with_a_word_where_a_number_is_wanted() -> None:
    table = Table("t.csv", (), {"mass [kg]": ("1500", "", "heavy")})
    with pytest.raises(InputError, match=r"t.csv, mass \[kg\], row 3: 'heavy'; a number is wanted"):
        table.numbers("mass [kg]")
    assert np.isnan(Table("t.csv", (), {"x": ("1", "")}).numbers("x")[1])
