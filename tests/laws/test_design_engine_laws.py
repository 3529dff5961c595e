"""What physics forbids an engine map to do otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.design.engine import Combustion, Engine, EngineSettings, map_engine
from coaxle.design.engine.wide_open import wide_open
from coaxle.errors import InputError

RPM = np.pi / 30
TURBO = Combustion(
    fuel="petrol", a=0.468678, b=0.011859, c2=-0.00069, a2=-0.00266, l=-2.14063, l2=-0.0025,
    cold_friction=2.0, warm_up=5e6, source="test",
)  # fmt: skip
DIESEL = Combustion(
    fuel="diesel", a=0.391197, b=0.028604, c2=-0.00196, a2=-0.0012, l=-1.55291, l2=-0.0076,
    cold_friction=2.0, warm_up=5e6, source="test",
)  # fmt: skip


def engine(displacement: float = 2e-3, torque: float = 400.0, power: float = 190e3, **changes: object) -> Engine:
    figures: dict[str, object] = {
        "owner": "one", "family": "four", "combustion": "turbo", "displacement": displacement, "cylinders": 4,
        "stroke": 0.0946, "torque": torque, "torque_from": 1550 * RPM, "torque_to": 4400 * RPM, "power": power,
        "power_from": 5000 * RPM, "power_to": 6500 * RPM, "idle_speed": 700 * RPM, "max_speed": 7000 * RPM,
        "mass": 136.0, "inertia": 0.16, "source": "test",
    }  # fmt: skip
    return Engine(**(figures | changes))  # type: ignore[arg-type]


@given(litres=st.floats(1.0, 6.0), load=st.floats(0.4, 1.0))
@settings(deadline=None, max_examples=25)
def test_fuel_pays_for_work_and_friction(litres: float, load: float) -> None:
    """More torque takes more fuel, of which less than half comes out as work."""
    made = map_engine("e", engine(litres * 1e-3, load * 200 * litres, load * 95e3 * litres), TURBO)
    assert np.all(np.diff(made.fuel, axis=1) > 0)
    given_out = made.torque * made.speed[:, None]
    inside = made.torque <= made.torque_max[:, None]
    assert np.all(made.fuel[inside] * made.fuel_kind.heating_value > 2 * given_out[inside])
    assert np.all(made.torque_drag < 0)


@given(factor=st.floats(0.3, 3.0))
@settings(deadline=None, max_examples=20)
def test_a_class_scales_with_displacement(factor: float) -> None:
    """Twice the engine at twice the torque burns twice the fuel: the line knows mean pressures only."""
    one = map_engine("one", engine(), TURBO)
    other = map_engine("other", engine(2e-3 * factor, 400 * factor, 190e3 * factor), TURBO)
    np.testing.assert_allclose(other.fuel, factor * one.fuel, rtol=1e-12)
    np.testing.assert_allclose(other.torque_drag, factor * one.torque_drag, rtol=1e-12)


def test_wide_open_curve_keeps_what_is_published() -> None:
    """It never exceeds peak torque or peak power, holds both plateaus and rises and falls outside them."""
    e = engine()
    speed = np.linspace(e.idle_speed, e.max_speed, 2001)
    torque = wide_open(e, speed)
    assert np.max(torque) == pytest.approx(e.torque, rel=1e-12)
    assert np.max(torque * speed) == pytest.approx(e.power, rel=1e-6)
    on = (speed >= e.torque_from) & (speed <= e.torque_to)
    np.testing.assert_allclose(torque[on], e.torque, rtol=1e-12)
    held = (speed >= e.power_from) & (speed <= e.power_to)
    np.testing.assert_allclose((torque * speed)[held], e.power, rtol=1e-12)
    assert np.all(np.diff(torque[speed < e.torque_from]) > 0)
    assert np.all(np.diff((torque * speed)[speed > e.power_to]) < 0)
    assert np.max(np.abs(np.diff(torque))) < 0.02 * e.torque, "the curve has no jump"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"torque_to": 4900 * RPM}, "e.torque_to: 400 Nm at 4900 rpm are 205 kW; that is above power"),
        ({"power_from": 4000 * RPM}, "e.power_from: 4000 rpm lies below torque_to"),
        ({"power": 260e3}, "e.power_from: 260 kW at 5000 rpm are 497 Nm; that is above torque"),
        ({"max_speed": 6000 * RPM}, "e.max_speed: 6000 rpm lies below power_to"),
        ({"displacement": 0.0}, "e.displacement: 0; a figure above 0 is wanted"),
        ({"idle_speed": 1550 * RPM}, "e.torque_from: 1550 rpm lies below idle_speed"),
    ],
)
def test_plateaus_that_contradict_one_another(change: dict[str, float], said: str) -> None:
    with pytest.raises(InputError) as caught:
        map_engine("e", engine(**change), TURBO)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("combustion", "said"),
    [
        (replace(TURBO, a=0.75), "e.combustion: gives an efficiency of"),
        (replace(TURBO, l=0.5, l2=0.0), "e.combustion: gives no work for fuel, or no friction"),
        (replace(TURBO, a=-0.1), "e.combustion: gives no work for fuel"),
    ],
)
def test_coefficients_that_no_engine_has(combustion: Combustion, said: str) -> None:
    with pytest.raises(InputError, match=said):
        map_engine("e", engine(), combustion)


def test_the_grid_is_a_matter_of_settings_only() -> None:
    """A finer grid gives the same rates at the same points."""
    coarse = map_engine("e", engine(), DIESEL, EngineSettings(speeds=22, torques=22))
    fine = map_engine("e", engine(), DIESEL, EngineSettings(speeds=43, torques=43))
    rise = np.abs(fine.torque[::2] - coarse.torque) < 1e-9
    np.testing.assert_allclose(fine.fuel[::2, ::2][:, rise], coarse.fuel[:, rise], rtol=1e-12)
    assert fine.origin.design == coarse.origin.design
