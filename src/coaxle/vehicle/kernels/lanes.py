"""Many electric cars side by side, as long as no limit binds: the fast half of the pair with ``electric``.

The loop over seconds is outside, over a block of cars inside, and every inner loop is free of branches and of look-ups
(those have a loop of their own), so that the compiler makes vector instructions of it. All that belongs to a car of the
block lies in one array ``lane``: the value ``SLOT`` of car j at ``SLOT * LANES + j``.

A car that meets any limit, leaves its map's known nodes or its battery's window is marked AGAIN and computed anew by
:func:`coaxle.vehicle.kernels.electric.follow`, which knows what to do; nothing is decided here. The arithmetic of an
undisturbed step is the same in both, operation by operation.
"""

from __future__ import annotations

from math import inf, nan, sqrt
from typing import Any

import numpy as np
from numba import njit

from coaxle.numerics.arrays import Array
from coaxle.vehicle.kernels import electric as e

LANES = 64
"""Cars in a block."""

# Slots 0 to FIGURES - 1 are the columns of Cars.figures; then the car's map, its axis of voltage and the standstill,
LINE, PLANE, FIRST, LAST_I, LAST_J, V_START, V_RATE, V_END, LAST_V = (e.FIGURES + n for n in range(9))
# the step: position and weights in the map, its nodes at the lower voltage and at the higher one, force, loss,
AT, AT_ABOVE, X, Y, Z, PULL, LOSS, NODES, NODES_ABOVE = (e.FIGURES + n for n in (10, 11, 12, 13, 14, 15, 16, 17, 21))
# the battery: state, cell, weight in it and where the cell ends, nodes per state; what its table says, with slopes;
STATE, CELL, WEIGHT_IN, WEIGHT_END, PER_STATE = (e.FIGURES + n for n in range(25, 30))
U0, U1, R0, R1, HIGH0, HIGH1, LOW0, LOW1 = (e.FIGURES + n for n in range(30, 38))
# whether a limit was met, and the accounts of the phase.
BAD, SOURCE, OUT, IN, BRAKE, UNIT, STORAGE, AUX = (e.FIGURES + n for n in range(38, 46))
SLOTS = e.FIGURES + 46


@njit(cache=True, nogil=True, error_model="numpy")
def stream(first: int, last: int, steps: Any, cars: Any, units: Any, batteries: Any, totals: Any, lane: Array) -> None:
    """Drive the rows ``first`` to ``last`` (exclusive); write their totals, and the code OK or AGAIN.

    ``lane`` (SLOTS * LANES,) is room to work in, one a thread; the others are as in ``electric``.
    """
    misses, ended = totals[2], totals[3]
    fastest = steps[1].max()
    for start in range(first, last, LANES):
        n = min(LANES, last - start)
        _load(start, n, fastest, cars, units, batteries, lane)
        _block(start, n, steps, units[0], batteries, cars[2], totals, lane)
        for j in range(n):
            misses[start + j, :] = 0.0
            misses[start + j, e.FIRST] = nan
            misses[start + j, e.SOC_END] = lane[STATE * LANES + j]
            ended[start + j] = e.AGAIN if lane[BAD * LANES + j] > 0.0 else e.OK


@njit(cache=True, nogil=True, error_model="numpy")
def _load(start: int, n: int, fastest: float, cars: Any, units: Any, batteries: Any, lane: Array) -> None:
    """Lay the cars of a block out in ``lane``."""
    figures, unit, battery = cars
    _, places, voltage = units
    for j in range(n):
        i = start + j
        m = unit[i]
        for column in range(e.FIGURES):
            lane[column * LANES + j] = figures[i, column]
        levels, nodes, line = places[m, e.V], places[m, e.S], places[m, e.T]
        lane[LINE * LANES + j] = line
        lane[PLANE * LANES + j] = nodes * line if levels > 1 else 0
        lane[FIRST * LANES + j] = places[m, e.KNOWN_AT]
        lane[LAST_I * LANES + j] = nodes - 2
        lane[LAST_J * LANES + j] = line - 2
        lane[V_START * LANES + j] = voltage[m, e.U_START] if levels > 1 else 0.0
        lane[V_RATE * LANES + j] = voltage[m, e.U_RATE]
        lane[V_END * LANES + j] = voltage[m, e.U_END] if levels > 1 else inf
        lane[LAST_V * LANES + j] = max(levels - 2, 0)
        lane[STATE * LANES + j] = figures[i, e.SOC]
        lane[BAD * LANES + j] = 1.0 if fastest > figures[i, e.SPEED_END] else 0.0
        _cell(j, batteries, battery[i], lane)
    lane[SOURCE * LANES :] = 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _block(
    start: int, n: int, steps: Any, store: Array, batteries: Any, battery: Any, totals: Any, lane: Array
) -> None:
    """Drive one block over the cycle."""
    _, _, mean, square, rate, span, slope, _, phase = steps
    covered = 0.0
    flat = lane[PLANE * LANES : PLANE * LANES + n].max() == 0.0
    for k in range(span.size):
        if mean[k] > 0.0:
            _force(n, mean[k], square[k], rate[k], slope[k], span[k], lane)
        else:
            _still(n, lane)
        if not flat:
            _voltage(n, lane)
            _nodes(n, store, AT, NODES, lane)
            _nodes(n, store, AT_ABOVE, NODES_ABOVE, lane)
            _loss_between(n, lane)
        elif mean[k] > 0.0 or k == 0 or mean[k - 1] > 0.0:
            _nodes(n, store, AT, NODES, lane)
            _loss(n, lane)
        if _battery(n, mean[k], span[k], lane):
            for j in range(n):
                inside = lane[WEIGHT_IN * LANES + j]
                if inside < 0.0 or inside >= lane[WEIGHT_END * LANES + j]:
                    _cell(j, batteries, battery[start + j], lane)
        covered += mean[k] * span[k]
        if k == span.size - 1 or phase[k + 1] != phase[k]:
            _account(start, n, phase[k], covered, totals, lane)
            covered = 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _force(n: int, mean: float, square: float, rate: float, slope: float, dt: float, lane: Array) -> None:
    """Find the force at the wheels, the share of the units, where that lies in the map, and account for the wheels."""
    for j in range(n):
        load = lane[e.F0 * LANES + j] + lane[e.F1 * LANES + j] * mean + lane[e.F2 * LANES + j] * square
        force = lane[e.INERTIA * LANES + j] * rate + load + lane[e.WEIGHT * LANES + j] * slope
        blend = min(max((mean - lane[e.BLEND_TO * LANES + j]) * lane[e.BLEND_RATE * LANES + j], 0.0), 1.0)
        braked = blend * max(force, -lane[e.REGEN * LANES + j])
        pull = force if force >= 0.0 else braked
        wheel = force * mean
        lane[OUT * LANES + j] += max(wheel, 0.0) * dt
        lane[IN * LANES + j] += min(wheel, 0.0) * dt
        lane[BRAKE * LANES + j] += (pull * mean - wheel) * dt
        lane[PULL * LANES + j] = pull
        x = mean * lane[e.SPEED_RATE * LANES + j]
        y = pull * lane[e.FORCE_RATE * LANES + j] + lane[e.ZERO * LANES + j]
        last = lane[LAST_J * LANES + j]
        i = min(np.floor(x), lane[LAST_I * LANES + j])
        k = min(np.floor(y), last) if y > 0.0 else 0.0
        lane[X * LANES + j] = x - i
        lane[Y * LANES + j] = y - k
        lane[AT * LANES + j] = lane[FIRST * LANES + j] + i * lane[LINE * LANES + j] + k
        slipping = (abs(pull) > lane[e.LEAST * LANES + j]) | (force < -lane[e.LEAST_GRIP * LANES + j])
        bad = slipping | (y < 0.0) | (y > last + 1.0)
        lane[BAD * LANES + j] += 1.0 if bad else 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _still(n: int, lane: Array) -> None:
    """Find the standstill in the map: no speed, no torque."""
    for j in range(n):
        zero, last = lane[e.ZERO * LANES + j], lane[LAST_J * LANES + j]
        k = min(np.floor(zero), last)
        lane[PULL * LANES + j] = 0.0
        lane[X * LANES + j] = 0.0
        lane[Y * LANES + j] = zero - k
        lane[AT * LANES + j] = lane[FIRST * LANES + j] + k


@njit(cache=True, nogil=True, error_model="numpy")
def _voltage(n: int, lane: Array) -> None:
    """Find the battery's voltage in the maps that have an axis of it."""
    for j in range(n):
        u = lane[U0 * LANES + j] + lane[U1 * LANES + j] * lane[WEIGHT_IN * LANES + j]
        bad = (u < lane[V_START * LANES + j]) | (u > lane[V_END * LANES + j])
        lane[BAD * LANES + j] += 1.0 if bad else 0.0
        z = (u - lane[V_START * LANES + j]) * lane[V_RATE * LANES + j]
        level = min(np.floor(z), lane[LAST_V * LANES + j]) if z > 0.0 else 0.0  # a car marked bad may have NaN here
        lane[Z * LANES + j] = z - level
        at = lane[AT * LANES + j] + level * lane[PLANE * LANES + j]
        lane[AT * LANES + j] = at
        lane[AT_ABOVE * LANES + j] = at + lane[PLANE * LANES + j]


@njit(cache=True, nogil=True, error_model="numpy")
def _nodes(n: int, store: Array, place: int, slot: int, lane: Array) -> None:
    """Fetch the four nodes of the cell at ``place`` into the slots from ``slot`` on."""
    for j in range(n):
        at = int(lane[place * LANES + j])
        over = at + int(lane[LINE * LANES + j])
        lane[slot * LANES + j] = store[at]
        lane[(slot + 1) * LANES + j] = store[at + 1]
        lane[(slot + 2) * LANES + j] = store[over]
        lane[(slot + 3) * LANES + j] = store[over + 1]


@njit(cache=True, nogil=True, error_model="numpy")
def _loss(n: int, lane: Array) -> None:
    for j in range(n):
        lane[LOSS * LANES + j] = _between(NODES, j, lane)


@njit(cache=True, nogil=True, error_model="numpy")
def _loss_between(n: int, lane: Array) -> None:
    for j in range(n):
        low = _between(NODES, j, lane)
        lane[LOSS * LANES + j] = low + (_between(NODES_ABOVE, j, lane) - low) * lane[Z * LANES + j]


@njit(inline="always")
def _between(slot: int, j: int, lane: Array) -> float:
    """Return what stands between the four nodes from ``slot`` on."""
    a, b = lane[slot * LANES + j], lane[(slot + 2) * LANES + j]
    y = lane[Y * LANES + j]
    low = a + (lane[(slot + 1) * LANES + j] - a) * y
    high = b + (lane[(slot + 3) * LANES + j] - b) * y
    return low + (high - low) * lane[X * LANES + j]


@njit(cache=True, nogil=True, error_model="numpy")
def _battery(n: int, mean: float, dt: float, lane: Array) -> int:
    """Draw the step's power from the batteries; return whether any car left its cell of the battery's table."""
    left = 0
    for j in range(n):
        loss = lane[LOSS * LANES + j]
        power = lane[PULL * LANES + j] * mean + loss + lane[e.AUXILIARIES * LANES + j]
        weight = lane[WEIGHT_IN * LANES + j]
        u = lane[U0 * LANES + j] + lane[U1 * LANES + j] * weight
        r = lane[R0 * LANES + j] + lane[R1 * LANES + j] * weight
        square = u * u - 4.0 * r * power
        current = 2.0 * power / (u + sqrt(square))
        state = lane[STATE * LANES + j] - current * dt * lane[e.PER_CHARGE * LANES + j]
        lane[SOURCE * LANES + j] += u * current * dt
        lane[UNIT * LANES + j] += loss * dt
        lane[STORAGE * LANES + j] += r * current * current * dt
        lane[AUX * LANES + j] += lane[e.AUXILIARIES * LANES + j] * dt
        lane[STATE * LANES + j] = state
        inside = state * lane[PER_STATE * LANES + j] - lane[CELL * LANES + j]
        lane[WEIGHT_IN * LANES + j] = inside
        high = lane[HIGH0 * LANES + j] + lane[HIGH1 * LANES + j] * weight
        low = lane[LOW0 * LANES + j] + lane[LOW1 * LANES + j] * weight
        good = (power <= high) & (power >= low) & (square >= 0.0)
        good &= (state >= lane[e.SOC_MIN * LANES + j]) & (state <= 1.0)
        lane[BAD * LANES + j] += 0.0 if good else 1.0
        left |= (inside < 0.0) | (inside >= lane[WEIGHT_END * LANES + j])
    return left


@njit(cache=True, nogil=True, error_model="numpy")
def _cell(j: int, batteries: Any, b: int, lane: Array) -> None:
    """Note the cell of the battery's table in which car ``j`` of the block stands; a car marked bad keeps its own."""
    if lane[BAD * LANES + j] > 0.0:
        lane[CELL * LANES + j] = 0.0
        lane[PER_STATE * LANES + j] = 0.0
        lane[WEIGHT_IN * LANES + j] = 0.0
        lane[WEIGHT_END * LANES + j] = inf
        return
    places, table = batteries
    cells = places[b, e.CELLS]
    position = lane[STATE * LANES + j] * cells
    cell = min(int(position), cells - 1)
    at = places[b, e.TABLE_AT] + cell
    lane[CELL * LANES + j] = cell
    lane[PER_STATE * LANES + j] = cells
    lane[WEIGHT_IN * LANES + j] = position - cell
    lane[WEIGHT_END * LANES + j] = 1.0 if cell < cells - 1 else inf
    for line in range(4):
        lane[(U0 + 2 * line) * LANES + j] = table[line, at]
        lane[(U1 + 2 * line) * LANES + j] = table[line, at + 1] - table[line, at]


@njit(cache=True, nogil=True, error_model="numpy")
def _account(start: int, n: int, p: int, covered: float, totals: Any, lane: Array) -> None:
    """Write the accounts of a phase and begin new ones."""
    energies, distance, _, _ = totals
    for j in range(n):
        energy = energies[start + j, p]
        energy[:] = 0.0
        energy[e.SOURCE] = lane[SOURCE * LANES + j]
        energy[e.OUT] = lane[OUT * LANES + j]
        energy[e.IN] = lane[IN * LANES + j]
        energy[e.BRAKE] = lane[BRAKE * LANES + j]
        energy[e.UNIT] = lane[UNIT * LANES + j]
        energy[e.STORAGE] = lane[STORAGE * LANES + j]
        energy[e.AUX] = lane[AUX * LANES + j]
        distance[start + j, p] = covered
    lane[SOURCE * LANES :] = 0.0
