"""Powertrains as the kernels see them: maps, ratios and a few figures. Final classes, no graph of components."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.units import (
    Acceleration,
    AngularSpeed,
    Mass,
    Money,
    Power,
    Ratio,
    Share,
    Speed,
    Time,
    Torque,
)
from coaxle.vehicle.body import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Charger:
    """On-board charging from the wall: power there, and the efficiency of the charger."""

    power: Power
    efficiency: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Regeneration:
    """How much braking the drive units may take.

    They brake up to ``max_deceleration`` of the car; below ``blend_from`` their share falls linearly to nothing at
    ``blend_to``. Battery and axle (tyre) limits come on top.
    """

    max_deceleration: Acceleration
    blend_from: Speed
    blend_to: Speed


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmission:
    """An automatic or automated gearbox.

    Parameters
    ----------
    ratios : tuple of float
        From first to top gear [-].
    mesh : float
        Share of the power lost in meshes and clutches [-].
    drag : float
        Torque lost at the input shaft whatever the load, warm: bearings, seals, open clutches, pump [Nm].
    launch : 'converter' or 'clutch'
        What slips at low speed.
    stall_ratio : float
        Torque ratio of the converter at stall [-]; 1 for a clutch.
    launch_speed : float
        Engine speed below which the launch device slips under load [rad/s].
    shift_hold : float
        Least time between two changes [s].

    """

    launch: Literal["converter", "clutch"]
    ratios: tuple[Ratio, ...]
    mesh: Share
    drag: Torque
    stall_ratio: Ratio
    launch_speed: AngularSpeed
    shift_hold: Time
    max_torque: Torque
    mass: Mass
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Bev:
    """A battery-electric powertrain: one or two drive units on one battery.

    ``front_share`` fixes the front unit's share of the torque; None splits for least loss at each speed and torque.
    """

    battery: BatteryMap
    charger: Charger
    regeneration: Regeneration
    auxiliaries: float
    front: EduMap | None = None
    rear: EduMap | None = None
    front_share: float | None = None


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Ice:
    """A combustion powertrain: engine, gearbox, final drive."""

    engine: EngineMap
    transmission: Transmission
    axle_ratio: float
    axle_loss: float
    driven: Literal["front", "rear", "all"]
    auxiliaries: float
    stop_start: bool
    recuperation: bool


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Vehicle:
    """A body with a powertrain, at the mass that both have together [kg]."""

    name: str
    body: Body
    powertrain: Bev | Ice
    mass: float
