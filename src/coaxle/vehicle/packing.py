"""Lay cars, maps, batteries and a cycle out as the kernels want them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.maps import BatteryMap, EduMap
from coaxle.numerics.arrays import Array
from coaxle.vehicle.body import GRAVITY
from coaxle.vehicle.kernels import electric as e
from coaxle.vehicle.pair import Axles
from coaxle.vehicle.vehicles import Vehicles


def pack_cycle(cycle: Cycle) -> e.Steps:
    """Return the steps of a cycle; speed is linear within a step, and a slope is the mean of that at its ends."""
    v0, v1 = cycle.speed[:-1], cycle.speed[1:]
    span = np.diff(cycle.time)
    rise = np.arctan(0.5 * (cycle.grade[:-1] + cycle.grade[1:]))
    return e.Steps(
        time=np.array(cycle.time),
        speed=np.array(cycle.speed),
        mean=0.5 * (v0 + v1),
        square=(v0 * v0 + v0 * v1 + v1 * v1) / 3.0,
        rate=(v1 - v0) / span,
        span=span,
        slope=np.sin(rise),
        level=np.cos(rise),
        phase=np.searchsorted(cycle.borders, cycle.time[:-1], side="right").astype(np.int64) - 1,
    )


def pack_units(axles: Sequence[Axles]) -> e.Units:
    """Return the maps of ``axles`` laid flat one after another."""
    places, voltage = np.zeros((len(axles), 7), np.int64), np.zeros((len(axles), 3))
    store: list[Array] = []
    at = 0
    for row, one in enumerate(axles):
        m = one.map
        places[row, e.V], places[row, e.S], places[row, e.T] = m.loss.shape
        rate = (m.voltage.size - 1) / (m.voltage[-1] - m.voltage[0]) if m.voltage.size > 1 else 0.0
        voltage[row] = (m.voltage[0], rate, m.voltage[-1])
        tables = ((e.LOSS_AT, one.loss), (e.HIGH_AT, m.torque_max), (e.LOW_AT, m.torque_min), (e.KNOWN_AT, _known(m)))
        for which, table in tables:
            places[row, which] = at
            store.append(table.ravel())
            at += table.size
    return e.Units(store=np.concatenate(store), places=places, voltage=voltage)


def _known(m: EduMap) -> Array:
    """Return the losses of a map, NaN at every node outside its envelope, whether a figure stands there or not."""
    inside = (m.torque <= m.torque_max[:, :, None]) & (m.torque >= m.torque_min[:, :, None])
    return np.where(inside, m.loss, np.nan)


def pack_batteries(batteries: Sequence[BatteryMap]) -> e.Batteries:
    """Return batteries laid flat one after another."""
    sizes = [battery.soc.size for battery in batteries]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    lines = [[b.voltage, b.resistance, b.power_max, b.power_min] for b in batteries]
    return e.Batteries(
        places=np.stack([starts, np.array(sizes) - 1], axis=1).astype(np.int64),
        table=np.concatenate([np.array(line) for line in lines], axis=1),
    )


def pack_cars(vehicles: Vehicles, soc: float | None, steps: e.Steps) -> e.Cars:
    """Return the figures of every row; ``soc`` None starts at the upper end of the battery's window."""
    v = vehicles
    maps, batteries = [axles.map for axles in v.axles], v.batteries

    def of_map(values: list[float]) -> Array:
        return np.array(values, np.float64)[v.axle]

    def of_battery(values: list[float]) -> Array:
        return np.array(values, np.float64)[v.battery]

    figures = np.empty((len(v), e.FIGURES))
    r = v.wheel_radius
    inertia = v.mass * (1.0 + v.rotating_share) + of_map([m.inertia for m in maps]) / (r * r)
    figures[:, e.INERTIA] = inertia
    figures[:, e.F0], figures[:, e.F1], figures[:, e.F2] = v.f0, v.f1, v.f2
    figures[:, e.WEIGHT] = v.mass * GRAVITY
    figures[:, e.REGEN] = inertia * v.max_deceleration
    figures[:, e.BLEND_TO] = v.blend_to
    figures[:, e.BLEND_RATE] = 1.0 / np.maximum(v.blend_from - v.blend_to, 1e-9)
    figures[:, e.SPEED_RATE] = of_map([(m.speed.size - 1) / m.speed[-1] for m in maps]) / r
    rate = of_map([(m.torque.size - 1) / (m.torque[-1] - m.torque[0]) for m in maps])
    figures[:, e.FORCE_RATE] = r * rate
    figures[:, e.ZERO] = -of_map([m.torque[0] for m in maps]) * rate
    figures[:, e.AUXILIARIES] = v.auxiliaries
    figures[:, e.RADIUS] = r
    figures[:, e.SPEED_END] = of_map([m.speed[-1] for m in maps]) * r
    _tyres(v, steps, figures)
    figures[:, e.SOC] = of_battery([b.soc_max for b in batteries]) if soc is None else soc
    figures[:, e.SOC_MIN] = of_battery([b.soc_min for b in batteries])
    figures[:, e.PER_CHARGE] = of_battery([1.0 / b.charge for b in batteries])
    return e.Cars(figures=figures, unit=np.array(v.axle), battery=np.array(v.battery))


def _tyres(v: Vehicles, steps: e.Steps, figures: Array) -> None:
    """Write what the tyres carry, as lines over the acceleration.

    The normal force of an axle is its static share plus or minus mass * acceleration * height / wheelbase, with what
    a slope adds to the acceleration. A unit's axle bears its share of the force; where the share is free, the axles
    bear together what both can.
    """
    share = np.array([np.nan if a.front_share is None else a.front_share for a in v.axles])[v.axle]
    weight, shift = v.grip * v.mass * GRAVITY, v.grip * v.mass * v.centre_height / v.wheelbase
    free = np.isnan(share)
    front, rear = np.where(free, 1.0, share), np.where(free, 1.0, 1.0 - share)
    with np.errstate(divide="ignore", invalid="ignore"):
        load = [weight * v.front_load / front, weight * (1.0 - v.front_load) / rear]
        slant = [-shift / front, shift / rear]
    for at, part in enumerate((front, rear)):
        load[at] = np.where(part > 0, load[at], np.inf)
        slant[at] = np.where(part > 0, slant[at], 0.0)
        load[at] = np.where(free, weight, load[at])
        slant[at] = np.where(free, 0.0, slant[at])
    figures[:, e.LOAD_1], figures[:, e.LOAD_2] = load
    figures[:, e.SHIFT_1], figures[:, e.SHIFT_2] = slant
    figures[:, e.GRIP] = weight
    load_on_cycle = steps.rate + GRAVITY * steps.slope
    level = float(steps.level.min())
    ends = [load_on_cycle.min(), load_on_cycle.max()]
    reaches = [one * level + tilt * end for one, tilt in zip(load, slant, strict=True) for end in ends]
    figures[:, e.LEAST] = np.min(reaches, axis=0)
    figures[:, e.LEAST_GRIP] = weight * level
