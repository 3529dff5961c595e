"""Figures of heat of what machines are made of and cooled with, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, slots=True)
class Solid:
    """``density`` [kg/m3], ``heat`` capacity [J/(kg K)], ``conductivity`` [W/(m K)]."""

    density: float
    heat: float
    conductivity: float


COPPER = Solid(8933.0, 385.0, 401.0)
"""Incropera et al., Fundamentals of Heat and Mass Transfer, table A.1 (pure, 300 K)."""
ALUMINIUM = Solid(2702.0, 903.0, 237.0)
"""As above (pure, 300 K): bars and end rings."""
CAST_ALUMINIUM = Solid(2680.0, 880.0, 150.0)
"""Housings: EN AC-43xxx (AlSi10Mg class) of EN 1706, informative annex: 130 to 170 W/(m K)."""
SHEET = Solid(7650.0, 460.0, 27.0)
"""Electrical steel in the plane, 3 % silicon class; as Motor-CAD's data of NO18 have it in the open ID.3 model of
TUMFTM's Holistic-Electric-Powertrain-Component-Design (doi 10.3390/wevj16020061)."""
SHAFT_STEEL = Solid(7850.0, 470.0, 45.0)
"""Carbon and low-alloy steel: EN 10088-1 and EN 1993-1-2 give 40 to 54 W/(m K) for such steels."""
MAGNET = Solid(7500.0, 460.0, 7.6)
"""Sintered NdFeB: N42EH of the same ID.3 model."""
INSULATION = Solid(1300.0, 1160.0, 0.25)
"""Slot liner of PEEK: that of the same ID.3 model."""

_PARTS = {
    "stator-yoke": SHEET,
    "stator-teeth": SHEET,
    "rotor-iron": SHEET,
    "stator-copper-active": COPPER,
    "stator-copper-end": COPPER,
    "field-copper": COPPER,
    "magnets": MAGNET,
    "cage": ALUMINIUM,
    "shaft": SHAFT_STEEL,
    "insulation": INSULATION,
}


def part(name: str) -> Solid:
    """Return what the part of a machine of this name, as ``MachineFacts.masses`` has it, is made of."""
    return _PARTS[name]


@dataclass(frozen=True, slots=True)
class Fluid:
    """``density`` [kg/m3], ``heat`` [J/(kg K)], ``conductivity`` [W/(m K)], ``viscosity`` (dynamic) [Pa s]."""

    density: float
    heat: float
    conductivity: float
    viscosity: float

    @property
    def prandtl(self) -> float:
        """Return the Prandtl number."""
        return self.viscosity * self.heat / self.conductivity


def _table(*rows: tuple[float, ...]) -> Array:
    return frozen(rows)


# Temperature [K], density, heat capacity, conductivity, viscosity.
_WATER_GLYCOL_50 = _table(
    (253.15, 1086.9, 3126.2, 0.3442, 2.287e-2),
    (273.15, 1081.1, 3203.4, 0.3638, 8.279e-3),
    (293.15, 1073.3, 3280.6, 0.3803, 3.884e-3),
    (313.15, 1063.7, 3357.8, 0.3938, 2.213e-3),
    (333.15, 1052.0, 3435.1, 0.4042, 1.435e-3),
    (353.15, 1038.5, 3512.3, 0.4115, 9.928e-4),
    (373.15, 1023.0, 3589.7, 0.4156, 6.864e-4),
)
"""Ethylene glycol in water, 50 % by volume: ASHRAE Handbook Fundamentals, as CoolProp's fit ``AEG`` gives it."""
_GEAR_OIL = _table(
    (273.0, 899.1, 1796.0, 0.147, 3.85),
    (300.0, 884.1, 1909.0, 0.145, 0.486),
    (320.0, 871.8, 1993.0, 0.143, 0.141),
    (340.0, 859.9, 2076.0, 0.139, 0.0531),
    (360.0, 847.8, 2161.0, 0.138, 0.0252),
    (380.0, 836.0, 2250.0, 0.136, 0.0141),
    (400.0, 825.1, 2337.0, 0.134, 0.00874),
)
"""Unused engine oil, Incropera et al., table A.5. Of gear oil only density (4 % less) and heat capacity are asked for,
as coefficients of oil are given and not computed."""
_AIR = _table(
    (250.0, 1.3947, 1006.0, 0.0223, 1.596e-5),
    (300.0, 1.1614, 1007.0, 0.0263, 1.846e-5),
    (350.0, 0.9950, 1009.0, 0.0300, 2.082e-5),
    (400.0, 0.8711, 1014.0, 0.0338, 2.301e-5),
    (450.0, 0.7740, 1021.0, 0.0373, 2.507e-5),
    (500.0, 0.6964, 1030.0, 0.0407, 2.701e-5),
)
"""Dry air at 1 atm: Incropera et al., table A.4."""
_FLUIDS = {"water-glycol-50": _WATER_GLYCOL_50, "gear-oil": _GEAR_OIL, "air": _AIR}


def fluid(name: str, temperature: float) -> Fluid:
    """Return ``name`` at ``temperature`` [K]: linear between the table's rows, viscosity in its logarithm over 1/T.

    Raises
    ------
    InputError
        Beyond the table.

    """
    table = _FLUIDS[name]
    if not table[0, 0] <= temperature <= table[-1, 0]:
        first, last = table[0, 0] - 273.15, table[-1, 0] - 273.15
        raise InputError(f"{name}: {temperature - 273.15:g} degC; figures reach from {first:g} to {last:g} degC")
    density, heat, conductivity = (float(np.interp(temperature, table[:, 0], table[:, k])) for k in (1, 2, 3))
    logarithm = np.interp(1 / temperature, 1 / table[::-1, 0], np.log(table[::-1, 4]))
    return Fluid(density, heat, conductivity, float(np.exp(logarithm)))
