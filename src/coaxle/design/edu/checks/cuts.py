"""Mean stress on cuts through a rotor's steel: what a bridge, a rib or the neck of a pole bears on the whole.

A cut runs along a radius or along a circle, from where steel begins to where it ends. Its mean normal stress is what
equilibrium asks for, whatever the notches at its ends do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from coaxle.design.machine.section import SectorMesh
from coaxle.design.machine.stress import RotorStress
from coaxle.numerics.arrays import Array

NEAR = 12
"""Triangles whose middle is nearest to a point, among which the one that holds it is looked for."""
LEAST = 3
"""Samples on a cut, below which it is taken for the corner of a pocket."""

DISC, HOTTEST = 96, 400
"""Samples of a disc over which stress is averaged; triangles of most stress around which it is laid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A cut: its mean normal stress at 1 rad/s [Pa s2], its length [m], where its middle lies [m], [rad]."""

    stress: float
    length: float
    radius: float
    angle: float


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Polar:
    """Steel and its stresses on a polar grid (A angles, R radii)."""

    angles: Array
    radii: Array
    steel: Array
    hoop: Array
    radial: Array


def polar(mesh: SectorMesh, stress: RotorStress, radial: int = 600, around: int = 300) -> Polar:
    """Return the stresses of one pole of a rotor on an even polar grid, between bore and surface."""
    section = mesh.section
    radii = section.inner + (np.arange(radial) + 0.5) / radial * (section.rotor_outer - section.inner)
    angles = (np.arange(around) + 0.5) / around * section.angle / section.poles
    corners = mesh.nodes[mesh.triangles[mesh.stator_triangles :]]
    place = np.stack([np.outer(np.cos(angles), radii), np.outer(np.sin(angles), radii)], axis=2)
    at = _holding(corners, place.reshape(-1, 2)).reshape(around, radial)
    table = np.full((len(corners) + 1, 3), np.nan)
    table[stress.triangles - mesh.stator_triangles] = stress.stress
    xx, yy, xy = table[at].transpose(2, 0, 1)
    c, s = np.cos(angles)[:, None], np.sin(angles)[:, None]
    return Polar(
        angles=angles,
        radii=radii,
        steel=np.isfinite(xx),
        hoop=xx * s * s + yy * c * c - 2 * xy * s * c,
        radial=xx * c * c + yy * s * s + 2 * xy * s * c,
    )


def _holding(corners: Array, points: Array) -> Array:
    """Return the number of the triangle (n,) that holds each point (n, 2), the last number plus one where none does."""
    near = cKDTree(corners.mean(axis=1)).query(points, k=min(NEAR, len(corners)))[1]
    found = np.full(len(points), len(corners))
    for column in near.T[::-1]:
        a, b, c = (corners[column, k] for k in range(3))
        inside = (_turn(a, b, points) >= -1e-15) & (_turn(b, c, points) >= -1e-15) & (_turn(c, a, points) >= -1e-15)
        found[inside] = column[inside]
    return found


def _turn(a: Array, b: Array, point: Array) -> Array:
    return np.asarray((b[:, 0] - a[:, 0]) * (point[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (point[:, 0] - a[:, 0]))


def notch(mesh: SectorMesh, stress: RotorStress, radius: float) -> tuple[float, Array]:
    """Return the largest von Mises stress [Pa s2], mean over what steel a disc of ``radius`` [m] holds, and its place.

    Corners of pockets are drawn sharp: the stress there has no limit as meshes get finer, its mean over a small disc
    has (Taylor, The Theory of Critical Distances, 2007: area method).
    """
    corners = mesh.nodes[mesh.triangles[mesh.stator_triangles :]]
    rows = stress.triangles - mesh.stator_triangles
    middle = corners[rows].mean(axis=1)
    top = np.argsort(stress.mises)[-HOTTEST:]
    count = np.arange(DISC) + 0.5
    turn, reach = np.pi * (1 + 5**0.5) * count, radius * np.sqrt(count / DISC)
    disc = np.stack([reach * np.cos(turn), reach * np.sin(turn)], axis=1)
    table = np.full(len(corners) + 1, np.nan)
    table[rows] = stress.mises
    points = (middle[top][:, None, :] + disc).reshape(-1, 2)
    seen = table[_holding(corners, points)].reshape(-1, DISC)
    inside = np.isfinite(seen)
    mean = np.where(inside, seen, 0.0).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
    best = int(np.argmax(mean))
    return float(mean[best]), middle[top[best]]


def across(grid: Polar) -> Cut:
    """Return the cut along a radius whose mean hoop stress is largest: of a bridge, or of the whole ring."""
    step = float(grid.radii[1] - grid.radii[0])
    best = Cut(stress=0.0, length=0.0, radius=0.0, angle=0.0)
    for angle, steel, hoop in zip(grid.angles, grid.steel, grid.hoop, strict=True):
        for first, last in _runs(steel):
            mean = float(hoop[first:last].mean())
            if mean > best.stress:
                middle = float(grid.radii[first:last].mean())
                best = Cut(stress=mean, length=(last - first) * step, radius=middle, angle=float(angle))
    return best


def along(grid: Polar) -> Cut:
    """Return the cut along a circle whose mean radial stress is largest: of a rib, or of the neck of a pole.

    The sides of a pole belong together: a run that reaches both is one.
    """
    step = float(grid.angles[1] - grid.angles[0])
    best = Cut(stress=0.0, length=0.0, radius=0.0, angle=0.0)
    for radius, steel, radial in zip(grid.radii, grid.steel.T, grid.radial.T, strict=True):
        turn = 0 if steel.all() else int(np.argmin(steel))
        steel, radial = np.roll(steel, -turn), np.roll(radial, -turn)
        for first, last in _runs(steel):
            mean = float(radial[first:last].mean())
            if mean > best.stress:
                middle = float(grid.angles[(turn + (first + last) // 2) % grid.angles.size])
                best = Cut(
                    stress=mean, length=(last - first) * step * float(radius), radius=float(radius), angle=middle
                )
    return best


def _runs(steel: Array) -> list[tuple[int, int]]:
    """Return first and last + 1 of every run of true values of a row that is long enough."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], steel, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= LEAST]
