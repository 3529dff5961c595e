"""How well to compute a run, and in what state a car starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DriveSettings:
    """State of the car at the start of a cycle.

    ``soc`` is the state of charge [-], None for the upper end of the battery's window; ``warmth`` the share of the
    engine's warm-up that lies behind it [-]: 0 after a night at about 20 degC, 1 warm.
    """

    soc: float | None = None
    warmth: float = 0.0
