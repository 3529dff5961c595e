"""Drive units from their parts, what took long kept on the shelf."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from coaxle.design.edu import DESIGN_UNIT, EduParts, PartsEdu, PartsSettings, Unit, assemble, flux_of, reach_of
from coaxle.design.gearbox import Gearbox
from coaxle.design.inverter import Inverter, device_of
from coaxle.design.machine.kinds import Machine
from coaxle.design.thermal import Cooling
from coaxle.maps import EduMap, FluxMap
from coaxle.workbench.shelf import kept


class Sections(Protocol):
    """What holds the parts of drive units by name: a project, or the shipped library."""

    @property
    def machines(self) -> Mapping[str, Machine]:
        """Machines by name."""

    @property
    def inverters(self) -> Mapping[str, Inverter]:
        """Inverters by name."""

    @property
    def gearboxes(self) -> Mapping[str, Gearbox]:
        """Gears by name."""

    @property
    def coolings(self) -> Mapping[str, Cooling]:
        """Coolings by name."""


def parts_of(name: str, entry: PartsEdu, sections: Sections, folder: str = "") -> EduParts:
    """Return the Designs that make the unit ``name``; files of devices lie in ``folder``."""
    return EduParts(
        name=name,
        unit=entry,
        machine=sections.machines[entry.machine],
        inverter=sections.inverters[entry.inverter],
        gearbox=sections.gearboxes[entry.gearbox],
        cooling=sections.coolings[entry.cooling],
        folder=folder,
    )


Tell = Callable[[str, float], None]


def shelved(parts: EduParts, settings: PartsSettings = DESIGN_UNIT) -> EduMap:
    """Return the map of a unit, from the shelf where it lies there."""
    chip = device_of(parts.inverter, Path(parts.folder))
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
