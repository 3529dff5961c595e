"""Powertrains as the kernels see them: maps, ratios and a few figures. Final classes, no graph of components."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from coaxle.units import (
    Acceleration,
    AngularSpeed,
    Energy,
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

if TYPE_CHECKING:
    from coaxle.maps import BatteryMap, EduMap, EngineMap


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
    """An automatic or automated gearbox, with the way its shifts are set up.

    Parameters
    ----------
    launch : 'converter' or 'clutch'
        What slips at low speed.
    ratios : tuple of float
        From first to top gear [-], falling.
    mesh : float
        Share of the power entering it that is lost in meshes and closed clutches [-].
    drag : float
        Torque lost at the input shaft whatever the load, warm: bearings, seals, open clutches, pump [Nm].
    cold_drag : float
        That torque at 20 degC over that of the warm gearbox [-], >= 1; it fades as the engine warms up.
    standstill_drag : float
        Torque that the launch device takes from the idling engine at a standstill in drive [Nm].
    stall_ratio : float
        Torque ratio of the converter at stall [-]; 1 for a clutch.
    coupling : float
        Speed ratio of turbine to engine at which the torque ratio has fallen to 1 [-].
    launch_speed : float
        Engine speed that is held while the launch device slips under load [rad/s].
    lugging_speed : float
        Least engine speed at which a gear drives with the launch device closed [rad/s].
    overrun_speed : float
        Least engine speed of a gear on overrun; below it the launch device opens and fuel is burnt again [rad/s].
    torque_reserve : float
        Share of the wide-open torque kept free by the choice of gear, given up before the trace is missed [-].
    shift_hold : float
        Least time between two changes while the present gear can do what is asked [s].
    max_torque : float
        Largest torque at the input shaft that it is rated for [Nm].

    """

    launch: Literal["converter", "clutch"]
    ratios: tuple[Ratio, ...]
    mesh: Share
    drag: Torque
    cold_drag: Ratio
    standstill_drag: Torque
    stall_ratio: Ratio
    coupling: Share
    launch_speed: AngularSpeed
    lugging_speed: AngularSpeed
    overrun_speed: AngularSpeed
    torque_reserve: Share
    shift_hold: Time
    max_torque: Torque
    mass: Mass
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternator:
    """The generator on the engine's crankshaft, with the small store that it charges.

    ``power`` is its largest electric power and ``efficiency`` that of making it. Where a powertrain has
    ``recuperation`` it may put up to ``content`` into the store while braking, to be used up with the alternator off;
    ``round_trip`` is what the store gives back over what it was given.
    """

    power: Power
    efficiency: Share
    content: Energy
    round_trip: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Idling:
    """What an engine does at a standstill.

    ``cold_rise`` is the idle speed of the engine at 20 degC above that of the warm one, fading as it warms up. Where
    a powertrain has ``stop_start`` the engine stops ``stop_delay`` after the car, once ``stop_warmth`` of its warm-up
    lies behind it; ``restart`` is what a restart burns, told as a time of idling.
    """

    cold_rise: AngularSpeed
    stop_warmth: Share
    stop_delay: Time
    restart: Time


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
    """A combustion powertrain: engine, gearbox, final drive.

    ``axle_loss`` is the share of the power entering the final drive (and transfer gears) that is lost there;
    ``auxiliaries`` the mean electric power used while the car is on [W].
    """

    engine: EngineMap
    transmission: Transmission
    axle_ratio: float
    axle_loss: float
    driven: Literal["front", "rear", "all"]
    auxiliaries: float
    alternator: Alternator
    idling: Idling
    stop_start: bool
    recuperation: bool


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Vehicle:
    """A body with a powertrain, at the mass that both have together [kg]."""

    name: str
    body: Body
    powertrain: Bev | Ice
    mass: float
