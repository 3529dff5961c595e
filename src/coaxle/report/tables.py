"""Tables of a report: rows of plain values under headings with units, for CSV, JSON and the terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from coaxle.alliance.plan import Comparison, Plan
from coaxle.numerics.files import write_whole
from coaxle.project.assumptions import assumptions, sources
from coaxle.report.content import Content
from coaxle.study.fits import Fits
from coaxle.vehicle.runs import ENERGIES, Ended

KWH_PER_100KM = 36.0
LITRE_PER_100KM = 1e-8
GRAM_PER_KM = 1e-6
KMH = 1 / 3.6

Value = str | bool | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of values under ``headings``, which carry units in square brackets; a figure that is not there is NaN."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def as_text(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Return headings and rows as short text, four significant digits a figure."""
        return self.headings, [tuple(_short(value) for value in row) for row in self.rows]

    def as_csv(self) -> str:
        """Return the table as CSV in full precision; NaN is an empty cell, bools are true and false."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.headings)
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return text.getvalue()

    def as_data(self) -> dict[str, Any]:
        """Return headings and rows fit for JSON; NaN is null."""
        rows = [[None if isinstance(v, float) and not isfinite(v) else v for v in row] for row in self.rows]
        return {"headings": list(self.headings), "rows": rows}


def write_csv(table: Table, path: Path) -> Path:
    """Write a table to ``path``, whole or not at all."""
    return write_whole(path, table.as_csv().encode())


def fits_table(fits: Fits) -> Table:
    """Return the fits, a row for each carline with a powertrain."""
    headings = (
        "carline",
        "powertrain",
        "feasible",
        "why not",
        "electric",
        "test mass [kg]",
        "wall energy [kWh/100km]",
        "fuel [l/100km]",
        "CO2 [g/km]",
        "range [km]",
        "0-100 km/h [s]",
        "80-120 km/h [s]",
        "top speed [km/h]",
        "gradeability [%]",
        "cost of parts [EUR]",
        "cycle",
        "ended",
    )
    rows = tuple(
        (
            fits.carlines[i],
            fits.powertrains[i],
            bool(fits.feasible[i]),
            "; ".join(fits.reasons[i]),
            bool(fits.electric[i]),
            float(fits.mass[i]),
            float(fits.energy[i]) / KWH_PER_100KM,
            float(fits.fuel[i]) / LITRE_PER_100KM,
            float(fits.emission[i]) / GRAM_PER_KM,
            float(fits.range[i]) / 1e3,
            float(fits.zero_to_100[i]),
            float(fits.eighty_to_120[i]),
            float(fits.top_speed[i]) / KMH,
            100 * float(fits.gradeability[i]),
            float(fits.cost[i]),
            fits.cycle,
            Ended(int(fits.ended[i])).name,
        )
        for i in range(len(fits))
    )
    return Table(name="fits", headings=headings, rows=rows)


def assignment_table(plan: Plan) -> Table:
    """Return which powertrain each carline takes."""
    return Table(name="plan", headings=("carline", "powertrain"), rows=tuple(plan.assignment.items()))


def cost_table(plan: Plan) -> Table:
    """Return what a plan costs and what bounds it, in one row."""
    headings = ("partners", "cost, present value [EUR]", "bound [EUR]", "gap [EUR]", "families", "lines", "binding")
    lines = "; ".join(f"{plant}/{line}" for plant, line in plan.lines)
    row = (
        "+".join(plan.partners),
        plan.cost,
        plan.bound,
        plan.gap,
        "; ".join(plan.families),
        lines,
        "; ".join(plan.binding),
    )
    return Table(name="costs", headings=headings, rows=(row,))


def production_table(plan: Plan) -> Table:
    """Return what is made where, for which carline, in which year."""
    headings = ("unit", "plant", "line", "carline", "year", "count [units]")
    rows = tuple((p.unit, p.plant, p.line, p.carline, p.year, p.count) for p in plan.production)
    return Table(name="production", headings=headings, rows=rows)


def ledger_table(plan: Plan) -> Table:
    """Return every cost of a plan."""
    headings = ("item", "payer", "subject", "plant", "year", "amount [EUR]", "present value [EUR]")
    rows = tuple((e.item, e.payer, e.subject, e.plant, e.year, e.amount, e.present) for e in plan.ledger)
    return Table(name="ledger", headings=headings, rows=rows)


def fleets_table(plan: Plan) -> Table:
    """Return the fleet emission of each pool in each year."""
    headings = ("pool", "year", "registrations [cars]", "CO2 [g/km]", "target [g/km]", "premium [EUR]")
    rows = tuple(
        ("+".join(f.pool), f.year, f.registrations, f.emission / GRAM_PER_KM, f.target / GRAM_PER_KM, f.premium)
        for f in plan.fleets
    )
    return Table(name="fleets", headings=headings, rows=rows)


def energies_table(content: Content) -> Table:
    """Return where the energy of each drive went, phase by phase."""
    headings = (
        "carline",
        "powertrain",
        "cycle",
        "phase",
        "distance [km]",
        *(f"{name} [kWh]" for name in ENERGIES),
        "wall [kWh]",
        "fuel [l]",
        "CO2 [g]",
    )
    rows: list[tuple[Value, ...]] = []
    for drive in content.drives:
        runs, i = drive.runs, drive.row
        for p, phase in enumerate(runs.phases):
            energies = tuple(float(runs.energy[i, p, e]) / 3.6e6 for e in range(len(ENERGIES)))
            end = (float(runs.wall[i, p]) / 3.6e6, float(runs.fuel_volume[i, p]) * 1e3, float(runs.co2[i, p]) * 1e3)
            distance = float(runs.distance[i, p]) / 1e3
            rows.append((drive.carline, drive.powertrain, runs.cycle, phase, distance, *energies, *end))
    return Table(name="energies", headings=headings, rows=tuple(rows))


def tables(content: Content) -> tuple[Table, ...]:
    """Return every table of a report; those of plans cover all scenarios and plans."""
    assumed = tuple((row.place, row.field, row.value, row.reason) for row in assumptions(content.project))
    sourced = tuple((row.place, row.source) for row in sources(content.project))
    kinds = (cost_table, assignment_table, production_table, ledger_table, fleets_table)
    return (
        fits_table(content.fits),
        *(_over_plans(content, kind) for kind in kinds),
        energies_table(content),
        Table(name="assumptions", headings=("place", "field", "value", "reason"), rows=assumed),
        Table(name="sources", headings=("place", "source"), rows=sourced),
    )


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """Return each partner's plan alone and that of all together, fit for JSON; money in EUR."""
    return {
        "saving [EUR]": comparison.saving,
        "proven saving [EUR]": comparison.saving_least,
        "alone": {name: _plan_data(plan) for name, plan in comparison.alone.items()},
        "together": _plan_data(comparison.together),
    }


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "partners": list(plan.partners),
        "cost, present value [EUR]": plan.cost,
        "bound [EUR]": plan.bound,
        "gap [EUR]": plan.gap,
        "assignment": dict(plan.assignment),
        "lines": [f"{plant}/{line}" for plant, line in plan.lines],
        "families": list(plan.families),
        "binding": list(plan.binding),
        "fleets": fleets_table(plan).as_data(),
        "production": production_table(plan).as_data(),
        "ledger": ledger_table(plan).as_data(),
    }


def _over_plans(content: Content, kind: Callable[[Plan], Table]) -> Table:
    """Return the tables of all plans of all scenarios as one, told apart by their first two columns."""
    rows: list[tuple[Value, ...]] = []
    headings: Sequence[str] = ()
    name = ""
    for scenario in content.scenarios:
        plans = [(f"{partner} alone", plan) for partner, plan in scenario.comparison.alone.items()]
        for who, plan in (*plans, ("together", scenario.comparison.together)):
            table = kind(plan)
            name, headings = table.name, table.headings
            rows += [(scenario.name, who, *row) for row in table.rows]
    return Table(name=name, headings=("scenario", "plan", *headings), rows=tuple(rows))


def _short(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if isfinite(value) and abs(value) < 1e5 else f"{value:.0f}" if isfinite(value) else "–"
    return str(value)


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if isinstance(value, float) and not isfinite(value) else value
