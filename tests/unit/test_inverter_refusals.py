"""Limits are codes, wrong input is an error, names find their device."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from coaxle.design.inverter import (
    Curve,
    Foster,
    Inverter,
    Limit,
    Points,
    device,
    device_names,
    device_of,
    losses,
    standstill,
    terms,
)
from coaxle.errors import ComputationError, InputError
from coaxle.numerics.digest import digest
from coaxle.project.shapes import record
from inverter_cases import igbt, inverter, line, mosfet


def points(**changes):
    figures = {
        "current": 300.0,
        "voltage": 150.0,
        "cos_phi": 0.9,
        "dc_voltage": 400.0,
        "frequency": 0.0,
        "coolant": 338.0,
    }
    return Points(**(figures | changes))


@pytest.mark.parametrize("name", device_names())
def test_shipped_devices_are_whole(name):
    """Every one has a source, and its assumptions name its fields."""
    part = device(name.upper())
    assert part.name == name
    assert len(part.source) > 20
    assert set(part.assumed) <= set(type(part).__dataclass_fields__)
    assert len(digest(part)) == 64


def test_two_sources_that_disagree_are_told():
    assert "disagree" in device("fs03mr12a6ma1b").source
    assert "another source says 400 A" in device("fs03mr12a6ma1b").assumed["rated_current"]


def test_the_nearest_name_is_offered():
    with pytest.raises(InputError, match=r"did you mean 'cab450m12xm3'\?"):
        device("cab450m12xm")
    with pytest.raises(InputError, match=r"known are .*igbt-750-820"):
        device("thyratron")


def test_reading_devices_needs_no_arrays():
    code = (
        "import sys; from coaxle.design.inverter import Inverter, device, device_names; device(device_names()[0]);"
        "print([m for m in ('numpy', 'numba', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("change", "limit"),
    [
        ({"voltage": 232.0}, Limit.VOLTAGE),
        ({"current": 901.0}, Limit.CURRENT),
        ({"dc_voltage": 760.0}, Limit.BLOCKING),
        ({"current": 890.0, "coolant": 400.0}, Limit.HOT),
        ({"coolant": 460.0}, Limit.HOT),
        ({}, Limit.OK),
    ],
)
def test_limits_are_codes(change, limit):
    loss = losses(inverter(), igbt(), points(**change))
    assert loss.code == limit
    for field in ("total", "switching", "ripple", "junction_switch", "standby"):
        assert np.isnan(getattr(loss, field)) == (limit != Limit.OK)
    if limit != Limit.OK:
        with pytest.raises(ComputationError, match=f"1 {limit.name}"):
            loss.checked()


def test_curves_end_where_they_are_told():
    """A device whose curves end at 250 A carries no more than that a module."""
    part = igbt(switch_drop=(line(448.15, 0.7, 1e-3, top=250.0),))
    assert losses(inverter(), part, points(current=251.0)).code == Limit.CURRENT
    assert losses(inverter(parallel=2), part, points(current=499.0)).code == Limit.OK


def test_overmodulation_ends_at_six_step():
    unit = inverter(overmodulation=True)
    assert losses(unit, igbt(), points(voltage=400 * 2 / np.pi)).code == Limit.OK
    assert losses(unit, igbt(), points(voltage=400 * 2 / np.pi * 1.001)).code == Limit.VOLTAGE


def test_a_runaway_has_no_temperature():
    """Where loss rises by more per kelvin than the heat path carries away."""
    part = mosfet(switch_heat=Foster(resistance=(1.5,), time_constant=(0.1,)))
    assert losses(inverter(), part, points(dc_voltage=600.0)).code == Limit.HOT


@pytest.mark.parametrize(
    "change",
    [
        {"current": -1.0}, {"current": np.nan}, {"voltage": np.inf}, {"cos_phi": 1.01}, {"dc_voltage": 0.0},
        {"frequency": -5.0}, {"coolant": 65.0},
    ],
)  # fmt: skip
def test_points_that_mean_nothing(change):
    with pytest.raises(InputError, match=f"points.{next(iter(change))}"):
        losses(inverter(), igbt(), points(**change))


def test_heat_must_reach_the_coolant():
    part = device("skm400gb12t4")
    with pytest.raises(InputError, match="case_to_fluid: nothing stands there"):
        losses(inverter(), part, points())
    with pytest.raises(InputError, match="reach the coolant already"):
        losses(inverter(case_to_fluid=0.1), igbt(), points())


def test_inverters_that_are_none():
    with pytest.raises(InputError, match=r"inverter\.parallel: 0"):
        losses(inverter(parallel=0), igbt(), points())
    with pytest.raises(InputError, match="duration"):
        standstill(inverter(), igbt(), 10.0, 400.0, 338.0, duration=0.0)
    with pytest.raises(InputError, match="standstill"):
        standstill(inverter(), igbt(), -10.0, 400.0, 338.0)
    with pytest.raises(InputError, match="v_dc: 800 V"):
        terms(inverter(), igbt(), 800.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"max_voltage": 0.0}, "max_voltage: 0"),
        ({"diode_drop": ()}, "diode_drop: holds no curve"),
        ({"diode_heat": None}, "diode_heat: nothing"),
        ({"switch_heat": Foster(resistance=(), time_constant=())}, "switch_heat"),
        ({"switch_heat": Foster(resistance=(0.1,), time_constant=(-1.0,))}, "switch_heat: -1"),
        ({"switch_drop": (Curve(temperature=300.0, current=(0.0, 0.0), value=(1.0, 1.0)),)}, "rising currents"),
        ({"switch_drop": (Curve(temperature=300.0, current=(0.0, 1.0), value=(1.0, -1.0)),)}, "negative or not finite"),
        ({"switch_drop": (Curve(temperature=300.0, current=(0.0, 1.0), value=(1.0,)),)}, "2 currents and 1 values"),
        ({"on_energy": (Curve(temperature=300.0, current=(0.0, 1.0), value=(0.0, 1.0)),)}, "is told at a voltage"),
    ],
)
def test_devices_that_are_none(change, says):
    with pytest.raises(InputError, match=says):
        replace(igbt(), **change)


def test_an_inverter_may_rate_its_device_itself():
    part = device_of(inverter(device="igbt-750-820", device_voltage=500.0, device_junction=423.15))
    assert (part.max_voltage, part.max_junction) == (500.0, 423.15)


def test_an_inverter_can_be_written_in_a_project_file():
    """Every field has a shape; a dead time is written in s."""
    slots = record(Inverter).slots
    assert slots["dead_time"].shape.read("1.5e-6 s") == pytest.approx(1.5e-6)
    assert slots["voltage_reserve"].shape.read("5 %") == 0.05
    assert not slots["cost"].required
