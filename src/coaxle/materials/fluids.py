"""Oils and coolants over temperature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, log

from coaxle.errors import InputError
from coaxle.materials.tables import row, sheet

_T_15, _T_40, _T_100 = 288.15, 313.15, 373.15
_SHIFT = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Oil:
    """A gear oil.

    Parameters
    ----------
    viscosity_40, viscosity_100 : float
        Kinematic, at 40 and 100 degC [m2/s].
    density_15 : float
        At 15 degC [kg/m3].
    expansion : float
        Of volume [1/K].
    heat_capacity, conductivity : float
        [J/(kg K)]; of heat [W/(m K)].
    base : str
        ``mineral`` or ``pao``.

    """

    name: str
    viscosity_40: float
    viscosity_100: float
    density_15: float
    expansion: float
    heat_capacity: float
    conductivity: float
    base: str
    source: str

    def viscosity(self, temperature: float) -> float:
        """Return the kinematic viscosity [m2/s] at ``temperature`` [K].

        Ubbelohde-Walther: lg lg (nu + 0.7) = K - m lg T, nu in mm2/s (DIN 51563, ASTM D341; the former with 0.8),
        through the two given points. Held by both standards for oils that flow freely, about 240 to 430 K.
        """
        w_40, w_100 = (log(log(1e6 * nu + _SHIFT)) for nu in (self.viscosity_40, self.viscosity_100))
        m = (w_40 - w_100) / log(_T_100 / _T_40)
        return (exp(exp(w_40 - m * log(temperature / _T_40))) - _SHIFT) * 1e-6

    def density(self, temperature: float) -> float:
        """Return the density [kg/m3] at ``temperature`` [K]."""
        return self.density_15 * (1 - self.expansion * (temperature - _T_15))

    def dynamic_viscosity(self, temperature: float) -> float:
        """Return the dynamic viscosity [Pa s] at ``temperature`` [K]."""
        return self.viscosity(temperature) * self.density(temperature)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coolant:
    """A coolant, tabled over even temperatures.

    Parameters
    ----------
    temperatures : tuple of float
        [K].
    densities, heat_capacities, conductivities, viscosities : tuple of float
        [kg/m3], [J/(kg K)], [W/(m K)], dynamic [Pa s].

    """

    name: str
    temperatures: tuple[float, ...]
    densities: tuple[float, ...]
    heat_capacities: tuple[float, ...]
    conductivities: tuple[float, ...]
    viscosities: tuple[float, ...]
    source: str

    def density(self, temperature: float) -> float:
        """Return the density [kg/m3] at ``temperature`` [K]."""
        return self._between(self.densities, temperature)

    def heat_capacity(self, temperature: float) -> float:
        """Return the heat capacity [J/(kg K)] at ``temperature`` [K]."""
        return self._between(self.heat_capacities, temperature)

    def conductivity(self, temperature: float) -> float:
        """Return the conductivity of heat [W/(m K)] at ``temperature`` [K]."""
        return self._between(self.conductivities, temperature)

    def viscosity(self, temperature: float) -> float:
        """Return the dynamic viscosity [Pa s] at ``temperature`` [K]; its logarithm is linear between two points."""
        return exp(self._between(tuple(map(log, self.viscosities)), temperature))

    def _between(self, values: tuple[float, ...], temperature: float) -> float:
        low, high = self.temperatures[0], self.temperatures[-1]
        if not low <= temperature <= high:
            raise InputError(
                f"materials: {self.name}: {temperature - 273.15:g} degC; its table holds {low - 273.15:g} to "
                f"{high - 273.15:g} degC"
            )
        step = (high - low) / (len(values) - 1)
        at = min(int((temperature - low) / step), len(values) - 2)
        share = (temperature - low) / step - at
        return values[at] + share * (values[at + 1] - values[at])


@cache
def oil(name: str) -> Oil:
    """Return the oil ``name``, such as ``70w-75w``.

    Raises
    ------
    InputError
        Where no oil is called so; the nearest name is offered.

    """
    found = row(name, "oil")
    return Oil(
        name=name,
        viscosity_40=found.known("viscosity at 40 degC"),
        viscosity_100=found.known("viscosity at 100 degC"),
        density_15=found.known("density"),
        expansion=found.known("expansion"),
        heat_capacity=found.known("heat capacity"),
        conductivity=found.known("conductivity"),
        base=found.word("base"),
        source=" ".join(found.sheet.comments),
    )


@cache
def coolant(name: str) -> Coolant:
    """Return the coolant ``name``, such as ``water-glycol-50``.

    Raises
    ------
    InputError
        Where no coolant is called so; the nearest name is offered.

    """
    found = row(name, "coolant")
    table = sheet("coolants")
    mine = [type(found)(table, cells) for cells in table.rows if cells[0] == name]
    columns = {
        heading: tuple(each.known(heading) for each in mine)
        for heading in ("temperature", "density", "heat capacity", "conductivity", "viscosity")
    }
    return Coolant(
        name=name,
        temperatures=columns["temperature"],
        densities=columns["density"],
        heat_capacities=columns["heat capacity"],
        conductivities=columns["conductivity"],
        viscosities=columns["viscosity"],
        source=" ".join(table.comments),
    )
