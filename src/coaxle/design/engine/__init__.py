"""Combustion engines: published ratings and a combustion model, made into an EngineMap.

Comes in: :class:`Engine` and its :class:`Combustion`. Goes out: :class:`coaxle.maps.EngineMap`.
Never lives here: gearboxes, cars, cycles.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.engine.engine import Combustion, Engine

if TYPE_CHECKING:
    from coaxle.design.engine.fuels import DIESEL_B7, DIESEL_US, PETROL_E10, PETROL_US
    from coaxle.design.engine.map import EngineSettings, map_engine

_LATE = {
    "DIESEL_B7": "coaxle.design.engine.fuels",
    "DIESEL_US": "coaxle.design.engine.fuels",
    "PETROL_E10": "coaxle.design.engine.fuels",
    "PETROL_US": "coaxle.design.engine.fuels",
    "EngineSettings": "coaxle.design.engine.map",
    "map_engine": "coaxle.design.engine.map",
}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = ["DIESEL_B7", "DIESEL_US", "PETROL_E10", "PETROL_US", "Combustion", "Engine", "EngineSettings", "map_engine"]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
