"""What physics forbids an inverter's losses to do otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.design.inverter import (
    Limit,
    Points,
    current_limit,
    device,
    device_names,
    losses,
    phase_voltage_limit,
    standstill,
    terms,
)
from inverter_cases import igbt, inverter, mosfet

PARTS = (
    "conduction_switch", "conduction_diode", "switching", "recovery", "dead_time", "capacitor", "standby"
)  # fmt: skip
KINDS = st.sampled_from(["spwm", "svpwm", "dpwm"])
SHARES = st.floats(0.0, 1.0)


def unit_for(name, **changes):
    part = device(name)
    rise = None if part.heat_to == "fluid" else 0.05
    return part, inverter(case_to_fluid=rise, standby=20.0, capacitor_resistance=1e-3, **changes)


def at(unit, part, share, M, cos_phi, coolant=338.15):
    u = 0.6 * part.max_voltage
    points = Points(
        current=share * 1.2 * part.rated_current, voltage=0.5 * M * u, cos_phi=cos_phi, dc_voltage=u, frequency=300.0,
        coolant=coolant,
    )  # fmt: skip
    return losses(unit, part, points)


@given(st.sampled_from(device_names()), KINDS, SHARES, SHARES, st.floats(-1, 1), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_part_is_negative_and_the_parts_are_all(name, modulation, share, reach, cos_phi, beyond):
    part, unit = unit_for(name, modulation=modulation, overmodulation=beyond)
    top = float(2 * phase_voltage_limit(replace(unit, voltage_reserve=0.0), 1.0))
    loss = at(unit, part, share, reach * top, cos_phi)
    if loss.code == Limit.OK:
        assert all(getattr(loss, each) >= 0 for each in PARTS)
        assert loss.total == pytest.approx(sum(float(getattr(loss, each)) for each in PARTS), rel=1e-12)
        assert loss.junction_switch >= 338.15
        assert loss.junction_diode >= 338.15
    else:
        assert np.isnan(loss.total)


@given(st.sampled_from(device_names()), KINDS, SHARES, st.floats(-1, 1), st.booleans())
@settings(max_examples=60, deadline=None)
def test_more_current_loses_more(name, modulation, reach, cos_phi, beyond):
    """1e-9 of the loss for rounding. Where a share of the currents is too hot, all above it are."""
    part, unit = unit_for(name, modulation=modulation, overmodulation=beyond)
    top = float(2 * phase_voltage_limit(replace(unit, voltage_reserve=0.0), 1.0))
    loss = at(unit, part, np.linspace(0, 1, 60), reach * top, cos_phi)
    total = loss.total[loss.code == Limit.OK]
    assert np.all(np.diff(total) >= -1e-9 * total.max())
    assert np.all(np.diff((loss.code != Limit.OK).astype(int)) >= 0)


@given(KINDS, SHARES, SHARES, st.floats(-1, 1))
@settings(max_examples=60, deadline=None)
def test_hotter_coolant_never_loses_less_in_a_mosfet(modulation, share, M, cos_phi):
    """Of one whose resistance and energies rise with temperature and whose body diode is the same at all."""
    part = mosfet()
    part = replace(part, diode_drop=tuple(replace(each, value=(3.0, 6.0)) for each in part.diode_drop))
    coolant = np.linspace(250.0, 380.0, 40)
    loss = at(inverter(modulation=modulation), part, share, M, cos_phi, coolant)
    total = loss.total[loss.code == Limit.OK]
    assert np.all(np.diff(total) >= -1e-9 * total.max())


@pytest.mark.parametrize("name", [n for n in device_names() if device(n).technology == "mosfet"])
def test_hotter_channels_of_shipped_mosfets_conduct_worse(name):
    """Above 25 degC; below, resistance of silicon carbide has its lowest value."""
    part, unit = unit_for(name)
    loss = at(unit, part, 0.4, 0.8, 0.9, np.linspace(300.0, 360.0, 20))
    assert np.all(np.diff(loss.conduction_switch + loss.conduction_diode) > 0)


@given(st.sampled_from(device_names()), SHARES, SHARES, st.floats(0.0, 1.0))
@settings(max_examples=60, deadline=None)
def test_a_mosfet_drives_and_brakes_alike(name, share, M, cos_phi):
    """Motor and generator: what switches conduct diodes do; a MOSFET loses the same, but for its body diode's share.

    2 %: up to half of the largest current that share is small.
    """
    part, unit = unit_for(name)
    one, other = (at(unit, part, share, M, sign * cos_phi) for sign in (1, -1))
    if one.code == other.code == Limit.OK and part.technology == "mosfet" and share < 0.5:
        assert one.total == pytest.approx(other.total, rel=0.02)


@given(st.floats(0.0, 1.15), st.floats(-1, 1), SHARES)
@settings(max_examples=60, deadline=None)
def test_clamping_never_switches_more(M, cos_phi, share):
    part = igbt()
    plain, clamped = (at(inverter(modulation=each), part, share, M, cos_phi) for each in ("svpwm", "dpwm"))
    if plain.code == clamped.code == Limit.OK:
        assert clamped.switching <= plain.switching * (1 + 1e-9)


@pytest.mark.parametrize("name", ["spwm", "svpwm", "dpwm"])
def test_no_jump_where_the_reference_meets_the_dc_link(name):
    """No step above 5 % between 2000 points up to six-step: pauses of clamped phases grow steeply."""
    part = igbt()
    M = np.linspace(0.5, 4 / np.pi, 2000)
    loss = at(inverter(modulation=name, overmodulation=True), part, 0.4, M, 0.85).checked()
    assert np.max(np.abs(np.diff(loss.total)) / loss.total[1:]) < 0.05
    assert loss.switching[-1] < 0.1 * loss.switching[0]


@given(st.integers(1, 40), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_many_points_are_single_points(count, draw):
    part = igbt()
    rows = [
        (draw.uniform(0, 950), draw.uniform(0, 300), draw.uniform(-1, 1), draw.uniform(250, 780)) for _ in range(count)
    ]
    i, u, c, v = (np.array(each) for each in zip(*rows, strict=True))
    many = losses(inverter(), part, Points(current=i, voltage=u, cos_phi=c, dc_voltage=v, frequency=0.0, coolant=330.0))
    for k, (a, b, d, e) in enumerate(rows):
        one = losses(
            inverter(), part, Points(current=a, voltage=b, cos_phi=d, dc_voltage=e, frequency=0.0, coolant=330.0)
        )
        assert one.code == many.code[k]
        assert np.array_equal(one.total, many.total[k], equal_nan=True)


@given(st.sampled_from(device_names()), st.floats(0.1, 0.6))
@settings(max_examples=30, deadline=None)
def test_holding_still_is_hotter_than_turning(name, share):
    """One leg carries for ever what each carries in turn: more loss in its switch than the mean of a turn."""
    part, unit = unit_for(name)
    u = 0.6 * part.max_voltage
    turning = at(unit, part, share, 0.0, 1.0)
    held = standstill(unit, part, share * 1.2 * part.rated_current, u, 338.15)
    if held.code == turning.code == Limit.OK and part.technology == "igbt":
        assert held.junction_switch > turning.junction_switch
        assert held.junction_diode > turning.junction_diode
    soon = standstill(unit, part, share * 1.2 * part.rated_current, u, 338.15, duration=0.01)
    if held.code == Limit.OK:
        assert soon.junction_switch <= held.junction_switch


@pytest.mark.parametrize("name", device_names())
def test_the_largest_current_is_just_within_the_limits(name):
    """At it every point is good; 0.1 % more passes a limit, unless all that was asked for is carried."""
    part, unit = unit_for(name)
    u = 0.6 * part.max_voltage
    asked = np.array([0.1, 1.0, 3.0]) * part.rated_current
    voltage = np.array([0.2, 0.5])[:, None] * u
    rest = {"voltage": voltage, "cos_phi": 0.9, "dc_voltage": u, "frequency": 100.0, "coolant": 350.0}
    most = current_limit(unit, part, Points(current=asked, **rest))
    assert most.shape == (2, 3)
    assert np.all(losses(unit, part, Points(current=most, **rest)).code == Limit.OK)
    more = losses(unit, part, Points(current=1.001 * most, **rest)).code
    assert np.all((more != Limit.OK) | (most == asked))
    assert np.all(most[:, 0] == asked[0])
    assert np.isnan(current_limit(unit, part, Points(current=10.0, **(rest | {"voltage": u}))))


@pytest.mark.parametrize("name", device_names())
def test_terms_follow_the_losses(name):
    """Their own error holds at the points that they were fitted to; it is below 5 % of the largest loss.

    Most of it is what voltage and angle move, which a parabola in current cannot know; 1.3: other points than these.
    """
    part, unit = unit_for(name)
    unit = replace(unit, max_current=1.2 * part.rated_current)
    found = terms(unit, part, np.array([0.45, 0.6]) * part.max_voltage)
    assert np.all(found.error < 0.05)
    assert np.all((found.constant >= 0) & (found.linear >= 0) & (found.square >= 0))
    i = np.linspace(0.0, float(found.current[1]), 7)
    loss = at(unit, part, i / (1.2 * part.rated_current), 0.8, 0.85)
    assert np.max(np.abs(found.loss(i)[1] - loss.total)) < 1.3 * found.error[1] * loss.total.max()
