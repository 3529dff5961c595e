"""Batteries: cells in series and in parallel, made into a BatteryMap.

Comes in: :class:`Battery`. Goes out: :class:`coaxle.maps.BatteryMap`. Never lives here: chargers, cars.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.battery.battery import Battery

if TYPE_CHECKING:
    from coaxle.design.battery.map import BatterySettings, map_battery

_LATE = {
    "BatterySettings": "coaxle.design.battery.map",
    "map_battery": "coaxle.design.battery.map",
}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = ["Battery", "BatterySettings", "map_battery"]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
