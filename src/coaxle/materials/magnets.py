"""Permanent magnets and how heat weakens them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import pi

from coaxle.materials.tables import row

_MU_0 = 4e-7 * pi
_T_20 = 293.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Magnet:
    """A grade of permanent magnet; its recoil line is B = B_r(T) + mu_0 mu_r H down to the knee.

    Parameters
    ----------
    remanence_20, coercivity_20 : float
        B_r [T] and HcJ [A/m] at 20 degC; the latter is a positive number.
    remanence_coefficient, coercivity_coefficient : float
        Of both, over their value at 20 degC [1/K], negative where heat weakens.
    permeability : float
        Recoil permeability mu_r [-].
    squareness : float
        Field of the knee over HcJ [-].
    density, resistivity : float
        [kg/m3]; [Ohm m].
    highest_temperature : float
        Up to which the figures are given [K].
    young, conductivity, heat_capacity : float or None
        [Pa]; of heat [W/(m K)]; [J/(kg K)].
    price : float or None
        [EUR/kg].

    """

    name: str
    remanence_20: float
    remanence_coefficient: float
    permeability: float
    coercivity_20: float
    coercivity_coefficient: float
    squareness: float
    density: float
    resistivity: float
    highest_temperature: float
    young: float | None
    conductivity: float | None
    heat_capacity: float | None
    price: float | None
    source: str

    def remanence(self, temperature: float) -> float:
        """Return B_r [T] at ``temperature`` [K]."""
        return max(self.remanence_20 * (1 + self.remanence_coefficient * (temperature - _T_20)), 0.0)

    def coercivity(self, temperature: float) -> float:
        """Return HcJ [A/m] at ``temperature`` [K], a positive number."""
        return max(self.coercivity_20 * (1 + self.coercivity_coefficient * (temperature - _T_20)), 0.0)

    def knee_field(self, temperature: float) -> float:
        """Return the opposing field [A/m] at ``temperature`` [K] beyond which the magnet stays weakened."""
        return self.squareness * self.coercivity(temperature)

    def knee_flux_density(self, temperature: float) -> float:
        """Return B [T] on the recoil line at the knee; a magnet that falls below it stays weakened."""
        return self.remanence(temperature) - _MU_0 * self.permeability * self.knee_field(temperature)


@cache
def magnet(name: str) -> Magnet:
    """Return the magnet ``name``, such as ``N42UH``.

    Raises
    ------
    InputError
        Where no magnet is called so; the nearest name is offered.

    """
    found = row(name, "magnet")
    return Magnet(
        name=name,
        remanence_20=found.known("remanence"),
        remanence_coefficient=found.known("remanence coefficient"),
        permeability=found.known("permeability"),
        coercivity_20=found.known("coercivity"),
        coercivity_coefficient=found.known("coercivity coefficient"),
        squareness=found.known("squareness"),
        density=found.known("density"),
        resistivity=found.known("resistivity"),
        highest_temperature=found.known("highest temperature"),
        young=found.figure("young"),
        conductivity=found.figure("conductivity"),
        heat_capacity=found.figure("heat capacity"),
        price=found.figure("price"),
        source=found.source,
    )
