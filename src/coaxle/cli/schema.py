"""``coaxle schema``: the JSON schema of project files."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON schema of project files, for editors and forms."""
    import json

    from coaxle.project.schema import schema as made

    typer.echo(json.dumps(made(), indent=1, ensure_ascii=False))
