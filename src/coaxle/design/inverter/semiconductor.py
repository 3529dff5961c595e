"""What is known of a power semiconductor: drops, switching energies, heat paths."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from typing import Literal

from coaxle.errors import InputError

LARGEST_TABLE = 1000
"""Of a curve [points]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A drop [V] or an energy [J] over current, at one junction temperature and, an energy, at one DC voltage.

    Parameters
    ----------
    temperature : float
        Of the junction [K].
    voltage : float or None
        That is switched [V]; None for a drop.
    current : tuple of float
        Rising from 0 or more [A].
    value : tuple of float
        Drops [V] or energies [J], >= 0, as many as currents.

    """

    temperature: float
    voltage: float | None = None
    current: tuple[float, ...]
    value: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foster:
    """A chain of heat paths: partial resistances [K/W] with their time constants [s], 0 where none is known."""

    resistance: tuple[float, ...]
    time_constant: tuple[float, ...]

    @property
    def total(self) -> float:
        """Return the steady resistance [K/W]."""
        return sum(self.resistance)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Device:
    """One switch of a module with its freewheeling diode, as its maker's figures give it.

    Parameters
    ----------
    technology : 'igbt' or 'mosfet'
        A MOSFET conducts backwards through its channel; its body diode is on the same chip.
    max_voltage : float
        That it blocks [V].
    rated_current : float
        As the maker rates it [A], told for comparison only.
    max_junction : float
        [K].
    switch_drop, diode_drop : tuple of Curve
        Of the switch with its gate on; of the diode with the gate off.
    on_energy, off_energy, recovery_energy : tuple of Curve
        Per event. No recovery curve: what there is of it is within ``on_energy``.
    switch_voltage_exponent, diode_voltage_exponent : float
        How energies go with voltage beyond the voltages of the curves.
    switch_temperature_coefficient, diode_temperature_coefficient : float
        Rise of energies per kelvin, as a share [1/K], where the curves stand at one temperature only.
    switch_heat, diode_heat : Foster
        Of one switch of one module, from the junction to ``heat_to``; a MOSFET has the first only.
    heat_to : 'case' or 'fluid'
        Where the figures of heat end.
    diode_shares : bool
        Whether the body diode of a MOSFET takes current from a channel that is on; in a cascode both have the upper
        transistor in series, and it hardly does.

    """

    name: str
    technology: Literal["igbt", "mosfet"]
    max_voltage: float
    rated_current: float
    max_junction: float
    switch_drop: tuple[Curve, ...]
    diode_drop: tuple[Curve, ...]
    on_energy: tuple[Curve, ...]
    off_energy: tuple[Curve, ...]
    recovery_energy: tuple[Curve, ...] = ()
    switch_voltage_exponent: float
    diode_voltage_exponent: float
    switch_temperature_coefficient: float = 0.0
    diode_temperature_coefficient: float = 0.0
    switch_heat: Foster
    diode_heat: Foster | None = None
    heat_to: Literal["case", "fluid"]
    diode_shares: bool = True
    source: str
    assumed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in ("max_voltage", "rated_current", "max_junction"):
            _above_zero(f"{self.name}.{place}", getattr(self, place))
        for place in ("switch_drop", "diode_drop", "on_energy", "off_energy"):
            if not getattr(self, place):
                raise InputError(f"{self.name}.{place}: holds no curve; at least one is wanted")
        for place in ("switch_drop", "diode_drop", "on_energy", "off_energy", "recovery_energy"):
            for curve in getattr(self, place):
                _check_curve(f"{self.name}.{place}", curve, energy=place.endswith("energy"))
        if self.technology == "igbt" and self.diode_heat is None:
            raise InputError(f"{self.name}.diode_heat: nothing stands there; the heat path of the diode is wanted")
        for place in ("switch_heat", "diode_heat"):
            heat = getattr(self, place)
            if heat is not None:
                _check_heat(f"{self.name}.{place}", heat)


def _above_zero(place: str, value: float) -> None:
    if not (isfinite(value) and value > 0):
        raise InputError(f"{place}: {value:g}; a finite figure above 0 is wanted")


def _check_curve(place: str, curve: Curve, *, energy: bool) -> None:
    """Raise InputError where a curve is no curve."""
    place = f"{place} at {curve.temperature - 273.15:g} degC"
    _above_zero(place, curve.temperature)
    if energy != (curve.voltage is not None):
        raise InputError(f"{place}: an energy is told at a voltage, a drop is not")
    if curve.voltage is not None:
        _above_zero(f"{place}, voltage", curve.voltage)
    if len(curve.current) != len(curve.value) or not 2 <= len(curve.current) <= LARGEST_TABLE:
        raise InputError(
            f"{place}: holds {len(curve.current)} currents and {len(curve.value)} values; as many of both, from 2 to "
            f"{LARGEST_TABLE}, are wanted"
        )
    if not all(isfinite(each) and each >= 0 for each in (*curve.current, *curve.value)):
        raise InputError(f"{place}: holds a figure that is negative or not finite; currents and values are >= 0")
    for one, next_one in pairwise(curve.current):
        if next_one <= one:
            raise InputError(f"{place}: {next_one:g} A follows {one:g} A; rising currents are wanted")


def _check_heat(place: str, heat: Foster) -> None:
    if not heat.resistance or len(heat.resistance) != len(heat.time_constant):
        raise InputError(f"{place}: holds {len(heat.resistance)} resistances and {len(heat.time_constant)} times")
    for value in (*heat.resistance, *heat.time_constant):
        if not (isfinite(value) and value >= 0):
            raise InputError(f"{place}: {value:g}; finite figures of at least 0 are wanted")
    _above_zero(place, heat.total)
