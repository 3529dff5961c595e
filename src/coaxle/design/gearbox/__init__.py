"""Gears of a drive unit: losses, size and mass.

Comes in: a :class:`Gearbox`. Goes out: losses over torque, speed and temperature, mass, inertia.
Never lives here: gearboxes of combustion cars, which are a matter of ``vehicle``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.gearbox.gearbox import Bearing, Drag, Gearbox, ParallelGearbox, PlanetaryGearbox, Stage, ratio

if TYPE_CHECKING:
    from coaxle.design.gearbox.excitation import MeshOrder, orders
    from coaxle.design.gearbox.friction import GearLosses, drag_torque, input_torque, losses, output_torque
    from coaxle.design.gearbox.sizing import SizeSettings, size
    from coaxle.design.gearbox.strength import Capacity, StrengthSettings, capacity
    from coaxle.design.gearbox.weight import GearMass, inertia, mass

_LATE = {
    "Capacity": "strength",
    "GearLosses": "friction",
    "GearMass": "weight",
    "MeshOrder": "excitation",
    "SizeSettings": "sizing",
    "StrengthSettings": "strength",
    "capacity": "strength",
    "drag_torque": "friction",
    "inertia": "weight",
    "input_torque": "friction",
    "losses": "friction",
    "mass": "weight",
    "orders": "excitation",
    "output_torque": "friction",
    "size": "sizing",
}
"""Names loaded when first used, and the module of each: reading a project does without arrays."""

__all__ = [
    "Bearing",
    "Capacity",
    "Drag",
    "GearLosses",
    "GearMass",
    "Gearbox",
    "MeshOrder",
    "ParallelGearbox",
    "PlanetaryGearbox",
    "SizeSettings",
    "Stage",
    "StrengthSettings",
    "capacity",
    "drag_torque",
    "inertia",
    "input_torque",
    "losses",
    "mass",
    "orders",
    "output_torque",
    "ratio",
    "size",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"coaxle.design.gearbox.{_LATE[name]}"), name)
