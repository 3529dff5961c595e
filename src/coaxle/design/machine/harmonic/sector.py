"""A machine's sector mesh as one plane: the band closed at a rotor step, circuits by triangle."""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.harmonic.element import Elements
from coaxle.design.machine.harmonic.plane import Plane
from coaxle.design.machine.section import SectorMesh
from coaxle.numerics.arrays import Array, Ints


def sector_plane(mesh: SectorMesh, step: int = 0) -> Plane:
    """Return ``mesh`` with its rotor turned by ``step`` ring steps and the band closed by triangles, first order.

    The band's rotor side are copies of the ring's nodes, bound to them with the sector's sign where the turn takes them
    beyond its side. Band triangles are air (region -1) and stand last.
    """
    section = mesh.section
    sign = -1.0 if section.poles % 2 else 1.0
    count = mesh.stator_ring.size - 1
    pitch = section.angle / count
    nodes = mesh.nodes.copy()
    rotor = np.unique(np.concatenate((mesh.triangles[mesh.stator_triangles :].ravel(), mesh.rotor_ring)))
    nodes[rotor] = _turned(nodes[rotor], step * pitch)
    wraps, place = np.divmod(np.arange(count + 1) - step, count)
    around = np.arctan2(*nodes[mesh.stator_ring[0]][::-1]) + pitch * np.arange(count + 1)
    radius = float(np.hypot(*mesh.nodes[mesh.rotor_ring[0]]))
    met = mesh.nodes.shape[0] + np.arange(count + 1)
    band = _band(mesh.stator_ring, met)
    return Plane(
        nodes=np.vstack((nodes, radius * np.stack((np.cos(around), np.sin(around)), axis=1))),
        cells=np.vstack((mesh.triangles, band)).astype(np.int32),
        region=np.concatenate((mesh.region, np.full(band.shape[0], -1))).astype(np.int32),
        low=np.concatenate((mesh.low, mesh.rotor_ring[place])).astype(np.int32),
        high=np.concatenate((mesh.high, met)).astype(np.int32),
        signs=np.concatenate((np.full(mesh.low.size, sign), sign ** np.abs(wraps))),
        fixed=mesh.fixed,
        sectors=2 * section.pole_pairs // section.poles,
    )


def _turned(points: Array, angle: float) -> Array:
    """Return ``points`` (n, 2) turned about the origin by ``angle`` [rad]."""
    c, s = np.cos(angle), np.sin(angle)
    return np.asarray(points @ np.array([[c, s], [-s, c]]))


def _band(stator: Ints, rotor: Ints) -> Ints:
    """Return triangles (2 K, 3) between two rings of equal angles, cut this way and that in turn."""
    a, b, c, d = rotor[:-1], stator[:-1], stator[1:], rotor[1:]
    odd = (np.arange(a.size) % 2 == 1)[:, None]
    one = np.where(odd, np.stack((a, b, c), axis=-1), np.stack((a, b, d), axis=-1))
    two = np.where(odd, np.stack((a, c, d), axis=-1), np.stack((b, c, d), axis=-1))
    return np.concatenate((one, two))


def conductor_density(mesh: SectorMesh, shapes: Elements) -> Array:
    """Return the density of conductors of each circuit over the plane's triangles (C, M) [1/m2].

    ``shapes`` are those of :func:`sector_plane`, of either order. Times current it is current density; the integral of
    it times A is the circuit's linkage.
    """
    section, region = mesh.section, shapes.plane.region
    number = {each.name: k for k, each in enumerate(section.regions)}
    density = np.zeros((len(section.circuits), region.size))
    for row, circuit in zip(density, section.circuits, strict=True):
        for name, conductors in circuit.conductors.items():
            here = region == number[name]
            row[here] = conductors / shapes.areas[here].sum()
    return density
