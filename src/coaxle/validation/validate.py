"""All records predicted and compared, nothing fitted on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from coaxle.cycles.legal import legal
from coaxle.errors import UseError
from coaxle.numerics.arrays import Array
from coaxle.validation.approvals import PHASES, Approval, approvals, european, sprints
from coaxle.validation.classes import Classes
from coaxle.validation.errors import Comparison, one_constant
from coaxle.validation.predict import combustion_cycles, electric_cycles, sprint_times, wltp
from coaxle.validation.records import Record, combustion_records, electric_records
from coaxle.validation.tractive import tractive_energy

PER_100_KM = 1e-8
"""One litre per 100 km [m3/m]."""
WATT_HOUR_PER_KM = 3.6
"""[J/m]."""
COMBINED, LINE_UP = "WLTP, combined", "WLTP, combined, line-up only"
BAGS = ("cold transient", "stabilised", "hot transient")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationSettings:
    """Which tests are predicted."""

    two_cycle: bool = True
    wltp: bool = True
    zero_to_100: bool = True


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Validation:
    """Comparisons by test and technology class, and the class parameters that they rest on."""

    comparisons: tuple[Comparison, ...]
    classes: Classes = field(repr=False)

    def of(self, quantity: str, kind: str) -> Comparison:
        """Return the comparison of ``quantity`` for ``kind``.

        Raises
        ------
        UseError
            Where there is none.

        """
        for comparison in self.comparisons:
            if (comparison.quantity, comparison.kind) == (quantity, kind):
                return comparison
        known = ", ".join(sorted({f"{c.quantity} of {c.kind} cars" for c in self.comparisons}))
        raise UseError(f"validation: '{quantity}' of {kind} cars was not compared; there are {known}")


_ALL = ValidationSettings()


def validate(settings: ValidationSettings = _ALL, classes: Classes | None = None) -> Validation:
    """Predict every record with ``classes`` (default: those shipped) and compare."""
    chosen = classes or Classes()
    found: list[Comparison] = []
    if settings.two_cycle:
        found += [*_electric(chosen), *_combustion(chosen)]
    if settings.wltp:
        found += _wltp(chosen)
    if settings.zero_to_100:
        found += _sprints(chosen)
    return Validation(comparisons=tuple(found), classes=chosen)


def _who(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    return {
        "names": tuple(f"{r.brand} {r.model} ({r.name})" for r in records),
        "makers": tuple(r.maker for r in records),
        "parts": tuple(r.part for r in records),
    }


def _electric(classes: Classes) -> Iterator[Comparison]:
    records = electric_records()
    who = _who(records)
    for cycle, predicted in zip(("UDDS", "HWFET"), electric_cycles(records, classes), strict=True):
        measured = np.array([r.udds if cycle == "UDDS" else r.hwfet for r in records])
        _, net = tractive_energy(records, legal(cycle))
        yield Comparison(
            quantity=f"{cycle}, energy from the wall",
            kind="electric",
            unit="Wh/km",
            scale=WATT_HOUR_PER_KM,
            relative=True,
            target=0.04,
            measured=measured,
            predicted=predicted,
            baseline=one_constant(measured, net, who["parts"]),
            **who,
        )


def _combustion(classes: Classes) -> Iterator[Comparison]:
    for fuel in ("petrol", "diesel"):
        records = [r for r in combustion_records() if r.fuel == fuel]
        who = _who(records)
        predicted = combustion_cycles(records, classes)
        work = {cycle: tractive_energy(records, legal(cycle))[0] for cycle in ("UDDS", "HWFET")}
        tests: list[tuple[str, Array, Array, Array | None]] = [
            ("FTP-75", np.array([r.ftp for r in records]), predicted.ftp, work["UDDS"]),
            ("HWFET", np.array([r.hwfet for r in records]), predicted.hwfet, work["HWFET"]),
        ]
        bags = np.array([r.bags for r in records])
        tests += [(f"FTP-75, {bag}", bags[:, i], predicted.bags[:, i], None) for i, bag in enumerate(BAGS)]
        for quantity, measured, found, feature in tests:
            yield Comparison(
                quantity=quantity,
                kind=fuel,
                unit="l/100 km",
                scale=PER_100_KM,
                relative=True,
                target=None if feature is None else 0.05,
                measured=measured,
                predicted=found,
                baseline=None if feature is None else one_constant(measured, feature, who["parts"]),
                **who,
            )


def _wltp(classes: Classes) -> Iterator[Comparison]:
    rows = approvals()
    combined, phases = wltp(rows, classes)
    bodies = [european(row, classes) for row in rows]
    work, net = tractive_energy(bodies, legal("WLTC-3b"))
    for kind in ("electric", "petrol", "diesel"):
        at = [i for i, row in enumerate(rows) if row.kind == kind]
        yield from _approved([rows[i] for i in at], combined[at], phases[at], (net if kind == "electric" else work)[at])


def _approved(rows: list[Approval], combined: Array, phases: Array, feature: Array) -> Iterator[Comparison]:
    """Yield the comparisons of one technology class: combined, of the line-up alone, by phase."""
    electric = rows[0].kind == "electric"
    parts = tuple(row.record.part for row in rows)
    in_lineup = np.array([row.in_lineup for row in rows])
    measured = np.array([row.combined for row in rows])
    constant = one_constant(measured, feature, parts)
    alone = np.where(in_lineup, measured, np.nan)
    tests: list[tuple[str, Array, Array, Array | None]] = [
        (LINE_UP, alone, combined, constant),
        (COMBINED, measured, combined, constant),
    ]
    if not electric:
        found = np.array([row.phases for row in rows])
        tests += [(f"WLTP, {phase}", found[:, i], phases[:, i], None) for i, phase in enumerate(PHASES)]
    for quantity, figures, predicted, baseline in tests:
        yield Comparison(
            quantity=quantity,
            kind=rows[0].kind,
            unit="Wh/km" if electric else "l/100 km",
            scale=WATT_HOUR_PER_KM if electric else PER_100_KM,
            relative=True,
            target=0.06 if quantity in (COMBINED, LINE_UP) else None,
            names=tuple(row.name for row in rows),
            makers=tuple(row.record.maker for row in rows),
            parts=parts,
            measured=figures,
            predicted=predicted,
            baseline=baseline,
        )


def _sprints(classes: Classes) -> Iterator[Comparison]:
    rows = sprints()
    times = sprint_times(rows, classes)
    for kind in ("electric", "petrol"):
        at = [i for i, row in enumerate(rows) if row.kind == kind]
        yield Comparison(
            quantity="0-100 km/h",
            kind=kind,
            unit="s",
            scale=1.0,
            relative=False,
            target=0.6,
            names=tuple(rows[i].name for i in at),
            makers=tuple(rows[i].record.maker for i in at),
            parts=("test",) * len(at),
            measured=np.array([rows[i].zero_to_100 for i in at]),
            predicted=times[at],
        )
