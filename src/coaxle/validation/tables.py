"""Tables of records as this room keeps them: comment lines with the source, a heading with units, rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, frozen

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by heading, each a tuple of texts; ``notes`` are the comment lines."""

    name: str
    notes: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self.columns.values())))

    def words(self, column: str) -> tuple[str, ...]:
        """Return a column of words."""
        return self.columns[column]

    def numbers(self, column: str) -> Array:
        """Return a column of numbers (N,), NaN where nothing stands.

        Raises
        ------
        InputError
            Where something else stands than a number.

        """
        values = np.empty(len(self))
        for i, text in enumerate(self.columns[column]):
            try:
                values[i] = float(text) if text else np.nan
            except ValueError:
                raise InputError(f"{self.name}, {column}, row {i + 1}: '{text}'; a number is wanted") from None
        return frozen(values)


@cache
def read_table(name: str) -> Table:
    """Return the table ``name`` of this room's data.

    Raises
    ------
    InputError
        Where a row has another number of fields than the heading.

    """
    text = (DATA / name).read_text(encoding="utf-8").splitlines()
    notes = tuple(line[1:].strip() for line in text if line.startswith("#"))
    heading, *rows = list(csv.reader(line for line in text if not line.startswith("#")))
    for i, row in enumerate(rows):
        if len(row) != len(heading):
            raise InputError(f"{name}, row {i + 1}: has {len(row)} fields; the heading has {len(heading)}")
    return Table(name, notes, {head: tuple(row[j] for row in rows) for j, head in enumerate(heading)})
