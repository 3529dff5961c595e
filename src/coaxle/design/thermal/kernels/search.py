"""The torque that keeps every node within its limit for a duration."""

from __future__ import annotations

from math import inf

import numpy as np
from numba import njit

from coaxle.design.thermal.kernels.modes import after, modes, node_after
from coaxle.design.thermal.kernels.steady import steady_point
from coaxle.numerics.arrays import Array, Ints

NOT_LIMITED, NO_TORQUE_LASTS = -1, -2
"""In place of the node that binds: even the highest torque lasts; not even the lowest does."""
_LOOKS, _CLOSER, _NARROWINGS = 48, 0.75, 30
"""Moments of a duration that are looked at, the share of one from the last, steps to the hottest between them."""
_STEPS = 60


@njit(cache=True, nogil=True)
def hottest(temperature: Array, limit: Array) -> tuple[float, int]:
    """Return by how much the node worst off exceeds its limit, and which it is."""
    worst, node = -inf, 0
    for i in range(limit.size):
        if temperature[i] - limit[i] > worst:
            worst = temperature[i] - limit[i]
            node = i
    return worst, node


@njit(cache=True, nogil=True)
def excess(
    duration: float,
    g: Array,
    source: Array,
    p: Array,
    slope: Array,
    reference: Array,
    root: Array,
    start: Array,
    limit: Array,
    square: Array,
    row: Array,
) -> tuple[float, int]:
    """Return by how much the worst node exceeds its mean limit within ``duration`` (inf: ever), and which it is.

    ``square`` (3, n, n) and ``row`` (3, n) are for work. Where a temperature falls at first, the hottest moment of a
    finite duration is searched for, on a raster of times and then closer; for ever means the steady state alone.
    """
    n = p.size
    if duration == inf:
        if not steady_point(g, source, p, slope, reference, square[0], row[0]):
            return inf, _runs_away(p, slope)
        return hottest(row[0], limit)
    worst, node = hottest(start, limit)
    if not worst <= 0.0:
        return worst, node
    modes(g, source, p, slope, reference, root, start, square[0], square[1], row[0], square[2])
    v, values, weights, state = square[1], row[0], square[2], row[1]
    looks = 1 if _only_rises(g, source, p, slope, reference, start) else _LOOKS
    time, best = duration, duration
    for _ in range(looks):
        after(time, v, values, weights, state)
        for i in range(n):
            if limit[i] < inf and node_after(v, state, i) - limit[i] > worst:
                worst, node, best = node_after(v, state, i) - limit[i], i, time
        time *= _CLOSER
    if looks > 1:
        low, high = best * _CLOSER, min(best / _CLOSER, duration)
        for _ in range(_NARROWINGS):
            third = (high - low) / 3
            after(low + third, v, values, weights, state)
            left = node_after(v, state, node)
            after(high - third, v, values, weights, state)
            right = node_after(v, state, node)
            worst = max(worst, left - limit[node], right - limit[node])
            if left > right:
                high -= third
            else:
                low += third
    return worst, node


@njit(cache=True, nogil=True, inline="always")
def _only_rises(g: Array, source: Array, p: Array, slope: Array, reference: Array, start: Array) -> bool:
    """Return whether no temperature falls at first; then none ever does, as no node cools another that warms."""
    for i in range(p.size):
        flow = source[i] + p[i] * (1 + slope[i] * (start[i] - reference[i]))
        for j in range(p.size):
            flow -= g[i, j] * start[j]
        if flow < -1e-9 * g[i, i] * start[i]:
            return False
    return True


@njit(cache=True, nogil=True, inline="always")
def _runs_away(p: Array, slope: Array) -> int:
    """Return the node whose heat rises most with temperature."""
    node = 0
    for i in range(p.size):
        if slope[i] * p[i] > slope[node] * p[node]:
            node = i
    return node


@njit(cache=True, nogil=True, inline="always")
def _guess(torque: Array, low: int, high: int, e_low: float, e_high: float) -> int:
    """Return the last torque between two that should last, were the excess linear in torque squared."""
    a, b = torque[low] * torque[low], torque[high] * torque[high]
    square = a - (b - a) * e_low / (e_high - e_low)
    middle = low + 1
    while middle < high - 1 and torque[middle + 1] * torque[middle + 1] <= square:
        middle += 1
    return middle


@njit(cache=True, nogil=True, inline="always")
def _next(a: float, b: float, c: float, f_a: float, f_b: float, f_c: float) -> float:
    """Return the share of the way from ``a`` to ``b``, which hold a root between them, to try next.

    ``c`` is the point before. Inverse quadratic where that is safe, else the middle: Chandrupatla, Adv. Eng. Softw. 28
    (1997) 145.
    """
    if f_a in (inf, f_b, f_c) or f_b in (inf, f_c) or f_c == inf:
        return 0.5
    xi, phi = (a - b) / (c - b), (f_a - f_b) / (f_c - f_b)
    if not (phi * phi < xi and (1 - phi) * (1 - phi) < 1 - xi):
        return 0.5
    share = f_a / (f_b - f_a) * f_c / (f_b - f_c) + (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
    return min(max(share, 1e-9), 1 - 1e-9)


@njit(cache=True, nogil=True)
def rate_rows(
    first: int,
    last: int,
    duration: float,
    g: Array,
    source: Array,
    torque: Array,
    watts: Array,
    points: Ints,
    rising: Ints,
    slope: Array,
    reference: Array,
    root: Array,
    start: Array,
    limit: Array,
    tolerance: float,
    allowed: Array,
    binds: Ints,
) -> None:
    """Fill ``allowed`` (S,) with the torque at which the first node reaches its ``limit`` (S, n) within ``duration``.

    It is kept below by at most ``tolerance`` [K]. ``binds`` (S,) is that node, or NOT_LIMITED, or NO_TORQUE_LASTS with
    a torque of 0. Where heat rises with torque in every node (``rising``) the torques (S, T) are halved, otherwise
    tried one after another, so that the first crossing is found; then the way between two of them is searched.
    """
    n = slope.size
    square, row, p = np.empty((3, n, n)), np.empty((3, n)), np.empty(n)
    for s in range(first, last):
        at = (duration, g[s], source[s])
        rest = (slope, reference, root, start[s], limit[s], square, row)
        e_first, node = excess(*at, watts[s, 0], *rest)
        if not e_first <= 0.0:
            allowed[s], binds[s] = 0.0, NO_TORQUE_LASTS
            continue
        low, high, e_low, e_high = 0, points[s], e_first, inf
        if rising[s] and high > 1:
            e, hot = excess(*at, watts[s, high - 1], *rest)
            if e <= 0.0:
                low = high - 1
            else:
                high, e_high, node = high - 1, e, hot
        halve = False
        while high - low > 1:  # high is one past the last torque until a torque is found that does not last
            middle = low + 1
            if rising[s]:
                middle = (low + high) // 2
                if not halve:
                    middle = _guess(torque[s], low, high, e_low, min(e_high, -2 * e_first))
                halve = not halve
            e, hot = excess(*at, watts[s, middle], *rest)
            if e <= 0.0:
                low, e_low = middle, e
            else:
                high, e_high, node = middle, e, hot
                if not rising[s]:
                    break
        if high == points[s]:
            allowed[s], binds[s] = torque[s, low], NOT_LIMITED
            continue
        lasting, e_lasting = 0.0, e_low
        aim = 0.5 * tolerance
        a, b, f_a, f_b = 0.0, 1.0, e_low + aim, e_high + aim
        share = 0.5 if f_b == inf else f_a / (f_a - f_b)
        for _ in range(_STEPS):
            if e_lasting >= -tolerance:
                break
            x = a + min(max(share, 1e-9), 1 - 1e-9) * (b - a)
            for i in range(n):
                p[i] = watts[s, low, i] + x * (watts[s, high, i] - watts[s, low, i])
            e, hot = excess(*at, p, *rest)
            if e <= 0.0:
                if x > lasting:
                    lasting, e_lasting = x, e
                    node = hot if e > -inf else node
            else:
                node = hot
            f = e + aim
            if (f > 0) == (f_a > 0):
                c, f_c = a, f_a
            else:
                c, f_c = b, f_b
                b, f_b = a, f_a
            a, f_a = x, f
            share = _next(a, b, c, f_a, f_b, f_c)
        allowed[s] = torque[s, low] + lasting * (torque[s, high] - torque[s, low])
        binds[s] = node
