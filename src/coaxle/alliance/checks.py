"""Whether the figures of an alliance and its fits can be planned with: all problems at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from math import inf, isfinite

from coaxle.alliance.partner import Alliance, Choice
from coaxle.errors import InputError
from coaxle.study.fits import Fits


def check(alliance: Alliance, fits: Fits, partners: tuple[str, ...]) -> None:
    """Raise where a figure is missing or not usable.

    Raises
    ------
    InputError
        Naming every problem, one a line.

    """
    problems = [
        *_horizon(alliance),
        *_families(alliance),
        *_plants(alliance),
        *_rules(alliance, partners),
        *_programmes(alliance),
        *_fits(alliance, fits, partners),
    ]
    if problems:
        raise InputError("\n".join(problems))


def _number(place: str, value: float, low: float = 0.0, high: float = inf) -> Iterator[str]:
    if not isfinite(value) or not low <= value <= high:
        wanted = f"at least {low:g}" if high == inf else f"{low:g} to {high:g}"
        yield f"{place}: {value:g}; a number, {wanted}, is wanted"


def _known(place: str, name: str, names: Mapping[str, object]) -> Iterator[str]:
    if name not in names:
        yield f"{place}: '{name}' is unknown; one of {', '.join(sorted(names)) or 'none'} is wanted"


def _horizon(alliance: Alliance) -> Iterator[str]:
    years = alliance.years
    if not years or any(later <= earlier for earlier, later in itertools.pairwise(years)):
        yield f"years: {years}; at least one, each later than the one before, is wanted"
    yield from _number("discount", alliance.discount)


def _families(alliance: Alliance) -> Iterator[str]:
    for name, family in alliance.families.items():
        yield from _known(f"families.{name}.partner", family.partner, alliance.partners)
        yield from _number(f"families.{name}.development", family.development)
    for name, unit in alliance.units.items():
        missing = list(_known(f"units.{name}.family", unit.family, alliance.families))
        yield from missing
        if not missing and (owner := alliance.families[unit.family].partner) != unit.owner:
            yield (
                f"units.{name}.owner: {unit.owner}, but its family '{unit.family}' belongs to {owner}; "
                "who pays the development must own the unit"
            )


def _plants(alliance: Alliance) -> Iterator[str]:
    for name, plant in alliance.plants.items():
        yield from _known(f"plants.{name}.partner", plant.partner, alliance.partners)
        yield from _number(f"plants.{name}.latitude", plant.latitude, -1.5707963267948968, 1.5707963267948968)
        yield from _number(f"plants.{name}.longitude", plant.longitude, -6.283185307179587, 6.283185307179587)
        for key, line in plant.lines.items():
            for field in ("capacity", "investment", "running", "cost_factor"):
                yield from _number(f"plants.{name}.lines.{key}.{field}", getattr(line, field))
    for field in ("freight", "detour", "border"):
        yield from _number(f"transport.{field}", getattr(alliance.transport, field))


def _rules(alliance: Alliance, partners: tuple[str, ...]) -> Iterator[str]:
    yield from _number("rules.premium", alliance.rules.premium)
    for name in partners:
        targets = alliance.rules.targets.get(name, {})
        for k, year in enumerate(alliance.years):
            counted = any(
                programme.partner == name and programme.regulated_share > 0 and programme.sales[k : k + 1] > (0.0,)
                for programme in alliance.programmes.values()
            )
            if year in targets:
                yield from _number(f"rules.targets.{name}.{year}", targets[year])
            elif counted:
                yield f"rules.targets.{name}: none for {year}; one for each year with registrations is wanted"


def _programmes(alliance: Alliance) -> Iterator[str]:
    for name, programme in alliance.programmes.items():
        place = f"carlines.{name}"
        yield from _known(f"{place}.partner", programme.partner, alliance.partners)
        yield from _known(f"{place}.plant", programme.plant, alliance.plants)
        yield from _number(f"{place}.regulated_share", programme.regulated_share, 0.0, 1.0)
        if len(programme.sales) != len(alliance.years):
            yield f"{place}.sales: {len(programme.sales)} figures; {len(alliance.years)} are wanted, one a year"
        for year, cars in zip(alliance.years, programme.sales, strict=False):
            yield from _number(f"{place}.sales.{year}", cars)
        for powertrain, choice in programme.choices.items():
            yield from _number(f"{place}.options.{powertrain}.application", choice.application)
            for unit, count in choice.units.items():
                yield from _known(f"{place}.options.{powertrain}", unit, alliance.units)
                if isinstance(count, bool) or not isinstance(count, int) or count < 1:
                    yield f"{place}.options.{powertrain}.{unit}: {count} of it; a whole number from 1 on is wanted"


def _fits(alliance: Alliance, fits: Fits, partners: tuple[str, ...]) -> Iterator[str]:
    rows: dict[tuple[str, str], int] = {}
    for i, pair in enumerate(zip(fits.carlines, fits.powertrains, strict=True)):
        if pair in rows:
            yield f"fits: {pair[0]} with {pair[1]} stands there twice; once is wanted"
        rows[pair] = i
    for name, programme in alliance.programmes.items():
        if programme.partner not in partners or not any(programme.sales):
            continue
        for powertrain, choice in programme.choices.items():
            if (name, powertrain) not in rows:
                yield f"fits: no row for {name} with {powertrain}; one for each of its options is wanted"
                continue
            i = rows[name, powertrain]
            if fits.feasible[i]:
                yield from _number(f"fits: emission of {name} with {powertrain}", float(fits.emission[i]))
                yield from _costs(alliance, f"carlines.{name}.options.{powertrain}", choice)


def _costs(alliance: Alliance, place: str, choice: Choice) -> Iterator[str]:
    """Ask for a cost only where the powertrain may really be taken: a unit that fits nowhere needs none."""
    yield from _number(f"{place}: cost of its other parts", choice.parts_cost)
    for unit in choice.units:
        if unit in alliance.units:
            yield from _number(f"{place}: cost of '{unit}'", alliance.units[unit].cost)
