"""A report on disk: one page, its tables, its figures; all of it or nothing."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coaxle.errors import InputError
from coaxle.report.content import Content
from coaxle.report.page import Page, page
from coaxle.report.tables import Table, tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where a report lies."""

    page: Path
    data: Path
    tables: tuple[Path, ...]
    figures: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """Return all of them, the page first."""
        return (self.page, self.data, *self.tables, *self.figures)


def write(content: Content, folder: Path) -> Written:
    """Write a report into ``folder``, which is made where it is not there.

    Everything is written beside its place first and moved there in one go, ``index.html`` last: a disk that is full or
    read-only leaves the report that was there before.

    Raises
    ------
    InputError
        Where the folder cannot be written to; nothing of this report is then in it.

    """
    made, every = page(content), tables(content)
    files = _files(content, made, every)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".report.", dir=folder))
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); a folder to write to is wanted") from error
    try:
        for name, text in files.items():
            place = staging / name
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
        for name in files:
            place = folder / name
            place.parent.mkdir(exist_ok=True)
            (staging / name).replace(place)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}); room and leave to write are wanted"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Written(
        page=folder / "index.html",
        data=folder / "report.json",
        tables=tuple(folder / name for name in files if name.endswith(".csv")),
        figures=tuple(folder / name for name in files if name.endswith(".svg")),
    )


def _files(content: Content, made: Page, every: tuple[Table, ...]) -> dict[str, str]:
    """Return the text of each file by its name, the page last."""
    files = {f"{table.name}.csv": table.as_csv() for table in every}
    for picture in made.pictures:
        name = f"figures/{re.sub(r'[^a-z0-9-]+', '-', picture.name.lower())}"
        while f"{name}.svg" in files:
            name += "-"
        files[f"{name}.svg"] = '<?xml version="1.0" encoding="UTF-8"?>\n' + picture.svg
    files["report.json"] = json.dumps(data(content, every), ensure_ascii=False, allow_nan=False, indent=1)
    files["index.html"] = made.html
    return files


def data(content: Content, every: tuple[Table, ...]) -> dict[str, Any]:
    """Return the report's figures fit for JSON: what it tells, and every table."""
    comparison = content.told.comparison
    return {
        "project": content.project.name,
        "headline": content.headline,
        "saving [EUR]": comparison.saving,
        "proven saving [EUR]": comparison.saving_least,
        "scenarios": {
            scenario.name: {
                "saving [EUR]": scenario.comparison.saving,
                "proven saving [EUR]": scenario.comparison.saving_least,
                "cost together [EUR]": scenario.comparison.together.cost,
                "gap together [EUR]": scenario.comparison.together.gap,
                "cost alone [EUR]": {name: plan.cost for name, plan in scenario.comparison.alone.items()},
            }
            for scenario in content.scenarios
        },
        "made": content.made.isoformat(timespec="seconds"),
        "version": content.version,
        "digest": content.digest,
        "settings": content.settings,
        "tables": {table.name: table.as_data() for table in every},
    }
