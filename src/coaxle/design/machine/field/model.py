"""The equations of one sector, all that does not depend on currents or on where the rotor stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from coaxle.design.machine.field.curve import MU_0, NU_0, BhCurve
from coaxle.design.machine.field.elements import Samples, sample, shares, side_of, sides
from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.settings import FieldSettings
from coaxle.design.machine.section import Circuit, SectorMesh
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array

GAP_TOLERANCE = 1e-6
"""Of the gap's height: by how much a node may miss the radius that it is meant to lie on."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class FieldModel:
    """A sector's unknowns, elements and sources, for every rotor step.

    Unknowns are numbered 0 to ``unknowns - 1`` in rotor and stator, then come ``band_unknowns`` inside the band (second
    order only). An element's node that is tied to an unknown with the other sign has its gradient's sign turned.

    Parameters
    ----------
    unknown, sign : (V,)
        Of each node (the mesh's, then the mid-side nodes): its unknown, -1 where A is 0; and its sign.
    nodes : (M, m) int32
        Of each triangle of the mesh, 3 or 6.
    samples : Samples
        Of each triangle, signs folded in.
    curve : (M,) int32
        Which of ``curves`` holds in a triangle; -1 where it is linear.
    reluctivity : (M,)
        Of linear triangles [m/H].
    magnets : (U,)
        Source of the magnets [A].
    circuits : (C, U)
        Source of each circuit per terminal ampere; also what makes linkage per sector and metre out of A.
    rotor_ring, stator_ring : (K + 1,) or (2 K + 1,) int32
        Nodes along the band's borders, mid-side nodes between.
    sectors : float
        Of the whole machine.
    cache : dict
        What belongs to a rotor step, computed when first asked for.

    """

    mesh: SectorMesh
    settings: FieldSettings
    unknown: Whole
    sign: Array
    unknowns: int
    band_unknowns: int
    nodes: Whole
    samples: Samples
    curve: Whole
    curves: tuple[BhCurve, ...]
    reluctivity: Array
    magnets: Array
    circuits: Array
    rotor_ring: Whole
    stator_ring: Whole
    sectors: float
    cache: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def flip(self) -> float:
        """Sign that A gets from one sector to the next."""
        return -1.0 if self.mesh.section.poles % 2 else 1.0


def field_model(
    mesh: SectorMesh,
    iron: Mapping[str, BhCurve],
    magnets: Mapping[str, tuple[float, float]],
    settings: FieldSettings | None = None,
) -> FieldModel:
    """Return the equations of a sector.

    div(nu(B) grad A) = -J - curl(nu B_r), B = curl A; A is 0 on ``mesh.fixed`` and (anti)periodic from side to side.

    Parameters
    ----------
    mesh : SectorMesh
        Of one sector.
    iron : mapping
        Curves by the name of a region's material.
    magnets : mapping
        Remanence [T] and relative permeability by the name of a region's material. Any other material, and none, has
        the permeability of vacuum.
    settings : FieldSettings, optional
        Order of the elements.

    Raises
    ------
    InputError
        Where the mesh does not close, a triangle is turned over, a magnet has no direction, or a figure is not finite.

    """
    settings = settings or FieldSettings()
    _check_mesh(mesh)
    nodes, rings, ends = _nodes(mesh, settings.order)
    unknown, sign, count = _unknowns(mesh, ends)
    samples = sample(mesh.nodes[mesh.triangles], settings.order)
    gradients = samples.gradients * sign[nodes][:, None, :, None]
    samples = Samples(np.ascontiguousarray(gradients), samples.weights)
    curve, reluctivity = _materials(mesh, iron, magnets)
    source = _magnets(mesh, magnets, nodes, unknown, count, samples)
    circuits = _circuits(mesh, settings.order, nodes, unknown, sign, count, samples)
    section = mesh.section
    return FieldModel(
        mesh=mesh,
        settings=settings,
        unknown=unknown,
        sign=sign,
        unknowns=count,
        band_unknowns=0 if settings.order == 1 else 2 * (len(mesh.rotor_ring) - 1),
        nodes=nodes,
        samples=samples,
        curve=curve,
        curves=tuple(iron.values()),
        reluctivity=reluctivity,
        magnets=source,
        circuits=circuits,
        rotor_ring=rings[0],
        stator_ring=rings[1],
        sectors=2 * section.pole_pairs / section.poles,
    )


def _check_mesh(mesh: SectorMesh) -> None:
    section = mesh.section
    place = "mesh"
    if not np.all(np.isfinite(mesh.nodes)):
        raise InputError(f"{place}: a node is not finite; coordinates in m are wanted")
    if len(mesh.rotor_ring) != len(mesh.stator_ring) or len(mesh.rotor_ring) < 4:
        raise InputError(
            f"{place}: the rings have {len(mesh.rotor_ring)} and {len(mesh.stator_ring)} nodes; "
            "as many on both sides of the band, and at least 4, are wanted"
        )
    if len(mesh.low) != len(mesh.high):
        raise InputError(f"{place}: {len(mesh.low)} nodes on one side, {len(mesh.high)} on the other; pairs are wanted")
    x, y = mesh.nodes[mesh.triangles].transpose(2, 0, 1)
    double = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    if np.any(double <= 0):
        raise InputError(f"{place}: triangle {int(np.argmin(double))} has no area or runs clockwise")
    alone = np.bincount(mesh.triangles.ravel(), minlength=len(mesh.nodes)) == 0
    if np.any(alone):
        raise InputError(f"{place}: node {int(np.argmax(alone))} belongs to no triangle")
    if section.poles % 2 == 0 and len(mesh.fixed) == 0:
        raise InputError(f"{place}: no node is named where A is 0; a periodic sector needs one")
    turn = np.array([[np.cos(section.angle), np.sin(section.angle)], [-np.sin(section.angle), np.cos(section.angle)]])
    tolerance = GAP_TOLERANCE * (section.bore - section.rotor_outer)
    if len(mesh.low) and np.max(np.abs(mesh.nodes[mesh.low] @ turn - mesh.nodes[mesh.high])) > tolerance:
        raise InputError(f"{place}: the nodes of one side, turned by the sector's angle, miss those of the other")
    for ring in (mesh.rotor_ring, mesh.stator_ring):
        radius = np.hypot(*mesh.nodes[ring].T)
        angle = np.arctan2(mesh.nodes[ring, 1], mesh.nodes[ring, 0])
        even = np.linspace(0.0, section.angle, len(ring))
        miss = np.abs((angle - even + np.pi) % (2 * np.pi) - np.pi) * radius
        if max(float(np.max(miss)), float(np.ptp(radius))) > tolerance:
            raise InputError(f"{place}: the nodes of a ring beside the band are not even in angle at one radius")


def _nodes(mesh: SectorMesh, order: int) -> tuple[Whole, tuple[Whole, Whole], Whole | None]:
    """Return each triangle's nodes, those of the rings, and (second order) the ends of each side."""
    if order == 1:
        return mesh.triangles, (mesh.rotor_ring, mesh.stator_ring), None
    first = len(mesh.nodes)
    middle, ends = sides(mesh.triangles, first)
    rings = []
    for ring in (mesh.rotor_ring, mesh.stator_ring):
        number = side_of(ends, ring[:-1], ring[1:])
        if np.any(number < 0):
            raise InputError("mesh: neighbours on a ring beside the band are not joined by a triangle's side")
        full = np.empty(2 * len(ring) - 1, dtype=np.int32)
        full[::2], full[1::2] = ring, first + number
        rings.append(full)
    return np.concatenate([mesh.triangles, middle], axis=1).astype(np.int32), (rings[0], rings[1]), ends


def _unknowns(mesh: SectorMesh, ends: Whole | None) -> tuple[Whole, Array, int]:
    """Return each node's unknown (-1: A is 0) and sign, and how many unknowns there are."""
    flip = -1.0 if mesh.section.poles % 2 else 1.0
    low, high, fixed = mesh.low, mesh.high, mesh.fixed
    total = len(mesh.nodes)
    if ends is not None:
        total += len(ends)
        rank = np.argsort(np.hypot(*mesh.nodes[low].T))
        low, high = low[rank], high[rank]
        below, above = side_of(ends, low[:-1], low[1:]), side_of(ends, high[:-1], high[1:])
        if np.any((below < 0) != (above < 0)):
            raise InputError("mesh: the triangles on one side of the sector do not match those on the other")
        first, both = len(mesh.nodes), below >= 0
        low, high = np.concatenate([low, first + below[both]]), np.concatenate([high, first + above[both]])
        single = np.bincount(sides(mesh.triangles, 0)[0].ravel()) == 1
        border = single & np.all(np.isin(ends, fixed), axis=1)
        fixed = np.concatenate([fixed, first + np.flatnonzero(border)])
    held = np.zeros(total, dtype=bool)
    held[fixed] = True
    if flip < 0:
        held[low[low == high]] = True
    held[low] |= held[high]
    held[high] |= held[low]
    master, sign = np.arange(total), np.ones(total)
    master[high] = low
    sign[high[low != high]] = flip
    free = np.flatnonzero(~held & (master == np.arange(total)))
    unknown = np.full(total, -1, dtype=np.int32)
    unknown[free] = np.arange(len(free), dtype=np.int32)
    return unknown[master], sign, len(free)


def _materials(
    mesh: SectorMesh, iron: Mapping[str, BhCurve], magnets: Mapping[str, tuple[float, float]]
) -> tuple[Whole, Array]:
    curve = np.full(len(mesh.triangles), -1, dtype=np.int32)
    reluctivity = np.full(len(mesh.triangles), NU_0)
    names = list(iron)
    for number, region in enumerate(mesh.section.regions):
        inside = mesh.region == number
        if region.material is None:
            continue
        if region.material in iron:
            curve[inside] = names.index(region.material)
        elif region.material in magnets:
            remanence, mu_r = magnets[region.material]
            if not (np.isfinite([remanence, mu_r]).all() and mu_r > 0):
                raise InputError(
                    f"{region.name}: remanence {remanence} T, permeability {mu_r}; finite figures are wanted"
                )
            reluctivity[inside] = NU_0 / mu_r
    return curve, reluctivity


def _magnets(
    mesh: SectorMesh,
    magnets: Mapping[str, tuple[float, float]],
    nodes: Whole,
    unknown: Whole,
    count: int,
    samples: Samples,
) -> Array:
    """Return the source of the magnets: integral of nu B_r . curl of each shape function."""
    source = np.zeros(count + 1)
    for number, region in enumerate(mesh.section.regions):
        if region.material is None or region.material not in magnets:
            continue
        remanence, mu_r = magnets[region.material]
        direction = region.remanence_direction
        if direction is None or not np.isfinite(direction):
            raise InputError(f"{region.name}: has no direction of remanence; an angle in rad is wanted")
        inside = mesh.region == number
        turned = np.array([-np.sin(direction), np.cos(direction)]) * remanence / (MU_0 * mu_r)
        values = np.einsum("eqmi,eq,i->em", samples.gradients[inside], samples.weights[inside], turned)
        np.add.at(source, unknown[nodes[inside]], values)
    return source[:-1]


def _circuits(
    mesh: SectorMesh, order: int, nodes: Whole, unknown: Whole, sign: Array, count: int, samples: Samples
) -> Array:
    """Return each circuit's source per ampere: conductors over area, times the integral of each shape function."""
    section = mesh.section
    numbers = {region.name: number for number, region in enumerate(section.regions)}
    area = np.sum(samples.weights, axis=1)
    sources = np.zeros((len(section.circuits), count + 1))
    for source, circuit in zip(sources, section.circuits, strict=True):
        for name, conductors in circuit.conductors.items():
            inside = _region(mesh, numbers, circuit, name)
            total = float(np.sum(area[inside]))
            values = conductors / total * area[inside, None] * shares(order) * sign[nodes[inside]]
            np.add.at(source, unknown[nodes[inside]], values)
    return sources[:, :-1]


def _region(mesh: SectorMesh, numbers: dict[str, int], circuit: Circuit, name: str) -> Array:
    if name not in numbers:
        raise InputError(f"circuit {circuit.name}: no region is called '{name}'")
    if not np.isfinite(circuit.conductors[name]):
        raise InputError(f"circuit {circuit.name}: {circuit.conductors[name]} conductors in {name}")
    inside = mesh.region == numbers[name]
    if not np.any(inside):
        raise InputError(f"circuit {circuit.name}: region {name} has no triangle in the mesh")
    return inside
