"""Even grids: where a value lies, and what stands between the nodes."""

from __future__ import annotations

import numpy as np

from coaxle.numerics.arrays import Array


def is_even(axis: Array, tolerance: float = 1e-9) -> bool:
    """Return whether ``axis`` (n,) rises in equal steps, to ``tolerance`` of its span."""
    if axis.ndim != 1 or axis.size < 2 or not np.all(np.isfinite(axis)):
        return False
    ideal = np.linspace(axis[0], axis[-1], axis.size)
    span = float(axis[-1] - axis[0])
    return span > 0 and bool(np.max(np.abs(axis - ideal)) <= tolerance * span)


def locate(axis: Array, values: Array) -> tuple[np.ndarray, Array]:
    """Return the cell (int) of each value on an even ``axis`` (n,) and how far into it (0 to 1).

    A value beyond the axis yields its nearest cell with a weight outside 0 to 1: the caller decides what that means.
    """
    position = (np.asarray(values, dtype=np.float64) - axis[0]) * ((axis.size - 1) / (axis[-1] - axis[0]))
    cell = np.clip(position.astype(np.int64), 0, axis.size - 2)
    return cell, position - cell


def bilinear(x_axis: Array, y_axis: Array, table: Array, x: Array, y: Array) -> Array:
    """Return ``table`` (n_x, n_y) at the points ``x``, ``y`` of even axes, linear in each; broadcast.

    Points beyond the axes are the caller's to exclude; NaN nodes give NaN.
    """
    i, u = locate(x_axis, x)
    j, s = locate(y_axis, y)
    return (1 - u) * ((1 - s) * table[i, j] + s * table[i, j + 1]) + u * (
        (1 - s) * table[i + 1, j] + s * table[i + 1, j + 1]
    )
