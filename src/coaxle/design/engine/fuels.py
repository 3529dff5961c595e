"""Certification fuels: what a kilogram burns, weighs and emits."""

from __future__ import annotations

from coaxle.maps import Fuel

PETROL_E10 = Fuel(
    kind="petrol",
    heating_value=8.64 * 3.6e6 / 0.7495,
    density=749.5,
    co2=0.829 / 0.273,
    source="UN GTR 15 (WLTP): E10 with 8.64 kWh/l and carbon balance FC = 0.1206/D (... + 0.273 CO2) / 100 km, "
    "0.829 the carbon share; density the middle of 743 to 756 kg/m3 (Annex 3); gives 2.276 kg CO2/l",
)
"""European reference petrol of the WLTP."""

DIESEL_B7 = Fuel(
    kind="diesel",
    heating_value=9.79 * 3.6e6 / 0.8345,
    density=834.5,
    co2=0.858 / 0.273,
    source="UN GTR 15 (WLTP): B7 with 9.79 kWh/l; 0.858 the carbon share of its carbon balance; density the middle of "
    "833 to 836 kg/m3 (Annex 3); gives 2.623 kg CO2/l",
)
"""European reference diesel of the WLTP."""

PETROL_US = Fuel(
    kind="petrol",
    heating_value=18507 * 2326.0,
    density=739.0,
    co2=0.866 / 0.273,
    source="40 CFR 600.113: the fuel to which petrol results are referred, 18,507 Btu/lb, specific gravity 0.739, "
    "carbon share 0.866 (2,421 g of carbon per gallon); gives 2.344 kg CO2/l",
)
"""United States reference petrol without ethanol, to which certified miles per gallon are referred."""

DIESEL_US = Fuel(
    kind="diesel",
    heating_value=42.6e6,
    density=847.4,
    co2=0.866 / 0.273,
    source="40 CFR 600.113: 2,778 g of carbon per gallon, carbon share 0.866; heating value 42.6 MJ/kg (low-sulphur "
    "diesel of the GREET model); gives 2.688 kg CO2/l",
)
"""United States certification diesel."""
