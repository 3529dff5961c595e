"""One electric car, second by second, with every limit: the kernel that never gives up a trace.

Steps are taken from the speed *reached*, which may lie behind the trace. A step asks for the speed of the trace at its
end; where a limit forbids that, the end speed is found at which the limit just holds. The arithmetic of a step without
limits is, operation by operation, that of :mod:`coaxle.vehicle.kernels.lanes`, so that both agree to the last bit.
"""

from __future__ import annotations

from math import nan, sqrt
from typing import Any, NamedTuple

from numba import njit
from numpy.typing import NDArray

from coaxle.numerics.arrays import Array
from coaxle.vehicle.kernels.lookup import bilinear_flat, linear_flat, locate

G = 9.80665

# Columns of Cars.figures, one row a car.
INERTIA, F0, F1, F2, WEIGHT = 0, 1, 2, 3, 4
"""Mass with all that turns [kg]; road load [N], [N/(m/s)], [N/(m/s)2]; weight [N]."""
REGEN, BLEND_TO, BLEND_RATE = 5, 6, 7
"""Largest braking force of the units [N]; speed at which they give none, and share per speed above it."""
SPEED_RATE, FORCE_RATE, ZERO = 8, 9, 10
"""Nodes of the map per speed of the car and per force at the wheels; position of zero torque."""
AUXILIARIES, RADIUS, SPEED_END = 11, 12, 13
"""[W]; [m]; speed at which the map ends [m/s]."""
LOAD_1, SHIFT_1, LOAD_2, SHIFT_2, GRIP = 14, 15, 16, 17, 18
"""What the tyres of the driven axles carry: LOAD + SHIFT * acceleration, the smaller of two; of all tyres [N]."""
SOC, SOC_MIN, PER_CHARGE = 19, 20, 21
"""At the start; lower end of the window; state per gross charge [1/As]."""
LEAST, LEAST_GRIP = 22, 23
"""What the driven tyres, and all tyres, carry in every step of the cycle [N]."""
FIGURES = 24

# Columns of Units.voltage and Units.places, Batteries.places and Batteries.table.
U_START, U_RATE, U_END = 0, 1, 2
LOSS_AT, HIGH_AT, LOW_AT, KNOWN_AT, V, S, T = 0, 1, 2, 3, 4, 5, 6
TABLE_AT, CELLS = 0, 1
U_OC, R, P_MAX, P_MIN = 0, 1, 2, 3

# Columns of Totals.energy and Totals.misses.
SOURCE, OUT, IN, BRAKE, UNIT, TRANSMISSION, STORAGE, AUX, IDLE = 0, 1, 2, 3, 4, 5, 6, 7, 8
SPEED, POWER, TIME, FIRST, SOC_END = 0, 1, 2, 3, 4

# Lines of a history (6, K): at the points of time, then of the steps, the last place of which stays empty.
REACHED, STATE, WHEEL, BRAKED, GIVEN, TORQUE = 0, 1, 2, 3, 4, 5

# How a step ended; what the units do in it; codes of a row as in coaxle.vehicle.runs.Ended, and AGAIN: still to drive.
DONE, TOO_STRONG, TOO_POWERFUL, NO_ROOT, STARVED, UNBRAKED = 0, 1, 2, 3, 4, 5
OFF, IDLING, WORKING = 0, 1, 2
OK, SLOW, EMPTY, ROOT, BEYOND, AGAIN = 0, 1, 2, 3, 4, 99


# The kernels take these as plain tuples: a class in the signature of a cached kernel would tie the cache of one release
# to the next.


class Steps(NamedTuple):
    """A cycle: K points, K - 1 steps.

    ``mean`` and ``square`` are means of v and v^2 in a step; ``slope`` and ``level`` sine and cosine of its slope.
    """

    time: Array
    speed: Array
    mean: Array
    square: Array
    rate: Array
    span: Array
    slope: Array
    level: Array
    phase: NDArray[Any]


class Cars(NamedTuple):
    """N cars: ``figures`` (N, FIGURES), ``unit`` and ``battery`` (N,) their places in :class:`Units`, `Batteries`."""

    figures: Array
    unit: NDArray[Any]
    battery: NDArray[Any]


class Units(NamedTuple):
    """M maps laid flat in ``store``: losses continued beyond the envelope, the envelope, losses with NaN beyond it.

    ``places`` (M, 7) says where each table of a map begins and how many nodes its axes have, ``voltage`` (M, 3) is the
    axis of voltage: start, nodes per volt, end.
    """

    store: Array
    places: NDArray[Any]
    voltage: Array


class Batteries(NamedTuple):
    """B maps laid flat, ``table`` (4, nodes): lines U_OC, R, P_MAX, P_MIN."""

    places: NDArray[Any]
    table: Array


class Totals(NamedTuple):
    """What is found: ``energy`` (N, P, 9), ``distance`` (N, P), ``misses`` (N, 5), ``ended`` (N,)."""

    energy: Array
    distance: Array
    misses: Array
    ended: NDArray[Any]


@njit(cache=True, nogil=True, error_model="numpy")
def follow(
    first: int,
    last: int,
    steps: Any,
    cars: Any,
    units: Any,
    batteries: Any,
    totals: Any,
    history: Array,
) -> None:
    """Drive the rows ``first`` to ``last`` (exclusive) whose code is AGAIN; write their totals and codes.

    ``history`` (6, K) is filled where it has room; (6, 0) asks for none.
    """
    for i in range(first, last):
        if totals[3][i] == AGAIN:
            totals[3][i] = _row(i, steps, cars, units, batteries, totals, history)


@njit(cache=True, nogil=True, error_model="numpy")
def _row(i: int, steps: Any, cars: Any, units: Any, batteries: Any, totals: Any, history: Array) -> int:
    """Drive the row ``i`` and return its code."""
    c, place, axis = _car(cars[0][i], units[1][cars[1][i]], units[2][cars[1][i]])
    store = units[0]
    energy, distance, miss, _ = totals
    time, speed, mean, square, rate, span, slope, level, phase = steps
    nodes, table = batteries[0][cars[2][i]], batteries[1]
    energy[i] = 0.0
    distance[i] = 0.0
    miss[i] = 0.0
    miss[i, FIRST] = nan
    v0, soc, mode = min(speed[0], c[SPEED_END]), c[SOC], WORKING
    code = OK if v0 == speed[0] else BEYOND
    _remember(history, 0, v0, soc)
    for k in range(span.size):
        dt, wanted, p = span[k], speed[k + 1], phase[k]
        u, r, high, low = _battery(soc, nodes[TABLE_AT], nodes[CELLS], table)
        volt = locate(u, axis[U_START], axis[U_RATE], max(place[V] - 1, 1))
        if place[V] > 1 and (u < axis[U_START] or u > axis[U_END]):
            code = BEYOND
        car = (c, place, volt, (u, r, high, low, (1.0 - soc) / c[PER_CHARGE]))
        when = (dt, slope[k], level[k])
        v1, did = min(wanted, c[SPEED_END]), mode
        if v0 == speed[k] and v1 == wanted:
            why, step = _ask(mean[k], square[k], rate[k], when, mode, car, store)
        else:
            why, step = _taken(v0, v1, when, mode, car, store)
        if why != DONE:
            v1, why, did, step = _limited(v0, v1, why, when, mode, car, store)
        force, v, pull, loss, power = step
        if did != mode and why == STARVED:
            code = max(code, ROOT)
        current = 2.0 * power / (u + sqrt(max(u * u - 4.0 * r * power, 0.0)))
        wheel = force * v
        energy[i, p, SOURCE] += u * current * dt
        energy[i, p, OUT] += max(wheel, 0.0) * dt
        energy[i, p, IN] += min(wheel, 0.0) * dt
        energy[i, p, BRAKE] += (pull * v - wheel) * dt
        energy[i, p, UNIT] += loss * dt
        energy[i, p, STORAGE] += r * current * current * dt
        energy[i, p, AUX] += 0.0 if did == OFF else c[AUXILIARIES] * dt
        distance[i, p] += v * dt
        soc = min(soc - current * dt * c[PER_CHARGE], 1.0)
        if v1 != wanted:
            code = max(code, BEYOND if why == DONE else ROOT if why == NO_ROOT else SLOW)
            if miss[i, TIME] == 0.0:
                miss[i, FIRST] = time[k]
            miss[i, TIME] += dt
            miss[i, SPEED] = max(miss[i, SPEED], abs(wanted - v1))
            if v1 < wanted:
                asked = _force(mean[k], square[k], rate[k], slope[k], c) * mean[k]
                miss[i, POWER] = max(miss[i, POWER], asked - wheel)
        if soc < c[SOC_MIN] and mode == WORKING:
            code, mode = max(code, EMPTY), OFF
        v0 = v1
        _remember(history, k + 1, v0, soc)
        if history.size:
            history[WHEEL, k], history[BRAKED, k] = wheel, pull * v - wheel
            history[GIVEN, k], history[TORQUE, k] = u * current, pull * c[RADIUS]
    miss[i, SOC_END] = soc
    return code


@njit(inline="always")
def _car(c: Array, place: Array, axis: Array) -> tuple[Any, Any, Any]:
    """Return the figures of a car, the places of its map and its axis of voltage as tuples, which stay in registers."""
    figures = (
        *(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11]),
        *(c[12], c[13], c[14], c[15], c[16], c[17], c[18], c[19], c[20], c[21], c[22], c[23]),
    )
    return figures, (place[0], place[1], place[2], place[3], place[4], place[5], place[6]), (axis[0], axis[1], axis[2])


@njit(inline="always")
def _force(mean: float, square: float, rate: float, slope: float, c: Any) -> float:
    """Return the force that the wheels need [N]."""
    return c[INERTIA] * rate + (c[F0] + c[F1] * mean + c[F2] * square) + c[WEIGHT] * slope


@njit(cache=True, nogil=True, error_model="numpy")
def _remember(history: Array, k: int, v: float, soc: float) -> None:
    if history.size:
        history[REACHED, k] = v
        history[STATE, k] = soc


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _battery(soc: float, start: int, cells: int, table: Array) -> tuple[float, float, float, float]:
    """Return open-circuit voltage, resistance and the limits of power, high and low, at the state ``soc``."""
    cell, weight = locate(soc, 0.0, float(cells), cells)
    at = start + cell
    u = table[U_OC, at] + (table[U_OC, at + 1] - table[U_OC, at]) * weight
    r = table[R, at] + (table[R, at + 1] - table[R, at]) * weight
    high = table[P_MAX, at] + (table[P_MAX, at + 1] - table[P_MAX, at]) * weight
    return u, r, high, table[P_MIN, at] + (table[P_MIN, at + 1] - table[P_MIN, at]) * weight


@njit(cache=True, nogil=True, error_model="numpy")
def _limited(
    v0: float, target: float, why: int, when: Any, mode: int, car: Any, store: Array
) -> tuple[float, int, int, Any]:
    """Return the speed reached where ``target`` cannot be, what forbids it, what the units do, and the step itself."""
    if why != STARVED:
        v1, why = _nearest(v0, target, why, when, mode, car, store)
        last, step = _taken(v0, v1, when, mode, car, store)
        if last in (TOO_STRONG, TOO_POWERFUL, NO_ROOT):  # it comes to rest within the step, with what momentum it has
            mode = min(mode, IDLING)
            last, step = _taken(v0, v1, when, mode, car, store)
        if last != STARVED:
            return v1, why, mode, step
    v1 = target
    if _taken(v0, v1, when, OFF, car, store)[0] != DONE:
        v1 = _nearest(v0, target, TOO_STRONG, when, OFF, car, store)[0]
    return v1, STARVED, OFF, _taken(v0, v1, when, OFF, car, store)[1]


@njit(cache=True, nogil=True, error_model="numpy")
def _nearest(v0: float, target: float, why: int, when: Any, mode: int, car: Any, store: Array) -> tuple[float, int]:
    """Return the end speed nearest to ``target`` that the limits allow, and which limit it meets.

    ``why`` says what forbids the target. What a step asks of the units grows with its end speed, so the nearest one is
    found by halving: downwards from the target, or upwards where the tyres cannot brake as hard as the trace.
    """
    braking = why == UNBRAKED
    near, far = target, v0 + 2.0 * G * when[0] if braking else 0.0
    while abs(near - far) > 1e-13 * (1.0 + max(near, far)):
        middle = 0.5 * (near + far)
        found = _taken(v0, middle, when, mode, car, store)[0]
        forbidden = found == UNBRAKED if braking else found in (TOO_STRONG, TOO_POWERFUL, NO_ROOT)
        if forbidden:
            near, why = middle, found
        else:
            far = middle
    return far, why


@njit(cache=True, nogil=True, error_model="numpy")
def _taken(v0: float, v1: float, when: Any, mode: int, car: Any, store: Array) -> tuple[int, Any]:
    """Return :func:`_ask` for a step from ``v0`` to ``v1`` that is not one of the cycle's own."""
    square, rate = (v0 * v0 + v0 * v1 + v1 * v1) / 3.0, (v1 - v0) / when[0]
    return _ask(0.5 * (v0 + v1), square, rate, when, mode, car, store)


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _ask(mean: float, square: float, rate: float, when: Any, mode: int, car: Any, store: Array) -> tuple[int, Any]:
    """Return whether a step can be done, and (force, mean speed, pull, loss, power) of it.

    ``force`` is what the wheels need [N], ``pull`` what the units give of it, ``loss`` theirs, ``power`` the battery's.
    """
    c, _, _, (u, r, high, low, room) = car
    why, force, pull = DONE, 0.0, 0.0
    if mean > 0.0:
        force = _force(mean, square, rate, when[1], c)
        why, force, pull = _shared(force, mean, rate, when, mode, car, store)
    if mode == OFF:
        return why, (force, mean, pull, 0.0, 0.0)
    loss = _loss(mean, pull, car, store)
    power = pull * mean + loss + c[AUXILIARIES]
    if power < 0.0:
        full = room / when[0]
        low = max(low, -(u + r * full) * full)
        if power < low:
            pull = _accepted(pull, mean, low, car, store)
            loss = _loss(mean, pull, car, store)
            power = pull * mean + loss + c[AUXILIARIES]
    elif power > high or 4.0 * r * power > u * u:
        if pull <= 0.0:
            why = STARVED
        elif why == DONE:
            why = NO_ROOT if 4.0 * r * power > u * u else TOO_POWERFUL
    return why, (force, mean, pull, loss, power)


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _shared(
    force: float, mean: float, rate: float, when: Any, mode: int, car: Any, store: Array
) -> tuple[int, float, float]:
    """Return whether the wheels can have ``force``, that force, and what the units give of it."""
    c = car[0]
    _, slope, level = when
    why = UNBRAKED if force < -c[GRIP] * level else DONE
    if mode != WORKING:
        return (TOO_STRONG if force > 0.0 else why), min(force, 0.0), 0.0
    load = rate + G * slope
    tyre = max(min(c[LOAD_1] * level + c[SHIFT_1] * load, c[LOAD_2] * level + c[SHIFT_2] * load), 0.0)
    if force >= 0.0:
        strong = force > tyre or force * c[RADIUS] > _edge(HIGH_AT, mean, car, store)
        return (TOO_STRONG if strong else why), force, force
    blend = min(max((mean - c[BLEND_TO]) * c[BLEND_RATE], 0.0), 1.0)
    pull = max(blend * max(force, -c[REGEN]), -tyre)
    low = _edge(LOW_AT, mean, car, store)
    return why, force, (low / c[RADIUS] if pull * c[RADIUS] < low else pull)


@njit(cache=True, nogil=True, error_model="numpy")
def _accepted(pull: float, mean: float, low: float, car: Any, store: Array) -> float:
    """Return the braking force between ``pull`` and 0 at which the battery is charged with no more than ``low``."""
    c = car[0]
    strong, weak = pull, 0.0
    while weak - strong > 1e-12 * -pull:
        middle = 0.5 * (strong + weak)
        if middle * mean + _loss(mean, middle, car, store) + c[AUXILIARIES] < low:
            strong = middle
        else:
            weak = middle
    return weak


@njit(inline="always")
def _edge(which: int, mean: float, car: Any, store: Array) -> float:
    """Return the envelope HIGH_AT or LOW_AT at the speed of the car [Nm]."""
    c, place, volt, _ = car
    nodes = place[S]
    cell, weight = locate(mean, 0.0, c[SPEED_RATE], nodes - 1)
    at = place[which] + cell
    if place[V] == 1:
        return linear_flat(store, at, weight)
    return bilinear_flat(store, at + volt[0] * nodes, nodes, volt[1], weight)


@njit(inline="always")
def _loss(mean: float, pull: float, car: Any, store: Array) -> float:
    """Return the loss at the speed of the car and the force of its units [W]."""
    c, place, volt, _ = car
    s, t = place[S], place[T]
    i, x = locate(mean, 0.0, c[SPEED_RATE], s - 1)
    j, y = locate(pull * c[FORCE_RATE] + c[ZERO], 0.0, 1.0, t - 1)
    at = place[LOSS_AT] + i * t + j
    low = 0.0
    if place[V] > 1:
        at += volt[0] * s * t
    low = bilinear_flat(store, at, t, x, y)
    if place[V] > 1:
        low += (bilinear_flat(store, at + s * t, t, x, y) - low) * volt[1]
    return low
