"""Currents of least loss over a map of 2,000 points, as a ratio against a general optimiser, in one run.

Usage: python benchmarks/control.py
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from clock import best
from coaxle.design.machine.control import Limits, least_loss
from coaxle.numerics.rows import Here

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import machine_flux_cases as cases
from control_reference import Plain

SPEEDS, TORQUES, TIMES, PEER_POINTS = 40, 50, 5, 40


@dataclass(frozen=True, slots=True)
class Figures:
    """CPU seconds of a map of ``points`` points, and of SLSQP for one point from one start."""

    points: int
    found: int
    seconds: float
    peer: float

    @property
    def ratio(self) -> float:
        """SLSQP's time over ours, a point."""
        return self.peer / (self.seconds / self.points)


def measure(kind: str) -> Figures:
    """Return the figures of ``kind``: ``eesm`` (three currents) or ``ipm`` (two)."""
    flux = cases.eesm() if kind == "eesm" else cases.ipm()
    limits = Limits(current=800.0, field_current=18.0)
    terms, source = cases.terms(flux), cases.source(360.0)
    speed = np.linspace(0.0, 1780.0, SPEEDS)
    tau = np.linspace(-0.97, 1.0, TORQUES) * (390.0 if kind == "eesm" else 290.0)
    points = least_loss(flux, terms, source, limits, speed, tau, where=Here())
    seconds = best(lambda: least_loss(flux, terms, source, limits, speed, tau, where=Here()), TIMES)
    plain, random = Plain(flux, terms, source, limits), np.random.default_rng(1)
    known = np.argwhere(points.code[0] == 0)
    chosen = known[random.choice(len(known), PEER_POINTS, replace=False)]
    start = plain.starts()[0]

    def peer() -> None:
        for s, t in chosen:
            plain.slsqp(np.sign(tau[t]) * speed[s], abs(tau[t]), starts=[start])

    return Figures(points.code.size, len(known), seconds, best(peer, 1) / PEER_POINTS)


def main() -> None:
    table = Table(title=f"Least-loss currents, one core, CPU time, best of {TIMES}; SLSQP from one start")
    for heading in ("", "points", "within reach", "map [ms]", "a point [us]", "SLSQP [us]", "ratio"):
        table.add_column(heading, justify="left" if not heading else "right")
    for kind in ("eesm", "ipm"):
        f = measure(kind)
        us = 1e6 * f.seconds / f.points
        table.add_row(
            kind,
            f"{f.points}",
            f"{f.found}",
            f"{1e3 * f.seconds:.0f}",
            f"{us:.0f}",
            f"{1e6 * f.peer:.0f}",
            f"{f.ratio:.0f}",
        )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
