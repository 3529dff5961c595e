"""``coaxle plan``: who builds what for whom."""

from __future__ import annotations

from pathlib import Path

import typer


def plan(
    project: Path = typer.Argument(..., help="The project file."),
    scenario: str = typer.Option(None, "--scenario", help="Scenario laid over the project."),
    gap: float = typer.Option(None, "--gap", help="Stop when the plan is proven to lie within this many MEUR."),
    csv: Path = typer.Option(None, "--csv", help="Write the ledger of the joint plan to this file."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Plan each partner alone and all together: assignment, plants, cost with a proven gap, fleet CO2."""
    from coaxle.alliance.solve import PlanSettings
    from coaxle.cli.words import progress, say_json, say_table
    from coaxle.report.tables import comparison_data, ledger_table, write_csv
    from coaxle.workbench.workbench import read

    bench = read(project, scenario)
    with progress("driving every carline with every powertrain that it may take", quiet=as_json):
        bench.fit()
    settings = PlanSettings() if gap is None else PlanSettings(gap=gap * 1e6)
    with progress("planning each partner alone and all together", quiet=as_json):
        found = bench.compare(settings)
    if csv is not None:
        write_csv(ledger_table(found.together), csv)
    if as_json:
        say_json(comparison_data(found))
        return
    alone = {carline: choice for plan in found.alone.values() for carline, choice in plan.assignment.items()}
    rows = [
        (carline, alone[carline], choice, "" if alone[carline] == choice else "changed")
        for carline, choice in found.together.assignment.items()
    ]
    say_table("who uses what", ("carline", "alone", "together", ""), rows)
    costs = [(name, plan) for name, plan in found.alone.items()] + [("together", found.together)]
    say_table(
        "present value",
        ("plan", "cost [MEUR]", "proven within [MEUR]"),
        [(name, f"{plan.cost / 1e6:.1f}", f"{plan.gap / 1e6:.2f}") for name, plan in costs],
    )
    saved, least = (round(money / 1e6, 1) + 0.0 for money in (found.saving, found.saving_least))  # no "-0.0"
    typer.echo(f"together saves {saved:.1f} MEUR (proven: at least {least:.1f} MEUR)")
    for fact in found.together.binding:
        typer.echo(f"- {fact}")
