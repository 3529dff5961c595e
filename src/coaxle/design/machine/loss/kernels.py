"""Iron losses of triangles from their flux density over time: numbers only.

The letters are those of ``docs/theory/machine-losses.md``.
"""

from __future__ import annotations

from math import hypot, sqrt

import numpy as np
from numba import njit

from coaxle.numerics.arrays import Array, Ints

LANE = 32
"""Triangles taken together."""


@njit(cache=True, nogil=True, inline="always", error_model="numpy", fastmath={"contract", "reassoc", "arcp"})
def add_terms(b: float, coefficients: Array, b_top: float, weight: Array, into: Array) -> None:
    """Add k_e(b) weight_e to ``into`` (E,); the powers of b are 1.5, 2, 3, 4, 6, and 2 past ``b_top``."""
    beyond = 1.0
    if b > b_top:
        beyond = (b / b_top) * (b / b_top)
        b = b_top
    b_2 = b * b
    b_15 = b * sqrt(b)
    b_4 = b_2 * b_2
    for e in range(into.size):
        k = (
            coefficients[e, 0] * b_15
            + coefficients[e, 1] * b_2
            + coefficients[e, 2] * b_2 * b
            + coefficients[e, 3] * b_4
            + coefficients[e, 4] * b_4 * b_2
        )
        into[e] += k * beyond * weight[e]


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "arcp"})
def iron(
    b: Array,
    cosine: Array,
    sine: Array,
    order: Array,
    coefficients: Array,
    b_top: float,
    cells: Ints,
    mass: Array,
    group: Ints,
    loss: Array,
) -> None:
    """Add to ``loss`` (E, G, n) the loss of each triangle, per power of frequency.

    ``b`` (S, n, U, 2) is the flux density, ``cosine`` and ``sine`` (H, S) make its harmonics' amplitudes in the sheet,
    ``order`` (H, E) holds the order of each to the power e, ``cells`` (K,) are the triangles that count, ``mass`` and
    ``group`` (K,) theirs. Each harmonic moves on an ellipse; its two half axes are taken as two alternating fields.
    """
    samples, points, _, _ = b.shape
    triangles = cells.size
    harmonics, exponents = order.shape
    re = np.empty(2 * LANE)
    im = np.empty(2 * LANE)
    sums = np.empty((LANE, exponents))
    for i in range(points):
        for first in range(0, triangles, LANE):
            lanes = min(LANE, triangles - first)
            sums[:] = 0.0
            for h in range(harmonics):
                re[:] = 0.0
                im[:] = 0.0
                for s in range(samples):
                    c = cosine[h, s]
                    d = sine[h, s]
                    for lane in range(lanes):
                        cell = cells[first + lane]
                        x = b[s, i, cell, 0]
                        y = b[s, i, cell, 1]
                        re[lane] += c * x
                        im[lane] += d * x
                        re[LANE + lane] += c * y
                        im[LANE + lane] += d * y
                for lane in range(lanes):
                    plus = 0.5 * hypot(re[lane] - im[LANE + lane], im[lane] + re[LANE + lane])
                    minus = 0.5 * hypot(re[lane] + im[LANE + lane], im[lane] - re[LANE + lane])
                    add_terms(plus + minus, coefficients, b_top, order[h], sums[lane])
                    add_terms(abs(plus - minus), coefficients, b_top, order[h], sums[lane])
            for lane in range(lanes):
                for e in range(exponents):
                    loss[e, group[first + lane], i] += mass[first + lane] * sums[lane, e]
