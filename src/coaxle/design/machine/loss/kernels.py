"""Iron losses of triangles from their flux density over time: numbers only.

The letters are those of ``docs/theory/machine-losses.md``.
"""

from __future__ import annotations

from math import gamma, pi, sqrt

import numpy as np
from numba import njit

from coaxle.numerics.arrays import Array, Ints

LANE = 32
"""Triangles taken together."""
SINE = (2 / pi, gamma(1.25) / (sqrt(pi) * gamma(1.75)), 0.5)
"""Mean of |cos| to the powers 1, 1.5 and 2."""


@njit(cache=True, nogil=True, inline="always", error_model="numpy", fastmath={"contract", "reassoc", "arcp"})
def coefficient(b: float, c: Array, b_top: float) -> float:
    """Return k(b) with the coefficients ``c`` of b to 1.5, 2, 3, 4 and 6; past ``b_top`` it goes on with the square."""
    beyond = 1.0
    if b > b_top:
        beyond = (b / b_top) * (b / b_top)
        b = b_top
    b_2 = b * b
    b_4 = b_2 * b_2
    return (c[0] * b * sqrt(b) + c[1] * b_2 + c[2] * b_2 * b + c[3] * b_4 + c[4] * b_4 * b_2) * beyond


@njit(cache=True, nogil=True, inline="always", error_model="numpy", fastmath={"contract", "reassoc", "arcp"})
def gather(b: Array, i: int, antiperiodic: bool, cells: Ints, x: Array, y: Array) -> None:
    """Put the flux density of ``cells`` over time into ``x``, ``y`` (S, LANE): less its mean, on its main axes.

    Main axes are those of the covariance of x and y over time; the mean of what changes sign is 0.
    """
    samples = b.shape[0]
    for lane in range(cells.size):
        mean_x = 0.0
        mean_y = 0.0
        for s in range(samples):
            x[s, lane] = b[s, i, cells[lane], 0]
            y[s, lane] = b[s, i, cells[lane], 1]
            mean_x += x[s, lane]
            mean_y += y[s, lane]
        mean_x = 0.0 if antiperiodic else mean_x / samples
        mean_y = 0.0 if antiperiodic else mean_y / samples
        xx = 0.0
        xy = 0.0
        for s in range(samples):
            d = x[s, lane] - mean_x
            q = y[s, lane] - mean_y
            xx += d * d - q * q
            xy += d * q
        angle = 0.5 * np.arctan2(2 * xy, xx)
        c = np.cos(angle)
        d = np.sin(angle)
        for s in range(samples):
            u = x[s, lane] - mean_x
            v = y[s, lane] - mean_y
            x[s, lane] = c * u + d * v
            y[s, lane] = c * v - d * u


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "arcp"})
def follow(u: Array, antiperiodic: bool, value: Array, slope: Array, half: Array, sums: Array) -> None:
    """Follow ``u`` (S, LANE) through Q points: ``half`` its range (LANE,), and the means (3, LANE) of |du/dt|^e.

    ``value`` and ``slope`` (Q, S) interpolate; time runs in electrical angle.
    """
    points, samples = value.shape
    high = np.zeros(LANE)
    low = np.zeros(LANE)
    at = np.empty(LANE)
    rate = np.empty(LANE)
    sums[:] = 0.0
    for q in range(points):
        at[:] = 0.0
        rate[:] = 0.0
        for s in range(samples):
            c = value[q, s]
            d = slope[q, s]
            for lane in range(LANE):
                at[lane] += c * u[s, lane]
                rate[lane] += d * u[s, lane]
        for lane in range(LANE):
            a = abs(rate[lane])
            high[lane] = max(high[lane], at[lane])
            low[lane] = min(low[lane], at[lane])
            sums[0, lane] += a
            sums[1, lane] += a * sqrt(a)
            sums[2, lane] += a * a
    for lane in range(LANE):
        half[lane] = max(high[lane], -low[lane]) if antiperiodic else 0.5 * (high[lane] - low[lane])
        for e in range(3):
            sums[e, lane] /= points


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "arcp"})
def iron(
    b: Array,
    value: Array,
    slope: Array,
    antiperiodic: bool,
    coefficients: Array,
    b_top: float,
    cells: Ints,
    mass: Array,
    group: Ints,
    loss: Array,
) -> None:
    """Add to ``loss`` (3, G, n) the loss of each triangle, per power of frequency.

    ``b`` (S, n, U, 2) is the flux density, which ``value`` and ``slope`` (Q, S) take to that of the sheet; ``cells``
    (K,) are the triangles that count, ``mass`` and ``group`` (K,) theirs. Along each of two main axes, half its range
    being B_p, a triangle loses k_e(B_p) <|dB/dt|^e> / (<|cos|^e> B_p^e).
    """
    samples, points, _, _ = b.shape
    xy = np.zeros((2, samples, LANE))
    half = np.zeros(LANE)
    sums = np.zeros((3, LANE))
    for i in range(points):
        for first in range(0, cells.size, LANE):
            lanes = min(LANE, cells.size - first)
            gather(b, i, antiperiodic, cells[first : first + lanes], xy[0], xy[1])
            for axis in range(2):
                follow(xy[axis], antiperiodic, value, slope, half, sums)
                for lane in range(lanes):
                    b_p = half[lane]
                    if b_p < 1e-9:
                        continue
                    g = group[first + lane]
                    m = mass[first + lane]
                    loss[0, g, i] += m * coefficient(b_p, coefficients[0], b_top) * sums[0, lane] / (SINE[0] * b_p)
                    power = b_p * sqrt(b_p)
                    loss[1, g, i] += m * coefficient(b_p, coefficients[1], b_top) * sums[1, lane] / (SINE[1] * power)
                    power = b_p * b_p
                    loss[2, g, i] += m * coefficient(b_p, coefficients[2], b_top) * sums[2, lane] / (SINE[2] * power)
