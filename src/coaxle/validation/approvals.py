"""The records of type approval in Europe and of the time from 0 to 100 km/h; each leans on a US record for its body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from coaxle.numerics.arrays import Array, frozen
from coaxle.validation.classes import Classes
from coaxle.validation.records import (
    CombustionRecord,
    ElectricRecord,
    combustion_records,
    electric_records,
    layout,
)
from coaxle.validation.tables import read_table

PHASES = ("low", "medium", "high", "extra-high")


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Approval:
    """A car of the WLTP, from a table of the year ``labelled``.

    ``record`` is the US record that gives its body, with the engine and gearbox of the European car. ``running_order``
    is the mass in running order [kg], NaN where none is given. ``phases`` (4,) and ``combined`` are fuel [m3/m]; an
    electric car has only ``combined``, its energy from the wall [J/m]. ``combined`` and ``highest`` are the ends of
    the range of the model.
    """

    name: str
    kind: str
    in_lineup: bool
    labelled: int
    record: ElectricRecord | CombustionRecord
    running_order: float
    phases: Array
    combined: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprint:
    """A car and its time from 0 to 100 km/h [s]."""

    name: str
    kind: str
    record: ElectricRecord | CombustionRecord
    zero_to_100: float


def _records() -> dict[str, ElectricRecord | CombustionRecord]:
    found: dict[str, ElectricRecord | CombustionRecord] = {record.name: record for record in electric_records()}
    found.update({record.name: record for record in combustion_records()})
    return found


@cache
def approvals() -> tuple[Approval, ...]:
    """Return the records of the WLTP."""
    table, records = read_table("eu-wltp.csv"), _records()
    fuel = np.stack([table.numbers(f"{phase} [l/100km]") for phase in PHASES], axis=1) * 1e-8
    combined, highest = (table.numbers(f"combined{end} [l/100km]") * 1e-8 for end in ("", "_max"))
    electric, most = (table.numbers(f"electric{end} [Wh/km]") * 3.6 for end in ("", "_max"))
    mass = table.numbers("mass_running_order [kg]")
    rows = []
    for i in range(len(table)):
        kind = table.words("class")[i]
        record = records[table.words("us_record")[i]]
        if isinstance(record, CombustionRecord):
            record = replace(
                record,
                fuel=kind,
                engine=table.words("engine")[i],
                gearbox=table.words("gearbox")[i],
                driven=layout(table.words("driven")[i]),
                stop_start=True,
                mild_hybrid=table.words("mild_hybrid")[i] == "1",
            )
        rows.append(
            Approval(
                name=table.words("id")[i],
                kind=kind,
                in_lineup=table.words("lineup")[i] == "1",
                labelled=int(table.words("labelled")[i]),
                record=record,
                running_order=float(mass[i]),
                phases=frozen(fuel[i]),
                combined=float(electric[i] if kind == "electric" else combined[i]),
                highest=float(most[i] if kind == "electric" else highest[i]),
            )
        )
    return tuple(rows)


def european(approval: Approval, classes: Classes) -> ElectricRecord | CombustionRecord:
    """Return the record of the car as it is tested in Europe: its mass, and the road load that is predicted for it.

    No road load of the WLTP is published. Predicted: that of the United States, its constant part in proportion to
    mass and times ``classes.european_rolling``. The test mass is the mass in running order and
    ``classes.european_load``; where none is given, the equivalent test weight of the United States.
    """
    record = approval.record
    mass = record.mass if np.isnan(approval.running_order) else approval.running_order + classes.european_load
    return replace(record, mass=mass, f0=record.f0 * mass / record.mass * classes.european_rolling)


@cache
def sprints() -> tuple[Sprint, ...]:
    """Return the records of the time from 0 to 100 km/h."""
    table, records = read_table("zero-to-100.csv"), _records()
    times = table.numbers("zero_to_100 [s]")
    return tuple(
        Sprint(
            name=table.words("id")[i],
            kind=table.words("class")[i],
            record=records[table.words("us_record")[i]],
            zero_to_100=float(times[i]),
        )
        for i in range(len(table))
    )
