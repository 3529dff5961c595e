"""One wedge of stator or rotor: nodes on all its lines, seeds within, triangles.

A wedge is half a slot pitch or half a pole where cells are symmetric, a whole cell where they are not.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pythoncdt
from numpy.typing import NDArray

from coaxle.design.machine.mesh.locate import Plane, locate
from coaxle.design.machine.mesh.pieces import SAME, Pairs, Pieces, join, pieces
from coaxle.design.machine.mesh.spread import Spread, clear, seeds, thinned, within
from coaxle.errors import ComputationError
from coaxle.numerics.arrays import Array

_ON = 5 * SAME
_FACING = 0.7
"""Sine of the angle at which an edge sees another at least, for the room between the two to be narrow."""
_PROBE = 2e-5
"""How far [m] off bore or rotor surface a region is looked up: more than an arc rises over its chord."""
_WIDEST = np.pi / 30
"""Angle [rad] that an edge along shaft or outside may span."""
_SMOOTHINGS, _MOVES = 2, 4


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Frame:
    """What bounds a wedge.

    Radii [m]: ``rim`` is the machine's edge (outside or shaft), ``gap`` bore or rotor surface, ``ring``
    the band's side. There are ``steps`` ring steps over ``angle``. ``matched``: both sides get the same nodes.
    """

    rim: float
    gap: float
    ring: float
    angle: float
    steps: int
    matched: bool


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Grain:
    """Wanted edge lengths [m], growth [-]; elements across iron and across anything else between two edges."""

    near: float
    far: float
    least: float
    growth: float
    across_iron: float
    across: float


@dataclass(frozen=True, eq=False, slots=True)
class Wedge:
    """Nodes (N,) as complex numbers [m] and triangles (M, 3), counter-clockwise."""

    nodes: Plane
    triangles: Pairs


def fill(outlines: Sequence[Plane | None], iron: NDArray[np.bool_], frame: Frame, grain: Grain) -> Wedge:
    """Mesh a wedge from angle 0 to ``frame.angle``; ``iron`` tells of each outline whether it is iron."""
    low, high = min(frame.rim, frame.ring), max(frame.rim, frame.ring)
    kept = pieces(outlines, low, high, frame.angle, (frame.rim, frame.gap))
    arcs = _gap_arcs(outlines, frame)
    spread, middles = _spread(kept, outlines, iron, frame, grain)
    start, end = _lines(kept, arcs, frame, spread)
    nodes, edges = join(start, end)
    spread = _with_edges(spread, nodes, edges)
    taken = np.concatenate([nodes, nodes[edges].mean(axis=1)])
    middles = middles[within(middles, low, high, frame.angle)]
    middles = middles[clear(spread, middles, taken)] if middles.size else middles
    inner = np.concatenate([middles, seeds(spread, low, high, frame.angle, np.concatenate([taken, middles]))])
    return _triangulated(nodes, edges, inner)


def _with_edges(spread: Spread, nodes: Plane, edges: Pairs) -> Spread:
    """Ask for triangles no larger than the edges beside them."""
    a, b = nodes[edges[:, 0]], nodes[edges[:, 1]]
    middle, length = (a + b) / 2, np.abs(b - a)
    short = length < 0.6 * spread.at(middle)
    return replace(
        spread,
        points=np.concatenate([spread.points, middle[short]]),
        sizes=np.concatenate([spread.sizes, 1.3 * length[short]]),
    )


def _gap_arcs(outlines: Sequence[Plane | None], frame: Frame) -> list[tuple[float, float]]:
    """Return the arcs of bore or rotor surface on which the region changes: angles of their ends [rad]."""
    points = np.concatenate([outline for outline in outlines if outline is not None])
    turn = np.angle(points[np.abs(np.abs(points) - frame.gap) < SAME])
    near = _ON / frame.gap
    turn = turn[(turn > near) & (turn < frame.angle - near)]
    stops = np.unique(np.concatenate([[0.0], turn, [frame.angle]]))
    stops = stops[np.concatenate([[True], np.diff(stops) > near])]
    middle = np.exp(0.5j * (stops[1:] + stops[:-1]))
    inside, outside = (locate(outlines, middle * (frame.gap + offset)) for offset in (-_PROBE, _PROBE))
    arcs: list[tuple[float, float]] = []
    for k in np.flatnonzero(inside != outside):
        same = k > 0 and inside[k] == inside[k - 1] and outside[k] == outside[k - 1]
        start = arcs.pop()[0] if same and arcs else float(stops[k])
        arcs.append((start, float(stops[k + 1])))
    return arcs


def _spread(
    kept: Pieces, outlines: Sequence[Plane | None], iron: NDArray[np.bool_], frame: Frame, grain: Grain
) -> tuple[Spread, Plane]:
    """Ask for small triangles where two edges lie close together, smallest where iron lies between.

    Return points in the middle of narrow iron too.
    """
    start, end = kept.points[kept.ends[:, 0]], kept.points[kept.ends[:, 1]]
    length = np.abs(end - start)
    if not len(start):
        return Spread(frame.ring, grain.near, grain.far, grain.growth, start, length), start
    counts = np.clip(np.ceil(length / grain.near), 1, 8).astype(np.int64)
    of = np.repeat(np.arange(len(start)), counts)
    nth = np.arange(of.size) - np.repeat(np.cumsum(counts) - counts, counts)
    samples = start[of] + (end - start)[of] * (nth + 0.5) / counts[of]
    shares = ((np.conj(end - start) * (samples[:, None] - start)).real / length**2).clip(0.0, 1.0)
    offset = start + (end - start) * shares - samples[:, None]
    distance = np.abs(offset)
    together = (kept.ends[:, None, :, None] == kept.ends[None, :, None, :]).any(axis=(2, 3))
    distance[together[of]] = np.inf
    facing = np.abs((np.conj(end - start)[of][:, None] * offset).imag)
    distance[facing < _FACING * length[of][:, None] * np.abs(offset)] = np.inf
    left, right = (kept.left >= 0) & iron[kept.left], (kept.right >= 0) & iron[kept.right]
    distance[:, left & right] = np.inf  # between iron and iron the field is smooth
    nearest = distance.argmin(axis=1)
    least, towards = distance[np.arange(of.size), nearest], offset[np.arange(of.size), nearest]
    radial = samples * (frame.gap / np.abs(samples) - 1)
    to_gap = np.where(np.abs(radial) > _ON, np.abs(radial), np.inf)
    least, towards = np.minimum(least, to_gap), np.where(to_gap < least, radial, towards)
    far = ~np.isfinite(least)
    between = samples + 0.5 * np.where(far, 0.0, towards)
    found = locate(outlines, between)
    is_iron = (found >= 0) & iron[found]
    size = np.where(far, grain.far, least / np.where(is_iron, grain.across_iron, grain.across))
    aside = np.minimum(samples.imag, -(np.exp(-1j * frame.angle) * samples).imag)
    size = np.where((left != right)[of] & (aside > grain.least), np.minimum(size, 2 * aside / grain.across_iron), size)
    size = np.clip(size, grain.least, grain.far)
    wanted = size < 0.9 * grain.far
    points, sizes = thinned(samples[wanted], size[wanted])
    middles, _ = thinned(between[wanted & is_iron], 2 * size[wanted & is_iron])
    return Spread(frame.ring, grain.near, grain.far, grain.growth, points, sizes), middles


def _lines(kept: Pieces, spans: list[tuple[float, float]], frame: Frame, spread: Spread) -> tuple[Plane, Plane]:
    """Return the edges that the mesh keeps, each between neighbouring nodes: start and end points."""
    used = np.unique(kept.ends)
    corners = kept.points[used]
    radius, turn = np.abs(corners), np.angle(corners)
    ring = frame.ring * np.exp(1j * frame.angle * np.arange(frame.steps + 1) / frame.steps)
    arcs = _cut_arcs(spans, turn[np.abs(radius - frame.gap) < _ON], frame, spread)
    rim = _rim(turn[np.abs(radius - frame.rim) < _ON], frame, spread)
    corners = np.concatenate([corners, *(arc[[0, -1]] for arc in arcs)])
    runs = [ring, *_sides(corners, frame, spread), rim, *arcs]
    for one, other in kept.ends:
        a, b = kept.points[one], kept.points[other]
        runs.append(np.concatenate([[a], spread.along(a, b), [b]]))
    return np.concatenate([run[:-1] for run in runs]), np.concatenate([run[1:] for run in runs])


def _cut_arcs(spans: list[tuple[float, float]], corners: Array, frame: Frame, spread: Spread) -> list[Plane]:
    """Return nodes along bore or rotor surface, opposite the ring's nodes wherever no corner is near."""
    arcs = []
    near = _ON / frame.gap
    for start, end in spans:
        stops = [start, *np.sort(corners[(corners > start + near) & (corners < end - near)]), end]
        for a, b in itertools.pairwise(stops):
            arcs.append(frame.gap * np.exp(1j * _between(float(a), float(b), frame, spread)))
    return arcs


def _between(a: float, b: float, frame: Frame, spread: Spread) -> Array:
    """Return angles from ``a`` to ``b``, those of the ring between, cut further where edges shall be short."""
    step = frame.angle / frame.steps
    inner = step * np.arange(np.ceil(a / step), np.floor(b / step) + 1)
    inner = inner[(inner > a + 0.45 * step) & (inner < b - 0.45 * step)]
    angles = np.concatenate([[a], inner, [b]])
    wanted = spread.at(frame.gap * np.exp(0.5j * (angles[1:] + angles[:-1])))
    counts = np.maximum(1, np.round(0.8 * np.diff(angles) * frame.gap / wanted)).astype(int)
    cut = [np.linspace(x, y, count, endpoint=False) for x, y, count in zip(angles, angles[1:], counts, strict=False)]
    return np.concatenate([*cut, [b]])


def _rim(corners: Array, frame: Frame, spread: Spread) -> Plane:
    """Return nodes along the machine's edge."""
    stops = np.unique(np.concatenate([[0.0, frame.angle], corners]))
    stops = stops[np.concatenate([[True], np.diff(stops) > _ON / frame.rim])]
    angles = [stops[:1]]
    for a, b in itertools.pairwise(stops):
        cut = np.concatenate([[0.0], spread.shares(frame.rim * np.exp(1j * np.linspace(a, b, 9))), [1.0]])
        least = int(np.ceil((b - a) / _WIDEST))
        cut = cut if cut.size > least else np.linspace(0.0, 1.0, least + 1)
        angles.append(a + (b - a) * cut[1:])
    return frame.rim * np.exp(1j * np.concatenate(angles))


def _sides(corners: Plane, frame: Frame, spread: Spread) -> tuple[Plane, Plane]:
    """Return nodes along the wedge's two sides."""
    by = np.exp(1j * frame.angle)
    on = [corners[np.abs(corners.imag) < _ON].real, corners[np.abs((corners / by).imag) < _ON]]
    on[1] = (on[1] / by).real
    ends = np.array([frame.rim, frame.ring])
    radii = [np.concatenate([ends, each]) for each in on]
    if frame.matched:
        radii = [np.concatenate(radii)] * 2
    both = replace(
        spread,
        points=np.concatenate([spread.points, spread.points / by]),
        sizes=np.concatenate([spread.sizes, spread.sizes]),
    )
    runs = []
    for each, turn in zip(radii, (1.0 + 0j, by), strict=True):
        stops = np.sort(each)
        stops = stops[np.concatenate([[True], np.diff(stops) > _ON])]
        wanted = both if frame.matched else spread
        onto = 1.0 if frame.matched else turn
        run = [stops[:1]]
        for a, b in itertools.pairwise(stops):
            inner = np.abs(wanted.along(a * onto, b * onto))
            run += [inner, np.array([b])]
        runs.append(np.concatenate(run) * turn)
    return runs[0], runs[1]


def _triangulated(nodes: Plane, edges: Pairs, inner: Plane) -> Wedge:
    """Triangulate nodes with their edges and the seeds within, and even the seeds out."""
    points, fixed = np.concatenate([nodes, inner]), nodes.size
    triangles = _delaunay(points, edges)
    for _ in range(_SMOOTHINGS):
        one = triangles.ravel()
        two = np.roll(triangles, -1, axis=1).ravel()
        ends = np.concatenate([one, two]), np.concatenate([two, one])
        degree = np.bincount(ends[0], minlength=points.size).astype(float)
        for _ in range(_MOVES):
            real = np.bincount(ends[0], points.real[ends[1]], points.size)
            imag = np.bincount(ends[0], points.imag[ends[1]], points.size)
            mean = (real + 1j * imag) / np.maximum(degree, 1.0)
            points[fixed:] = mean[fixed:]
        triangles = _delaunay(points, edges)
    return Wedge(points, triangles)


def _delaunay(points: Plane, edges: Pairs) -> Pairs:
    """Return the constrained Delaunay triangles within the outermost edges."""
    made = pythoncdt.Triangulation(
        pythoncdt.VertexInsertionOrder.AUTO, pythoncdt.IntersectingConstraintEdges.NOT_ALLOWED, 0.0
    )
    vertices: Any = np.column_stack([points.real, points.imag])
    ends: Any = np.ascontiguousarray(edges, dtype=np.uint32)
    try:
        made.insert_vertices(vertices)
        made.insert_edges(ends)
    except RuntimeError as error:
        raise ComputationError(f"mesh: edges of the section cross ({error})") from error
    made.erase_outer_triangles()
    return made.triangles_array()["vertices"].astype(np.int64)
