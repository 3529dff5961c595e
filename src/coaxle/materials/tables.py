"""The tables beside this module, as rows of figures in SI; no arrays here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from coaxle.errors import InputError

Kind: TypeAlias = Literal["steel", "magnet", "conductor", "oil", "coolant", "solid"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_DATA = Path(__file__).parent / "data"
_FACTORS = {
    "": 1.0,
    "mm": 1e-3,
    "MPa": 1e6,
    "GPa": 1e9,
    "mm2/s": 1e-6,
    "mPa s": 1e-3,
    "T": 1.0,
    "A/m": 1.0,
    "Hz": 1.0,
    "W/kg": 1.0,
    "1/K": 1.0,
    "Ohm m": 1.0,
    "kg/m3": 1.0,
    "W/(m K)": 1.0,
    "J/(kg K)": 1.0,
    "EUR/kg": 1.0,
    "degC": 1.0,
}
_ZEROS = {"degC": 273.15}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its comment lines, its headings without their units, the units, and its rows as text."""

    name: str
    comments: tuple[str, ...]
    headings: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def source(self) -> str:
        """Where the figures come from, as the first line tells."""
        return self.comments[0].partition("Source: ")[2]

    def columns(self) -> list[list[float]]:
        """Return every column as figures in SI; all cells hold one."""
        return [
            [float(row[at]) * _FACTORS[unit] + _ZEROS.get(unit, 0.0) for row in self.rows]
            for at, unit in enumerate(self.units)
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One material of a sheet."""

    sheet: Sheet
    cells: tuple[str, ...]

    def word(self, heading: str) -> str:
        """Return what stands below ``heading``, as text."""
        return self.cells[self.sheet.headings.index(heading)]

    def figure(self, heading: str) -> float | None:
        """Return the figure below ``heading`` in SI, None where the cell is empty."""
        at = self.sheet.headings.index(heading)
        unit = self.sheet.units[at]
        return float(self.cells[at]) * _FACTORS[unit] + _ZEROS.get(unit, 0.0) if self.cells[at] else None

    def known(self, heading: str) -> float:
        """Return the figure below ``heading`` in SI; a cell that is empty is an error of the table."""
        value = self.figure(heading)
        if value is None:
            raise InputError(f"materials: {self.cells[0]}: holds no {heading}")
        return value

    @property
    def source(self) -> str:
        """What the head of the table says, and the row's own note."""
        last = "note" if "note" in self.sheet.headings else "source" if "source" in self.sheet.headings else ""
        return " ".join((*self.sheet.comments, self.word(last) if last else "")).strip()


@cache
def sheet(name: str) -> Sheet:
    """Return the table ``name``, a path below ``data`` without its ending."""
    lines = (_DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    comments = tuple(line[1:].strip() for line in lines if line.startswith("#"))
    body = [tuple(line.split(",")) for line in lines if line and not line.startswith("#")]
    heads = [heading.partition(" [") for heading in body[0]]
    return Sheet(
        name=name,
        comments=comments,
        headings=tuple(head for head, _, _ in heads),
        units=tuple(unit.removesuffix("]") for _, _, unit in heads),
        rows=tuple(body[1:]),
    )


def names(kind: Kind | None = None) -> tuple[str, ...]:
    """Return the names of all materials, or of those of one ``kind``, in the order of the tables."""
    kinds = KINDS if kind is None else (kind,)
    return tuple(dict.fromkeys(row[0] for each in kinds for row in sheet(f"{each}s").rows))


def kind_of(name: str) -> Kind:
    """Return what ``name`` is: a steel, a magnet ...

    Raises
    ------
    InputError
        Where nothing is called so; the nearest name is offered.

    """
    for kind in KINDS:
        if name in names(kind):
            return kind
    raise InputError(f"materials: '{name}' is not known{_nearest(name, names())}")


def check_name(name: str, kind: Kind) -> str | None:
    """Return what is wrong with ``name`` as that of a ``kind``, None where nothing is: ``'M27' is no steel; ...``."""
    known = names(kind)
    return None if name in known else f"'{name}' is no {kind}{_nearest(name, known)}"


def row(name: str, kind: Kind) -> Row:
    """Return the row of ``name`` among the materials of ``kind``.

    Raises
    ------
    InputError
        Where none is called so; the nearest name is offered.

    """
    wrong = check_name(name, kind)
    if wrong:
        raise InputError(f"materials: {wrong}")
    table = sheet(f"{kind}s")
    return next(Row(table, cells) for cells in table.rows if cells[0] == name)


def _nearest(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    folded = {each.lower().replace("_", "-"): each for each in known}
    near = get_close_matches(name.lower().replace("_", "-")[:60], folded, 1)
    return f"; did you mean '{folded[near[0]]}'?" if near else f"; known: {', '.join(known)}"
