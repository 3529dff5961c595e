"""Skew of machines whose field is a sine, in closed form."""

import numpy as np
import pytest

from coaxle.design.machine.flux.grid import both_sides, dense_near_zero
from coaxle.design.machine.flux.skew import Slices, slice_angles

D, Q = both_sides(-400.0, 200.0, 7), dense_near_zero(400.0, 8)
TO_D, TO_Q = np.linspace(-200.0, 100.0, 7), np.linspace(0.0, 200.0, 6)
D2, Q2 = np.meshgrid(TO_D, TO_Q, indexing="ij")
L_D, L_Q, PSI = 0.3e-3, 0.7e-3, 0.08


def tables():
    d, q = np.meshgrid(D, Q, indexing="ij")
    return PSI + L_D * d, L_Q * q


def test_slices_stand_evenly_about_the_middle():
    assert slice_angles(np.radians(5.0), 4, 4) == pytest.approx(np.radians([-10.0, -10 / 3, 10 / 3, 10.0]))
    assert slice_angles(np.radians(5.0), 1, 4) == pytest.approx([0.0])


@pytest.mark.parametrize("slices", [2, 3, 4, 7])
def test_skew_of_a_linear_machine(slices):
    """Slices average magnets by s_1 = mean cos e and the salient part of the inductance by s_2 = mean cos 2e.

    Splines through linear tables are exact, so this holds to rounding.
    """
    angles = slice_angles(0.3, slices, 2)
    s_1, s_2 = np.mean(np.cos(angles)), np.mean(np.cos(2 * angles))
    psi_d, psi_q = Slices(D, Q, TO_D, TO_Q, angles).vector(*tables())
    both, half = (L_D + L_Q) / 2, (L_D - L_Q) / 2
    assert psi_d == pytest.approx(PSI * s_1 + (both + half * s_2) * D2, abs=1e-12)
    assert psi_q == pytest.approx((both - half * s_2) * Q2, abs=1e-12)


def test_many_slices_lower_the_linkage_by_the_sinc():
    """The continuous skew's factor sin(x)/x of a fundamental, x half the electrical angle (Pyrhonen, eq. 4.30)."""
    slices, angle, pole_pairs = 400, 0.25, 3
    # n slices over the angle from first to last stand for n / (n - 1) of it
    x = 0.5 * pole_pairs * angle * slices / (slices - 1)
    at_rest = Slices(D, Q, np.array([0.0, 1.0]), np.array([0.0, 1.0]), slice_angles(angle, slices, pole_pairs))
    psi_d, _ = at_rest.vector(*tables())
    assert psi_d[0, 0] == pytest.approx(PSI * np.sin(x) / x, rel=1e-5)  # 1 / (6 n^2) of the midpoint rule and below


def wave(theta, d, q):
    """A torque over position that obeys the mirror law T(-theta; d, -q) = -T(theta; d, q), linear in the currents."""
    return q * (1.0 + 0.2 * np.cos(6 * theta) + 0.1 * np.cos(12 * theta)) + (3.0 + 0.1 * d) * np.sin(6 * theta)


@pytest.mark.parametrize("start", [0.0, 0.37, -1.2])
@pytest.mark.parametrize("slices", [1, 2, 5])
def test_ripple_is_that_of_all_slices_together(start, slices):
    """Against the wave of each slice at its own currents, added up; nodes at i_q = 0 look at both signs of i_q."""
    angles = slice_angles(0.1, slices, 3)
    span, count = np.pi / 3, 8
    d, q = np.meshgrid(D, Q, indexing="ij")
    theta = start + span * np.arange(count) / count
    torque = wave(theta[:, None, None], d, q)
    found = Slices(D, Q, TO_D, TO_Q, angles).ripple(torque, start, span)
    at = np.linspace(0.0, span, 2000)[:, None, None]
    total = np.mean(
        [wave(at + e, np.cos(e) * D2 + np.sin(e) * Q2, np.cos(e) * Q2 - np.sin(e) * D2) for e in angles],
        axis=0,
    )
    # 96 points of a wave whose fastest part has two periods: 1 - cos(2 pi 2 / 192) at either end
    assert found == pytest.approx(np.ptp(total, axis=0), rel=5e-3, abs=1e-9)


def test_skew_by_a_slot_kills_the_slot_ripple():
    """Sines of the sixth order, two slices 30 electrical degrees apart: half a period, so nothing is left."""
    theta = np.pi / 3 * np.arange(8) / 8
    torque = np.sin(6 * theta)[:, None, None] * np.ones((1, D.size, Q.size))
    straight = Slices(D, Q, TO_D, TO_Q, np.zeros(1)).ripple(torque, 0.0, np.pi / 3)
    skewed = Slices(D, Q, TO_D, TO_Q, slice_angles(np.pi / 6, 2, 1)).ripple(torque, 0.0, np.pi / 3)
    assert straight == pytest.approx(2.0 + 0 * D2, rel=1e-6)
    assert skewed == pytest.approx(0.0 * D2, abs=1e-9)
