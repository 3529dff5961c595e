"""The command line: ``coaxle VERB ...``.

Exit codes: 0 done, 1 the input has problems, 2 wrong use, 3 no feasible answer, 4 a computation failed.
Each verb lives in a module of its own that imports what it needs when it runs, so that help comes at once.
"""

from __future__ import annotations

import sys

import typer

from coaxle import __version__
from coaxle.cli.check import check
from coaxle.cli.drive import drive
from coaxle.cli.fit import fit
from coaxle.cli.map import make_map
from coaxle.cli.new import new
from coaxle.cli.plan import plan
from coaxle.cli.report import report
from coaxle.cli.schema import schema
from coaxle.cli.show import show
from coaxle.cli.validate import validate

app = typer.Typer(
    name="coaxle",
    help="Engineer, share and plan powertrains together.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
    debug: bool = typer.Option(False, "--debug", help="Show a traceback when something goes wrong."),
) -> None:
    """Engineer, share and plan powertrains together."""


app.command()(new)
app.command()(check)
app.command()(show)
app.command()(schema)
app.command("map")(make_map)
app.command()(drive)
app.command()(fit)
app.command()(plan)
app.command()(report)
app.command()(validate)


def run() -> None:
    """Run the command line; errors become one message and an exit code, a traceback comes only with ``--debug``."""
    from coaxle.errors import CoaxleError

    try:
        app()
    except CoaxleError as error:
        if "--debug" in sys.argv:
            raise
        typer.echo(f"coaxle: {error}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        typer.echo(
            f"coaxle: {type(error).__name__}: {error}; this is a fault of coaxle (--debug shows where)", err=True
        )
        sys.exit(4)
