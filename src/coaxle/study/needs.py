"""What a carline must be able to do."""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.units import Length, Ratio, Speed, Time


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a carline must be able to do; None asks for nothing."""

    zero_to_100: Time | None = None
    top_speed: Speed | None = None
    range: Length | None = None
    gradeability: Ratio | None = None
