"""Maps from measurements: of a drive unit, an engine, a battery."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.errors import MapError
from coaxle.maps.battery import BatteryMap
from coaxle.maps.edu import EduMap
from coaxle.maps.engine import EngineMap
from coaxle.maps.facts import BatteryFacts, Bridging, EduFacts, EngineFacts, Gear, MapGrid
from coaxle.maps.origin import Origin
from coaxle.maps.resample import RPM, Points, Surface, resample
from coaxle.maps.tables import EDU, ENGINE, MeasuredTable, read_columns, read_points
from coaxle.numerics.arrays import Array
from coaxle.numerics.sheet import rising

_BRIDGING, _GRID = Bridging(), MapGrid()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """Torques over speed (L,) [Nm]; ``continuous`` None where nobody said."""

    speed: Array
    high: Array
    low: Array
    continuous: Array | None


def import_edu(
    table: MeasuredTable,
    facts: EduFacts,
    *,
    limits: MeasuredTable | None = None,
    gear: Gear | None = None,
    bridging: Bridging = _BRIDGING,
    grid: MapGrid = _GRID,
) -> EduMap:
    """Make the map of a drive unit from its measured losses.

    Parameters
    ----------
    table : MeasuredTable
        ``speed``, ``torque`` and ``loss`` or ``electric power`` (taken from the battery > 0), perhaps ``voltage``, as a
        long table, a matrix sheet or MATLAB arrays, at the output shaft.
    facts : EduFacts
        What the table does not say.
    limits : MeasuredTable, optional
        The envelope: ``speed``, ``torque max``, ``torque min``, ``torque continuous``, perhaps ``voltage``. Without it
        the envelope joins the outermost torques of each measured speed.
    gear : Gear, optional
        Given where table and limits speak of the machine's shaft: turns them to the output shaft, its losses added.
    bridging : Bridging
        What may be bridged where the table is silent.
    grid : MapGrid
        How fine the map is.

    Raises
    ------
    MapError
        Naming file, line and what is wanted; for a hole inside the envelope its speed and torque at the output shaft.

    """
    points, notes = read_points(table, EDU), [facts.limits] if facts.limits else []
    voltages, groups = _by_voltage(points, facts)
    curves = _curves(limits, voltages) if limits else [_outermost(group, bridging) for group in groups]
    surfaces, envelopes = [], []
    for group, curve in zip(groups, curves, strict=True):
        completed = _completed(group, bridging, notes, generating=bool(np.any(curve.low < 0)) or limits is None)
        envelope = _mirrored(curve) if bridging.mirrored and limits is None else curve
        surfaces.append(Surface(_geared_points(completed, gear), bridging.widest_gap))
        envelopes.append(_geared_envelope(envelope, gear))
    speed = np.linspace(0.0, min(float(e.speed[-1]) for e in envelopes), grid.speeds)
    high = np.array([np.interp(speed, e.speed, e.high) for e in envelopes])
    low = np.array([np.interp(speed, e.speed, e.low) for e in envelopes])
    if np.any(high < 0) or np.any(low > 0):
        raise MapError(f"{points.place}: the envelope excludes zero torque; torque min <= 0 <= torque max is wanted")
    torque = _torque_axis(float(low.min()), float(high.max()), grid.torques)
    loss = [resample(s, speed, torque, low[k], high[k], points.place) for k, s in enumerate(surfaces)]
    if gear is not None:
        notes.append(f"turned to the output shaft: ratio {gear.ratio:g}, mesh {gear.mesh:g}, drag {gear.drag:g} Nm")
    return EduMap(
        name=facts.name,
        voltage=voltages,
        speed=speed,
        torque=torque,
        loss=np.array(loss),
        torque_max=high,
        torque_min=low,
        torque_continuous=_continuous(points.place, facts, envelopes, speed, high),
        mass=facts.mass,
        inertia=facts.inertia,
        cost=facts.cost,
        origin=Origin(method="measured", source=facts.source, limits="; ".join(dict.fromkeys(notes))),
    )


def import_engine(
    table: MeasuredTable,
    facts: EngineFacts,
    *,
    limits: MeasuredTable,
    bridging: Bridging = _BRIDGING,
    grid: MapGrid = _GRID,
) -> EngineMap:
    """Make the map of an engine from its measured fuel rates.

    Parameters
    ----------
    table : MeasuredTable
        ``speed``, ``torque`` and ``fuel``, or ``bsfc`` where there is torque, as a long table, a matrix sheet or MATLAB
        arrays, warm, at the crankshaft.
    facts : EngineFacts
        What the table does not say.
    limits : MeasuredTable
        ``speed``, ``torque max`` (wide open) and ``torque drag`` (with the fuel cut, not above 0); the map reaches from
        its lowest to its highest speed.
    bridging : Bridging
        What may be bridged where the table is silent: gaps, and the fuel rate without torque.
    grid : MapGrid
        How fine the map is.

    Raises
    ------
    MapError
        Naming file, line and what is wanted; for a hole inside the envelope its speed and torque.

    """
    points, notes = read_points(table, ENGINE), [facts.limits] if facts.limits else []
    if points.voltage is not None:
        raise MapError(f"{points.place}: has a column 'voltage'; an engine has none")
    if np.any(points.torque < 0):
        raise MapError(f"{points.place}: holds a negative torque; the drag of the engine goes into its limits")
    curves = read_columns(limits, ("speed", "torque max", "torque drag"))
    if (back := rising(curves["speed"])) > 0:
        raise MapError(f"{limits.path}: speed {back + 1} does not rise; rising speeds are wanted")
    if bridging.no_load:
        points = _with_no_load(points, notes)
    speed = np.linspace(curves["speed"][0], curves["speed"][-1], grid.speeds)
    high = np.interp(speed, curves["speed"], curves["torque max"])
    torque = np.linspace(0.0, float(high.max()), grid.torques)
    return EngineMap(
        name=facts.name,
        fuel_kind=facts.fuel_kind,
        speed=speed,
        torque=torque,
        fuel=resample(Surface(points, bridging.widest_gap), speed, torque, np.zeros(speed.size), high, points.place),
        torque_max=high,
        torque_drag=np.interp(speed, curves["speed"], curves["torque drag"]),
        idle_speed=facts.idle_speed,
        displacement=facts.displacement,
        cold_friction=facts.cold_friction,
        warm_up_energy=facts.warm_up_energy,
        inertia=facts.inertia,
        mass=facts.mass,
        cost=facts.cost,
        origin=Origin(method="measured", source=facts.source, limits="; ".join(notes)),
    )


def import_battery(table: MeasuredTable, facts: BatteryFacts, *, states: int = 101) -> BatteryMap:
    """Make the map of a battery from a table over the state of charge.

    Parameters
    ----------
    table : MeasuredTable
        ``soc`` from 0 to 100 %, ``voltage`` (open circuit), ``resistance``, ``power max`` (discharge, >= 0) and
        ``power min`` (charge, <= 0), all of the pack.
    facts : BatteryFacts
        What the table does not say.
    states : int
        Nodes of the map.

    Raises
    ------
    MapError
        Naming file, line and what is wanted.

    """
    columns = read_columns(table, ("soc", "voltage", "resistance", "power max", "power min"))
    soc = columns["soc"]
    if rising(soc) > 0 or soc[0] != 0.0 or soc[-1] != 1.0:
        raise MapError(f"{table.path}: soc goes from {soc[0]:.0%} to {soc[-1]:.0%}; rising from 0 to 100 % is wanted")
    even = np.linspace(0.0, 1.0, states)
    return BatteryMap(
        name=facts.name,
        soc=even,
        voltage=np.interp(even, soc, columns["voltage"]),
        resistance=np.interp(even, soc, columns["resistance"]),
        power_max=np.interp(even, soc, columns["power max"]),
        power_min=np.interp(even, soc, columns["power min"]),
        charge=facts.charge,
        soc_max=facts.soc_max,
        soc_min=facts.soc_min,
        mass=facts.mass,
        cost=facts.cost,
        origin=Origin(method="measured", source=facts.source, limits=facts.limits),
    )


def _by_voltage(points: Points, facts: EduFacts) -> tuple[Array, list[Points]]:
    if points.voltage is None:
        if facts.voltage is None:
            raise MapError(f"{points.place}: has no column 'voltage'; the voltage it was measured at is wanted")
        return np.array([facts.voltage]), [points]
    voltages = np.unique(points.voltage)
    return voltages, [points.where(points.voltage == voltage) for voltage in voltages]


def _speeds(points: Points) -> Array:
    """Return the measured speeds, where each was measured at several torques; an error where they are scattered."""
    speeds, counts = np.unique(points.speed, return_counts=True)
    if counts.min() < 2:
        lone = speeds[int(np.argmin(counts))]
        raise MapError(
            f"{points.place}: at {lone / RPM:.5g} rpm stands one torque only; where speeds are scattered the envelope "
            "cannot be seen, limits with 'speed', 'torque max', 'torque min' are wanted"
        )
    return speeds


def _outermost(points: Points, bridging: Bridging) -> _Envelope:
    """Return the envelope that joins the outermost torques of each measured speed."""
    speeds = _speeds(points)
    if not bridging.mirrored and not np.any(points.torque < 0):
        raise MapError(f"{points.place}: holds no generating torque; that, limits, or bridging.mirrored is wanted")
    high = np.array([points.torque[points.speed == s].max() for s in speeds])
    low = np.array([points.torque[points.speed == s].min() for s in speeds])
    if speeds[0] > bridging.standstill_from:
        raise MapError(
            f"{points.place}: the lowest measured speed is {speeds[0] / RPM:.5g} rpm; standstill, or a "
            "bridging.standstill_from that reaches it, is wanted"
        )
    if speeds[0] > 0:
        speeds, high, low = np.append(0.0, speeds), np.append(high[0], high), np.append(low[0], low)
    return _Envelope(speed=speeds, high=high, low=low, continuous=None)


def _curves(limits: MeasuredTable, voltages: Array) -> list[_Envelope]:
    """Return the envelope at each voltage, from a table of limits."""
    columns = read_columns(limits, ("speed", "torque max", "torque min"), ("torque continuous", "voltage"))
    found = []
    for voltage in voltages:
        rows = columns["voltage"] == voltage if "voltage" in columns else np.full(columns["speed"].size, True)
        speed = columns["speed"][rows]
        if speed.size < 2 or rising(speed) > 0 or speed[0] != 0.0:
            raise MapError(f"{limits.path}: limits at {voltage:g} V want at least two rising speeds, the first 0")
        continuous = columns["torque continuous"][rows] if "torque continuous" in columns else None
        high, low = columns["torque max"][rows], columns["torque min"][rows]
        found.append(_Envelope(speed=speed, high=high, low=low, continuous=continuous))
    return found


def _completed(points: Points, bridging: Bridging, notes: list[str], *, generating: bool) -> Points:
    """Return the points with what ``bridging`` allows added, and note it."""
    if bridging.mirrored and np.any(points.torque < 0):
        raise MapError(f"{points.place}: holds generating torque; bridging.mirrored would contradict it")
    if bridging.mirrored and generating:
        driving = points.torque > 0
        points = points.with_more(points.speed[driving], -points.torque[driving], points.value[driving])
        notes.append("losses when generating are taken as those when driving at the same torque")
    lowest = float(points.speed.min())
    if 0 < lowest <= bridging.standstill_from:
        low = points.speed <= bridging.standstill_from
        low &= points.speed == lowest if np.sum(points.speed == lowest) > 1 else True
        points = points.with_more(np.zeros(int(low.sum())), points.torque[low], points.value[low])
        notes.append(f"below {lowest / RPM:.4g} rpm of the measured shaft the losses of that speed are taken")
    return points


def _with_no_load(points: Points, notes: list[str]) -> Points:
    """Return the points with one without torque at each speed, on the line through the two lowest torques."""
    speeds, values = [], []
    for speed in _speeds(points):
        there = points.where(points.speed == speed)
        first, second = np.argsort(there.torque)[:2]
        low, high = there.torque[first], there.torque[second]
        if low > 0:
            value = there.value[first] - (there.value[second] - there.value[first]) / (high - low) * low
            if value <= 0:
                raise MapError(
                    f"{points.place}: at {speed / RPM:.5g} rpm the line through {low:.4g} and {high:.4g} Nm leaves no "
                    "fuel without torque; a measured rate there is wanted"
                )
            speeds.append(speed)
            values.append(value)
    if speeds:
        notes.append("fuel without torque lies on the straight line through the two lowest measured torques")
    return points.with_more(np.array(speeds), np.zeros(len(speeds)), np.array(values))


def _mirrored(curve: _Envelope) -> _Envelope:
    return _Envelope(speed=curve.speed, high=curve.high, low=-curve.high, continuous=curve.continuous)


def _behind(gear: Gear, torque: Array) -> Array:
    """Return the torque behind the gears for ``torque`` before them."""
    return gear.ratio * (torque - gear.mesh * np.abs(torque) - gear.drag)


def _geared_points(points: Points, gear: Gear | None) -> Points:
    """Return the points at the output shaft; what the gears lose is added, so that the electric power stays."""
    if gear is None:
        return points
    lost = (gear.mesh * np.abs(points.torque) + gear.drag) * points.speed
    return Points(
        place=points.place,
        speed=points.speed / gear.ratio,
        torque=_behind(gear, points.torque),
        value=points.value + lost,
    )


def _geared_envelope(curve: _Envelope, gear: Gear | None) -> _Envelope:
    if gear is None:
        return curve
    return _Envelope(
        speed=curve.speed / gear.ratio,
        high=_behind(gear, curve.high),
        low=_behind(gear, curve.low),
        continuous=None if curve.continuous is None else _behind(gear, curve.continuous),
    )


def _torque_axis(low: float, high: float, nodes: int) -> Array:
    """Return an even axis over ``low`` to ``high`` that has zero, where losses have their edge, as a node."""
    step = (high - low) / (nodes - 1)
    return step * np.arange(-np.ceil(-low / step - 1e-9), np.ceil(high / step - 1e-9) + 1)


def _continuous(place: str, facts: EduFacts, envelopes: list[_Envelope], speed: Array, high: Array) -> Array:
    if all(e.continuous is not None for e in envelopes):
        return np.array([np.interp(speed, e.speed, e.continuous) for e in envelopes if e.continuous is not None])
    if facts.continuous_power is None:
        raise MapError(f"{place}: no limit says 'torque continuous'; that, or a continuous power, is wanted")
    limit = np.full(speed.size, np.inf)
    np.divide(facts.continuous_power, speed, out=limit, where=speed > 0)
    return np.minimum(high, limit)
