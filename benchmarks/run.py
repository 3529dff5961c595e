"""All speed figures in one run on one machine, as ratios against FASTSim 3.1.

Usage: RUST_BACKTRACE=0 python benchmarks/run.py
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numba
import numpy as np
from rich.console import Console
from rich.table import Table

import cars
import peer
from clock import best
from coaxle.cycles.cycle import Cycle
from coaxle.cycles.legal import legal
from coaxle.numerics.rows import Here
from coaxle.vehicle.backward import drive
from coaxle.vehicle.powertrain import Vehicle
from coaxle.vehicle.vehicles import Vehicles

CYCLE = "WLTC-3b"
TIMES = 7


@dataclass(frozen=True, slots=True)
class Case:
    """What is timed, against which of the peer's vehicles, and the ratio aimed at (None: none stated)."""

    name: str
    rows: Callable[[], Vehicles | Sequence[Vehicle]]
    against: str
    aim: float | None


CASES = (
    Case("electric, 1 unit, 2-D map", lambda: cars.fleet(cars.electric(), 12_800), "electric", 50.0),
    Case("electric, 1 unit, 2-D map at 3 voltages", lambda: cars.fleet(cars.electric(3), 12_800), "electric", None),
    Case("electric, 2 units, least loss, 2-D maps", lambda: cars.fleet(cars.electric(1, 2), 12_800), "electric", None),
    Case("electric, each slowed by its battery", lambda: cars.fleet(cars.electric(1, 1, 40e3), 640), "electric", None),
    Case("electric, one single car", lambda: cars.fleet(cars.electric(), 1), "electric", None),
    Case("combustion, 8 gears, 2-D fuel map", lambda: cars.combustion(640), "combustion", 17.0),
)


def rate(case: Case, cycle: Cycle) -> tuple[float, int, int]:
    """Return vehicle-seconds per second of one core, the number of cars, and how many ended well."""
    rows = case.rows()
    runs = drive(rows, cycle, where=Here())
    took = best(lambda: drive(rows, cycle, where=Here()), TIMES)
    return len(runs) * cycle.duration / took, len(runs), int(np.sum(runs.ended == 0))


def main() -> None:
    console, cycle = Console(width=118), legal(CYCLE)
    peers = {
        "electric": cycle.duration / peer.electric(cycle),
        "combustion": cycle.duration / peer.combustion(cycle),
    }
    table = Table(title=f"{CYCLE}, one core, CPU time, best of {TIMES}; whole call of drive() against run() alone")
    for heading in ("", "cars", "ended well", "M vehicle-s/s", "FASTSim", "ratio", "aim"):
        table.add_column(heading, justify="left" if not heading else "right")
    for case in CASES:
        speed, count, well = rate(case, cycle)
        other = peers[case.against]
        aim = "" if case.aim is None else f">= {case.aim:.0f}"
        figures = (f"{count}", f"{well}", f"{speed / 1e6:.1f}", f"{other / 1e6:.2f}", f"{speed / other:.0f}", aim)
        table.add_row(case.name, *figures)
    console.print(table)
    console.print(
        f"{processor()}; Python {platform.python_version()}, numba {numba.__version__}, numpy {np.__version__}"
    )
    console.print(f"FASTSim {peer.version()}: {peer.ELECTRIC}, {peer.COMBUSTION}; history off")
    for voltages in (1, 3):
        console.print(crowd(voltages))


def crowd(voltages: int) -> str:
    """Return the figures of 100,000 cars in one call, told by a process of its own."""
    script = Path(__file__).with_name("hundred_thousand.py")
    said = subprocess.run([sys.executable, script, str(voltages)], capture_output=True, text=True, check=True).stdout
    found = json.loads(said)
    return (
        f"{found['cars']:,} electric cars, {voltages} voltage(s), one call, threads on all cores: "
        f"{found['seconds']:.2f} s, {found['processor']:.2f} s of CPU, peak memory {found['peak'] / 1e6:.0f} MB, "
        f"{found['well']:,} ended well"
    )


def processor() -> str:
    """Return the name of the processor, where the system tells it."""
    path = Path("/proc/cpuinfo")
    names = {line.partition(":")[2].strip() for line in path.read_text().splitlines() if line.startswith("model name")}
    return f"{', '.join(names)} ({platform.machine()})" if path.exists() else platform.processor()


if __name__ == "__main__":
    main()
