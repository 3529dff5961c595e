"""Descent from a place of the first look to the best currents: sequential quadratic programming in three unknowns."""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
from numba import njit

from coaxle.design.machine.control.kernels.point import CURRENT, LOSS, TORQUE, VOLTAGE, assess
from coaxle.design.machine.control.kernels.records import Duty, Goal, Room
from coaxle.design.machine.control.kernels.step import ROWS, active_set, inverse
from coaxle.numerics.arrays import Array

MOST_TORQUE, LEAST_LOSS, NO_TORQUE = 0, 1, 2
"""What is wanted: the largest torque; the least loss at a torque; the least loss at none, where i_q is 0."""
TRUST, SHORTEST, NUDGE, ROUNDING = 0.3, 1e-6, 1e-4, 1e-10
"""First bound of a step, the step that ends the descent, that of the differences; what of a breach is rounding."""


@njit(cache=True, nogil=True)
def room(channels: int) -> Room:
    """Return arrays to work in, for splines of this number of channels."""
    return Room(
        np.empty((4, channels)),
        np.empty((4, 4)),
        np.empty((4, 4)),
        np.empty((4, 4)),
        np.empty((3, 3)),
        np.empty((3, 3)),
        np.zeros((ROWS, 3)),
        np.empty(ROWS),
        np.empty((ROWS, ROWS)),
        np.empty(ROWS),
        np.zeros((10, 3)),
        np.zeros(3, np.int64),
        np.empty(3),
        np.empty(3),
    )


# Rows of ``Room.vectors``.
_Z, _NEXT, _SCALE, _GRADIENT, _STEP, _FREE, _LAM, _MULTIPLIERS, _BEST, _NU = range(10)


@njit(cache=True, nogil=True)
def fits(out: Array, goal: Goal) -> bool:
    """Return whether what :func:`assess` found meets limits and torque."""
    if out[VOLTAGE, 0] > goal.near or out[CURRENT, 0] > goal.near:
        return False
    return goal.want != LEAST_LOSS or abs(out[TORQUE, 0] - goal.tau) <= goal.near * goal.unit


@njit(cache=True, nogil=True)
def _objective(out: Array, want: int) -> float:
    return -out[TORQUE, 0] if want == MOST_TORQUE else out[LOSS, 0]


@njit(cache=True, nogil=True)
def _merit(out: Array, goal: Goal, size: float, nu: Array) -> float:
    """Return the objective, with what limits and torque are missed by, each times its weight ``nu`` (3,)."""
    merit = _objective(out, goal.want) / size
    merit += nu[1] * max(out[VOLTAGE, 0], 0.0) + nu[2] * max(out[CURRENT, 0], 0.0)
    if goal.want == LEAST_LOSS:
        merit += nu[0] * abs(out[TORQUE, 0] - goal.tau) / goal.unit
    return merit


@njit(cache=True, nogil=True)
def _slopes(out: Array, goal: Goal, size: float, lam: Array, scale: Array, into: Array) -> None:
    """Fill ``into`` (3,) with the slopes of the Lagrangian by the scaled currents."""
    a, b = (0.0, -1.0 / size) if goal.want == MOST_TORQUE else (1.0 / size, 0.0)
    if goal.want == LEAST_LOSS:
        b += lam[0] / goal.unit
    for k in range(3):
        row = a * out[LOSS, k + 1] + b * out[TORQUE, k + 1]
        into[k] = (row + lam[1] * out[VOLTAGE, k + 1] + lam[2] * out[CURRENT, k + 1]) * scale[k]


@njit(cache=True, nogil=True)
def _curvature(duty: Duty, goal: Goal, size: float, q: Room) -> None:
    """Fill ``q.h`` with the second derivatives of the Lagrangian, by differences of its slopes."""
    z, moved, scale, lam = q.vectors[_Z], q.vectors[_NEXT], q.vectors[_SCALE], q.vectors[_LAM]
    here, there, h = q.vectors[_FREE], q.vectors[_MULTIPLIERS], q.h
    _slopes(q.now, goal, size, lam, scale, here)
    h[:] = 0.0
    for k in range(3):
        if q.high[k] <= q.low[k]:
            h[k, k] = 1.0
            continue
        moved[:] = z
        step = NUDGE if z[k] + NUDGE * scale[k] <= q.high[k] else -NUDGE
        moved[k] += step * scale[k]
        assess(moved, duty, q.v, q.near)
        _slopes(q.near, goal, size, lam, scale, there)
        for j in range(3):
            if q.high[j] > q.low[j]:
                change = 0.5 * (there[j] - here[j]) / step
                h[j, k] += change
                h[k, j] += change


@njit(cache=True, nogil=True)
def _linearise(goal: Goal, size: float, q: Room) -> None:
    """Fill the gradient and the rows ``a`` of the programme at the currents of now."""
    scale, g = q.vectors[_SCALE], q.vectors[_GRADIENT]
    for k in range(3):
        g[k] = (-q.now[TORQUE, k + 1] if goal.want == MOST_TORQUE else q.now[LOSS, k + 1]) * scale[k] / size
        q.a[0, k] = q.now[TORQUE, k + 1] * scale[k] / goal.unit if goal.want == LEAST_LOSS else 0.0
        q.a[1, k] = q.now[VOLTAGE, k + 1] * scale[k]
        q.a[2, k] = q.now[CURRENT, k + 1] * scale[k]
        q.a[3 + 2 * k, k], q.a[4 + 2 * k, k] = 1.0, -1.0


@njit(cache=True, nogil=True)
def _sides(out: Array, goal: Goal, trust: float, bend: bool, q: Room) -> None:
    """Fill the right sides ``b``: what is left of limits and torque in ``out``, at the end of the step if ``bend``."""
    z, scale, y = q.vectors[_Z], q.vectors[_SCALE], q.vectors[_STEP]
    for n in range(3):
        q.b[n] = (goal.tau - out[TORQUE, 0]) / goal.unit if n == 0 else -out[n + 1, 0]
        if bend:
            q.b[n] += q.a[n, 0] * y[0] + q.a[n, 1] * y[1] + q.a[n, 2] * y[2]
    if goal.want != LEAST_LOSS:
        q.b[0] = 1e9
    for k in range(3):
        q.b[3 + 2 * k] = min((q.high[k] - z[k]) / scale[k], trust)
        q.b[4 + 2 * k] = min((z[k] - q.low[k]) / scale[k], trust)


@njit(cache=True, nogil=True)
def _convexify(goal: Goal, q: Room) -> None:
    """Add to ``q.h`` what makes it positive definite and leaves the answer where constraints bind, then invert it."""
    lam, g = q.vectors[_LAM], q.vectors[_GRADIENT]
    most = 1e-6
    for i in range(3):
        for k in range(3):
            most = max(most, abs(q.h[i, k]))
    for n in range(3):
        length = q.a[n, 0] ** 2 + q.a[n, 1] ** 2 + q.a[n, 2] ** 2
        binds = goal.want == LEAST_LOSS if n == 0 else lam[n] > 0.0 and abs(q.b[n]) < 0.2
        if binds and length > 0.0:
            rho = 4.0 * most / length
            for i in range(3):
                g[i] -= rho * q.b[n] * q.a[n, i]
                for k in range(3):
                    q.h[i, k] += rho * q.a[n, i] * q.a[n, k]
    shift = 0.0
    for _ in range(40):
        if inverse(q.h, shift, q.h_inverse):
            break
        shift = max(4.0 * shift, 1e-3 * most)
    _products(q.a, q.h_inverse, q.g, goal.want == LEAST_LOSS)


@njit(cache=True, nogil=True)
def _products(a: Array, h: Array, g: Array, equation: bool) -> None:
    """Fill ``g`` (9, 9) with A H^-1 A'; where row 0 is an equation, with what that leaves of the other rows."""
    for i in range(ROWS):
        x = h[0, 0] * a[i, 0] + h[0, 1] * a[i, 1] + h[0, 2] * a[i, 2]
        y = h[1, 0] * a[i, 0] + h[1, 1] * a[i, 1] + h[1, 2] * a[i, 2]
        z = h[2, 0] * a[i, 0] + h[2, 1] * a[i, 1] + h[2, 2] * a[i, 2]
        for k in range(i, ROWS):
            g[i, k] = g[k, i] = x * a[k, 0] + y * a[k, 1] + z * a[k, 2]
    if equation and g[0, 0] > 0.0:
        for i in range(1, ROWS):
            share = g[i, 0] / g[0, 0]
            for k in range(1, ROWS):
                g[i, k] -= share * g[0, k]


@njit(cache=True, nogil=True)
def _solve(goal: Goal, q: Room) -> bool:
    """Fill step and multipliers of the programme; where limits allow no step, ask for a part of the way only."""
    free, multipliers, lam, gradient = q.vectors[_FREE], q.vectors[_MULTIPLIERS], q.vectors[_LAM], q.vectors[_GRADIENT]
    g, h, a, r = q.g, q.h_inverse, q.a, q.r
    equation = goal.want == LEAST_LOSS
    if equation and not g[0, 0] > 0.0:
        return False
    for i in range(3):
        free[i] = -(h[i, 0] * gradient[0] + h[i, 1] * gradient[1] + h[i, 2] * gradient[2])
    share = 1.0
    for _ in range(5):
        for i in range(ROWS):
            b = q.b[i] * share if i < 3 and (i == 0 or q.b[i] < 0.0) else q.b[i]
            r[i] = a[i, 0] * free[0] + a[i, 1] * free[1] + a[i, 2] * free[2] - b
        if equation:
            for i in range(1, ROWS):
                r[i] -= g[i, 0] / g[0, 0] * r[0]
        largest = 1.0
        for i in range(1, ROWS):
            largest = max(largest, abs(r[i]))
        count = active_set(g, r, 2 if equation else 3, ROUNDING * largest, q.act, multipliers)
        if count >= 0:
            lam[:] = 0.0
            if equation:
                lam[0] = r[0]
                for n in range(count):
                    lam[0] -= g[0, q.act[n]] * multipliers[n]
                lam[0] /= g[0, 0]
            _step(a, h, q.act, multipliers, count, free, lam, q.vectors[_STEP])
            return True
        share = 0.3 * share if share > 0.05 else 0.0
    return False


@njit(cache=True, nogil=True)
def _step(a: Array, h: Array, act: Array, multipliers: Array, count: int, free: Array, lam: Array, y: Array) -> None:
    """Fill the step ``y``, and the multipliers ``lam`` (3,) of voltage and current, from those of the active set."""
    x0, x1, x2 = lam[0] * a[0, 0], lam[0] * a[0, 1], lam[0] * a[0, 2]
    for n in range(count):
        i, multiplier = act[n], multipliers[n]
        x0 += multiplier * a[i, 0]
        x1 += multiplier * a[i, 1]
        x2 += multiplier * a[i, 2]
        if i < 3:
            lam[i] = multiplier
    for j in range(3):
        y[j] = free[j] - h[j, 0] * x0 - h[j, 1] * x1 - h[j, 2] * x2


@njit(cache=True, nogil=True)
def _move(duty: Duty, q: Room) -> float:
    """Go the step, within bounds, and look; return the longest part of the step."""
    z, after, scale, y = q.vectors[_Z], q.vectors[_NEXT], q.vectors[_SCALE], q.vectors[_STEP]
    longest = 0.0
    for k in range(3):
        after[k] = min(max(z[k] + scale[k] * y[k], q.low[k]), q.high[k])
        longest = max(longest, abs(y[k]))
    assess(after, duty, q.v, q.then)
    return longest


@njit(cache=True, nogil=True)
def _prepare(z: Array, duty: Duty, goal: Goal, q: Room) -> None:
    """Set start, bounds and scales: of the currents' own size, as an optimum at small torque is small itself."""
    m = duty.machine
    q.low[:] = m.low
    q.high[:] = m.high
    if goal.want == NO_TORQUE:
        q.high[1] = 0.0
    largest = min(m.i_max, max(-m.low[0], m.high[0], m.high[1]))
    scale, lam = q.vectors[_SCALE], q.vectors[_LAM]
    scale[0] = scale[1] = min(max(sqrt(z[0] ** 2 + z[1] ** 2), 1e-3 * largest), largest)
    scale[2] = max(z[2], 1e-2 * m.high[2]) if m.high[2] > 0.0 else 1.0
    for k in range(3):
        q.vectors[_Z, k] = min(max(z[k], q.low[k]), q.high[k])
    q.vectors[_NU] = 1.0
    lam[:] = 0.0
    assess(q.vectors[_Z], duty, q.v, q.now)
    if goal.want == LEAST_LOSS:
        up = down = 0.0
        for k in range(3):
            slope = q.now[TORQUE, k + 1] / goal.unit * scale[k]
            up -= q.now[LOSS, k + 1] * scale[k] * slope
            down += slope * slope
        lam[0] = up / down / max(q.now[LOSS, 0], 1e-3) if down > 0.0 else 0.0


@njit(cache=True, nogil=True)
def search(z: Array, duty: Duty, goal: Goal, q: Room) -> float:
    """Improve ``z`` (3,) and return what was reached: loss [W], or minus the torque [Nm]; infinite where nothing fits.

    Of all the currents passed on the way that meet limits and torque, the best are left in ``z``.
    """
    _prepare(z, duty, goal, q)
    size = duty.machine.tau_scale if goal.want == MOST_TORQUE else max(q.now[LOSS, 0], 1e-3)
    best, trust, fresh = inf, TRUST, True
    if fits(q.now, goal):
        best = _objective(q.now, goal.want)
        q.vectors[_BEST] = q.vectors[_Z]
    for _ in range(goal.iterations):
        _sides(q.now, goal, trust, False, q)
        if fresh:
            _curvature(duty, goal, size, q)
            _linearise(goal, size, q)
            _convexify(goal, q)
        if not _solve(goal, q):
            fresh, trust = False, 0.25 * trust
            if trust < SHORTEST:
                break
            continue
        longest = _move(duty, q)
        for n in range(3):
            q.vectors[_NU, n] = max(q.vectors[_NU, n], 2.0 * abs(q.vectors[_LAM, n]))
        merit = _merit(q.now, goal, size, q.vectors[_NU])
        if _merit(q.then, goal, size, q.vectors[_NU]) > merit and longest > SHORTEST:
            _sides(q.then, goal, trust, True, q)  # bent constraints: correct for what the straight ones left
            if _solve(goal, q):
                _move(duty, q)
        if fits(q.then, goal) and _objective(q.then, goal.want) < best:
            best = _objective(q.then, goal.want)
            q.vectors[_BEST] = q.vectors[_NEXT]
        fresh = _merit(q.then, goal, size, q.vectors[_NU]) < merit
        if fresh:
            q.vectors[_Z] = q.vectors[_NEXT]
            q.now[:] = q.then
            trust = min(2.0 * trust, 1.0) if longest > 0.9 * trust else trust
        else:
            trust = 0.25 * min(longest, trust)
        if min(longest, trust) < SHORTEST:
            break
    z[:] = q.vectors[_BEST] if best < inf else q.vectors[_Z]
    return best
