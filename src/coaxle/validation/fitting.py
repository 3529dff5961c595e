"""Least squares with bounds and starting values that pull: a fit that stays physical where the data do not decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coaxle.numerics.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A class parameter that is fitted.

    ``start`` is what is believed before, ``scale`` how far it may well be off, ``low`` and ``high`` its bounds.
    """

    name: str
    start: float
    scale: float
    low: float
    high: float


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Fit:
    """What a fit found: values by name, and the mean absolute residual before and after."""

    values: dict[str, float]
    before: float
    after: float
    rows: int


def fit(knobs: Sequence[Knob], residuals: Callable[[dict[str, float]], Array], pull: float) -> Fit:
    """Return the values of ``knobs`` for which ``residuals`` (N,) are least, in soft L1 with 5 % as its knee.

    Each knob adds ``pull`` * (value - start) / scale to the residuals. Residuals that are not finite count as zero.
    """
    from scipy.optimize import least_squares

    start = np.array([knob.start for knob in knobs])
    scale = np.array([knob.scale for knob in knobs])

    def all_residuals(at: Array) -> Array:
        found = residuals(_named(knobs, start + (at - 1.0) * scale))
        return np.concatenate((np.where(np.isfinite(found), found, 0.0), pull * (at - 1.0)))

    bounds = (
        1.0 + (np.array([knob.low for knob in knobs]) - start) / scale,
        1.0 + (np.array([knob.high for knob in knobs]) - start) / scale,
    )
    at = np.ones(start.size)  # steps of 15 % of a scale for derivatives: gears change in jumps
    first = all_residuals(at)[: -start.size]
    found = least_squares(all_residuals, at, bounds=bounds, diff_step=0.15, loss="soft_l1", f_scale=0.05, max_nfev=25)
    last = found.fun[: -start.size]
    return Fit(
        values=_named(knobs, start + (found.x - 1.0) * scale),
        before=float(np.mean(np.abs(first))),
        after=float(np.mean(np.abs(last))),
        rows=int(first.size),
    )


def _named(knobs: Sequence[Knob], values: Array) -> dict[str, float]:
    return {knob.name: float(value) for knob, value in zip(knobs, values, strict=True)}
