"""Errors of predictions, in figures that can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Errors of ``count`` predictions: their mean, mean absolute value, 90th percentile and worst absolute value."""

    count: int
    mean: float
    mean_absolute: float
    ninetieth: float
    worst: float
    worst_name: str


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Comparison:
    """Predicted against measured, (N,) each.

    ``quantity`` says what, ``unit`` in which unit a reader wants it, ``scale`` is that unit in SI. ``relative`` tells
    whether errors are shares of the measured figure or differences. ``baseline`` is what one constant would predict,
    None where none is given. ``target`` is the mean absolute error asked for.
    """

    quantity: str
    kind: str
    unit: str
    scale: float
    relative: bool
    target: float | None
    names: tuple[str, ...]
    makers: tuple[str, ...]
    parts: tuple[str, ...]
    measured: Array
    predicted: Array
    baseline: Array | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "measured", frozen(self.measured))
        object.__setattr__(self, "predicted", frozen(self.predicted))
        if self.baseline is not None:
            object.__setattr__(self, "baseline", frozen(self.baseline))

    def deviations(self, predicted: Array | None = None) -> Array:
        """Return the errors (N,) of the prediction, or of another one."""
        found = self.predicted if predicted is None else predicted
        return found / self.measured - 1.0 if self.relative else found - self.measured

    def errors(self, part: str, maker: str | None = None, of_baseline: bool = False) -> Errors | None:
        """Return the errors over one part, and one maker of it; None where no row is left."""
        if of_baseline and self.baseline is None:
            return None
        deviation = self.deviations(self.baseline if of_baseline else None)
        rows = [
            i
            for i, (of_part, of_maker) in enumerate(zip(self.parts, self.makers, strict=True))
            if of_part == part and maker in (None, of_maker) and np.isfinite(deviation[i])
        ]
        if not rows:
            return None
        chosen = deviation[rows]
        size = np.abs(chosen)
        worst = int(np.argmax(size))
        return Errors(
            count=len(rows),
            mean=float(chosen.mean()),
            mean_absolute=float(size.mean()),
            ninetieth=float(np.percentile(size, 90)),
            worst=float(size[worst]),
            worst_name=self.names[rows[worst]],
        )


def one_constant(measured: Array, feature: Array, parts: Iterable[str]) -> Array:
    """Return ``feature`` times the one constant that fits the calibration part with the least mean relative error."""
    rows = np.array([part == "calibration" for part in parts]) & np.isfinite(measured)
    return feature * float(np.median(measured[rows] / feature[rows]))


def makers_of(comparison: Comparison) -> Iterator[str]:
    """Yield the makers of a comparison, in order of their names."""
    yield from sorted(set(comparison.makers))
