"""``coaxle fit``: which powertrain fits which carline."""

from __future__ import annotations

from pathlib import Path

import typer


def fit(
    project: Path = typer.Argument(..., help="The project file."),
    scenario: str = typer.Option(None, "--scenario", help="Scenario laid over the project."),
    cycle: str = typer.Option(None, "--cycle", help="Legal cycle; default: the one of the project's rules."),
    csv: Path = typer.Option(None, "--csv", help="Write the whole table to this file."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Drive and accelerate every carline with every powertrain it may take: feasible or why not, and what it needs."""
    from coaxle.cli.words import progress, say_json, say_table
    from coaxle.report.tables import fits_table, write_csv
    from coaxle.workbench.workbench import read

    bench = read(project, scenario)
    with progress("driving every carline with every powertrain that it may take", quiet=as_json):
        fits = bench.fit(cycle=cycle)
    table = fits_table(fits)
    if csv is not None:
        write_csv(table, csv)
    if as_json:
        say_json([dict(zip(table.headings, row, strict=True)) for row in table.rows])
        return
    say_table(f"{len(fits)} fits on {fits.cycle}, {int(fits.feasible.sum())} feasible", *table.as_text())
