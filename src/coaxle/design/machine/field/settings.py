"""How well the field is to be solved."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal

from coaxle.errors import UseError


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSettings:
    """How well the field is to be solved.

    Parameters
    ----------
    order : 1 or 2
        Of the elements: 1 for maps, 2 for sign-off and ripple.
    tolerance : float
        Of the residual, relative to the norm of the sources (2-norms over the unknowns).
    iterations : int
        Newton steps after which a point counts as not converged.

    """

    order: Literal[1, 2] = 1
    tolerance: float = 1e-3
    iterations: int = 60

    def __post_init__(self) -> None:
        """Check.

        Raises
        ------
        UseError
            Where a setting is out of its range.

        """
        if self.order not in (1, 2):
            raise UseError(f"FieldSettings.order: {self.order}; 1 or 2 is wanted")
        if not (isfinite(self.tolerance) and 1e-11 <= self.tolerance < 1):
            raise UseError(f"FieldSettings.tolerance: {self.tolerance}; 1e-11 to below 1 is wanted")
        if self.iterations < 1:
            raise UseError(f"FieldSettings.iterations: {self.iterations}; at least 1 is wanted")
