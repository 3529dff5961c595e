"""How long a drive unit of the example takes from its geometry to its map, by settings.

Usage: python benchmarks/units.py [UNIT ...]
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from coaxle.design.edu import DESIGN_UNIT, DRAFT_UNIT, SIGN_OFF_UNIT, assemble, flux_of
from coaxle.workbench.units import parts_of
from coaxle.workbench.workbench import read

EXAMPLE = Path(__file__).parents[1] / "examples" / "bmw-jlr" / "alliance.yaml"
SETTINGS = {"draft": DRAFT_UNIT, "design": DESIGN_UNIT, "sign-off": SIGN_OFF_UNIT}
AIMS = {"draft": "8 s", "design": "45 s", "sign-off": ""}


def measure(names: list[str]) -> list[tuple[str, ...]]:
    """Return a row for each unit and setting, field solution and the rest apart [s]; nothing from the shelf."""
    bench, rows = read(EXAMPLE), []
    for name in names:
        entry = bench.project.edus[name]
        parts = parts_of(name, entry, bench.project)
        flux_of(parts, DRAFT_UNIT)  # compiles
        assemble(parts, flux_of(parts, DRAFT_UNIT), DRAFT_UNIT)
        for said, settings in SETTINGS.items():
            start, cpu = time.perf_counter(), time.process_time()
            flux = flux_of(parts, settings)
            solved = time.perf_counter()
            assemble(parts, flux, settings)
            end = time.perf_counter()
            spent = time.process_time() - cpu
            rows.append(
                (
                    name,
                    said,
                    f"{solved - start:.1f}",
                    f"{end - solved:.1f}",
                    f"{end - start:.1f}",
                    f"{spent:.1f}",
                    AIMS[said],
                )
            )
    return rows


def main() -> None:
    """Print the table and the peak memory."""
    table = Table("unit", "settings", "flux map s", "rest s", "whole s", "CPU s", "aim", title="geometry to map")
    for row in measure(sys.argv[1:] or ["gen5-rear-250", "ipace-drive"]):
        table.add_row(*row)
    console = Console(width=120)
    console.print(table)
    console.print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
