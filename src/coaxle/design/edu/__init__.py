"""Electric drive units: ratings and named loss coefficients, made into an EduMap.

Comes in: :class:`Edu` and its :class:`LossModel`. Goes out: :class:`coaxle.maps.EduMap`.
Never lives here: batteries, cars, cycles.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.edu.edu import Edu, LossModel, SealedEdu

if TYPE_CHECKING:
    from coaxle.design.edu.map import EduSettings, map_edu

_LATE = {
    "EduSettings": "coaxle.design.edu.map",
    "map_edu": "coaxle.design.edu.map",
}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = ["Edu", "EduSettings", "LossModel", "SealedEdu", "map_edu"]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
