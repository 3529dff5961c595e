"""``coaxle check``: every problem of a project file, or none."""

from __future__ import annotations

from pathlib import Path

import typer


def check(
    project: Path = typer.Argument(..., help="The project file."),
    as_json: bool = typer.Option(False, "--json", help="Print the problems as a list of objects."),
) -> None:
    """Name every problem of a project file and of what it includes, with file and line; scenarios too."""
    from coaxle.errors import ProjectError
    from coaxle.project.read import read

    try:
        found = read(project)
    except ProjectError as error:
        if as_json:
            from coaxle.cli.words import say_json

            say_json(
                [
                    {"file": each.file, "line": each.line, "place": each.place, "message": each.message}
                    for each in error.problems
                ]
            )
        else:
            typer.echo("\n".join(map(str, error.problems)))
        raise typer.Exit(1) from error
    if as_json:
        typer.echo("[]")
        return
    counts = (
        (found.partners, "partner", "partners"),
        (found.carlines, "carline", "carlines"),
        (found.powertrains, "powertrain", "powertrains"),
        (found.scenarios, "scenario", "scenarios"),
    )
    said = ", ".join(f"{len(entries)} {one if len(entries) == 1 else many}" for entries, one, many in counts)
    typer.echo(f"{project}: no problems; {said}")
