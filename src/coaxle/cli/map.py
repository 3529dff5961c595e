"""``coaxle map``: the map of one unit, as a file and a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import typer


def make_map(
    project: Path = typer.Argument(..., help="The project file."),
    unit: str = typer.Argument(..., help="Name of a drive unit, an engine or a battery."),
    scenario: str = typer.Option(None, "--scenario", help="Scenario laid over the project."),
    to: Path = typer.Option(Path(), "--to", help="Folder for the map file and its picture."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Make the map of a unit: a .cxmap file that a partner can use without the design, and a picture of it."""
    from coaxle.cli.words import progress, say_json
    from coaxle.errors import UseError
    from coaxle.maps import BatteryMap, EduMap, EngineMap
    from coaxle.maps.files import save
    from coaxle.numerics.files import write_whole
    from coaxle.report.figures.map import edu_figure, engine_figure
    from coaxle.workbench.workbench import read

    bench = read(project, scenario)
    makers: dict[str, Callable[[], EduMap | EngineMap | BatteryMap]] = {
        **{name: partial(bench.edu, name) for name in bench.project.edus},
        **{name: partial(bench.engine, name) for name in bench.project.engines},
        **{name: partial(bench.battery, name) for name in bench.project.batteries},
    }
    if unit not in makers:
        raise UseError(f"'{unit}' is not in edus, engines or batteries; known: {', '.join(makers)}")
    with progress(f"making the map of {unit}", quiet=as_json):
        result = makers[unit]()
        path = save(result, to)
        picture = None
        if isinstance(result, EduMap | EngineMap):
            picture = path.with_suffix(".svg")
            draw = edu_figure(result) if isinstance(result, EduMap) else engine_figure(result)
            write_whole(picture, draw.encode())
    if as_json:
        say_json(
            {
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
        )
        return
    typer.echo(f"{unit}: {result.origin.method}; {result.origin.source}")
    typer.echo(f"map      {path}")
    if picture is not None:
        typer.echo(f"picture  {picture}")
