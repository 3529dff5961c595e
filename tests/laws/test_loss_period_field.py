"""A period put together from a sweep is the one that the field solution gives at all its positions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from coaxle.design.machine.field import solve
from coaxle.design.machine.flux import DRAFT, drawn
from coaxle.design.machine.flux.frames import phases
from coaxle.design.machine.loss import rotor_period, stator_period
from machine_cases import id3, model_3, zoe


# one pole and q = 3, two poles and q = 3/2, a wound rotor; i_d, i_q, i_f [A]
@pytest.mark.parametrize(
    ("machine", "currents"), [(model_3, (-300.0, 500.0, 0.0)), (id3, (-200.0, 300.0, 0.0)), (zoe, (0.0, 100.0, 10.0))]
)
def test_a_sweep_tells_the_period(machine, currents: tuple[float, float, float]) -> None:
    ready = drawn(machine(), DRAFT, 373.15)
    section, ring = ready.mesh.section, len(ready.mesh.rotor_ring) - 1
    share = Fraction(1, 6) if section.slots % (3 * section.poles) == 0 else Fraction(1, 3)
    whole = 2 * ring // section.poles
    positions = 4
    steps = np.arange(positions * int(1 / share), dtype=np.int32) * (int(whole * share) // positions)
    theta = section.angle / ring * section.pole_pairs * steps + section.rotor_axis - section.phase_axis
    given = np.zeros((steps.size, 1, 1, len(section.circuits)))
    given[:, 0, 0, :3] = phases(np.array(currents[0]), np.array(currents[1]), theta)
    if given.shape[-1] > 3:
        given[..., 3] = currents[2]
    every = np.arange(len(ready.mesh.triangles), dtype=np.int32)
    b = solve(ready.model, steps, given, None, keep=every).checked().b
    assert b is not None
    b = b.reshape(steps.size, 1, every.size, 2).astype(np.float64)
    first = ready.mesh.stator_triangles
    fixed = stator_period(b[:positions, :, :first], section, share)
    # Newton ends at a residual of 1e-3, from another start at each position: 0.02 T of what it leaves in thin places,
    # in the mean far less
    away = fixed.b - b[: fixed.b.shape[0]][:, :, fixed.triangles]
    assert np.abs(away).max() < 0.02
    assert np.sqrt(np.mean(away**2)) < 1e-3
    turning = rotor_period(b[:positions, :, first:], section, share)
    again = b[positions : 2 * positions, :, first:] - turning.b
    assert np.abs(again).max() < 0.02
    assert np.sqrt(np.mean(again**2)) < 1e-3
