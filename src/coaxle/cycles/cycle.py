"""A cycle: speed over time, cut into phases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.errors import CycleError
from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Cycle:
    """A speed trace.

    Parameters
    ----------
    time : (K,)
        [s], strictly rising.
    speed : (K,)
        [m/s], >= 0.
    grade : (K,)
        Slope, rise over run [-].
    phases : tuple of str
        Names of the phases, in order.
    borders : (P + 1,)
        Times at which phases begin, and the end [s]; each is one of ``time``.
    source : str
        Where the trace comes from.

    Raises
    ------
    CycleError
        Where time does not rise, a speed is negative or not finite, or a border is not on the trace.

    """

    name: str
    time: Array
    speed: Array
    grade: Array
    phases: tuple[str, ...]
    borders: Array
    source: str

    def __post_init__(self) -> None:
        for field in ("time", "speed", "grade", "borders"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        k = self.time.size
        if k < 2 or self.speed.shape != (k,) or self.grade.shape != (k,):
            raise CycleError(f"{self.name}: time, speed and grade want one length of at least 2")
        for field in ("time", "speed", "grade"):
            bad = np.flatnonzero(~np.isfinite(getattr(self, field)))
            if bad.size:
                raise CycleError(f"{self.name}.{field}: point {bad[0] + 1} is not a number")
        back = np.flatnonzero(np.diff(self.time) <= 0)
        if back.size:
            at = back[0]
            raise CycleError(
                f"{self.name}.time: after {self.time[at]:g} s comes {self.time[at + 1]:g} s; time only rises"
            )
        if np.any(self.speed < 0):
            at = int(np.argmax(self.speed < 0))
            raise CycleError(
                f"{self.name}.speed: {self.speed[at]:g} m/s at {self.time[at]:g} s; a speed is not negative"
            )
        if self.borders.shape != (len(self.phases) + 1,) or not self.phases:
            raise CycleError(f"{self.name}.borders: {len(self.phases)} phases want {len(self.phases) + 1} borders")
        if self.borders[0] != self.time[0] or self.borders[-1] != self.time[-1] or np.any(np.diff(self.borders) <= 0):
            raise CycleError(f"{self.name}.borders: rise from the first to the last point of the trace")
        if not np.all(np.isin(self.borders, self.time)):
            raise CycleError(f"{self.name}.borders: each is a point of the trace")

    @property
    def duration(self) -> float:
        """Length in time [s]."""
        return float(self.time[-1] - self.time[0])

    @property
    def distance(self) -> float:
        """Length [m], by the trapezoidal rule, which is exact for a speed linear within a step."""
        return float(np.trapezoid(self.speed, self.time))

    @property
    def phase_distance(self) -> Array:
        """Length of each phase [m], (P,)."""
        covered = np.concatenate(([0.0], np.cumsum(0.5 * (self.speed[1:] + self.speed[:-1]) * np.diff(self.time))))
        return np.diff(covered[np.searchsorted(self.time, self.borders)])
