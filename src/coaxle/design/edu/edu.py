"""The Design of a drive unit by its ratings, and the loss components of its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import (
    AngularSpeed,
    Inertia,
    Mass,
    Money,
    Name,
    Power,
    Quantity,
    Ratio,
    Share,
    Torque,
    Voltage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LossModel:
    """Loss components of a kind of drive unit, each over the unit's own ratings.

    Torque tau enters as a share of peak torque, speed sigma as a share of base speed (peak power over peak torque),
    current as a share of that at peak torque and base speed. Every coefficient is the loss of its component as a share
    of peak power there, so that units of one kind and any size share one set. Formulas: ``coaxle.design.edu.losses``.

    Parameters
    ----------
    copper : float
        Windings that carry the torque: stator, and the cage of an induction machine; rises with current squared.
    field_copper : float
        What it costs to make the flux of peak torque: field winding with its supply (eesm), magnetising current
        (induction). 0 for magnets.
    saturation : float
        Magnetising current at the flux of peak torque over what it would be in unsaturated iron, >= 1.
    magnet_flux : float
        Flux without any current, as a share of the flux at peak torque (ipm). 0 where the flux can be put out.
    iron, iron_exponent : float
        Hysteresis and eddy currents; rises with flux squared and with speed to this exponent.
    friction : float
        Bearings and windage of the machine; rises with speed squared.
    conduction, switching : float
        Inverter: conduction of the switches (for an IGBT partly in proportion to current), and switching.
    mesh : float
        Share of the power that the gears' meshes lose.
    drag : float
        Gears without load (bearings, seals, churning); rises with speed. In a coast-down the gears turn along, so the
        part of it that the road load already holds must not stand here again.
    standby : float
        Pumps for oil and coolant, control and gate supply, whatever the unit does while the car is on.

    """

    machine: Literal["eesm", "ipm", "induction"]
    switch: Literal["si-igbt", "sic-mosfet"]
    copper: Ratio
    field_copper: Ratio
    saturation: Annotated[float, Quantity("ratio", 1.0, 10.0)]
    magnet_flux: Share
    iron: Ratio
    iron_exponent: Ratio
    friction: Ratio
    conduction: Ratio
    switching: Ratio
    mesh: Share
    drag: Ratio
    standby: Ratio
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
