"""Where the centrifugal force of what does not carry goes: outwards, to the first steel in its way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from coaxle.design.machine.section import SectorMesh
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array


def carried(mesh: SectorMesh, carrying: Array, densities: Mapping[str, float]) -> tuple[Array, float]:
    """Return the forces on the mesh's nodes (N, 2) [N/m s2] of magnets, coils and bars at 1 rad/s, and what none holds.

    Each triangle's force m r points along its radius; it falls on the inward side of the first steel triangle that
    this radius meets further out, split to its two ends as a lever does. What meets no steel (magnets on the surface)
    needs a sleeve; its radial force is the second figure [N/m s2].

    Raises
    ------
    InputError
        Where the density of a material is not given.

    """
    regions = mesh.section.regions
    loose = np.array([r.side == "rotor" and r.part in ("magnet", "field-coil", "bar") for r in regions] + [False])
    force, free = np.zeros((len(mesh.nodes), 2)), 0.0
    rows = np.flatnonzero(loose[mesh.region])
    if rows.size == 0:
        return force, free
    names = [str(regions[number].material) for number in mesh.region[rows]]
    for name in set(names):
        if name not in densities:
            raise InputError(f"stress: the density of '{name}' is not given; {', '.join(densities)} are")
    corners = mesh.nodes[mesh.triangles[rows]]
    edge_1, edge_2 = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = 0.5 * (edge_1[:, 0] * edge_2[:, 1] - edge_1[:, 1] * edge_2[:, 0])
    centre = corners.mean(axis=1)
    pull = (np.array([densities[name] for name in names]) * area)[:, None] * centre
    ends = _inward(mesh, carrying)
    start, end = mesh.nodes[ends[:, 0]], mesh.nodes[ends[:, 1]]
    for at, load in zip(centre, pull, strict=True):
        reach = np.hypot(*at)
        along, side = at / reach, np.array([-at[1], at[0]]) / reach
        from_, to = start @ side, end @ side
        crosses = (from_ * to <= 0) & (from_ != to)
        share = np.where(crosses, from_ / np.where(crosses, from_ - to, 1.0), 0.0)
        radius = (start + share[:, None] * (end - start)) @ along
        met = crosses & (radius > reach)
        if not met.any():
            free += float(load @ along)
            continue
        first = int(np.flatnonzero(met)[np.argmin(radius[met])])
        force[ends[first, 0]] += (1 - share[first]) * load
        force[ends[first, 1]] += share[first] * load
    return force, free


def _inward(mesh: SectorMesh, carrying: Array) -> Array:
    """Return the ends (S, 2) of the sides at which steel borders on something else further in."""
    steel = mesh.triangles[carrying]
    sides = np.concatenate([steel[:, [0, 1]], steel[:, [1, 2]], steel[:, [2, 0]]])
    _, first, count = np.unique(np.sort(sides, axis=1), axis=0, return_index=True, return_counts=True)
    ends = sides[first[count == 1]]
    a, b = mesh.nodes[ends[:, 0]], mesh.nodes[ends[:, 1]]
    outward = np.stack([(b - a)[:, 1], -(b - a)[:, 0]], axis=1)  # of a counter-clockwise triangle
    middle = 0.5 * (a + b)
    return ends[np.sum(outward * middle, axis=1) < 0]
