"""Regions between contour lines, light enough to print many of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coaxle.numerics.arrays import Array

TOLERANCE = 0.3
"""How far a simplified line may lie from the computed one [px]."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Contours:
    """Rings of the regions beyond each level, and the lines at it, in pixels.

    ``rings[i]`` are the closed rings (n, 2) around all places at or beyond ``levels[i]``, holes among them, to be
    filled by the even-odd rule; ``lines[i]`` the lines at the level as computed, without the border.
    """

    levels: tuple[float, ...]
    rings: tuple[tuple[Array, ...], ...]
    lines: tuple[tuple[Array, ...], ...]


def contours(x: Array, y: Array, height: Array, levels: tuple[float, ...], rising: bool) -> Contours:
    """Return the regions where ``height`` lies beyond each of ``levels``: above it where ``rising``, else below.

    Parameters
    ----------
    x, y, height : (m, n)
        Nodes of a mesh of quadrilaterals [px], and the heights at them; all finite.
    levels : tuple of float
        In the order in which regions are laid over each other.
    rising : bool
        Whether a region lies above its level.

    """
    from contourpy import FillType, LineType, contour_generator

    generator = contour_generator(
        x, y, height, name="serial", fill_type=FillType.OuterOffset, line_type=LineType.Separate
    )
    bottom, top = float(np.min(height)) - 1.0, float(np.max(height)) + 1.0
    rings, lines = [], []
    for level in levels:
        low, high = (level, max(top, level + 1.0)) if rising else (min(bottom, level - 1.0), level)
        found = [
            simplified(ring[first:last])
            for ring, borders in zip(*generator.filled(low, high)[:2], strict=True)
            for first, last in itertools.pairwise(borders)
        ]
        rings.append(tuple(ring for ring in found if len(ring) > 3))
        lines.append(tuple(np.asarray(line) for line in generator.lines(level)))
    return Contours(levels=levels, rings=tuple(rings), lines=tuple(lines))


def simplified(points: Array, tolerance: float = TOLERANCE) -> Array:
    """Return some of ``points`` (n, 2) within ``tolerance`` of whose lines all lie (Douglas and Peucker 1973)."""
    points = np.asarray(points, dtype=np.float64)
    keep = np.array([0, len(points) - 1])
    while True:
        first, last = keep[:-1], keep[1:]
        open_spans = last - first > 1
        if not open_spans.any():
            return points[keep]
        far, distance = _farthest(points, first[open_spans], last[open_spans])
        new = far[distance > tolerance]
        if not new.size:
            return points[keep]
        keep = np.sort(np.concatenate([keep, new]))


def _farthest(points: Array, first: NDArray[np.int64], last: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array]:
    """Return for each span of indices the point within it farthest from its chord, and how far [px]."""
    sizes = last - first - 1
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    inner = np.arange(int(sizes.sum())) - np.repeat(starts, sizes) + np.repeat(first + 1, sizes)
    along = points[last] - points[first]
    square = np.maximum((along**2).sum(axis=1), 1e-18)
    offset = points[inner] - np.repeat(points[first], sizes, axis=0)
    spread = np.repeat(along, sizes, axis=0)
    share = np.clip((offset * spread).sum(axis=1) / np.repeat(square, sizes), 0.0, 1.0)
    distance = np.hypot(*(offset - share[:, None] * spread).T)
    most = np.maximum.reduceat(distance, starts)
    hits = np.flatnonzero(distance == np.repeat(most, sizes))
    owner = np.repeat(np.arange(sizes.size), sizes)[hits]
    _, once = np.unique(owner, return_index=True)
    return inner[hits[once]], most
