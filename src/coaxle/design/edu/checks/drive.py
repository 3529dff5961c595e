"""What gears bear, and what the inverter bears in a standing car."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

import numpy as np

from coaxle.design import gearbox as gears
from coaxle.design import inverter as inv
from coaxle.design.edu.checks.check import RULE, Case, Check, at_least, at_most, rpm

CYCLES = 1e6
"""Turns of the pinion at peak torque in a car's life: some three hours at base speed."""
PITTING, BENDING = 1.0, 1.2
"""Least safeties."""
ISO = "ISO 6336-2 and -3 (DIN 3990): S_H at least 1.0, S_F at least 1.2"
HOLD = 10.0
"""That a car is held on a hill by its machine [s]."""
HELD = 0.5
"""Of the torque of the map at rest: what a steep hill asks for, a start apart."""
_CURRENTS = 200


def drive_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of gears and of the inverter."""
    yield from _gears(case)
    yield _hill(case)
    yield _junction(case)


def life_factor_pitting(cycles: float) -> float:
    """Return Z_NT of case-hardened teeth without pits: 1.6 up to 1e5 cycles, 1 from 5e7 on (ISO 6336-2, table 2)."""
    return _life(cycles, 1e5, 5e7, 1.6)


def life_factor_bending(cycles: float) -> float:
    """Return Y_NT of case-hardened teeth: 2.5 up to 1e3 cycles, 1 from 3e6 on (ISO 6336-3, table 1)."""
    return _life(cycles, 1e3, 3e6, 2.5)


def _life(cycles: float, low: float, high: float, top: float) -> float:
    inside = min(max(cycles, low), high)
    return float(top ** (log(high / inside) / log(high / low)))


def _gears(case: Case) -> Iterator[Check]:
    unit, operation, s = case.unit, case.unit.operation, case.lasting
    shaft = operation.torque[case.rated, :, -1] - operation.drag
    at = case.peak[1]
    lasting = float(unit.endurance.continuous[s] - operation.drag[s])
    rows = (
        ("peak", float(shaft[at]), float(operation.speed[at]), CYCLES),
        ("continuous", min(lasting, float(shaft[s])), float(operation.speed[s]), 1e10),
    )
    for word, torque, speed, cycles in rows:
        if torque <= 0:
            continue
        borne = gears.capacity(unit.parts.gearbox, torque, speed)
        note = f"{torque:.0f} Nm at {rpm(speed)}, {cycles:.0e} turns of the pinion"
        pitting, mesh = _least([each.pitting for each in borne])
        yield at_least(
            f"gears, pitting at {word} torque",
            pitting * life_factor_pitting(cycles),
            PITTING,
            "",
            f"{mesh} of {len(borne)} meshes, {note}",
            ISO,
        )
        bending, mesh = _least([each.bending for each in borne])
        yield at_least(
            f"gears, bending at {word} torque",
            bending * life_factor_bending(cycles),
            BENDING,
            "",
            f"{mesh} of {len(borne)} meshes, {note}",
            ISO,
        )


def _least(pairs: list[tuple[float, float | None]]) -> tuple[float, str]:
    """Return the least safety of all gears and which mesh has it."""
    found = [(safety, f"mesh {n}") for n, pair in enumerate(pairs, 1) for safety in pair if safety is not None]
    return min(found)


def _hill(case: Case) -> Check:
    """Return the torque that the inverter bears at rest for ten seconds, beside that of the map."""
    unit, points = case.unit, case.unit.operation.points
    inverter = unit.parts.inverter
    row, torque = points.current[case.rated, 0], points.torque[case.rated, 0]
    half = row.size // 2
    currents = row[-1] * np.arange(1, _CURRENTS + 1) / _CURRENTS
    volts, coolant = float(unit.operation.voltage[case.rated]), unit.parts.unit.conditions.coolant
    held = inv.standstill(inverter, unit.device, currents, volts, coolant, HOLD)
    good = held.code == int(inv.Limit.OK)
    count = good.size if good.all() else int(np.argmin(good))
    most = float(currents[count - 1]) if count else 0.0
    return at_least(
        "hill hold for 10 s",
        float(np.interp(most, row[half:], torque[half:])),
        HELD * float(torque[-1]),
        "Nm",
        f"{most:.0f} A in the phase that carries most, {volts:.0f} V; {torque[-1]:.0f} Nm when it turns; junction "
        f"below {unit.device.max_junction - 273.15:.0f} degC",
        f"{RULE}: half of the torque",
    )


def _junction(case: Case) -> Check:
    found = case.unit.operation.inverter
    allowed = case.unit.parts.inverter.device_junction
    limit = case.unit.device.max_junction if allowed is None else allowed
    hottest = max(float(np.nanmax(found.junction_switch)), float(np.nanmax(found.junction_diode)))
    return at_most(
        "junction in the map",
        hottest - 273.15,
        limit - 273.15,
        "degC",
        f"hottest of all points, coolant at {case.unit.parts.unit.conditions.coolant - 273.15:.0f} degC",
        f"highest junction of {case.unit.device.name}",
    )
