"""Newton's method over many operating points of one rotor step, 16 at once, each lane going its own way.

A lane takes a line of points and solves one after the other; when it is done it takes the next line. Factors are shared
by nothing but the loop: lanes meet only in that each pass of the loop works on all of them.
"""

from __future__ import annotations

from math import inf, isfinite, nan, sqrt
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.kernels.assemble import jacobian, residual
from coaxle.design.machine.field.kernels.factor import backward, factor
from coaxle.design.machine.field.kernels.lanes import LANES, W, at, every, high, like, load, low, narrow, store
from coaxle.numerics.arrays import Array

IDLE, START, TRIAL, READY = 0, 1, 2, 3
"""What a lane waits for: nothing; its first residual; the verdict on a step; its next step."""
OK, NOT_CONVERGED, NOT_FINITE = 0, 1, 2
OVERSHOT = 0.8
"""A step is halved where the slope of the energy at its end exceeds this share of that at its start, uphill."""
HALVINGS = 8
REACH = 2
"""Points of a line from which the next one is extrapolated."""
EAGER = 0.6
"""Share of the extrapolated change that is taken: saturation slows what a line foretells."""
WILD = 8.0
"""Sum of the moduli of the weights above which extrapolation is not trusted."""
LEAST = 2e-7
"""Share of a diagonal entry below which a pivot is round-off of single precision."""
PHASE, LINE, POINT, END, HALVED, TAKEN = range(6)
"""Rows of the table of lanes: what it waits for, its line, point and where it ends there, halvings; (0) lines taken."""


class Room(NamedTuple):
    """Room to work in: sources, A, step and residual of either half of the lanes, 2 (n + 1) vectors of doubles; what
    samples keep; the matrices, their least pivots and the step as vectors of singles.
    """

    f: Array
    a: Array
    d: Array
    r: Array
    kept: Array
    x: Array
    least: Array
    y: Array


class Points(NamedTuple):
    """L lines of n points.

    ``share`` (L, n, C + 1) of each basic source, ``place`` (L, n) rising along a line; out: ``a`` (L, n, unknowns),
    ``error`` and ``steps`` and ``code`` (L, n).
    """

    share: Array
    place: Array
    a: Array
    error: Array
    steps: Whole
    code: Whole


@njit(cache=True, nogil=True, error_model="numpy")
def _place(lane: int, n: int) -> int:
    """Return where a lane's first unknown stands; the others follow W apart."""
    return (lane // W) * (n + 1) * W + lane % W


@njit(cache=True, nogil=True, error_model="numpy")
def _guess(points: Points, line: int, point: int, lane: int, n: int, room: Room) -> None:
    """Write a starting value into a lane: extrapolated along the line, or what is next to the point, or 0."""
    first = point
    while first > 0 and point - first < REACH and points.code[line, first - 1] == OK:
        first -= 1
    known, weights = point - first, np.ones(REACH)
    for i in range(known):
        for j in range(known):
            if i != j:
                p, q = points.place[line, first + i], points.place[line, first + j]
                weights[i] *= (points.place[line, point] - q) / (p - q) if p != q else nan
    total = 0.0
    for i in range(known):
        total += abs(weights[i])
    if known > 0 and not total <= WILD:
        first, known, weights[0] = point - 1, 1, 1.0
    for i in range(known):
        weights[i] *= EAGER
    if known > 0:
        weights[known - 1] += 1.0 - EAGER
    if known == 0:
        line, first = _near(points, line, point)
        known = 1 if line >= 0 else 0
    start = _place(lane, n)
    for u in range(n):
        value = 0.0
        for i in range(known):
            value += weights[i] * points.a[line, first + i, u]
        room.a[start + u * W] = value


@njit(cache=True, nogil=True, error_model="numpy")
def _near(points: Points, line: int, point: int) -> tuple[int, int]:
    """Return line and number of a solved point close by, -1 where there is none."""
    lines, length = points.code.shape
    for away in range(1, lines):
        for other in (line - away, line + away):
            if 0 <= other < lines and points.code[other, point] == OK:
                return other, point
    for away in range(1, length):
        for other in (point - away, point + away):
            if 0 <= other < length and points.code[line, other] == OK:
                return line, other
    return -1, 0


@njit(cache=True, nogil=True, error_model="numpy")
def _next(lanes: Whole, w: int, lines: int, length: int) -> bool:
    """Move a lane to its next point: along its line, to a new line, or to the far half of what another has left."""
    lanes[POINT, w] += 1
    if lanes[POINT, w] < lanes[END, w]:
        return True
    if lanes[TAKEN, 0] < lines:
        lanes[LINE, w], lanes[POINT, w], lanes[END, w] = lanes[TAKEN, 0], 0, length
        lanes[TAKEN, 0] += 1
        return True
    most, busiest = 0, -1
    for v in range(LANES):
        left = lanes[END, v] - lanes[POINT, v] - 1
        if lanes[PHASE, v] != IDLE and v != w and left > most:
            most, busiest = left, v
    if busiest < 0:
        return False
    middle = lanes[POINT, busiest] + 1 + most // 2
    lanes[LINE, w], lanes[POINT, w], lanes[END, w] = lanes[LINE, busiest], middle, lanes[END, busiest]
    lanes[END, busiest] = middle
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def _begin(
    points: Points, sources: Array, norms: Array, line: int, point: int, lane: int, norm: Array, room: Room
) -> None:
    """Lay a point into a lane: its source, the norm of it, and its starting value, 0 where nothing is asked."""
    n = sources.shape[1]
    start = _place(lane, n)
    for u in range(n):
        value = 0.0
        for c in range(sources.shape[0]):
            value += points.share[line, point, c] * sources[c, u]
        room.f[start + u * W] = value
        room.a[start + u * W] = 0.0
    square = 0.0
    for i in range(sources.shape[0]):
        for j in range(sources.shape[0]):
            square += points.share[line, point, i] * norms[i, j] * points.share[line, point, j]
    norm[lane] = sqrt(max(square, 0.0))
    if norm[lane] > 0.0:
        _guess(points, line, point, lane, n, room)


@njit(cache=True, nogil=True, error_model="numpy")
def _products(n: int, room: Room, square: Array, along: Array) -> None:
    """Write r . r and r . d of each lane."""
    for half in range(2):
        s, t = every(0.0), every(0.0)
        for u in range(half * (n + 1), half * (n + 1) + n):
            r = load(room.r, u)
            s = s + r * r
            t = t + r * load(room.d, u)
        store(square, half, s)
        store(along, half, t)


@njit(cache=True, nogil=True, error_model="numpy")
def _close(points: Points, line: int, point: int, lane: int, n: int, code: int, error: float, room: Room) -> None:
    points.code[line, point] = code
    points.error[line, point] = error if code == OK else nan
    start = _place(lane, n)
    for u in range(n):
        points.a[line, point, u] = room.a[start + u * W] if code == OK else nan


@njit(cache=True, nogil=True, error_model="numpy")
def _judge(
    w: int,
    state: tuple[float, float, float],
    slope: Array,
    lanes: Whole,
    n: int,
    tolerance: float,
    limit: int,
    taken: int,
    room: Room,
) -> int:
    """Return the code of a lane whose residual is new, -1 where it goes on, -2 where its step was halved.

    ``state``: r . r, r . d, norm of the source.
    """
    square, along, norm = state
    if not isfinite(square):
        return NOT_FINITE
    if slope[w] < inf and along < -OVERSHOT * slope[w] and lanes[HALVED, w] < HALVINGS:
        lanes[HALVED, w] += 1
        slope[w] *= 0.5
        start = _place(w, n)
        for u in range(start, start + n * W, W):
            half = 0.5 * room.d[u]
            room.d[u] = half
            room.a[u] -= half
        return -2
    if sqrt(square) <= tolerance * norm:
        return OK
    return NOT_CONVERGED if taken >= limit else -1


@njit(cache=True, nogil=True, error_model="numpy")
def march(
    panels: Any,
    base: Array,
    linear: Any,
    iron: Any,
    sources: Array,
    norms: Array,
    points: Points,
    accuracy: tuple[float, int],
    room: Room,
) -> int:
    """Solve all points; return how many passes of the loop factored.

    Parameters
    ----------
    panels : Panels
        Pattern of the matrix of the unknowns that Newton's method works on.
    base, linear : (entries,), Rows
        Its linear part, as panels and as rows.
    iron : Iron
        What is not linear.
    sources : (C + 1, n)
        Basic sources.
    norms : (C + 1, C + 1)
        Scalar products of the basic sources, over all unknowns.
    points : Points
        What is asked and what is found.
    accuracy : (tolerance, limit)
        Of the residual, relative; of the steps.
    room : Room
        To work in, all 0.

    """
    tolerance, limit = accuracy
    n = sources.shape[1]
    lines, length = points.code.shape
    lanes = np.zeros((6, LANES), dtype=np.int64)
    square, along, slope, norm = np.zeros(LANES), np.zeros(LANES), np.full(LANES, inf), np.zeros(LANES)
    for w in range(LANES):
        if _next(lanes, w, lines, length):
            lanes[PHASE, w] = START
            _begin(points, sources, norms, lanes[LINE, w], lanes[POINT, w], w, norm, room)
    factored, stale = 0, np.ones(2, dtype=np.bool_)
    while True:
        for half in range(2):
            if stale[half]:
                residual(linear, iron, half, room.f, room.a, room.r, room.kept)
        _products(n, room, square, along)
        stale[0], stale[1], alive = False, False, False
        for w in range(LANES):
            if lanes[PHASE, w] == IDLE or lanes[PHASE, w] == READY:
                alive = alive or lanes[PHASE, w] == READY
                continue
            line, point = lanes[LINE, w], lanes[POINT, w]
            state = (square[w], along[w], norm[w])
            code = _judge(w, state, slope, lanes, n, tolerance, limit, points.steps[line, point], room)
            if code == -1:
                lanes[PHASE, w] = READY
            elif code >= 0:
                _close(points, line, point, w, n, code, sqrt(square[w]) / norm[w] if norm[w] > 0.0 else 0.0, room)
                if not _next(lanes, w, lines, length):
                    lanes[PHASE, w] = IDLE
                    start = _place(w, n)
                    for u in range(start, start + n * W, W):
                        room.f[u], room.a[u], room.d[u] = 0.0, 0.0, 0.0
                    continue
                lanes[PHASE, w], slope[w], lanes[HALVED, w] = START, inf, 0
                _begin(points, sources, norms, lanes[LINE, w], lanes[POINT, w], w, norm, room)
            alive = True
            stale[w // W] = stale[w // W] or lanes[PHASE, w] != READY
        if not alive:
            return factored
        if stale[0] or stale[1]:
            continue
        stale[0], stale[1] = True, True
        _step(panels, base, iron, n, room)
        _products(n, room, square, along)
        factored += 1
        for w in range(LANES):
            if lanes[PHASE, w] == READY:
                lanes[PHASE, w], slope[w], lanes[HALVED, w] = TRIAL, along[w], 0
                points.steps[lanes[LINE, w], lanes[POINT, w]] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _step(panels: Any, base: Array, iron: Any, n: int, room: Room) -> None:
    """Write Newton's step into ``room.d`` and take it."""
    jacobian(base, iron, room.kept, room.x)
    for s in range(len(panels.first) - 1):
        width = at(panels.first, s + 1) - at(panels.first, s)
        for k in range(width):
            pivot = load(room.x, at(panels.panel_at, s) + k * width + k)
            store(room.least, at(panels.first, s) + k, pivot * like(room.x, LEAST))
    for u in range(n):
        store(room.y, u, narrow(load(room.r, u), load(room.r, n + 1 + u)))
    count = len(panels.first) - 1
    factor(panels, 0, count, room.x, room.least, room.y)
    backward(panels, 0, count, room.x, room.y)
    for u in range(n):
        step = load(room.y, u)
        store(room.d, u, low(step))
        store(room.d, n + 1 + u, high(step))
        store(room.a, u, load(room.a, u) + low(step))
        store(room.a, n + 1 + u, load(room.a, n + 1 + u) + high(step))
