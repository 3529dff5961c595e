"""Field solutions of a unit's machine at operating points, for drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.interpolate import RegularGridInterpolator

from coaxle.design.edu import PartsSettings, Unit
from coaxle.design.machine.field import solve
from coaxle.design.machine.flux import Drawn, drawn
from coaxle.design.machine.flux.frames import phases
from coaxle.design.machine.flux.sweep import electrical_angles
from coaxle.design.machine.harmonic import cage_frame, cage_of
from coaxle.design.machine.section import SectorMesh
from coaxle.numerics.arrays import Array
from coaxle.report.numerals import fixed
from coaxle.report.unit.losses import first_of

RPM = np.pi / 30


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class FieldView:
    """The field at one operating point, rotor at step 0.

    Parameters
    ----------
    name, words : str
        Short name; operating point with its currents.
    mesh : SectorMesh
        That both arrays belong to.
    potential : (N,)
        A at the nodes [Wb/m].
    density : (M,)
        Amount of the flux density in the triangles [T].
    torque : float
        By virtual work in the gap, in this position of the rotor [Nm].

    """

    name: str
    words: str
    mesh: SectorMesh
    potential: Array
    density: Array
    torque: float


def field_views(unit: Unit, settings: PartsSettings) -> tuple[FieldView, ...]:
    """Return the field at peak torque, at the corner of the largest power, and at the highest speed.

    There without torque where magnets make a field all the same, else with all torque that there is.

    Raises
    ------
    ComputationError
        Where the field is not found.

    """
    parts = unit.parts
    ready = drawn(parts.machine, settings.flux, parts.unit.conditions.rotor)
    named = operating_points(unit)
    here = np.zeros(1, dtype=np.int32)
    currents = np.stack([_currents(unit, ready, at) for _, at in named])[None, :, None, :]
    every: Any = np.arange(len(ready.mesh.triangles), dtype=np.int32)
    solved = solve(ready.model, here, currents, keep=every, potential=True).checked()
    assert solved.b is not None
    assert solved.potential is not None
    return tuple(
        FieldView(
            name=name,
            words=_said(unit, at),
            mesh=ready.mesh,
            potential=np.asarray(solved.potential[0, line, 0]),
            density=np.hypot(*np.asarray(solved.b[0, line, 0], dtype=np.float64).T),
            torque=float(solved.torque[0, line, 0]) * ready.facts.stack,
        )
        for line, (name, at) in enumerate(named)
    )


def _currents(unit: Unit, ready: Drawn, at: tuple[int, int, int]) -> Array:
    """Return the currents of all circuits (C,) [A] at a point of the operation, rotor at step 0; straight stack."""
    points, section = unit.operation.points, ready.mesh.section
    i_d, i_q = points.i_d[at], points.i_q[at]
    if unit.parts.machine.kind == "induction":
        flux = unit.flux
        inside = np.array([np.clip(i_d, flux.i_d[0], flux.i_d[-1]), np.clip(abs(i_q), 0.0, flux.i_q[-1])])
        i_r = float(RegularGridInterpolator((flux.i_d, flux.i_q), flux.i_r[:, :, 0])(inside)[0])
        frame = cage_frame(section, cage_of(ready.facts, section, unit.parts.unit.conditions.rotor))
        # the cage's current flows against i_q
        zero = np.zeros(1)
        return np.asarray(frame.currents(i_d + zero, i_q + zero, zero, -np.sign(i_q) * i_r + zero, zero, zero)[0])
    currents = np.zeros(len(section.circuits))
    theta = electrical_angles(ready.model, np.zeros(1, dtype=np.int32))[0]
    currents[:3] = phases(i_d, i_q, theta)
    if unit.parts.machine.kind == "eesm":
        currents[3] = points.i_f[at]
    return currents


def operating_points(unit: Unit) -> Sequence[tuple[str, tuple[int, int, int]]]:
    """Return names and places (voltage, speed, torque) in the operation that are worth a look, at rated voltage."""
    operation = unit.operation
    rated, most = operation.voltage.size // 2, operation.torque.shape[2] - 1
    bare = unit.facts.magnet is None
    top = operation.torque[rated, :, -1]
    power = first_of((top - operation.drag) * operation.speed)
    return (
        ("peak torque", (rated, 1, most)),
        ("peak power", (rated, power, most)),
        (
            "highest speed, all torque" if bare else "highest speed, no torque",
            (rated, operation.speed.size - 1, most if bare else most // 2),
        ),
    )


def _said(unit: Unit, at: tuple[int, int, int]) -> str:
    points = unit.operation.points
    shaft = float(points.torque[at]) - float(unit.operation.drag[at[1]])
    words = f"{fixed(float(points.speed[at[1]]) / RPM, 0)} rpm, {fixed(shaft, 0)} Nm at the machine's shaft"
    currents = f"i_d {fixed(float(points.i_d[at]), 0)} A, i_q {fixed(float(points.i_q[at]), 0)} A"
    if unit.parts.machine.kind == "eesm":
        currents += f", i_f {fixed(float(points.i_f[at]), 1)} A"
    return f"{words} ({currents})"
