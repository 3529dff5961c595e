"""The averages against a leg that is followed through a turn, and the DC link against one that really switches."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.design.inverter import Points, capacitor_current, device, losses
from inverter_cases import average, igbt, interpolated, inverter, legs, mosfet, without_rise

WARM = 110 + 273.15
POINTS = ((0.2, 0.95), (0.5, 0.3), (0.6, -0.8), (0.85, 1.0), (0.95, -0.1), (0.99, 0.9))
PARTS = ("conduction_switch", "conduction_diode", "switching", "recovery")


def found(unit, part, M, cos_phi, current, u=400.0, at=WARM):
    points = Points(current=current, voltage=0.5 * M * u, cos_phi=cos_phi, dc_voltage=u, frequency=200.0, coolant=at)
    return losses(unit, part, points).checked()


@pytest.mark.parametrize("modulation", ["spwm", "svpwm", "dpwm"])
@pytest.mark.parametrize(("M", "cos_phi"), POINTS)
@pytest.mark.parametrize("current", [60.0, 640.0])
def test_averages_are_those_of_a_turn(modulation, M, cos_phi, current):
    """0.2 % of all losses, part by part: eight angles stand for a half wave, harmonics above the 9th are left out."""
    part = without_rise(igbt())
    unit = inverter(modulation=modulation)
    turn = average(unit, part, M, np.arccos(cos_phi), current, WARM)
    loss = found(unit, part, M, cos_phi, current)
    for k, name in enumerate(PARTS):
        assert getattr(loss, name) == pytest.approx(turn[k], abs=2e-3 * turn.sum()), name
    assert loss.total == pytest.approx(turn.sum(), rel=2e-3)


@pytest.mark.parametrize("name", ["igbt-750-820", "2mbi600xee065-50", "2mbi300xbe120-50"])
@pytest.mark.parametrize("modulation", ["svpwm", "dpwm"])
def test_averages_of_shipped_curves(name, modulation):
    """0.2 %: also with curves as they were read off, resampled on the even axis of the kernel."""
    part = without_rise(device(name))
    unit = inverter(modulation=modulation)
    volts = part.on_energy[0].voltage
    at = max(curve.temperature for curve in part.on_energy)
    for M, cos_phi in POINTS:
        turn = average(unit, part, M, np.arccos(cos_phi), 300.0, at)
        points = Points(
            current=300.0, voltage=0.5 * M * volts, cos_phi=cos_phi, dc_voltage=volts, frequency=0.0, coolant=at - 1e-6
        )
        assert losses(unit, part, points).checked().total == pytest.approx(turn.sum(), rel=2e-3)


@pytest.mark.parametrize("modulation", ["svpwm", "dpwm"])
@pytest.mark.parametrize(("M", "cos_phi"), POINTS)
@pytest.mark.parametrize("at", [298.15, 448.15])
def test_a_mosfet_conducts_both_ways(modulation, M, cos_phi, at):
    """0.2 %, as above, at the temperatures of the curves.

    While its gate is on, the body diode shares the current where the channel drops more than its threshold.
    """
    part = without_rise(mosfet())
    unit = inverter(modulation=modulation)
    for current in (100.0, 850.0):
        theta = (np.arange(20_000) + 0.5) * 2 * np.pi / 20_000
        i = current * np.abs(np.sin(theta - np.arccos(cos_phi)))
        m = legs(modulation, M, theta)[0] * np.sign(np.sin(theta - np.arccos(cos_phi)))
        r, knee, slope = (
            interpolated(part.switch_drop, np.ones(1), at)[0],
            np.interp(at, [298.15, 448.15], [3.0, 2.8]),
            3e-3,
        )
        back = np.minimum(r * i, r * (slope * i + knee) / (r + slope))  # channel, or both side by side
        off = knee + slope * i
        dead = 2 * unit.dead_time * unit.switching_frequency * (np.abs(m) < 1 - 1e-9)
        turn = 3 * np.mean([i * r * i * (1 + m) / 2, i * back * (1 - m) / 2, dead * i * (off - back)], axis=1)
        loss = found(unit, part, M, cos_phi, current, 600.0, at - 1e-6)
        assert loss.conduction_switch == pytest.approx(turn[0], abs=2e-3 * turn.sum())
        assert loss.conduction_diode == pytest.approx(turn[1], abs=2e-3 * turn.sum())
        assert loss.dead_time == pytest.approx(turn[2], abs=2e-3 * turn.sum())


@pytest.mark.parametrize("modulation", ["spwm", "svpwm", "dpwm"])
@pytest.mark.parametrize("amplitude", [1.02, 1.1, 1.3])
def test_overmodulation_is_a_reference_cut_off(modulation, amplitude):
    """Conduction within 0.5 %: nodes of M are 129. Switching within 2 %: pauses grow steeply between these nodes."""
    part = without_rise(igbt())
    unit = inverter(modulation=modulation, overmodulation=True)
    peak = amplitude * {"spwm": 1.0}.get(modulation, 2 / np.sqrt(3))
    theta = (np.arange(20_000) + 0.5) * 2 * np.pi / 20_000
    M = min(2 * np.mean(legs(modulation, peak, theta)[0] * np.sin(theta)), 4 / np.pi)
    for cos_phi in (0.9, 0.2, -0.8):
        turn = average(unit, part, peak, np.arccos(cos_phi), 400.0, WARM)
        loss = found(unit, part, M, cos_phi, 400.0)
        assert loss.conduction_switch == pytest.approx(turn[0], abs=5e-3 * turn[:2].sum())
        assert loss.conduction_diode == pytest.approx(turn[1], abs=5e-3 * turn[:2].sum())
        assert loss.switching + loss.recovery == pytest.approx(turn[2:].sum(), rel=0.02)


def switched(M, cos_phi, modulation, pulses=303, samples=1500):
    """Rms of the DC-link current less its mean [per peak ampere]: three legs against a triangle, sample by sample."""
    n = pulses * samples
    theta = (np.arange(n) + 0.5) * 2 * np.pi / n
    x = (np.arange(n) + 0.5) / samples
    triangle = 4 * np.abs(x - np.floor(x + 0.5)) - 1
    i = np.sin(theta - np.arccos(cos_phi) - np.array([[0.0], [2 * np.pi / 3], [4 * np.pi / 3]]))
    dc = np.sum((legs(modulation, M, theta) > triangle) * i, axis=0)
    return np.sqrt(np.mean(dc**2) - np.mean(dc) ** 2)


@pytest.mark.parametrize("modulation", ["spwm", "svpwm", "dpwm"])
@pytest.mark.parametrize(("M", "cos_phi"), [(0.3, 0.9), (0.6, 1.0), (0.8, 0.2), (0.95, -0.7), (1.15, 0.85)])
def test_dc_link_carries_what_switching_makes(modulation, M, cos_phi):
    """0.1 %: 303 pulses a turn of 1500 samples; the form holds for infinitely many. The same from the losses."""
    if modulation == "spwm" and M > 1:
        pytest.skip("beyond the linear range of a sine")
    told = capacitor_current(1.0, M, cos_phi)
    assert told == pytest.approx(switched(M, cos_phi, modulation), rel=1e-3)
    unit = inverter(modulation=modulation, capacitor_resistance=1e-3)
    loss = found(unit, igbt(), M, cos_phi, 300.0)
    assert loss.ripple == pytest.approx(300 * told, rel=1e-12)
    assert loss.capacitor == pytest.approx(1e-3 * loss.ripple**2, rel=1e-12)


@pytest.mark.parametrize("amplitude", [1.05, 1.4, 20.0])
def test_dc_link_of_a_reference_cut_off(amplitude):
    """0.5 %: the mean squares stand at 129 nodes, and at 303 pulses a turn the cut lies between two pulses."""
    peak = amplitude * 2 / np.sqrt(3)
    theta = (np.arange(20_000) + 0.5) * 2 * np.pi / 20_000
    M = 2 * np.mean(legs("svpwm", peak, theta)[0] * np.sin(theta))
    for cos_phi in (0.9, 0.3):
        loss = found(inverter(overmodulation=True), igbt(), M, cos_phi, 300.0)
        assert loss.ripple == pytest.approx(300 * switched(peak, cos_phi, "svpwm"), rel=5e-3)
