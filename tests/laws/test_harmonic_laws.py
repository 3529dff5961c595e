"""What a time-harmonic field with motion cannot help."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.design.machine.harmonic.quantities import eddy_loss, force_torque, gap_torque, source_power
from coaxle.design.machine.harmonic.solution import solve_harmonic
from team30_cases import DENSITY, W, figures, model, solved

COARSE = model(1, 2)
ROUNDING = 1e-10
"""Of the source's power: the balance holds for the discrete equations, so only the factorisation's rounding is left."""


@settings(max_examples=15, deadline=None)
@given(st.floats(-1500, 1500), st.booleans())
def test_power_in_is_loss_plus_power_on_the_shaft(speed, three):
    field = solved(COARSE, speed, three)
    given_off, lost = source_power(field), eddy_loss(field)
    scale = abs(given_off) + lost
    assert abs(given_off - lost - speed * force_torque(field)) < ROUNDING * scale
    assert lost >= 0


def test_torque_by_stress_meets_torque_by_force():
    """They differ by the error of the elements, which falls by 2^4 a halving; 2^3 is asked for."""
    errors = []
    for fine in (1, 2):
        field = solved(model(fine, 2), 200.0, True)
        errors.append(abs(gap_torque(field, 0.030, 0.032) / force_torque(field) - 1))
    assert errors[1] < errors[0] / 8 or errors[1] < 1e-5


def test_whole_machine_is_twice_its_half():
    """Same grid, so the same equations: rounding alone."""
    half, whole = (figures(solved(model(1, 2, whole), 200.0, True)) for whole in (False, True))
    assert whole == pytest.approx(half, rel=1e-9)


def test_one_phase_knows_no_direction():
    """Turning the other way turns the torque; the mesh is symmetric about the coil but for the cut of its squares."""
    forward, back = (figures(solved(model(2, 2), speed, False)) for speed in (250.0, -250.0))
    assert -back[0] == pytest.approx(forward[0], rel=1e-3)
    assert back[1:] == pytest.approx(forward[1:], rel=1e-4)


def test_the_field_is_linear_in_its_source():
    plane = COARSE.shapes.plane
    density = np.where(plane.region == 3, DENSITY, 0.0).astype(complex)
    one, two = (solve_harmonic(COARSE, factor * density, W, speed=100.0) for factor in (1.0, 2.0j))
    assert np.allclose(two.potential, 2j * one.potential, rtol=1e-9, atol=1e-12 * np.abs(one.potential).max())
