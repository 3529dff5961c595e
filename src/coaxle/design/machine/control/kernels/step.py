"""The quadratic programme of one step: three unknowns, nine linear constraints, solved by looking at every active set.

Strictly convex, so that the one set that meets the conditions of Karush, Kuhn and Tucker is the answer. With
``y_0 = -H^-1 g``, ``r = A y_0 - b`` and ``G = A H^-1 A'`` the multipliers of a set are ``G^-1 r``, and what is left of
the other constraints is ``r - G lambda``: all of it is arithmetic on nine figures and their 9 x 9 products.
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


@njit(cache=True, nogil=True)
def _fits(g: Array, r: Array, act: Array, lam: Array, n: int, equations: int, near: float) -> bool:
    """Return whether multipliers ``lam`` (n,) of the set ``act`` (n,) have their sign and break no other constraint."""
    for k in range(equations, n):
        if lam[k] < LEAST_MULTIPLIER:
            return False
    for j in range(ROWS):
        left = r[j]
        for k in range(n):
            left -= g[j, act[k]] * lam[k]
        if left > near:
            return False
    return True


@njit(cache=True, nogil=True)
def _multipliers(g: Array, r: Array, act: Array, n: int, lam: Array) -> bool:
    """Fill ``lam`` with the multipliers of the set ``act`` of ``n`` constraints; return False where it is singular."""
    a, x = act[0], r[act[0]]
    if g[a, a] <= 0.0:
        return False
    if n == 1:
        lam[0] = x / g[a, a]
        return True
    b, y = act[1], r[act[1]]
    minor = g[a, a] * g[b, b] - g[a, b] * g[a, b]
    if minor <= 1e-12 * g[a, a] * g[b, b]:
        return False
    if n == 2:
        lam[0] = (g[b, b] * x - g[a, b] * y) / minor
        lam[1] = (g[a, a] * y - g[a, b] * x) / minor
        return True
    c, w = act[2], r[act[2]]
    m00 = g[b, b] * g[c, c] - g[b, c] * g[b, c]
    m01 = g[a, c] * g[b, c] - g[a, b] * g[c, c]
    m02 = g[a, b] * g[b, c] - g[a, c] * g[b, b]
    m11 = g[a, a] * g[c, c] - g[a, c] * g[a, c]
    m12 = g[a, b] * g[a, c] - g[a, a] * g[b, c]
    det = g[a, a] * m00 + g[a, b] * m01 + g[a, c] * m02
    if det <= 1e-14 * g[a, a] * g[b, b] * g[c, c]:
        return False
    lam[0] = (m00 * x + m01 * y + m02 * w) / det
    lam[1] = (m01 * x + m11 * y + m12 * w) / det
    lam[2] = (m02 * x + m12 * y + minor * w) / det
    return True


@njit(cache=True, nogil=True)
def active_set(g: Array, r: Array, equations: int, near: float, act: Array, lam: Array) -> int:
    """Find the active set: fill ``act`` (3,) and ``lam`` (3,), return their number, or -1 where there is none.

    ``equations`` is 1 where row 0 is an equation and always active, else 0, and row 0 is never active.
    """
    if equations == 1:
        act[0] = 0
        if not _multipliers(g, r, act, 1, lam):
            return -1
        if _fits(g, r, act, lam, 1, 1, near):
            return 1
    elif _fits(g, r, act, lam, 0, 0, near):
        return 0
    e = equations
    for i in range(1, ROWS):
        act[e] = i
        if _multipliers(g, r, act, e + 1, lam) and _fits(g, r, act, lam, e + 1, e, near):
            return e + 1
    for i in range(1, ROWS):
        act[e] = i
        for j in range(i + 1, ROWS):
            act[e + 1] = j
            if _multipliers(g, r, act, e + 2, lam) and _fits(g, r, act, lam, e + 2, e, near):
                return e + 2
    if equations == 0:
        for i in range(1, ROWS):
            for j in range(i + 1, ROWS):
                for k in range(j + 1, ROWS):
                    act[0], act[1], act[2] = i, j, k
                    if _multipliers(g, r, act, 3, lam) and _fits(g, r, act, lam, 3, 0, near):
                        return 3
    return -1
