"""The quadratic programme of one step: three unknowns, nine linear constraints, solved by looking at every active set.

Strictly convex, so that the one set that meets the conditions of Karush, Kuhn and Tucker is the answer. With
``y_0 = -H^-1 g``, ``r = A y_0 - b`` and ``G = A H^-1 A'`` the multipliers of a set are ``G^-1 r``, and what is left of
the other constraints is ``r - G lambda``: all of it is arithmetic on nine figures and their 9 x 9 products. An equation
is eliminated beforehand.
"""

from __future__ import annotations

from numba import njit

from coaxle.numerics.arrays import Array

ROWS = 9
"""Constraints: torque (an equation, or none), voltage, current, and two bounds for each of three currents."""
LEAST_MULTIPLIER = -1e-10


@njit(cache=True, nogil=True)
def inverse(h: Array, shift: float, out: Array) -> bool:
    """Fill ``out`` (3, 3) with the inverse of ``h`` + ``shift`` I; return whether that is positive definite."""
    a, b, c = h[0, 0] + shift, h[0, 1], h[0, 2]
    d, e, f = h[1, 1] + shift, h[1, 2], h[2, 2] + shift
    minor = a * d - b * b
    out[0, 0], out[0, 1], out[0, 2] = d * f - e * e, c * e - b * f, b * e - c * d
    out[1, 1], out[1, 2], out[2, 2] = a * f - c * c, b * c - a * e, minor
    det = a * out[0, 0] + b * out[0, 1] + c * out[0, 2]
    size = max(abs(a), abs(d), abs(f))
    if not (a > 1e-9 * size and minor > 1e-9 * size * size and det > 1e-9 * size * size * size):
        return False
    for i in range(3):
        for k in range(i, 3):
            out[i, k] /= det
            out[k, i] = out[i, k]
    return True


@njit(inline="always")
def _holds(g: Array, r: Array, i: int, j: int, k: int, x: float, y: float, z: float, near: float) -> bool:
    """Return whether multipliers ``x``, ``y``, ``z`` of rows ``i``, ``j``, ``k`` have their sign and break no row."""
    if x < LEAST_MULTIPLIER or y < LEAST_MULTIPLIER or z < LEAST_MULTIPLIER:
        return False
    for n in range(1, ROWS):  # noqa: SIM110 (a compiled loop)
        if r[n] - g[n, i] * x - g[n, j] * y - g[n, k] * z > near:
            return False
    return True


@njit(cache=True, nogil=True)
def _three(g: Array, r: Array, near: float, act: Array, lam: Array) -> bool:
    """Find an active set of three rows, at least one of which is broken without it."""
    for i in range(1, ROWS):
        if r[i] <= near:
            continue
        for j in range(1, ROWS):
            for k in range(j + 1, ROWS):
                if j == i or k == i:
                    continue
                m00 = g[j, j] * g[k, k] - g[j, k] * g[j, k]
                m01 = g[i, k] * g[j, k] - g[i, j] * g[k, k]
                m02 = g[i, j] * g[j, k] - g[i, k] * g[j, j]
                det = g[i, i] * m00 + g[i, j] * m01 + g[i, k] * m02
                if det <= 1e-14 * g[i, i] * g[j, j] * g[k, k]:
                    continue
                m11 = g[i, i] * g[k, k] - g[i, k] * g[i, k]
                m12 = g[i, j] * g[i, k] - g[i, i] * g[j, k]
                m22 = g[i, i] * g[j, j] - g[i, j] * g[i, j]
                x = (m00 * r[i] + m01 * r[j] + m02 * r[k]) / det
                y = (m01 * r[i] + m11 * r[j] + m12 * r[k]) / det
                z = (m02 * r[i] + m12 * r[j] + m22 * r[k]) / det
                if _holds(g, r, i, j, k, x, y, z, near):
                    act[0], act[1], act[2] = i, j, k
                    lam[0], lam[1], lam[2] = x, y, z
                    return True
    return False


@njit(cache=True, nogil=True)
def active_set(g: Array, r: Array, most: int, near: float, act: Array, lam: Array) -> int:
    """Find the active set of the inequalities: fill ``act`` and ``lam`` (3,), return their number; -1: there is none.

    ``g`` and ``r`` are what an equation (row 0) leaves of them; ``most`` is the number of unknowns that it leaves. A
    set holds at least one row that is broken without it.
    """
    if _holds(g, r, 1, 1, 1, 0.0, 0.0, 0.0, near):
        return 0
    for i in range(1, ROWS):
        if r[i] > near and g[i, i] > 0.0:
            x = r[i] / g[i, i]
            if _holds(g, r, i, i, i, x, 0.0, 0.0, near):
                act[0], lam[0] = i, x
                return 1
    for i in range(1, ROWS):
        if r[i] <= near:
            continue
        for j in range(1, ROWS):
            det = g[i, i] * g[j, j] - g[i, j] * g[i, j]
            if i == j or det <= 1e-12 * g[i, i] * g[j, j]:
                continue
            x = (g[j, j] * r[i] - g[i, j] * r[j]) / det
            y = (g[i, i] * r[j] - g[i, j] * r[i]) / det
            if _holds(g, r, i, j, j, x, y, 0.0, near):
                act[0], act[1] = i, j
                lam[0], lam[1] = x, y
                return 2
    if most > 2 and _three(g, r, near, act, lam):
        return 3
    return -1
