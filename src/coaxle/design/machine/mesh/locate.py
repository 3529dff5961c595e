"""In which region a point lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from coaxle.numerics.arrays import Array, Ints

Plane: TypeAlias = NDArray[Any]
"""Points x + jy [m], complex128."""


def locate(outlines: Sequence[Plane | None], points: Plane) -> Ints:
    """Return the number of the last outline that holds each point, -1 where none does.

    Parameters
    ----------
    outlines : sequence of (n,) complex, or None for those left out
        Closed polygons [m].
    points : (N,) complex
        [m].

    """
    found = np.full(points.shape, -1, np.int32)
    for number, outline in enumerate(outlines):
        if outline is None:
            continue
        near = np.flatnonzero(
            (points.real >= outline.real.min())
            & (points.real <= outline.real.max())
            & (points.imag >= outline.imag.min())
            & (points.imag <= outline.imag.max())
        )
        if near.size:
            found[near[inside(outline, points[near])]] = number
    return found


def inside(outline: Plane, points: Plane) -> NDArray[np.bool_]:
    """Return which points lie inside a closed polygon, by the number of edges that a ray meets."""
    a, b = outline, np.roll(outline, -1)
    rises = b.imag - a.imag
    keep = rises != 0
    a, b, rises = a[keep], b[keep], rises[keep]
    y = points.imag[:, None]
    crosses = (a.imag > y) != (b.imag > y)
    x: Array = a.real + (y - a.imag) * ((b.real - a.real) / rises)
    return (np.count_nonzero(crosses & (points.real[:, None] < x), axis=1) % 2).astype(bool)
