"""Flux maps from a machine's Design to the finished map, and the same fields by one sparse LU after the other.

Usage: python benchmarks/flux.py [case ...]

Cases: ``ipm`` (15 x 15 currents, 8 positions), ``eesm`` (9 x 9 x 7, 8 positions), ``design`` and ``design-eesm`` (the
shipped settings), ``induction``. CPU time of the process and wall time on all cores; drawing, losses and splines are
included, kernels loaded before. The peer is Newton's method in NumPy with SciPy's SuperLU on lines of the same points,
each from its neighbour's solution; it computes no losses. Peak memory is that of the whole run so far.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numba
import numpy as np
import scipy

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaxle.design.machine.flux import DESIGN, DRAFT, FluxSettings, Reach, drawn, map_flux
from coaxle.design.machine.flux.frames import phases
from coaxle.design.machine.flux.sweep import electrical_angles, field_points, rotor_steps, sides
from coaxle.design.machine.kinds import Machine
from field_reference import solve_sequentially
from machine_cases import CASES

LINES, POINTS = 3, 5
"""Of the peer's sample, at one rotor position."""
IPM = Reach(current=1100.0, field_current=0.0, rotor_temperature=373.15)
EESM = Reach(current=280.0, field_current=12.0, rotor_temperature=373.15)
CAGE = Reach(current=1270.0, field_current=0.0, rotor_temperature=353.15)


def case(name: str, machine: Machine, reach: Reach, settings: FluxSettings) -> None:
    """Print the times of one map, and of the peer on a sample of its points."""
    map_flux(name, machine, reach, replace(DRAFT, d=3, q=3, field=3))  # loads the kernels
    ready = drawn(machine, settings, reach.rotor_temperature)
    low, high = (side * reach.current for side in sides(ready.facts.kind, assisted=ready.facts.magnet is not None))
    currents = field_points(ready.facts.kind, reach, settings, low, high)
    steps = rotor_steps(ready.model, settings)
    grid = (currents.i_d.size, currents.i_q.size, currents.i_f.size, steps.size)
    wall, processor = time.perf_counter(), time.process_time()
    map_flux(name, machine, reach, settings)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    solves = int(np.prod(grid))
    print(
        f"{name}: {' x '.join(map(str, grid))} points of {ready.model.unknowns} unknowns; wall {wall:.1f} s, CPU "
        f"{processor:.1f} s, {1e3 * processor / solves:.2f} ms a point, losses included; peak {peak:.0f} MB"
    )
    if ready.facts.kind == "induction":
        return
    theta = float(electrical_angles(ready.model, steps)[0])
    i_d = currents.i_d[np.linspace(0, grid[0] - 1, LINES).round().astype(int)]
    asked = np.zeros((1, LINES, POINTS, len(ready.model.circuits)))
    asked[0, ..., :3] = phases(i_d[:, None], currents.i_q[None, -POINTS:], np.array(theta))
    if grid[2] > 1:
        asked[..., 3] = currents.i_f[-1]
    start = time.process_time()
    found = solve_sequentially(ready.model, steps[:1], asked, np.zeros(0, dtype=int))
    each = (time.process_time() - start) / found.code.size
    print(
        f"  SuperLU, point after point: {1e3 * each:.0f} ms a point, {found.iterations.mean():.1f} Newton steps each, "
        f"{each * solves:.0f} s for the map's fields, ratio {each * solves / processor:.0f}"
    )


def main(names: list[str]) -> None:
    """Run the cases that are named, or all."""
    straight = replace(CASES["model-3"], skew=None)
    eight = replace(DESIGN, positions=8, slot_positions=0.0)
    cases = {
        "ipm": ("IPM, Tesla Model 3 class", straight, IPM, replace(eight, d=15, q=15)),
        "eesm": ("EESM, Renault Zoe", CASES["zoe"], EESM, replace(eight, d=6, q=9, field=7)),
        "design": ("IPM, design settings", straight, IPM, DESIGN),
        "design-eesm": ("EESM, design settings", CASES["zoe"], EESM, DESIGN),
        "induction": ("induction, Tesla Model S class, design settings", CASES["model-s"], CAGE, DESIGN),
    }
    for name in names or cases:
        case(*cases[name])
    print(
        f"{platform.machine()}, {numba.get_num_threads()} threads; Python {platform.python_version()}, numba "
        f"{numba.__version__}, numpy {np.__version__}, scipy {scipy.__version__}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
