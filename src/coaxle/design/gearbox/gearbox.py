"""The Design of the gears of a drive unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi
from typing import Annotated, Literal, TypeAlias

from coaxle.units import (
    Angle,
    Force,
    Inertia,
    Length,
    Mass,
    Money,
    Quantity,
    Ratio,
    SignedRatio,
    Speed,
    Torque,
    Volume,
    VolumeFlow,
)

Series: TypeAlias = Literal["ball-160", "ball-60", "ball-62", "ball-63", "taper-302", "taper-320", "roller"]
"""Series of rolling bearings whose friction is known: deep groove balls, taper rollers, cylindrical rollers."""
PRESSURE_ANGLE = 20 * pi / 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A pair of involute gears with outer teeth.

    Parameters
    ----------
    pinion_teeth, wheel_teeth : int
        Their numbers.
    module : float
        Normal module [m].
    width : float
        Common width of the teeth [m].
    helix : float
        Helix angle at the reference circle [rad], below 45 deg.
    pinion_shift, wheel_shift : float
        Profile shift over the module.
    addendum : float
        Tip height of the teeth over the module, without profile shift.

    """

    pinion_teeth: int
    wheel_teeth: int
    module: Length
    width: Length
    helix: Angle
    pinion_shift: SignedRatio = 0.0
    wheel_shift: SignedRatio = 0.0
    addendum: Annotated[float, Quantity("ratio", 0.5, 2.0)] = 1.0
    pressure_angle: Annotated[float, Quantity("angle", 0.2, 0.6)] = PRESSURE_ANGLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """The bearings of one shaft, or of one planet: ``number`` like ones.

    Parameters
    ----------
    bore, outside : float
        Diameters [m].
    static_load : float
        Static load rating C_0 [N]; only balls ask for it.
    preload : float
        Axial force between the two bearings of a shaft [N].
    thrust_factor : float
        Axial factor Y of taper rollers, from the catalogue.

    """

    series: Series
    bore: Length
    outside: Length
    static_load: Force = 0.0
    number: int = 2
    preload: Force = 0.0
    thrust_factor: Ratio = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Drag:
    """Torque at the input shaft that turns the gears without load, the same at every speed.

    Between the three temperatures its logarithm is linear in that of the oil's viscosity.
    """

    at_25: Torque
    at_50: Torque
    at_90: Torque


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelGearbox:
    """One or two stages of parallel shafts with a differential on the last.

    Parameters
    ----------
    arrangement : str
        Where the output shaft lies: beside the input shaft (``offset``), or around it (``coaxial``: two stages of
        equal centre distance).
    stages : tuple of Stage
        From the machine to the wheels.
    max_torque : float
        Of the input shaft [Nm]: what shafts and bearings are sized for where they are not given.
    shafts : tuple of float
        Diameters of the shafts from the machine to the wheels [m]; without any, a rule sets them.
    bearings : tuple of Bearing
        One entry a shaft, for the two bearings of it; without any, a rule sets them.
    input_seals, output_seals : tuple of float
        Diameters of rotary shaft seals [m].
    oil : str
        By name, as in ``coaxle.materials``.
    roughness : float
        Mean R_a of the flanks [m].
    immersion : float
        How deep the largest wheel dips into the oil at rest [m]; 0 for a dry sump.
    oil_volume : float
        Of the filling [m3].
    spray, spray_speed : float
        Oil thrown at each mesh [m3/s], and its speed [m/s].
    differential_preload : float
        Friction of the preloaded bearings of the differential, at the output shaft [Nm].
    drag : Drag
        Where measured: stands for everything that is lost without load.
    mass, inertia, cost : float
        Where known: in place of the rules [kg], at the input shaft [kg m2], [EUR].

    """

    kind: Literal["parallel"]
    arrangement: Literal["offset", "coaxial"]
    stages: tuple[Stage, ...]
    max_torque: Torque
    shafts: tuple[Length, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    input_seals: tuple[Length, ...] = ()
    output_seals: tuple[Length, ...] = ()
    oil: str
    roughness: Length
    immersion: Length
    oil_volume: Volume
    spray: VolumeFlow = 0.0
    spray_speed: Speed = 0.0
    differential_preload: Torque = 0.0
    drag: Drag | None = None
    mass: Mass | None = None
    inertia: Inertia | None = None
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanetaryGearbox:
    """A planetary set around the machine's shaft: sun drives, ring stands, carrier drives the differential.

    With stepped planets the sun meshes with the large gear of each planet and the ring with the small one; with simple
    planets both numbers of teeth, both modules and both widths are the same.

    Parameters
    ----------
    sun_teeth, large_teeth, small_teeth, ring_teeth : int
        ``large_teeth`` and ``small_teeth`` of the two gears of a planet.
    planets : int
        Their number.
    sun_module, ring_module, sun_width, ring_width, sun_helix, ring_helix : float
        Of the mesh of sun and planets and of that of planets and ring [m], [rad].
    bearings : tuple of Bearing
        Of the sun, of the planets (``number`` a planet), of the carrier.

    The rest as in :class:`ParallelGearbox`; ``immersion`` is that of the carrier.
    """

    kind: Literal["planetary"]
    sun_teeth: int
    large_teeth: int
    small_teeth: int
    ring_teeth: int
    planets: int
    sun_module: Length
    ring_module: Length
    sun_width: Length
    ring_width: Length
    sun_helix: Angle
    ring_helix: Angle
    max_torque: Torque
    bearings: tuple[Bearing, ...]
    input_seals: tuple[Length, ...] = ()
    output_seals: tuple[Length, ...] = ()
    oil: str
    roughness: Length
    immersion: Length
    oil_volume: Volume
    spray: VolumeFlow = 0.0
    spray_speed: Speed = 0.0
    differential_preload: Torque = 0.0
    drag: Drag | None = None
    mass: Mass | None = None
    inertia: Inertia | None = None
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


Gearbox: TypeAlias = ParallelGearbox | PlanetaryGearbox


def ratio(gearbox: Gearbox) -> float:
    """Return the speed of the input shaft over that of the output shaft.

    For a planetary set with its ring at rest: 1 + z_large z_ring / (z_sun z_small) (Willis).
    """
    if isinstance(gearbox, PlanetaryGearbox):
        return 1.0 + gearbox.large_teeth * gearbox.ring_teeth / (gearbox.sun_teeth * gearbox.small_teeth)
    total = 1.0
    for stage in gearbox.stages:
        total *= stage.wheel_teeth / stage.pinion_teeth
    return total
