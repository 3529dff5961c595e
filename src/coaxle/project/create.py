"""Begin a project: copy a starter that is shipped with coaxle."""

from __future__ import annotations

import contextlib
from pathlib import Path

from coaxle.errors import InputError, UseError
from coaxle.numerics.files import write_whole
from coaxle.project.names import did_you_mean

STARTERS = {"starter": Path(__file__).parent / "starter"}
"""Folders that a project may begin from, by name."""


def create(folder: Path, starter: str = "starter") -> tuple[Path, ...]:
    """Write the files of ``starter`` into ``folder`` and return them; nothing that stands there is touched.

    Raises
    ------
    UseError
        Where there is no such starter.
    InputError
        Where one of the files stands already, or one cannot be written; then none is left.

    """
    if starter not in STARTERS:
        raise UseError(f"'{starter}' is no starter{did_you_mean(starter, STARTERS)}")
    wanted = {folder / source.name: source for source in sorted(STARTERS[starter].glob("*.yaml"))}
    for target in wanted:
        try:
            stands = target.exists() or target.is_symlink()
        except (OSError, ValueError) as error:
            raise InputError(f"{target}: cannot be written ({error})") from error
        if stands:
            raise InputError(f"{target}: stands already; a folder without it is wanted")
    there = folder.exists()
    written: list[Path] = []
    try:
        for target, source in wanted.items():
            written.append(write_whole(target, source.read_bytes()))
    except InputError:
        for target in written:
            target.unlink(missing_ok=True)
        if not there:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    return tuple(written)
