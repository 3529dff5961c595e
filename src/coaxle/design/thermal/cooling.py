"""The Designs of a machine's cooling: jackets, oil sprays, hollow shafts, contacts, limits of temperature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from coaxle.units import HeatTransfer, Length, Mass, Quantity, Temperature, ThermalConductivity, VolumeFlow


@dataclass(frozen=True, slots=True, kw_only=True)
class Jacket:
    """Water channels in the housing, around the stator stack.

    ``turns`` channels of ``width`` (along the axis) and ``height`` (radial) lie side by side along the machine,
    ``land`` of housing between two of them; ``parallel`` of them share the ``flow`` (1: one spiral). ``wall`` stands
    between stack and channels. ``fluid`` is a coolant of ``coaxle.materials``.
    """

    fluid: str
    flow: VolumeFlow
    inlet: Temperature
    turns: int
    parallel: int
    width: Length
    height: Length
    land: Length
    wall: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Spray:
    """Oil on parts of the machine; ``fluid`` is an oil of ``coaxle.materials``.

    Coefficients are fitted parameters, over the whole surface of the part named, wetted or not: ``end_winding`` of both
    overhangs, ``stack`` of the outer surface of the stator stack, ``rotor_end`` of both end faces of the rotor with
    the overhangs of its winding. 0 where no oil is led.
    """

    fluid: str
    flow: VolumeFlow
    inlet: Temperature
    end_winding: HeatTransfer
    stack: HeatTransfer
    rotor_end: HeatTransfer


@dataclass(frozen=True, slots=True, kw_only=True)
class HollowShaft:
    """A coolant or oil through the rotor shaft; ``coefficient`` is a fitted parameter, over the surface of the bore."""

    fluid: str
    flow: VolumeFlow
    inlet: Temperature
    bore: Length
    coefficient: HeatTransfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """What stands between parts.

    Gaps are those layers of still air that conduct like the real contact: ``housing_gap`` from stack to housing,
    ``liner_gap`` from slot liner to steel, ``rotor_gap`` of what sits in the rotor (magnets, liner of field coils,
    bars) and of the shaft's seat. ``impregnation`` and ``liner`` are conductivities of resin and slot liner.
    """

    housing_gap: Length
    liner_gap: Length
    rotor_gap: Length
    impregnation: ThermalConductivity
    liner: ThermalConductivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Highest temperatures: of the stator winding, of field winding or cage, of magnets (None without any).

    ``hot_spot`` is how much hotter, counted from the coolants, the hottest point of a part is than its mean, >= 1.
    """

    winding: Temperature
    rotor: Temperature | None = None
    magnet: Temperature | None = None
    hot_spot: Annotated[float, Quantity("ratio", 1.0, 3.0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class JacketCooling:
    """Cooled through the housing."""

    kind: Literal["jacket"]
    jacket: Jacket
    shaft: HollowShaft | None = None
    contacts: Contacts
    limits: Limits
    housing_mass: Mass
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SprayCooling:
    """Cooled by oil alone."""

    kind: Literal["spray"]
    spray: Spray
    shaft: HollowShaft | None = None
    contacts: Contacts
    limits: Limits
    housing_mass: Mass
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JacketSprayCooling:
    """Cooled through the housing, and by oil on what the housing does not reach."""

    kind: Literal["jacket-and-spray"]
    jacket: Jacket
    spray: Spray
    shaft: HollowShaft | None = None
    contacts: Contacts
    limits: Limits
    housing_mass: Mass
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


Cooling: TypeAlias = JacketCooling | SprayCooling | JacketSprayCooling
"""An entry of a project's ``coolings``; ``kind`` tells which."""
