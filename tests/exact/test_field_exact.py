"""The field of a slotless magnet ring in closed form, and the order in which the elements approach it."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.design.machine.field import FieldSettings, bh_curve, field_model, solve
from coaxle.design.machine.field.curve import MU_0, NU_0
from coaxle.numerics.rows import Here
from field_cases import annulus, region

RADII = 20e-3, 24e-3, 36e-3, 54e-3
"""A = 0; magnet from the second to the third; A = 0."""
REMANENCE, MU_R, DIRECTION = 1.2, 1.05, 0.7


def ring(r, angle, shrunk=1.0):
    """Return A of a ring of parallel magnetisation between two circles on which A is 0, all radii ``shrunk``.

    In each of the three regions A = (p r + q / r) sin(angle - DIRECTION); A and H along the circles are continuous,
    with H = (B - B_r) / mu and the tangential part of B_r = -REMANENCE sin(angle - DIRECTION).
    """
    r0, r1, r2, r3 = np.array(RADII) * shrunk
    m, f = np.zeros((6, 6)), np.zeros(6)
    m[0, :2] = r0, 1 / r0
    m[1, :4] = r1, 1 / r1, -r1, -1 / r1
    m[2, 2:] = r2, 1 / r2, -r2, -1 / r2
    m[3, 4:] = r3, 1 / r3
    m[4, :4] = 1, -1 / r1**2, -1 / MU_R, 1 / MU_R / r1**2
    m[5, 2:] = -1 / MU_R, 1 / MU_R / r2**2, 1, -1 / r2**2
    f[4:] = -REMANENCE / MU_R
    p, q = np.linalg.solve(m, f).reshape(3, 2).T
    here = np.clip(np.searchsorted(RADII, r * (1 - 1e-9)) - 1, 0, 2)
    return (p[here] * r + q[here] / r) * np.sin(angle - DIRECTION)


def solved(order, fine, pieces):
    """Return radii, angles and A of the nodes; every layer, the band included, is ``fine`` times finer."""
    half = 2e-3 / fine
    parts = (RADII[0], RADII[1], fine), (RADII[1], RADII[2], 2 * fine), (RADII[2], 42e-3 - half, fine)
    rotor = np.concatenate([[RADII[0]], *(np.linspace(a, b, n + 1)[1:] for a, b, n in parts)])
    mesh = annulus(
        rotor=rotor,
        stator=np.linspace(42e-3 + half, RADII[3], 2 * fine + 1),
        regions=[region("ring", "rotor", "magnet", DIRECTION)],
        paint=lambda r, angle, side: "ring" if RADII[1] < r < RADII[2] and side == "rotor" else None,
        pieces=pieces,
        pole_pairs=1,
        gap=(RADII[2], 50e-3),
    )
    model = field_model(mesh, {}, {"magnet": (REMANENCE, MU_R)}, FieldSettings(order=order, tolerance=1e-10))
    found = solve(model, np.array([0]), np.zeros((1, 1, 1, 0)), Here(), potential=True).checked()
    x, y = mesh.nodes.T
    return np.hypot(x, y), np.arctan2(y, x), found.potential[0, 0, 0]


def misses(order, fines):
    found = [solved(order, fine, 24 * fine) for fine in fines]
    return [float(np.linalg.norm(a - ring(r, angle)) / np.linalg.norm(ring(r, angle))) for r, angle, a in found]


@pytest.mark.parametrize("order", [1, 2])
def test_order_of_approach(order):
    """A comes nearer by h^2 with elements of first order.

    So it does with those of second order whose sides are straight: what is left is the area between chord and circle,
    itself of order h^2. A slope of 1.9 to 2.1 between the two finest meshes is one that has settled.
    """
    coarse, fine = misses(order, (4, 8))
    assert 1.9 < np.log2(coarse / fine) < 2.1
    assert fine < 2e-4


def test_second_order():
    """Elements of second order come nearer by h^3 once the chords are allowed for.

    Seen from afar a polygon is the circle of equal area: its radius stands in the closed form, and nodes within 1.5 mm
    of the circles, where the corners are felt, are left out. A slope of 2.8 is what h^3 has reached on these meshes.
    """
    found = []
    for fine in (4, 8):
        r, angle, a = solved(2, fine, 24 * fine)
        turn = np.pi / (24 * fine)
        far = np.min([np.abs(r - c) for c in RADII], axis=0) > 1.5e-3
        best = ring(r, angle, np.sqrt(np.sin(turn) / turn))
        found.append(float(np.linalg.norm((a - best)[far]) / np.linalg.norm(best[far])))
    assert np.log2(found[0] / found[1]) > 2.8
    assert found[1] < 1e-6


def test_torque_of_no_current_is_none():
    """A ring between circles has no reluctance to turn against; 1e-4 of the gap's stress times its area is round-off.

    B of some 0.5 T over a circle of 40 mm would give 2 pi r^2 B^2 / (2 mu_0) = 1 kNm/m if it all pulled along.
    """
    mesh = annulus(
        rotor=np.linspace(20e-3, 40e-3, 9),
        stator=np.linspace(41e-3, 54e-3, 7),
        regions=[region("ring", "rotor", "magnet", DIRECTION)],
        paint=lambda r, angle, side: "ring" if side == "rotor" and r < 36e-3 else None,
        pieces=72,
        pole_pairs=1,
        gap=(37e-3, 45e-3),
    )
    model = field_model(mesh, {}, {"magnet": (REMANENCE, MU_R)})
    found = solve(model, np.array([0, 5]), np.zeros((2, 1, 1, 0)), Here()).checked()
    assert np.max(np.abs(found.torque)) < 0.1


def test_curve_of_a_line():
    """A straight H(B) stays one, its slope ends at that of vacuum, its energy is the parabola's."""
    curve = bh_curve(np.array([0.5, 1.0, 2.0]), np.array([500.0, 1000.0, 2000.0]))
    b = np.linspace(0.0, 1.9, 39)
    assert curve.field(b) == pytest.approx(1000.0 * b, rel=1e-9, abs=1e-9)
    assert curve.energy(b) == pytest.approx(500.0 * b**2, rel=1e-9, abs=1e-9)
    # in the last cell of 4 mT the slope rises to that of vacuum: H is off by half of it
    assert curve.field(np.array(3.0)) == pytest.approx(2000.0 + NU_0 * 1.0, abs=0.5 * NU_0 * curve.step)


def test_energy_is_the_integral():
    """H(B) is a parabola a cell, which Simpson's rule integrates exactly."""
    curve = bh_curve(np.array([0.5, 1.0, 1.5, 2.0]), np.array([100.0, 250.0, 2000.0, 30e3]))
    b = curve.step * np.arange(len(curve.coefficients) - 1)
    field = [curve.field(b + share * curve.step) for share in (0.0, 0.5, 1.0)]
    stored = np.cumsum(curve.step / 6 * (field[0] + 4 * field[1] + field[2]))
    assert curve.energy(b + curve.step) == pytest.approx(stored, rel=1e-12)
    # within a cell the rule holds as well
    middle = curve.step / 12 * (field[0] + 4 * curve.field(b + 0.25 * curve.step) + field[1])
    assert curve.energy(b + 0.5 * curve.step) - curve.energy(b) == pytest.approx(middle, rel=1e-6)


def test_stacking():
    """Sheets and insulation in parallel: at equal H the stack carries its shares of both."""
    b, h = np.array([0.5, 1.0, 1.5, 2.0]), np.array([100.0, 250.0, 2000.0, 30e3])
    curve = bh_curve(b, h, 0.5)
    # the rounding of the corners, a cell wide, is the tolerance; mu_0 H is 4 % of the last point's flux density
    assert curve.field(0.5 * b[1:] + 0.5 * MU_0 * h[1:]) == pytest.approx(h[1:], rel=5e-3)
