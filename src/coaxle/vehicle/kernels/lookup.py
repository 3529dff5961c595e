"""Where a value lies on an even axis, and what stands there: the innermost arithmetic of every kernel.

An even axis is told by three figures: its first node ``start``, the nodes per unit of its quantity
``rate = cells / (last - start)``, and the number of its ``cells`` (nodes - 1). Nothing here extrapolates: a value
beyond an axis is taken at the axis' end, and it is the caller's business to have tested for that before.
All functions are inlined into the kernel that calls them; none can take a NaN as ``value``.
"""

from __future__ import annotations

from numba import njit

from coaxle.numerics.arrays import Array


@njit(inline="always")
def locate(value: float, start: float, rate: float, cells: int) -> tuple[int, float]:
    """Return the cell (0 to ``cells`` - 1) of ``value`` and how far into it the value lies (0 to 1)."""
    position = min(max((value - start) * rate, 0.0), float(cells))
    cell = min(int(position), cells - 1)
    return cell, position - cell


@njit(inline="always")
def linear(table: Array, cell: int, weight: float) -> float:
    """Return ``table`` (n,) between the nodes ``cell`` and ``cell + 1``."""
    low = table[cell]
    return low + (table[cell + 1] - low) * weight


@njit(inline="always")
def bilinear(table: Array, i: int, u: float, j: int, s: float) -> float:
    """Return ``table`` (n, m) in the cell ``i``, ``j`` at the weights ``u`` (first axis) and ``s`` (second axis)."""
    a = table[i, j]
    b = table[i + 1, j]
    low = a + (table[i, j + 1] - a) * s
    high = b + (table[i + 1, j + 1] - b) * s
    return low + (high - low) * u


@njit(inline="always")
def linear_flat(store: Array, at: int, weight: float) -> float:
    """Return :func:`linear` of a table laid flat in ``store`` (k,), its cell beginning at position ``at``."""
    low = store[at]
    return low + (store[at + 1] - low) * weight


@njit(inline="always")
def bilinear_flat(store: Array, at: int, stride: int, u: float, s: float) -> float:
    """Return :func:`bilinear` of a table laid flat in ``store`` (k,), its cell beginning at position ``at``.

    ``stride`` is the number of values from one node of the first axis to the next.
    """
    a = store[at]
    b = store[at + stride]
    low = a + (store[at + 1] - a) * s
    high = b + (store[at + stride + 1] - b) * s
    return low + (high - low) * u
