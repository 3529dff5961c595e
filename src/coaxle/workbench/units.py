"""Drive units from their parts, what took long kept on the shelf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coaxle.design.edu import DESIGN_UNIT, EduParts, PartsSettings, Unit, assemble, flux_of, reach_of
from coaxle.design.inverter import device
from coaxle.maps import EduMap, FluxMap
from coaxle.workbench.shelf import kept

Tell = Callable[[str, float], None]


def shelved(parts: EduParts, settings: PartsSettings = DESIGN_UNIT) -> EduMap:
    """Return the map of a unit, from the shelf where it lies there."""
    chip = device(parts.inverter.device, Path(parts.folder), parts.inverter.diode_file)
    content = ("unit", replace(parts, folder=""), chip, settings)
    return kept(EduMap, content, lambda: computed(parts, settings).map)


def computed(parts: EduParts, settings: PartsSettings = DESIGN_UNIT, tell: Tell | None = None) -> Unit:
    """Return a unit with all that stands behind its map; the field solution comes from the shelf where it lies there.

    A machine that several units share, or that one unit has in two scenarios, is solved once.
    """
    content = ("flux", parts.unit.machine, parts.machine, reach_of(parts), settings.flux)

    def say(low: float, high: float) -> Tell | None:
        return None if tell is None else lambda what, share: tell(what, low + (high - low) * share)

    flux = kept(FluxMap, content, lambda: flux_of(parts, settings, tell=say(0.0, 0.7)))
    return assemble(parts, flux, settings, tell=say(0.7, 1.0))
