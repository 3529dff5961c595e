"""Currents of least loss, and how far torque reaches.

Comes in: a :class:`coaxle.maps.flux.FluxMap`, the machine's loss terms, what the inverter gives and costs, limits.
Goes out: :class:`OperatingPoints` over voltage, speed and torque; the :class:`Envelope`; the loci MTPA and MTPV.
Never lives here: how a flux map comes to be, modulation, temperatures.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coaxle.design.machine.control.choose import least_loss
    from coaxle.design.machine.control.limits import ControlSettings, Limits, SourceTerms
    from coaxle.design.machine.control.points import LOSSES, Bound, Code, Envelope, Loci, OperatingPoints
    from coaxle.design.machine.control.reach import envelope, mtpa, mtpv

_ROOM = "coaxle.design.machine.control"
_LATE = {
    "ControlSettings": "limits",
    "Limits": "limits",
    "SourceTerms": "limits",
    "LOSSES": "points",
    "Bound": "points",
    "Code": "points",
    "Envelope": "points",
    "Loci": "points",
    "OperatingPoints": "points",
    "least_loss": "choose",
    "envelope": "reach",
    "mtpa": "reach",
    "mtpv": "reach",
}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = [
    "LOSSES",
    "Bound",
    "Code",
    "ControlSettings",
    "Envelope",
    "Limits",
    "Loci",
    "OperatingPoints",
    "SourceTerms",
    "envelope",
    "least_loss",
    "mtpa",
    "mtpv",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{_ROOM}.{_LATE[name]}"), name)
