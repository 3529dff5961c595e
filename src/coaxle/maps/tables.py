"""Measured tables from files: CSV, Excel and MATLAB, as points in SI."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coaxle.errors import MapError
from coaxle.maps.resample import Points
from coaxle.numerics.arrays import Array
from coaxle.numerics.sheet import LARGEST_FILE, Sheet, Table, read_sheet, read_table
from coaxle.units import parse

DIMENSIONS = {
    "speed": "angular speed",
    "torque": "torque",
    "loss": "power",
    "electric power": "power",
    "efficiency": "ratio",
    "fuel": "mass rate",
    "bsfc": "specific consumption",
    "voltage": "voltage",
    "torque max": "torque",
    "torque min": "torque",
    "torque continuous": "torque",
    "torque drag": "torque",
    "soc": "ratio",
    "resistance": "resistance",
    "power max": "power",
    "power min": "power",
}
"""Of every heading that a table of measurements may have."""
EDU = ("loss", "electric power", "efficiency")
"""Headings of what a drive unit was measured to take; the last is refused with an explanation."""
ENGINE = ("fuel", "bsfc")
"""Headings of what an engine was measured to burn."""
_NAMED = re.compile(r"([a-z][a-z ]*?)\s*\[\s*([^\[\]]+?)\s*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredTable:
    """A table of measurements in a file.

    Parameters
    ----------
    path : Path
        CSV text, an ``.xlsx`` workbook or a MATLAB ``.mat`` file up to version 7.
    sheet : str, optional
        Of a workbook that holds several.
    variables : mapping, optional
        For ``.mat`` only, and wanted there: the variable behind each heading, such as
        ``{"speed [rpm]": "map.Speed", "torque [Nm]": "map.Torque", "loss [W]": "map.Loss"}``.

    """

    path: Path
    sheet: str | None = None
    variables: Mapping[str, str] | None = None


def read_columns(source: MeasuredTable, needed: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Array]:
    """Return columns in SI by their headings; each of ``needed`` is there, of ``optional`` those that are."""
    if source.path.suffix.lower() == ".mat":
        return _from_matlab(source, (*needed, *optional), needed)
    table = read_table(read_sheet(source.path, source.sheet, MapError), (*needed, *optional))
    for name in needed:
        if name not in table.names:
            raise MapError(f"{table.sheet.at(0)}: no heading '{name}'; '{name} [unit]' is wanted")
    return {name: _si(table, name) for name in table.names}


def read_points(source: MeasuredTable, kinds: Sequence[str]) -> Points:
    """Return the points of a map: a long table, a matrix sheet or MATLAB arrays.

    A long table has the headings ``speed``, ``torque``, one of ``kinds`` and perhaps ``voltage``. The corner cell of a
    matrix names, in this order, what stands in its cells, what runs down its first column and what runs across its
    first row: ``loss [W] / torque [Nm] / speed [rpm]``; empty cells are outside the envelope. ``electric power``
    becomes the loss, ``bsfc`` the fuel rate.
    """
    if source.path.suffix.lower() == ".mat":
        columns = _from_matlab(source, ("speed", "torque", *kinds), ("speed", "torque"))
        return _points(str(source.path), columns, kinds)
    sheet = read_sheet(source.path, source.sheet, MapError)
    if len(_NAMED.findall(str(sheet.rows[0][0]))) > 1:
        return _points(sheet.place, _from_matrix(sheet, kinds), kinds)
    table = read_table(sheet, ("speed", "torque", *kinds, "voltage"))
    for name in ("speed", "torque"):
        if name not in table.names:
            raise MapError(f"{sheet.at(0)}: no heading '{name}'; '{name} [unit]' is wanted")
    _refuse_efficiency(sheet.at(0), table.names)
    return _points(sheet.place, {name: _si(table, name) for name in table.names}, kinds, table)


def _si(table: Table, name: str) -> Array:
    return table.column(name, lambda unit: _worth(name, unit))


def _worth(name: str, unit: str) -> float:
    return parse(f"1 {unit}", DIMENSIONS[name])


def _points(place: str, columns: dict[str, Array], kinds: Sequence[str], table: Table | None = None) -> Points:
    given = [kind for kind in kinds if kind in columns]
    if len(given) != 1:
        there = f"the headings {' and '.join(given)} stand there" if given else "no such heading stands there"
        raise MapError(f"{place}: {there}; one of {', '.join(k for k in kinds if k != 'efficiency')} is wanted")
    speed, torque, value = columns["speed"], columns["torque"], columns[given[0]]
    power = speed * torque

    def refuse(bad: np.ndarray, why: str) -> None:
        if np.any(bad):
            k = int(np.argmax(bad))
            at = table.at(k) if table else f"{place}: at {speed[k] * 30 / np.pi:.4g} rpm and {torque[k]:.4g} Nm"
            raise MapError(f"{at}: {why}")

    refuse(speed < 0, "speed is negative; a map covers one direction of travel")
    if given[0] == "electric power":
        value = value - power
        refuse(value < 0, "electric power lies below the mechanical power; a loss is never negative")
    if given[0] == "bsfc":
        refuse(power <= 0, "bsfc has no meaning without power; give 'fuel' there")
        value = value * power
    refuse(value < 0, f"{given[0]} is negative")
    return Points(place=place, speed=speed, torque=torque, value=value, voltage=columns.get("voltage"))


def _refuse_efficiency(place: str, names: Sequence[str]) -> None:
    if "efficiency" in names:
        raise MapError(
            f"{place}: heading 'efficiency': is 0/0 without torque and says nothing about the loss there, and means "
            "two things when generating; 'loss [W]' or 'electric power [kW]' is wanted"
        )


def _from_matrix(sheet: Sheet, kinds: Sequence[str]) -> dict[str, Array]:
    corner = [(" ".join(name.lower().split()), unit) for name, unit in _NAMED.findall(str(sheet.rows[0][0]))]
    names = [name for name, _ in corner]
    _refuse_efficiency(sheet.at(0), names)
    if len(names) != 3 or names[0] not in kinds or set(names[1:]) != {"speed", "torque"}:
        raise MapError(
            f"{sheet.at(0)}: the corner cell '{sheet.rows[0][0]}' names {', '.join(names)}; what stands in the cells, "
            f"what runs down and what runs across are wanted, such as '{kinds[0]} [...] / torque [Nm] / speed [rpm]'"
        )
    factors = []
    for name, unit in corner:
        try:
            factors.append(_worth(name, unit))
        except ValueError as error:
            raise MapError(f"{sheet.at(0)}: the corner cell: {error}") from None
    across = [sheet.number(0, k, names[2]) * factors[2] for k in range(1, len(sheet.rows[0]))]
    found: list[tuple[float, float, float]] = []
    for i in range(1, len(sheet.rows)):
        down = sheet.number(i, 0, names[1]) * factors[1]
        for k, over in enumerate(across, start=1):
            if str(sheet.rows[i][k]).strip():
                found.append((sheet.number(i, k, names[0]) * factors[0], down, over))
    if not found:
        raise MapError(f"{sheet.place}: no figure stands beside the axes")
    columns = dict(zip(names, np.array(found).T, strict=True))
    _refuse_gaps(sheet, names, columns, across)
    return columns


def _refuse_gaps(sheet: Sheet, names: Sequence[str], columns: dict[str, Array], across: Sequence[float]) -> None:
    """Refuse an empty cell that has figures on both sides of it along torque."""
    down_torque = names[1] == "torque"
    axes = {name: np.unique(columns[name]) for name in ("speed", "torque")}
    for speed in axes["speed"]:
        there = columns["torque"][columns["speed"] == speed]
        between = axes["torque"][(axes["torque"] > there.min()) & (axes["torque"] < there.max())]
        missing = np.setdiff1d(between, there)
        if missing.size:
            at = f"{speed * 30 / np.pi:.4g} rpm and {missing[0]:.4g} Nm"
            way = "above and below" if down_torque else "to the left and right of"
            raise MapError(f"{sheet.place}: a hole at {at}: the cell is empty, figures stand {way} it")


def _from_matlab(source: MeasuredTable, known: Sequence[str], needed: Sequence[str]) -> dict[str, Array]:
    place = str(source.path)
    if not source.variables:
        raise MapError(f"{place}: which variable is what is not said; a mapping 'speed [rpm]': 'variable' is wanted")
    content, columns = _matlab(source.path), {}
    for heading, variable in source.variables.items():
        match = _NAMED.fullmatch(heading.strip())
        name = " ".join(match.group(1).lower().split()) if match else heading
        if match is None or name not in known:
            raise MapError(
                f"{place}: variable of '{heading}': no such heading; known are {', '.join(known)}, with units"
            )
        _refuse_efficiency(place, (name,))
        try:
            columns[name] = _variable(place, content, variable) * _worth(name, match.group(2))
        except ValueError as error:
            raise MapError(f"{place}: '{heading}': {error}") from None
    for name in needed:
        if name not in columns:
            raise MapError(f"{place}: no variable is named for '{name}'; one is wanted")
    return _spread(place, columns)


def _matlab(path: Path) -> dict[str, Any]:
    from scipy.io import loadmat

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise MapError(f"{path}: holds {path.stat().st_size / 1e6:.0f} MB; at most {LARGEST_FILE / 1e6:.0f} MB")
        with path.open("rb") as file:
            if file.read(19) == b"MATLAB 7.3 MAT-file":
                raise MapError(f"{path}: is of MATLAB version 7.3 (HDF5); save it with the option '-v7'")
            file.seek(0)
            content = file.read()
    except OSError as error:
        raise MapError(f"{path}: cannot be read: {error.strerror or error}") from None
    try:
        return dict(loadmat(io.BytesIO(content)))
    except Exception as error:  # a damaged file fails in ways that its reader does not list
        raise MapError(f"{path}: is no MATLAB file that can be read: {error}") from None


def _variable(place: str, content: dict[str, Any], path: str) -> Array:
    """Return the numeric variable at a dotted path through structures."""
    value: Any = content
    for name in path.split("."):
        if isinstance(value, dict):
            known: Sequence[str] = [key for key in value if not key.startswith("__")]
        else:
            known = getattr(getattr(value, "dtype", None), "names", None) or ()
        if name not in known:
            raise MapError(f"{place}: no variable '{path}'; there are {', '.join(known) or 'none below'}")
        value = value[name] if isinstance(value, dict) else value[name].flat[0]
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu" or not value.size:
        raise MapError(f"{place}: variable '{path}' holds no numbers")
    return np.asarray(value, dtype=np.float64)


def _spread(place: str, columns: dict[str, Array]) -> dict[str, Array]:
    """Return flat columns of arrays of one shape, or of two axes and a table over them; rows with NaN are left out."""
    shapes = {array.shape for array in columns.values()}
    axes = {"speed", "torque"} & columns.keys()
    if len(shapes) > 1 and len(axes) == 2:
        s, t = columns["speed"].size, columns["torque"].size
        tables = {name: array for name, array in columns.items() if name not in axes}
        if s == t or any(array.shape not in ((s, t), (t, s)) for array in tables.values()):
            raise MapError(
                f"{place}: {', '.join(f'{name} {array.shape}' for name, array in columns.items())} do not go together; "
                "arrays of one shape, or a table over speed and torque of different lengths, are wanted"
            )
        grid = np.meshgrid(columns["speed"].ravel(), columns["torque"].ravel(), indexing="ij")
        columns = {name: array if array.shape == (s, t) else array.T for name, array in tables.items()}
        columns |= {"speed": grid[0], "torque": grid[1]}
    elif len({array.size for array in columns.values()}) > 1:
        raise MapError(f"{place}: the variables have different lengths; one length is wanted")
    flat = {name: array.ravel() for name, array in columns.items()}
    there = np.all([np.isfinite(array) for array in flat.values()], axis=0)
    if any(np.any(np.isinf(array)) for array in flat.values()):
        raise MapError(f"{place}: holds an infinite figure; numbers, or NaN outside the envelope, are wanted")
    return {name: array[there] for name, array in flat.items()}
