"""Liquids by name and air, as films and flows need them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.errors import InputError
from coaxle.materials import coolant, kind_of, oil
from coaxle.numerics.arrays import frozen


@dataclass(frozen=True, slots=True)
class Fluid:
    """``density`` [kg/m3], ``heat`` capacity [J/(kg K)], ``conductivity`` [W/(m K)], dynamic ``viscosity`` [Pa s]."""

    density: float
    heat: float
    conductivity: float
    viscosity: float

    @property
    def prandtl(self) -> float:
        """Return the Prandtl number."""
        return self.viscosity * self.heat / self.conductivity


_AIR = frozen(
    [
        (250.0, 1.3947, 1006.0, 0.0223, 1.596e-5),
        (300.0, 1.1614, 1007.0, 0.0263, 1.846e-5),
        (350.0, 0.9950, 1009.0, 0.0300, 2.082e-5),
        (400.0, 0.8711, 1014.0, 0.0338, 2.301e-5),
        (450.0, 0.7740, 1021.0, 0.0373, 2.507e-5),
        (500.0, 0.6964, 1030.0, 0.0407, 2.701e-5),
    ]
)
"""Dry air at 1 atm by temperature [K], in the order of :class:`Fluid`: Incropera et al., Fundamentals of Heat and Mass
Transfer, table A.4."""


def air(temperature: float) -> Fluid:
    """Return air at ``temperature`` [K], linear between the table's rows.

    Raises
    ------
    InputError
        Beyond 250 to 500 K.

    """
    if not _AIR[0, 0] <= temperature <= _AIR[-1, 0]:
        raise InputError(f"air: {temperature:g} K; 250 to 500 K are wanted")
    return Fluid(*(float(np.interp(temperature, _AIR[:, 0], _AIR[:, k])) for k in range(1, 5)))


def liquid(name: str, temperature: float) -> Fluid:
    """Return the coolant or oil ``name`` of ``coaxle.materials`` at ``temperature`` [K].

    Raises
    ------
    InputError
        Where nothing is called so, or beyond its table.

    """
    if kind_of(name) == "oil":
        found = oil(name)
        density = found.density(temperature)
        return Fluid(density, found.heat_capacity, found.conductivity, found.dynamic_viscosity(temperature))
    water = coolant(name)
    return Fluid(
        water.density(temperature),
        water.heat_capacity(temperature),
        water.conductivity(temperature),
        water.viscosity(temperature),
    )
