"""Rolling bearings: the figures of the SKF friction model by series, and a rule for bearings that nobody chose.

Source of the model: SKF, The SKF model for calculating the frictional moment (2018), tables of geometric constants (as
in the general catalogue 10000 EN).
"""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.design.gearbox.gearbox import Bearing
from coaxle.errors import InputError


@dataclass(frozen=True, slots=True)
class Constants:
    """Geometric constants R_1, R_2, S_1, S_2 [N, mm], geometry of starvation K_Z, sliding friction with a full film."""

    r_1: float
    r_2: float
    s_1: float
    s_2: float
    k_z: float
    mu_ehl: float


_BALL_Z, _BALL_MU = 3.1, 0.05
CONSTANTS: dict[str, Constants] = {
    "ball-160": Constants(4.3e-7, 1.7, 4.63e-3, 4.25, _BALL_Z, _BALL_MU),
    "ball-60": Constants(4.1e-7, 1.7, 3.73e-3, 14.6, _BALL_Z, _BALL_MU),
    "ball-62": Constants(3.9e-7, 1.7, 3.23e-3, 36.5, _BALL_Z, _BALL_MU),
    "ball-63": Constants(3.7e-7, 1.7, 2.84e-3, 92.8, _BALL_Z, _BALL_MU),
    "taper-302": Constants(1.76e-6, 10.9, 0.017, 2.0, 6.0, 0.002),
    "taper-320": Constants(2.38e-6, 10.9, 0.014, 2.0, 6.0, 0.002),
    "roller": Constants(1.09e-6, 0.0, 0.0015, 0.16, 5.1, 0.02),
}
"""Of rollers s_1 multiplies d_m F_r and s_2 multiplies d_m^0.9 F_a."""
BALL_IN_SYNTHETIC = 0.04
"""Sliding friction of balls with a full film of synthetic oil; in mineral oil it is 0.05."""
K_RS = 3e-8
"""Of starvation: oil bath with a low level, and oil jet."""

_BORE = (15, 17, *range(20, 101, 5))
_OUTSIDE = (32, 35, 42, 47, 55, 62, 68, 75, 80, 90, 95, 100, 110, 115, 125, 130, 140, 145, 150)
_STATIC = (
    2.85, 3.25, 4.05, 4.75, 7.35, 8.15, 10.2, 10.8, 11.4, 14.0, 15.0, 19.6, 25.0, 27.0, 31.5, 33.5, 39.0, 41.5, 44.0
)  # fmt: skip
"""Deep groove ball bearings 16002 to 16020 [mm], [kN]: SKF catalogue, as in TUMFTM's Holistic-Electric-Powertrain-
Component-Design (Apache-2.0, doi 10.3390/wevj16020061)."""


def bearing_for(place: str, shaft: float) -> Bearing:
    """Return the deep groove ball bearing of series 160 with the next larger bore than ``shaft`` [m].

    Raises
    ------
    InputError
        Above a shaft of 100 mm, where the series as known here ends.

    """
    for bore, outside, static in zip(_BORE, _OUTSIDE, _STATIC, strict=True):
        if bore * 1e-3 >= shaft:
            return Bearing(series="ball-160", bore=bore * 1e-3, outside=outside * 1e-3, static_load=static * 1e3)
    raise InputError(f"{place}.bearings: the shaft is {shaft * 1e3:.0f} mm; above 100 mm bearings are to be given")


def checked(place: str, bearing: Bearing) -> Bearing:
    """Return ``bearing`` where its figures go together.

    Raises
    ------
    InputError
        Where they do not.

    """
    if not 0 < bearing.bore < bearing.outside:
        raise InputError(
            f"{place}: bore {bearing.bore:g} m, outside {bearing.outside:g} m; 0 < bore < outside is wanted"
        )
    if bearing.series.startswith("ball") and bearing.static_load <= 0:
        raise InputError(f"{place}.static_load: {bearing.static_load:g} N; the friction of balls asks for one above 0")
    if bearing.number < 1 or bearing.thrust_factor <= 0:
        raise InputError(
            f"{place}: number {bearing.number}, thrust factor {bearing.thrust_factor:g}; above 0 are wanted"
        )
    return bearing


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a bearing stands.

    Parameters
    ----------
    driving, braking, axial : float
        Radial loads and axial load [N] per Nm of the shaft.
    speed : float
        Its own over that of the shaft.
    number : float
        Of like bearings that this stands for.
    spin : float
        Centrifugal load [N] per (rad/s)^2 of the shaft.
    dead : float
        Dead weight that it carries [N].

    """

    driving: float = 0.0
    braking: float = 0.0
    axial: float = 0.0
    speed: float = 1.0
    number: float = 1.0
    spin: float = 0.0
    dead: float = 0.0


def row(bearing: Bearing, place: Place, synthetic: bool) -> list[float]:
    """Return the bearing as the kernel reads it, in ``synthetic`` oil or mineral."""
    c = CONSTANTS[bearing.series]
    inner, outer = bearing.bore * 1e3, bearing.outside * 1e3
    d_m = 0.5 * (inner + outer)
    plus, minus, axial = place.driving, place.braking, place.axial
    ball = bearing.series.startswith("ball")
    if ball:
        a_rr, a_sl = c.r_1 * d_m**1.96, c.s_1 * d_m**-0.145
        r_2, s_2 = c.r_2, c.s_2 * d_m**1.5
    elif bearing.series.startswith("taper"):
        axial += 0.5 * max(plus, minus) / bearing.thrust_factor  # what a cone makes of a radial load
        a_rr, a_sl = c.r_1 * d_m**2.38, c.s_1 * d_m**0.82
        r_2, s_2 = c.r_2 * bearing.thrust_factor, c.s_2 * bearing.thrust_factor
    else:
        a_rr, a_sl = c.r_1 * d_m**2.41, c.s_1 * d_m
        r_2, s_2 = 0.0, c.s_2 / c.s_1 * d_m**-0.1
    k_rs = K_RS * (inner + outer) * (c.k_z / (2 * (outer - inner))) ** 0.5
    mu_ehl = BALL_IN_SYNTHETIC if ball and synthetic else c.mu_ehl
    head = [float(ball), place.speed, place.number, plus, minus, axial, bearing.preload, place.spin]
    return [*head, 1e-3 * a_rr, 1e-3 * a_sl, r_2, s_2, bearing.static_load, d_m, k_rs, mu_ehl, place.dead]
