"""From scattered points to an even grid: linear within triangles, never beyond what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from coaxle.errors import MapError
from coaxle.numerics.arrays import Array

RPM = pi / 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Measured figures at scattered speeds [rad/s] and torques [Nm], (P,) each; ``place`` names where they stand.

    ``value`` is a loss [W] or a fuel rate [kg/s]; ``voltage`` [V] is None where the table names none.
    """

    place: str
    speed: Array
    torque: Array
    value: Array
    voltage: Array | None = None

    def where(self, rows: np.ndarray) -> Points:
        """Return the points of ``rows`` (mask or indices)."""
        voltage = None if self.voltage is None else self.voltage[rows]
        return Points(
            place=self.place,
            speed=self.speed[rows],
            torque=self.torque[rows],
            value=self.value[rows],
            voltage=voltage,
        )

    def with_more(self, speed: Array, torque: Array, value: Array) -> Points:
        """Return these points and more of them, at one voltage."""
        return Points(
            place=self.place,
            speed=np.concatenate((self.speed, speed)),
            torque=np.concatenate((self.torque, torque)),
            value=np.concatenate((self.value, value)),
        )


class Surface:
    """Linear interpolation in the Delaunay triangles of points, speed and torque each over their span.

    A triangle that reaches over more than ``widest_gap`` of either span bridges a hole and counts for nothing.
    """

    def __init__(self, points: Points, widest_gap: float) -> None:
        from scipy.spatial import Delaunay, QhullError

        self._points = points
        self._span = np.array([np.ptp(points.speed), np.ptp(points.torque)])
        if points.speed.size < 3 or np.any(self._span <= 0):
            raise MapError(f"{points.place}: {points.speed.size} points do not span speed and torque")
        self._check_doubles()
        try:
            self._triangles = Delaunay(self._scaled(points.speed, points.torque))
        except QhullError as error:
            raise MapError(f"{points.place}: its points span no area: {str(error).splitlines()[0]}") from None
        corners = self._triangles.points[self._triangles.simplices]
        self._narrow = np.all(np.ptp(corners, axis=1) <= widest_gap + 1e-9, axis=1)

    def at(self, speed: Array, torque: Array) -> Array:
        """Return the values at points (...), NaN where none was measured around.

        A point on an edge is taken with the triangle on the side of zero torque: on the envelope the one on the other
        side spans what was not measured.
        """
        asked = self._scaled(speed.ravel(), torque.ravel())
        inwards = np.column_stack((np.zeros(torque.size), 1e-7 * np.sign(torque.ravel())))
        found = self._triangles.find_simplex(asked - inwards, tol=1e-9)
        transform = self._triangles.transform[found]
        two = np.einsum("nij,nj->ni", transform[:, :2], asked - transform[:, 2])
        weights = np.column_stack((two, 1.0 - two.sum(axis=1)))
        values = np.sum(weights * self._points.value[self._triangles.simplices[found]], axis=1)
        return np.where((found >= 0) & self._narrow[found], values, np.nan).reshape(speed.shape)

    def _scaled(self, speed: Array, torque: Array) -> Array:
        return np.column_stack((speed, torque)) / self._span

    def _check_doubles(self) -> None:
        p = self._points
        order = np.lexsort((p.torque, p.speed))
        one, next_one = order[:-1], order[1:]
        double = (p.speed[one] == p.speed[next_one]) & (p.torque[one] == p.torque[next_one])
        if np.any(double & (p.value[one] != p.value[next_one])):
            k = one[np.argmax(double & (p.value[one] != p.value[next_one]))]
            raise MapError(f"{p.place}: two figures stand at {_spoken(p.speed[k], p.torque[k])}; one is wanted")


def resample(surface: Surface, speed: Array, torque: Array, low: Array, high: Array, place: str) -> Array:
    """Return a table (S, T) on even axes, for an envelope ``low`` to ``high`` (S,) [Nm] that is linear between nodes.

    Every node inside the envelope is interpolated. A node outside that is a corner of a cell which the envelope cuts
    gets the value with which the interpolation along torque meets the measured one on the envelope; all others are NaN.

    Raises
    ------
    MapError
        Where nothing was measured around a node inside the envelope or around a point on it.

    """
    margin = 1e-9 * float(torque[-1] - torque[0])
    grid = np.meshgrid(speed, torque, indexing="ij")
    inside = (grid[1] <= high[:, None] + margin) & (grid[1] >= low[:, None] - margin)
    table = np.full(inside.shape, np.nan)
    clipped = np.clip(grid[1], low[:, None], high[:, None])
    table[inside] = surface.at(grid[0][inside], clipped[inside])
    edges = surface.at(np.concatenate((speed, speed)), np.concatenate((high, low)))
    holes = np.argwhere(inside & np.isnan(table))
    on_edge = np.flatnonzero(np.isnan(edges))
    if holes.size or on_edge.size:
        i, j = holes[0] if holes.size else (on_edge[0] % speed.size, -1)
        where = torque[j] if holes.size else np.concatenate((high, low))[on_edge[0]]
        raise MapError(
            f"{place}: {len(holes) + on_edge.size} holes inside the envelope, the first at "
            f"{_spoken(speed[i], where)}; measured points around it are wanted"
        )
    looked_up = _corners(torque, low, high, margin)
    for i in range(speed.size):
        _continue(table[i], looked_up[i], torque, high[i], edges[i])
        _continue(table[i, ::-1], looked_up[i, ::-1], -torque[::-1], -low[i], edges[speed.size + i])
    return table


def _corners(torque: Array, low: Array, high: Array, margin: float) -> np.ndarray:
    """Return which nodes (S, T) are corners of cells that hold a piece of the envelope."""
    above = np.maximum(high[1:], high[:-1])[:, None]
    below = np.minimum(low[1:], low[:-1])[:, None]
    cells = (torque[None, :-1] <= above + margin) & (torque[None, 1:] >= below - margin)
    corners = np.zeros((low.size, torque.size), dtype=bool)
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        corners[i : i + cells.shape[0], j : j + cells.shape[1]] |= cells
    return corners


def _continue(row: Array, wanted: np.ndarray, torque: Array, edge: float, at_edge: float) -> None:
    """Continue ``row`` (T,) beyond its last figure so that it passes through ``at_edge`` at the torque ``edge``."""
    last = int(np.flatnonzero(~np.isnan(row))[-1])
    step = torque[1] - torque[0]
    if edge - torque[last] > 0.05 * step:
        slope = (at_edge - row[last]) / (edge - torque[last])
    elif last > 0 and not np.isnan(row[last - 1]):
        slope = (row[last] - row[last - 1]) / step
    else:
        slope = 0.0
    beyond = np.flatnonzero(wanted & (np.arange(torque.size) > last))
    row[beyond] = np.maximum(row[last] + slope * (torque[beyond] - torque[last]), 0.0)


def _spoken(speed: float, torque: float) -> str:
    return f"{speed / RPM:.4g} rpm and {torque:.4g} Nm"
