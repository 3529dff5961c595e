"""Ratings of a unit at rated voltage: how much, for how long, and what keeps it from more."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from coaxle.design import gearbox as gears
from coaxle.design.edu import Unit
from coaxle.design.edu.operation import CONTROL, JUNCTION
from coaxle.design.machine.control import Bound
from coaxle.numerics.arrays import Array
from coaxle.report.unit.losses import first_of, rated

DURATIONS = {"peak": 0.0, "10 s": 10.0, "30 s": 30.0, "30 min": 1800.0, "continuous": inf}
"""Names of ratings [s]; the peak is what currents, voltage and control allow, heat left aside."""
BOUNDS: dict[int, str] = {
    Bound.NONE: "no currents",
    Bound.CURRENT: "current",
    Bound.BOTH: "current and voltage",
    Bound.VOLTAGE: "voltage",
    Bound.MAP: "field current",
    CONTROL: "control",
    JUNCTION: "inverter's junctions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One duration: largest torque and largest power at the output shaft, each with its speed and what limits it.

    ``torque`` [Nm], ``power`` [W], speeds of the output shaft [rad/s]; ``shaft`` is the largest torque at the machine's
    shaft [Nm].
    """

    name: str
    duration: float
    torque: float
    torque_speed: float
    torque_limit: str
    power: float
    power_speed: float
    power_limit: str
    shaft: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The point of best efficiency at rated voltage: motoring, from DC terminals to output shaft."""

    efficiency: float
    speed: float
    torque: float


def ratings(unit: Unit) -> tuple[Rating, ...]:
    """Return the ratings of a unit."""
    return tuple(_rating(unit, name) for name in DURATIONS)


def shaft_torque(unit: Unit, name: str) -> Array:
    """Return the torque at the machine's shaft (S,) [Nm] of a rating by its name."""
    operation, v = unit.operation, rated(unit)
    peak = np.maximum(operation.torque[v, :, -1] - operation.drag, 0.0)
    if name == "peak":
        return peak
    rows = unit.endurance.ratings
    return np.asarray(np.minimum(rows.torque[rows.row(DURATIONS[name])], peak))


def output_torque(unit: Unit, shaft: Array) -> Array:
    """Return the torque at the output shaft (S,) [Nm] for one at the machine's."""
    parts = unit.parts
    out = gears.output_torque(parts.gearbox, shaft, unit.operation.speed, parts.unit.conditions.oil)
    return np.maximum(np.asarray(out), 0.0)


def best(unit: Unit) -> Best:
    """Return the point of best efficiency among the nodes of the map."""
    loss = unit.map.loss[rated(unit)]
    power = unit.map.speed[:, None] * np.maximum(unit.map.torque, 0.0)[None, :]
    efficiency = np.where(np.isfinite(loss) & (power > 0), power / np.maximum(power + np.nan_to_num(loss), 1e-9), 0.0)
    s, t = np.unravel_index(int(np.argmax(efficiency)), efficiency.shape)
    return Best(efficiency=float(efficiency[s, t]), speed=float(unit.map.speed[s]), torque=float(unit.map.torque[t]))


def limit_at(unit: Unit, name: str, speed: int) -> str:
    """Return what keeps a rating from more at the ``speed``-th speed."""
    heat = unit.endurance.ratings
    if name != "peak":
        said = heat.said(DURATIONS[name], speed)
        if said != "not limited by heat":
            return said
    return BOUNDS[int(unit.operation.binds[rated(unit), speed])]


def _rating(unit: Unit, name: str) -> Rating:
    shaft = shaft_torque(unit, name)
    out, speed = output_torque(unit, shaft), unit.map.speed
    # of several speeds with the same torque the lowest that turns
    turning = np.flatnonzero(out >= out.max() * (1 - 1e-3))
    low = int(turning[turning > 0][0]) if (turning > 0).any() else int(turning[0])
    strong = first_of(out * speed)
    return Rating(
        name=name,
        duration=DURATIONS[name],
        torque=float(out[low]),
        torque_speed=float(speed[low]),
        torque_limit=limit_at(unit, name, low),
        power=float(out[strong] * speed[strong]),
        power_speed=float(speed[strong]),
        power_limit=limit_at(unit, name, strong),
        shaft=float(shaft.max()),
    )
