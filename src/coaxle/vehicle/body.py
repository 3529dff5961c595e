"""The Design of a body: mass, road load, wheels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import (
    Area,
    Force,
    ForcePerSpeed,
    ForcePerSpeedSquared,
    Length,
    Mass,
    Quantity,
    Ratio,
    Share,
)

GRAVITY = 9.80665
"""Standard acceleration of free fall [m/s2]."""
AIR_DENSITY = 1.189
"""Of air at 20 degC and 101.325 kPa, 1/2 of it in the drag force [kg/m3] (UN GTR 15, Annex 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coastdown:
    """Road load as certified: ``F = f0 + f1 v + f2 v^2`` on the flat, at the body's mass."""

    kind: Literal["coastdown"]
    f0: Force
    f1: ForcePerSpeed
    f2: ForcePerSpeedSquared


@dataclass(frozen=True, slots=True, kw_only=True)
class DragAndTyres:
    """Road load from drag area and rolling resistance."""

    kind: Literal["drag-and-tyres"]
    frontal_area: Area
    drag: Ratio
    rolling: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A car without its powertrain, told by the car as it was tested.

    Parameters
    ----------
    mass : float
        Test mass with the reference powertrain [kg].
    road_load : Coastdown or DragAndTyres
        Which of the two was given is its ``kind``.
    wheel_radius : float
        Dynamic rolling radius [m].
    rotating_share : float
        Inertia of wheels and driveline as a share of mass [-].
    front_load : float
        Static share of the weight on the front axle [-].
    wheelbase, centre_height : float
        For the shift of axle loads under acceleration [m].
    grip : float
        Largest tangential over normal force of the tyres [-].

    """

    mass: Mass
    road_load: Annotated[Coastdown | DragAndTyres, "kind"]
    wheel_radius: Length
    rotating_share: Share
    front_load: Share
    wheelbase: Length
    centre_height: Length
    grip: Annotated[float, Quantity("ratio", 0.1, 2.0)]
    source: str
    assumed: dict[str, str] = field(default_factory=dict)

    def coefficients(self, mass: float | None = None) -> tuple[float, float, float]:
        """Return f0 [N], f1 [N/(m/s)], f2 [N/(m/s)2] at ``mass`` (default: the body's own).

        A coast-down's constant part is taken as rolling resistance and scales with mass.
        """
        mass = self.mass if mass is None else mass
        load = self.road_load
        if isinstance(load, Coastdown):
            return load.f0 * mass / self.mass, load.f1, load.f2
        return mass * GRAVITY * load.rolling, 0.0, 0.5 * AIR_DENSITY * load.drag * load.frontal_area
