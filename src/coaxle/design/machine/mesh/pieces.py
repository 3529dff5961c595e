"""The edges that a mesh must keep: outlines cut at one another, and only where the region changes across them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from coaxle.design.machine.mesh.locate import Plane, locate
from coaxle.numerics.arrays import Array, Ints

SAME = 2e-8
"""Points closer than this [m] are one; sheet is punched to 1e-5 m."""
_CHORD = 0.05
"""Longest chord over its radius that stands for an arc."""
Pairs: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Pieces:
    """Edges between regions within a wedge: points [m], ends of each edge, the regions on its left and right."""

    points: Plane
    ends: Pairs
    left: Ints
    right: Ints


def pieces(
    outlines: Sequence[Plane | None], low: float, high: float, angle: float, circles: tuple[float, float]
) -> Pieces:
    """Return what separates regions between radii ``low`` and ``high`` and the angles 0 and ``angle``.

    Edges along the wedge's own sides are left out, and chords of the two ``circles`` (radii) that are cut anew.
    """
    start, end = _segments(outlines)
    for radius in circles:
        chord = (np.abs(np.abs(start) - radius) < SAME) & (np.abs(np.abs(end) - radius) < SAME)
        chord &= np.abs(end - start) < _CHORD * radius
        start, end = start[~chord], end[~chord]
    reach = np.maximum(np.abs(start), np.abs(end))
    keep = (reach > low - 1e-6) & (np.minimum(np.abs(start), np.abs(end)) < high + 1e-6)
    start, end = start[keep], end[keep]
    for normal in (1j, -1j * np.exp(1j * angle)):
        start, end = _clipped(start, end, normal)
    points, ends = join(start, end)
    points, ends = _crossed(points, ends)
    middle = (points[ends[:, 0]] + points[ends[:, 1]]) / 2
    along = points[ends[:, 1]] - points[ends[:, 0]]
    aside = 1j * along / np.abs(along) * np.minimum(1e-6, 0.05 * np.abs(along))
    left, right = locate(outlines, middle + aside), locate(outlines, middle - aside)
    keep = left != right
    return Pieces(points, ends[keep], left[keep], right[keep])


def _segments(outlines: Sequence[Plane | None]) -> tuple[Plane, Plane]:
    kept = [outline for outline in outlines if outline is not None]
    if not kept:
        return np.empty(0, complex), np.empty(0, complex)
    return np.concatenate(kept), np.concatenate([np.roll(outline, -1) for outline in kept])


def _clipped(start: Plane, end: Plane, normal: complex) -> tuple[Plane, Plane]:
    """Cut segments at the line through the origin; what runs along it goes too."""
    at = (np.conj(normal) * start).real
    to = (np.conj(normal) * end).real
    keep = (at > SAME) | (to > SAME)
    start, end, at, to = start[keep], end[keep], at[keep], to[keep]
    step = np.where(at == to, 1.0, at - to)
    cut = start + (end - start) * (at / step)
    return np.where(at < 0, cut, start), np.where(to < 0, cut, end)


def join(start: Plane, end: Plane) -> tuple[Plane, Pairs]:
    """Make one point of those that lie together, one edge of those that coincide."""
    points = np.concatenate([start, end])
    if points.size == 0:
        return points, np.empty((0, 2), np.int64)
    pairs = cKDTree(np.column_stack([points.real, points.imag])).query_pairs(SAME, output_type="ndarray")
    graph = coo_array((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(points.size, points.size))
    _, label = connected_components(graph, directed=False)
    _, first = np.unique(label, return_index=True)
    ends = np.sort(label.reshape(2, -1).T.astype(np.int64), axis=1)
    ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    return points[first], ends


def _crossed(points: Plane, ends: Pairs) -> tuple[Plane, Pairs]:
    """Cut edges where others cross or touch them."""
    a, b = points[ends[:, 0]], points[ends[:, 1]]
    cuts_of, cuts_at = _crossings(a, b)
    on_of, on_at = _touchings(points, ends)
    of, at = np.concatenate([cuts_of, on_of]), np.concatenate([cuts_at, on_at])
    if of.size == 0:
        return points, ends
    whole = np.setdiff1d(np.arange(len(ends)), of)
    start, end = [a[whole]], [b[whole]]
    for number in np.unique(of):
        stops = np.sort(at[of == number])
        line = np.concatenate([[a[number]], a[number] + stops * (b[number] - a[number]), [b[number]]])
        start.append(line[:-1])
        end.append(line[1:])
    return join(np.concatenate(start), np.concatenate(end))


def _crossings(a: Plane, b: Plane) -> tuple[Pairs, Array]:
    """Return which edges are crossed by others, and at which share of their length."""
    along = b - a
    low_x, high_x = np.minimum(a.real, b.real), np.maximum(a.real, b.real)
    low_y, high_y = np.minimum(a.imag, b.imag), np.maximum(a.imag, b.imag)
    near = (low_x[:, None] <= high_x) & (high_x[:, None] >= low_x)
    near &= (low_y[:, None] <= high_y) & (high_y[:, None] >= low_y)
    i, j = np.nonzero(np.triu(near, 1))
    cross = (np.conj(along[i]) * along[j]).imag
    # Nearly parallel edges do not cross; where they lie on one another, their ends touch.
    keep = np.abs(cross) > 1e-7 * np.abs(along[i]) * np.abs(along[j])
    i, j, cross = i[keep], j[keep], cross[keep]
    gap = a[j] - a[i]
    t, s = (np.conj(gap) * along[j]).imag / cross, (np.conj(gap) * along[i]).imag / cross
    edge_t, edge_s = SAME / np.abs(along[i]), SAME / np.abs(along[j])
    meets = (t > -edge_t) & (t < 1 + edge_t) & (s > -edge_s) & (s < 1 + edge_s)
    first = meets & (t > edge_t) & (t < 1 - edge_t)
    second = meets & (s > edge_s) & (s < 1 - edge_s)
    return np.concatenate([i[first], j[second]]), np.concatenate([t[first], s[second]])


def _touchings(points: Plane, ends: Pairs) -> tuple[Pairs, Array]:
    """Return which edges have a point of others on them, and at which share of their length."""
    a, along = points[ends[:, 0]], points[ends[:, 1]] - points[ends[:, 0]]
    offset = points[:, None] - a
    at = (np.conj(along) * offset).real / np.abs(along) ** 2
    away = np.abs((np.conj(along) * offset).imag) / np.abs(along)
    edge = SAME / np.abs(along)
    point, edge_number = np.nonzero((away < SAME) & (at > edge) & (at < 1 - edge))
    return edge_number, at[point, edge_number]
