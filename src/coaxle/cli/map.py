"""``coaxle map``: the map of one unit, as a file and a picture; of a unit made of parts also a page."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from coaxle.maps import BatteryMap, EduMap, EngineMap
    from coaxle.report.unit.content import UnitContent
    from coaxle.workbench.workbench import Workbench


class Fineness(StrEnum):
    """How fine a unit is computed from its parts."""

    draft = "draft"
    design = "design"
    sign_off = "sign-off"


def make_map(
    project: Path = typer.Argument(..., help="The project file."),
    unit: str = typer.Argument(..., help="Name of a drive unit, an engine or a battery."),
    scenario: str = typer.Option(None, "--scenario", help="Scenario laid over the project."),
    to: Path = typer.Option(Path(), "--to", help="Folder for the map file, its picture and its page."),
    settings: Fineness = typer.Option(
        None, "--settings", help="How fine a unit of kind 'parts' is computed; 'design' where nothing is said."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Make the map of a unit: a .cxmap file that a partner can use without the design, and a picture of it.

    Of a unit made of parts also a page with its ratings, checks, field, losses, heat and bill.
    """
    from coaxle.design.edu import PartsEdu
    from coaxle.errors import UseError
    from coaxle.workbench.workbench import read

    bench = read(project, scenario)
    if isinstance(bench.project.edus.get(unit), PartsEdu):
        fineness = (settings or Fineness.design).value
        command = f"coaxle map {project} {unit} --settings {fineness}" + (f" --scenario {scenario}" if scenario else "")
        _from_parts(bench, unit, fineness, to, command, as_json)
        return
    makers: dict[str, Callable[[], EduMap | EngineMap | BatteryMap]] = {
        **{name: partial(bench.edu, name) for name in bench.project.edus},
        **{name: partial(bench.engine, name) for name in bench.project.engines},
        **{name: partial(bench.battery, name) for name in bench.project.batteries},
    }
    if unit not in makers:
        raise UseError(f"'{unit}' is not in edus, engines or batteries; known: {', '.join(makers)}")
    if settings is not None:
        raise UseError(
            f"--settings {settings.value}: '{unit}' is no unit of kind 'parts'; only such a one has settings"
        )
    _as_it_is(unit, makers[unit], to, as_json)


def _as_it_is(unit: str, make: Callable[[], EduMap | EngineMap | BatteryMap], to: Path, as_json: bool) -> None:
    """Make a map that is read or follows from a few figures, and its picture."""
    from coaxle.cli.words import progress, say_json
    from coaxle.maps import EduMap, EngineMap
    from coaxle.maps.files import save
    from coaxle.numerics.files import write_whole
    from coaxle.report.figures.map import edu_figure, engine_figure

    with progress(f"making the map of {unit}", quiet=as_json):
        result = make()
        path = save(result, to)
        picture = None
        if isinstance(result, EduMap | EngineMap):
            picture = path.with_suffix(".svg")
            draw = edu_figure(result) if isinstance(result, EduMap) else engine_figure(result)
            write_whole(picture, draw.encode())
    if as_json:
        say_json(_told(unit, result, path, picture))
        return
    typer.echo(f"{unit}: {result.origin.method}; {result.origin.source}")
    typer.echo(f"map      {path}")
    if picture is not None:
        typer.echo(f"picture  {picture}")


def _from_parts(bench: Workbench, unit: str, fineness: str, to: Path, command: str, as_json: bool) -> None:
    """Make the map of a unit of parts, its picture and its page."""
    from coaxle.cli.words import say_json, stages
    from coaxle.maps.files import save
    from coaxle.numerics.files import write_whole
    from coaxle.report.figures.map import edu_figure
    from coaxle.report.unit.gather import gather
    from coaxle.report.unit.tables import losses_table, summary
    from coaxle.report.unit.write import write_unit

    with stages(quiet=as_json) as tell:
        content = gather(bench, unit, fineness, tell, command)
        result = content.unit.map
        written = write_unit(content, to)
        path = save(result, to)
        picture = write_whole(path.with_suffix(".svg"), edu_figure(result).encode())
    if as_json:
        files = {
            "page": str(written.page),
            "data": str(written.data),
            "tables": [str(table) for table in written.tables],
            "pictures": [str(drawn) for drawn in written.pictures],
        }
        losses = {"losses": losses_table(content.unit).as_data()}
        bill = {"masses [kg]": content.unit.bill.masses, "costs": content.unit.bill.costs}
        say_json(_told(unit, result, path, picture) | files | summary(content) | losses | bill)
        return
    _say(content)
    typer.echo(f"map      {path}")
    typer.echo(f"picture  {picture}")
    typer.echo(f"page     {written.page}")
    typer.echo(f"tables   {written.data.parent}")


def _told(unit: str, result: EduMap | EngineMap | BatteryMap, path: Path, picture: Path | None) -> dict[str, Any]:
    """Return what is told of any map, fit for JSON."""
    return {
        "unit": unit,
        "kind": type(result).__name__,
        "file": str(path),
        "picture": None if picture is None else str(picture),
        "mass [kg]": result.mass,
        "cost": result.cost,
        "origin": {
            "method": result.origin.method,
            "source": result.origin.source,
            "limits": result.origin.limits,
            "design": result.origin.design,
        },
    }


def _say(content: UnitContent) -> None:
    """Print ratings, the best point, mass, cost and checks."""
    from coaxle.cli.words import say_table
    from coaxle.report.numerals import percent, significant
    from coaxle.report.unit.ratings import best, ratings

    unit, rpm = content.unit, 30 / 3.141592653589793
    say_table(
        f"{content.name}, {content.fineness}: at the output shaft, {unit.parts.unit.voltage:.0f} V",
        ("", "torque [Nm]", "at [rpm]", "limited by", "power [kW]", "at [rpm]", "limited by"),
        [
            (
                r.name,
                f"{r.torque:.0f}",
                f"{r.torque_speed * rpm:.0f}",
                r.torque_limit,
                f"{r.power / 1e3:.1f}",
                f"{r.power_speed * rpm:.0f}",
                r.power_limit,
            )
            for r in ratings(unit)
        ],
    )
    found, cost = best(unit), unit.map.cost
    where = f"{found.speed * rpm:.0f} rpm, {found.torque:.0f} Nm"
    typer.echo(f"best efficiency {percent(found.efficiency, 1)} at {where}".replace("\u202f", " "))
    said = "unknown" if cost is None else f"{cost:.0f} {content.currency.code}"
    open_ones = f" (no price of {', '.join(unit.bill.missing)})" if unit.bill.missing else ""
    teardown = f"{unit.bill.teardown:.0f} {content.currency.code}"
    typer.echo(f"mass {unit.map.mass:.1f} kg, cost {said}{open_ones}, by teardown formulas {teardown}")
    if content.kept:
        typer.echo("the field solution came from the shelf")
    if content.unchecked:
        typer.echo(f"checks could not be computed: {content.unchecked}")
        return
    typer.echo(f"checks: {len(content.checks) - len(content.failed)} passed, {len(content.failed)} failed")
    for check in content.failed:
        wanted = "at least" if check.at_least else "at most"
        value, limit = (f"{significant(figure)} {check.unit}".strip() for figure in (check.value, check.limit))
        typer.echo(f"  failed  {check.name}: {value}; {wanted} {limit} is wanted ({check.note})".replace("\u202f", " "))
