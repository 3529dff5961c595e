"""Currents at which the field is solved, and splines from them to the even grid on which the map stands.

Iron saturates at small currents first (bridges, then teeth), so the field points lie denser near 0; a map has even
axes, so that locating costs no search.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.interpolate import NdBSpline, make_interp_spline

from coaxle.numerics.arrays import Array

LINEAR_PART = 0.4
"""Of the spacing near 0 over an even one."""


def dense_near_zero(high: float, count: int) -> Array:
    """Return ``count`` currents from 0 to ``high`` whose steps grow in proportion to their number (count,)."""
    s = np.linspace(0.0, 1.0, count)
    return np.asarray(high * (LINEAR_PART * s + (1.0 - LINEAR_PART) * s**2))


def both_sides(low: float, high: float, count: int) -> Array:
    """Return currents from ``low`` <= 0 to ``high`` >= 0, dense near 0, ``count`` on the longer side and 0 itself."""
    longer = max(-low, high)
    sides = [
        sign * dense_near_zero(reach, max(2, round(count * (reach / longer) ** 0.5)))[1:]
        for sign, reach in ((-1.0, -low), (1.0, high))
        if reach > 0
    ]
    return np.sort(np.concatenate([np.zeros(1), *sides]))


def even(axis: Array, count: int) -> Array:
    """Return an even axis of about ``count`` nodes over the span of ``axis``, one of them exactly 0.

    The longer side ends where that of ``axis`` does; the shorter one less than a step before, where whole steps do not
    reach its end.
    """
    low, high = float(axis[0]), float(axis[-1])
    if low >= 0.0 or high <= 0.0:
        return np.linspace(low, high, count)
    longer = max(-low, high)
    step = longer / max(1, round((count - 1) * longer / (high - low)))
    return np.asarray(step * np.arange(-int(-low / step + 1e-9), int(high / step + 1e-9) + 1))


def along(table: Array, axis: int, from_: Array, to: Array) -> Array:
    """Return ``table`` at the points ``to`` of one of its axes by a cubic spline through those at ``from_``.

    The degree falls with the number of points; nothing is carried on beyond their span.
    """
    if from_.size == 1:
        return np.repeat(table, to.size, axis=axis)
    spline = make_interp_spline(from_, table, k=min(3, from_.size - 1), axis=axis)
    return np.asarray(spline(np.clip(to, from_[0], from_[-1])))


class Surface:
    """Cubic splines in both currents through a table over field points, mirrored to i_q below 0.

    Parameters
    ----------
    i_d, i_q : (D,), (Q,)
        Field points, ``i_q`` from 0.
    table : (D, Q, ...)
        There.
    parity : 'even' or 'odd'
        How the table goes on below i_q = 0; an odd one is 0 there.

    """

    def __init__(self, i_d: Array, i_q: Array, table: Array, parity: Literal["even", "odd"]) -> None:
        below = table[:, :0:-1] if parity == "even" else -table[:, :0:-1]
        middle = table[:, :1] if parity == "even" else np.zeros_like(table[:, :1])
        whole = np.concatenate([below, middle, table[:, 1:]], axis=1)
        axes = (i_d, np.concatenate([-i_q[:0:-1], i_q]))
        degrees = tuple(min(3, axis.size - 1) for axis in axes)
        d = make_interp_spline(axes[0], whole, k=degrees[0])
        q = make_interp_spline(axes[1], np.moveaxis(d.c, 1, 0), k=degrees[1])
        self._spline = NdBSpline((d.t, q.t), np.ascontiguousarray(np.moveaxis(q.c, 0, 1)), degrees)
        self._span = axes

    def __call__(self, at_d: Array, at_q: Array) -> Array:
        """Return values (..., table's) at currents (...); beyond the field points, those of the nearest edge."""
        both = zip((at_d, at_q), self._span, strict=True)
        points = np.stack([np.clip(at, axis[0], axis[-1]) for at, axis in both], axis=-1)
        return np.asarray(self._spline(points))
