"""``coaxle report``: everything on one page."""

from __future__ import annotations

from pathlib import Path

import typer


def report(
    project: Path = typer.Argument(..., help="The project file."),
    to: Path = typer.Option(Path("report"), "--to", help="Folder for the page and its tables."),
    scenario: str = typer.Option(None, "--scenario", help="Scenario that the page tells in full; default: as written."),
    gap: float = typer.Option(None, "--gap", help="Stop planning when proven to lie within this many MEUR."),
    as_json: bool = typer.Option(False, "--json", help="Print the paths as JSON."),
) -> None:
    """Compute fits and plans for every scenario, and write one page with its tables as CSV and JSON."""
    from coaxle.alliance.solve import PlanSettings
    from coaxle.cli.words import progress, say_json
    from coaxle.report.gather import gather
    from coaxle.report.write import write
    from coaxle.workbench.workbench import read

    settings = PlanSettings() if gap is None else PlanSettings(gap=gap * 1e6)
    bench = read(project)
    command = f"coaxle report {project} --to {to}" + (f" --scenario {scenario}" if scenario else "")
    content = gather(bench, scenario, settings, command, lambda what: progress(what, quiet=as_json))
    with progress("writing", quiet=as_json):
        written = write(content, to)
    if as_json:
        say_json({"page": str(written.page), "files": [str(path) for path in written.files]})
        return
    typer.echo(f"the report is at {written.page}")
