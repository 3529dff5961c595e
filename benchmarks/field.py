"""A map of fields by the lanes and by one sparse LU after the other, in one run: the same mesh, curve and tolerance.

Usage: python benchmarks/field.py [side length scale, 1 by default]

The pole is that of tests/published/tesla_model_3_pole.csv. The peer is Newton's method in NumPy with SciPy's SuperLU,
one point after the other, each from its neighbour's solution, on a part of the lines, of which it solves every point.
"""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numba
import numpy as np
import scipy

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaxle.design.machine.field import FieldModel, FieldSettings, bh_curve, field_model, solve
from coaxle.design.machine.field.position import position
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Here, Threads
from field_cases import POLE_MAGNET, Pole, pole_curve
from field_reference import solve_sequentially

PIECES = 180
AXIS = np.radians(150.0)
"""Electrical angle of the rotor's d axis at step 0, as the linkages without current tell."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of processor time a solve, and what was found."""

    name: str
    unknowns: int
    solves: int
    preparation: float
    processor: float
    wall: float
    iterations: float

    def told(self) -> str:
        """Return a line."""
        each = 1e3 * (self.preparation + self.processor) / self.solves
        return (
            f"{self.name}: {self.unknowns} unknowns, {self.solves} solves, {self.iterations:.2f} Newton steps each; "
            f"CPU {self.preparation:.2f} s of preparation + {self.processor:.2f} s = {each:.2f} ms a solve; "
            f"wall on all cores {self.wall:.2f} s"
        )


def case(scale: float, order: int) -> FieldModel:
    """Return the published pole, sides of triangles scaled."""
    settings = FieldSettings(order=order)
    mesh = Pole().mesh(scale, PIECES)
    return field_model(mesh, {"steel": bh_curve(*pole_curve())}, {"magnet": POLE_MAGNET}, settings)


def currents(steps: Array, i_d: Array, i_q: Array) -> Array:
    """Return phase currents (P, D, Q, 3), lines along q."""
    angle = AXIS + 3 * steps * np.pi / 3 / PIECES
    vector = (i_d[:, None] + 1j * i_q)[None] * np.exp(1j * angle)[:, None, None]
    return np.stack([(vector * np.exp(-2j * np.pi / 3 * k)).real for k in range(3)], axis=-1)


def ours(name: str, model: FieldModel, steps: Array, asked: Array) -> Timed:
    """Time ``solve`` in one thread, then on all cores."""
    solve(model, steps[:1], asked[:1, :1, :2], Here())  # loads the kernels
    model.cache.clear()
    start = time.process_time()
    for step in steps:
        position(model, int(step))
    ready = time.process_time()
    found = solve(model, steps, asked, Here()).checked()
    done = time.process_time()
    model.cache.clear()
    wall = time.perf_counter()
    solve(model, steps, asked, Threads(chunk=1))
    wall = time.perf_counter() - wall
    mean = float(found.iterations.mean())
    return Timed(name, model.unknowns, found.code.size, ready - start, done - ready, wall, mean)


def measure(scale: float = 1.0) -> float:
    """Print the times of three maps and of the peer; return how many times less CPU a solve takes than the peer's."""
    model, steps = case(scale, 1), np.round(np.arange(8) * PIECES / 3 / 8).astype(int)
    grid = np.linspace(0.0, 800.0, 15)
    asked = currents(steps, -grid, grid)
    first = ours("15 x 15 x 8, first order", model, steps, asked)
    print(first.told())
    part = asked[:1, ::5]
    theirs, limits = time.process_time(), np.zeros(0, dtype=int)
    found = solve_sequentially(model, steps[:1], part, limits)
    each = (time.process_time() - theirs) / found.code.size
    again = solve(model, steps[:1], part, Here()).checked()
    off = np.max(np.abs(found.linkage - again.linkage)) / np.max(np.abs(again.linkage))
    ratio = each * first.solves / (first.preparation + first.processor)
    print(
        f"SuperLU, one after the other: {found.code.size} of them, {found.iterations.mean():.2f} Newton steps each, "
        f"{1e3 * each:.1f} ms a solve; linkages differ by {off:.1e} of the largest; ratio {ratio:.0f}"
    )
    i_f = np.linspace(0.0, 800.0, 9)
    nine = np.concatenate([currents(steps, -i_f + 100.0 * k, i_f) for k in range(7)], axis=1)
    print(ours("9 x 9 x 7 x 8, first order", model, steps, nine).told())
    second = case(1.4 * scale, 2)
    print(ours("5 x 5 x 8, second order", second, steps, asked[:, ::3, ::3]).told())
    return ratio


if __name__ == "__main__":
    measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
    print(
        f"{platform.machine()}; Python {platform.python_version()}, numba {numba.__version__}, numpy {np.__version__}, "
        f"scipy {scipy.__version__}"
    )
