"""What a label says, from what was driven: pure formulas, each with its source.

Comes in and goes out: SI figures, arrays where many (they broadcast), a consumption always as energy or volume per
distance. Miles and gallons appear only where a law is written in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coaxle.errors import UseError
from coaxle.numerics.arrays import Array

MILE = 1609.344
"""[m], international."""
GALLON = 3.785411784e-3
"""Of the United States, liquid [m3]."""
GALLON_ENERGY = 33.705e3 * 3600
"""Electric energy that counts as a gallon of petrol [J] (40 CFR 600.002: 33,705 Wh per gallon)."""
COLD_SHARE, HOT_SHARE = 0.43, 0.57
"""Weights of the cold and of the hot start in the FTP (40 CFR 1066.801, 86.144)."""
CITY_SHARE, HIGHWAY_SHARE = 0.55, 0.45
"""Weights of city and highway by distance in a combined figure (40 CFR 600.206-12, 600.210-12)."""
ELECTRIC_FACTOR = 0.7
"""From two-cycle MPGe and range to the label's (40 CFR 600.210-12); 0.70 to 0.76 for makers that drive five cycles."""


@dataclass(frozen=True, slots=True)
class FiveCycle:
    """Derived five-cycle line of the EPA: label mpg = 1 / (intercept + slope / measured mpg)."""

    intercept: float
    slope: float

    def mpg(self, measured: ArrayLike) -> Array:
        """Return the label's miles per gallon for the measured, unadjusted ones."""
        return np.asarray(1.0 / (self.intercept + self.slope / np.asarray(measured, np.float64)))


CITY, HIGHWAY = FiveCycle(0.004091, 1.1601), FiveCycle(0.003191, 1.2945)
"""Since model year 2017 (EPA guidance CD-15-15 under 40 CFR 600.210-12); fueleconomy.gov restates older cars by them.

They reproduce 99 % (city) and 97 % (highway) of its unrounded labels of 1,093 combustion cars of 2017 to 2024 to
0.05 mpg; the rest drove five cycles.
"""
CITY_2008, HIGHWAY_2008 = FiveCycle(0.003259, 1.1805), FiveCycle(0.001376, 1.3466)
"""As printed on the windows of model years 2008 to 2016 (40 CFR 600.210-08 (a)(2)(i)(B) and (ii)(B))."""


def ftp(cold: ArrayLike, hot: ArrayLike) -> Array:
    """Return what the FTP counts per distance, from the UDDS driven cold and driven hot, per distance."""
    return np.asarray(COLD_SHARE * np.asarray(cold) + HOT_SHARE * np.asarray(hot))


def two_cycle(city: ArrayLike, highway: ArrayLike) -> Array:
    """Return the combined figure per distance of FTP and HWFET, each per distance: 55 % and 45 % of the way."""
    return np.asarray(CITY_SHARE * np.asarray(city) + HIGHWAY_SHARE * np.asarray(highway))


def mpge(wall: ArrayLike) -> Array:
    """Return miles per gallon equivalent for a consumption at the wall [J/m], charging losses included."""
    return np.asarray(GALLON_ENERGY / (np.asarray(wall, np.float64) * MILE))


def mpg(fuel: ArrayLike) -> Array:
    """Return miles per gallon (US) for a fuel consumption [m3/m]."""
    return np.asarray(GALLON / (np.asarray(fuel, np.float64) * MILE))


def electric_label(city: ArrayLike, highway: ArrayLike) -> Array:
    """Return the label's combined consumption at the wall [J/m] from UDDS and HWFET at the wall [J/m].

    By the single adjustment factor; makers may drive five cycles instead, and then print less.
    """
    return two_cycle(city, highway) / ELECTRIC_FACTOR


def wltp(per_phase: ArrayLike, distance: ArrayLike) -> Array:
    """Return the combined figure per distance from those of the phases, weighted with their distances.

    UN GTR 15, Annex 6 and Annex 8: the phases of the cycle as driven, combined by the distance of each.

    Parameters
    ----------
    per_phase : (..., P)
        Consumption or emission of each phase, per distance.
    distance : (..., P)
        Of each phase [m].

    Raises
    ------
    UseError
        Where the two are of unlike length, or there is no distance.

    """
    values, weights = np.asarray(per_phase, np.float64), np.asarray(distance, np.float64)
    if values.shape[-1:] != weights.shape[-1:]:
        raise UseError(f"wltp: {values.shape[-1:]} phases but {weights.shape[-1:]} distances; one each is wanted")
    if np.any(weights < 0) or np.any(weights.sum(axis=-1) <= 0):
        raise UseError("wltp: a distance is negative, or all are zero")
    return np.asarray((values * weights).sum(axis=-1) / weights.sum(axis=-1))


def electric_range(usable: ArrayLike, drawn: ArrayLike) -> Array:
    """Return how far a charge reaches [m]: ``usable`` energy of the battery [J] over what is ``drawn`` from it [J/m].

    Both at the same place, before the battery's own losses: :attr:`coaxle.maps.BatteryMap.energy_usable` and the
    source energy of a run per distance. NaN where a run draws nothing.
    """
    drawn = np.asarray(drawn, np.float64)
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(drawn > 0, np.asarray(usable, np.float64) / drawn, np.nan))
