"""The field solved over a grid of currents and over rotor positions."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from coaxle.design.machine.facts import Kind
from coaxle.design.machine.field import FieldModel, solve
from coaxle.design.machine.flux.frames import phases, rotor_frame
from coaxle.design.machine.flux.grid import both_sides, dense_near_zero
from coaxle.design.machine.flux.losses import period_of
from coaxle.design.machine.flux.settings import FluxSettings, Reach
from coaxle.design.machine.section import SectorMesh
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor

D_SIDES: dict[Kind, tuple[float, float]] = {
    "eesm": (-1.0, 0.5),
    "ipm": (-1.0, 0.0),
    "spm": (-1.0, 0.0),
    "synrm": (0.0, 1.0),
    "induction": (0.0, 0.71),
}
"""How far i_d reaches on either side, over the largest current: where each type works. Salient poles have more
inductance along d than along q, so that a wound rotor may also gain torque from positive i_d. An induction machine
gives most torque per ampere at i_d = i_q, and at less i_d where its main path saturates."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Currents:
    """Field points: i_d (D,), i_q (Q,), i_f (F,) [A], each rising."""

    i_d: Array
    i_q: Array
    i_f: Array


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Sweep:
    """Linkages per metre of stack [Wb/m] and torque [Nm/m] over P rotor positions at one field current (P, D, Q).

    ``b`` (P, D Q, T, 2) is the flux density of the triangles asked for [T], its points run over d, then q.
    """

    psi_d: Array
    psi_q: Array
    psi_f: Array
    torque: Array
    b: Array


def sides(kind: Kind, assisted: bool) -> tuple[float, float]:
    """Return how far i_d reaches below and above 0, over the largest current.

    A reluctance machine with magnets (``assisted``) has its d axis on them and works at i_d < 0.
    """
    return D_SIDES["ipm" if kind == "synrm" and assisted else kind]


def field_points(kind: Kind, reach: Reach, settings: FluxSettings, low: float, high: float) -> Currents:
    """Return the currents at which the field is solved, i_d from ``low`` to ``high`` [A]."""
    wound = kind == "eesm"
    if wound and reach.field_current <= 0:
        raise InputError("reach.field_current: 0 A; a wound rotor wants a current above 0")
    unexcited = kind == "synrm" and low >= 0
    return Currents(
        i_d=both_sides(low, high, settings.d * 3 // 2 if unexcited else settings.d),
        i_q=dense_near_zero(reach.current, settings.q),
        i_f=dense_near_zero(reach.field_current, settings.field) if wound else np.zeros(1),
    )


def positions(mesh: SectorMesh, settings: FluxSettings) -> int:
    """Return the number of rotor positions: the least that divides the ring's steps and is as many as are wanted.

    Raises
    ------
    InputError
        Where more are wanted than the ring has steps over a period of the ripple.

    """
    span = _span(mesh)
    wanted = max(settings.positions, ceil(settings.slot_positions * slots_passing(mesh) - 1e-9))
    for count in range(wanted, span + 1):
        if span % count == 0:
            return count
    raise InputError(
        f"settings: {wanted} rotor positions are wanted and the mesh has {span} steps over a period of the ripple; "
        "fewer positions or a finer ring (settings.mesh.ring) are wanted"
    )


def rotor_steps(model: FieldModel, settings: FluxSettings) -> Ints:
    """Return rotor steps (P,) that span the period of the ripple: 60 electrical degrees, 120 for fractional slots."""
    count = positions(model.mesh, settings)
    return np.asarray(_span(model.mesh) // count * np.arange(count), dtype=np.int32)


def slots_passing(mesh: SectorMesh) -> int:
    """Return how many stator slots pass a rotor pole during the period of the ripple."""
    return int(period_of(mesh) * 2 * mesh.section.slots / mesh.section.poles)


def _span(mesh: SectorMesh) -> int:
    """Return the ring's steps over a period of the ripple."""
    return int(2 * (mesh.rotor_ring.size - 1) // mesh.section.poles * period_of(mesh))


def electrical_angles(model: FieldModel, steps: Ints) -> Array:
    """Return the electrical angle of the d axis before that of phase a at each rotor step (P,) [rad]."""
    section = model.mesh.section
    turn = section.angle / (len(model.mesh.rotor_ring) - 1)
    return np.asarray(section.pole_pairs * turn * steps + section.rotor_axis - section.phase_axis)


def sweep(
    model: FieldModel, currents: Currents, field_current: float, steps: Ints, keep: Any, where: Executor | None
) -> Sweep:
    """Solve the field at every stator current and rotor step, at one field current, and keep some triangles' B.

    Raises
    ------
    ComputationError
        Where a point does not converge: a flux map has no holes.

    """
    circuits = model.mesh.section.circuits
    wound = any(circuit.name == "field" for circuit in circuits)
    theta = electrical_angles(model, steps)[:, None, None]
    given = np.zeros((steps.size, currents.i_d.size, currents.i_q.size, len(circuits)))
    given[..., :3] = phases(currents.i_d[:, None], currents.i_q[None, :], theta)
    if wound:
        given[..., 3] = field_current
    solved = solve(model, steps, given, where, keep).checked()
    assert solved.b is not None
    psi_d, psi_q = rotor_frame(solved.linkage[..., :3], theta)
    return Sweep(
        psi_d=psi_d,
        psi_q=psi_q,
        psi_f=solved.linkage[..., 3] if wound else np.zeros_like(psi_d),
        torque=solved.torque,
        b=solved.b.reshape(steps.size, currents.i_d.size * currents.i_q.size, *solved.b.shape[3:]),
    )
