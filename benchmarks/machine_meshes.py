"""Meshes of the machines of the tests: size, least angle, CPU time, and what the field loses by them.

Usage: python benchmarks/machine_meshes.py

Linkages are without load (Zoe: 10 A of field current) and at 200 A along q,
over those of the fine mesh; means over six rotor positions.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coaxle.design.machine.field import bh_curve, field_model, solve
from coaxle.design.machine.kinds import Machine, draw
from coaxle.design.machine.mesh import DRAFT, FINE, MeshSettings, least_angle, mesh
from coaxle.design.machine.section import SectorMesh
from coaxle.materials import magnet, steel
from machine_cases import CASES

SETTINGS = {"draft": DRAFT, "design": MeshSettings(), "fine": FINE}
LOAD = 200.0


def linkages(machine: Machine, made: SectorMesh) -> tuple[float, float, float]:
    """Return psi_d without load, psi_d and psi_q at LOAD along q, all per metre of stack."""
    section = made.section
    sheets = {region.material for region in section.regions if region.part in ("stator-yoke", "rotor-iron")}
    iron = {name: bh_curve(steel(name).b, steel(name).h, machine.stacking) for name in sheets if name}
    grades = {region.material for region in section.regions if region.part == "magnet"}
    magnets = {name: (magnet(name).remanence(293.15), magnet(name).permeability) for name in grades if name}
    model = field_model(made, iron, magnets)
    ring = (len(made.rotor_ring) - 1) // section.poles
    steps = np.arange(6) * ring // 18
    theta = section.rotor_axis - section.phase_axis + steps * np.pi / ring
    currents = np.zeros((6, 1, 2, len(section.circuits)))
    if len(section.circuits) == 4:
        currents[..., 3] = 10.0
    third = np.exp(2j * np.pi * np.arange(3) / 3)
    currents[:, 0, 1, :3] = (1j * LOAD * np.exp(1j * theta)[:, None] / third).real
    found = solve(model, steps, currents).checked().linkage[:, 0, :, :3]
    psi = (2 / 3 * (found * third).sum(axis=-1) * np.exp(-1j * theta)[:, None]).mean(axis=0)
    return float(psi[0].real), float(psi[1].real), float(psi[1].imag)


def main() -> None:
    """Print the table."""
    print("machine     mesh    nodes/pole steps/pole least angle CPU [ms]  psi_d0  psi_d  psi_q over fine [%]")
    for name, machine in CASES.items():
        section = draw(machine)
        mesh(section)
        rows = []
        for how, settings in SETTINGS.items():
            start = process_time()
            made = mesh(section, settings)
            took = process_time() - start
            cage = any(region.part == "bar" for region in section.regions)
            rows.append((how, made, took, (np.nan,) * 3 if cage else linkages(machine, made)))
        for how, made, took, psi in rows:
            off = [
                100 * (one / fine - 1) if abs(fine) > 1e-3 else np.nan
                for one, fine in zip(psi, rows[-1][3], strict=True)
            ]
            print(
                f"{name:11s} {how:7s} {len(made.nodes) / section.poles:10.0f} "
                f"{(len(made.rotor_ring) - 1) / section.poles:10.0f} {np.degrees(least_angle(made)):11.1f} "
                f"{1e3 * took:8.0f}  " + "  ".join(f"{each:6.2f}" for each in off)
            )


if __name__ == "__main__":
    main()
