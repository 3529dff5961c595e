"""The map of a battery: open-circuit voltage and resistance over state of charge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.errors import MapError
from coaxle.maps.origin import Origin
from coaxle.maps.scalars import settle
from coaxle.numerics.arrays import Array, frozen
from coaxle.numerics.grid import is_even


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class BatteryMap:
    """What a battery gives at its terminals: ``P = U I - R I^2``, current positive when it empties.

    Parameters
    ----------
    soc : (K,)
        State of charge [-], even, from 0 to 1 of the gross charge.
    voltage : (K,)
        Open-circuit voltage of the pack [V], rising.
    resistance : (K,)
        Internal resistance of the pack for pulses of about 10 s [Ohm], > 0.
    power_max, power_min : (K,)
        Limits at the terminals [W]: discharge (>= 0) and charge (<= 0).
    charge : float
        Gross charge [As].
    soc_max, soc_min : float
        Window that the car uses [-].
    mass : float
        Of the pack [kg].
    cost : float or None
        Unit cost before transport; None where nobody said.

    Raises
    ------
    MapError
        Where an axis is uneven, a figure is not finite, or a limit has the wrong sign.

    """

    name: str
    soc: Array
    voltage: Array
    resistance: Array
    power_max: Array
    power_min: Array
    charge: float
    soc_max: float
    soc_min: float
    mass: float
    cost: float | None
    origin: Origin

    def __post_init__(self) -> None:
        for field in ("soc", "voltage", "resistance", "power_max", "power_min"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        settle(self, charge=0.0, soc_max=0.0, soc_min=0.0, mass=0.0, cost=0.0)
        if not is_even(self.soc) or self.soc[0] != 0.0 or self.soc[-1] != 1.0:
            raise MapError(f"{self.name}.soc: is not an even axis from 0 to 1")
        for field in ("voltage", "resistance", "power_max", "power_min"):
            values = getattr(self, field)
            if values.shape != self.soc.shape or not np.all(np.isfinite(values)):
                raise MapError(f"{self.name}.{field}: wants one finite figure for each of {self.soc.size} states")
        if np.any(np.diff(self.voltage) < 0) or self.voltage[0] <= 0:
            raise MapError(f"{self.name}.voltage: is positive and does not fall with the state of charge")
        if np.any(self.resistance <= 0) or np.any(self.power_max < 0) or np.any(self.power_min > 0):
            raise MapError(f"{self.name}: resistance > 0, power_max >= 0 and power_min <= 0 are wanted")
        if not 0.0 <= self.soc_min < self.soc_max <= 1.0 or self.charge <= 0:
            raise MapError(f"{self.name}: 0 <= soc_min < soc_max <= 1 and a positive charge are wanted")

    @property
    def energy_usable(self) -> float:
        """Open-circuit energy between the ends of the window that the car uses [J]."""
        states = np.linspace(self.soc_min, self.soc_max, 201)
        voltages = np.interp(states, self.soc, self.voltage)
        return float(np.trapezoid(voltages, states) * self.charge)
