"""A user's cycle, from a CSV file or an Excel sheet."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.errors import CycleError
from coaxle.numerics.arrays import Array
from coaxle.numerics.sheet import Table, read_sheet, read_table, rising
from coaxle.units import parse


def read_cycle(
    path: str | Path, *, name: str | None = None, sheet: str | None = None, source: str | None = None
) -> Cycle:
    """Read a cycle from a table with headings such as ``time [s], speed [km/h], grade [%], phase``.

    Units may be any that coaxle knows. Without a column ``grade`` the road is level. A column ``phase`` names the phase
    of each row; a new phase begins where the name changes, and the row where it does so belongs to both. Rows that
    start with ``#`` are comments.

    Parameters
    ----------
    path : str or Path
        ``.xlsx`` or ``.xlsm``, or text in UTF-8 delimited by commas, semicolons (then a comma may be the decimal mark)
        or tabs.
    name : str, optional
        Of the cycle; without it the file's name.
    sheet : str, optional
        Of a workbook that holds several.
    source : str, optional
        Where the trace comes from; without it the file's name.

    Raises
    ------
    CycleError
        Naming file and line, what stands there and what is wanted.

    """
    path = Path(path)
    table = read_table(read_sheet(path, sheet, CycleError), ("time", "speed", "grade", "phase"))
    for column in ("time", "speed"):
        if column not in table.names:
            raise CycleError(f"{table.sheet.at(0)}: no heading '{column}'; '{column} [unit]' is wanted")
    time = _si(table, "time", "time")
    speed = _si(table, "speed", "speed")
    grade = _si(table, "grade", "ratio") if "grade" in table.names else np.zeros(time.size)
    if time.size < 2:
        raise CycleError(f"{table.sheet.place}: holds one point; a cycle has at least two")
    back = rising(time)
    if back > 0:
        before = table.said(back - 1, "time")
        raise CycleError(f"{table.at(back)}: time: {table.said(back, 'time')} comes after {before}; time only rises")
    if np.any(speed < 0):
        at = int(np.argmax(speed < 0))
        raise CycleError(f"{table.at(at)}: speed: {table.said(at, 'speed')}; a speed is not negative")
    phases, starts = _phases(table)
    return Cycle(
        name=name or path.stem,
        time=time,
        speed=speed,
        grade=grade,
        phases=phases,
        borders=np.append(time[starts], time[-1]),
        source=source or path.name,
    )


def _si(table: Table, name: str, dimension: str) -> Array:
    return table.column(name, lambda unit: parse(f"1 {unit}", dimension))


def _phases(table: Table) -> tuple[tuple[str, ...], list[int]]:
    """Return the names of the phases and the rows where they begin."""
    if "phase" not in table.names:
        return ("whole",), [0]
    words = table.words("phase")
    if "" in words:
        raise CycleError(f"{table.at(words.index(''))}: phase: nothing stands there; the phase's name is wanted")
    starts = [0, *(k for k in range(1, len(words)) if words[k] != words[k - 1])]
    if starts[-1] == len(words) - 1:
        raise CycleError(f"{table.at(starts[-1])}: phase '{words[-1]}' begins with the last point; it has no length")
    names = tuple(words[k] for k in starts)
    for k, name in zip(starts, names, strict=True):
        if names.count(name) > 1:
            raise CycleError(f"{table.at(k)}: phase '{name}' comes more than once; name each stretch differently")
    return names, starts
