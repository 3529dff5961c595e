"""Combustion engines: published ratings and a combustion model, made into an EngineMap.

Comes in: :class:`Engine` and its :class:`Combustion`. Goes out: :class:`coaxle.maps.EngineMap`.
Never lives here: gearboxes, cars, cycles.
"""

from coaxle.design.engine.engine import Combustion, Engine

__all__ = ["Combustion", "Engine"]
