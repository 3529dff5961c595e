"""Batteries: cells in series and in parallel, made into a BatteryMap.

Comes in: :class:`Battery`. Goes out: :class:`coaxle.maps.BatteryMap`. Never lives here: chargers, cars.
"""

from coaxle.design.battery.battery import Battery
from coaxle.design.battery.map import BatterySettings, map_battery

__all__ = ["Battery", "BatterySettings", "map_battery"]
