"""One combustion car after the other through time: gears, launch device, fuel cut, idle, cold start, trace misses.

The physics is told with the same letters in ``docs/theory/combustion.md``. Steps are taken from the speed *reached*;
a step asks for the speed of the trace at its end, and where a limit forbids that, for the highest speed it allows.
"""

from __future__ import annotations

from math import exp, inf, nan
from typing import Any, NamedTuple

from numba import njit
from numpy.typing import NDArray

from coaxle.numerics.arrays import Array
from coaxle.vehicle.kernels.engine import (
    IKW,
    KW,
    LUG,
    NOWHERE,
    OVER,
    TOP,
    Ask,
    asked,
    braked,
    burn,
    carried,
    idling,
    locked,
    moved,
    slipping,
    supplied,
    wheel_force,
)

# Columns of Totals.energy and Totals.misses.
SOURCE, OUT, IN, BRAKE, UNIT, TRANSMISSION, STORAGE, AUXILIARIES, IDLE = 0, 1, 2, 3, 4, 5, 6, 7, 8
SPEED, POWER, TIME, FIRST = 0, 1, 2, 3

# Lines of a history (9, K): at the points of time, then of the steps, the last place of which stays empty.
REACHED, WARMTH, CONTENT, WHEEL, BRAKED, GIVEN, SHAFT, TORQUE, GEAR = 0, 1, 2, 3, 4, 5, 6, 7, 8
HISTORY = 9

# Codes of a row as in coaxle.vehicle.runs.Ended.
OK, SLOW, BEYOND = 0, 1, 4

OPEN, NONE = -1, -2
"""In place of a gear: the launch device slips or is open; no gear can do what is asked."""
STAGES = 64
"""In which the warm-up energy is counted; what is cold is taken at the middle of each."""
HALVINGS = 50
"""Of the interval in which a reached speed is sought: its width falls to 1e-15 of what was wanted."""
G = 9.80665


class Cars(NamedTuple):
    """N cars: ``figures`` (N,) of CAR, ``gears`` (N, gears of the most, 6) by the columns KW to TOP."""

    figures: NDArray[Any]
    gears: Array


class Engines(NamedTuple):
    """M engines: ``axes`` (M,) of ENGINE, ``nodes`` (M, L).

    Of each node of speed the wide-open torque, the drag torque, then the fuel rates over torque.
    """

    axes: NDArray[Any]
    nodes: Array


class Cycle(NamedTuple):
    """A cycle: ``steps`` (K - 1,) of STEP, ``level`` and ``time`` (K - 1,) cosine of the slope and time at the start.

    ``borders`` (P + 1,) are the first steps of its phases and the end; ``duration`` and ``distance`` (P,) theirs.
    """

    steps: NDArray[Any]
    level: Array
    time: Array
    borders: NDArray[Any]
    duration: Array
    distance: Array


class Totals(NamedTuple):
    """What is found: ``energy`` (N, P, 9), ``distance`` and ``fuel`` (N, P), ``misses`` (N, 4), ``ended`` (N,)."""

    energy: Array
    distance: Array
    fuel: Array
    misses: Array
    ended: NDArray[Any]


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract", "nsz"})
def follow(first: int, last: int, cars: Cars, engines: Engines, cycle: Cycle, totals: Totals, history: Array) -> None:
    """Drive the rows ``first`` to ``last`` (exclusive) and write their totals and codes.

    ``history`` (9, K) is filled where it has room; (9, 0) asks for none.
    """
    for i in range(first, last):
        totals.ended[i] = _row(i, cars, engines, cycle, totals, history)


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def _row(i: int, cars: Cars, engines: Engines, cycle: Cycle, totals: Totals, history: Array) -> int:
    """Drive row ``i`` over the whole cycle and return its code.

    One long function on purpose: arrays handed to a function with a loop in it are counted as references at every
    call, which costs more than a whole step.
    """
    car, gears, steps = cars.figures[i], cars.gears[i], cycle.steps
    e, nodes = engines.axes[car.engine], engines.nodes[car.engine]
    miss = totals.misses[i]
    miss[:] = 0.0
    miss[FIRST] = nan
    v1 = min(steps[0].v0, car.v_top)
    code = OK if v1 == steps[0].v0 else BEYOND
    fuel, stage_end, cold, content = 0.0, car.stage, car.cold * exp(-0.5 * car.stage * car.warm_up_inv), 0.0
    g, hold, top, still, off = 0, 0.0, 0, 0.0, False
    idle_cold, idle_rate, idle = -1.0, 0.0, NOWHERE
    if history.size:
        history[REACHED, 0], history[WARMTH, 0], history[CONTENT, 0] = v1, 1.0 - car.cold, 0.0
    for phase in range(cycle.duration.size):
        before, apart, s_out, s_net, s_brake, s_gear, s_store, s_idle = fuel, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for t in range(cycle.borders[phase], cycle.borders[phase + 1]):
            # what the wheels ask for
            step = steps[t]
            dt, v0, v1 = step.dt, v1, min(step.v1, car.v_top)
            motion, astray = (step.a, step.v, step.inverse, step.square), v0 != step.v0 or v1 != step.v1
            if astray:
                motion = moved(v0, v1, dt)
                apart += (motion[1] - step.v) * dt
            force = wheel_force(car, motion[0], motion[1], motion[3], step.slope)
            if (force < -car.brake or force > car.tyre or astray) and motion[1] > 0.0:
                v_grip = _gripped(car, step, cycle.level[t], v0, v1)
                if v_grip != v1:
                    apart += 0.5 * (v_grip - v1) * dt
                    v1, motion = v_grip, moved(v0, v_grip, dt)
                    force = wheel_force(car, motion[0], motion[1], motion[3], step.slope)
            v, p_wheel = motion[1], force * motion[1]
            p_brake, p_start, rate, into, point = 0.0, 0.0, 0.0, 0.0, NOWHERE
            if off and step.v > 0.0:
                off = False
                p_start = car.restart * idle_rate * car.heating / dt
                s_idle += p_start * dt
            if v > 0.0:
                # which gear
                k, el = NONE, supplied(car, force >= 0.0, content, dt)
                ask = asked(car, force, motion, el, cold)
                floor = LUG if ask.pull else OVER
                if (hold > 0.0 or not ask.pull) and v >= gears[g, floor] and v <= gears[g, TOP]:
                    point = locked(ask, gears, g, e, nodes)
                    if point.torque <= point.drag:
                        k = g
                    elif hold > 0.0 and point.torque <= point.wide_open:
                        k, rate = g, burn(e, nodes, point)
                if k == NONE:
                    while top < car.gears - 1 and v >= gears[top + 1, floor]:
                        top += 1
                    while top > 0 and v < gears[top, floor]:
                        top -= 1
                    j, least, spare = top, inf, inf
                    if v < gears[0, floor]:
                        j, k = -1, OPEN
                    while j >= 0 and v <= gears[j, TOP]:
                        other = locked(ask, gears, j, e, nodes)
                        if other.torque <= other.wide_open:
                            r = burn(e, nodes, other)
                            if other.torque <= car.keep * other.wide_open:
                                if r >= least:
                                    break
                                k, point, rate, least = j, other, r, r
                            elif least == inf and r < spare:
                                k, point, rate, spare = j, other, r, r
                        j -= 1
                if ask.pull and k < 0:
                    where = (step, cold, el)
                    v1, k, ask, point, into, rate = _hard(car, gears, e, nodes, where, (v0, v1), ask)
                    if ask.v != v:
                        apart += (ask.v - v) * dt
                        v = ask.v
                    p_wheel = ask.p_in * (car.eta if ask.pull else car.eta_inv)
                    el = ask.el
            if v > 0.0:
                # what it takes
                still = 0.0
                if k < 0:
                    if into == 0.0:
                        into = car.standstill * max(0.0, 1.0 - v * gears[0, KW] / (car.w_idle + car.w_rise * cold))
                        point = idling(car, cold, into, ask.p_alt, e, nodes)
                        rate = burn(e, nodes, point)
                        p_brake = -p_wheel
                        s_brake += p_brake * dt
                    p_gear = into * point.w
                    k = 0
                else:
                    p_gear = ask.p_in + ask.box * point.w
                    if point.torque < point.drag:
                        surplus, p_brake, el = braked(car, ask, point, p_wheel, (el, content, dt))
                        p_gear += surplus
                        s_brake += p_brake * dt
                if el != car.p_aux:
                    kept = (el - car.p_aux) * dt
                    s_store += kept
                    content += kept * (car.trip if kept > 0.0 else 1.0)
                if k != g:
                    g, hold = k, car.hold
                hold -= dt
                s_gear += p_gear * dt
                s_out += max(p_wheel, 0.0) * dt
                s_net += p_wheel * dt
            else:
                # at a standstill
                g, hold, p_wheel = 0, 0.0, 0.0
                if cold != idle_cold:
                    idle = idling(car, cold, car.standstill, car.p_aux * car.eta_alt_inv, e, nodes)
                    idle_cold, idle_rate = cold, burn(e, nodes, idle)
                off = off or (still >= car.stop_delay and cold <= car.stop_cold and step.v == 0.0)
                still += dt
                if off:
                    kept = -car.p_aux * dt
                    s_store += kept
                    content += kept
                else:
                    point, rate, p_gear = idle, idle_rate, car.standstill * idle.w
                    s_gear += p_gear * dt
                    s_idle += (rate * car.heating - p_gear - car.p_aux) * dt
            was, p_fuel = cold, rate * car.heating + p_start
            fuel += p_fuel * dt
            if fuel > stage_end:
                stage_end = fuel + car.stage
                cold = car.cold * exp(-(fuel + 0.5 * car.stage) * car.warm_up_inv)
            if v1 != step.v1:
                code = max(code, _note(miss, car, step, cycle.time[t], v1, p_wheel))
            if history.size:
                ends = (v1, 1.0 - car.cold * exp(-fuel * car.warm_up_inv), content)
                _remember(history, t, ends, (p_wheel, p_brake, p_fuel), (point, car.friction * was), g)
        spent, aux = fuel - before, car.p_aux * cycle.duration[phase]
        totals.fuel[i, phase] = spent / car.heating
        totals.distance[i, phase] = max(0.0, cycle.distance[phase] + apart)
        _sum_up(totals.energy[i, phase], (spent, aux, s_out, s_net, s_brake, s_gear, s_store, s_idle))
    return code


@njit(error_model="numpy")
def _hard(car: Any, gears: Array, e: Any, nodes: Array, where: Any, ends: Any, ask: Ask) -> Any:
    """Return how a step ends that no gear can do with the launch device closed.

    ``where`` holds the step, what is cold and what the alternator makes; ``ends`` the speeds from and to. Returned are
    the speed at the end, gear, what is asked, where the engine runs, the torque into the launch device, and what the
    engine burns.
    """
    step, cold, el = where
    v0, v1 = ends
    if ask.v <= max(gears[0, LUG], car.w_launch * gears[0, IKW]):
        point, into = slipping(car, ask, gears, e, nodes)
        if point.torque <= point.wide_open:
            return v1, OPEN, ask, point, into, burn(e, nodes, point)
    el = min(el, car.p_aux)
    v1, k = _reach(car, gears, e, nodes, (step, cold, el), v0, v1)
    motion = moved(v0, v1, step.dt)
    force = wheel_force(car, motion[0], motion[1], motion[3], step.slope)
    if k == NONE:  # it comes to rest within the step, with what momentum it has
        force, k = 0.0, OPEN
    ask = asked(car, force, motion, el, cold)
    if k != OPEN:
        point = locked(ask, gears, k, e, nodes)
        return v1, k, ask, point, 0.0, burn(e, nodes, point)
    if force > 0.0 and motion[1] > 0.0:
        point, into = slipping(car, ask, gears, e, nodes)
        return v1, OPEN, ask, point, into, burn(e, nodes, point)
    return v1, OPEN, ask, NOWHERE, 0.0, 0.0


@njit(error_model="numpy")
def _reach(car: Any, gears: Array, e: Any, nodes: Array, where: Any, v0: float, wanted: float) -> tuple[float, int]:
    """Return the highest speed up to ``wanted`` that a step can end with, and in which gear; (0, NONE) where none can.

    In each gear by halving, as what the wheels ask for grows with the speed at the end. The highest gear wins a draw.
    """
    best, best_k = 0.0, NONE
    for k in range(OPEN, car.gears):
        low, high = 0.0, wanted
        if k != OPEN:
            low = max(low, 2.0 * gears[k, LUG] * (1.0 + 1e-12) - v0)
            high = min(high, 2.0 * gears[k, TOP] * (1.0 - 1e-12) - v0)
        if high < max(low, best):
            continue
        if _able(car, gears, e, nodes, where, (v0, high), k):
            best, best_k = high, k
        elif _able(car, gears, e, nodes, where, (v0, low), k):
            for _ in range(HALVINGS):
                middle = 0.5 * (low + high)
                if _able(car, gears, e, nodes, where, (v0, middle), k):
                    low = middle
                else:
                    high = middle
            if low >= best:
                best, best_k = low, k
    return best, best_k


@njit(error_model="numpy")
def _able(car: Any, gears: Array, e: Any, nodes: Array, where: Any, ends: Any, k: int) -> bool:
    """Return whether the car can go from one speed to another in a step, in gear ``k`` or with the device open."""
    step, cold, el = where
    v0, v1 = ends
    if v0 + v1 == 0.0:
        return bool(k == OPEN)
    motion = moved(v0, v1, step.dt)
    a, v, _, square = motion
    force = wheel_force(car, a, v, square, step.slope)
    if k == OPEN and force <= 0.0:
        return True
    ask = asked(car, force, motion, el, cold)
    if k == OPEN:
        if v > max(gears[0, LUG], car.w_launch * gears[0, IKW]):
            return False
        point, _ = slipping(car, ask, gears, e, nodes)
    else:
        if v < gears[k, LUG] or v > gears[k, TOP]:
            return False
        point = locked(ask, gears, k, e, nodes)
    return bool(point.torque <= point.wide_open)


@njit(error_model="numpy")
def _gripped(car: Any, step: Any, level: float, v0: float, wanted: float) -> float:
    """Return the speed nearest to ``wanted`` that the tyres let a step end with: all braking, the driven pulling."""
    found = _held(car, step, level, v0, wanted)
    near, far = wanted, v0 + 2.0 * G * step.dt if found < 0 else 0.0
    if found == 0:
        return wanted
    for _ in range(HALVINGS):
        middle = 0.5 * (near + far)
        if _held(car, step, level, v0, middle) == found:
            near = middle
        else:
            far = middle
    return far


@njit(error_model="numpy")
def _held(car: Any, step: Any, level: float, v0: float, v1: float) -> int:
    """Return 0 where the tyres hold in a step from ``v0`` to ``v1``, -1 where they brake too hard, 1 pull too hard."""
    a, v, _, square = moved(v0, v1, step.dt)
    force = wheel_force(car, a, v, square, step.slope)
    if force < -car.brake_load * level:
        return -1
    return 1 if force > 0.0 and force > carried(car, a, step.slope, level) else 0


@njit(error_model="numpy")
def _note(miss: Array, car: Any, step: Any, time: float, v1: float, p_wheel: float) -> int:
    """Write down that a step ends at ``v1`` off the trace, with ``p_wheel`` at the wheels; return the code of that."""
    if miss[TIME] == 0.0:
        miss[FIRST] = time
    miss[TIME] += step.dt
    miss[SPEED] = max(miss[SPEED], abs(step.v1 - v1))
    if v1 < step.v1:
        p_asked = wheel_force(car, step.a, step.v, step.square, step.slope) * step.v
        miss[POWER] = max(miss[POWER], p_asked - p_wheel)
    return BEYOND if v1 == car.v_top else SLOW


@njit(error_model="numpy")
def _remember(history: Array, t: int, ends: Any, powers: Any, shaft: Any, g: int) -> None:
    """Write down what happened in step ``t``; the torque is what the crankshaft gave."""
    point, friction = shaft
    history[REACHED, t + 1], history[WARMTH, t + 1], history[CONTENT, t + 1] = ends
    history[WHEEL, t], history[BRAKED, t], history[GIVEN, t] = powers
    history[SHAFT, t] = point.w
    history[TORQUE, t] = max(point.torque, point.drag) + friction * point.drag
    history[GEAR, t] = g + 1


@njit(error_model="numpy")
def _sum_up(energy: Array, sums: Any) -> None:
    """Write the energies of a phase; of the losses, what is left between two places where power was summed."""
    spent, aux, s_out, s_net, s_brake, s_gear, s_store, s_idle = sums
    energy[SOURCE], energy[OUT], energy[IN], energy[BRAKE] = spent, s_out, s_net - s_out, s_brake
    energy[UNIT] = spent - s_idle - s_gear - s_store - aux
    energy[TRANSMISSION] = s_gear - s_net - s_brake
    energy[STORAGE], energy[AUXILIARIES], energy[IDLE] = s_store, aux, s_idle
