"""Meshes for tests of the field solution: structured sectors of an annulus, and one published pole."""

from __future__ import annotations

from math import pi

import numpy as np

from coaxle.design.machine.section import Circuit, Region, Section, SectorMesh

NOWHERE = np.zeros((0, 2))


def region(name, side, material=None, direction=None):
    part = "magnet" if direction is not None else ("rotor-iron" if side == "rotor" else "stator-yoke")
    return Region(name=name, part=part, side=side, outline=NOWHERE, material=material, remanence_direction=direction)


def annulus(
    *, rotor, stator, regions, paint, pieces, pole_pairs=2, poles=1, circuits=(), gap=None, slots=3
) -> SectorMesh:
    """Return a structured mesh: ``rotor`` and ``stator`` radii, ``pieces`` along the arc.

    ``paint(r, angle, side)`` of a cell's middle tells the region's name, None for air.
    """
    angle = poles * pi / pole_pairs
    names = [r.name for r in regions]
    nodes, triangles, where, low, high, rings = [], [], [], [], [], []
    count = 0
    for side, radii in (("stator", stator), ("rotor", rotor)):
        radii = np.asarray(radii, dtype=float)
        phi = np.linspace(0.0, angle, pieces + 1)
        grid = count + np.arange(len(radii) * (pieces + 1)).reshape(len(radii), -1)
        nodes.append(np.stack([np.outer(radii, np.cos(phi)).ravel(), np.outer(radii, np.sin(phi)).ravel()], axis=1))
        count += grid.size
        for i in range(len(radii) - 1):
            for j in range(pieces):
                a, b, c, d = grid[i, j], grid[i + 1, j], grid[i + 1, j + 1], grid[i, j + 1]
                pair = [(a, b, c), (a, c, d)] if (i + j) % 2 else [(a, b, d), (b, c, d)]
                triangles += pair
                name = paint(0.5 * (radii[i] + radii[i + 1]), 0.5 * (phi[j] + phi[j + 1]), side)
                where += [-1 if name is None else names.index(name)] * 2
        low.append(grid[:, 0])
        high.append(grid[:, -1])
        rings.append(grid[0] if side == "stator" else grid[-1])
        rings.append(grid[-1] if side == "stator" else grid[0])
    outline = gap or (rotor[-1], stator[0])
    section = Section(
        regions=tuple(regions),
        circuits=tuple(circuits),
        pole_pairs=pole_pairs,
        poles=poles,
        angle=angle,
        slots=slots,
        bore=outline[1],
        rotor_outer=outline[0],
        inner=float(rotor[0]),
        outer=float(stator[-1]),
        phase_axis=0.0,
        rotor_axis=0.0,
    )
    ints = np.int32
    return SectorMesh(
        section=section,
        nodes=np.concatenate(nodes),
        triangles=np.array(triangles, dtype=ints),
        region=np.array(where, dtype=ints),
        stator_triangles=2 * (len(stator) - 1) * pieces,
        stator_ring=rings[0].astype(ints),
        rotor_ring=rings[2].astype(ints),
        low=np.concatenate(low).astype(ints),
        high=np.concatenate(high).astype(ints),
        fixed=np.concatenate([rings[1], rings[3]]).astype(ints),
    )


STEEL_B = np.array([0.0, 0.2, 0.5, 0.8, 1.0, 1.2, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1])
STEEL_H = np.array([0.0, 40, 70, 95, 125, 190, 450, 900, 2200, 4800, 9000, 16e3, 30e3, 70e3])
"""A plausible sheet, of no source: for tests of the method."""


def salient(*, pieces=24, fine=1, poles=1, pole_pairs=2) -> SectorMesh:
    """Return a small machine with an iron rotor pole, a magnet in it and three slots a pole."""
    rotor = np.concatenate(
        [np.linspace(20e-3, 34e-3, 5 * fine + 1), np.linspace(34e-3, 39e-3, 3 * fine + 1)[1:], [39.3e-3]]
    )
    stator = np.concatenate(
        [[39.7e-3], np.linspace(40e-3, 50e-3, 4 * fine + 1), np.linspace(50e-3, 60e-3, 3 * fine + 1)[1:]]
    )
    pole = pi / pole_pairs
    slots = [f"slot-{k + 1}" for k in range(3 * poles)]
    regions = [region("rotor", "rotor", "steel"), region("stator", "stator", "steel")]
    regions += [region(name, "stator") for name in slots]
    regions += [
        region(f"magnet-{k + 1}", "rotor", "magnet", (k + 0.5) * pole + (pi if k % 2 else 0.0)) for k in range(poles)
    ]

    def paint(r, angle, side):
        k, share = divmod(angle / pole, 1.0)
        if side == "rotor":
            if r > 39e-3:
                return None
            if r > 34e-3:
                return "rotor" if 0.17 < share < 0.83 else None
            return f"magnet-{int(k) + 1}" if 25e-3 < r < 30e-3 and 0.2 < share < 0.8 else "rotor"
        if r < 40e-3:
            return None
        slot, inside = divmod(3 * angle / pole, 1.0)
        return slots[int(slot)] if r < 50e-3 and 0.25 < inside < 0.75 else "stator"

    # slots of a pole: a, -c, b, and turned over in the next pole
    turns = 10.0
    circuits = []
    for name, place, sign in (("a", 0, 1), ("b", 2, 1), ("c", 1, -1)):
        circuits.append(
            Circuit(name=name, conductors={slots[3 * k + place]: sign * turns * (-1) ** k for k in range(poles)})
        )
    return annulus(
        rotor=rotor,
        stator=stator,
        regions=regions,
        paint=paint,
        pieces=pieces * poles,
        poles=poles,
        pole_pairs=pole_pairs,
        circuits=circuits,
        gap=(39e-3, 40e-3),
    )
