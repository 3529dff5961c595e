"""Batteries: cells in series and in parallel, made into a BatteryMap.

Comes in: :class:`Battery`. Goes out: :class:`coaxle.maps.BatteryMap`. Never lives here: chargers, cars.
"""

from coaxle.design.battery.battery import Battery

__all__ = ["Battery"]
