"""Combustion engines: published ratings and a combustion model, made into an EngineMap.

Comes in: :class:`Engine` and its :class:`Combustion`. Goes out: :class:`coaxle.maps.EngineMap`.
Never lives here: gearboxes, cars, cycles.
"""

from coaxle.design.engine.engine import Combustion, Engine
from coaxle.design.engine.fuels import DIESEL_B7, DIESEL_US, PETROL_E10, PETROL_US
from coaxle.design.engine.map import EngineSettings, map_engine

__all__ = [
    "DIESEL_B7",
    "DIESEL_US",
    "PETROL_E10",
    "PETROL_US",
    "Combustion",
    "Engine",
    "EngineSettings",
    "map_engine",
]
