"""What goes beside a table of measurements: figures it does not hold, gears, what may be bridged, how fine."""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.maps.engine import Fuel


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridging:
    """What may be bridged where a table is silent; what was, is written into the map's origin.

    Parameters
    ----------
    widest_gap : float
        Share of the span of speed or of torque over which measured neighbours are joined by a straight line [-].
    standstill_from : float
        Where the lowest measured speed is not above this, its figures hold down to standstill [rad/s, of the table].
    mirrored : bool
        Whether losses when generating are those of the same torque when driving.
    no_load : bool
        Whether the fuel rate without torque lies on the line through the two lowest torques of each speed (Willans).

    """

    widest_gap: float = 0.25
    standstill_from: float = 0.0
    mirrored: bool = False
    no_load: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapGrid:
    """How many nodes a map gets: speeds, and torques at least."""

    speeds: int = 65
    torques: int = 81


@dataclass(frozen=True, slots=True, kw_only=True)
class Gear:
    """The gears between the shaft that was measured and the output shaft.

    ``ratio`` is the speed of the measured shaft over that of the output; ``mesh`` the share of the torque lost in the
    meshes [-], ``drag`` the torque lost whatever the load [Nm], both at the measured shaft.
    """

    ratio: float
    mesh: float
    drag: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EduFacts:
    """What a table of losses does not say about its drive unit.

    ``voltage`` is the one of a table without that column; ``continuous_power`` at the output shaft makes the continuous
    curve where no limits give it; ``inertia`` is seen at the output shaft. ``limits`` says where the figures are not to
    be trusted.
    """

    name: str
    mass: float
    inertia: float
    cost: float | None
    source: str
    limits: str = ""
    voltage: float | None = None
    continuous_power: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFacts:
    """What a table of fuel rates does not say about its engine; the fields are those of the map."""

    name: str
    fuel_kind: Fuel
    idle_speed: float
    displacement: float
    cold_friction: float
    warm_up_energy: float
    inertia: float
    mass: float
    cost: float | None
    source: str
    limits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatteryFacts:
    """What a table over the state of charge does not say about its battery; the fields are those of the map."""

    name: str
    charge: float
    soc_max: float
    soc_min: float
    mass: float
    cost: float | None
    source: str
    limits: str = ""
