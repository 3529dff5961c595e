"""Field solution: two-dimensional nonlinear magnetostatics of one sector.

Comes in: a mesh, steels and magnets, currents, rotor steps. Goes out: linkages, torque, flux densities, a code a point.
Never lives here: windings, meshing, losses, circuits.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coaxle.design.machine.field.curve import BhCurve, bh_curve
    from coaxle.design.machine.field.model import FieldModel, field_model
    from coaxle.design.machine.field.newton import solve
    from coaxle.design.machine.field.settings import FieldSettings
    from coaxle.design.machine.field.solutions import FieldSolutions

_LATE = {
    "BhCurve": "coaxle.design.machine.field.curve",
    "FieldModel": "coaxle.design.machine.field.model",
    "FieldSettings": "coaxle.design.machine.field.settings",
    "FieldSolutions": "coaxle.design.machine.field.solutions",
    "bh_curve": "coaxle.design.machine.field.curve",
    "field_model": "coaxle.design.machine.field.model",
    "solve": "coaxle.design.machine.field.newton",
}
"""Names that need arrays, loaded when first used."""

__all__ = ["BhCurve", "FieldModel", "FieldSettings", "FieldSolutions", "bh_curve", "field_model", "solve"]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
