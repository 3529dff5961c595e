"""Steady states: M T = s + p (1 - a T_ref) where M is positive definite; where it is not, heat runs away."""

from __future__ import annotations

from math import inf, sqrt

from numba import njit

from coaxle.numerics.arrays import Array, Ints

STEADY, RUNAWAY, OUTSIDE = 0, 1, 2
"""Codes of a point: steady, without a steady state, beyond the losses' envelope."""
_SINGULAR = 1e-14
"""Pivot over the diagonal below which a matrix counts as singular."""


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
        if not pivot > _SINGULAR * scale:
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
