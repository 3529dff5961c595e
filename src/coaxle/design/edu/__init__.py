"""Electric drive units, made into an EduMap: by ratings and named loss coefficients, or by their parts.

Comes in: :class:`Edu` and its :class:`LossModel`; :class:`EduParts`, the Designs of machine, inverter, gears, cooling.
Goes out: :class:`coaxle.maps.EduMap`, and :class:`Unit` with all that stands behind one made of parts.
Never lives here: batteries, cars, cycles; what a part does alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.edu.edu import Edu, LossModel, SealedEdu
from coaxle.design.edu.parts import Conditions, PartsEdu, Supply

if TYPE_CHECKING:
    from coaxle.design.edu.map import EduSettings, map_edu
    from coaxle.design.edu.unit import (
        DESIGN_UNIT,
        DRAFT_UNIT,
        SIGN_OFF_UNIT,
        EduParts,
        PartsSettings,
        Unit,
        assemble,
        flux_of,
        reach_of,
    )

_LATE = {
    "DESIGN_UNIT": "unit",
    "DRAFT_UNIT": "unit",
    "EduParts": "unit",
    "EduSettings": "map",
    "PartsSettings": "unit",
    "SIGN_OFF_UNIT": "unit",
    "Unit": "unit",
    "assemble": "unit",
    "flux_of": "unit",
    "map_edu": "map",
    "reach_of": "unit",
}
"""Names that need arrays, loaded when first used, and the module of each: reading a project does without."""

__all__ = [
    "DESIGN_UNIT",
    "DRAFT_UNIT",
    "SIGN_OFF_UNIT",
    "Conditions",
    "Edu",
    "EduParts",
    "EduSettings",
    "LossModel",
    "PartsEdu",
    "PartsSettings",
    "SealedEdu",
    "Supply",
    "Unit",
    "assemble",
    "flux_of",
    "map_edu",
    "reach_of",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"coaxle.design.edu.{_LATE[name]}"), name)
