"""The Design of an inverter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import (
    Current,
    Frequency,
    Mass,
    Money,
    Power,
    Quantity,
    Resistance,
    Temperature,
    ThermalResistance,
    Time,
    Voltage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverter:
    """Six switches, each of one or more modules in parallel, between a DC link and the three phases of a machine.

    Parameters
    ----------
    device : str
        Name of a shipped device, or of a file: ``.xml`` (PLECS) or ``.json`` (transistordatabase).
    diode_file : str or None
        A PLECS file of the freewheeling diode, where that of the device holds none.
    device_voltage, device_junction : float or None
        What a module blocks [V] and its highest junction temperature [K], where they are not what the device tells:
        PLECS files often tell neither.
    parallel : int
        Modules a switch; they share the current evenly.
    dead_time : float
        Between turning one switch of a leg off and the other on [s].
    modulation : 'svpwm', 'spwm' or 'dpwm'
        Sine with half the difference of the outer phases (space vector), plain sine, or each phase clamped for 60 deg
        around the peak of its voltage (DPWM1).
    overmodulation : bool
        Whether the reference may be cut off at the DC link, up to six-step.
    voltage_reserve : float
        Share of the reachable voltage that the control keeps for itself.
    max_current : float
        Largest amplitude of a phase current [A], peak.
    case_to_fluid : float or None
        From the case under one switch of a module to the coolant [K/W]; for devices whose figures end at the case.
    capacitor_resistance : float or None
        Equivalent series resistance of the DC-link capacitor [Ohm]; None: its loss is left out.
    capacitor_ripple : float or None
        What the DC-link capacitor carries for ever [A], rms.
    standby : float
        Control, sensors and gate supply [W].

    """

    device: str
    diode_file: str | None = None
    device_voltage: Voltage | None = None
    device_junction: Temperature | None = None
    parallel: int = 1
    switching_frequency: Frequency
    dead_time: Time
    modulation: Literal["svpwm", "spwm", "dpwm"] = "svpwm"
    overmodulation: bool = False
    voltage_reserve: Annotated[float, Quantity("ratio", 0.0, 0.5)] = 0.05
    max_current: Current
    case_to_fluid: ThermalResistance | None = None
    capacitor_resistance: Resistance | None = None
    capacitor_ripple: Current | None = None
    standby: Power
    mass: Mass
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)
