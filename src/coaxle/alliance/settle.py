"""From the solver's decisions to exact ones: whole numbers made whole, idle lines shut, flows dealt out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from coaxle.alliance.model import THOUSAND, Model
from coaxle.alliance.optimize import Outcome, optimize
from coaxle.alliance.plan import Production
from coaxle.alliance.scope import Scope, Source
from coaxle.alliance.streams import dealt, streams_of
from coaxle.errors import ComputationError
from coaxle.numerics.arrays import Array


def settle(
    scope: Scope, model: Model, assignment: Mapping[str, str], outcome: Outcome, time_limit: float, threads: int
) -> Outcome:
    """Return the flows of least cost with every decision fixed at 0 or 1, lines without work shut.

    The solver's whole numbers are whole to a tolerance only; here they are exact, and so are the prices of the rows.

    Raises
    ------
    ComputationError
        Where the decisions do not hold once they are whole.

    """
    opened = {
        (str(model.columns[j][1]), str(model.columns[j][2]))
        for j in model.where("open")
        if outcome.values[j] > 0.5 or not model.cost[j]
    }
    while True:
        fixed = _fixed(scope, model, assignment, opened)
        free = np.isnan(fixed)
        flows = replace(
            model,
            lower=np.where(free, model.lower, fixed),
            upper=np.where(free, model.upper, fixed),
            integer=np.zeros(len(model.columns), dtype=bool),
        )
        settled = optimize(flows, 0.0, time_limit, threads)
        if settled is None:
            raise ComputationError("plan: the decisions found do not hold once they are made whole")
        used = {(lot.plant, lot.line) for lot in produced(scope, model, assignment, settled)}
        if used == opened:
            return settled
        opened = used


def _fixed(scope: Scope, model: Model, assignment: Mapping[str, str], opened: set[Source]) -> Array:
    """Return the value of each decision, NaN for what remains free."""
    families = {
        scope.alliance.units[unit].family
        for carline, powertrain in assignment.items()
        for unit in scope.choice(carline, powertrain).units
    }
    values = np.full(len(model.columns), np.nan)
    for j, key in enumerate(model.columns):
        if key[0] == "take":
            values[j] = float(assignment[str(key[1])] == key[2])
        elif key[0] == "develop":
            values[j] = float(key[1] in families)
        elif key[0] == "open":
            values[j] = float((key[1], key[2]) in opened)
    return values


def produced(scope: Scope, model: Model, assignment: Mapping[str, str], settled: Outcome) -> tuple[Production, ...]:
    """Return what is made where, for which carline, in which year."""
    flows: dict[tuple[str | int, ...], dict[Source, float]] = {}
    for j in model.where("make"):
        _, unit, plant, line, partner, site, year = model.columns[j]
        flows.setdefault((unit, partner, site, year), {})[str(plant), str(line)] = THOUSAND * float(settled.values[j])
    return tuple(
        lot
        for stream in streams_of(scope)
        for year in scope.alliance.years
        for lot in dealt(scope, stream, year, flows.get((*stream.key, year), {}), assignment)
    )
