"""Flux maps of drawn machines for the tests, each computed once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from coaxle.design.machine.flux import DRAFT, Drawn, FluxSettings, Reach, drawn, map_flux
from coaxle.design.machine.flux.sweep import Currents, Sweep, electrical_angles, positions, rotor_steps, sweep
from coaxle.maps import FluxMap
from machine_cases import CASES

REACH = {
    "zoe": Reach(current=280.0, field_current=12.0, rotor_temperature=373.15),
    "model-3": Reach(current=1100.0, field_current=0.0, rotor_temperature=373.15),
    "id3": Reach(current=818.0, field_current=0.0, rotor_temperature=373.15),
    "i3": Reach(current=560.0, field_current=0.0, rotor_temperature=373.15),
    "i-pace": Reach(current=700.0, field_current=0.0, rotor_temperature=373.15),
    "reluctance": Reach(current=280.0, field_current=0.0, rotor_temperature=373.15),
    "model-s": Reach(current=1270.0, field_current=0.0, rotor_temperature=353.15),
}
NONE = np.zeros(0, dtype=np.int32)


@cache
def flux(name: str, settings: FluxSettings = DRAFT) -> FluxMap:
    """Return the map of a machine of a car, as drawn."""
    return map_flux(name, CASES[name], REACH[name], settings)


@cache
def straight(name: str, settings: FluxSettings = DRAFT) -> FluxMap:
    """Return the map of a machine of a car without its skew."""
    return map_flux(name, replace(CASES[name], skew=None), REACH[name], settings)


@cache
def ready(name: str, settings: FluxSettings = DRAFT) -> Drawn:
    return drawn(CASES[name], settings, REACH[name].rotor_temperature)


def swept(name: str, i_d: Any, i_q: Any, i_f: float = 0.0, settings: FluxSettings = DRAFT) -> tuple[Sweep, np.ndarray]:
    """Return the field solved by brute force at currents of any sign, and the electrical angles of its positions."""
    here = ready(name, settings)
    currents = Currents(i_d=np.atleast_1d(i_d), i_q=np.atleast_1d(i_q), i_f=np.array([i_f]))
    steps = rotor_steps(here.model, settings)
    assert steps.size == positions(here.mesh, settings)
    return sweep(here.model, currents, i_f, steps, NONE, None), electrical_angles(here.model, steps)
