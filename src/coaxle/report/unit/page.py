"""The page of one unit: self-contained, light and dark, on screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from coaxle.design import gearbox as gears
from coaxle.report.numerals import count, fixed, percent, significant
from coaxle.report.page import assumed_sections, source_groups
from coaxle.report.palette import stylesheet
from coaxle.report.shared import alone, shared
from coaxle.report.tables import Table
from coaxle.report.unit.content import UnitContent
from coaxle.report.unit.pictures import Shown, pictures
from coaxle.report.unit.ratings import best, ratings
from coaxle.report.unit.tables import losses_table, materials_table

RPM = np.pi / 30
KINDS = {
    "eesm": "electrically excited synchronous machine",
    "ipm": "synchronous machine with magnets inside the rotor",
    "spm": "synchronous machine with magnets on the rotor",
    "synrm": "reluctance machine",
    "induction": "induction machine",
}
OWN = "own design"
"""Words by which an entry's ``assumed`` says that its geometry is nobody's but coaxle's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """The page and the pictures on it, each of which also stands alone."""

    html: str
    pictures: tuple[Shown, ...]


def unit_page(content: UnitContent) -> UnitPage:
    """Return the page of a unit."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    every = pictures(content)
    hidden, drawn = shared([picture.svg for picture in every])
    loader = PackageLoader("coaxle.report")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    groups: dict[str, list[tuple[Shown, Any]]] = {}
    for picture, svg in zip(every, drawn, strict=True):
        groups.setdefault(picture.group, []).append((picture, Markup(svg)))
    css = "".join(loader.get_source(environment, name)[0] for name in ("page.css", "unit.css"))
    html = environment.get_template("unit.html").render(
        **_words(content),
        groups=groups,
        hidden=Markup(hidden),
        css=Markup(stylesheet() + css),
        script=Markup(loader.get_source(environment, "unit.js")[0]),
    )
    bare = tuple(Shown(name=p.name, group=p.group, caption=p.caption, svg=alone(p.svg), wide=p.wide) for p in every)
    return UnitPage(html=html, pictures=bare)


def _words(content: UnitContent) -> dict[str, Any]:
    """Return everything that the template writes as text."""
    unit = content.unit
    assumed = content.assumed
    return {
        "name": content.name,
        "project": content.project,
        "kind": KINDS[unit.parts.machine.kind],
        "fineness": content.fineness,
        "own": any(OWN in row.reason for row in assumed),
        "figures": _figures(content),
        "facts": _facts(content),
        "voltage": fixed(unit.parts.unit.voltage, 0),
        "ratings": _ratings(content),
        "checks": _checks(content),
        "unchecked": content.unchecked,
        "passed": len(content.checks) - len(content.failed),
        "failed": len(content.failed),
        "losses": _told(losses_table(unit)),
        "materials": _materials(materials_table(unit)),
        "assumed": assumed_sections(assumed),
        "assumed_count": len(assumed),
        "sources": source_groups(content.sources),
        "settings": _settings(content),
        "seconds": [(what, fixed(seconds, 1)) for what, seconds in content.seconds.items()],
        "kept": content.kept,
        "limits": unit.map.origin.limits,
        "flux_limits": unit.flux.origin.limits,
        "made": f"{content.made:%Y-%m-%d %H:%M}",
        "made_iso": content.made.isoformat(timespec="seconds"),
        "version": content.version,
        "digest": content.digest,
        "command": content.command,
    }


def _figures(content: UnitContent) -> list[tuple[str, str, str]]:
    """Return meaning, value and unit of the figures at the top."""
    unit = content.unit
    made = {rating.name: rating for rating in ratings(unit)}
    found = best(unit)
    cost = "unknown" if unit.map.cost is None else count(unit.map.cost)
    return [
        ("peak torque at the output", fixed(made["peak"].torque, 0), "Nm"),
        ("peak power at the output", fixed(made["peak"].power / 1e3, 0), "kW"),
        ("power for 30 minutes", fixed(made["30 min"].power / 1e3, 0), "kW"),
        ("best efficiency", percent(found.efficiency, 1), ""),
        ("mass", fixed(unit.map.mass, 0), "kg"),
        ("cost", cost, "" if unit.map.cost is None else content.currency.code),
    ]


def _facts(content: UnitContent) -> list[tuple[str, str]]:
    unit, parts = content.unit, content.unit.parts
    known, wound = unit.facts, unit.facts.winding
    facts = [
        ("Machine", f"{parts.unit.machine}: {KINDS[known.kind]}, {2 * known.pole_pairs} poles, {known.slots} slots"),
        (
            "Size",
            f"{fixed(1e3 * known.stator_outer, 0)} mm across, stack {fixed(1e3 * known.stack, 0)} mm, bore "
            f"{fixed(1e3 * known.bore, 1)} mm, gap {fixed(1e3 * known.gap, 2)} mm",
        ),
        (
            "Winding",
            f"{wound.style}, {wound.conductors_per_slot} conductors a slot, {wound.parallel_paths} paths, "
            f"{significant(wound.series_turns)} turns a phase, fill {percent(wound.slot_fill)}, "
            f"{significant(1e3 * wound.resistance)} mΩ at 20 °C",
        ),
        (
            "Inverter",
            f"{parts.unit.inverter}: {parts.inverter.device}, "
            f"{fixed(parts.inverter.switching_frequency / 1e3, 1)} kHz, {parts.inverter.modulation}",
        ),
        ("Gears", f"{parts.unit.gearbox}: {parts.gearbox.kind}, ratio {fixed(gears.ratio(parts.gearbox), 3)}"),
        ("Cooling", f"{parts.unit.cooling}: {parts.cooling.kind}"),
        (
            "Rated",
            f"{fixed(parts.unit.voltage, 0)} V ± {fixed(parts.unit.voltage_margin, 0)} V, "
            f"{fixed(min(parts.unit.current, parts.inverter.max_current), 0)} A peak a phase, "
            f"{fixed(known.max_speed / RPM, 0)} rpm",
        ),
    ]
    if known.rotor_winding is not None:
        rotor = known.rotor_winding
        facts.insert(
            3,
            (
                "Rotor",
                f"{rotor.style}, {significant(rotor.turns)} turns, fill {percent(rotor.slot_fill)}, "
                f"{significant(rotor.resistance)} Ω at 20 °C",
            ),
        )
    return facts


def _ratings(content: UnitContent) -> list[tuple[str, ...]]:
    return [
        (
            r.name,
            fixed(r.torque, 0),
            fixed(r.torque_speed / RPM, 0),
            r.torque_limit,
            fixed(r.shaft, 0),
            fixed(r.power / 1e3, 1),
            fixed(r.power_speed / RPM, 0),
            r.power_limit,
        )
        for r in ratings(content.unit)
    ]


def _checks(content: UnitContent) -> list[dict[str, Any]]:
    """Return the lines, red ones first."""
    return [
        {
            "name": c.name,
            "passed": c.passed,
            "value": f"{significant(c.value)} {c.unit}".strip(),
            "limit": f"{'≥' if c.at_least else '≤'} {significant(c.limit)} {c.unit}".strip(),
            "note": c.note,
            "source": c.source,
        }
        for c in sorted(content.checks, key=lambda check: check.passed)
    ]


def _told(table: Table) -> dict[str, Any]:
    """Return the losses turned: a row for each part, a column for each point."""
    names = [str(row[0]) for row in table.rows]
    lines = []
    for column, heading in enumerate(table.headings[1:], 1):
        values = [float(row[column]) for row in table.rows]
        if heading.startswith("efficiency"):
            lines.append(("efficiency", [percent(value, 1) for value in values]))
        elif heading.startswith("terminal"):
            lines.append((heading, [fixed(value, 2) for value in values]))
        else:
            lines.append((heading, [significant(value, 4) for value in values]))
    strong = {"sum [W]", "efficiency"}
    return {"names": names, "lines": [(heading, cells, heading in strong) for heading, cells in lines]}


def _materials(table: Table) -> list[tuple[str, ...]]:
    return [
        (str(use), str(name), str(said), fixed(float(price), 2), str(source))
        for use, name, said, price, source in table.rows
    ]


def _settings(content: UnitContent) -> list[tuple[str, str]]:
    s, flux = content.settings, content.settings.flux
    return [
        ("fineness", content.fineness),
        ("field points", f"{flux.d} × {flux.q} × {flux.field} currents, {flux.positions} rotor positions"),
        ("elements", f"order {flux.order}, {len(content.fields[0].mesh.triangles)} triangles a sector"),
        ("tolerance of the field", f"{flux.tolerance:g}"),
        ("nodes of the map", f"{s.voltages} voltages × {s.speeds} speeds × {s.torques} torques"),
        ("operating points", f"{2 * s.control_torques + 1} torques at each voltage and speed"),
    ]
