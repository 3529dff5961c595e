"""``coaxle validate``: predicted against measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from coaxle.validation.errors import Comparison


def validate(
    to: Path = typer.Option(None, "--to", help="Write the page to this file (Markdown), its pictures beside it."),
    calibrate: bool = typer.Option(False, "--calibrate", help="Fit the class parameters anew and print them."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Predict the certification tests of real cars and say how far off the predictions are."""
    from coaxle.cli.words import progress, say_json, say_table
    from coaxle.errors import UseError

    if calibrate:
        if to is not None or as_json:
            raise UseError("validate: --calibrate prints what it fits; --to and --json do not go with it")
        from coaxle.validation.calibrate import main

        main()
        return
    from coaxle.validation.page import said, write_page
    from coaxle.validation.validate import validate as compare

    with progress("driving the cars of the certification tests", quiet=as_json):
        validation = compare()
    files: tuple[Path, ...] = ()
    if to is not None:
        from coaxle.validation.units.section import judge

        with progress("computing drive units from their geometry", quiet=as_json):
            units = judge()
        files = write_page(validation, to, units)
    if as_json:
        say_json({"comparisons": [_as_json(c) for c in validation.comparisons], "files": [str(f) for f in files]})
        return
    rows = []
    for c in validation.comparisons:
        errors = c.errors("test")
        if errors is None:
            continue
        met = "" if c.target is None else "met" if errors.mean_absolute <= c.target else "missed"
        figures = (errors.mean_absolute, errors.ninetieth, errors.worst)
        target = "" if c.target is None else said(c, c.target)
        rows.append(
            [
                f"{c.quantity}, {c.kind}",
                str(errors.count),
                said(c, errors.mean, signed=True),
                *(said(c, x) for x in figures),
                target,
                met,
            ]
        )
    say_table(
        "Blind errors (test part)",
        ["", "cars", "mean", "mean abs", "90th", "worst", "target", ""],
        rows,
    )
    for file in files[-1:]:
        typer.echo(f"written: {file}")


def _as_json(c: Comparison) -> dict[str, object]:
    """Return a comparison with its errors by part."""
    from dataclasses import asdict

    errors = {part: c.errors(part) for part in ("calibration", "test")}
    constant = c.errors("test", of_baseline=True)
    return {
        "quantity": c.quantity,
        "class": c.kind,
        "unit": c.unit,
        "relative": c.relative,
        "target": c.target,
        "errors": {part: asdict(found) if found else None for part, found in errors.items()},
        "one constant": asdict(constant) if constant else None,
        "cars": [
            {"name": n, "maker": m, "part": p, "measured": a / c.scale, "predicted": b / c.scale}
            for n, m, p, a, b in zip(c.names, c.makers, c.parts, c.measured, c.predicted, strict=True)
        ],
    }
