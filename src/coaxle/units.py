"""Quantities at the border: text with a unit outside, one SI float inside.

Comes in: text as people write it (``'17000 rpm'``). Goes out: an SI float, or text again.
Also here: the two marks that a field of a Design may carry, :class:`Quantity` and :class:`Name`.
Never lives here: anything that knows what a quantity is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, isfinite, log10, pi
from typing import Annotated

YEAR = 31_557_600.0
"""Seconds of a Julian year."""

# unit: (dimension, factor to SI). The first unit of a dimension is the one that coaxle shows; one has factor 1.
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
    "J/kg": ("energy per mass", 1.0),
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
    "uH": ("inductance", 1e-6),
    "mH": ("inductance", 1e-3),
    "H": ("inductance", 1.0),
    "T": ("flux density", 1.0),
    "degC": ("temperature", 1.0),
    "K": ("temperature", 1.0),
    "W/(m2K)": ("heat transfer coefficient", 1.0),
    "W/(mK)": ("thermal conductivity", 1.0),
    "K/W": ("thermal resistance", 1.0),
    "l/min": ("volume flow", 1 / 60_000),
    "m3/s": ("volume flow", 1.0),
    "kgm2": ("inertia", 1.0),
    "bar": ("pressure", 1e5),
    "Pa": ("pressure", 1.0),
    "MPa": ("pressure", 1e6),
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
    "EUR/s": ("money per time", 1.0),
    "EUR/km": ("money per length", 1e-3),
    "EUR/m": ("money per length", 1.0),
    "EUR/kg": ("money per mass", 1.0),
    "EUR/kWh": ("money per energy", 1 / 3.6e6),
    "EUR/J": ("money per energy", 1.0),
    "EUR/(g/km)": ("money per emission", 1e6),
    "EUR/(kg/m)": ("money per emission", 1.0),
    "1/a": ("rate", 1 / YEAR),
    "1/s": ("rate", 1.0),
    "-": ("ratio", 1.0),
    "%": ("ratio", 1e-2),
}
# What stands between the zero of a unit and that of SI, in SI.
ZEROS = {"degC": 273.15}
DIMENSIONS: tuple[str, ...] = tuple(dict.fromkeys(dimension for dimension, _ in UNITS.values()))
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_QUANTITY = re.compile(rf"\s*({_NUMBER})\s*(\S+)?\s*", re.ASCII)
_SEPARATED = re.compile(r"\s*[-+]?\d+(?:[,'_ .]\d+)+(?:[eE][-+]?\d+)?\s*(?:[^\d\s]\S*)?\s*", re.ASCII)
# Signs that people type, or paste from a page, for those of the table.
_SIGNS = str.maketrans(
    {"\u2212": "-", "\u00b2": "2", "\u00b3": "3", "\u03bc": "\u00b5", "\u2126": "Ohm", "\u03a9": "Ohm", "\u20ac": "EUR"}
    | dict.fromkeys("\u00b7\u22c5", "")
    | dict.fromkeys("\u00a0\u2009\u202f", " ")
)
_OFFERED = 4
_SHIFTS = {
    unit: shift
    for unit, (_, factor) in UNITS.items()
    for shift in (round(log10(factor)),)
    if factor == float(f"1e{shift}")
}


def units_of(dimension: str) -> tuple[str, ...]:
    """Return the units in which ``dimension`` may be written, the preferred one first."""
    return tuple(unit for unit, (kind, _) in UNITS.items() if kind == dimension)


def written_in(dimension: str) -> str:
    """Return how ``dimension`` is written, for messages: ``'length is written in m, mm or km'``."""
    units = units_of(dimension)[:_OFFERED]
    said = f"{', '.join(units[:-1])} or {units[-1]}" if len(units) > 1 else units[0]
    return f"{dimension} is written in {said}" if dimension != "ratio" else "a ratio is a bare number or in %"


def quoted(text: object, longest: int = 60) -> str:
    """Return ``text`` in quotes for a message, on one line and cut where it is long."""
    said = " ".join(str(text).split())
    return f"'{said}'" if len(said) <= longest else f"'{said[: longest - 3]}...'"


def parse(text: object, dimension: str) -> float:
    """Return the SI value of ``text``, which must be a quantity of ``dimension``.

    Raises
    ------
    ValueError
        Where ``text`` is no number with a unit of that dimension; the message quotes it.

    """
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise ValueError(f"{quoted(text)} is no {dimension}; {written_in(dimension)}")
    plain = str(text).translate(_SIGNS)
    match = _QUANTITY.fullmatch(plain)
    if not match or (match[2] and match[2] not in UNITS and _SEPARATED.fullmatch(plain)):
        raise ValueError(f"{quoted(text)} {_why_not(plain, dimension)}")
    number, unit = match.groups()
    if unit is None:
        if dimension != "ratio":
            raise ValueError(f"{quoted(text)[1:-1]} has no unit; {written_in(dimension)}")
        unit = "-"
    if unit not in UNITS:
        raise ValueError(f"{quoted(text)}: {quoted(unit)} is no unit; {written_in(dimension)}")
    kind = UNITS[unit][0]
    if kind != dimension:
        raise ValueError(f"{quoted(text)} is {kind}; {written_in(dimension)}")
    value = _to_si(number, unit)
    if not isfinite(value):
        raise ValueError(f"{quoted(text)} is too large a number")
    return value


def _to_si(number: str, unit: str) -> float:
    """Return ``number`` in SI; a power of ten shifts the point, so that 2.95 % are 0.0295 to the last bit."""
    if unit in ZEROS:
        return float(number) * UNITS[unit][1] + ZEROS[unit]
    shift = _SHIFTS.get(unit)
    if shift is None or "e" in number or "E" in number:
        return float(number) * UNITS[unit][1]
    return float(f"{number}e{shift}")


def _why_not(plain: str, dimension: str) -> str:
    """Say why ``plain`` is no quantity."""
    if _SEPARATED.fullmatch(plain):
        return "has a separator in its number; write digits with at most one decimal point, such as 17000 or 0.5"
    if re.match(r"\s*[-+]?\.?(nan|inf)", plain, re.IGNORECASE):
        return f"is no finite number; {written_in(dimension)}"
    return f"is no {dimension}; {written_in(dimension)}, for example '1 {units_of(dimension)[0]}'"


def show(value: float, dimension: str, unit: str | None = None, digits: int = 6) -> str:
    """Return ``value`` [SI] as text in ``unit`` or the preferred one, rounded to ``digits``."""
    unit = unit or units_of(dimension)[0]
    kind, factor = UNITS[unit]
    if kind != dimension:
        raise ValueError(f"'{unit}' is a unit of {kind}, not of {dimension}")
    rounded = float(f"{(value - ZEROS.get(unit, 0.0)) / factor:.{digits}g}")
    number = f"{rounded:.0f}" if rounded == round(rounded, 0) and abs(rounded) < 1e15 else repr(rounded)
    return number if unit == "-" else f"{number} {unit}"


def show_shortly(value: float, dimension: str, digits: int = 6) -> str:
    """Return ``value`` [SI] rounded to ``digits``, in the unit that makes it short: ``'5 MJ'``, ``'180 MEUR'``."""
    return _handy([show(value, dimension, unit, digits) for unit in units_of(dimension)])


def show_exactly(value: float, dimension: str) -> str:
    """Return ``value`` [SI] as a short text that :func:`parse` reads back as the same float.

    Every dimension has a unit of factor 1, in which the text is exact in any case.
    """
    return _handy([text for unit in units_of(dimension) if (text := _exactly(value, dimension, unit))])


def _handy(texts: list[str]) -> str:
    """Return the first text whose number has at most two signs more than the shortest."""
    lengths = [len(text.split(" ")[0]) for text in texts]
    return next(text for text, length in zip(texts, lengths, strict=True) if length <= min(lengths) + 2)


def _exactly(value: float, dimension: str, unit: str) -> str | None:
    """Return ``value`` in ``unit`` as text that reads back as the same float, None where no text does."""
    factor = UNITS[unit][1]
    if not isfinite(value / factor):
        return None
    for digits in (*range(1, 16), 17):
        text = show(value, dimension, unit, digits)
        if "inf" not in text and _to_si(text.split(" ")[0], unit) == value:
            return text
    return None


@dataclass(frozen=True, slots=True)
class Quantity:
    """Mark of a float field: its dimension, and its bounds in SI."""

    dimension: str
    low: float = 0.0
    high: float = inf

    def read(self, text: object) -> float:
        """Return the SI value of ``text``, which must lie within the bounds.

        Raises
        ------
        ValueError
            Where ``text`` is no such quantity; the message quotes it.

        """
        value = parse(text, self.dimension)
        if self.low <= value <= self.high:
            return value
        low, high = (show(bound, self.dimension) if isfinite(bound) else "" for bound in (self.low, self.high))
        if low and high:
            raise ValueError(f"{quoted(text)} lies outside {low} to {high}")
        raise ValueError(f"{quoted(text)} lies {f'below {low}' if low else f'above {high}'}")


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
Inductance = Annotated[float, Quantity("inductance")]
FluxDensity = Annotated[float, Quantity("flux density")]
Pressure = Annotated[float, Quantity("pressure")]
Temperature = Annotated[float, Quantity("temperature")]
HeatTransfer = Annotated[float, Quantity("heat transfer coefficient")]
ThermalConductivity = Annotated[float, Quantity("thermal conductivity")]
ThermalResistance = Annotated[float, Quantity("thermal resistance")]
VolumeFlow = Annotated[float, Quantity("volume flow")]
MoneyPerMass = Annotated[float, Quantity("money per mass")]
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
