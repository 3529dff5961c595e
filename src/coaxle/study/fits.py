"""The table of fits."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from numpy.typing import NDArray

from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Fits:
    """Each row a carline with one powertrain that it may take, (N,) each.

    Parameters
    ----------
    carlines, powertrains : tuple of str
        Names, row by row.
    feasible : (N,) bool
        Whether the pair meets every need and follows the cycle.
    reasons : tuple of tuple of str
        Why not, in words with figures; empty where feasible.
    electric : (N,) bool
        Whether the powertrain runs on the wall.
    mass : (N,)
        Test mass [kg].
    energy : (N,)
        Energy from the wall per distance [J/m]; 0 for combustion.
    fuel : (N,)
        Fuel volume per distance [m3/m]; 0 for electric.
    emission : (N,)
        CO2 from the tail pipe [kg/m].
    range : (N,)
        On one charge [m]; NaN for combustion (no tank is modelled).
    zero_to_100, eighty_to_120 : (N,)
        [s]; NaN where not reached.
    top_speed : (N,)
        [m/s].
    gradeability : (N,)
        [-].
    cost : (N,)
        Of the powertrain's bought or made parts, before transport and plants; NaN where a part's cost is unknown.
    ended : (N,)
        Code of the run, see ``vehicle.Ended``.

    """

    cycle: str
    carlines: tuple[str, ...]
    powertrains: tuple[str, ...]
    feasible: NDArray[Any]
    reasons: tuple[tuple[str, ...], ...]
    electric: NDArray[Any]
    mass: Array
    energy: Array
    fuel: Array
    emission: Array
    range: Array
    zero_to_100: Array
    eighty_to_120: Array
    top_speed: Array
    gradeability: Array
    cost: Array
    ended: NDArray[Any]

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name not in ("cycle", "carlines", "powertrains", "feasible", "reasons", "electric", "ended"):
                object.__setattr__(self, field.name, frozen(getattr(self, field.name)))
        object.__setattr__(self, "feasible", frozen(self.feasible, bool))
        object.__setattr__(self, "electric", frozen(self.electric, bool))
        object.__setattr__(self, "ended", frozen(self.ended, "int8"))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.carlines)
