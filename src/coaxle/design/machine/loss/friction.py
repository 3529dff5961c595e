"""Friction of bearings and of the air that the rotor drags along."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from coaxle.numerics.arrays import Array

_GAS, _PRESSURE = 287.05, 101_325.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ball:
    """A deep-groove ball bearing: mean diameter [m], load [N], what its lubricant asks for.

    ``lubrication`` is Palmgren's f_0 (grease and oil mist 0.7 to 2, oil bath 2); ``load_factor`` his f_1.
    """

    diameter: float
    load: float
    viscosity: float
    lubrication: float = 1.5
    load_factor: float = 3e-4


def bearing_torque(ball: Ball, speed: Array) -> Array:
    """Return the friction torque (B,) [Nm] of one bearing over ``speed`` (B,) [rad/s].

    M = 1e-7 f_0 (nu n)^(2/3) d_m^3 + f_1 P d_m in N mm, mm2/s, rpm, mm, N; below nu n = 2000 the first part is
    160e-7 f_0 d_m^3 (Palmgren, Grundlagen der Wälzlagertechnik, 1964; Harris and Kotzalas, Essential Concepts of
    Bearing Technology, 2007, eq. (10.5) to (10.7)). At rest the torque is that of breaking loose.
    """
    n = np.abs(np.asarray(speed, dtype=float)) * 30 / pi
    nu, d = ball.viscosity * 1e6, ball.diameter * 1e3
    stirred = np.where(nu * n >= 2000.0, (nu * n) ** (2 / 3), 160.0)
    return np.asarray((1e-7 * ball.lubrication * stirred * d**3 + ball.load_factor * ball.load * d) * 1e-3)


def air(temperature: float) -> tuple[float, float]:
    """Return density [kg/m3] and dynamic viscosity [Pa s] of air at 1 atm and ``temperature`` [K].

    Ideal gas; Sutherland's law, 1.716e-5 Pa s at 273.15 K, S = 110.4 K (White, Viscous Fluid Flow, eq. (1-36)), for
    200 to 600 K.
    """
    viscosity = 1.716e-5 * (temperature / 273.15) ** 1.5 * (273.15 + 110.4) / (temperature + 110.4)
    return _PRESSURE / (_GAS * temperature), viscosity


def windage(
    radius: float,
    gap: float,
    length: float,
    speed: Array,
    temperature: float,
    *,
    inner: float = 0.0,
    rough: float = 1.0,
) -> Array:
    """Return the air friction (B,) [W] of a cylinder in its gap and of its two end faces.

    Parameters
    ----------
    radius, gap, length : float
        Of the rotor; between it and the bore; of the rotor [m].
    speed : (B,)
        [rad/s].
    temperature : float
        Of the air [K].
    inner : float
        Radius at which the end faces begin: the shaft's [m].
    rough : float
        Roughness: 1 smooth, 2 to 4 for open slots or salient poles.

    Notes
    -----
    Gap: rough C_M pi rho w^3 r^4 l, C_M over the Couette number Re = rho w r delta / mu in four stretches (Bilgen and
    Boulos, J. Fluids Eng. 95 (1973) 122). Faces: 1/2 C_M rho w^3 (r^5 - r_i^5), C_M = 3.87 / Re_r^0.5 below Re_r =
    rho w r^2 / mu = 3e5 and 0.146 / Re_r^0.2 above, both faces together. Saari, Thermal Analysis of High-Speed
    Induction Machines (1998), eq. (5.6) to (5.13); Pyrhönen et al. (2014), eq. (9.14) to (9.21).

    """
    density, viscosity = air(temperature)
    w = np.abs(np.asarray(speed, dtype=float))
    around = rough * gap_coefficient(density * w * radius * gap / viscosity, gap / radius)
    tip = np.maximum(density * w * radius**2 / viscosity, 1e-9)
    face = np.where(tip < 3e5, 3.87 / np.sqrt(tip), 0.146 / tip**0.2)
    return np.asarray(
        density * w**3 * (around * pi * radius**4 * length + 0.5 * face * (radius**5 - min(inner, radius) ** 5))
    )


def gap_coefficient(couette: Array, slimness: float) -> Array:
    """Return C_M of the gap over the Couette Reynolds number, for gap over radius ``slimness``."""
    re = np.maximum(np.asarray(couette, dtype=float), 1e-9)
    part = (2 * slimness) ** 0.3
    return np.asarray(
        np.select(
            [re < 64, re < 500, re < 1e4],
            [10 * part / re, 2 * part / re**0.6, 1.03 * part / re**0.5],
            0.065 * part / re**0.2,
        )
    )
