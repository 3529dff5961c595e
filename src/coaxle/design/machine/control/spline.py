"""Cubic B-splines over even axes: from what stands at the nodes to coefficients, once a map.

The splines are those with continuous second derivatives through every node. Ends: not-a-knot (third derivative
continuous across the last node but one), which is a parabola through three nodes and a line through two; at ``i_q = 0``
what symmetry asks for, since a map is mirrored there.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from coaxle.numerics.arrays import Array

Start = Literal["free", "even", "odd"]


def coefficients(values: Array, axis: int, start: Start = "free") -> Array:
    """Return the B-spline coefficients of ``values`` along ``axis``: n + 2 for n nodes, 1 for a single node.

    ``start`` says what holds at the first node: nothing, a slope of 0 (even), or a curvature of 0 (odd).
    """
    n = values.shape[axis]
    if n == 1:
        return values
    a = np.zeros((n + 2, n + 2))
    for k in range(n):
        a[k + 1, k : k + 3] = 1 / 6, 4 / 6, 1 / 6
    a[0] = _start(n, start)
    a[-1] = _free(n)[::-1]
    if n == 3 and start == "free":  # one knot within cannot serve both ends: a parabola
        a[0, :4] = -1.0, 3.0, -3.0, 1.0
        a[0, 4:] = 0.0
        a[-1] = a[0, ::-1]
    nodes = np.moveaxis(values, axis, 0)
    right = np.concatenate((np.zeros_like(nodes[:1]), nodes, np.zeros_like(nodes[:1])))
    solved = np.asarray(np.linalg.solve(a, right.reshape(n + 2, -1))).reshape(right.shape)
    return np.asarray(np.moveaxis(solved, 0, axis), dtype=np.float64)


def _start(n: int, start: Start) -> Array:
    row = np.zeros(n + 2)
    if start == "free":
        return _free(n)
    row[:3] = (-1.0, 0.0, 1.0) if start == "even" else (1.0, -2.0, 1.0)
    return row


def _free(n: int) -> Array:
    row = np.zeros(n + 2)
    if n == 2:
        row[:3] = 1.0, -2.0, 1.0
    else:
        row[:5] = 1.0, -4.0, 6.0, -4.0, 1.0
    return row


def over_currents(values: Array, start: Start) -> Array:
    """Return the coefficients of ``values`` (D, Q, F), ``start`` being what holds at ``i_q = 0``."""
    return coefficients(coefficients(coefficients(values, 0), 1, start), 2)
