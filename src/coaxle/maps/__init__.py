"""The waist: what a unit does, as arrays on even grids, whoever designed it.

Comes in: arrays, from a model in ``design``, from a test bench, from a partner's file.
Goes out: :class:`EduMap`, :class:`EngineMap`, :class:`BatteryMap`, :class:`FluxMap`, each with
its :class:`Origin`, read-only.
Never lives here: how a map is made, or what drives on it. This is also the border of confidentiality: a partner who
gives a map gives nothing of the design behind it.
"""

from coaxle.maps.battery import BatteryMap
from coaxle.maps.edu import EduMap
from coaxle.maps.engine import EngineMap, Fuel
from coaxle.maps.flux import FluxMap
from coaxle.maps.origin import Origin

__all__ = ["BatteryMap", "EduMap", "EngineMap", "FluxMap", "Fuel", "Origin"]
