"""What a time-harmonic field does: torque, loss, linkage and voltage, powers. Per metre of stack, whole machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coaxle.design.machine.harmonic.solution import MU_0, HarmonicField, Phasors
from coaxle.errors import UseError
from coaxle.numerics.arrays import Array

Cells = NDArray[np.bool_]


def gap_torque(field: HarmonicField, inner: float, outer: float) -> float:
    """Mean torque on what lies within the gap, per metre [Nm/m]: Maxwell stress averaged over the gap's radii.

    tau = 1 / (mu_0 (r_o - r_i)) times the integral of r Re(B_r conj(B_phi)) / 2 over all triangles whose centre lies
    between ``inner`` and ``outer`` [m], both within the air (A. Arkkio, Analysis of induction motors based on the
    numerical solution of the magnetic field and circuit equations, thesis, Helsinki 1987).
    """
    shapes, plane = field.model.shapes, field.model.shapes.plane
    r = np.hypot(*plane.centres.T)
    cells = (r > inner) & (r < outer)
    if not cells.any():
        raise UseError(f"inner, outer: no triangle lies between {inner:g} m and {outer:g} m; the air gap is wanted")
    local = field.potential[plane.cells[cells]]
    radius = np.hypot(*np.moveaxis(shapes.points[cells], -1, 0))
    b_r = np.einsum("mqn,mn->mq", shapes.around[cells], local) / radius
    b_phi = -np.einsum("mqn,mn->mq", shapes.outward[cells], local)
    stress = 0.5 * np.real(b_r * np.conj(b_phi)) / MU_0
    return float(plane.sectors * np.sum(shapes.weights[cells] * radius * stress) / (outer - inner))


def force_torque(field: HarmonicField) -> float:
    """Mean torque of the forces on the induced currents, per metre [Nm/m]: integral of Re(J conj(dA/dphi)) / 2.

    That is all of the torque where what turns is a body of revolution (its magnetic force has no moment); on toothed
    iron it is not.
    """
    shapes, plane = field.model.shapes, field.model.shapes.plane
    around = np.einsum("mqn,mn->mq", shapes.around, field.potential[plane.cells])
    return float(0.5 * plane.sectors * np.sum(shapes.weights * np.real(induced_density(field) * np.conj(around))))


def induced_density(field: HarmonicField) -> Phasors:
    """Induced current density at the points of integration (M, Q) [A/m2]: sigma (-j w A - Omega dA/dphi - z I)."""
    shapes, plane = field.model.shapes, field.model.shapes.plane
    local = field.potential[plane.cells]
    e_z = -1j * field.w * np.einsum("qn,mn->mq", shapes.values, local)
    if field.speed:
        e_z = e_z - field.speed * np.einsum("mqn,mn->mq", shapes.around, local)
    for bar, current in zip(field.bars, field.bar_currents, strict=True):
        e_z[bar.cells] -= bar.impedance * current
    return np.asarray(field.model.conductivity[:, None] * e_z)


def eddy_loss(field: HarmonicField, cells: Cells | None = None) -> float:
    """Mean loss of the induced currents within ``cells`` (M,) (None: everywhere), per metre [W/m]."""
    shapes = field.model.shapes
    conducting = field.model.conductivity > 0
    if cells is not None:
        conducting = conducting & cells
    density = induced_density(field)[conducting]
    loss = np.abs(density) ** 2 / field.model.conductivity[conducting, None]
    return float(0.5 * shapes.plane.sectors * np.sum(shapes.weights[conducting] * loss))


def linkage(field: HarmonicField, turns: Array) -> complex:
    """Flux linkage per metre [Wb/m] of a winding, ``turns`` (M,) conductors along +z spread over each triangle's area.

    ``turns`` is a density [1/m2]: conductors over the area that they fill. Peak phasor; induced voltage per metre is
    j w times it where the winding stands still.
    """
    return complex(field.model.shapes.plane.sectors * (field.model.shapes.load(turns) @ field.potential))


def source_power(field: HarmonicField) -> float:
    """Mean power that the imposed currents give off, per metre [W/m]: integral of Re(j w A conj(J)) / 2."""
    imposed = field.model.shapes.load(np.asarray(field.density, dtype=np.complex128))
    drop = 1j * field.w * np.conj(imposed) @ field.potential
    return float(0.5 * field.model.shapes.plane.sectors * np.real(drop))


def bar_link_loss(field: HarmonicField) -> float:
    """Mean loss between the ends of the bars, outside of the plane (rings), per metre [W/m]."""
    resistance = np.array([np.real(bar.impedance) for bar in field.bars])
    return float(0.5 * field.model.shapes.plane.sectors * np.sum(resistance * np.abs(field.bar_currents) ** 2))
