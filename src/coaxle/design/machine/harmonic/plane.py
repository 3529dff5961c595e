"""Triangles of first or second order in the plane, with the borders that fold a sector onto itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi

import numpy as np

from coaxle.errors import UseError
from coaxle.numerics.arrays import Array, Ints


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Plane:
    """A sector of the plane in triangles.

    Parameters
    ----------
    nodes : (N, 2)
        [m].
    cells : (M, 3) or (M, 6) int32
        Corners, counter-clockwise; of second order also the nodes amid the edges 0-1, 1-2 and 2-0.
    region : (M,) int32
        A number for what stands there.
    low, high : (L,) int32
        Pairs of nodes: the potential on ``high`` is ``signs`` times that on ``low``. A node is bound once at most, to
        one that is not bound.
    signs : (L,)
        1 or -1: periodic or antiperiodic.
    fixed : (B,) int32
        Nodes where the potential is 0.
    sectors : int
        How many of these make the whole machine.

    """

    nodes: Array
    cells: Ints
    region: Ints
    low: Ints
    high: Ints
    signs: Array
    fixed: Ints
    sectors: int

    @property
    def order(self) -> int:
        """Order of the elements, 1 or 2."""
        return 1 if self.cells.shape[1] == 3 else 2

    @property
    def centres(self) -> Array:
        """Mean of the corners of each triangle (M, 2) [m]."""
        return np.asarray(self.nodes[self.cells[:, :3]].mean(axis=1))


def polar_plane(
    radii: Array, angles: Array, region: Callable[[Array, Array], Ints], *, sign: int, sectors: int
) -> Plane:
    """Return a structured mesh of the sector between ``angles[0]`` and ``angles[-1]``, first order.

    Parameters
    ----------
    radii : (R,)
        Rising [m]. Where the first is 0 the centre is one node. The potential is 0 on the last, and on the first
        unless that is the centre of a periodic sector.
    angles : (K + 1,)
        Rising [rad]; ``angles[-1] - angles[0]`` is the whole circle over ``sectors``.
    region : callable
        Of radius (M,) [m] and angle (M,) [rad] of the triangles' centres, the number of what stands there.
    sign : 1 or -1
        Periodic or antiperiodic from one side of the sector to the other.
    sectors : int
        How many make the circle.

    """
    span = 2 * pi / sectors
    if abs(angles[-1] - angles[0] - span) > 1e-9 * span:
        raise UseError(f"angles: span {angles[-1] - angles[0]:g} rad; {sectors} sectors ask for {span:g} rad")
    if np.any(np.diff(radii) <= 0) or np.any(np.diff(angles) <= 0) or radii[0] < 0:
        raise UseError("radii, angles: do not rise strictly from 0 or more; sorted, distinct figures are wanted")
    centre = int(radii[0] == 0.0)
    rings, around = radii.size - centre, angles.size
    r, phi = np.meshgrid(radii[centre:], angles, indexing="ij")
    nodes = np.stack((r * np.cos(phi), r * np.sin(phi)), axis=-1).reshape(-1, 2)
    number = np.arange(rings * around, dtype=np.int32).reshape(rings, around) + centre
    cells = _cut(number)
    ends = [number[-1]]
    if centre:
        nodes = np.vstack((np.zeros((1, 2)), nodes))
        fan = np.stack((np.zeros(around - 1, np.int32), number[0, :-1], number[0, 1:]), axis=-1)
        cells = np.vstack((fan, cells))
    if not centre or sign < 0:
        ends.append(number[0] if not centre else np.zeros(1, np.int32))
    middle = nodes[cells].mean(axis=1)
    turned = angles[0] + np.mod(np.arctan2(middle[:, 1], middle[:, 0]) - angles[0], 2 * pi)
    return Plane(
        nodes=nodes,
        cells=cells.astype(np.int32),
        region=np.asarray(region(np.hypot(middle[:, 0], middle[:, 1]), turned), dtype=np.int32),
        low=number[:, 0].astype(np.int32),
        high=number[:, -1].astype(np.int32),
        signs=np.full(rings, float(sign)),
        fixed=np.unique(np.concatenate(ends)).astype(np.int32),
        sectors=sectors,
    )


def _cut(number: Ints) -> Ints:
    """Return two triangles for each quadrangle of a grid (rings, around), cut this way and that in turn."""
    a, b, c, d = number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]
    odd = np.add.outer(np.arange(a.shape[0]), np.arange(a.shape[1])) % 2 == 1
    one = np.where(odd[..., None], np.stack((a, b, c), axis=-1), np.stack((a, b, d), axis=-1))
    two = np.where(odd[..., None], np.stack((a, c, d), axis=-1), np.stack((b, c, d), axis=-1))
    return np.asarray(np.stack((one, two), axis=2).reshape(-1, 3))


def second_order(plane: Plane, *, round_edges: bool = False) -> Plane:
    """Return the same triangles with nodes amid their edges.

    With ``round_edges`` the middle of an edge whose ends lie at one radius is put on the arc between them, so that
    circles are followed to fourth order. Right for meshes whose edges at equal radius do lie on circles.
    """
    if plane.order == 2:
        return plane
    corners = plane.cells
    edges = np.sort(corners[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    unique, place, counts = np.unique(edges, axis=0, return_inverse=True, return_counts=True)
    middle = plane.nodes[unique].mean(axis=1)
    if round_edges:
        r = np.hypot(*np.moveaxis(plane.nodes[unique], -1, 0))
        level = (np.abs(r[:, 0] - r[:, 1]) <= 1e-9 * r.max()) & (r[:, 0] > 0)
        middle[level] *= (r[level, 0] / np.hypot(*middle[level].T))[:, None]
    first = plane.nodes.shape[0]
    low, high, signs = _bound_edges(plane, unique)
    fixed = np.isin(unique, plane.fixed).all(axis=1) & (counts == 1)
    return Plane(
        nodes=np.vstack((plane.nodes, middle)),
        cells=np.hstack((corners, first + place.reshape(-1, 3))).astype(np.int32),
        region=plane.region,
        low=np.concatenate((plane.low, first + low)).astype(np.int32),
        high=np.concatenate((plane.high, first + high)).astype(np.int32),
        signs=np.concatenate((plane.signs, signs)),
        fixed=np.concatenate((plane.fixed, first + np.flatnonzero(fixed))).astype(np.int32),
        sectors=plane.sectors,
    )


def _bound_edges(plane: Plane, edges: Ints) -> tuple[Ints, Ints, Array]:
    """Return which edges are bound to which, and by what sign: those whose ends are bound to the same two nodes."""
    master = np.arange(plane.nodes.shape[0])
    sign = np.ones(master.size)
    master[plane.high], sign[plane.high] = plane.low, plane.signs
    centre = np.all(plane.nodes == 0.0, axis=1)
    bound = centre.copy()
    bound[plane.low] = bound[plane.high] = True
    first: dict[tuple[int, int, float], tuple[int, float]] = {}
    pairs = []
    # Edges between nodes that are not bound come first: the others are bound to them. The centre is its own image.
    candidates = np.flatnonzero(bound[edges].all(axis=1))
    order = np.argsort((master[edges[candidates]] != edges[candidates]).sum(axis=1), kind="stable")
    for k in candidates[order].tolist():
        a, b = sorted(edges[k].tolist(), key=lambda node: (not centre[node], master[node]))
        relative = 1.0 if centre[a] else float(sign[a] * sign[b])
        start, its_sign = first.setdefault((int(master[a]), int(master[b]), relative), (k, float(sign[b])))
        if start != k:
            pairs.append((start, k, sign[b] * its_sign))
    table = np.array(pairs, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), table[:, 2]
