"""What cars can do at full load: 0-100 km/h, 80-120 km/h, top speed, slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, pi
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coaxle.errors import UseError
from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Executor, Threads
from coaxle.vehicle.body import Body
from coaxle.vehicle.filling import filled
from coaxle.vehicle.powertrain import Bev, Ice, Vehicle
from coaxle.vehicle.runs import Performance


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceSettings:
    """How a car is driven at full load, and how finely the time is cut.

    The times are properties of a technology, not of a car: torque follows the pedal as a first-order lag, in an engine
    that of the torque which needs no boost and that of the boost separately.

    Parameters
    ----------
    soc : float or None
        State of charge [-]; None for the upper end of the battery's window.
    machine_time : float
        Time constant of the torque of an electric drive unit, pedal filter and jerk limit included [s].
    throttle_time : float
        Time constant of the torque of an engine up to ``unboosted_pressure`` [s].
    boost_time : float
        Time constant of what the charger adds beyond that [s].
    unboosted_pressure : float
        Brake mean pressure that an engine gives without boost [Pa].
    launch_rise : float
        Engine speed held by the launch device at full load over that at part load [-].
    shift_time : float
        Time of an upshift [s].
    shift_torque : float
        Share of the torque that is left meanwhile [-].
    kick_down : float
        Time from the pedal to the pull in the lower gear, an engine's torque building up meanwhile [s].
    limiter : float or None
        Speed at which electronics end it [m/s].
    step : float
        Step in time [s].
    longest : float
        Time after which a speed counts as not reached [s].

    """

    soc: float | None = None
    machine_time: float = 0.1
    throttle_time: float = 0.1
    boost_time: float = 0.5
    unboosted_pressure: float = 10.5e5
    launch_rise: float = 1.0
    shift_time: float = 0.15
    shift_torque: float = 0.6
    kick_down: float = 0.3
    limiter: float | None = None
    step: float = 0.01
    longest: float = 120.0

    def __post_init__(self) -> None:
        for field in ("machine_time", "throttle_time", "boost_time", "unboosted_pressure", "shift_time", "kick_down"):
            _want(field, getattr(self, field), 0.0, np.inf)
        for field in ("step", "longest", "launch_rise"):
            _want(field, getattr(self, field), 1e-6, 1e6)
        _want("shift_torque", self.shift_torque, 0.0, 1.0)
        if self.soc is not None:
            _want("soc", self.soc, 0.0, 1.0)
        if self.limiter is not None:
            _want("limiter", self.limiter, 0.0, np.inf)


def _want(field: str, value: float, low: float, high: float) -> None:
    if not (isfinite(value) and low <= value <= high):
        raise UseError(f"performance settings: {field} is {value:g}; {low:g} to {high:g} is wanted")


TILT = 0.8
"""Largest grip times height over wheelbase [-]; at 1 the tyres could lift the whole car off its front axle."""
_STANDARD = PerformanceSettings()
_THREADS = Threads(chunk=8)


def perform(
    vehicles: Sequence[Vehicle], settings: PerformanceSettings = _STANDARD, where: Executor = _THREADS
) -> Performance:
    """Accelerate cars with the pedal down, find their top speeds and the steepest slopes on which they start.

    The car runs forward in time on a level road: tyres carry up to their grip at the load that their axle has under the
    acceleration, drive units give what their envelopes at the battery's terminal voltage and its power allow, engines
    their wide-open torque through launch device, gears and axle. What spins up a drive unit, an engine in gear and the
    wheels that they drive never passes the tyres and is not held against their grip; each axle's wheels are half of the
    body's ``rotating_share``. Wheels do not slip, nothing heats up, the state of charge stays, and the peak envelope
    holds as long as it takes: a top speed may be beyond what is held for long.

    Parameters
    ----------
    vehicles : sequence of Vehicle, (N,)
        Electric and combustion cars, mixed as they come.
    settings : PerformanceSettings
        How they are driven.
    where : Executor
        Who computes.

    Returns
    -------
    Performance, (N,)
        NaN where a car cannot do something at all.

    Raises
    ------
    UseError
        Where a car has no drive unit, or a figure lies beyond its map; the message names the car.

    """
    from coaxle.vehicle.kernels import forward, records

    count = len(vehicles)
    cars, gears, tables = np.zeros(count, records.CAR), np.zeros((count, _most_gears(vehicles))), _Tables()
    for row, vehicle in zip(cars, vehicles, strict=True):
        _write_body(row, vehicle, settings)
    for n, vehicle in enumerate(vehicles):
        if isinstance(vehicle.powertrain, Bev):
            _write_electric(cars[n], vehicle, vehicle.powertrain, tables, settings)
        else:
            _write_combustion(cars[n], gears[n], vehicle, vehicle.powertrain, tables, settings)
        if settings.limiter is not None:
            cars[n]["v_end"] = min(cars[n]["v_end"], settings.limiter)
    units, store = tables.packed()
    found = np.full((count, 4), np.nan)
    how = np.zeros(1, records.HOW)
    how[0] = (
        *(settings.step, settings.longest, settings.machine_time, settings.throttle_time, settings.boost_time),
        *(settings.shift_time, settings.shift_torque, settings.kick_down),
    )
    where.over(count, lambda first, last: forward.perform_rows(first, last, cars, units, gears, store, how, found))
    return Performance(
        names=tuple(vehicle.name for vehicle in vehicles),
        zero_to_100=found[:, forward.ZERO_TO_100],
        eighty_to_120=found[:, forward.EIGHTY_TO_120],
        top_speed=found[:, forward.TOP_SPEED],
        gradeability=found[:, forward.GRADE],
    )


def _most_gears(vehicles: Sequence[Vehicle]) -> int:
    counts = [len(v.powertrain.transmission.ratios) for v in vehicles if isinstance(v.powertrain, Ice)]
    return max(counts, default=1)


class _Tables:
    """Tables of maps laid flat one after another, each map once."""

    def __init__(self) -> None:
        self._at: dict[int, int] = {}
        self._kept: list[EduMap | EngineMap] = []
        self._units: list[tuple[float, ...]] = []
        self._store: list[Array] = []
        self._size = 0

    def unit(self, m: EduMap) -> int:
        """Return the row of a drive unit; a map of one voltage is laid down twice, so that it holds for any."""
        if id(m) not in self._at:
            loss, reach = filled(m), np.array(m.torque_max)
            rate, cells = 0.0, 1
            if m.voltage.size == 1:
                loss, reach = np.repeat(loss, 2, axis=0), np.repeat(reach, 2, axis=0)
            else:
                cells = m.voltage.size - 1
                rate = cells / float(m.voltage[-1] - m.voltage[0])
            speeds, torques = m.speed.size - 1, m.torque.size - 1
            axes = (float(m.voltage[0]), rate, cells, speeds / float(m.speed[-1]), speeds, float(m.torque[0]))
            places = (torques / float(m.torque[-1] - m.torque[0]), torques, self._lay(reach), self._lay(loss))
            self._at[id(m)] = len(self._units)
            self._units.append((*axes, *places))
            self._kept.append(m)
        return self._at[id(m)]

    def engine(self, m: EngineMap) -> int:
        """Return where the wide-open curve of an engine starts."""
        if id(m) not in self._at:
            self._at[id(m)] = self._lay(m.torque_max)
            self._kept.append(m)
        return self._at[id(m)]

    def packed(self) -> tuple[NDArray[Any], Array]:
        """Return the units and the store."""
        from coaxle.vehicle.kernels import records

        units = np.array(self._units, records.UNIT) if self._units else np.zeros(1, records.UNIT)
        return units, np.concatenate(self._store) if self._store else np.zeros(1)

    def _lay(self, table: Array) -> int:
        at = self._size
        self._store.append(np.ravel(table))
        self._size += table.size
        return at


def _write_body(row: Any, vehicle: Vehicle, settings: PerformanceSettings) -> None:
    body: Body = vehicle.body
    if not (isfinite(vehicle.mass) and vehicle.mass > 0):
        raise UseError(f"{vehicle.name}: mass is {vehicle.mass:g} kg; a figure above 0 is wanted")
    for field in ("wheel_radius", "wheelbase", "centre_height", "grip"):
        if not getattr(body, field) > 0:
            raise UseError(f"{vehicle.name}: {field} is {getattr(body, field):g}; a figure above 0 is wanted")
    load = body.coefficients(vehicle.mass)
    if not np.all(np.isfinite((*load, body.front_load, body.rotating_share))):
        raise UseError(f"{vehicle.name}: its road load {load} or a share of its body is not finite; numbers are wanted")
    tilt = body.grip * body.centre_height / body.wheelbase
    if tilt > TILT:
        raise UseError(
            f"{vehicle.name}: grip times centre_height over wheelbase is {tilt:.2g}; at most {TILT} is wanted, the car "
            "would lift an axle"
        )
    row["m"] = vehicle.mass
    row["m_front"] = row["m_rear"] = 0.5 * body.rotating_share * vehicle.mass  # two of the four wheels at each axle
    row["f0"], row["f1"], row["f2"] = load
    row["r"], row["front_load"], row["grip"] = body.wheel_radius, body.front_load, body.grip
    row["h_l"] = body.centre_height / body.wheelbase
    row["front"] = row["rear"] = -1
    row["gears"], row["share"] = 1, -1.0


def _write_electric(row: Any, vehicle: Vehicle, p: Bev, tables: _Tables, settings: PerformanceSettings) -> None:
    there = [unit for unit in (p.front, p.rear) if unit is not None]
    share, only = p.front_share, 1.0 if p.rear is None else 0.0
    if not there:
        raise UseError(f"{vehicle.name}: has neither a front nor a rear drive unit; at least one is wanted")
    if share is not None and not 0.0 <= share <= 1.0:
        raise UseError(f"{vehicle.name}: front_share is {share:g}; 0 to 1 is wanted")
    if share is not None and len(there) == 1 and share != only:
        raise UseError(f"{vehicle.name}: front_share is {share:g}; its only unit gives {only:g}")
    row["electric"] = 1
    if p.front is not None and share != 0.0:  # with a share of 0 or 1 the other axle is towed
        row["front"] = tables.unit(p.front)
    if p.rear is not None and share != 1.0:
        row["rear"] = tables.unit(p.rear)
    if share is not None:
        row["share"] = share
    for at, unit in (("m_front", p.front), ("m_rear", p.rear)):
        row[at] += unit.inertia / vehicle.body.wheel_radius**2 if unit is not None else 0.0
    row["v_end"] = min(float(unit.speed[-1]) for unit in there) * vehicle.body.wheel_radius
    row["p_aux"] = p.auxiliaries
    _write_battery(row, vehicle.name, p.battery, there, settings)


def _write_battery(
    row: Any, name: str, battery: BatteryMap, units: Sequence[EduMap], settings: PerformanceSettings
) -> None:
    soc = battery.soc_max if settings.soc is None else settings.soc
    u_oc, r_i, p_max = (
        float(np.interp(soc, battery.soc, line)) for line in (battery.voltage, battery.resistance, battery.power_max)
    )
    u_least = 0.5 * u_oc  # below that more current gives less power
    for unit in units:
        if unit.voltage.size > 1:
            low, high = float(unit.voltage[0]), float(unit.voltage[-1])
            if not low < u_oc <= high:
                raise UseError(
                    f"{name}: its battery has {u_oc:.0f} V at a state of charge of {soc:.0%}; the map of {unit.name} "
                    f"speaks of {low:.0f} to {high:.0f} V"
                )
            u_least = max(u_least, low)
    row["u_oc"], row["r_i"] = u_oc, r_i
    row["p_max"] = min(p_max, u_least * (u_oc - u_least) / r_i)


def _write_combustion(
    row: Any, gears: Array, vehicle: Vehicle, p: Ice, tables: _Tables, settings: PerformanceSettings
) -> None:
    engine, box, r = p.engine, p.transmission, vehicle.body.wheel_radius
    gears[: len(box.ratios)] = np.array(box.ratios) * p.axle_ratio / r
    if np.any(np.diff(box.ratios) >= 0):
        raise UseError(f"{vehicle.name}: the ratios of the gearbox do not fall from gear to gear")
    launch = box.launch_speed * settings.launch_rise
    if not engine.speed[0] <= launch <= engine.speed[-1]:
        raise UseError(
            f"{vehicle.name}: launches at {launch * 30 / pi:.0f} rpm; the map of {engine.name} speaks of "
            f"{engine.speed[0] * 30 / pi:.0f} to {engine.speed[-1] * 30 / pi:.0f} rpm"
        )
    row["axles"] = ("front", "rear", "all").index(p.driven)
    row["engine"] = tables.engine(engine)
    row["w_start"], row["w_end"], row["w_cells"] = engine.speed[0], engine.speed[-1], engine.speed.size - 1
    row["w_rate"] = (engine.speed.size - 1) / (engine.speed[-1] - engine.speed[0])
    row["t_prompt"] = settings.unboosted_pressure * engine.displacement / (4 * pi)
    row["j_engine"], row["gears"] = engine.inertia, len(box.ratios)
    row["w_launch"], row["stall"], row["coupling"] = launch, box.stall_ratio, box.coupling
    row["t_drag"], row["eta"] = box.drag, (1 - box.mesh) * (1 - p.axle_loss)
    row["p_alternator"] = p.auxiliaries / p.alternator.efficiency
    row["v_end"] = engine.speed[-1] / gears[len(box.ratios) - 1]
