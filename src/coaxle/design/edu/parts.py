"""The Design of a drive unit by its parts: machine, inverter, gears and cooling in one housing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import Current, Mass, Name, Power, Ratio, Share, Temperature, Torque, Voltage


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What feeds the field winding of a wound rotor: its drop, its efficiency, how much it may give.

    Parameters
    ----------
    kind : 'brushes' or 'transformer'
        Slip rings with brushes, or a rotary transformer with a rectifier on the rotor.
    current : float
        Largest field current [A].
    voltage_drop : float
        Of both brushes, or of the rectifier [V].
    efficiency : float
        Of the electronics before it.

    """

    kind: Literal["brushes", "transformer"]
    current: Current
    voltage_drop: Voltage
    efficiency: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Temperatures and manufacture for which the losses of a map hold.

    Parameters
    ----------
    winding, rotor, oil, coolant : float
        Temperatures of stator winding, of field winding, cage or magnets, of the gears' oil and of the inverter's
        coolant [K].
    build_factor : float
        Iron loss of a built core over that of the sheets as delivered.

    """

    winding: Temperature
    rotor: Temperature
    oil: Temperature
    coolant: Temperature
    build_factor: Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsEdu:
    """A drive unit by its parts.

    Parameters
    ----------
    owner, family : str, optional
        Who makes it and which family it belongs to; a unit that no car takes, for comparison, has neither.
    voltage, voltage_margin : float
        DC voltage for which it is rated [V], and how far below and above it the unit works [V].
    current : float
        Largest phase current that its control allows, peak [A].
    torque_limit, power_limit : float, optional
        What its control allows at the machine's shaft [Nm], [W], where that is less than the parts could.
    mass, standby : float
        Of housing, mounts, cables and what else is in no part [kg]; power of pumps and control while the car is on [W].

    """

    kind: Literal["parts"]
    owner: Annotated[str, Name(("partners",))] | None = None
    family: Annotated[str, Name(("families",))] | None = None
    machine: Annotated[str, Name(("machines",))]
    inverter: Annotated[str, Name(("inverters",))]
    gearbox: Annotated[str, Name(("gearboxes",))]
    cooling: Annotated[str, Name(("coolings",))]
    voltage: Voltage
    voltage_margin: Voltage
    current: Current
    supply: Supply | None = None
    conditions: Conditions
    torque_limit: Torque | None = None
    power_limit: Power | None = None
    mass: Mass
    standby: Power
    source: str
    assumed: dict[str, str] = field(default_factory=dict)
