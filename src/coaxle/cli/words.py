"""What every verb says in the same way: JSON, tables, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from typing import Any

import typer


def say_json(thing: Any) -> None:
    """Print ``thing`` as JSON on standard output; figures that are not finite become null."""
    typer.echo(json.dumps(_finite(thing), indent=2, ensure_ascii=False))


def _finite(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {str(key): _finite(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_finite(value) for value in thing]
    if hasattr(thing, "tolist"):
        return _finite(thing.tolist())
    if isinstance(thing, float) and not isfinite(thing):
        return None
    return thing


def say_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; columns whose cells are all figures stand to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for i, heading in enumerate(headings):
        figures = all(row[i][:1] in "-0123456789–" for row in rows if row[i])
        table.add_column(heading, justify="right" if figures else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    console.print(table)


@contextmanager
def progress(what: str, quiet: bool = False) -> Iterator[None]:
    """Show on standard error that ``what`` is under way, and for how long; nothing when ``quiet``."""
    if quiet:
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(file=sys.stderr)
    if not console.is_terminal:
        typer.echo(f"{what} ...", err=True)
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        bar.add_task(what, total=None)
        yield
