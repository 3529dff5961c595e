"""What is set per technology class and stands in no list of parts: never a figure of one car."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi

from coaxle.design.engine import Combustion
from coaxle.validation.parts import parts
from coaxle.vehicle.powertrain import Alternator, Charger, Idling, Regeneration

RPM = pi / 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Gearing:
    """A kind of gearbox: what it loses, over its own torque rating where that counts, and how it launches.

    ``mesh`` is the share of the power lost in it; ``drag`` the torque lost whatever the load and ``standstill`` the one
    that its converter takes from the idling engine, both over ``max_torque``; ``launch_speed`` the engine speed held
    while the launch device slips [rad/s].
    """

    mesh: float
    drag: float
    standstill: float
    launch_speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Class parameters of every predicted car; combustions are those of the library."""

    combustions: dict[str, Combustion] = field(default_factory=lambda: dict(parts().combustions))
    unit_standby: float = 0.0023
    """Pumps, control and gate supply of a drive unit while the car is on, over its published peak power [-]."""
    gearing: Gearing = field(
        default_factory=lambda: Gearing(mesh=0.0193, drag=0.0096, standstill=0.0201, launch_speed=1400.0 * RPM)
    )
    gearing_dog_clutches: Gearing = field(
        default_factory=lambda: Gearing(mesh=0.0982, drag=0.0096, standstill=0.0201, launch_speed=1400.0 * RPM)
    )
    """Of the transverse nine-speed gearbox with the all-wheel drive that always stands behind it here."""
    rotating_share: float = 0.025
    """Inertia of wheels and shafts as a share of the test mass [-]; engine and drive units bring their own."""
    electric_auxiliaries: float = 250.0
    """[W], without heating or cooling."""
    charger: Charger = field(default_factory=lambda: Charger(power=11e3, efficiency=0.90))
    regeneration: Regeneration = field(
        default_factory=lambda: Regeneration(max_deceleration=1.8, blend_from=12 / 3.6, blend_to=4 / 3.6)
    )
    auxiliaries: float = 457.0
    """Of a car with an engine [W]."""
    axle_loss: tuple[float, float] = (0.0199, 0.0302)
    """Share of the power lost in final drive and transfer gears [-]: two driven wheels, four."""
    lugging: tuple[float, float, float] = (1445.0 * RPM, 1054.0 * RPM, 946.0 * RPM)
    """Least engine speed with the launch device closed [rad/s], petrol: up to four, six, eight and more cylinders."""
    lugging_diesel: tuple[float, float, float] = (1123.0 * RPM, 1036.0 * RPM, 1036.0 * RPM)
    """The same, diesel [rad/s]."""
    overrun_below: float = 100.0 * RPM
    """How far below that a gear may still overrun [rad/s]."""
    alternator: Alternator = field(
        default_factory=lambda: Alternator(power=2.5e3, efficiency=0.70, content=0.02 * 3.6e6, round_trip=0.80)
    )
    mild_hybrid: Alternator = field(
        default_factory=lambda: Alternator(power=8e3, efficiency=0.80, content=0.2 * 3.6e6, round_trip=0.90)
    )
    idling: Idling = field(
        default_factory=lambda: Idling(cold_rise=300.0 * RPM, stop_warmth=0.312, stop_delay=1.0, restart=0.7)
    )
    front_load: tuple[float, float, float] = (0.61, 0.48, 0.52)
    """Static share of the weight on the front axle [-]: driven in front, behind, on both axles (assumed)."""
    grip: float = 1.1
    """Of a summer tyre on dry asphalt [-] (assumed)."""
    soak_warmth: float = 0.507
    """Share of the warm-up that is left after the ten minutes before the hot transient of the FTP [-]."""
    european_rolling: float = 0.972
    """Constant part of the road load in type approval over that in the United States, at the same mass [-]."""
    declared_before_2021: float = 1.092
    """What was declared in type approvals before 2021 over what is measured [-]. The European Commission found in 2018
    that values of the WLTP were declared too high, tests begun with an empty battery, stop-start switched off and gears
    chosen badly, as they would set the targets after 2020; from 2021 on the measured value counts."""
    european_load: float = 100.0
    """What the test mass of the WLTP adds to the mass in running order [kg]."""
