"""Where on its map a unit worked, gathered into few enough points to print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.maps import EduMap, EngineMap
from coaxle.numerics.arrays import Array
from coaxle.vehicle.runs import Trace

CELLS_ACROSS = 44
CELLS_UP = 44


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Duty:
    """Operating points of one unit: speed [rad/s], torque [Nm], each with its share of the energy [-]; (n,) each.

    ``name`` tells the car and cycle, ``place`` where the unit sits in it, ``energy`` what is shared out: the sum over
    all points [J].
    """

    name: str
    place: str
    speed: Array
    torque: Array
    share: Array
    energy: float


def duty(trace: Trace, unit: int, machine: EduMap | EngineMap, place: str = "") -> Duty:
    """Return where ``unit`` of ``trace`` worked on ``machine``.

    A drive unit's points are weighted with the energy through its shaft, motoring and generating, an engine's with the
    fuel energy it burnt. Points within one cell of a coarse grid become one, at their weighted mean.
    """
    step = np.diff(trace.time)
    speed, torque = trace.unit_speed[:, unit], trace.unit_torque[:, unit]
    power = np.abs(speed * torque) if isinstance(machine, EduMap) else np.maximum(trace.source_power, 0.0)
    weight = np.where((speed > 0) & np.isfinite(torque), power * step, 0.0)
    low = float(machine.torque[0]) if isinstance(machine, EduMap) else float(np.min(machine.torque_drag))
    across = np.clip(speed / machine.speed[-1] * CELLS_ACROSS, 0, CELLS_ACROSS - 1).astype(np.int64)
    up = np.clip((torque - low) / (machine.torque[-1] - low) * CELLS_UP, 0, CELLS_UP - 1).astype(np.int64)
    cell = across * CELLS_UP + up
    size = CELLS_ACROSS * CELLS_UP
    total = np.asarray(np.bincount(cell, weight, size), dtype=np.float64)
    used = total > 0
    mean_speed = np.bincount(cell, weight * speed, size)[used] / total[used]
    mean_torque = np.bincount(cell, weight * torque, size)[used] / total[used]
    energy = float(weight.sum())
    return Duty(
        name=f"{trace.name} on {trace.cycle}",
        place=place,
        speed=mean_speed,
        torque=mean_torque,
        share=total[used] / energy if energy > 0 else total[used],
        energy=energy,
    )
