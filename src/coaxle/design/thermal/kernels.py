"""Temperatures of small networks: steady, after a time, and the torque that they allow. Numbers only.

At one speed a network is linear: C dT/dt = -G T + s + p + a p (T - T_ref) with p the heat at reference temperatures
and a its slope, so that copper that heats up only changes the matrix, M = G - diag(a p). M is symmetric. Where it is
positive definite the steady state is M T = s + p (1 - a T_ref); where it is not, none exists: heat runs away.
After a time T follows from the eigenvalues of C^-1/2 M C^-1/2, whatever their sign.
"""

from __future__ import annotations

from math import exp, expm1, inf, sqrt

import numpy as np
from numba import njit

from coaxle.numerics.arrays import Array, Ints

STEADY, RUNAWAY, OUTSIDE = 0, 1, 2
"""Codes of a point: steady, without a steady state, beyond the losses' envelope."""
NOT_LIMITED, NO_TORQUE_LASTS = -1, -2
"""In place of the node that binds: even the highest torque lasts; not even the lowest does."""

_SWEEPS = 30
_HALVINGS = 10
_STEPS = 60


@njit(cache=True, nogil=True)
def solve_spd(matrix: Array, x: Array) -> bool:
    """Solve ``matrix`` (n, n) for the right-hand side ``x`` (n,), in place, by Cholesky's way.

    Returns False, with both spoiled, where the matrix is not positive definite. Only its lower triangle is read.
    """
    n = x.size
    for j in range(n):
        scale = abs(matrix[j, j])
        pivot = matrix[j, j]
        for k in range(j):
            pivot -= matrix[j, k] * matrix[j, k]
        if not pivot > 1e-14 * scale:
            return False
        root = sqrt(pivot)
        matrix[j, j] = root
        for i in range(j + 1, n):
            value = matrix[i, j]
            for k in range(j):
                value -= matrix[i, k] * matrix[j, k]
            matrix[i, j] = value / root
        value = x[j]
        for k in range(j):
            value -= matrix[j, k] * x[k]
        x[j] = value / root
    for j in range(n - 1, -1, -1):
        value = x[j]
        for k in range(j + 1, n):
            value -= matrix[k, j] * x[k]
        x[j] = value / matrix[j, j]
    return True


@njit(cache=True, nogil=True)
def steady_point(
    g: Array, source: Array, p: Array, slope: Array, reference: Array, work: Array, temperature: Array
) -> bool:
    """Fill ``temperature`` (n,) with the steady state under the heat ``p`` (n,); False where none exists."""
    n = p.size
    for i in range(n):
        for j in range(i + 1):
            work[i, j] = g[i, j]
        work[i, i] -= slope[i] * p[i]
        temperature[i] = source[i] + p[i] * (1 - slope[i] * reference[i])
    return solve_spd(work, temperature)


@njit(cache=True, nogil=True)
def steady_rows(
    first: int,
    last: int,
    g: Array,
    source: Array,
    watts: Array,
    points: Ints,
    slope: Array,
    reference: Array,
    temperature: Array,
    code: Ints,
) -> None:
    """Fill ``temperature`` (S, T, n) and ``code`` (S, T) for the speeds ``first`` to ``last`` - 1."""
    n = slope.size
    work = g[0].copy()
    x = slope.copy()
    for s in range(first, last):
        for t in range(watts.shape[1]):
            if t >= points[s]:
                code[s, t] = OUTSIDE
                continue
            good = steady_point(g[s], source[s], watts[s, t], slope, reference, work, x)
            code[s, t] = STEADY if good else RUNAWAY
            for i in range(n):
                temperature[s, t, i] = x[i] if good else inf


@njit(cache=True, nogil=True)
def eigen(a: Array, v: Array, values: Array) -> None:
    """Fill ``values`` (n,) and the columns of ``v`` (n, n) with the eigenvalues and vectors of ``a`` (n, n).

    Cyclic rotations of Jacobi; ``a`` is symmetric and is spoiled.
    """
    n = values.size
    for i in range(n):
        for j in range(n):
            v[i, j] = 1.0 if i == j else 0.0
    for _ in range(_SWEEPS):
        off, on = 0.0, 0.0
        for i in range(n):
            on += a[i, i] * a[i, i]
            for j in range(i):
                off += a[i, j] * a[i, j]
        if off <= 1e-30 * on:
            break
        for p in range(n - 1):
            for q in range(p + 1, n):
                _rotate(a, v, p, q)
    for i in range(n):
        values[i] = a[i, i]


@njit(cache=True, nogil=True, inline="always")
def _rotate(a: Array, v: Array, p: int, q: int) -> None:
    """Turn the plane ``p``, ``q`` so that ``a[p, q]`` becomes 0."""
    apq = a[p, q]
    if apq == 0.0:
        return
    theta = (a[q, q] - a[p, p]) / (2 * apq)
    t = 1 / (abs(theta) + sqrt(theta * theta + 1))
    if theta < 0:
        t = -t
    c = 1 / sqrt(t * t + 1)
    s = t * c
    for k in range(a.shape[0]):
        akp, akq = a[k, p], a[k, q]
        a[k, p], a[k, q] = c * akp - s * akq, s * akp + c * akq
        vkp, vkq = v[k, p], v[k, q]
        v[k, p], v[k, q] = c * vkp - s * vkq, s * vkp + c * vkq
    for k in range(a.shape[0]):
        apk, aqk = a[p, k], a[q, k]
        a[p, k], a[q, k] = c * apk - s * aqk, s * apk + c * aqk


@njit(cache=True, nogil=True)
def modes(
    g: Array,
    source: Array,
    p: Array,
    slope: Array,
    reference: Array,
    root: Array,
    start: Array,
    a: Array,
    v: Array,
    values: Array,
    weights: Array,
) -> None:
    """Split the course of temperature into modes.

    ``root`` (n,) is the square root of capacity. Fills ``v`` (n, n) with the modes, ``values`` (n,) with their rates
    [1/s] and ``weights`` (2, n) with what each starts from and what drives it.
    """
    n = p.size
    for i in range(n):
        for j in range(n):
            a[i, j] = g[i, j] / (root[i] * root[j])
        a[i, i] -= slope[i] * p[i] / (root[i] * root[i])
    eigen(a, v, values)
    for m in range(n):
        begin, drive = 0.0, 0.0
        for i in range(n):
            begin += v[i, m] * root[i] * start[i]
            drive += v[i, m] * (source[i] + p[i] * (1 - slope[i] * reference[i])) / root[i]
        weights[0, m] = begin
        weights[1, m] = drive
    for i in range(n):
        for m in range(n):
            v[i, m] /= root[i]


@njit(cache=True, nogil=True)
def after(time: float, v: Array, values: Array, weights: Array, state: Array) -> None:
    """Fill ``state`` (n,) with each mode's share ``time`` later; the temperature of a node is ``v[i] @ state``."""
    for m in range(values.size):
        x = values[m] * time
        if x < -700.0:
            state[m] = inf if weights[0, m] * values[m] < weights[1, m] else -inf
            continue
        grown = time if abs(x) < 1e-12 else -expm1(-x) / values[m]
        state[m] = weights[0, m] * exp(-x) + weights[1, m] * grown


@njit(cache=True, nogil=True)
def transient_rows(
    first: int,
    last: int,
    g: Array,
    source: Array,
    watts: Array,
    points: Ints,
    slope: Array,
    reference: Array,
    root: Array,
    start: Array,
    time: Array,
    temperature: Array,
) -> None:
    """Fill ``temperature`` (S, T, n, K) at ``time`` (K,) from ``start`` (S, n), for speeds ``first`` to ``last`` - 1.

    Points beyond the envelope are left as they are.
    """
    n = slope.size
    a, v, weights = g[0].copy(), g[0].copy(), g[0].copy()
    values, state = slope.copy(), slope.copy()
    for s in range(first, last):
        for t in range(points[s]):
            modes(g[s], source[s], watts[s, t], slope, reference, root, start[s], a, v, values, weights)
            for k in range(time.size):
                after(time[k], v, values, weights, state)
                for i in range(n):
                    value = 0.0
                    for m in range(n):
                        value += v[i, m] * state[m]
                    temperature[s, t, i, k] = value


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

    ``square`` (3, n, n) and ``row`` (3, n) are for work. A finite duration is looked at its end and at ten halvings
    of it, so that a start hotter than the end is seen.
    """
    n = p.size
    if duration == inf:
        if not steady_point(g, source, p, slope, reference, square[0], row[0]):
            return inf, _runs_away(p, slope)
        return hottest(row[0], limit)
    modes(g, source, p, slope, reference, root, start, square[0], square[1], row[0], square[2])
    worst, node = hottest(start, limit)
    time = duration
    for _ in range(_HALVINGS):
        after(time, square[1], row[0], square[2], row[1])
        for i in range(n):
            if limit[i] == inf:
                continue
            value = 0.0
            for m in range(n):
                value += square[1, i, m] * row[1, m]
            if not value - limit[i] <= worst:
                worst = value - limit[i]
                node = i
        time *= 0.5
    return worst, node


@njit(cache=True, nogil=True, inline="always")
def _runs_away(p: Array, slope: Array) -> int:
    """Return the node whose heat rises most with temperature."""
    node = 0
    for i in range(p.size):
        if slope[i] * p[i] > slope[node] * p[node]:
            node = i
    return node


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
    tried one after another, so that the first crossing is found.
    """
    n = slope.size
    square = np.empty((3, n, n))
    row = np.empty((3, n))
    p = np.empty(n)
    for s in range(first, last):
        at = (duration, g[s], source[s])
        rest = (slope, reference, root, start[s], limit[s], square, row)
        e_low, node = excess(*at, watts[s, 0], *rest)
        if not e_low <= 0.0:
            allowed[s], binds[s] = 0.0, NO_TORQUE_LASTS
            continue
        low, high, e_high = 0, points[s], inf
        if rising[s] and high > 1:
            e_top, node_top = excess(*at, watts[s, high - 1], *rest)
            if e_top <= 0.0:
                low = high - 1
            else:
                high, e_high, node = high - 1, e_top, node_top
        while high - low > 1:
            middle = (low + high) // 2 if rising[s] else low + 1
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
        u, v, held = 0.0, 1.0, 0
        for step in range(_STEPS):
            if e_low >= -tolerance:
                break
            x = 0.5 * (u + v)
            if e_high < inf and step % 4 != 3:
                e_aim = 0.5 * tolerance
                x = u + (v - u) * (e_low + e_aim) / (e_low - e_high)
                x = min(max(x, u + 1e-9 * (v - u)), v - 1e-9 * (v - u))
            for i in range(n):
                p[i] = watts[s, low, i] + x * (watts[s, high, i] - watts[s, low, i])
            e, hot = excess(*at, p, *rest)
            if e <= 0.0:
                u, e_low = x, e
                if held == 1:
                    e_high = e_high * 0.5
                held = 1
            else:
                v, e_high, node = x, e, hot
                if held == 2:
                    e_low = e_low * 0.5
                held = 2
        allowed[s] = torque[s, low] + u * (torque[s, high] - torque[s, low])
        binds[s] = node
