"""A project with two units of parts, as docs/how-to/drive-units.md writes them, for the tests of their pages."""

from __future__ import annotations

import os
import re
import tempfile
from functools import cache
from pathlib import Path

from coaxle.project.create import create
from coaxle.report.unit.content import UnitContent
from coaxle.report.unit.gather import gather
from coaxle.workbench.shelf import PLACE
from coaxle.workbench.workbench import read

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "drive-units.md"
WOUND, MAGNET = "wound-250", "magnet-150"


def project(folder: Path) -> Path:
    """Write the starter project with the units of the how-to page into ``folder`` and return its file."""
    create(folder)
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    units = [block for block in blocks if "kind: parts" in block]
    for number, block in enumerate(units, 1):
        (folder / f"units-{number}.yaml").write_text(block)
    file = folder / "alliance.yaml"
    names = "".join(f"  - units-{number}.yaml\n" for number in range(1, len(units) + 1))
    file.write_text(file.read_text().replace("include:\n", f"include:\n{names}", 1))
    return file


@cache
def content(name: str) -> UnitContent:
    """Return what the page of a unit shows, computed at draft settings without a shelf."""
    with tempfile.TemporaryDirectory() as folder:
        kept = os.environ.get(PLACE)
        os.environ[PLACE] = ""
        try:
            return gather(read(project(Path(folder) / "project")), name, "draft")
        finally:
            os.environ.pop(PLACE)
            if kept is not None:
                os.environ[PLACE] = kept
