"""Combustion cars over a cycle: laid out for the kernel, driven, and put together as Runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coaxle.cycles.cycle import Cycle
from coaxle.errors import UseError
from coaxle.maps import EngineMap
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Executor
from coaxle.units import show
from coaxle.vehicle.body import GRAVITY
from coaxle.vehicle.kernels import combustion as c
from coaxle.vehicle.kernels import engine as e
from coaxle.vehicle.packing import pack_cycle
from coaxle.vehicle.powertrain import Ice, Transmission, Vehicle
from coaxle.vehicle.runs import ENERGIES, Runs, Trace
from coaxle.vehicle.settings import DriveSettings

NO_HISTORY = np.empty((c.HISTORY, 0))


def drive_combustion(vehicles: Sequence[Vehicle], cycle: Cycle, settings: DriveSettings, where: Executor) -> Runs:
    """Drive every combustion car over the cycle and return what each spent, in the order given.

    Raises
    ------
    UseError
        Where a vehicle or a setting cannot be used at all; the message names it.

    """
    fuels = [_powertrain(vehicle).engine.fuel_kind for vehicle in vehicles]
    steps, cars, engines = _pack(vehicles, cycle, settings)
    totals = _new_totals(len(vehicles), len(cycle.phases))
    where.over(len(vehicles), partial(_work, cars, engines, steps, totals))
    fuel = totals.fuel
    return Runs(
        names=tuple(vehicle.name for vehicle in vehicles),
        cycle=cycle.name,
        phases=cycle.phases,
        energy=totals.energy,
        distance=totals.distance,
        wall=np.zeros_like(fuel),
        fuel=fuel,
        co2=fuel * np.array([kind.co2 for kind in fuels])[:, None],
        fuel_volume=fuel / np.array([kind.density for kind in fuels])[:, None],
        ended=totals.ended,
        miss_speed=totals.misses[:, c.SPEED],
        miss_power=totals.misses[:, c.POWER],
        miss_time=totals.misses[:, c.TIME],
        miss_first=totals.misses[:, c.FIRST],
        soc_end=np.full(len(vehicles), np.nan),
    )


def trace_combustion(vehicle: Vehicle, cycle: Cycle, settings: DriveSettings) -> Trace:
    """Drive one combustion car over the cycle and return what it did in time; its energies are those of the run.

    The torque told is what the crankshaft gives to gearbox, alternator and its own inertia; the map is read at that
    torque and the extra friction of the cold engine. Speed and torque are 0 while the engine stands.

    Raises
    ------
    UseError
        Where the vehicle or a setting cannot be used at all; the message names it.

    """
    engine = _powertrain(vehicle).engine
    steps, cars, engines = _pack([vehicle], cycle, settings)
    history = np.zeros((c.HISTORY, cycle.time.size))
    c.follow(0, 1, cars, engines, steps, _new_totals(1, len(cycle.phases)), history)
    return Trace(
        name=vehicle.name,
        cycle=cycle.name,
        units=(engine.name,),
        time=cycle.time,
        speed_wanted=cycle.speed,
        speed=history[c.REACHED],
        wheel_power=history[c.WHEEL, :-1],
        brake_power=history[c.BRAKED, :-1],
        source_power=history[c.GIVEN, :-1],
        unit_speed=history[c.SHAFT, :-1, None],
        unit_torque=history[c.TORQUE, :-1, None],
        gear=history[c.GEAR, :-1],
        soc=np.full(cycle.time.size, np.nan),
        warmth=history[c.WARMTH],
    )


def _work(cars: c.Cars, engines: c.Engines, steps: c.Cycle, totals: c.Totals, first: int, last: int) -> None:
    c.follow(first, last, cars, engines, steps, totals, NO_HISTORY)


def _powertrain(vehicle: Vehicle) -> Ice:
    if not isinstance(vehicle.powertrain, Ice):
        raise UseError(f"{vehicle.name}: has no engine; a combustion powertrain is wanted")
    return vehicle.powertrain


def _new_totals(rows: int, phases: int) -> c.Totals:
    return c.Totals(
        energy=np.zeros((rows, phases, len(ENERGIES))),
        distance=np.zeros((rows, phases)),
        fuel=np.zeros((rows, phases)),
        misses=np.zeros((rows, 4)),
        ended=np.zeros(rows, np.int64),
    )


def _pack(vehicles: Sequence[Vehicle], cycle: Cycle, settings: DriveSettings) -> tuple[c.Cycle, c.Cars, c.Engines]:
    if not 0.0 <= settings.warmth <= 1.0:
        raise UseError(f"settings.warmth: {settings.warmth:g}; a share from 0 (cold) to 1 (warm) is wanted")
    steps = _pack_steps(cycle)
    trains = {id(vehicle.powertrain): _powertrain(vehicle) for vehicle in vehicles}
    maps = {id(train.engine): train.engine for train in trains.values()}
    return steps, _pack_cars(vehicles, steps, 1.0 - settings.warmth), pack_engines(list(maps.values()))


def _pack_steps(cycle: Cycle) -> c.Cycle:
    """Return the steps of a cycle, with what every row would compute again."""
    laid = pack_cycle(cycle)
    steps = np.zeros(laid.span.size, e.STEP)
    steps["dt"], steps["v0"], steps["v1"] = laid.span, laid.speed[:-1], laid.speed[1:]
    steps["a"], steps["v"], steps["square"], steps["slope"] = laid.rate, laid.mean, laid.square, laid.slope
    np.divide(1.0, laid.mean, out=steps["inverse"], where=laid.mean > 0)
    return c.Cycle(
        steps=steps,
        level=laid.level,
        time=laid.time[:-1].copy(),
        borders=np.searchsorted(cycle.time, cycle.borders).astype(np.int64),
        duration=np.diff(cycle.borders),
        distance=cycle.phase_distance,
    )


def pack_engines(maps: Sequence[EngineMap]) -> c.Engines:
    """Return maps node by node; each keeps its own grid, and shorter ones end in zeros that are never read."""
    axes = np.zeros(len(maps), e.ENGINE)
    tables = []
    for row, m in enumerate(maps):
        speeds, torques = m.fuel.shape
        ends = speeds - 1, torques - 1
        axes[row] = (
            m.speed[0],
            ends[0] / (m.speed[-1] - m.speed[0]),
            np.nextafter(ends[0], 0.0),
            ends[1] / (m.torque[-1] - m.torque[0]),
            np.nextafter(ends[1], 0.0),
            torques + 2,
        )
        tables.append(np.column_stack([m.torque_max, m.torque_drag, filled(m)]).ravel())
    nodes = np.zeros((len(maps), max(table.size for table in tables)))
    for row, table in enumerate(tables):
        nodes[row, : table.size] = table
    return c.Engines(axes=axes, nodes=nodes)


def filled(m: EngineMap) -> Array:
    """Return the fuel rates (S, T) with the nodes that hold none put on the straight line through the last two known.

    Such nodes lie outside the envelope; they count only in the cells that it cuts. Where a speed knows no second rate,
    the line takes the slope that the other speeds have from their first to their second node.
    """
    table = np.array(m.fuel)
    rises = table[:, 1] - table[:, 0]
    usual = float(np.nanmedian(rises)) if np.isfinite(rises).any() else 0.0
    for line in table:
        known = int(np.argmin(np.isfinite(line))) if not np.isfinite(line).all() else line.size
        slope = line[known - 1] - line[known - 2] if known > 1 else usual
        line[known:] = line[known - 1] + slope * np.arange(1, line.size - known + 1)
    return table


def _pack_cars(vehicles: Sequence[Vehicle], steps: c.Cycle, cold: float) -> c.Cars:
    """Return the rows; what belongs to a powertrain is worked out once for all that have it."""
    trains = {id(vehicle.powertrain): _powertrain(vehicle) for vehicle in vehicles}
    which = _places([vehicle.powertrain for vehicle in vehicles])
    for train, at in zip(trains.values(), np.unique(which, return_index=True)[1], strict=True):
        _check(vehicles[at].name, train, cold)
    engines = _places([train.engine for train in trains.values()])
    rows = [_figures(train, cold, place) for train, place in zip(trains.values(), engines.tolist(), strict=True)]
    figures = np.zeros(len(vehicles), e.CAR)
    for name in rows[0]:
        figures[name] = np.array([row[name] for row in rows])[which]
    radius = _write_bodies(figures, vehicles, steps)
    gears = _gear_tables(list(trains.values()))[which]
    gears[:, :, (e.KW, e.JK)] /= radius[:, None, None]
    gears[:, :, (e.IKW, e.LUG, e.OVER, e.TOP)] *= radius[:, None, None]
    figures["v_top"] = gears[np.arange(len(vehicles)), figures["gears"] - 1, e.TOP]
    return c.Cars(figures=figures, gears=gears)


def _places(things: Sequence[object]) -> NDArray[Any]:
    """Return for each of ``things`` its place among those that differ, in the order of their first appearance."""
    known: dict[int, int] = {}
    return np.array([known.setdefault(id(thing), len(known)) for thing in things], np.int64)


def _gear_tables(trains: Sequence[Ice]) -> Array:
    """Return the columns of the gears of each powertrain, for a wheel radius of 1 m."""
    most = max(len(train.transmission.ratios) for train in trains)
    tables = np.zeros((len(trains), most, 6))
    for table, train in zip(tables, trains, strict=True):
        t, m = train.transmission, train.engine
        k = np.array(t.ratios) * train.axle_ratio
        columns = k, 1 / k, m.inertia * k, t.lugging_speed / k, t.overrun_speed / k, m.speed[-1] / k
        table[: k.size] = np.column_stack(columns)
    return tables


def _figures(ice: Ice, cold: float, engine: int) -> dict[str, float]:
    """Return what a row has from its powertrain, whose map has the place ``engine``."""
    t, m, a, idling = ice.transmission, ice.engine, ice.alternator, ice.idling
    eta = (1.0 - t.mesh) * (1.0 - ice.axle_loss)
    return {
        "engine": engine,
        "gears": len(t.ratios),
        "eta": eta,
        "eta_inv": 1.0 / eta,
        "box": t.drag,
        "box_cold": t.drag * (t.cold_drag - 1.0),
        "standstill": t.standstill_drag,
        "stall": t.stall_ratio,
        "fall": (t.stall_ratio - 1.0) / t.coupling,
        "w_launch": t.launch_speed,
        "keep": 1.0 - t.torque_reserve,
        "hold": t.shift_hold,
        "w_idle": m.idle_speed,
        "w_rise": idling.cold_rise,
        "friction": m.cold_friction - 1.0,
        "stage": m.warm_up_energy / c.STAGES,
        "warm_up_inv": 1.0 / m.warm_up_energy,
        "cold": cold,
        "heating": m.fuel_kind.heating_value,
        "p_aux": ice.auxiliaries,
        "eta_alt": a.efficiency,
        "eta_alt_inv": 1.0 / a.efficiency,
        "p_alt_max": a.power,
        "content_max": a.content if ice.recuperation else -np.inf,
        "trip": a.round_trip,
        "trip_inv": 1.0 / a.round_trip,
        "stop_cold": 1.0 - idling.stop_warmth if ice.stop_start else -1.0,
        "stop_delay": idling.stop_delay,
        "restart": idling.restart,
    }


_BODY = (
    ("mass", 1.0, "mass"),
    ("body.wheel_radius", 0.01, "length"),
    ("body.wheelbase", 0.1, "length"),
    ("body.rotating_share", 0.0, "ratio"),
    ("body.front_load", 0.0, "ratio"),
    ("body.grip", 0.01, "ratio"),
    ("body.centre_height", 0.0, "length"),
)
"""Figures of a car beside its road load: name, least value, dimension."""
_DRIVEN = {"front": (0.0, 1.0, -1.0), "rear": (1.0, -1.0, 1.0), "all": (1.0, 0.0, 0.0)}
"""Share of the weight on the driven axles, as a line over the front axle's, and which way it shifts."""


def _write_bodies(figures: NDArray[Any], vehicles: Sequence[Vehicle], steps: c.Cycle) -> Array:
    """Write what the rows have from their bodies, and return the radii of their wheels."""
    rows = []
    for vehicle in vehicles:
        b = vehicle.body
        own = (vehicle.mass, b.wheel_radius, b.wheelbase, b.rotating_share, b.front_load, b.grip, b.centre_height)
        rows.append((*own, *b.coefficients(vehicle.mass), *_DRIVEN[_powertrain(vehicle).driven]))
    table = np.array(rows)
    mass, radius, wheelbase, rotating, front, grip, height, f0, f1, f2, share, over_front, shift = table.T
    for (field, low, dimension), column in zip(_BODY, table.T, strict=False):
        bad = np.flatnonzero(~((column >= low) & (column < np.inf)))
        if bad.size:
            said, least = show(column[bad[0]], dimension), show(low, dimension)
            raise UseError(f"{vehicles[bad[0]].name}.{field}: {said}; at least {least} is wanted")
    bad = np.flatnonzero(~np.isfinite(f0 + f1 + f2))
    if bad.size:
        raise UseError(f"{vehicles[bad[0]].name}.body.road_load: is not finite; finite figures are wanted")
    loads = steps.steps["a"] + GRAVITY * steps.steps["slope"]
    level, weight = float(steps.level.min()), mass * GRAVITY
    carried, slant = grip * (share + over_front * front) * weight, shift * grip * mass * height / wheelbase
    figures["m"], figures["weight"] = mass * (1.0 + rotating), weight
    figures["f0"], figures["f1"], figures["f2"] = f0, f1, f2
    figures["tyre"] = carried * level + np.minimum(slant * loads.min(), slant * loads.max())
    figures["tyre_load"], figures["tyre_shift"] = carried, slant
    figures["brake"], figures["brake_load"] = grip * weight * level, grip * weight
    return radius


def _check(name: str, ice: Ice, cold: float) -> None:
    """Raise UseError where a powertrain cannot be driven as told."""
    t, m, a, idling = ice.transmission, ice.engine, ice.alternator, ice.idling
    first, last = float(m.speed[0]), float(m.speed[-1])
    _check_ratios(name, t)
    for field, value, low, high, dimension in (
        ("axle_ratio", ice.axle_ratio, 0.01, 100.0, "ratio"),
        ("axle_loss", ice.axle_loss, 0.0, 0.99, "ratio"),
        ("auxiliaries", ice.auxiliaries, 0.0, a.power, "power"),
        ("transmission.mesh", t.mesh, 0.0, 0.99, "ratio"),
        ("transmission.drag", t.drag, 0.0, 1e3, "torque"),
        ("transmission.cold_drag", t.cold_drag, 1.0, 100.0, "ratio"),
        ("transmission.standstill_drag", t.standstill_drag, 0.0, 1e3, "torque"),
        ("transmission.stall_ratio", t.stall_ratio, 1.0, 1.0 if t.launch == "clutch" else 5.0, "ratio"),
        ("transmission.coupling", t.coupling, 0.01, 1.0, "ratio"),
        ("transmission.launch_speed", t.launch_speed, first, last, "angular speed"),
        ("transmission.lugging_speed", t.lugging_speed, first, last, "angular speed"),
        ("transmission.overrun_speed", t.overrun_speed, first, last, "angular speed"),
        ("transmission.torque_reserve", t.torque_reserve, 0.0, 0.99, "ratio"),
        ("transmission.shift_hold", t.shift_hold, 0.0, 1e6, "time"),
        ("engine.idle_speed", m.idle_speed, 1.0, last, "angular speed"),
        ("idling.cold_rise", idling.cold_rise, 0.0, last - m.idle_speed, "angular speed"),
        ("idling.stop_warmth", idling.stop_warmth, 0.0, 1.0, "ratio"),
        ("idling.stop_delay", idling.stop_delay, 0.0, 1e6, "time"),
        ("idling.restart", idling.restart, 0.0, 1e6, "time"),
        ("alternator.power", a.power, 0.0, 1e6, "power"),
        ("alternator.efficiency", a.efficiency, 0.01, 1.0, "ratio"),
        ("alternator.content", a.content, 0.0, 1e9, "energy"),
        ("alternator.round_trip", a.round_trip, 0.01, 1.0, "ratio"),
    ):
        if not low <= value <= high:
            said, least, most = (show(figure, dimension) for figure in (value, low, high))
            raise UseError(f"{name}.{field}: {said}; {least} to {most} is wanted")
    best = t.stall_ratio**2 * t.coupling / (4.0 * (t.stall_ratio - 1.0)) if t.stall_ratio > 2.0 else t.coupling
    if best > 1.0:
        raise UseError(
            f"{name}.transmission.coupling: {t.coupling:g} with a stall ratio of {t.stall_ratio:g} is a converter that "
            f"gives more power than it takes; below {t.coupling / best:g} is wanted"
        )
    for chill in (cold, 0.0):
        w = m.idle_speed + idling.cold_rise * chill
        friction = -(m.cold_friction - 1.0) * chill * np.interp(w, m.speed, m.torque_drag)
        wanted = t.standstill_drag + ice.auxiliaries / (a.efficiency * w) + friction
        given = np.interp(w, m.speed, m.torque_max)
        if not wanted <= given:
            raise UseError(f"{name}: idling asks for {wanted:.0f} Nm; the engine gives {given:.0f} Nm at that speed")


def _check_ratios(name: str, t: Transmission) -> None:
    ratios = np.array(t.ratios)
    if not ratios.size or not np.all(ratios > 0) or not np.all(np.isfinite(ratios)) or np.any(np.diff(ratios) >= 0):
        raise UseError(f"{name}.transmission.ratios: {t.ratios}; positive ratios falling from first to top are wanted")
