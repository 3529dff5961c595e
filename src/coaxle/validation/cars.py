"""From a record to the car that is driven."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from coaxle.design.battery import map_battery
from coaxle.design.edu import PartsEdu, map_edu
from coaxle.design.engine import DIESEL_US, PETROL_US, EngineSettings, map_engine
from coaxle.errors import InputError
from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.validation.classes import Classes
from coaxle.validation.parts import parts
from coaxle.validation.records import CombustionRecord, ElectricRecord, Record
from coaxle.vehicle.body import Body, Coastdown
from coaxle.vehicle.powertrain import Bev, Ice, Transmission, Vehicle
from coaxle.workbench.units import parts_of, shelved

SOURCE = "US EPA test car list"
NINE_SPEED = "zf-9hp48"
US_FUELS = EngineSettings(petrol=PETROL_US, diesel=DIESEL_US)


def rated_power(edu: PartsEdu) -> float:
    """Return the published peak power of a unit [W]."""
    if edu.power_limit is None:
        raise InputError("a unit of the validation has no power_limit; its published peak power is wanted there")
    return edu.power_limit


class Garage:
    """Builds cars from records with one set of class parameters; each map is made once."""

    def __init__(self, classes: Classes, fuels: EngineSettings = US_FUELS) -> None:
        self.classes = classes
        self.fuels = fuels
        self._engines: dict[str, EngineMap] = {}
        self._units: dict[str, EduMap] = {}
        self._batteries: dict[str, BatteryMap] = {}

    def body(self, record: Record, driven: Literal["front", "rear", "all"]) -> Body:
        """Return the body of a record; what only matters at the limit of grip is that of any car of its layout."""
        return Body(
            mass=record.mass,
            road_load=Coastdown(kind="coastdown", f0=record.f0, f1=record.f1, f2=record.f2),
            wheel_radius=record.wheel_radius,
            rotating_share=self.classes.rotating_share,
            front_load=self.classes.front_load[("front", "rear", "all").index(driven)],
            wheelbase=2.85,
            centre_height=0.55,
            grip=self.classes.grip,
            source=SOURCE,
        )

    def unit(self, name: str) -> EduMap | None:
        """Return the map of the drive unit ``name``; None for no name."""
        if name and name not in self._units:
            edu = parts().edus[name]
            if isinstance(edu, PartsEdu):
                made = shelved(parts_of(name, edu, parts()))
                standby = self.classes.unit_standby * rated_power(edu)
                self._units[name] = replace(made, loss=made.loss + standby - edu.standby)
            else:
                self._units[name] = map_edu(name, edu, parts().loss_models[edu.losses])
        return self._units.get(name)

    def battery(self, name: str) -> BatteryMap:
        """Return the map of the battery ``name``."""
        if name not in self._batteries:
            self._batteries[name] = map_battery(name, parts().batteries[name])
        return self._batteries[name]

    def electric(self, record: ElectricRecord) -> Vehicle:
        """Return the electric car of a record."""
        bev = Bev(
            battery=self.battery(record.battery),
            charger=self.classes.charger,
            regeneration=self.classes.regeneration,
            auxiliaries=self.classes.electric_auxiliaries,
            front=self.unit(record.front),
            rear=self.unit(record.rear),
        )
        body = self.body(record, "rear" if not record.front else "front" if not record.rear else "all")
        return Vehicle(name=record.name, body=body, powertrain=bev, mass=body.mass)

    def engine(self, name: str) -> EngineMap:
        """Return the map of the engine ``name``."""
        if name not in self._engines:
            engine = parts().engines[name]
            combustion = self.classes.combustions[engine.combustion]
            self._engines[name] = map_engine(name, engine, combustion, self.fuels)
        return self._engines[name]

    def gearbox(self, name: str, engine: str) -> Transmission:
        """Return the gearbox ``name`` as it is set up behind an engine of so many cylinders."""
        made = parts().engines[engine]
        diesel = self.classes.combustions[made.combustion].fuel == "diesel"
        by_cylinders = self.classes.lugging_diesel if diesel else self.classes.lugging
        lugging = by_cylinders[0 if made.cylinders <= 4 else 1 if made.cylinders <= 6 else 2]
        box = parts().transmissions[name]
        kind = self.classes.gearing_dog_clutches if name == NINE_SPEED else self.classes.gearing
        return replace(
            box,
            mesh=kind.mesh,
            drag=kind.drag * box.max_torque,
            standstill_drag=kind.standstill * box.max_torque if box.launch == "converter" else box.standstill_drag,
            launch_speed=kind.launch_speed,
            lugging_speed=lugging,
            overrun_speed=lugging - self.classes.overrun_below,
        )

    def combustion(self, record: CombustionRecord) -> Vehicle:
        """Return the car with an engine of a record."""
        classes = self.classes
        ice = Ice(
            engine=self.engine(record.engine),
            transmission=self.gearbox(record.gearbox, record.engine),
            axle_ratio=record.axle_ratio,
            axle_loss=classes.axle_loss[record.driven == "all"],
            driven=record.driven,
            auxiliaries=classes.auxiliaries,
            alternator=classes.mild_hybrid if record.mild_hybrid else classes.alternator,
            idling=classes.idling,
            stop_start=record.stop_start,
            recuperation=True,
        )
        body = self.body(record, record.driven)
        return Vehicle(name=record.name, body=body, powertrain=ice, mass=body.mass)
