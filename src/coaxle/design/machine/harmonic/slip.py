"""A whole induction machine at slip frequency: linear iron, currents induced in its bars, seen from the rotor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coaxle.design.machine.harmonic.cage import Cage
from coaxle.design.machine.harmonic.frame import cage_frame
from coaxle.design.machine.harmonic.plane import second_order
from coaxle.design.machine.harmonic.quantities import bar_link_loss, eddy_loss, gap_torque
from coaxle.design.machine.harmonic.sector import conductor_density, sector_plane
from coaxle.design.machine.harmonic.solution import Bar, HarmonicField, HarmonicModel, harmonic_model, solve_harmonic
from coaxle.design.machine.section import SectorMesh
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class SlipModel:
    """A section with linear iron and conducting bars, its rotor ``turned`` by an electrical angle [rad]."""

    mesh: SectorMesh
    cage: Cage
    stack: float
    turned: float
    harmonic: HarmonicModel
    conductors: Array
    bars: Array


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class SlipPoint:
    """The machine at one slip frequency.

    Parameters
    ----------
    torque : float
        Mean, by Maxwell stress over the gap [Nm].
    loss : float
        Of the cage, rings included [W].
    psi_s : complex
        Stator linkage over the phase of the stator current, peak [Wb].
    i_r : complex
        Fundamental of the cage current, referred, over the phase of the stator current, peak [A].
    field : HarmonicField
        All of it.

    """

    torque: float
    loss: float
    psi_s: complex
    i_r: complex
    field: HarmonicField


def slip_model(
    mesh: SectorMesh,
    cage: Cage,
    stack: float,
    *,
    permeability: Mapping[str, float],
    conductivity: float,
    step: int = 0,
    order: int = 1,
) -> SlipModel:
    """Return ``mesh`` with linear iron for solutions at slip frequency.

    Parameters
    ----------
    mesh, cage, stack
        The section in triangles, its cage, the length of iron [m].
    permeability : mapping
        Relative, by the name of a region's material; of any other material 1.
    conductivity : float
        Of the bars [S/m]. What ``cage.bar_resistance`` is larger than the bar's within the stack is put between its
        ends.
    step, order : int
        Ring steps by which the rotor is turned; order of the elements.

    """
    plane = sector_plane(mesh, step)
    plane = second_order(plane) if order == 2 else plane
    mu_r = np.ones(plane.region.size)
    sigma = np.zeros(plane.region.size)
    names = {each.name: k for k, each in enumerate(mesh.section.regions)}
    for number, region in enumerate(mesh.section.regions):
        mu_r[plane.region == number] = permeability.get(region.material or "", 1.0)
    bars = [each for each in mesh.section.circuits if each.name.startswith("bar-")]
    where = np.zeros((len(bars), plane.region.size), dtype=bool)
    for row, each in zip(where, bars, strict=True):
        for name in each.conductors:
            row |= plane.region == names[name]
        sigma[row] = conductivity
    harmonic = harmonic_model(plane, mu_r, sigma)
    return SlipModel(
        mesh=mesh,
        cage=cage,
        stack=stack,
        turned=step * mesh.section.pole_pairs * mesh.section.angle / (mesh.rotor_ring.size - 1),
        harmonic=harmonic,
        conductors=conductor_density(mesh, harmonic.shapes),
        bars=where,
    )


def solve_slip(model: SlipModel, i_s: float, w_slip: float) -> SlipPoint:
    """Return the machine with a stator current ``i_s`` (peak) [A] at electrical slip frequency ``w_slip`` [rad/s].

    The rotor stands, and the stator's currents turn past it at slip frequency; the stator's slots stand as well, so
    its space harmonics are seen at slip frequency too. Right for slips at which the cage does not damp those.
    """
    if not w_slip > 0:
        raise InputError(f"w_slip: {w_slip:g} rad/s; a slip frequency above 0 is wanted")
    frame = cage_frame(model.mesh.section, model.cage)
    turn = np.exp(-2j * np.pi / 3 * np.arange(3))
    density = i_s * turn @ model.conductors[frame.phase]
    cage, areas = model.cage, model.harmonic.shapes.areas
    ends = cage.bar_resistance + cage.ring_factor * (cage.ring_resistance + 1j * w_slip * cage.ring_inductance)
    bars = tuple(
        Bar(cells=row, impedance=ends / model.stack - 1.0 / float(model.harmonic.conductivity[row] @ areas[row]))
        for row in model.bars
    )
    field = solve_harmonic(model.harmonic, density, w_slip, bars=bars)
    section = model.mesh.section
    linkage = field.model.shapes.plane.sectors * np.array(
        [field.model.shapes.load(row) @ field.potential for row in model.conductors[frame.phase]]
    )
    bar_angle = frame.angle + model.turned
    sheet = field.model.shapes.plane.sectors / cage.bars * np.sum(field.bar_currents * np.exp(1j * bar_angle))
    return SlipPoint(
        torque=model.stack * gap_torque(field, section.rotor_outer, section.bore),
        loss=model.stack * (eddy_loss(field) + bar_link_loss(field)),
        psi_s=complex(model.stack * np.sum(linkage / turn) / 3.0),
        i_r=complex(sheet / frame.ratio * np.exp(-1j * (section.phase_axis + np.pi / 2))),
        field=field,
    )
