"""Follow a cycle: speed given, torque follows; any number of cars of any powertrain in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.errors import UseError
from coaxle.numerics.rows import Executor, Threads
from coaxle.vehicle.electric import drive_electric
from coaxle.vehicle.powertrain import Bev, Ice, Vehicle
from coaxle.vehicle.runs import Runs
from coaxle.vehicle.settings import DriveSettings
from coaxle.vehicle.trace import trace
from coaxle.vehicle.vehicles import Vehicles

__all__ = ["drive", "trace"]

_SETTINGS = DriveSettings()
_THREADS = Threads()


def drive(
    vehicles: Sequence[Vehicle] | Vehicles,
    cycle: Cycle,
    settings: DriveSettings = _SETTINGS,
    where: Executor = _THREADS,
) -> Runs:
    """Drive every vehicle over the cycle and return what each spent, in the order given.

    A car that cannot follow the trace goes on as fast as it can; its row says so. See ``docs/theory/vehicle.md``.

    Parameters
    ----------
    vehicles : sequence of Vehicle, or Vehicles
        The rows; electric and combustion cars may stand beside each other. A :class:`Vehicles` is a batch of electric
        cars as arrays, for many thousand rows.
    cycle : Cycle
        The trace.
    settings : DriveSettings
        State of the cars at the start.
    where : Executor
        Who computes; it does not change the result.

    Raises
    ------
    UseError
        Where a vehicle or a setting cannot be used at all; the message names it.

    """
    if isinstance(vehicles, Vehicles):
        return drive_electric(vehicles, cycle, settings, where)
    electric = [i for i, vehicle in enumerate(vehicles) if isinstance(vehicle.powertrain, Bev)]
    combustion = [i for i, vehicle in enumerate(vehicles) if isinstance(vehicle.powertrain, Ice)]
    if not vehicles:
        raise UseError("vehicles: is empty; at least one vehicle is wanted")
    parts: list[tuple[list[int], Runs]] = []
    if electric:
        batch = Vehicles.of([vehicles[i] for i in electric])
        parts.append((electric, drive_electric(batch, cycle, settings, where)))
    if combustion:
        from coaxle.vehicle.combustion import drive_combustion

        parts.append((combustion, drive_combustion([vehicles[i] for i in combustion], cycle, settings, where)))
    return parts[0][1] if len(parts) == 1 else _in_order(parts, len(vehicles))


def _in_order(parts: list[tuple[list[int], Runs]], count: int) -> Runs:
    """Return the rows of ``parts``, each a batch with the places of its rows, as one batch of ``count`` rows."""
    order = np.argsort(np.concatenate([np.asarray(places) for places, _ in parts]))
    names = [name for _, runs in parts for name in runs.names]
    columns: dict[str, Any] = {
        field.name: np.concatenate([getattr(runs, field.name) for _, runs in parts])[order]
        for field in fields(Runs)
        if field.name not in ("names", "cycle", "phases")
    }
    first = parts[0][1]
    return Runs(names=tuple(names[i] for i in order), cycle=first.cycle, phases=first.phases, **columns)
