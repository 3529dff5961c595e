"""Sheets: the cells of a CSV file or of an Excel sheet, and where each of them stands.

A sheet knows no unit: a heading ``name [unit]`` is cut in two, and the caller says what the unit is worth.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, frozen

LARGEST_FILE = 64_000_000
"""Of a file, and of the parts of a workbook once inflated, four times that [bytes]."""
LARGEST_AREA = 20_000_000
"""Of a sheet of a workbook [cells]."""
_HEADING = re.compile(r"\s*([^\[\]]*?)\s*(?:\[\s*([^\[\]]*?)\s*\])?\s*")
_NUMBER = re.compile(r"\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s*")
_CELL = re.compile(rb'<c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells, blank and comment rows left out.

    Parameters
    ----------
    place : str
        Name of the file, with the sheet's where it is a workbook.
    rows : tuple of tuple
        Cells as written: text, or the number of a workbook's cell.
    lines : tuple of int
        Line of each row in the file, from 1.
    fail : type
        The error to raise about this sheet.

    """

    place: str
    rows: tuple[tuple[Any, ...], ...]
    lines: tuple[int, ...]
    decimal_comma: bool
    fail: type[InputError]

    def at(self, row: int) -> str:
        """Return where ``row`` stands, as ``file:line``."""
        return f"{self.place}:{self.lines[row]}"

    def number(self, row: int, column: int, heading: str) -> float:
        """Return the finite number in a cell; ``heading`` is what the message calls it."""
        cell = self.rows[row][column]
        if type(cell) is float:
            value = cell
        elif isinstance(cell, str):
            text = cell.replace(",", ".") if self.decimal_comma and "." not in cell else cell
            value = float(text) if _NUMBER.fullmatch(text) else float("nan")
        elif type(cell) is int:
            value = float(cell)
        else:
            value = float("nan")
        if not isfinite(value):
            said = f"'{cell}'" if str(cell).strip() else "nothing"
            raise self.fail(f"{self.at(row)}: {heading}: {said} stands there; a number is wanted")
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose first row holds headings ``name [unit]``; names in lower case, unit None where none is written."""

    sheet: Sheet
    names: tuple[str, ...]
    units: tuple[str | None, ...]

    def __len__(self) -> int:
        """Return the number of rows under the headings."""
        return len(self.sheet.rows) - 1

    def at(self, index: int) -> str:
        """Return where the ``index``-th row under the headings stands."""
        return self.sheet.at(index + 1)

    def factor(self, name: str, worth: Callable[[str], float]) -> float:
        """Return what the unit of column ``name`` is worth in SI; ``worth`` raises ValueError for a wrong one."""
        unit = self.units[self.names.index(name)]
        try:
            return worth(unit or "?")
        except ValueError as error:
            why = f": {error}" if unit else f" names no unit in brackets; {str(error).rpartition('; ')[2]}"
            raise self.sheet.fail(f"{self.sheet.at(0)}: heading '{name}'{why}") from None

    def column(self, name: str, worth: Callable[[str], float]) -> Array:
        """Return column ``name`` in SI, (rows,); every cell holds a finite number."""
        factor = self.factor(name, worth)
        k = self.names.index(name)
        return frozen([self.sheet.number(row, k, name) for row in range(1, len(self.sheet.rows))]) * factor

    def said(self, index: int, name: str) -> str:
        """Return the cell of column ``name`` in the ``index``-th row as the user wrote it, with its unit."""
        k = self.names.index(name)
        return f"{str(self.sheet.rows[index + 1][k]).strip()} {self.units[k] or ''}".strip()

    def words(self, name: str) -> tuple[str, ...]:
        """Return column ``name`` as text."""
        k = self.names.index(name)
        return tuple(str(row[k]).strip() for row in self.sheet.rows[1:])


def read_sheet(path: Path, sheet: str | None, fail: type[InputError]) -> Sheet:
    """Return the cells of a file: ``.xlsx`` or ``.xlsm`` as a workbook, everything else as delimited text.

    Raises
    ------
    fail
        Where there is no such file or sheet, or it is empty, too large, not text, damaged.

    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise fail(f"{path}: is a folder; a table is wanted")
        if size > LARGEST_FILE:
            raise fail(f"{path}: holds {size / 1e6:.0f} MB; a table has at most {LARGEST_FILE / 1e6:.0f} MB")
        content = path.read_bytes()
    except OSError as error:
        raise fail(f"{path}: cannot be read: {error.strerror or error}") from None
    workbook = path.suffix.lower() in (".xlsx", ".xlsm")
    found = _from_workbook(path, content, sheet, fail) if workbook else _from_text(path, content, sheet, fail)
    if not found.rows:
        raise fail(f"{found.place}: holds no rows")
    return found


def read_table(sheet: Sheet, wanted: Sequence[str]) -> Table:
    """Return ``sheet`` as a table, every heading of which is one of ``wanted``, each at most once."""
    from difflib import get_close_matches

    first = sheet.at(0)
    names: list[str] = []
    units: list[str | None] = []
    for cell in sheet.rows[0]:
        match = _HEADING.fullmatch(str(cell))
        name = " ".join(match.group(1).lower().split()) if match else ""
        if match is None or name not in wanted:
            near = get_close_matches(name, wanted, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(wanted)}"
            raise sheet.fail(f"{first}: heading '{cell}' is not known; {hint}")
        if name in names:
            raise sheet.fail(f"{first}: heading '{name}' stands there twice; once is wanted")
        names.append(name)
        units.append(match.group(2))
    if len(sheet.rows) < 2:
        raise sheet.fail(f"{sheet.place}: holds headings and no rows")
    return Table(sheet, tuple(names), tuple(units))


def _from_text(path: Path, content: bytes, sheet: str | None, fail: type[InputError]) -> Sheet:
    if sheet is not None:
        raise fail(f"{path}: is no workbook and has no sheet '{sheet}'")
    if b"\0" in content:
        raise fail(f"{path}: holds binary data; text or an .xlsx workbook is wanted")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fail(f"{path}:{line}: byte 0x{content[error.start]:02x} is not UTF-8; text in UTF-8 is wanted") from None
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    delimiter = max(";\t,", key=first.count)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                rows.append(tuple(cells))
                lines.append(reader.line_num)
    except csv.Error as error:
        raise fail(f"{path}:{reader.line_num}: {error}") from None
    for row, line in zip(rows, lines, strict=True):
        if len(row) != len(rows[0]):
            raise fail(f"{path}:{line}: holds {len(row)} cells; the first row holds {len(rows[0])}")
    return Sheet(str(path), tuple(rows), tuple(lines), delimiter == ";", fail)


def _from_workbook(path: Path, content: bytes, sheet: str | None, fail: type[InputError]) -> Sheet:
    import python_calamine

    _weigh(path, content, fail)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if sheet is None and len(names) > 1:
            raise fail(f"{path}: holds the sheets {', '.join(names)}; say which")
        if sheet is not None and sheet not in names:
            raise fail(f"{path}: has no sheet '{sheet}'; there are {', '.join(names)}")
        cells = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise fail(f"{path}: is no workbook that can be read: {error}") from None
    filled = [(i + 1, row) for i, row in enumerate(cells) if any(str(cell).strip() for cell in row)]
    kept = [(i, row) for i, row in filled if not str(row[0]).lstrip().startswith("#")]
    width = 1 + max((k for _, row in kept for k, cell in enumerate(row) if str(cell).strip()), default=-1)
    place = f"{path}[{sheet or names[0]}]"
    return Sheet(place, tuple(tuple(row[:width]) for _, row in kept), tuple(i for i, _ in kept), False, fail)


def _weigh(path: Path, content: bytes, fail: type[InputError]) -> None:
    """Refuse a workbook whose sheets would not fit in memory: a single cell far off stretches a sheet to it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > 4 * LARGEST_FILE:
                raise fail(f"{path}: inflates to more than {4 * LARGEST_FILE / 1e6:.0f} MB")
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    columns, rows = _extent(archive.read(part))
                    if columns * rows > LARGEST_AREA:
                        raise fail(
                            f"{path}: a sheet reaches to row {rows} and column {columns}; "
                            f"at most {LARGEST_AREA} cells are read, clear what stands far off"
                        )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise fail(f"{path}: is no workbook that can be read: {error}") from None


def _extent(xml: bytes) -> tuple[int, int]:
    columns = rows = 1
    for letters, number in set(_CELL.findall(xml)):
        column = 0
        for letter in letters:
            column = 26 * column + letter - 64
        columns, rows = max(columns, column), max(rows, int(number))
    return columns, rows


def rising(values: Array) -> int:
    """Return the index of the first of ``values`` (n,) that is not above the one before it, or -1."""
    back = np.flatnonzero(np.diff(values) <= 0)
    return int(back[0]) + 1 if back.size else -1
