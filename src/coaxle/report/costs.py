"""Where the money goes: by item, by partner and year, by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from coaxle.alliance.plan import Fleet, Item, Plan
from coaxle.report.answer import tokens
from coaxle.report.content import Content
from coaxle.report.figures.cash import cash
from coaxle.report.figures.fleet import Series, fleet
from coaxle.report.figures.heat import heat
from coaxle.report.figures.sharing import Stream, sharing
from coaxle.report.figures.waterfall import Step, Total, waterfall
from coaxle.report.numerals import fixed, mega, signed
from coaxle.units import YEAR

ITEMS: tuple[Item, ...] = get_args(Item)
WORDS = {
    "development": "development",
    "application": "application",
    "investment": "investment in lines",
    "running": "running of lines",
    "units": "units",
    "parts": "other parts",
    "transport": "transport",
    "premium": "CO₂ premium",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table of text: its head, its cells, whether it is a sum."""

    head: str
    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some rows under one heading."""

    head: str
    rows: tuple[Row, ...]


def by_item(plan: Plan) -> dict[str, float]:
    """Return the present value of each item of a plan's ledger."""
    sums = dict.fromkeys(ITEMS, 0.0)
    for entry in plan.ledger:
        sums[entry.item] += entry.present
    return {str(item): value for item, value in sums.items()}


def by_payer(plan: Plan) -> dict[str, float]:
    """Return the present value that each partner pays."""
    sums: dict[str, float] = {}
    for entry in plan.ledger:
        sums[entry.payer] = sums.get(entry.payer, 0.0) + entry.present
    return sums


def waterfall_figure(content: Content) -> str:
    """Return the way from the cost of each alone to the cost together, item by item."""
    comparison, colours = content.told.comparison, tokens(content.told.project)
    partners = content.told.project.partners
    alone, together = list(comparison.alone.values()), comparison.together
    before = {item: sum(by_item(plan)[item] for plan in alone) for item in WORDS}
    after = by_item(together)
    start = Total(
        name="each alone",
        parts=tuple(
            (_name(partners, p), colours.get(p, "muted"), plan.cost / 1e6) for p, plan in comparison.alone.items()
        ),
    )
    paid = by_payer(together)
    end = Total(
        name="together",
        parts=tuple((_name(partners, p), colours.get(p, "muted"), value / 1e6) for p, value in sorted(paid.items())),
    )
    moved = [item for item in WORDS if before[item] or after[item]]
    steps = [Step(name=WORDS[item], change=(after[item] - before[item]) / 1e6) for item in moved]
    largest = max((abs(step.change) for step in steps), default=0.0)
    return waterfall("Cost, present value", "MEUR", start, steps, end, digits=0 if largest >= 50 else 1)


def item_rows(content: Content) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return headings and rows of the table of items, in MEUR of present value."""
    comparison = content.told.comparison
    alone = {partner: by_item(plan) for partner, plan in comparison.alone.items()}
    together = by_item(comparison.together)
    rows = [_item_row(WORDS[i], [sums[i] for sums in alone.values()], together[i]) for i in WORDS]
    rows.append(
        _item_row("sum", [plan.cost for plan in comparison.alone.values()], comparison.together.cost, strong=True)
    )
    names = [f"{_name(content.told.project.partners, partner)} alone" for partner in alone]
    return ("item", *names, "together", "change"), tuple(rows)


def _item_row(head: str, alone: list[float], together: float, strong: bool = False) -> Row:
    change = (together - sum(alone)) / 1e6
    cells = (*(mega(value, 1) for value in alone), mega(together, 1), signed(change, 1))
    return Row(head=head, cells=cells, strong=strong)


def payer_rows(content: Content) -> tuple[Row, ...]:
    """Return what each partner pays alone and together, before any settlement between them."""
    comparison, partners = content.told.comparison, content.told.project.partners
    together = by_payer(comparison.together)
    alone: dict[str, float] = {}
    for plan in comparison.alone.values():
        for payer, value in by_payer(plan).items():
            alone[payer] = alone.get(payer, 0.0) + value
    payers = [p for p in (*partners, *sorted({*alone, *together} - set(partners))) if p in alone or p in together]
    return tuple(
        Row(
            head=_name(partners, payer),
            cells=(
                mega(alone.get(payer, 0.0), 1),
                mega(together.get(payer, 0.0), 1),
                signed((together.get(payer, 0.0) - alone.get(payer, 0.0)) / 1e6, 1),
            ),
        )
        for payer in payers
    )


def cash_figures(content: Content) -> tuple[str, ...]:
    """Return a figure of payments per year for each partner that pays."""
    comparison, project = content.told.comparison, content.told.project
    colours = tokens(project)
    years = tuple(range(project.years.first, project.years.last + 1))
    drawn = []
    for partner in project.partners:
        alone = _yearly(list(comparison.alone.values()), partner, years)
        together = _yearly([comparison.together], partner, years)
        if any(alone) or any(together):
            drawn.append(cash(project.partners[partner].name, colours[partner], years, alone, together))
    return tuple(drawn)


def _yearly(plans: list[Plan], payer: str, years: tuple[int, ...]) -> tuple[float, ...]:
    paid = dict.fromkeys(years, 0.0)
    for plan in plans:
        for entry in plan.ledger:
            if entry.payer == payer:
                paid[entry.year] = paid.get(entry.year, 0.0) + entry.amount / 1e6
    return tuple(paid[year] for year in years)


def utilisation(content: Content) -> tuple[tuple[str, ...], tuple[int, ...], np.ndarray]:
    """Return the lines in use together, the years, and how full each line is [-], (lines, years)."""
    project, plan = content.told.project, content.told.comparison.together
    years = tuple(range(project.years.first, project.years.last + 1))
    used = sorted({(p.plant, p.line) for p in plan.production} | set(plan.lines))
    made = np.zeros((len(used), len(years)))
    index = {line: i for i, line in enumerate(used)}
    for p in plan.production:
        if p.year in years:
            made[index[p.plant, p.line], p.year - years[0]] += p.count
    capacity = np.array([project.plants[plant].lines[line].capacity * YEAR for plant, line in used])
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(capacity[:, None] > 0, made / capacity[:, None], np.nan)
    return tuple(f"{plant} / {line}" for plant, line in used), years, shares


def heat_figure(content: Content) -> str:
    """Return how full each line is in each year of the joint plan."""
    lines, years, shares = utilisation(content)
    return heat("Use of the lines, together", lines, tuple(map(str, years)), shares)


def line_changes(content: Content) -> tuple[str, ...]:
    """Return which lines only one of the two ways uses, in words."""
    comparison = content.told.comparison
    alone = {line for plan in comparison.alone.values() for line in plan.lines}
    together = set(comparison.together.lines)
    said = [f"{plant} / {line}: used alone, not needed together" for plant, line in sorted(alone - together)]
    return (*said, *(f"{plant} / {line}: used together only" for plant, line in sorted(together - alone)))


def sharing_figure(content: Content) -> str:
    """Return which families of units go to which brands over the horizon."""
    project, plan = content.told.project, content.told.comparison.together
    colours, every = tokens(project), {**project.edus, **project.engines}
    owners = {unit.family: unit.owner for unit in every.values() if unit.family and unit.owner}
    sums: dict[tuple[str, str, str], float] = {}
    for p in plan.production:
        carline = project.carlines[p.carline]
        family = every[p.unit].family
        assert family is not None, "the unit of a car has a family"
        key = (family, carline.brand, carline.partner)
        sums[key] = sums.get(key, 0.0) + p.count
    streams = [
        Stream(unit=family, maker=colours[owners[family]], brand=brand, user=colours[partner], units=units)
        for (family, brand, partner), units in sums.items()
        if units > 0
    ]
    return sharing(f"Families of units in cars of each brand, {project.years.first} to {project.years.last}", streams)


def fleet_figures(content: Content) -> tuple[str, ...]:
    """Return a figure of fleet CO2 for each pool that counts alone or together."""
    comparison, project = content.told.comparison, content.told.project
    colours = tokens(project)
    alone = [fleet for plan in comparison.alone.values() for fleet in plan.fleets]
    together = list(comparison.together.fleets)
    drawn = []
    for pool in dict.fromkeys(f.pool for f in (*together, *alone)):
        courses = []
        before = [f for f in alone if f.pool == pool] or _averaged(alone, pool)
        name = "alone" if any(f.pool == pool for f in alone) else "each alone, averaged"
        after = [f for f in together if f.pool == pool]
        token = colours.get(pool[0], "ink") if len(pool) == 1 else "accent"
        courses += [_series(name, token, False, before)] if before else []
        courses += [_series("together", token, True, after)] if after else []
        limits = sorted(after or before, key=lambda f: f.year)
        target = Series(
            name="target",
            token="target",
            solid=False,
            years=tuple(f.year for f in limits),
            values=tuple(f.target * 1e6 for f in limits),
        )
        drawn.append(fleet(" + ".join(_name(project.partners, name) for name in pool), tuple(courses), target))
    return tuple(drawn)


def _series(name: str, token: str, solid: bool, fleets: list[Fleet]) -> Series:
    ordered = sorted(fleets, key=lambda f: f.year)
    years, values = tuple(f.year for f in ordered), tuple(f.emission * 1e6 for f in ordered)
    return Series(name=name, token=token, solid=solid, years=years, values=values)


def _averaged(fleets: list[Fleet], pool: tuple[str, ...]) -> list[Fleet]:
    """Return the fleets of the members of ``pool`` averaged by registrations, where together they are the pool."""
    members = [f for f in fleets if set(f.pool) <= set(pool)]
    found = []
    for year in sorted({f.year for f in members}):
        of_year = [f for f in members if f.year == year]
        cars = sum(f.registrations for f in of_year)
        if cars <= 0 or {name for f in of_year for name in f.pool} != set(pool):
            continue
        found.append(
            Fleet(
                pool=pool,
                year=year,
                registrations=cars,
                emission=sum(f.registrations * f.emission for f in of_year) / cars,
                target=sum(f.registrations * f.target for f in of_year) / cars,
                premium=sum(f.premium for f in of_year),
            )
        )
    return found


def fleet_blocks(content: Content) -> tuple[tuple[int, ...], tuple[Block, ...]]:
    """Return the years, and for each pool and plan emission, target and premium over them, as text."""
    comparison, project = content.told.comparison, content.told.project
    years = tuple(range(project.years.first, project.years.last + 1))
    blocks = []
    plans = [("alone", plan) for plan in comparison.alone.values()] + [("together", comparison.together)]
    for word, plan in plans:
        for pool in dict.fromkeys(f.pool for f in plan.fleets):
            by_year = {f.year: f for f in plan.fleets if f.pool == pool}
            who = " + ".join(_name(project.partners, name) for name in pool)
            emission = tuple(_against(by_year.get(year)) for year in years)
            target = tuple(fixed(by_year[year].target * 1e6, 1) if year in by_year else "–" for year in years)
            money = tuple(mega(by_year[year].premium, 1) if year in by_year else "–" for year in years)
            rows = (
                Row(head="CO₂ [g/km]", cells=emission, strong=True),
                Row(head="target [g/km]", cells=target),
                Row(head="premium [MEUR]", cells=money),
            )
            blocks.append(Block(head=f"{who}, {word}", rows=rows))
    return years, tuple(blocks)


def _against(f: Fleet | None) -> str:
    if f is None:
        return "–"
    return f"{fixed(f.emission * 1e6, 1)}{' ▲' if f.emission > f.target * (1 + 1e-9) else ''}"


def _name(partners: object, key: str) -> str:
    entry = partners.get(key) if isinstance(partners, dict) else None
    return entry.name if entry is not None else key
