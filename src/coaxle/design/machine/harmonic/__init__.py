"""Time-harmonic fields with motion, and what the flux map of an induction machine needs.

Comes in: planes with permeability and conductivity, current densities, a frequency and a speed; a cage and its section.
Goes out: torque, eddy loss and voltage of phasor fields; linkages of an induction machine over currents in the frame
of its rotor flux, with the cage current that goes with them.
Never lives here: the nonlinear field solution itself, iron loss, control.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.machine.harmonic.cage import Cage, bar_resistance, deep_bar, ring_resistance

if TYPE_CHECKING:
    from coaxle.design.machine.harmonic.drawn import cage_of
    from coaxle.design.machine.harmonic.equivalent import EquivalentCircuit, equivalent_circuit
    from coaxle.design.machine.harmonic.frame import CageFrame, cage_frame, effective_turns
    from coaxle.design.machine.harmonic.places import Places, spread_places, turning_places
    from coaxle.design.machine.harmonic.plane import Plane, polar_plane, second_order
    from coaxle.design.machine.harmonic.points import CagePoints, CageSettings, cage_points
    from coaxle.design.machine.harmonic.sector import sector_plane
    from coaxle.design.machine.harmonic.slip import SlipModel, SlipPoint, slip_model, solve_slip
    from coaxle.design.machine.harmonic.solution import HarmonicField, HarmonicModel, harmonic_model, solve_harmonic

_ROOMS = {
    "drawn": ("cage_of",),
    "equivalent": ("EquivalentCircuit", "equivalent_circuit"),
    "frame": ("CageFrame", "cage_frame", "effective_turns"),
    "plane": ("Plane", "polar_plane", "second_order"),
    "places": ("Places", "spread_places", "turning_places"),
    "points": ("CagePoints", "CageSettings", "cage_points"),
    "sector": ("sector_plane",),
    "slip": ("SlipModel", "SlipPoint", "slip_model", "solve_slip"),
    "solution": ("HarmonicField", "HarmonicModel", "harmonic_model", "solve_harmonic"),
}
_LATE = {name: f"{__name__}.{module}" for module, names in _ROOMS.items() for name in names}
"""Names that need arrays, loaded when first used."""

__all__ = [
    "Cage",
    "CageFrame",
    "CagePoints",
    "CageSettings",
    "EquivalentCircuit",
    "HarmonicField",
    "HarmonicModel",
    "Places",
    "Plane",
    "SlipModel",
    "SlipPoint",
    "bar_resistance",
    "cage_frame",
    "cage_of",
    "cage_points",
    "deep_bar",
    "effective_turns",
    "equivalent_circuit",
    "harmonic_model",
    "polar_plane",
    "ring_resistance",
    "second_order",
    "sector_plane",
    "slip_model",
    "solve_harmonic",
    "solve_slip",
    "spread_places",
    "turning_places",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
