"""Whether a plan holds what it says: recomputed from the alliance in plain Python, never from the solver's arrays."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from coaxle.alliance.fleets import fleets_of
from coaxle.alliance.ledger import cost, written
from coaxle.alliance.plan import Plan
from coaxle.alliance.scope import Scope
from coaxle.alliance.streams import needed
from coaxle.errors import ComputationError
from coaxle.units import YEAR

EURO = 1.0
UNIT_SHARE = 1e-6
"""Units that may be missing or too many, as a share of what is asked: the solver works to 1e-9 of a thousand units."""


def audit(scope: Scope, plan: Plan, objective: float) -> None:
    """Raise where ``plan`` does not hold, or does not cost what the solver said.

    Parameters
    ----------
    scope : Scope
        What the plan was made for.
    plan : Plan
        What was found.
    objective : float
        What the solver says that it costs [EUR].

    Raises
    ------
    ComputationError
        Naming everything that does not hold.

    """
    problems = [*_assignment(scope, plan)]
    if not problems:
        problems = [*_production(scope, plan), *_sets(scope, plan), *_money(scope, plan, objective)]
    if problems:
        raise ComputationError("\n".join(["plan: found one that does not hold", *problems]))


def _assignment(scope: Scope, plan: Plan) -> Iterator[str]:
    if set(plan.assignment) != set(scope.pairs):
        yield f"assignment: for {sorted(plan.assignment)}; the carlines are {sorted(scope.pairs)}"
        return
    for carline, powertrain in plan.assignment.items():
        if powertrain not in scope.pairs[carline]:
            yield f"{carline}: takes {powertrain}, which it may not"


def _production(scope: Scope, plan: Plan) -> Iterator[str]:
    arrived: dict[tuple[str, str, int], list[float]] = {}
    made: dict[tuple[str, str, int], list[float]] = {}
    for lot in plan.production:
        if (lot.plant, lot.line) not in scope.sources.get((lot.carline, lot.unit), ()):
            yield f"{lot.plant}/{lot.line}: makes {lot.unit} for {lot.carline}, which it may not"
        if lot.count <= 0:
            yield f"{lot.plant}/{lot.line}: makes {lot.count:g} {lot.unit} for {lot.carline}"
        arrived.setdefault((lot.carline, lot.unit, lot.year), []).append(lot.count)
        made.setdefault((lot.plant, lot.line, lot.year), []).append(lot.count)
    wanted = {
        (carline, unit, year): needed(scope, carline, powertrain, unit, year)
        for carline, powertrain in plan.assignment.items()
        for unit in scope.choice(carline, powertrain).units
        for year in scope.sold(carline)
    }
    for key in wanted.keys() | arrived.keys():
        want, got = wanted.get(key, 0.0), fsum(arrived.get(key, []))
        if abs(want - got) > UNIT_SHARE * want:
            yield f"{key[0]}: gets {got:.6f} of {key[1]} in {key[2]}, needs {want:.6f}"
    for (plant, line, year), counts in made.items():
        capacity = scope.alliance.plants[plant].lines[line].capacity * YEAR
        if fsum(counts) > capacity * (1 + UNIT_SHARE):
            yield f"{plant}/{line}: makes {fsum(counts):.6f} in {year}; its capacity is {capacity:.6f}"


def _sets(scope: Scope, plan: Plan) -> Iterator[str]:
    used = {(lot.plant, lot.line) for lot in plan.production}
    if used != set(plan.lines):
        yield f"lines: {sorted(plan.lines)}; used are {sorted(used)}"
    made = {scope.alliance.units[lot.unit].family for lot in plan.production}
    if made != set(plan.families):
        yield f"families: {sorted(plan.families)}; made are {sorted(made)}"


def _money(scope: Scope, plan: Plan, objective: float) -> Iterator[str]:
    fleets = fleets_of(scope, plan.assignment)
    total = cost(written(scope, plan.assignment, plan.lines, plan.families, plan.production, fleets))
    if plan.fleets != fleets:
        yield "fleets: not those of the assignment"
    if abs(total - cost(plan.ledger)) > EURO or abs(total - plan.cost) > EURO:
        yield f"cost: {plan.cost:.2f}; the ledger sums to {cost(plan.ledger):.2f}, written anew to {total:.2f}"
    if abs(total - objective) > EURO:
        yield f"cost: the ledger sums to {total:.2f}, the solver says {objective:.2f}"
    if plan.bound > plan.cost:
        yield f"bound: {plan.bound:.2f} lies above the cost {plan.cost:.2f}"
