"""The page of a unit on disk, with its pictures and tables; all of it or nothing."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coaxle.errors import InputError
from coaxle.report.tables import Table
from coaxle.report.unit.content import UnitContent
from coaxle.report.unit.page import UnitPage, unit_page
from coaxle.report.unit.tables import summary, unit_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWritten:
    """Where the page of a unit lies."""

    page: Path
    data: Path
    tables: tuple[Path, ...]
    pictures: tuple[Path, ...]


def write_unit(content: UnitContent, folder: Path) -> UnitWritten:
    """Write ``NAME.html`` and a folder ``NAME`` with pictures, tables and ``unit.json`` into ``folder``.

    Everything is written beside its place first and moved there file by file, the page last.

    Raises
    ------
    InputError
        Where the folder cannot be written to.

    """
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", content.name).strip(".-") or "unit"
    files = _files(content, name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=folder))
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); a folder to write to is wanted") from error
    try:
        for place, text in files.items():
            target = staging / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        for place in files:
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging / place).replace(target)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}); room and leave to write are wanted"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return UnitWritten(
        page=folder / f"{name}.html",
        data=folder / name / "unit.json",
        tables=tuple(folder / place for place in files if place.endswith(".csv")),
        pictures=tuple(folder / place for place in files if place.endswith(".svg")),
    )


def unit_data(content: UnitContent, every: tuple[Table, ...]) -> dict[str, Any]:
    """Return a unit's figures fit for JSON: what it is and does, and every table."""
    unit = content.unit
    return {
        "unit": content.name,
        "project": content.project,
        "mass [kg]": unit.map.mass,
        "cost": unit.map.cost,
        **summary(content),
        "tables": {table.name: table.as_data() for table in every},
    }


def _files(content: UnitContent, name: str) -> dict[str, str]:
    """Return the text of each file by its place, the page last."""
    made: UnitPage = unit_page(content)
    every = unit_tables(content)
    files = {f"{name}/{table.name}.csv": table.as_csv() for table in every}
    for picture in made.pictures:
        files[f"{name}/{picture.name}.svg"] = '<?xml version="1.0" encoding="UTF-8"?>\n' + picture.svg
    files[f"{name}/unit.json"] = json.dumps(unit_data(content, every), ensure_ascii=False, allow_nan=False, indent=1)
    files[f"{name}.html"] = made.html
    return files
