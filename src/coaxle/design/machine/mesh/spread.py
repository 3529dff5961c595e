"""How large triangles shall be, nodes along lines at that spacing, and seeds within."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from coaxle.design.machine.mesh.locate import Plane
from coaxle.numerics.arrays import Array

_SAMPLES = 9
_ROUND = 0.2
"""Longest edge over the radius, so that small shafts stay round."""
_MANY = 200_000
"""Pairs of points from which on only the ``_NEAR`` nearest are asked; further ones hardly ever want less."""
_NEAR = 24


@dataclass(frozen=True, eq=False, slots=True)
class Spread:
    """Wanted edge lengths: from ``near`` at the radius ``gap`` growing by ``growth`` a metre up to ``far``.

    ``points`` ask for the lengths ``sizes``, from which they grow in the same way.
    """

    gap: float
    near: float
    far: float
    growth: float
    points: Plane
    sizes: Array

    def at(self, where: Plane) -> Array:
        """Return the wanted edge length at each point [m]."""
        radius = np.abs(where)
        size = np.minimum(self.far, self.near + self.growth * np.abs(radius - self.gap))
        size = np.minimum(size, _ROUND * radius)
        if not self.points.size:
            return size
        if where.size * self.points.size < _MANY:
            reach = np.abs(where[:, None] - self.points)
            return np.minimum(size, (self.sizes + self.growth * reach).min(axis=1))
        tree = cKDTree(np.column_stack([self.points.real, self.points.imag]))
        reach, near = tree.query(np.column_stack([where.real, where.imag]), k=_NEAR)
        return np.minimum(size, (self.sizes[near] + self.growth * reach).min(axis=1))

    def along(self, start: complex, end: complex) -> Plane:
        """Return nodes strictly between two points of a straight line, spaced as wanted."""
        return start + (end - start) * self.shares(start + (end - start) * np.linspace(0.0, 1.0, _SAMPLES))

    def shares(self, line: Plane) -> Array:
        """Return shares of a line's length at which nodes stand, from even samples of the line."""
        length = float(np.abs(np.diff(line)).sum())
        density = length / self.at(line)
        total = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)]) / (line.size - 1)
        count = max(1, round(float(total[-1])))
        wanted = np.arange(1, count) / count * total[-1]
        return np.interp(wanted, total, np.linspace(0.0, 1.0, line.size))


def seeds(spread: Spread, low: float, high: float, angle: float, nodes: Plane) -> Plane:
    """Return points within a wedge, as dense as wanted, off the ``nodes`` and middles of edges on its lines."""
    x_low, y_low = min(low * np.cos(angle), low) if angle < np.pi / 2 else high * np.cos(angle), 0.0
    x_high = high
    y_high = high * np.sin(min(angle, np.pi / 2))
    size = max(x_high - x_low, y_high - y_low)
    corner = np.array([x_low + 1j * y_low])
    done: list[Plane] = []
    cells = corner + (size / 2) * (1 + 1j)
    while cells.size:
        radius = np.abs(cells)
        half_diagonal = size * 0.7072
        turn = (np.exp(-1j * angle) * cells).imag
        cells = cells[
            (radius > low - half_diagonal)
            & (radius < high + half_diagonal)
            & (cells.imag > -half_diagonal)
            & (turn < half_diagonal)
        ]
        large = size > 1.2 * spread.at(cells)
        done.append(cells[~large])
        quarter = size / 4
        cells = (cells[large][:, None] + quarter * np.array([1 + 1j, 1 - 1j, -1 + 1j, -1 - 1j])).ravel()
        size /= 2
    points = np.concatenate(done)
    points = points[within(points, low, high, angle)]
    return points[clear(spread, points, nodes)]


def within(points: Plane, low: float, high: float, angle: float) -> NDArray[np.bool_]:
    """Return which points lie inside a wedge."""
    radius = np.abs(points)
    inside: NDArray[np.bool_] = (radius > low) & (radius < high) & (points.imag > 0)
    inside &= (np.exp(-1j * angle) * points).imag < 0
    return inside


def clear(spread: Spread, points: Plane, nodes: Plane) -> NDArray[np.bool_]:
    """Return which points keep off the nodes on lines."""
    away, _ = cKDTree(np.column_stack([nodes.real, nodes.imag])).query(np.column_stack([points.real, points.imag]))
    keep: NDArray[np.bool_] = away > 0.65 * spread.at(points)
    return keep


def thinned(points: Plane, sizes: Array) -> tuple[Plane, Array]:
    """Return one of all points that lie within about half their size of one another, the one of the least size."""
    level = 2.0 ** np.floor(np.log2(sizes))
    key = np.column_stack([level, np.round(2 * points.real / level), np.round(2 * points.imag / level)])
    order = np.argsort(sizes, kind="stable")
    _, first = np.unique(key[order], axis=0, return_index=True)
    kept = order[np.sort(first)]
    return points[kept], sizes[kept]
