"""Gears of a drive unit: losses, size and mass.

Comes in: a :class:`Gearbox`. Goes out: losses over torque, speed and temperature, mass, inertia.
Never lives here: gearboxes of combustion cars, which are a matter of ``vehicle``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.gearbox.gearbox import Bearing, Drag, Gearbox, ParallelGearbox, PlanetaryGearbox, Stage, ratio

if TYPE_CHECKING:
    from coaxle.design.gearbox.friction import GearLosses, drag_torque, input_torque, losses, output_torque

_LATE = {
    "GearLosses": "coaxle.design.gearbox.friction",
    "drag_torque": "coaxle.design.gearbox.friction",
    "input_torque": "coaxle.design.gearbox.friction",
    "losses": "coaxle.design.gearbox.friction",
    "output_torque": "coaxle.design.gearbox.friction",
}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = [
    "Bearing",
    "Drag",
    "GearLosses",
    "Gearbox",
    "ParallelGearbox",
    "PlanetaryGearbox",
    "Stage",
    "drag_torque",
    "input_torque",
    "losses",
    "output_torque",
    "ratio",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
