"""The Design of a battery."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import Energy, Mass, Money, Name, Power, Share, Time, Voltage


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """A pack as published.

    ``energy`` is gross, ``usable`` the share of it that the car uses. ``resistance_time`` says how resistive a pack of
    its kind is whatever its size: internal resistance = ``resistance_time`` * voltage^2 / energy, so that packs of one
    cell type share one figure [s].
    """

    owner: Annotated[str, Name(("partners",))]
    chemistry: Literal["nmc"]
    energy: Energy
    usable: Share
    voltage: Voltage
    resistance_time: Time
    max_discharge: Power
    max_charge: Power
    mass: Mass
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)
