"""Between phases and the rotor's frame: there and back, power, turns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaxle.design.machine.flux.frames import phases, rotor_frame

amperes = st.floats(-1e3, 1e3)
angles = st.floats(-10.0, 10.0)
ROUND = 1e-9  # rounding of sums of figures up to 1e3


@given(amperes, amperes, angles)
def test_there_and_back(i_d, i_q, theta):
    abc = phases(np.array(i_d), np.array(i_q), np.array(theta))
    assert np.sum(abc) == pytest.approx(0.0, abs=ROUND)
    assert rotor_frame(abc, np.array(theta)) == pytest.approx((i_d, i_q), abs=ROUND)


@given(amperes, amperes, amperes, amperes, angles)
def test_power_is_three_halves_of_the_vectors(u_d, u_q, i_d, i_q, theta):
    """Amplitude-invariant: u_a i_a + u_b i_b + u_c i_c = 3/2 (u_d i_d + u_q i_q)."""
    at = np.array(theta)
    u, i = phases(np.array(u_d), np.array(u_q), at), phases(np.array(i_d), np.array(i_q), at)
    assert np.sum(u * i) == pytest.approx(1.5 * (u_d * i_d + u_q * i_q), abs=1e-6)  # figures up to 3e6


@given(amperes, amperes, amperes, angles)
def test_a_zero_sequence_is_not_seen(i_d, i_q, i_0, theta):
    abc = phases(np.array(i_d), np.array(i_q), np.array(theta)) + i_0
    assert rotor_frame(abc, np.array(theta)) == pytest.approx((i_d, i_q), abs=ROUND)


@given(amperes, amperes, angles, angles)
def test_a_frame_ahead_sees_the_vector_behind(i_d, i_q, theta, ahead):
    abc = phases(np.array(i_d), np.array(i_q), np.array(theta))
    d, q = rotor_frame(abc, np.array(theta + ahead))
    assert d + 1j * q == pytest.approx((i_d + 1j * i_q) * np.exp(-1j * ahead), abs=1e-8)


def test_phase_a_leads_where_d_lies_on_it():
    """At angle 0 phase a carries the peak; the vector runs a, b, c."""
    assert phases(np.array(1.0), np.array(0.0), np.array(0.0)) == pytest.approx([1.0, -0.5, -0.5])
    assert phases(np.array(1.0), np.array(0.0), np.array(2 * np.pi / 3)) == pytest.approx([-0.5, 1.0, -0.5])
