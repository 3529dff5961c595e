"""Plane geometry in complex numbers, and the shapes of which a cross-section is put together; no arrays.

A point is x + jy [m]. Outlines are tuples of points, counter-clockwise, arcs cut into chords.
"""

from __future__ import annotations

from cmath import phase, rect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, ceil, pi, sqrt
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from coaxle.design.machine.section import Part

Outline: TypeAlias = tuple[complex, ...]
Finding: TypeAlias = tuple[str, str]
CHORD = pi / 180
"""Angle [rad] at most between two corners on an arc about the shaft; the mesh cuts the gap's circles anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One area of a cell (slot pitch, pole, bar pitch) whose middle lies on the x axis.

    ``name`` holds ``#`` where the cell's number stands. ``conductors`` of ``circuit`` cross it along +z.
    """

    name: str
    part: Part
    outline: Outline
    material: str | None = None
    direction: float | None = None
    circuit: str | None = None
    conductors: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotor:
    """A rotor as ``cells`` like cells; where they alternate, magnets and field turn over from one to the next.

    ``axis`` is the electrical angle from the middle of the first pole to the d axis [rad].
    """

    shapes: tuple[Shape, ...]
    cells: int
    alternates: bool
    axis: float = 0.0


def arc(radius: float, start: float, end: float, centre: complex = 0j, chord: float = CHORD) -> list[complex]:
    """Return points on an arc from angle ``start`` to ``end`` [rad], both included."""
    count = max(1, ceil(abs(end - start) / chord - 1e-9))
    return [centre + rect(radius, start + (end - start) * k / count) for k in range(count + 1)]


def ring(
    inner: float, outer: float, half: float, inner_corners: Sequence[float] = (), outer_corners: Sequence[float] = ()
) -> Outline:
    """Return the sector of an annulus from -``half`` to ``half`` [rad].

    Corners that other shapes have on its circles, at the given angles and at their negatives, become its own too: so
    that chords of the same arc are the same.
    """
    return (*_cut(outer, half, outer_corners), *reversed(_cut(inner, half, inner_corners)))


def _cut(radius: float, half: float, corners: Sequence[float]) -> list[complex]:
    stops = sorted({-half, half, *corners, *(-angle for angle in corners)})
    points = [rect(radius, -half)]
    for start, end in pairwise(stops):
        points += arc(radius, start, end)[1:]
    return points


def turned(outline: Iterable[complex], angle: float) -> Outline:
    """Return ``outline`` turned about the origin."""
    by = rect(1.0, angle)
    return tuple(point * by for point in outline)


def mirrored(outline: Sequence[complex]) -> Outline:
    """Return ``outline`` mirrored at the x axis, still counter-clockwise."""
    return tuple(point.conjugate() for point in reversed(outline))


def closed(half: Sequence[complex]) -> Outline:
    """Return the outline whose part above the x axis is ``half``, counter-clockwise; points on the axis stay single."""
    below = [point.conjugate() for point in reversed(half) if point.imag > 1e-12]
    return (*half, *below)


def area(outline: Sequence[complex]) -> float:
    """Return the area inside a simple closed outline [m2], positive where it is counter-clockwise."""
    return 0.5 * sum((a.conjugate() * b).imag for a, b in zip(outline, (*outline[1:], outline[0]), strict=True))


def centroid(outline: Sequence[complex]) -> complex:
    """Return the centre of the area inside an outline."""
    total, moment = 0.0, 0j
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        cross = (a.conjugate() * b).imag
        total += cross
        moment += (a + b) * cross
    return moment / (3 * total)


def second_moment(outline: Sequence[complex]) -> float:
    """Return the polar second moment of area about the origin [m4]."""
    total = 0.0
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        cross = (a.conjugate() * b).imag
        total += cross * (abs(a) ** 2 + (a.conjugate() * b).real + abs(b) ** 2)
    return total / 12


def kept(outline: Sequence[complex], inside: Callable[[complex], float]) -> Outline:
    """Return the part of a convex outline where ``inside``, linear over the plane, is not negative."""
    left: list[complex] = []
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        at, to = inside(a), inside(b)
        if at >= 0:
            left.append(a)
        if (at > 0 > to) or (at < 0 < to):
            left.append(a + (b - a) * at / (at - to))
    return tuple(left)


def rounded(before: complex, corner: complex, after: complex, radius: float) -> list[complex]:
    """Return points of the arc that rounds a corner; the corner alone where ``radius`` is 0.

    The radius is cut to what the shorter of the two sides allows.
    """
    u, v = (before - corner), (after - corner)
    longest = min(abs(u), abs(v))
    u, v = u / abs(u), v / abs(v)
    opening = acos(max(-1.0, min(1.0, (u.conjugate() * v).real)))
    if radius <= 0 or opening > 0.999 * pi or opening < 1e-3:
        return [corner]
    reach = radius * sqrt((1 + (u.conjugate() * v).real) / (1 - (u.conjugate() * v).real))
    if reach > 0.9 * longest:  # no short straight rest stays beside the arc
        radius, reach = radius * longest / reach, longest
    bisector = (u + v) / abs(u + v)
    middle = corner + bisector * sqrt(radius**2 + reach**2)
    start, end = corner + u * reach - middle, corner + v * reach - middle
    swing = phase(end / start)
    count = max(1, ceil(abs(swing) / fine(radius) - 1e-9))
    return [middle + start * rect(1.0, swing * k / count) for k in range(count + 1)]


def fine(radius: float) -> float:
    """Return the angle [rad] that a chord of a small arc spans."""
    return pi / 8 if radius > 1.5e-3 else pi / 4


def across(half: Sequence[complex], low: float, high: float) -> Outline:
    """Return the part between x = ``low`` and ``high`` of an area whose upper outline is ``half``, x rising."""
    points = [low + 1j * height(half, low)]
    points += [point for point in half if low + 1e-9 < point.real < high - 1e-9]
    points.append(high + 1j * height(half, high))
    return tuple(point.conjugate() for point in points) + tuple(reversed(points))


def height(half: Sequence[complex], x: float) -> float:
    """Return how high an outline with rising x stands at ``x``, the highest where it rises upright there."""
    upright = [point.imag for point in half if abs(point.real - x) < 1e-9]
    if upright:
        return max(upright)
    for a, b in pairwise(half):
        if a.real <= x <= b.real:
            return a.imag + (b.imag - a.imag) * (x - a.real) / (b.real - a.real)
    return half[0].imag if x < half[0].real else half[-1].imag
