"""Inverters: devices and modulation, made into losses.

Comes in: an :class:`Inverter`, a :class:`Device` (by name, see :func:`device`) and operating points. Goes out: losses,
junction temperatures, ripple currents, the voltage that can be reached.
Never lives here: machines, batteries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.inverter.inverter import Inverter
from coaxle.design.inverter.library import device, device_names, device_of
from coaxle.design.inverter.semiconductor import Curve, Device, Foster

if TYPE_CHECKING:
    from coaxle.design.inverter.average import InverterLosses, Limit, Points, current_limit, losses
    from coaxle.design.inverter.fit import FitSettings, InverterTerms, terms
    from coaxle.design.inverter.hold import Standstill, standstill
    from coaxle.design.inverter.limits import (
        capacitor_current,
        capacitor_load,
        dead_time_voltage,
        phase_voltage_limit,
        pulse_number,
    )
    from coaxle.design.inverter.modulation import harmonic_content

_LATE = {
    "InverterLosses": "average",
    "FitSettings": "fit",
    "InverterTerms": "fit",
    "Limit": "average",
    "Points": "average",
    "Standstill": "hold",
    "capacitor_current": "limits",
    "capacitor_load": "limits",
    "current_limit": "average",
    "dead_time_voltage": "limits",
    "harmonic_content": "modulation",
    "losses": "average",
    "phase_voltage_limit": "limits",
    "pulse_number": "limits",
    "standstill": "hold",
    "terms": "fit",
}
"""Names that need arrays, and their modules, loaded when first used: reading a project does without."""

__all__ = [
    "Curve",
    "Device",
    "FitSettings",
    "Foster",
    "Inverter",
    "InverterLosses",
    "InverterTerms",
    "Limit",
    "Points",
    "Standstill",
    "capacitor_current",
    "capacitor_load",
    "current_limit",
    "dead_time_voltage",
    "device",
    "device_names",
    "device_of",
    "harmonic_content",
    "losses",
    "phase_voltage_limit",
    "pulse_number",
    "standstill",
    "terms",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
