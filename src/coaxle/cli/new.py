"""``coaxle new``: begin a project."""

from __future__ import annotations

from pathlib import Path

import typer


def new(
    folder: Path = typer.Argument(..., help="Folder for the project; what stands in it is not touched."),
    starter: str = typer.Option("starter", "--from", help="Starter to copy."),
) -> None:
    """Write a starter project of two fictitious carmakers, to be changed into one of your own."""
    from coaxle.project.create import create

    written = create(folder, starter)
    for path in written:
        typer.echo(path)
    first = next(path for path in written if path.name == "alliance.yaml")
    typer.echo(f"\nNow try: coaxle check {first}")
