"""Residual and Jacobian of the iron, many operating points at once."""

from __future__ import annotations

from typing import Any, NamedTuple

from numba import njit

from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.kernels.lanes import at, every, gather, like, load, narrow, root, smaller, store, whole
from coaxle.numerics.arrays import Array

LEAST = 1e-24
"""Square of the flux density [T2] that is added, so that there is a direction to divide by."""
KEPT = 4
"""Vectors kept of each sample between residual and Jacobian."""


class Iron(NamedTuple):
    """E sample points in iron, m nodes each.

    ``unknown`` (E * m,), with the number of unknowns itself where A is 0; ``x``, ``y`` (E * m,) gradients of the shape
    functions, ``weight`` (E,); ``spot`` (E * m (m + 1) / 2,) where the lower triangle of the element's matrix goes;
    ``curve`` (E,) whose coefficients start at ``start`` of ``table`` and have ``cells`` cells of ``1 / rate`` T.
    """

    nodes: int
    unknown: Whole
    x: Array
    y: Array
    weight: Array
    spot: Whole
    curve: Whole
    start: Whole
    cells: Array
    rate: Array
    table: Array


class Rows(NamedTuple):
    """The linear part by rows: row ``i`` holds ``value`` at ``column`` from ``at[i]`` to ``at[i + 1]``."""

    at: Whole
    column: Whole
    value: Array


@njit(cache=True, nogil=True, error_model="numpy")
def residual(linear: Rows, iron: Iron, half: int, f: Array, a: Array, r: Array, kept: Array) -> None:
    """Write ``r`` = f - linear a - iron(a), and of each sample nu, its slope's excess and the gradient of A.

    ``f``, ``a``, ``r`` hold, for each half of the lanes, n vectors and one more, in which what is fixed ends; ``kept``
    E * KEPT vectors.
    """
    n = len(linear.at) - 1
    o, p = half * (n + 1), half * len(iron.weight) * KEPT
    for i in range(n):
        value = load(f, o + i)
        for q in range(at(linear.at, i), at(linear.at, i + 1)):
            value = value - every(at(linear.value, q)) * load(a, o + at(linear.column, q))
        store(r, o + i, value)
    m = iron.nodes
    for e in range(len(iron.weight)):
        first = e * m
        vx = vy = every(0.0)
        for k in range(first, first + m):
            value = load(a, o + at(iron.unknown, k))
            vx = vx + value * every(at(iron.x, k))
            vy = vy + value * every(at(iron.y, k))
        inverse = every(1.0) / root(vx * vx + vy * vy + every(LEAST))
        h, slope = _curve(iron, at(iron.curve, e), (vx * vx + vy * vy + every(LEAST)) * inverse)
        weight = every(at(iron.weight, e))
        nu = weight * h * inverse
        for k in range(first, first + m):
            i = o + at(iron.unknown, k)
            store(r, i, load(r, i) - nu * (vx * every(at(iron.x, k)) + vy * every(at(iron.y, k))))
        store(kept, p + e * KEPT, nu)
        store(kept, p + e * KEPT + 1, (weight * slope - nu) * inverse * inverse)
        store(kept, p + e * KEPT + 2, vx)
        store(kept, p + e * KEPT + 3, vy)


@njit(cache=True, nogil=True, error_model="numpy")
def _curve(iron: Any, c: int, b: Any) -> Any:
    """Return H and dH/dB at ``b``."""
    rate = every(at(iron.rate, c))
    position = b * rate
    # what is NaN looks up the last row; NaN stays in the position
    cell = whole(smaller(position, every(at(iron.cells, c))))
    t = position - cell
    row = cell + cell + cell
    start = at(iron.start, c)
    c0, c1 = gather(iron.table, start, row), gather(iron.table, start + 1, row)
    c2 = gather(iron.table, start + 2, row)
    return c0 + t * (c1 + t * c2), (c1 + (t + t) * c2) * rate


@njit(cache=True, nogil=True, error_model="numpy")
def jacobian(base: Array, iron: Iron, kept: Array, x: Array) -> None:
    """Write the matrices at the point of the last residual: ``base`` (entries,), alike in all lanes, and the iron.

    ``x`` (entries * LANES,) is of single precision: a step needs no more.
    """
    for q in range(len(base)):
        store(x, q, like(x, at(base, q)))
    m, p = iron.nodes, len(iron.weight) * KEPT
    for e in range(len(iron.weight)):
        k = e * KEPT
        nu, excess = narrow(load(kept, k), load(kept, p + k)), narrow(load(kept, k + 1), load(kept, p + k + 1))
        vx, vy = narrow(load(kept, k + 2), load(kept, p + k + 2)), narrow(load(kept, k + 3), load(kept, p + k + 3))
        q = e * (m * (m + 1) // 2)
        for i in range(e * m, e * m + m):
            gx, gy = like(x, at(iron.x, i)), like(x, at(iron.y, i))
            along = excess * (vx * gx + vy * gy)
            ux, uy = nu * gx + along * vx, nu * gy + along * vy
            for j in range(e * m, i + 1):
                spot = at(iron.spot, q)
                store(x, spot, load(x, spot) + ux * like(x, at(iron.x, j)) + uy * like(x, at(iron.y, j)))
                q += 1
