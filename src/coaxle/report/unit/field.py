"""Field solutions of a unit's machine at operating points, for drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coaxle.design.edu import PartsSettings, Unit
from coaxle.design.machine.field import solve
from coaxle.design.machine.flux import drawn
from coaxle.design.machine.flux.frames import phases
from coaxle.design.machine.flux.sweep import electrical_angles
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

    """

    name: str
    words: str
    mesh: SectorMesh
    potential: Array
    density: Array


def field_views(unit: Unit, settings: PartsSettings) -> tuple[FieldView, ...]:
    """Return the field at peak torque, at the corner of the largest power, and at the highest speed.

    There with all torque of a wound rotor, whose field goes with it, and with none of any other.

    Raises
    ------
    ComputationError
        Where the field is not found.

    """
    parts = unit.parts
    ready = drawn(parts.machine, settings.flux, parts.unit.conditions.rotor)
    named = operating_points(unit)
    here = np.zeros(1, dtype=np.int32)
    theta = electrical_angles(ready.model, here)[0]
    points, circuits = unit.operation.points, ready.mesh.section.circuits
    currents = np.zeros((1, len(named), 1, len(circuits)))
    for line, (_, at) in enumerate(named):
        currents[0, line, 0, :3] = phases(points.i_d[at], points.i_q[at], theta)
        if parts.machine.kind == "eesm":
            currents[0, line, 0, 3] = points.i_f[at]
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
        )
        for line, (name, at) in enumerate(named)
    )


def operating_points(unit: Unit) -> Sequence[tuple[str, tuple[int, int, int]]]:
    """Return names and places (voltage, speed, torque) in the operation that are worth a look, at rated voltage."""
    operation = unit.operation
    rated, most = operation.voltage.size // 2, operation.torque.shape[2] - 1
    wound = unit.parts.machine.kind == "eesm"
    top = operation.torque[rated, :, -1]
    power = first_of((top - operation.drag) * operation.speed)
    return (
        ("peak torque", (rated, 1, most)),
        ("peak power", (rated, power, most)),
        (
            "highest speed, all torque" if wound else "highest speed, no torque",
            (rated, operation.speed.size - 1, most if wound else most // 2),
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
