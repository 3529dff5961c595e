"""The single figures of a map: finite floats of the right sign, whatever number they came as."""

from __future__ import annotations

from math import isfinite, nan
from typing import Any

from coaxle.errors import MapError


def settle(owner: Any, **lowest: float) -> None:
    """Make each named field of the frozen map ``owner`` a float, at least its ``lowest``; None stays where it stands.

    Raises
    ------
    MapError
        Where a field is no finite number, or lies below.

    """
    for field, low in lowest.items():
        given = getattr(owner, field)
        if given is None and field == "cost":
            continue
        try:
            value = nan if isinstance(given, str | bytes | bool) else float(given)
        except (TypeError, ValueError, OverflowError):
            value = nan
        if not isfinite(value):
            raise MapError(f"{owner.name}.{field}: {given!r} stands there; a finite number is wanted")
        if value < low:
            raise MapError(f"{owner.name}.{field}: {value:g} stands there; at least {low:g} is wanted")
        object.__setattr__(owner, field, value)
