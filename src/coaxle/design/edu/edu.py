"""The Design of a drive unit by its ratings, and the loss components of its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import AngularSpeed, Inertia, Mass, Money, Name, Power, Ratio, Share, Torque, Voltage


@dataclass(frozen=True, slots=True, kw_only=True)
class LossModel:
    """Loss components of a kind of drive unit, each over the unit's own ratings.

    Torque and speed enter as shares of peak torque and of base speed (peak power over peak torque); every coefficient
    is the loss of its component as a share of peak power where both are 1 (drag: at base speed without torque), so
    that units of one kind and any size share one set.
    """

    machine: Literal["eesm", "ipm", "induction"]
    switch: Literal["si-igbt", "sic-mosfet"]
    copper: Ratio
    field_copper: Ratio
    iron: Ratio
    iron_flux: Share
    friction: Ratio
    conduction: Ratio
    switching: Ratio
    mesh: Ratio
    drag: Ratio
    standby: Power
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edu:
    """A drive unit by its published ratings, at the machine's shaft, with the ratio of its gears."""

    kind: Literal["loss-components"]
    owner: Annotated[str, Name(("partners",))]
    family: Annotated[str, Name(("families",))]
    losses: Annotated[str, Name(("loss_models",))]
    voltage: Voltage
    peak_power: Power
    peak_torque: Torque
    continuous_power: Power
    max_speed: AngularSpeed
    ratio: Ratio
    mass: Mass
    inertia: Inertia
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEdu:
    """A drive unit of which only the map is given: a black box."""

    kind: Literal["map"]
    owner: Annotated[str, Name(("partners",))]
    family: Annotated[str, Name(("families",))]
    map: str
    source: str
    assumed: dict[str, str] = field(default_factory=dict)
