"""One car over a cycle, second by second."""

from __future__ import annotations

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.numerics.arrays import Array
from coaxle.numerics.grid import locate
from coaxle.vehicle.electric import check_start, new_totals
from coaxle.vehicle.kernels import electric as e
from coaxle.vehicle.packing import pack_batteries, pack_cars, pack_cycle, pack_units
from coaxle.vehicle.pair import Axles
from coaxle.vehicle.powertrain import Bev, Vehicle
from coaxle.vehicle.runs import Trace
from coaxle.vehicle.settings import DriveSettings
from coaxle.vehicle.vehicles import Vehicles

_SETTINGS = DriveSettings()


def trace(vehicle: Vehicle, cycle: Cycle, settings: DriveSettings = _SETTINGS) -> Trace:
    """Drive one vehicle over the cycle and return what it did in time; its energies are those of :func:`drive`.

    Raises
    ------
    UseError
        Where the vehicle or a setting cannot be used at all; the message names it.

    """
    if not isinstance(vehicle.powertrain, Bev):
        from coaxle.vehicle.combustion import trace_combustion

        return trace_combustion(vehicle, cycle, settings)
    vehicles = Vehicles.of([vehicle])
    check_start(vehicles, settings)
    steps = pack_cycle(cycle)
    cars = pack_cars(vehicles, settings.soc, steps)
    units = pack_units(vehicles.axles)
    points, count = steps.time.size, steps.span.size
    history = np.zeros((6, points))
    totals = new_totals(1, len(cycle.phases))
    batteries = pack_batteries(vehicles.batteries)
    given = (tuple(steps), tuple(cars), tuple(units), tuple(batteries), tuple(totals))
    e.follow(0, 1, *given, history)
    speed = 0.5 * (history[e.REACHED, 1:] + history[e.REACHED, :-1]) / vehicles.wheel_radius[0]
    torque = _unit_torque(vehicles, history, speed)
    return Trace(
        name=vehicle.name,
        cycle=cycle.name,
        units=vehicles.axles[0].units,
        time=steps.time,
        speed_wanted=steps.speed,
        speed=history[e.REACHED],
        wheel_power=history[e.WHEEL, :-1],
        brake_power=history[e.BRAKED, :-1],
        source_power=history[e.GIVEN, :-1],
        unit_speed=np.repeat(speed[:, None], torque.shape[1], axis=1),
        unit_torque=torque,
        gear=np.zeros(count, np.int8),
        soc=history[e.STATE],
        warmth=np.full(points, np.nan),
    )


def _unit_torque(vehicles: Vehicles, history: Array, speed: Array) -> Array:
    """Return the torque of each unit (K - 1, U), the front one first."""
    axles, total = vehicles.axles[0], history[e.TORQUE, :-1]
    if len(axles.units) == 1:
        return total[:, None]
    if axles.front_share is not None:
        front = total * axles.front_share
    else:
        voltage = np.interp(history[e.STATE, :-1], vehicles.batteries[0].soc, vehicles.batteries[0].voltage)
        front = _front_torque(axles, voltage, speed, total)
    return np.stack([front, total - front], axis=1)


def _front_torque(axles: Axles, voltage: Array, speed: Array, total: Array) -> Array:
    """Return the least-loss torque of the front unit, linear between the nodes at which it was found."""
    assert axles.front_torque is not None
    m = axles.map
    table = np.array(axles.front_torque)
    for line in table.reshape(-1, m.torque.size):
        known = np.flatnonzero(np.isfinite(line))
        outside = np.setdiff1d(np.arange(line.size), known)
        nearest = known[np.argmin(np.abs(outside[:, None] - known), axis=1)]
        line[outside] = line[nearest] + 0.5 * (m.torque[outside] - m.torque[nearest])
    i, u = locate(m.voltage, voltage) if m.voltage.size > 1 else (np.zeros(speed.size, np.int64), np.zeros(speed.size))
    j, s = locate(m.speed, speed)
    k, w = locate(m.torque, total)
    u, above = np.clip(u, 0.0, 1.0), np.minimum(i + 1, m.voltage.size - 1)

    def plane(at: np.ndarray) -> Array:
        low = (1 - w) * table[at, j, k] + w * table[at, j, k + 1]
        return (1 - s) * low + s * ((1 - w) * table[at, j + 1, k] + w * table[at, j + 1, k + 1])

    return (1 - u) * plane(i) + u * plane(above)
