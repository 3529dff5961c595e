"""What units give as computed from their geometry, beside what is published of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from coaxle.design.edu import DESIGN_UNIT, EduParts, PartsEdu, PartsSettings, Unit
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array
from coaxle.validation.parts import parts
from coaxle.validation.tables import read_table
from coaxle.workbench.units import computed, parts_of

TARGET = 0.10
"""Of every rating, relative."""
RATINGS = replace(DESIGN_UNIT, torques=5, control_torques=10)
"""The map itself is not looked at here, so its grid is coarse; the machine's field is as fine as in every map."""
HOW = ("chosen", "fitted", "blind")
NEWTON_METRES, KILOWATTS, KILOGRAMS = 1.0, 1e3, 1.0
TORQUE, POWER, LASTING = "peak torque [Nm]", "peak power [kW]", "30-minute power [kW]"
OF_UNIT, OF_MOTOR = "mass of the unit [kg]", "mass of the motor [kg]"
SCALES = {
    TORQUE: NEWTON_METRES,
    POWER: KILOWATTS,
    LASTING: KILOWATTS,
    OF_UNIT: KILOGRAMS,
    OF_MOTOR: KILOGRAMS,
}
"""SI over the unit of each quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What the parts of a unit give, without the limits of its own control.

    Parameters
    ----------
    torque, power : float
        Largest at the machine's shaft at rated voltage [Nm], [W].
    low_voltage, low_power : float
        Lowest voltage of the unit [V], and the largest power there [W].
    thirty_minutes : float
        UN Regulation No. 85, of the machine's heat alone [W].
    unit_mass, motor_mass : float
        Of the whole unit; of machine, shaft and machine housing [kg].
    limited_torque, limited_power : float
        Within the unit's own limits [Nm], [W].

    """

    torque: float
    power: float
    low_voltage: float
    low_power: float
    thirty_minutes: float
    unit_mass: float
    motor_mass: float
    limited_torque: float
    limited_power: float

    def of(self, quantity: str) -> float:
        """Return the figure that stands against a published one."""
        return {
            TORQUE: self.torque,
            POWER: self.power,
            LASTING: self.thirty_minutes,
            OF_UNIT: self.unit_mass,
            OF_MOTOR: self.motor_mass,
        }[quantity]

    def limited(self, quantity: str) -> float | None:
        """Return the figure within the unit's own limits; None where they do not touch it."""
        return {TORQUE: self.limited_torque, POWER: self.limited_power}.get(quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A published figure of a unit and the predicted one, both SI.

    Parameters
    ----------
    unit, car, quantity : str
        Name in the library, what it drives, one of ``SCALES``.
    low, high : float
        Published, from the least to the greatest of the sources.
    how : str
        One of ``HOW``: whether something was chosen or fitted so that the figure comes out.
    source : str
        Of the published figure.
    predicted : float
        Of the parts alone.
    limited : float or None
        Within the unit's own limits, where they touch this quantity.
    low_voltage, low_power : float or None
        Lowest voltage of the unit [V], and the largest power there [W].
    if_high, if_low : str
        What stands behind a prediction that is too high or too low.

    """

    unit: str
    car: str
    quantity: str
    low: float
    high: float
    how: str
    source: str
    predicted: float
    limited: float | None = None
    low_voltage: float | None = None
    low_power: float | None = None
    if_high: str = ""
    if_low: str = ""

    @property
    def error(self) -> float:
        """Return by how much the parts alone leave the published range, relative to its nearer end."""
        return self._beyond(self.predicted)

    @property
    def met(self) -> bool:
        """Return whether that error is within the target."""
        return abs(self.error) <= TARGET

    @property
    def limited_met(self) -> bool:
        """Return whether the figure within the unit's own limits is within the target; False where there is none."""
        return self.limited is not None and abs(self._beyond(self.limited)) <= TARGET

    def _beyond(self, figure: float) -> float:
        if figure > self.high:
            return figure / self.high - 1
        return min(figure / self.low - 1, 0.0)

    @property
    def explanation(self) -> str:
        """Return what stands behind the miss; empty where the target is met."""
        if self.met:
            return ""
        return self.if_high if self.error > 0 else self.if_low


Tell = Callable[[str, float], None]


def drawn(name: str) -> EduParts:
    """Return the parts of the unit ``name`` of the library.

    Raises
    ------
    InputError
        Where the unit is known by its ratings alone.

    """
    entry = parts().edus[name]
    if not isinstance(entry, PartsEdu):
        raise InputError(f"{name}: is known by its ratings alone; a unit of parts is wanted")
    return parts_of(name, entry, parts())


def abilities(given: EduParts, settings: PartsSettings = RATINGS) -> Abilities:
    """Return what the parts of a unit give when its control does not hold them back."""
    made = computed(replace(given, unit=replace(given.unit, torque_limit=None, power_limit=None)), settings)
    operation, rated = made.operation, made.operation.voltage.size // 2
    shaft = operation.torque[..., -1] - operation.drag
    limited = _limited(given, shaft[rated], operation.speed)
    return Abilities(
        torque=float(np.max(shaft[rated])),
        power=float(np.max(shaft[rated] * operation.speed)),
        low_voltage=float(operation.voltage[0]),
        low_power=float(np.max(shaft[0] * operation.speed)),
        thirty_minutes=made.endurance.thirty_minutes.power,
        unit_mass=made.bill.mass,
        motor_mass=_motor_mass(made),
        limited_torque=float(np.max(limited)),
        limited_power=float(np.max(limited * operation.speed)),
    )


def _limited(given: EduParts, torque: Array, speed: Array) -> Array:
    """Return torque at the shaft (S,) within the unit's own limits."""
    cap = np.full(speed.shape, np.inf)
    if given.unit.torque_limit is not None:
        cap = np.minimum(cap, given.unit.torque_limit)
    if given.unit.power_limit is not None:
        cap = np.minimum(cap, given.unit.power_limit / np.maximum(speed, 1e-9))
    return np.minimum(torque, cap)


def _motor_mass(unit: Unit) -> float:
    """Return the mass of the machine with its shaft and housing [kg]."""
    machine = sum(mass for part, mass in unit.facts.masses.items() if part != "punched")
    return machine + unit.parts.cooling.housing_mass


def ratings(settings: PartsSettings = RATINGS, tell: Tell | None = None) -> tuple[Rating, ...]:
    """Predict every published rating; ``tell`` hears which unit is under way.

    Raises
    ------
    InputError
        Where the table holds a quantity or a way of coming about that is not known.

    """
    table, found = read_table("unit-ratings.csv"), {}
    names = list(dict.fromkeys(table.words("unit")))
    for i, name in enumerate(names):
        if tell is not None:
            tell(name, i / len(names))
        found[name] = abilities(drawn(name), settings)
    return tuple(_rows(found))


def _rows(found: dict[str, Abilities]) -> Iterator[Rating]:
    table = read_table("unit-ratings.csv")
    low, high = table.numbers("from"), table.numbers("to")
    for i, (unit, quantity, how) in enumerate(
        zip(table.words("unit"), table.words("quantity"), table.words("how"), strict=True)
    ):
        if quantity not in SCALES or how not in HOW:
            raise InputError(
                f"{table.name}, row {i + 1}: '{quantity}', '{how}'; one of {', '.join(SCALES)} and of {', '.join(HOW)}"
            )
        yield Rating(
            unit=unit,
            car=table.words("car")[i],
            quantity=quantity,
            low=float(low[i]) * SCALES[quantity],
            high=float(high[i]) * SCALES[quantity],
            how=how,
            source=table.words("source")[i],
            predicted=found[unit].of(quantity),
            limited=found[unit].limited(quantity),
            low_voltage=found[unit].low_voltage,
            low_power=found[unit].low_power,
            if_high=table.words("high")[i],
            if_low=table.words("low")[i],
        )
