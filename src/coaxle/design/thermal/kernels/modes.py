"""Courses of temperature: each mode of C^-1/2 M C^-1/2 decays, or grows, at its own rate."""

from __future__ import annotations

from math import exp, expm1, inf, sqrt

from numba import njit

from coaxle.numerics.arrays import Array, Ints

_SWEEPS = 30
_DIAGONAL = 1e-30
"""Squares beside the diagonal over those on it, below which a matrix counts as diagonal: 1e-15 of the rates."""
_NO_MATTER = 1e6
"""Temperature [K] beyond which only inf is said."""


@njit(cache=True, nogil=True)
def eigen(a: Array, v: Array, values: Array) -> None:
    """Fill ``values`` (n,) and the rows of ``v`` (n, n) with the eigenvalues and vectors of ``a`` (n, n).

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
        if off <= _DIAGONAL * on:
            break
        for p in range(n - 1):
            for q in range(p + 1, n):
                if a[p, q] != 0.0:
                    _rotate(a, v, p, q)
    for i in range(n):
        values[i] = a[i, i]


@njit(cache=True, nogil=True, inline="always")
def _rotate(a: Array, v: Array, p: int, q: int) -> None:
    """Turn the plane ``p``, ``q`` so that ``a[p, q]`` becomes 0."""
    n = a.shape[0]
    apq, app, aqq = a[p, q], a[p, p], a[q, q]
    theta = (aqq - app) / (2 * apq)
    t = 1 / (abs(theta) + sqrt(theta * theta + 1))
    if theta < 0:
        t = -t
    c = 1 / sqrt(t * t + 1)
    s = t * c
    for k in range(n):
        apk, aqk = a[p, k], a[q, k]
        a[p, k], a[q, k] = c * apk - s * aqk, s * apk + c * aqk
        vpk, vqk = v[p, k], v[q, k]
        v[p, k], v[q, k] = c * vpk - s * vqk, s * vpk + c * vqk
    a[p, p], a[q, q] = app - t * apq, aqq + t * apq
    a[p, q], a[q, p] = 0.0, 0.0
    for k in range(n):
        a[k, p], a[k, q] = a[p, k], a[q, k]


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

    ``root`` (n,) is the square root of capacity. Fills the rows of ``v`` (n, n) with the modes, ``values`` (n,) with
    their rates [1/s] and ``weights`` (2, n) with what each starts from and what drives it.
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
            begin += v[m, i] * root[i] * start[i]
            drive += v[m, i] * (source[i] + p[i] * (1 - slope[i] * reference[i])) / root[i]
        weights[0, m] = begin
        weights[1, m] = drive
    for m in range(n):
        for i in range(n):
            v[m, i] /= root[i]


@njit(cache=True, nogil=True)
def after(time: float, v: Array, values: Array, weights: Array, state: Array) -> None:
    """Fill ``state`` (n,) with each mode's share ``time`` later; temperatures are ``state @ v``.

    What runs away is followed to exp(600) of its start, far beyond any matter.
    """
    for m in range(values.size):
        x = max(values[m] * time, -600.0)
        grown = time if abs(x) < 1e-12 else -expm1(-x) / values[m]
        state[m] = weights[0, m] * exp(-x) + weights[1, m] * grown


@njit(cache=True, nogil=True, inline="always")
def node_after(v: Array, state: Array, i: int) -> float:
    """Return the temperature of node ``i`` that ``state`` stands for."""
    value = 0.0
    for m in range(state.size):
        value += v[m, i] * state[m]
    return value


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
                    value = node_after(v, state, i)
                    temperature[s, t, i, k] = value if value < _NO_MATTER else inf
