"""Where an engine runs and what it burns: the arithmetic of one step of a combustion car.

Functions are small and take scalars, records and the two arrays that are read, so that the compiler can put them into
the loop over time of :mod:`coaxle.vehicle.kernels.combustion`. That module's compiled cache does not notice a change
here: remove ``__pycache__`` after editing this file.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from coaxle.numerics.arrays import Array

CAR = np.dtype(
    [("engine", np.int64), ("gears", np.int64)]  # its place in Engines; how many gears it has
    + [
        (name, np.float64)
        for name in (
            *("m", "f0", "f1", "f2", "weight", "v_top"),
            # m: with rotating parts but without the engine's [kg]; v_top: at the engine's top speed in top gear
            *("tyre", "tyre_load", "tyre_shift", "brake", "brake_load"),
            # [N]: driven tyres in every step of the cycle, at no acceleration, per acceleration; all tyres likewise
            *("eta", "eta_inv", "box", "box_cold", "standstill"),
            # what meshes and axle let pass; drag torque at the gearbox input warm, and on top of it cold; torque on
            # the idling engine in drive
            *("stall", "fall", "w_launch", "keep", "hold"),
            # converter: torque ratio at stall, its fall per speed ratio; share of the wide-open torque to be used
            *("w_idle", "w_rise", "friction", "stage", "warm_up_inv", "cold", "heating"),
            # idle speed, on top of it cold; friction of the cold engine on top of the warm one's, per warm friction;
            # fuel energy of a stage of the warm-up; 1/its energy; share of it ahead at the start; heating value
            *("p_aux", "eta_alt", "eta_alt_inv", "p_alt_max", "content_max", "trip", "trip_inv"),
            # electric [W]; content_max is 0 where the car does not recuperate [J]; round trip of the store
            *("stop_cold", "stop_delay", "restart"),
            # the engine stops while `cold` is at most stop_cold (-1: never); restart in seconds of idling
        )
    ]
)
"""A car, one record a row."""

KW, IKW, JK, LUG, OVER, TOP = 0, 1, 2, 3, 4, 5
"""Columns of a gear: engine over car speed k [rad/m], 1/k, J k [kg m]; speeds of the car [m/s] from which the gear may
pull, from which it may overrun, and above which it may not be used."""

ENGINE = np.dtype(
    [*((name, np.float64) for name in ("w0", "w_rate", "w_end", "t_rate", "t_end")), ("stride", np.uint32)]
)
"""An engine: first speed, nodes per rad/s, end of that axis just inside its last cell; nodes per Nm, end likewise;
values a node of speed (unsigned: places are then never tested for being negative)."""

STEP = np.dtype([(name, np.float64) for name in ("dt", "v0", "v1", "a", "v", "inverse", "square", "slope")])
"""A step of the trace: its span, speeds at its ends, acceleration, mean speed, 1/v (0 at a standstill), mean of v^2,
sine of the slope."""

G = 9.80665
ONE, TWO = np.uint32(1), np.uint32(2)


class Ask(NamedTuple):
    """What the wheels ask for in one step."""

    pull: bool
    v: float
    inverse: float
    a: float
    force: float
    p_in: float
    """Power at the gearbox input, without its drag [W]."""
    el: float
    p_alt: float
    """What the alternator makes, and power at its shaft [W]."""
    box: float
    """Drag torque at the gearbox input [Nm]."""
    friction: float
    """Engine friction on top of the warm engine's, per warm friction [-]."""


class Point(NamedTuple):
    """Where an engine runs: ``torque`` is what it gives and the extra friction of the cold engine [Nm].

    ``at`` and ``u`` tell where the nodes of its speed lie, and the weight in the cell.
    """

    w: float
    torque: float
    drag: float
    wide_open: float
    at: Any
    u: float


NOWHERE = Point(0.0, 0.0, 0.0, 0.0, np.uint64(0), 0.0)


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def look(e: Any, nodes: Array, w: float) -> tuple[Any, float, float, float]:
    """Return where the nodes of speed ``w`` lie, the weight in the cell, wide-open and drag torque there."""
    x = min(max((w - e.w0) * e.w_rate, 0.0), e.w_end)
    cell = np.uint32(x)
    u = x - cell
    at = cell * e.stride
    above = at + e.stride
    wide_open, drag = nodes[at], nodes[at + ONE]
    return at, u, wide_open + (nodes[above] - wide_open) * u, drag + (nodes[above + ONE] - drag) * u


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def burn(e: Any, nodes: Array, point: Point) -> float:
    """Return the fuel rate [kg/s]: from the map; below no torque on a line to nothing at drag torque."""
    y = min(max(point.torque * e.t_rate, 0.0), e.t_end)
    cell = np.uint32(y)
    s = y - cell
    at = point.at + TWO + cell
    above = at + e.stride
    low = nodes[at] + (nodes[at + ONE] - nodes[at]) * s
    high = nodes[above] + (nodes[above + ONE] - nodes[above]) * s
    rate = low + (high - low) * point.u
    if point.torque < 0.0:
        rate *= max(0.0, 1.0 - point.torque / point.drag)
    return rate


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def locked(ask: Ask, gears: Array, k: int, e: Any, nodes: Array) -> Point:
    """Return where the engine runs in gear ``k`` with the launch device closed."""
    w = ask.v * gears[k, KW]
    at, u, wide_open, drag = look(e, nodes, w)
    given = (ask.p_in + ask.p_alt) * (ask.inverse * gears[k, IKW]) + ask.box + ask.a * gears[k, JK]
    return Point(w, given - ask.friction * drag, drag, wide_open, at, u)


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def slipping(car: Any, ask: Ask, gears: Array, e: Any, nodes: Array) -> tuple[Point, float]:
    """Return where the engine runs while the launch device slips in first gear, and the torque into that device."""
    w_turbine = ask.v * gears[0, KW]
    w = max(car.w_launch, w_turbine)
    at, u, wide_open, drag = look(e, nodes, w)
    turbine = ask.p_in * (ask.inverse * gears[0, IKW]) + ask.box
    into = turbine / max(1.0, car.stall - car.fall * (w_turbine / w))
    return Point(w, into + ask.p_alt / w - ask.friction * drag, drag, wide_open, at, u), into


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def idling(car: Any, cold: float, into: float, p_alt: float, e: Any, nodes: Array) -> Point:
    """Return where the engine runs at idle speed, giving the torque ``into`` to the launch device."""
    w = car.w_idle + car.w_rise * cold
    at, u, wide_open, drag = look(e, nodes, w)
    return Point(w, into + p_alt / w - car.friction * cold * drag, drag, wide_open, at, u)


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def supplied(car: Any, pull: bool, content: float, dt: float) -> float:
    """Return what the alternator makes [W electric]: off while the store holds something, more while it owes."""
    el = car.p_aux
    if pull and content != 0.0:
        if content > 0.0:
            el -= min(el, content / dt)
        else:
            el += min(car.p_alt_max - el, -content * car.trip_inv / dt)
    return el


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def braked(car: Any, ask: Ask, point: Point, p_wheel: float, held: tuple[float, float, float]) -> Any:
    """Share out what the engine with its fuel cut holds back less than the wheels ask for.

    The alternator takes what it may, the brakes the rest. ``held`` is what the alternator makes anyway, what the store
    holds, and dt. Returns the power that leaves the driveline by the brakes, seen at the gearbox input and at the
    wheels, and what the alternator makes [W].
    """
    el, content, dt = held
    surplus = (point.drag - point.torque) * point.w
    if content < car.content_max:
        room = (car.content_max - content) * car.trip_inv / dt
        more = max(0.0, min(surplus, min(car.p_alt_max - el, room) * car.eta_alt_inv))
        el += more * car.eta_alt
        surplus -= more
    through = ask.p_in + surplus
    return surplus, (through * car.eta if through > 0.0 else through * car.eta_inv) - p_wheel, el


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def moved(v0: float, v1: float, dt: float) -> tuple[float, float, float, float]:
    """Return acceleration, mean speed, its inverse (0 at a standstill) and the mean of v^2 from ``v0`` to ``v1``."""
    v = 0.5 * (v0 + v1)
    return (v1 - v0) / dt, v, 1.0 / v if v > 0.0 else 0.0, (v0 * v0 + v0 * v1 + v1 * v1) / 3.0


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def wheel_force(car: Any, a: float, v: float, square: float, slope: float) -> float:
    """Return the force at the wheels [N]; negative where they are to be held back."""
    return car.m * a + car.f0 + car.f1 * v + car.f2 * square + car.weight * slope


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def asked(car: Any, force: float, motion: Any, el: float, cold: float) -> Ask:
    """Return what the wheels ask for, seen at the gearbox input."""
    a, v, inverse, _ = motion
    pull = force >= 0.0
    p_in = force * v * (car.eta_inv if pull else car.eta)
    box, friction = car.box + car.box_cold * cold, car.friction * cold
    return Ask(pull, v, inverse, a, force, p_in, el, el * car.eta_alt_inv, box, friction)


@njit(error_model="numpy", fastmath={"contract", "nsz"})
def carried(car: Any, a: float, slope: float, level: float) -> float:
    """Return the force that the driven tyres can pass on [N]."""
    return max(car.tyre_load * level + car.tyre_shift * (a + G * slope), 0.0)
