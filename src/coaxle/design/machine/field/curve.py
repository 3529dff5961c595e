"""The magnetisation curve of a steel as the field solution needs it: convex, smooth, cheap to look up."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np
from scipy.interpolate import PchipInterpolator

from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, frozen

MU_0 = 4e-7 * pi
NU_0 = 1.0 / MU_0
"""Reluctivity of vacuum [m/H]."""
CELLS = 512
"""Cells of the even grid of flux density, from 0 to one cell beyond the last point of the data."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class BhCurve:
    """H(B) of a sheet, a parabola a cell on an even grid of B; beyond it a line with the slope of vacuum.

    H is continuous with its first slope, and the slope never falls (H(B) is convex, so the energy of the field is, and
    Newton's matrix is positive definite).

    Parameters
    ----------
    step : float
        Width of a cell [T].
    coefficients : (CELLS + 1, 3)
        H in cell ``k`` is c0 + c1 t + c2 t^2 [A/m], with t = B / step - k from 0 to 1. The last row is the line beyond
        the data, for t of any size.

    """

    step: float
    coefficients: Array

    def field(self, b: Array) -> Array:
        """Return H [A/m] at ``b`` >= 0 [T]."""
        c, t = self._at(b)
        return c[..., 0] + t * (c[..., 1] + t * c[..., 2])

    def slope(self, b: Array) -> Array:
        """Return dH/dB [m/H] at ``b`` >= 0 [T]."""
        c, t = self._at(b)
        return (c[..., 1] + 2 * t * c[..., 2]) / self.step

    def energy(self, b: Array) -> Array:
        """Return the energy density, the integral of H over B from 0 [J/m3], at ``b`` >= 0 [T]."""
        powers = np.array([1.0, 1 / 2, 1 / 3])
        whole = np.concatenate([[0.0], np.cumsum(self.coefficients[:-1] @ powers)]) * self.step
        c, t = self._at(b)
        k = self._cell(b)
        return whole[k] + self.step * t * (c[..., 0] + t * (c[..., 1] / 2 + t * c[..., 2] / 3))

    def _cell(self, b: Array) -> Array:
        return np.minimum((np.asarray(b) / self.step).astype(np.int64), len(self.coefficients) - 1)

    def _at(self, b: Array) -> tuple[Array, Array]:
        k = self._cell(b)
        return self.coefficients[k], np.asarray(b) / self.step - k


def bh_curve(b: Array, h: Array, stacking: float = 1.0) -> BhCurve:
    """Return the curve of a sheet from its measured points, made convex.

    The lower convex hull of H(B) through the origin: the reluctivity is constant below the point of greatest
    permeability, where measured curves bend the other way, and small kinks of the data above it go. The slope ends at
    that of vacuum; data that end steeper than vacuum are cut back to it.

    Parameters
    ----------
    b, h : (n,)
        Flux density [T] and field strength [A/m] of the solid steel, both rising; the origin may be left out.
    stacking : float
        Share of steel in the height of the stack: at equal H the stack carries
        ``stacking B + (1 - stacking) mu_0 H``, the insulation in parallel (the rule that FEMM's manual gives, version
        4.2, section on laminated materials).

    Raises
    ------
    InputError
        Where the points are not finite, do not rise, or ``stacking`` is not above 0 and at most 1.

    """
    b, h = np.asarray(b, dtype=np.float64), np.asarray(h, dtype=np.float64)
    _check(b, h, stacking)
    keep = (b > 0) & (h > 0)
    b, h = b[keep], h[keep]
    b = stacking * b + (1 - stacking) * MU_0 * h
    x, y = _hull(np.concatenate([[0.0], b]), np.concatenate([[0.0], h]))
    grid = np.arange(CELLS + 1) * (x[-1] / (CELLS - 1))
    value, slope = _smooth(x, y, grid)
    step = grid[1]
    inner = np.stack([value[:-1], slope[:-1] * step, 0.5 * np.diff(slope) * step], axis=1)
    beyond = np.array([[value[-1], NU_0 * step, 0.0]])
    return BhCurve(step=float(step), coefficients=frozen(np.concatenate([inner, beyond])))


def _check(b: Array, h: Array, stacking: float) -> None:
    if b.ndim != 1 or b.shape != h.shape or b.size < 2:
        raise InputError(f"bh_curve: b has shape {b.shape}, h {h.shape}; two lists of equal length >= 2 are wanted")
    if not (np.all(np.isfinite(b)) and np.all(np.isfinite(h))):
        raise InputError("bh_curve: a point is not finite; numbers are wanted")
    if b[0] < 0 or h[0] < 0 or np.any(np.diff(b) <= 0) or np.any(np.diff(h) <= 0):
        raise InputError("bh_curve: b or h does not rise from 0; both must rise strictly")
    if not 0 < stacking <= 1:
        raise InputError(f"bh_curve: stacking is {stacking}; above 0 and at most 1 is wanted")


def _hull(x: Array, y: Array) -> tuple[Array, Array]:
    """Return the corners of the lower convex hull of rising points, up to where its slope reaches that of vacuum."""
    kept: list[tuple[float, float]] = []
    for point in zip(x.tolist(), y.tolist(), strict=True):
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    corners = np.array(kept)
    steep = np.diff(corners[:, 1]) / np.diff(corners[:, 0])
    last = int(np.searchsorted(steep, NU_0)) + 1
    corners = corners[: max(last, 2)]
    return corners[:, 0], corners[:, 1]


def _turn(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def _smooth(x: Array, y: Array, grid: Array) -> tuple[Array, Array]:
    """Return value and slope on the even ``grid`` of a convex curve with a piecewise linear slope.

    A monotone cubic through the hull's corners is read off on the grid and made convex once more; the slope at a node
    is the mean of both sides, and its integral is the curve: within a cell's height of the data and without drift.
    In the one cell beyond the data the slope rises to that of vacuum.
    """
    inner = grid[:-1]
    inner[-1] = x[-1]
    x, y = _hull(inner, PchipInterpolator(x, y)(inner))
    slope = np.gradient(np.interp(inner, x, y), inner)
    slope[0] = slope[1]
    slope = np.append(np.minimum(np.maximum.accumulate(slope), NU_0), NU_0)
    return np.concatenate([[0.0], np.cumsum(0.5 * (slope[1:] + slope[:-1]) * np.diff(grid))]), slope
