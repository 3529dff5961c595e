"""One self-contained page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.project.assumptions import Assumption, Source, assumptions, sources
from coaxle.report.answer import figures, groups, overlay, scenario_lines, sentences, tokens
from coaxle.report.carlines import Picture, carline_views
from coaxle.report.content import Content
from coaxle.report.costs import (
    cash_figures,
    fleet_blocks,
    fleet_figures,
    heat_figure,
    item_rows,
    line_changes,
    payer_rows,
    sharing_figure,
    waterfall_figure,
)
from coaxle.report.numerals import count, fixed
from coaxle.report.palette import stylesheet
from coaxle.report.shared import alone, shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page and the figures on it, each of which also stands alone."""

    html: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedGroup:
    """Assumptions that share their field and reason: each value with the entries that have it."""

    what: str
    reason: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedSection:
    """The assumptions of one section of the project."""

    name: str
    count: int
    groups: tuple[AssumedGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """Entries that share one source."""

    source: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapGroup:
    """Maps of one kind that came to be in one way and have the same limits: name, source, nodes, mass, cost of each."""

    kind: str
    method: str
    limits: str
    rows: tuple[tuple[str, ...], ...]


def page(content: Content) -> Page:
    """Return the page of a report."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    overview = _overview(content)
    cars = tuple(carline_views(content))
    every = [*overview, *(picture for car in cars for drive in car.drives for picture in drive.pictures)]
    hidden, drawn = shared([picture.svg for picture in every])
    loader = PackageLoader("coaxle.report")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template("page.html").render(
        **_words(content),
        cars=cars,
        overview=[picture.name for picture in overview],
        drawn={picture.name: Markup(svg) for picture, svg in zip(every, drawn, strict=True)},
        hidden=Markup(hidden),
        css=Markup(stylesheet() + loader.get_source(environment, "page.css")[0]),
        script=Markup(loader.get_source(environment, "page.js")[0]),
    )
    pictures = tuple(replace(picture, svg=alone(picture.svg)) for picture in every)
    return Page(html=html, pictures=pictures)


def _overview(content: Content) -> tuple[Picture, ...]:
    cash = enumerate(cash_figures(content))
    fleet = enumerate(fleet_figures(content))
    return (
        Picture(name="sharing", caption="", svg=sharing_figure(content)),
        Picture(name="cost-waterfall", caption="", svg=waterfall_figure(content)),
        *(Picture(name=f"payments-{i + 1}", caption="", svg=svg) for i, svg in cash),
        Picture(name="use-of-lines", caption="", svg=heat_figure(content)),
        *(Picture(name=f"fleet-co2-{i + 1}", caption="", svg=svg) for i, svg in fleet),
    )


def _words(content: Content) -> dict[str, Any]:
    """Return everything that the template writes as text."""
    project, told = content.told.project, content.told
    item_headings, items = item_rows(content)
    fleet_years, fleets = fleet_blocks(content)
    assumed = assumptions(content.project)
    return {
        "project": project,
        "headline": content.headline,
        "discount": fixed(100 * project.discount, 1),
        "sentences": sentences(content),
        "figures": figures(content),
        "groups": groups(content),
        "partners": [(project.partners[name].name, token) for name, token in tokens(project).items()],
        "scenarios": [scenario.name for scenario in content.scenarios],
        "overlays": [overlay(content, scenario.name) for scenario in content.scenarios],
        "scenario_lines": scenario_lines(content),
        "item_headings": item_headings,
        "items": items,
        "payers": payer_rows(content),
        "binding": told.comparison.together.binding,
        "line_changes": line_changes(content),
        "fleet_years": fleet_years,
        "fleets": fleets,
        "rules": project.rules,
        "premium": fixed(project.rules.premium / 1e6, 0),
        "cycle": content.cycle,
        "cycle_words": f"{fixed(content.cycle.distance / 1e3, 2)} km in {fixed(content.cycle.duration, 0)} s",
        "assumed": assumed_sections(assumed),
        "assumed_count": len(assumed),
        "sources": source_groups(sources(content.project)),
        "maps": map_groups(content.maps),
        "made": f"{content.made:%Y-%m-%d %H:%M}",
        "made_iso": content.made.isoformat(timespec="seconds"),
        "version": content.version,
        "digest": content.digest,
        "settings": content.settings,
        "command": content.command,
    }


def assumed_sections(rows: Iterable[Assumption]) -> tuple[AssumedSection, ...]:
    """Return assumptions by section, gathered by field, reason and value."""
    sections: dict[str, dict[tuple[str, str], dict[str, list[str]]]] = {}
    for row in rows:
        section, entry, field = _cut(row)
        values = sections.setdefault(section, {}).setdefault((field, row.reason), {})
        values.setdefault(row.value, []).append(entry)
    return tuple(
        AssumedSection(
            name=name,
            count=sum(len(entries) for values in groups.values() for entries in values.values()),
            groups=tuple(
                AssumedGroup(
                    what=what,
                    reason=reason,
                    values=tuple((value, tuple(filter(None, entries))) for value, entries in values.items()),
                )
                for (what, reason), values in groups.items()
            ),
        )
        for name, groups in sections.items()
    )


def source_groups(rows: Iterable[Source]) -> tuple[SourceGroup, ...]:
    """Return sources, each with the places that rest on it."""
    gathered: dict[str, list[str]] = {}
    for row in rows:
        gathered.setdefault(row.source, []).append(row.place)
    return tuple(SourceGroup(source=source, entries=tuple(places)) for source, places in gathered.items())


def _cut(row: Assumption) -> tuple[str, str, str]:
    """Return section, entry and field of an assumption; one of a carline's options counts as an entry of its own."""
    section, *parts = row.place.split(".")
    entry, rest = (parts[0], parts[1:]) if parts else ("", [])
    if rest[:1] == ["options"] and len(rest) > 1:
        entry, rest = f"{entry} with {rest[1]}", ["options", *rest[2:]]
    return section, entry, ".".join([*rest, row.field])


def map_groups(maps: Mapping[str, EduMap | EngineMap | BatteryMap]) -> tuple[MapGroup, ...]:
    """Return the maps gathered by what made them and by what limits them."""
    gathered: dict[tuple[str, str, str], list[tuple[str, ...]]] = {}
    for name, machine in maps.items():
        if isinstance(machine, EduMap):
            kind, nodes = "drive units", " × ".join(map(str, machine.loss.shape))
        elif isinstance(machine, EngineMap):
            kind, nodes = "engines", " × ".join(map(str, machine.fuel.shape))
        else:
            kind, nodes = "batteries", str(machine.soc.size)
        origin = machine.origin
        cost = "unknown" if machine.cost is None else count(machine.cost)
        row = (name, origin.source, nodes, count(machine.mass), cost)
        gathered.setdefault((kind, origin.method, origin.limits), []).append(row)
    return tuple(
        MapGroup(kind=kind, method=method, limits=limits or "no limits told", rows=tuple(rows))
        for (kind, method, limits), rows in sorted(gathered.items(), key=lambda item: item[0][:2])
    )
