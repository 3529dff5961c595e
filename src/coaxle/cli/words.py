"""What every verb says in the same way: JSON, tables, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from time import monotonic
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
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title), title_justify="left", header_style="bold", box=None, pad_edge=False)
    for i, heading in enumerate(headings):
        figures = all(row[i][:1] in "-0123456789–" for row in rows if row[i])
        table.add_column(escape(heading), justify="right" if figures else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
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


@contextmanager
def stages(quiet: bool = False) -> Iterator[Callable[[str, float], None]]:
    """Give what shows on standard error which step is under way, which share of all is done, and how long it may take.

    A bar where standard error is a terminal, else a line whenever a step begins or a tenth of the whole is done.
    """
    if quiet:
        yield lambda what, share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(file=sys.stderr)
    begun, last = monotonic(), [("", -1)]

    def left(share: float) -> str:
        seconds = monotonic() - begun
        wait = seconds / share - seconds if share > 0.02 else 0.0
        return f"about {wait:.0f} s left" if wait >= 1.0 and seconds >= 1.0 else ""

    if not console.is_terminal:

        def line(what: str, share: float) -> None:
            step = (what, int(10 * share))
            if step != last[0]:
                last[0] = step
                wait = left(share)
                typer.echo(f"{100 * share:3.0f} %  {what}" + (f", {wait}" if wait else ""), err=True)

        yield line
        return
    columns = (
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0, left="")

        def move(what: str, share: float) -> None:
            bar.update(task, completed=share, description=what, left=left(share))

        yield move
