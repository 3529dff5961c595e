"""Quantities at the border: text with a unit outside, one SI float inside.

Comes in: text as people write it (``'17000 rpm'``). Goes out: an SI float, or text again.
Also here: the two marks that a field of a Design may carry, :class:`Quantity` and :class:`Name`.
Never lives here: anything that knows what a quantity is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, isfinite, pi
from typing import Annotated, Any

YEAR = 31_557_600.0
"""Seconds of a Julian year."""

# unit: (dimension, factor to SI). The first unit of a dimension is the one that coaxle shows.
UNITS: dict[str, tuple[str, float]] = {
    "kg": ("mass", 1.0),
    "g": ("mass", 1e-3),
    "t": ("mass", 1e3),
    "m": ("length", 1.0),
    "mm": ("length", 1e-3),
    "km": ("length", 1e3),
    "m2": ("area", 1.0),
    "l": ("volume", 1e-3),
    "cc": ("volume", 1e-6),
    "m3": ("volume", 1.0),
    "s": ("time", 1.0),
    "min": ("time", 60.0),
    "h": ("time", 3600.0),
    "kW": ("power", 1e3),
    "W": ("power", 1.0),
    "MW": ("power", 1e6),
    "Nm": ("torque", 1.0),
    "N": ("force", 1.0),
    "N/(m/s)": ("force per speed", 1.0),
    "N/(km/h)": ("force per speed", 3.6),
    "N/(m/s)2": ("force per speed squared", 1.0),
    "N/(km/h)2": ("force per speed squared", 12.96),
    "kWh": ("energy", 3.6e6),
    "J": ("energy", 1.0),
    "kJ": ("energy", 1e3),
    "MJ": ("energy", 1e6),
    "Wh": ("energy", 3600.0),
    "Wh/km": ("energy per length", 3.6),
    "kWh/100km": ("energy per length", 36.0),
    "J/m": ("energy per length", 1.0),
    "MJ/kg": ("energy per mass", 1e6),
    "rpm": ("angular speed", pi / 30),
    "rad/s": ("angular speed", 1.0),
    "km/h": ("speed", 1 / 3.6),
    "m/s": ("speed", 1.0),
    "mph": ("speed", 0.44704),
    "m/s2": ("acceleration", 1.0),
    "V": ("voltage", 1.0),
    "A": ("current", 1.0),
    "Ah": ("charge", 3600.0),
    "As": ("charge", 1.0),
    "mOhm": ("resistance", 1e-3),
    "Ohm": ("resistance", 1.0),
    "Hz": ("frequency", 1.0),
    "kHz": ("frequency", 1e3),
    "kgm2": ("inertia", 1.0),
    "bar": ("pressure", 1e5),
    "Pa": ("pressure", 1.0),
    "deg": ("angle", pi / 180),
    "rad": ("angle", 1.0),
    "g/s": ("mass rate", 1e-3),
    "kg/h": ("mass rate", 1 / 3600),
    "kg/s": ("mass rate", 1.0),
    "g/kWh": ("specific consumption", 1 / 3.6e9),
    "kg/J": ("specific consumption", 1.0),
    "g/km": ("emission", 1e-6),
    "kg/m": ("emission", 1.0),
    "EUR": ("money", 1.0),
    "kEUR": ("money", 1e3),
    "MEUR": ("money", 1e6),
    "EUR/a": ("money per time", 1.0 / YEAR),
    "MEUR/a": ("money per time", 1e6 / YEAR),
    "EUR/km": ("money per length", 1e-3),
    "EUR/kWh": ("money per energy", 1 / 3.6e6),
    "EUR/(g/km)": ("money per emission", 1e6),
    "1/a": ("rate", 1 / YEAR),
    "1/s": ("rate", 1.0),
    "%": ("ratio", 1e-2),
    "-": ("ratio", 1.0),
}
DIMENSIONS: tuple[str, ...] = tuple(dict.fromkeys(dimension for dimension, _ in UNITS.values()))
_QUANTITY = re.compile(r"\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*(\S+)?\s*")


def units_of(dimension: str) -> tuple[str, ...]:
    """Return the units in which ``dimension`` may be written, the preferred one first."""
    return tuple(unit for unit, (kind, _) in UNITS.items() if kind == dimension)


def parse(text: object, dimension: str) -> float:
    """Return the SI value of ``text``, which must be a quantity of ``dimension``.

    Raises
    ------
    ValueError
        Where ``text`` is no number with a unit of that dimension; the message quotes it.

    """
    wanted = units_of(dimension)
    said = " or ".join(wanted)
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise ValueError(f"{text!r} is no {dimension}; write for example '1 {wanted[0]}'")
    match = _QUANTITY.fullmatch(str(text))
    if not match:
        raise ValueError(f"'{text}' is no {dimension}; write for example '1 {wanted[0]}'")
    number, unit = match.groups()
    if unit is None:
        if dimension == "ratio":
            unit = "-"
        else:
            raise ValueError(f"{text} has no unit; {dimension} is written in {said}")
    if unit not in UNITS:
        raise ValueError(f"'{text}': '{unit}' is no unit; {dimension} is written in {said}")
    kind, factor = UNITS[unit]
    if kind != dimension:
        raise ValueError(f"'{text}' is {kind}; {dimension} is written in {said}")
    value = float(number) * factor
    if not isfinite(value):
        raise ValueError(f"'{text}' is too large a number")
    return value


def factor(unit: str, dimension: str) -> float:
    """Return the SI value of one ``unit``, as a heading names it; it must be a unit of ``dimension``.

    Raises
    ------
    ValueError
        Where it is none; the message quotes it.

    """
    said = " or ".join(units_of(dimension))
    if not unit:
        raise ValueError(f"has no unit; {dimension} is written in {said}")
    if unit not in UNITS:
        raise ValueError(f"'{unit}' is no unit; {dimension} is written in {said}")
    kind, worth = UNITS[unit]
    if kind != dimension:
        raise ValueError(f"'{unit}' is a unit of {kind}; {dimension} is written in {said}")
    return worth


def show(value: float, dimension: str, unit: str | None = None, digits: int = 6) -> str:
    """Return ``value`` [SI] as text that :func:`parse` reads back, in ``unit`` or the preferred one."""
    unit = unit or units_of(dimension)[0]
    kind, factor = UNITS[unit]
    if kind != dimension:
        raise ValueError(f"'{unit}' is a unit of {kind}, not of {dimension}")
    number = f"{value / factor:.{digits}g}"
    return number if dimension == "ratio" and unit == "-" else f"{number} {unit}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """Mark of a float field: its dimension, and its bounds in SI."""

    dimension: str
    low: float = 0.0
    high: float = inf

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Tell pydantic, where a reader uses it, how text becomes this quantity."""
        from pydantic_core import core_schema

        def read(text: object) -> float:
            value = parse(text, self.dimension)
            if not self.low <= value <= self.high:
                low, high = (
                    show(bound, self.dimension) if isfinite(bound) else "any" for bound in (self.low, self.high)
                )
                raise ValueError(f"'{text}' lies outside {low} to {high}")
            return value

        return core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """Describe the quantity to editors: text, or a bare number where it is a ratio."""
        units = units_of(self.dimension)
        if self.dimension == "ratio":
            return {"type": ["string", "number"], "description": "a ratio: a bare number or '12 %'"}
        pattern = "|".join(re.escape(unit) for unit in units)
        return {
            "type": "string",
            "pattern": rf"^\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*({pattern})\s*$",
            "description": f"{self.dimension}, in {' or '.join(units)}",
        }


@dataclass(frozen=True, slots=True)
class Name:
    """Mark of a str field: it names an entry of one of these sections of a project."""

    sections: tuple[str, ...]


Mass = Annotated[float, Quantity("mass")]
SignedMass = Annotated[float, Quantity("mass", -inf)]
Length = Annotated[float, Quantity("length")]
Area = Annotated[float, Quantity("area")]
Volume = Annotated[float, Quantity("volume")]
Time = Annotated[float, Quantity("time")]
Power = Annotated[float, Quantity("power")]
Torque = Annotated[float, Quantity("torque")]
Force = Annotated[float, Quantity("force")]
ForcePerSpeed = Annotated[float, Quantity("force per speed", -inf)]
ForcePerSpeedSquared = Annotated[float, Quantity("force per speed squared", -inf)]
Energy = Annotated[float, Quantity("energy")]
EnergyPerMass = Annotated[float, Quantity("energy per mass")]
AngularSpeed = Annotated[float, Quantity("angular speed")]
Speed = Annotated[float, Quantity("speed")]
Acceleration = Annotated[float, Quantity("acceleration")]
Voltage = Annotated[float, Quantity("voltage")]
Current = Annotated[float, Quantity("current")]
Charge = Annotated[float, Quantity("charge")]
Resistance = Annotated[float, Quantity("resistance")]
Frequency = Annotated[float, Quantity("frequency")]
Inertia = Annotated[float, Quantity("inertia")]
Angle = Annotated[float, Quantity("angle", -inf)]
Emission = Annotated[float, Quantity("emission")]
Money = Annotated[float, Quantity("money")]
MoneyPerTime = Annotated[float, Quantity("money per time")]
MoneyPerLength = Annotated[float, Quantity("money per length")]
MoneyPerEmission = Annotated[float, Quantity("money per emission")]
Rate = Annotated[float, Quantity("rate")]
Ratio = Annotated[float, Quantity("ratio")]
SignedRatio = Annotated[float, Quantity("ratio", -inf)]
Share = Annotated[float, Quantity("ratio", 0.0, 1.0)]
