"""Triangles of first and second order: their nodes, and the gradients of their shape functions at sample points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from coaxle.design.machine.field.kernels import Whole
from coaxle.numerics.arrays import Array

SAMPLES = np.array([[2 / 3, 1 / 6, 1 / 6], [1 / 6, 2 / 3, 1 / 6], [1 / 6, 1 / 6, 2 / 3]])
"""Barycentric coordinates of the three points that integrate second-order polynomials over a triangle exactly."""
SIDES = np.array([[0, 1], [1, 2], [2, 0]])
"""Corners of a triangle that its nodes 3, 4 and 5 lie between (second order)."""


class Samples(NamedTuple):
    """Of M triangles with m nodes each, what is needed at each of Q points.

    ``gradients`` (M, Q, m, 2) of the shape functions [1/m]; ``weights`` (M, Q) [m2], which sum to the area.
    """

    gradients: Array
    weights: Array


def sample(corners: Array, order: int) -> Samples:
    """Return the samples of triangles with ``corners`` (M, 3, 2) [m], counter-clockwise: 1 point or 3."""
    x, y = corners[..., 0], corners[..., 1]
    double = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    linear = np.stack([y[:, [1, 2, 0]] - y[:, [2, 0, 1]], x[:, [2, 0, 1]] - x[:, [1, 2, 0]]], axis=2)
    linear = linear / double[:, None, None]
    if order == 1:
        return Samples(linear[:, None], 0.5 * double[:, None])
    corner = (4 * SAMPLES[:, :, None] - 1) * linear[:, None]
    i, j = SIDES.T
    middle = 4 * (SAMPLES[:, i, None] * linear[:, None, j] + SAMPLES[:, j, None] * linear[:, None, i])
    return Samples(np.concatenate([corner, middle], axis=2), np.repeat(double[:, None] / 6, 3, axis=1))


def shares(order: int) -> Array:
    """Return the mean of each shape function over its triangle (m,)."""
    return np.full(3, 1 / 3) if order == 1 else np.array([0.0, 0.0, 0.0, 1 / 3, 1 / 3, 1 / 3])


def sides(triangles: Whole, first: int) -> tuple[Whole, Whole]:
    """Return each triangle's mid-side nodes (M, 3), numbered from ``first``, and each side's ends (S, 2)."""
    ends = np.sort(triangles[:, SIDES].reshape(-1, 2), axis=1)
    unique, number = np.unique(ends, axis=0, return_inverse=True)
    return first + number.reshape(-1, 3), unique


def side_of(ends: Whole, a: Whole, b: Whole) -> Whole:
    """Return the number in ``ends`` (S, 2), sorted, of the side between ``a`` and ``b``; -1 where there is none."""
    size = int(ends.max()) + 1
    keys = ends[:, 0].astype(np.int64) * size + ends[:, 1]
    wanted = np.minimum(a, b).astype(np.int64) * size + np.maximum(a, b)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)
