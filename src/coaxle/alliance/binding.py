"""What holds a plan back, in words: full lines, fleets at or above target, and what a change of powertrain would cost.

Prices of a full line and of a target are those of the plan with its powertrains and lines kept (the linear programme
with all decisions fixed): what one more would save there, not what a new plan could make of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from coaxle.alliance.fleets import fleet_name
from coaxle.alliance.model import GRAM_PER_KILOMETRE, MILLION, THOUSAND, Model
from coaxle.alliance.optimize import Outcome, optimize
from coaxle.alliance.plan import Fleet
from coaxle.alliance.scope import Scope
from coaxle.errors import ComputationError
from coaxle.units import YEAR

FULL = 1e-6
"""Share of a capacity that may be free in a line called full; far above the solver's tolerance, below one unit."""
ON_TARGET = 1e-3 * GRAM_PER_KILOMETRE
"""How near its target a fleet lies that is called exactly on it: the precision at which emissions are stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The next best powertrain of a carline, and what changing to it costs at most [EUR]."""

    carline: str
    taken: str
    next_best: str
    extra: float


def alternatives(
    model: Model, assignment: Mapping[str, str], settled: Outcome, gap: float, time_limit: float, threads: int
) -> tuple[Alternative, ...]:
    """Return the next best powertrain of each carline that has another, by planning anew without the one taken.

    The powertrains of the other carlines and the lines of the plan are kept; more lines may open, and families and
    flows are free. What is found is therefore what the change costs at most. ``gap`` is the exactness of each answer
    [MEUR]; carlines whose turn comes after ``time_limit`` [s] are left out.
    """
    end = monotonic() + time_limit
    takes = {(str(key[1]), str(key[2])): j for j, key in enumerate(model.columns) if key[0] == "take"}
    opened = [j for j in model.where("open") if settled.values[j] > 0.5]
    found = []
    for carline, taken in assignment.items():
        left = end - monotonic()
        if left <= 0:
            break
        lower, upper = model.lower.copy(), model.upper.copy()
        lower[opened] = 1.0
        for (other, powertrain), j in takes.items():
            if other != carline:
                lower[j] = upper[j] = float(assignment[other] == powertrain)
        upper[takes[carline, taken]] = 0.0
        try:
            outcome = optimize(replace(model, lower=lower, upper=upper), gap, left, threads)
        except ComputationError:  # the time ended within this one
            break
        if outcome is not None and not outcome.timed_out:
            next_best = next(name for (car, name), j in takes.items() if car == carline and outcome.values[j] > 0.5)
            found.append(
                Alternative(
                    carline=carline,
                    taken=taken,
                    next_best=next_best,
                    extra=(outcome.objective - settled.objective) * MILLION,
                )
            )
    return tuple(found)


def binding(
    scope: Scope, model: Model, settled: Outcome, fleets: tuple[Fleet, ...], others: tuple[Alternative, ...]
) -> tuple[str, ...]:
    """Return what holds the plan back, one fact a line, fleets first."""
    return (
        *_fleet_words(scope, model, settled, fleets),
        *_line_words(scope, model, settled),
        *_alternative_words(others),
        *_refusals(scope),
    )


def _money(euros: float) -> str:
    size = abs(euros)
    if size >= 1e5:
        return f"{euros / 1e6:,.1f} MEUR"
    return f"{euros / 1e3:,.1f} kEUR" if size >= 1e4 else f"{euros:,.0f} EUR"


def _fleet_words(scope: Scope, model: Model, settled: Outcome, fleets: tuple[Fleet, ...]) -> Iterator[str]:
    duals = {model.rows[i][1:]: settled.duals[i] for i in model.rows_of("target")}
    paid: dict[str, list[str]] = {}
    for fleet in fleets:
        name = fleet_name(fleet.pool)
        over = fleet.emission - fleet.target
        levels = f"{fleet.emission / GRAM_PER_KILOMETRE:.2f} against {fleet.target / GRAM_PER_KILOMETRE:.2f} g/km"
        if abs(over) <= ON_TARGET:
            # MEUR per g/km times a million cars is EUR per g/km and car.
            price = max(0.0, -duals.get((name, fleet.year), 0.0)) / scope.present(fleet.year)
            yield f"fleet {name} lies on its target in {fleet.year}: {levels}; worth {price:.2f} EUR per g/km and car"
        elif fleet.premium > 0:
            paid.setdefault(name, []).append(f"{_money(fleet.premium)} in {fleet.year} ({levels})")
    for name, words in paid.items():
        yield f"fleet {name} pays premium: {', '.join(words)}"


def _line_words(scope: Scope, model: Model, settled: Outcome) -> Iterator[str]:
    full: dict[tuple[str, str], dict[int, float]] = {}
    for i in model.rows_of("capacity"):
        _, plant, name, year = model.rows[i]
        capacity = scope.alliance.plants[str(plant)].lines[str(name)].capacity * YEAR
        entry = slice(model.start[i], model.start[i + 1])
        columns, weights = model.index[entry], model.value[entry]
        made = THOUSAND * float(np.where(weights > 0, weights, 0.0) @ settled.values[columns])
        if made >= capacity * (1 - FULL):
            price = -settled.duals[i] * MILLION / THOUSAND / scope.present(int(year))
            full.setdefault((str(plant), str(name)), {})[int(year)] = max(0.0, price)
    for (plant, name), prices in full.items():
        capacity = scope.alliance.plants[plant].lines[name].capacity * YEAR
        said = {year: f"{price:,.0f} EUR" for year, price in prices.items() if price >= 0.5}
        worth = ", ".join(f"{price} in {years}" for price, years in _spans(said)) or "nothing"
        when = ", ".join(years for _, years in _spans(dict.fromkeys(prices, "")))
        yield f"line {plant}/{name} is full in {when} ({capacity:,.0f} a year); one more unit saves {worth}"


def _spans(said: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Return what is said of each year, neighbouring years with the same words together."""
    years = sorted(said)
    first = 0
    for k in range(1, len(years) + 1):
        if k == len(years) or said[years[k]] != said[years[first]] or years[k] != years[k - 1] + 1:
            last = years[k - 1]
            yield said[last], f"{years[first]} to {last}" if last > years[first] else f"{last}"
            first = k


def _alternative_words(others: tuple[Alternative, ...]) -> Iterator[str]:
    for other in sorted(others, key=lambda one: one.extra):
        change = f"{other.carline}: {other.next_best} instead of {other.taken}"
        if other.extra >= 0:
            yield f"{change} costs at most {_money(other.extra)} more, other carlines and lines kept"
        else:
            yield f"{change} costs {_money(-other.extra)} less: the plan is the best only to within its gap"


def _refusals(scope: Scope) -> Iterator[str]:
    kept: dict[str, list[str]] = {}
    for (carline, _), reasons in scope.refused.items():
        for reason in reasons:
            kept.setdefault(reason, []).append(carline)
    for reason, carlines in kept.items():
        yield f"{reason}: not to be had for {', '.join(dict.fromkeys(carlines))}"
