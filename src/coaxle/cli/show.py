"""``coaxle show``: what a project holds, with units, sources and assumptions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from coaxle.project.project import Project


def show(
    project: Path = typer.Argument(..., help="The project file."),
    place: str = typer.Argument("", help="Section, entry or field in dots, such as carlines.moor.body."),
    scenario: str = typer.Option(None, "--scenario", help="Scenario laid over the project."),
    assumptions: bool = typer.Option(False, "--assumptions", help="Show what nobody published, and why it stands so."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Show the sections of a project, or one entry with its units, its source and what in it is assumed."""
    from coaxle.project.read import read

    found = read(project, scenario)
    if assumptions:
        _assumptions(found, place, as_json)
    elif place:
        _entry(found, place, as_json)
    else:
        _sections(found, as_json)


def _assumptions(project: Project, place: str, as_json: bool) -> None:
    from coaxle.cli.words import say_json, say_table
    from coaxle.project.assumptions import assumptions
    from coaxle.project.places import at

    if place:
        at(project, place)
    found = [
        each for each in assumptions(project) if f"{each.place}.{each.field}.".startswith(f"{place}." if place else "")
    ]
    if as_json:
        say_json(
            [{"place": each.place, "field": each.field, "value": each.value, "reason": each.reason} for each in found]
        )
        return
    rows = [(f"{each.place}.{each.field}", each.value, each.reason) for each in found]
    if not rows:
        typer.echo("nothing is assumed there")
        return
    say_table(f"{project.name}: what is assumed", ("place", "value", "reason"), rows)


def _entry(project: Project, place: str, as_json: bool) -> None:
    from coaxle.cli.words import say_json
    from coaxle.project.places import at
    from coaxle.project.plain import plain, words
    from coaxle.project.write import dump_plain
    from coaxle.units import show_shortly

    value, shape = at(project, place)
    said = plain(value, shape, show_shortly)
    if as_json:
        say_json({"place": place, "value": said})
        return
    whole = isinstance(said, dict | list)
    typer.echo(dump_plain({place: said}).rstrip("\n") if whole else f"{place}: {words(value, shape)}")


def _sections(project: Project, as_json: bool) -> None:
    from coaxle.cli.words import say_json, say_table
    from coaxle.project.places import sections

    found = sections(project)
    if as_json:
        say_json({"name": project.name, "sections": {name: list(entries) for name, entries in found.items()}})
        return
    rows = [(name, str(len(entries)), ", ".join(entries)) for name, entries in found.items()]
    say_table(f"{project.name}, {project.years.first} to {project.years.last}", ("section", "entries", "names"), rows)
