"""Metals that carry current."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from coaxle.materials.tables import row

_T_20 = 293.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Conductor:
    """A metal of windings or cages.

    Parameters
    ----------
    resistivity : float
        At 20 degC [Ohm m].
    coefficient : float
        Of resistivity, over its value at 20 degC [1/K].
    density : float
        [kg/m3].
    young, conductivity, heat_capacity : float
        [Pa]; of heat [W/(m K)]; [J/(kg K)].
    price : float or None
        [EUR/kg].

    """

    name: str
    resistivity: float
    coefficient: float
    density: float
    young: float
    conductivity: float
    heat_capacity: float
    price: float | None
    source: str

    def resistivity_at(self, temperature: float) -> float:
        """Return the resistivity [Ohm m] at ``temperature`` [K], linear in it; meant for 220 to 520 K."""
        return self.resistivity * self.growth(temperature)

    def growth(self, temperature: float) -> float:
        """Return resistivity at ``temperature`` [K] over that at 20 degC."""
        return 1 + self.coefficient * (temperature - _T_20)


@cache
def conductor(name: str) -> Conductor:
    """Return the metal ``name``, such as ``copper``.

    Raises
    ------
    InputError
        Where no conductor is called so; the nearest name is offered.

    """
    found = row(name, "conductor")
    return Conductor(
        name=name,
        resistivity=found.known("resistivity"),
        coefficient=found.known("coefficient"),
        density=found.known("density"),
        young=found.known("young"),
        conductivity=found.known("conductivity"),
        heat_capacity=found.known("heat capacity"),
        price=found.figure("price"),
        source=found.source,
    )
