"""The answer first: who uses what, what it saves, what it emits."""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.alliance.plan import Comparison, Plan
from coaxle.project.project import BevEntry, Project
from coaxle.report.content import Content, Scenario
from coaxle.report.numerals import count, fixed, mega, percent, significant
from coaxle.report.palette import partner as partner_token
from coaxle.study.fits import Fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit in a car: where it sits, whose it is, and whether that is another than the car's maker."""

    role: str
    name: str
    owner: str
    token: str
    foreign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What one carline takes, alone and together, as text."""

    carline: str
    label: str
    partner: str
    token: str
    alone: str
    together: str
    changed: bool
    units: tuple[Unit, ...]
    made: tuple[str, ...]
    cars: str
    consumption: str
    emission: str
    emission_alone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The carlines of one brand."""

    partner: str
    brand: str
    token: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One key figure with its unit and what it means."""

    value: str
    unit: str
    meaning: str


def tokens(project: Project) -> dict[str, str]:
    """Return the colour of each partner."""
    return {name: partner_token(i) for i, name in enumerate(project.partners)}


def alone_assignment(comparison: Comparison) -> dict[str, str]:
    """Return what each carline takes when every partner plans alone."""
    return {carline: choice for plan in comparison.alone.values() for carline, choice in plan.assignment.items()}


def units_of(project: Project, powertrain: str, maker: str) -> tuple[Unit, ...]:
    """Return the units of a powertrain in a car of ``maker``."""
    entry = project.powertrains[powertrain]
    if isinstance(entry, BevEntry):
        placed = [(role, name) for role, name in (("front", entry.front), ("rear", entry.rear)) if name]
    else:
        placed = [("engine", entry.engine)]
    colours = tokens(project)
    found = []
    for role, name in placed:
        owner = (project.edus[name] if name in project.edus else project.engines[name]).owner
        assert owner is not None, "the unit of a car has an owner"
        found.append(
            Unit(role=role, name=name, owner=project.partners[owner].name, token=colours[owner], foreign=owner != maker)
        )
    return tuple(found)


def rows_of(fits: Fits) -> dict[tuple[str, str], int]:
    """Return the row of each carline with each powertrain."""
    return {pair: i for i, pair in enumerate(zip(fits.carlines, fits.powertrains, strict=True))}


def consumption(fits: Fits, row: int) -> str:
    """Return what a fit consumes, with its unit."""
    if fits.electric[row]:
        return f"{fixed(float(fits.energy[row]) / 36, 1)}\u00a0kWh/100\u00a0km"
    return f"{fixed(float(fits.fuel[row]) * 1e8, 1)}\u00a0l/100\u00a0km"


def groups(content: Content) -> tuple[Group, ...]:
    """Return who uses what in the headline scenario, brand by brand."""
    project, comparison = content.told.project, content.told.comparison
    alone, together = alone_assignment(comparison), comparison.together.assignment
    rows, colours = rows_of(content.fits), tokens(project)
    brands: dict[tuple[str, str], list[Use]] = {}
    order = list(project.partners)
    for name in sorted(together, key=lambda key: order.index(project.carlines[key].partner)):
        entry, choice = project.carlines[name], together[name]
        row, before = rows[name, choice], rows.get((name, alone.get(name, "")))
        use = Use(
            carline=name,
            label=entry.model,
            partner=entry.partner,
            token=colours[entry.partner],
            alone=alone.get(name, "none"),
            together=choice,
            changed=alone.get(name) != choice,
            units=units_of(project, choice, entry.partner),
            made=_made(comparison.together, name),
            cars=_cars(project, name),
            consumption=consumption(content.fits, row),
            emission=fixed(float(content.fits.emission[row]) * 1e6, 0),
            emission_alone="" if before is None else fixed(float(content.fits.emission[before]) * 1e6, 0),
        )
        brands.setdefault((entry.partner, entry.brand), []).append(use)
    return tuple(
        Group(partner=project.partners[key].name, brand=brand, token=colours[key], uses=tuple(uses))
        for (key, brand), uses in brands.items()
    )


def _made(plan: Plan, carline: str) -> tuple[str, ...]:
    """Return the plants and their lines that make a carline's units, those that make most of them first."""
    made: dict[tuple[str, str], float] = {}
    for p in plan.production:
        if p.carline == carline:
            made[p.plant, p.line] = made.get((p.plant, p.line), 0.0) + p.count
    plants: dict[str, list[str]] = {}
    for plant, line in sorted(made, key=lambda place: -made[place]):
        plants.setdefault(plant, []).append(line)
    return tuple(f"{plant}: {', '.join(lines)}" for plant, lines in plants.items())


def _cars(project: Project, carline: str) -> str:
    """Return the range of cars a year over the horizon."""
    import numpy as np

    entry = project.carlines[carline]
    given = sorted(entry.sales)
    years = np.arange(project.years.first, project.years.last + 1)
    cars = np.interp(years, given, [entry.sales[year] for year in given])
    low, high = significant(float(cars.min()) / 1e3, 2), significant(float(cars.max()) / 1e3, 2)
    return low if low == high else f"{low} to {high}"


def premium(plans: list[Plan]) -> float:
    """Return the present value of the premiums of some plans."""
    return sum(entry.present for plan in plans for entry in plan.ledger if entry.item == "premium")


def crossing(project: Project, plan: Plan) -> float:
    """Return the number of units made of one partner's design for a carline of another."""
    every = {**project.edus, **project.engines}
    return sum(p.count for p in plan.production if every[p.unit].owner != project.carlines[p.carline].partner)


def sentences(content: Content) -> tuple[str, ...]:
    """Return the answer in words."""
    project, comparison = content.told.project, content.told.comparison
    alone = list(comparison.alone.values())
    before = sum(plan.cost for plan in alone)
    names = _listed([project.partners[name].name for name in comparison.together.partners])
    verb = "save" if comparison.saving >= 0 else "lose"
    share = percent(abs(comparison.saving) / before, 1) if before > 0 else ""
    first = (
        f"Together, {names} {verb} {mega(abs(comparison.saving))} MEUR, {share} of what they would spend each alone "
        f"from {project.years.first} to {project.years.last}; {_proof(comparison)}."
    )
    before_each, after = alone_assignment(comparison), comparison.together.assignment
    changed = [name for name in after if before_each.get(name) != after[name]]
    foreign = [
        name
        for name, choice in after.items()
        if any(unit.foreign for unit in units_of(project, choice, project.carlines[name].partner))
    ]
    second = (
        f"{len(changed)} of {len(after)} carlines take another powertrain than alone; {len(foreign)} carry a unit of "
        f"the other partner."
    )
    return (first, second, *_fleet_sentences(content))


def _proof(comparison: Comparison) -> str:
    """Say what of a saving, or of a loss, no better plan could take back."""
    most = sum(plan.cost for plan in comparison.alone.values()) - comparison.together.bound
    if comparison.saving_least > 0:
        return f"at least {mega(comparison.saving_least)} MEUR of it is proven"
    if most < 0:
        return f"at least {mega(-most)} MEUR of it is proven"
    return "the solver's gaps leave the sign open"


def _fleet_sentences(content: Content) -> tuple[str, ...]:
    project, fleets = content.told.project, content.told.comparison.together.fleets
    if not fleets:
        return ()
    last = max(fleet.year for fleet in fleets)
    said = []
    for fleet in fleets:
        if fleet.year == last:
            who = _listed([project.partners[name].name for name in fleet.pool])
            gap = (fleet.emission - fleet.target) * 1e6
            how = (
                "on target"
                if abs(gap) < 0.05
                else f"{fixed(abs(gap), 1)} g/km {'above' if gap > 0 else 'below'} target"
            )
            said.append(f"{who} emits {fixed(fleet.emission * 1e6, 1)} g/km, {how}")
    return (f"In {last} the fleet of " + "; that of ".join(said) + ".",)


def figures(content: Content) -> tuple[Figure, ...]:
    """Return the key figures of the headline scenario."""
    project, comparison = content.told.project, content.told.comparison
    alone = list(comparison.alone.values())
    before, after = alone_assignment(comparison), comparison.together.assignment
    changed = sum(before.get(name) != choice for name, choice in after.items())
    families = len({family for plan in alone for family in plan.families})
    developed = sum(len(plan.families) for plan in alone)
    kept = len(comparison.together.families)
    note = "" if developed == families else f" ({developed} developments, some twice)"
    return (
        Figure(value=mega(comparison.saving), unit="MEUR", meaning="saved together, present value"),
        Figure(value=mega(comparison.saving_least), unit="MEUR", meaning="of it proven, whatever the solver missed"),
        Figure(value=f"{changed} of {len(after)}", unit="", meaning="carlines take another powertrain"),
        Figure(
            value=count(crossing(project, comparison.together) / 1e3),
            unit="thousand",
            meaning="units of one partner's design in cars of the other",
        ),
        Figure(value=f"{families} → {kept}", unit="", meaning=f"unit families in use{note}"),
        Figure(
            value=f"{mega(premium(alone))} → {mega(premium([comparison.together]))}",
            unit="",
            meaning="MEUR of CO₂ premiums, present value",
        ),
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the comparison of scenarios: what is compared, and its value in each."""

    name: str
    unit: str
    values: tuple[str, ...]
    strong: bool = False


def scenario_lines(content: Content) -> tuple[Line, ...]:
    """Return the comparison of all scenarios, a value for each."""
    each = [_of_scenario(scenario) for scenario in content.scenarios]
    lines = [
        Line(name=name, unit=unit, values=tuple(column[i][2] for column in each), strong=name == "saving")
        for i, (name, unit, _) in enumerate(each[0])
    ]
    return (*lines, *_fleet_lines(content))


def _of_scenario(scenario: Scenario) -> list[tuple[str, str, str]]:
    project, comparison = scenario.project, scenario.comparison
    alone, together = list(comparison.alone.values()), comparison.together
    before = alone_assignment(comparison)
    changed = sum(before.get(name) != choice for name, choice in together.assignment.items())
    families = {family for plan in alone for family in plan.families}
    lines = {line for plan in alone for line in plan.lines}
    return [
        ("each alone, cost", "MEUR", mega(sum(plan.cost for plan in alone))),
        ("together, cost", "MEUR", mega(together.cost)),
        ("saving", "MEUR", mega(comparison.saving)),
        ("of it proven", "MEUR", mega(comparison.saving_least)),
        ("joint plan proven within", "MEUR", mega(together.gap, 2)),
        ("carlines that change", "", f"{changed} of {len(together.assignment)}"),
        ("units that cross", "thousand", count(crossing(project, together) / 1e3)),
        ("unit families, alone → together", "", f"{len(families)} → {len(together.families)}"),
        ("lines in use, alone → together", "", f"{len(lines)} → {len(together.lines)}"),
        ("CO₂ premiums, alone → together", "MEUR", f"{mega(premium(alone))} → {mega(premium([together]))}"),
    ]


def _fleet_lines(content: Content) -> list[Line]:
    """Return the joint plan's fleet emission in the last year, partner by partner where they are not pooled."""
    names = {key: entry.name for key, entry in content.project.partners.items()}
    last = content.project.years.last
    lines = []
    for key, name in names.items():
        values = []
        for scenario in content.scenarios:
            fleets = [f for f in scenario.comparison.together.fleets if f.year == last and key in f.pool]
            if not fleets:
                values.append("–")
                continue
            fleet = fleets[0]
            pooled = ", pooled" if len(fleet.pool) > 1 else ""
            values.append(f"{fixed(fleet.emission * 1e6, 1)} ({fixed(fleet.target * 1e6, 1)}{pooled})")
        lines.append(Line(name=f"{name}, fleet CO₂ in {last} (target)", unit="g/km", values=tuple(values)))
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What a scenario lays over the project: in words, and as ``place = value``."""

    name: str
    description: str
    lines: tuple[str, ...]


def overlay(content: Content, scenario: str) -> Overlay:
    """Return what a scenario lays over the project."""
    laid = dict(content.project.scenarios.get(scenario, {}))
    description = str(laid.pop("description", ""))
    return Overlay(name=scenario, description=description, lines=tuple(_flat("", laid)))


def _flat(place: str, thing: object) -> list[str]:
    if isinstance(thing, dict):
        return [line for key, value in thing.items() for line in _flat(f"{place}.{key}" if place else str(key), value)]
    return [f"{place} = {thing}"]
