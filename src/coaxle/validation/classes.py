"""What is set per technology class and stands in no list of parts: never a figure of one car."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi

from coaxle.design.edu import LossModel
from coaxle.design.engine import Combustion
from coaxle.validation.parts import parts
from coaxle.vehicle.powertrain import Alternator, Charger, Idling, Regeneration, Transmission

RPM = pi / 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Class parameters of every predicted car; combustions, loss models and gearboxes are those of the library."""

    combustions: dict[str, Combustion] = field(default_factory=lambda: dict(parts().combustions))
    loss_models: dict[str, LossModel] = field(default_factory=lambda: dict(parts().loss_models))
    transmissions: dict[str, Transmission] = field(default_factory=lambda: dict(parts().transmissions))
    rotating_share: float = 0.025
    """Inertia of wheels and shafts as a share of the test mass [-]; engine and drive units bring their own."""
    electric_auxiliaries: float = 250.0
    """[W], without heating or cooling."""
    charger: Charger = field(default_factory=lambda: Charger(power=11e3, efficiency=0.90))
    regeneration: Regeneration = field(
        default_factory=lambda: Regeneration(max_deceleration=1.8, blend_from=12 / 3.6, blend_to=4 / 3.6)
    )
    auxiliaries: float = 400.0
    """Of a car with an engine [W]."""
    axle_loss: tuple[float, float] = (0.02, 0.03)
    """Share of the power lost in final drive and transfer gears [-]: two driven wheels, four."""
    lugging: tuple[float, float, float] = (1250.0 * RPM, 1100.0 * RPM, 1000.0 * RPM)
    """Least engine speed with the launch device closed [rad/s]: up to four, six, eight and more cylinders."""
    overrun_below: float = 100.0 * RPM
    """How far below that a gear may still overrun [rad/s]."""
    alternator: Alternator = field(
        default_factory=lambda: Alternator(power=2.5e3, efficiency=0.70, content=0.02 * 3.6e6, round_trip=0.80)
    )
    mild_hybrid: Alternator = field(
        default_factory=lambda: Alternator(power=8e3, efficiency=0.80, content=0.2 * 3.6e6, round_trip=0.90)
    )
    idling: Idling = field(
        default_factory=lambda: Idling(cold_rise=300.0 * RPM, stop_warmth=0.5, stop_delay=1.0, restart=0.7)
    )
    front_load: tuple[float, float, float] = (0.61, 0.48, 0.52)
    """Static share of the weight on the front axle [-]: driven in front, behind, on both axles (assumed)."""
    grip: float = 1.1
    """Of a summer tyre on dry asphalt [-] (assumed)."""
    soak_warmth: float = 0.6
    """Share of the warm-up that is left after the ten minutes before the hot transient of the FTP [-]."""
    european_rolling: float = 1.0
    """Constant part of the road load in type approval over that in the United States, at the same mass [-]."""
    european_load: float = 100.0
    """What the test mass of the WLTP adds to the mass in running order [kg]."""
