"""Closed forms of the ripple against the switched voltages themselves."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest

from coaxle.design.machine.loss.pwm import (
    Switching,
    SwitchingShare,
    ripple_current,
    ripple_linkage,
    screening,
    switching_share,
    voltage_ratio,
)
from coaxle.errors import InputError


def switched(m: float, pulses: int = 240) -> tuple[float, float]:
    """Return mean squares of ripple linkage of a phase (V_dc = 1 V, f_s = 1 Hz) and of the voltage's vector.

    Symmetric sequences 0 1 2 7 2 1 0 with even zero states, the integral of each piece exact, over a sixth of a period.
    """
    v = m / 2
    linkage = voltage = 0.0
    for angle in (np.arange(pulses) + 0.5) / pulses * pi / 3:
        one, two = sqrt(3) * v * np.sin(pi / 3 - angle), sqrt(3) * v * np.sin(angle)
        zero = 1 - one - two
        vectors = (2 / 3, 2 / 3 * np.exp(1j * pi / 3))
        halves = ((zero / 4, 0.0), (one / 2, vectors[0]), (two / 2, vectors[1]), (zero / 4, 0.0))
        at = 0j
        for time, vector in (*halves, *reversed(halves)):
            step = (vector - v * np.exp(1j * angle)) * time
            linkage += time * (abs(at) ** 2 + (at * np.conj(step)).real + abs(step) ** 2 / 3)
            voltage += time * abs(vector) ** 2
            at += step
    return linkage / pulses / 2, voltage / pulses


@pytest.mark.parametrize("m", [0.1, 0.5, 0.9, 1.15])
def test_ripple_and_voltage_are_those_of_the_pulses(m: float) -> None:
    point = Switching(voltage=400.0, phase_voltage=200.0 * m, frequency=10e3, inductance=2e-4)
    linkage, voltage = switched(m)
    assert ripple_linkage(point) == pytest.approx(400.0 / 10e3 * sqrt(linkage), rel=1e-4)  # 240 pulses: 1e-5
    assert ripple_current(point) == pytest.approx(ripple_linkage(point) / 2e-4)
    assert voltage_ratio(point) == pytest.approx(voltage / (m / 2) ** 2, rel=1e-4)


def test_screening_from_thin_to_thick() -> None:
    assert screening(1e-9, 1.0) == 1.0
    assert screening(0.1, 1.0) == pytest.approx(1.0, abs=1e-5)  # xi^4 / 500 or so
    assert screening(49.0, 1.0) == pytest.approx(3 / 49.0)
    assert screening(51.0, 1.0) == pytest.approx(3 / 51.0)


def test_factors_are_at_least_one_and_grow_towards_slow_speed() -> None:
    given = {"copper_ratio": 20.0, "current": 200.0, "eddy_share": 0.3}
    shares = [
        switching_share(Switching(voltage=400.0, phase_voltage=v, frequency=10e3, inductance=2e-4), **given)
        for v in (230.0, 120.0, 40.0)
    ]
    assert all(share.copper >= 1 and share.iron >= 1 and share.magnet == 1 for share in shares)
    assert shares[0].iron < shares[1].iron < shares[2].iron
    assert SwitchingShare() == SwitchingShare(copper=1.0, iron=1.0, magnet=1.0)


def test_overmodulation_is_refused() -> None:
    with pytest.raises(InputError, match="modulation index"):
        ripple_linkage(Switching(voltage=400.0, phase_voltage=240.0, frequency=1e4, inductance=1e-4))
