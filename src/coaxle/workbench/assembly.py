"""Names to objects: parts to maps, maps to powertrains, powertrains to cars."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan, nan
from pathlib import Path
from typing import Any

from coaxle.design.battery import map_battery
from coaxle.design.edu import Edu, EduParts, PartsEdu, map_edu
from coaxle.design.engine import map_engine
from coaxle.errors import InputError
from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.maps.files import Map, load
from coaxle.numerics.digest import digest
from coaxle.project.project import BevEntry, Carline, IceEntry, Project
from coaxle.vehicle.powertrain import Bev, Ice, Vehicle
from coaxle.workbench.units import parts_of, shelved


class Assembly:
    """Builds each map, powertrain and car of a project once, when it is first asked for.

    ``made`` keeps maps by the digest of what they are made of, so that scenarios of one project share them.
    """

    def __init__(self, project: Project, folder: Path, made: dict[str, Map]) -> None:
        self.project = project
        self._folder = folder
        self._made = made
        self._powertrains: dict[str, Bev] = {}

    def edu(self, name: str) -> EduMap:
        """Return the map of the drive unit ``name``, computed from its Design or read from the file it names."""
        entry = self.project.edus[name]
        if isinstance(entry, Edu):
            losses = self.project.loss_models[entry.losses]
            found = self._once(("edu", name, entry, losses), lambda: map_edu(name, entry, losses))
        elif isinstance(entry, PartsEdu):
            parts = self.parts(name, entry)
            found = self._once(("parts", parts), lambda: shelved(parts))
        else:
            found = self._once(("file", entry.map), lambda: load(self._folder / entry.map))
        if not isinstance(found, EduMap):
            raise InputError(f"edus.{name}.map: holds a {type(found).__name__}; an EduMap is wanted")
        return found

    def parts(self, name: str, entry: PartsEdu) -> EduParts:
        """Return the Designs that make the drive unit ``name``."""
        return parts_of(name, entry, self.project, str(self._folder))

    def engine(self, name: str) -> EngineMap:
        """Return the map of the engine ``name``."""
        entry = self.project.engines[name]
        combustion = self.project.combustions[entry.combustion]
        found = self._once(("engine", name, entry, combustion), lambda: map_engine(name, entry, combustion))
        assert isinstance(found, EngineMap)
        return found

    def battery(self, name: str) -> BatteryMap:
        """Return the map of the battery ``name``."""
        entry = self.project.batteries[name]
        found = self._once(("battery", name, entry), lambda: map_battery(name, entry))
        assert isinstance(found, BatteryMap)
        return found

    def powertrain(self, name: str, axle_ratio: float | None) -> Bev | Ice:
        """Return the powertrain ``name``; a combustion one with the final drive of the car that takes it."""
        entry = self.project.powertrains[name]
        if isinstance(entry, BevEntry):
            if name not in self._powertrains:
                self._powertrains[name] = self._bev(entry)
            return self._powertrains[name]
        if axle_ratio is None:
            raise InputError(f"powertrains.{name}: is a combustion powertrain; its carline gives no axle_ratio for it")
        return self._ice(entry, axle_ratio)

    def vehicle(self, carline: str, powertrain: str) -> Vehicle:
        """Return ``carline`` with ``powertrain``, at the mass that both have together."""
        entry = self.project.carlines[carline]
        option = entry.options[powertrain]
        return Vehicle(
            name=f"{carline} / {powertrain}",
            body=entry.body,
            powertrain=self.powertrain(powertrain, option.axle_ratio),
            mass=self.test_mass(entry, powertrain),
        )

    def test_mass(self, carline: Carline, powertrain: str) -> float:
        """Return the test mass [kg]: the body's, less the parts of its reference powertrain, plus those of this one."""
        if powertrain == carline.reference:
            return carline.body.mass + carline.options[powertrain].extra_mass
        change = self.parts_mass(powertrain) - self.parts_mass(carline.reference)
        return carline.body.mass + change + carline.options[powertrain].extra_mass

    def parts_mass(self, powertrain: str) -> float:
        """Return the mass of the parts of a powertrain that a project names [kg]."""
        entry = self.project.powertrains[powertrain]
        if isinstance(entry, BevEntry):
            units = sum(self.edu(unit).mass for unit in self.units(powertrain))
            return units + self.project.batteries[entry.battery].mass
        return self.project.engines[entry.engine].mass + self.project.transmissions[entry.transmission].mass

    def units(self, powertrain: str) -> tuple[str, ...]:
        """Return the names of the units of a powertrain that a plant makes: drive units or the engine."""
        entry = self.project.powertrains[powertrain]
        if isinstance(entry, BevEntry):
            return tuple(unit for unit in (entry.front, entry.rear) if unit is not None)
        return (entry.engine,)

    def unit_cost(self, unit: str) -> float:
        """Return what one unit costs before plant and transport; NaN where nobody said."""
        if unit in self.project.edus:
            return _known(self.edu(unit).cost)
        return _known(self.project.engines[unit].cost)

    def parts_cost(self, powertrain: str) -> float:
        """Return what the parts beside the units cost: battery or gearbox; NaN where nobody said."""
        entry = self.project.powertrains[powertrain]
        if isinstance(entry, BevEntry):
            return _known(self.project.batteries[entry.battery].cost)
        return _known(self.project.transmissions[entry.transmission].cost)

    def cost(self, powertrain: str) -> float:
        """Return what all parts of a powertrain cost; NaN where one is unknown."""
        return self.parts_cost(powertrain) + sum(self.unit_cost(unit) for unit in self.units(powertrain))

    def objections(self, carline: str, powertrain: str) -> tuple[str, ...]:
        """Return what speaks against the pair before it is driven."""
        entry, found = self.project.powertrains[powertrain], []
        if isinstance(entry, IceEntry):
            engine, gearbox = self.project.engines[entry.engine], self.project.transmissions[entry.transmission]
            if engine.torque > gearbox.max_torque:
                gives, takes = f"{engine.torque:.0f} Nm", f"{gearbox.max_torque:.0f} Nm"
                found.append(f"{entry.engine} gives {gives}; {entry.transmission} takes {takes}")
        if isnan(self.cost(powertrain)):
            found.append(f"the cost of a part of {powertrain} is unknown")
        return tuple(found)

    def _once(self, content: tuple[Any, ...], make: Callable[[], Map]) -> Map:
        key = digest(content)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _bev(self, entry: BevEntry) -> Bev:
        return Bev(
            battery=self.battery(entry.battery),
            front=None if entry.front is None else self.edu(entry.front),
            rear=None if entry.rear is None else self.edu(entry.rear),
            front_share=entry.front_share,
            charger=entry.charger,
            regeneration=entry.regeneration,
            auxiliaries=entry.auxiliaries,
        )

    def _ice(self, entry: IceEntry, axle_ratio: float) -> Ice:
        return Ice(
            engine=self.engine(entry.engine),
            transmission=self.project.transmissions[entry.transmission],
            axle_ratio=axle_ratio,
            axle_loss=entry.axle_loss,
            driven=entry.driven,
            auxiliaries=entry.auxiliaries,
            alternator=entry.alternator,
            idling=entry.idling,
            stop_start=entry.stop_start,
            recuperation=entry.recuperation,
        )


def _known(cost: float | None) -> float:
    return nan if cost is None else cost
