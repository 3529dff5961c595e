"""Cars at full load, one after the other: how fast they gather speed, how fast they go, how steep they climb.

Forces at the wheels follow from the speed v, the acceleration a that shifts the axle loads, and the build-up of torque.
The axle loads are ``m g (cos(alpha) share) -+ (m a + m g sin(alpha)) h / L``; a tyre carries ``grip`` times its load.
What passes the tyres of a driven axle is the drive force less ``m_driven a``, the force that its own turning parts take
up before the road: drive unit, engine in gear, wheels. So the drive force is at most ``grip N + m_driven a``, while the
wheels of a towed axle draw theirs from the road. That turning parts gather speed moves no load from axle to axle here.

The force depends on a through loads and turning parts, and on the terminal voltage through the current: both are found
by repetition. With m_t for all turning parts a changes the next a by at most (grip m h / L + m_driven) / (m + m_t) of
itself, below 1 wherever grip h / L is, since m_driven is a part of m_t; an engine's part is solved for, not repeated.
"""

from __future__ import annotations

from math import atan, cos, exp, isnan, nan, sin, sqrt, tan
from typing import Any

from numba import njit
from numpy.typing import NDArray

from coaxle.numerics.arrays import Array
from coaxle.vehicle.kernels.lookup import bilinear_flat, linear_flat, locate

ZERO_TO_100, EIGHTY_TO_120, TOP_SPEED, GRADE = 0, 1, 2, 3
"""Columns of what is found."""
G = 9.80665
V_80, V_100, V_120 = 80 / 3.6, 100 / 3.6, 120 / 3.6
ROUNDS = 2
"""Repetitions within a step, each starting from the last step: each leaves about a quarter of an error or less."""
SETTLED = 60
"""Repetitions at most where there is nothing to start from, until neither a nor u moves by more than CLOSE."""
CLOSE = 1e-10
HALVINGS = 50
"""Of an interval in which a root is sought."""
SCAN = 0.5
"""Step in speed in which the end of the surplus of force is sought [m/s]."""


@njit(cache=True, nogil=True, error_model="numpy")
def perform_rows(
    first: int,
    last: int,
    cars: NDArray[Any],
    units: NDArray[Any],
    gears: Array,
    store: Array,
    how: NDArray[Any],
    found: Array,
) -> None:
    """Write what the rows ``first`` to ``last`` (exclusive) can do.

    Parameters
    ----------
    first, last : int
        Rows.
    cars : (N,) of CAR
        Figures of the rows.
    units : (U,) of UNIT
        Axes of the drive units.
    gears : (N, most gears)
        Engine speed over speed of the car in each gear [rad/m].
    store : (K,)
        Tables laid flat.
    how : (1,) of HOW
        Times and step.
    found : (N, 4)
        0 to 100 km/h and 80 to 120 km/h [s], top speed [m/s], slope from standstill [-]; NaN where not reached.

    """
    for n in range(first, last):
        car = cars[n]
        top = _top_speed(car, units, gears[n], store)
        found[n, TOP_SPEED] = top
        found[n, ZERO_TO_100] = _time(car, units, gears[n], store, how[0], 0, 0.0, V_100) if top >= V_100 else nan
        found[n, EIGHTY_TO_120] = _best_time(car, units, gears[n], store, how[0], V_80, V_120) if top >= V_120 else nan
        found[n, GRADE] = _grade(car, units, gears[n], store)


@njit(nogil=True, error_model="numpy")
def _load(car: Any, a: float, sine: float, cosine: float) -> tuple[float, float]:
    """Return the normal forces of the front and the rear axle [N]."""
    shift = car.m * (a + G * sine) * car.h_l
    static = car.m * G * cosine
    front = min(max(static * car.front_load - shift, 0.0), static)
    return front, static - front


@njit(nogil=True, error_model="numpy")
def _reach(unit: Any, store: Array, u: float, w: float) -> float:
    """Return the peak torque at voltage u and speed w [Nm]."""
    i, x = locate(u, unit.u_start, unit.u_rate, unit.u_cells)
    j, y = locate(w, 0.0, unit.w_rate, unit.w_cells)
    stride = unit.w_cells + 1
    return bilinear_flat(store, unit.reach + i * stride + j, stride, x, y)


@njit(nogil=True, error_model="numpy")
def _loss(unit: Any, store: Array, u: float, w: float, torque: float) -> float:
    """Return the loss at voltage u, speed w and torque [W]."""
    i, x = locate(u, unit.u_start, unit.u_rate, unit.u_cells)
    j, y = locate(w, 0.0, unit.w_rate, unit.w_cells)
    k, z = locate(torque, unit.t_start, unit.t_rate, unit.t_cells)
    stride = unit.t_cells + 1
    plane = stride * (unit.w_cells + 1)
    at = unit.loss + i * plane + j * stride + k
    low = bilinear_flat(store, at, stride, y, z)
    return low + (bilinear_flat(store, at + plane, stride, y, z) - low) * x


@njit(nogil=True, error_model="numpy")
def _power(car: Any, units: NDArray[Any], store: Array, u: float, w: float, t_front: float, t_rear: float) -> float:
    """Return the power out of the battery's terminals at torques of both units [W]."""
    p = car.p_aux + (t_front + t_rear) * w
    if car.front >= 0:
        p += _loss(units[car.front], store, u, w, t_front)
    if car.rear >= 0:
        p += _loss(units[car.rear], store, u, w, t_rear)
    return p


@njit(nogil=True, error_model="numpy")
def _electric(
    car: Any, units: NDArray[Any], store: Array, v: float, a: float, u: float, y: float, normal: tuple[float, float]
) -> tuple[float, float]:
    """Return the drive force at the wheels [N] and the terminal voltage that it leaves [V].

    Each unit gives what its envelope at u allows, and at ``normal`` forces of front and rear axle what its tyres carry
    and the turning parts of its axle take up at a; at a fixed share no more than the weaker axle allows. Where the
    battery does not give the power for it, both give the same part of it.
    """
    w = v / car.r
    t_front = t_rear = 0.0
    if car.front >= 0:
        carried = max(car.grip * normal[0] + car.m_front * a, 0.0) * car.r
        t_front = min(y * _reach(units[car.front], store, u, w), carried)
    if car.rear >= 0:
        carried = max(car.grip * normal[1] + car.m_rear * a, 0.0) * car.r
        t_rear = min(y * _reach(units[car.rear], store, u, w), carried)
    if car.share > 0.0 and car.share < 1.0:
        both = min(t_front / car.share, t_rear / (1.0 - car.share))
        t_front, t_rear = car.share * both, (1.0 - car.share) * both
    p = _power(car, units, store, u, w, t_front, t_rear)
    if p > car.p_max:
        part = _part(car, units, store, u, w, t_front, t_rear, p)
        t_front *= part
        t_rear *= part
        p = car.p_max
    i = (car.u_oc - sqrt(max(car.u_oc * car.u_oc - 4.0 * car.r_i * p, 0.0))) / (2.0 * car.r_i)
    return (t_front + t_rear) / car.r, car.u_oc - car.r_i * i


@njit(nogil=True, error_model="numpy")
def _part(
    car: Any, units: NDArray[Any], store: Array, u: float, w: float, t_front: float, t_rear: float, p: float
) -> float:
    """Return the part of both torques at which they take what the battery gives, by false position (Illinois) [-]."""
    low, high, over = 0.0, 1.0, p - car.p_max
    under = _power(car, units, store, u, w, 0.0, 0.0) - car.p_max
    if under >= 0.0:
        return 0.0
    part, side = 0.0, 0
    for _ in range(HALVINGS):
        part = (low * over - high * under) / (over - under)
        beyond = _power(car, units, store, u, w, part * t_front, part * t_rear) - car.p_max
        if abs(beyond) <= CLOSE * car.p_max:
            break
        if beyond > 0.0:
            high, over = part, beyond
            under = 0.5 * under if side == 1 else under
            side = 1
        else:
            low, under = part, beyond
            over = 0.5 * over if side == -1 else over
            side = -1
    return part


@njit(nogil=True, error_model="numpy")
def _engine(car: Any, store: Array, k: float, v: float, y_prompt: float, y_boost: float) -> float:
    """Return the force of the engine at the wheels in a gear of k [rad/m], whatever the tyres carry [N]; -1: none.

    Below its launch speed the engine is held there and the launch device slips, its torque ratio falling in a straight
    line from that at stall to 1 at the coupling point.
    """
    w_turbine = v * k
    w = max(w_turbine, car.w_launch)
    if w > car.w_end:
        return -1.0
    j, x = locate(w, car.w_start, car.w_rate, car.w_cells)
    wide_open = linear_flat(store, car.engine + j, x)
    prompt = min(wide_open, car.t_prompt)
    torque = y_prompt * prompt + y_boost * (wide_open - prompt) - car.p_alternator / w
    ratio = 1.0
    if car.stall > 1.0 and w_turbine < car.coupling * car.w_launch:
        ratio = car.stall - (car.stall - 1.0) * w_turbine / (car.coupling * car.w_launch)
    return max((max(torque, 0.0) * ratio - car.t_drag) * k * car.eta, 0.0)


@njit(nogil=True, error_model="numpy")
def _geared(car: Any, k: float, v: float) -> float:
    """Return the mass that the engine adds in a gear of k, 0 while its launch device slips and for electric [kg]."""
    return car.j_engine * k * k if v * k >= car.w_launch else 0.0


@njit(nogil=True, error_model="numpy")
def _turning(car: Any, k: float, v: float) -> float:
    """Return the mass of the car with all that turns in a gear of k, 0 for electric [kg]."""
    return car.m + car.m_front + car.m_rear + _geared(car, k, v)


@njit(nogil=True, error_model="numpy")
def _gripped(car: Any, n_front: float, n_rear: float) -> tuple[float, float]:
    """Return what the tyres that an engine drives carry [N] and the mass of what turns at their axles [kg].

    With both axles driven the split is ideal.
    """
    if car.axles == 0:
        return car.grip * n_front, car.m_front
    if car.axles == 1:
        return car.grip * n_rear, car.m_rear
    return car.grip * (n_front + n_rear), car.m_front + car.m_rear


@njit(nogil=True, error_model="numpy")
def _carried(car: Any, force: float, road: float, geared: float, n_front: float, n_rear: float) -> float:
    """Return what an engine's drive force becomes on its tyres, its turning parts taking up a part of it [N].

    On the tyres ``(m + m_t - m_driven) a = grip N - road``, which leaves a drive force of ``grip N + m_driven a``.
    """
    most, driven = _gripped(car, n_front, n_rear)
    towed = car.m_front + car.m_rear - driven
    a = (most - road) / (car.m + towed)
    return min(force, max(most + (driven + geared) * a, 0.0))


@njit(nogil=True, error_model="numpy")
def _pull(
    car: Any,
    units: NDArray[Any],
    store: Array,
    k: float,
    v: float,
    y: tuple[float, float],
    part: float,
    was: tuple[float, float],
    rounds: int,
) -> tuple[float, float, float]:
    """Return drive force [N], acceleration [m/s2] on the flat and terminal voltage [V].

    ``y`` is how far prompt and boosted torque have built up, ``part`` what a change of gear leaves of it; ``was`` the
    acceleration and voltage to start from.
    """
    a, u = was
    force = 0.0
    road = car.f0 + car.f1 * v + car.f2 * v * v
    m, geared = _turning(car, k, v), _geared(car, k, v)
    engine = 0.0
    if not car.electric:
        engine = part * max(_engine(car, store, k, v, y[0], y[1]), 0.0)
    for _ in range(rounds):
        n_front, n_rear = _load(car, a, 0.0, 1.0)
        used = u
        if car.electric:
            force, u = _electric(car, units, store, v, a, u, y[0], (n_front, n_rear))
        else:
            force = _carried(car, engine, road, geared, n_front, n_rear)
        a, before = (force - road) / m, a
        if v <= 0.0:
            a = max(a, 0.0)
        if rounds == SETTLED and abs(a - before) < CLOSE and abs(u - used) < CLOSE:
            break
    return force, a, u


@njit(nogil=True, error_model="numpy")
def _surplus(car: Any, units: NDArray[Any], gears: Array, store: Array, v: float) -> float:
    """Return the most force that any gear leaves over the road load at a steady speed [N]."""
    best = -1.0
    for g in range(car.gears):
        if car.electric or (v * gears[g] <= car.w_end and v * gears[g] >= car.w_launch) or g == 0:
            best = max(best, _pull(car, units, store, gears[g], v, (1.0, 1.0), 1.0, (0.0, car.u_oc), SETTLED)[0])
    return best - (car.f0 + car.f1 * v + car.f2 * v * v)


@njit(nogil=True, error_model="numpy")
def _top_speed(car: Any, units: NDArray[Any], gears: Array, store: Array) -> float:
    """Return the speed up to which there is force to spare [m/s]; NaN where the car does not even start."""
    if _surplus(car, units, gears, store, 0.0) <= 0.0:
        return nan
    low = 0.0
    while low < car.v_end:
        high = min(low + SCAN, car.v_end)
        if _surplus(car, units, gears, store, high) < 0.0:
            for _ in range(HALVINGS):
                middle = 0.5 * (low + high)
                if _surplus(car, units, gears, store, middle) < 0.0:
                    high = middle
                else:
                    low = middle
            return low
        low = high
    return low


@njit(nogil=True, error_model="numpy")
def _wants_next(car: Any, store: Array, gears: Array, g: int, v: float) -> bool:
    """Return whether the gear after g pulls the car better, tyres left aside."""
    if g + 1 >= car.gears or v * gears[g + 1] < car.w_launch:
        return False
    here = _engine(car, store, gears[g], v, 1.0, 1.0)
    road = car.f0 + car.f1 * v + car.f2 * v * v
    there = _engine(car, store, gears[g + 1], v, 1.0, 1.0)
    return (there - road) / _turning(car, gears[g + 1], v) > (here - road) / _turning(car, gears[g], v)


@njit(nogil=True, error_model="numpy")
def _envelope(car: Any, units: NDArray[Any], store: Array, k: float, v: float) -> float:
    """Return the force of which a share builds up at once: battery, tyres and boost left aside [N]."""
    if not car.electric:
        return _engine(car, store, k, v, 1.0, 0.0)
    w, torque = v / car.r, 0.0
    if car.front >= 0:
        torque += _reach(units[car.front], store, car.u_oc, w)
    if car.rear >= 0:
        torque += _reach(units[car.rear], store, car.u_oc, w)
    return torque / car.r


@njit(nogil=True, error_model="numpy")
def _best_time(
    car: Any, units: NDArray[Any], gears: Array, store: Array, how: Any, v_from: float, v_to: float
) -> float:
    """Return the shortest of the times from one speed to another that begin in any gear the engine can turn in [s]."""
    best = nan
    for g in range(car.gears):
        if car.electric or car.w_launch <= v_from * gears[g] <= car.w_end:
            t = _time(car, units, gears, store, how, g, v_from, v_to)
            if t < best or isnan(best):
                best = t
    return best


@njit(nogil=True, error_model="numpy")
def _time(
    car: Any, units: NDArray[Any], gears: Array, store: Array, how: Any, g: int, v_from: float, v_to: float
) -> float:
    """Return the time from one speed to another with the pedal down from the first moment, beginning in gear g [s].

    From standstill it starts without torque. From a speed it starts with the torque that holds it; an engine's speed
    stays for the kick-down time, then the gear pulls. The step is a midpoint step.
    """
    t, v, u, held, changed = 0.0, v_from, car.u_oc, 0.0, -1.0
    if v_from > 0.0:
        most = _envelope(car, units, store, gears[g], v_from)
        held = min((car.f0 + car.f1 * v_from + car.f2 * v_from * v_from) / max(most, 1e-9), 1.0)
        t = 0.0 if car.electric else how.t_kick_down
    _, a, u = _pull(car, units, store, gears[g], v, _built(car, how, t, held), 1.0, (0.0, u), SETTLED)
    while t < how.t_longest:
        if t >= changed and _wants_next(car, store, gears, g, v):
            g += 1
            changed = t + how.t_shift
        part = how.part if t < changed else 1.0
        _, a, u = _pull(car, units, store, gears[g], v, _built(car, how, t, held), part, (a, u), ROUNDS)
        if g + 1 < car.gears and (v + how.dt * a) * gears[g] > car.w_end:
            g += 1
            changed = t + how.t_shift
            continue
        half = min(v + 0.5 * how.dt * a, car.v_end)
        y = _built(car, how, t + 0.5 * how.dt, held)
        _, a, u = _pull(car, units, store, gears[g], half, y, part, (a, u), ROUNDS)
        reached = v + how.dt * a
        if reached >= v_to:
            return t + how.dt * (v_to - v) / (reached - v)
        v = max(reached, v_from)
        t += how.dt
    return nan


@njit(nogil=True, error_model="numpy")
def _built(car: Any, how: Any, t: float, held: float) -> tuple[float, float]:
    """Return how far the prompt and the boosted torque have built up at t, first order from ``held`` [-]."""
    if car.electric:
        y = _rise(t, how.tau_machine, held)
        return y, y
    return _rise(t, how.tau_throttle, held), _rise(t, how.tau_boost, 0.0)


@njit(nogil=True, error_model="numpy")
def _rise(t: float, tau: float, held: float) -> float:
    return 1.0 - (1.0 - held) * exp(-t / tau) if tau > 0.0 else 1.0


@njit(nogil=True, error_model="numpy")
def _climbs(car: Any, units: NDArray[Any], gears: Array, store: Array, alpha: float) -> bool:
    """Return whether torque and tyres hold the car on a slope of the angle alpha, and a little more."""
    sine, cosine = sin(alpha), cos(alpha)
    n_front, n_rear = _load(car, 0.0, sine, cosine)
    if car.electric:
        u, force = car.u_oc, 0.0
        for _ in range(SETTLED):
            used = u
            force, u = _electric(car, units, store, 0.0, 0.0, u, 1.0, (n_front, n_rear))
            if abs(u - used) < CLOSE:
                break
    else:
        most, _ = _gripped(car, n_front, n_rear)
        force = min(max(_engine(car, store, gears[0], 0.0, 1.0, 1.0), 0.0), most)
    return force >= car.m * G * sine + car.f0 * cosine


@njit(nogil=True, error_model="numpy")
def _grade(car: Any, units: NDArray[Any], gears: Array, store: Array) -> float:
    """Return the steepest slope, rise over run, on which the car starts [-]; NaN where it does not on the flat."""
    if not _climbs(car, units, gears, store, 0.0):
        return nan
    low, high = 0.0, atan(10.0)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if _climbs(car, units, gears, store, middle):
            low = middle
        else:
            high = middle
    return tan(low)
