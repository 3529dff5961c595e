"""Labels against printed ones: fueleconomy.gov (unrounded columns) and ADEME 2023."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.cycles.legal import legal
from coaxle.vehicle import label

WH_PER_MILE = 3600.0 / label.MILE

# model: unadjusted city and highway, label city and highway, combined label [mpg] (fueleconomy.gov, record number)
COMBUSTION = {
    "44181 BMW 330i 2022": (33.9488, 51.9050, 26.1349, 35.5482, 29.6705),
    "40976 BMW X5 xDrive40i 2019": (25.5054, 36.6794, 20.1713, 25.9853, 22.4296),
    "38709 Jaguar F-Type R AWD Coupe 2018": (18.3, 31.5, 14.8182, 22.5804, 17.5299),
    "38659 Jaguar XE 2018": (26.1, 43.0, 20.6019, 30.0340, 23.9925),
}
# model: unadjusted city and highway MPGe, label city and highway, combined label, kWh/100 mi combined
ELECTRIC = {
    "41054 BMW i3 2019": (177.7, 145.5, 124.39, 101.85, 113.1242, 29.7947),
    "42508 MINI Cooper SE 2020": (164.1, 143.1, 114.87, 100.17, 107.7542, 31.2795),
    "43889 Jaguar I-PACE 2021": (113.9926, 102.8212, 79.80, 71.96, 76.0705, 44.3076),
}


@pytest.mark.parametrize("model", COMBUSTION)
def test_five_cycle_lines_make_the_window_label(model: str) -> None:
    """City, highway and combined miles per gallon.

    0.001 mpg: the figures are printed to 0.0001, and the four digits of the lines hold no more.
    """
    city, highway, city_label, highway_label, combined = COMBUSTION[model]
    assert label.CITY.mpg(city) == pytest.approx(city_label, abs=1e-3)
    assert label.HIGHWAY.mpg(highway) == pytest.approx(highway_label, abs=1e-3)
    assert 1 / label.two_cycle(1 / city_label, 1 / highway_label) == pytest.approx(combined, abs=1e-4)


def test_lines_of_2008_differ() -> None:
    """The older line prints a lower highway figure for a frugal car, as its documents say (by hand: 1 / 0.0273195)."""
    assert label.HIGHWAY_2008.mpg(51.9050) == pytest.approx(36.6038, abs=1e-3)
    assert label.CITY_2008.mpg(33.9488) == pytest.approx(26.2937, abs=1e-3)


@pytest.mark.parametrize("model", ELECTRIC)
def test_electric_label_is_the_measured_one_times_seven_tenths(model: str) -> None:
    """0.2 %: the I-PACE record is a mean of variants."""
    city, highway, *_, combined, kwh = ELECTRIC[model]
    wall = [label.GALLON_ENERGY / (mpge * label.MILE) for mpge in (city, highway)]
    made = label.electric_label(*wall)
    assert label.mpge(made) == pytest.approx(combined, rel=2e-3)
    assert made * label.MILE * 100 / 3.6e6 == pytest.approx(kwh, rel=2e-3)


def test_a_gallon_of_electricity() -> None:
    """33.705 kWh per gallon: 29.7947 kWh per 100 miles read 113.1242 MPGe (i3 2019), to the digits printed."""
    assert label.mpge(29.7947 * 36e3 / label.MILE) == pytest.approx(113.1242, abs=2e-4)


# model: CO2 of the four phases and combined [g/km] (ADEME Car Labelling 2023)
PHASES = {
    "BMW 420i Coupe": (199.56, 146.04, 122.05, 134.84, 141.80),
    "MINI John Cooper Works": (211.58, 145.81, 125.87, 146.60, 148.70),
    "Range Rover LWB P530": (430.94, 245.80, 203.52, 230.40, 251.68),
    "Rolls-Royce Dawn": (672.02, 374.64, 298.09, 283.52, 358.30),
}


@pytest.mark.parametrize("model", PHASES)
def test_wltp_phases_make_the_combined_figure(model: str) -> None:
    """2e-5, the digits printed; 0.12 % for the Range Rover: each column of its record is the least of its variants."""
    *phases, combined = PHASES[model]
    made = label.wltp(phases, legal("WLTC-3b").phase_distance)
    assert made == pytest.approx(combined, rel=1.2e-3 if "Range" in model else 2e-5)


def test_ftp_weighs_cold_and_hot() -> None:
    """By hand: 0.43 * 200 + 0.57 * 180, over many cars at once."""
    np.testing.assert_allclose(label.ftp([200.0, 0.0], [180.0, 100.0]), [188.6, 57.0], rtol=1e-15)
