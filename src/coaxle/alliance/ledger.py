"""The ledger: every euro of a plan, and its sums.

:func:`written` reads the assignment and the production alone, never the solver's arrays, so that it can be held against
them. Sums by item, payer, plant and year, the waterfall and the cash flow are all sums over its entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import TypeVar, get_args

from coaxle.alliance.fleets import fleet_name, shares
from coaxle.alliance.plan import Comparison, Entry, Fleet, Item, Plan, Production
from coaxle.alliance.scope import Scope, Source
from coaxle.alliance.transport import carriage
from coaxle.units import YEAR

ITEMS: tuple[Item, ...] = get_args(Item)
"""The items in the order in which they are shown."""

Label = TypeVar("Label", str, int)


def written(
    scope: Scope,
    assignment: Mapping[str, str],
    lines: Iterable[Source],
    families: Iterable[str],
    production: Iterable[Production],
    fleets: Iterable[Fleet],
) -> tuple[Entry, ...]:
    """Return the ledger of a plan; entries of nothing are left out.

    Who pays: development the owner of the family; investment and running cost the partner of the plant; units, other
    parts, transport, application and premium the partner of the car. What partners owe one another for that is not
    decided here.
    """
    entries = [
        *_developments(scope, families),
        *_cars(scope, assignment),
        *_lines(scope, lines),
        *_units(scope, production),
        *_premiums(scope, assignment, fleets),
    ]
    return tuple(entry for entry in entries if entry.amount)


def _entry(
    scope: Scope, item: Item, payer: str, subject: str, year: int, amount: float, plant: str = "", carline: str = ""
) -> Entry:
    return Entry(
        item=item,
        payer=payer,
        subject=subject,
        plant=plant,
        carline=carline,
        year=year,
        amount=amount,
        present=amount * scope.present(year),
    )


def _developments(scope: Scope, families: Iterable[str]) -> Iterator[Entry]:
    first = scope.alliance.years[0]
    for name in families:
        family = scope.alliance.families[name]
        yield _entry(scope, "development", family.partner, name, first, family.development)


def _cars(scope: Scope, assignment: Mapping[str, str]) -> Iterator[Entry]:
    first = scope.alliance.years[0]
    for carline, powertrain in assignment.items():
        choice, payer = scope.choice(carline, powertrain), scope.alliance.programmes[carline].partner
        yield _entry(scope, "application", payer, carline, first, choice.application, carline=carline)
        for year in scope.alliance.years:
            amount = choice.parts_cost * scope.cars(carline, year)
            yield _entry(scope, "parts", payer, carline, year, amount, carline=carline)


def _lines(scope: Scope, lines: Iterable[Source]) -> Iterator[Entry]:
    for name, key in lines:
        plant = scope.alliance.plants[name]
        line = plant.lines[key]
        yield _entry(scope, "investment", plant.partner, key, scope.alliance.years[0], line.investment, plant=name)
        for year in scope.alliance.years:
            yield _entry(scope, "running", plant.partner, key, year, line.running * YEAR, plant=name)


def _units(scope: Scope, production: Iterable[Production]) -> Iterator[Entry]:
    alliance = scope.alliance
    for lot in production:
        programme, plant = alliance.programmes[lot.carline], alliance.plants[lot.plant]
        made = lot.count * alliance.units[lot.unit].cost * plant.lines[lot.line].cost_factor
        moved = lot.count * carriage(alliance.transport, plant, alliance.plants[programme.plant])
        costs: tuple[tuple[Item, float], ...] = (("units", made), ("transport", moved))
        for item, amount in costs:
            yield _entry(
                scope, item, programme.partner, lot.unit, lot.year, amount, plant=lot.plant, carline=lot.carline
            )


def _premiums(scope: Scope, assignment: Mapping[str, str], fleets: Iterable[Fleet]) -> Iterator[Entry]:
    for fleet in fleets:
        for payer, amount in shares(scope, assignment, fleet).items():
            yield _entry(scope, "premium", payer, fleet_name(fleet.pool), fleet.year, amount)


def cost(ledger: Iterable[Entry]) -> float:
    """Return the present value of a ledger."""
    return fsum(entry.present for entry in ledger)


def by_item(ledger: Iterable[Entry]) -> dict[Item, float]:
    """Return the present value of each item, all items in their order."""
    found = _sums(ledger, lambda entry: entry.item)
    return {item: found.get(item, 0.0) for item in ITEMS}


def by_payer(ledger: Iterable[Entry]) -> dict[str, float]:
    """Return the present value that each partner pays."""
    return _sums(ledger, lambda entry: entry.payer)


def by_plant(ledger: Iterable[Entry]) -> dict[str, float]:
    """Return the present value that falls to each plant; '' holds what falls to none."""
    return _sums(ledger, lambda entry: entry.plant)


def by_carline(ledger: Iterable[Entry]) -> dict[str, float]:
    """Return the present value that falls to each carline; '' holds what falls to none."""
    return _sums(ledger, lambda entry: entry.carline)


def by_year(ledger: Iterable[Entry]) -> dict[int, float]:
    """Return the present value of each year's money."""
    return dict(sorted(_sums(ledger, lambda entry: entry.year).items()))


def _sums(ledger: Iterable[Entry], label: Callable[[Entry], Label]) -> dict[Label, float]:
    groups: dict[Label, list[float]] = {}
    for entry in ledger:
        groups.setdefault(label(entry), []).append(entry.present)
    return {key: fsum(values) for key, values in groups.items()}


def cash_flow(plan: Plan) -> dict[str, dict[int, float]]:
    """Return what each partner of a plan pays in each year of it, in money of that year (not discounted)."""
    years = sorted({entry.year for entry in plan.ledger})
    return {
        partner: {
            year: fsum(entry.amount for entry in plan.ledger if entry.payer == partner and entry.year == year)
            for year in years
        }
        for partner in plan.partners
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the waterfall: what an item costs all partners alone, summed, and what it costs together."""

    item: Item
    alone: float
    together: float

    @property
    def change(self) -> float:
        """Return what acting together adds to the item (a saving is negative), present value."""
        return self.together - self.alone


def waterfall(comparison: Comparison) -> tuple[Step, ...]:
    """Return how the cost moves from all partners alone to all together, item by item, present value."""
    alone = [by_item(plan.ledger) for plan in comparison.alone.values()]
    together = by_item(comparison.together.ledger)
    return tuple(Step(item=item, alone=fsum(costs[item] for costs in alone), together=together[item]) for item in ITEMS)
