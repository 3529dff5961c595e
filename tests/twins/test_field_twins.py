"""Two roads to the same field: lanes and plain NumPy; the field solution and NGSolve; many points at once and one."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.design.machine.field import FieldSettings, bh_curve, field_model, solve
from coaxle.numerics.rows import Here, Threads
from field_cases import MAGNET, POLE_MAGNET, STEEL_B, STEEL_H, Pole, pole_curve, salient
from field_ngsolve import linkages
from field_reference import solve_sequentially


def small(order, tolerance=1e-11, **kind):
    curve = bh_curve(STEEL_B, STEEL_H, 0.97)
    settings = FieldSettings(order=order, tolerance=tolerance)
    return field_model(salient(**kind), {"steel": curve}, {"magnet": MAGNET}, settings)


def lines(steps, count, length):
    """Return phase currents of lines that are neither even nor alike (P, L, n, C)."""
    rng = np.random.default_rng(7)
    d, q = np.cumsum(rng.uniform(0.5, 9.0, (2, len(steps), count, length)), axis=-1)
    angle = np.arange(3) * 2 * np.pi / 3
    return -d[..., None] * np.cos(angle) + q[..., None] * np.sin(angle)


@pytest.mark.parametrize("order", [1, 2])
def test_kernels_and_numpy(order):
    """Both solve the same equations to 1e-11 of the source: figures differ by that times the condition of the problem.

    1e-8 of the largest figure leaves three digits for it; b is stored in single precision (6e-8).
    """
    model = small(order)
    steps = np.array([5, -31])
    currents = lines(steps, 9, 2)
    keep = np.arange(0, len(model.nodes), 3)
    ours = solve(model, steps, currents, Here(), keep=keep, potential=True).checked()
    theirs = solve_sequentially(model, steps, currents, keep)
    for name, tolerance in (("linkage", 1e-8), ("torque", 1e-8), ("potential", 1e-8), ("b", 2e-7)):
        a, b = getattr(ours, name), getattr(theirs, name)
        assert np.max(np.abs(a - b)) <= tolerance * np.max(np.abs(b)), name


def test_many_points_and_one():
    """A point is the same alone, from zero, as in a batch with others in its lanes, to the residual."""
    model = small(1)
    steps = np.array([2, 9])
    currents = lines(steps, 10, 4)
    together = solve(model, steps, currents, Threads(2, 1)).checked()
    for p, line, point in ((0, 0, 3), (1, 9, 0), (1, 4, 2)):
        one = currents[p : p + 1, line : line + 1, point : point + 1]
        alone = solve(model, steps[p : p + 1], one, Here()).checked()
        assert alone.linkage[0, 0, 0] == pytest.approx(together.linkage[p, line, point], rel=1e-7, abs=1e-9)
        assert alone.torque[0, 0, 0] == pytest.approx(together.torque[p, line, point], rel=1e-6, abs=1e-7)


def test_threads_change_nothing():
    """Who computes is not part of the result: bit by bit."""
    model, steps = small(1, 1e-4), np.array([0, 4, 8])
    currents = lines(steps, 9, 2)
    here, threads = (solve(model, steps, currents, where) for where in (Here(), Threads(2, 1)))
    assert np.array_equal(here.linkage, threads.linkage)
    assert np.array_equal(here.torque, threads.torque)


@pytest.mark.parametrize("order", [1, 2])
def test_ngsolve(order):
    """On the same mesh, with the same curve and sample points, NGSolve finds the same linkages.

    Both solved to 1e-10: 1e-8 is wanted where 1e-4 was asked; what differs is only round-off.
    """
    pytest.importorskip("ngsolve")
    mesh, curve = Pole().mesh(2.0, 72), bh_curve(*pole_curve())
    model = field_model(mesh, {"steel": curve}, {"magnet": POLE_MAGNET}, FieldSettings(order=order, tolerance=1e-10))
    current = np.array([300.0, 200.0, -500.0])
    ours = solve(model, np.array([0]), current[None, None, None], Here()).checked()
    theirs = linkages(mesh, order, curve, POLE_MAGNET, current)
    assert ours.linkage[0, 0, 0] == pytest.approx(theirs, rel=1e-8)
