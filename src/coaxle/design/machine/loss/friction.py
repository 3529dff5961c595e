"""Friction of bearings and of the air that the rotor drags along."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from coaxle.numerics.arrays import Array

_GAS, _PRESSURE = 287.05, 101_325.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ball:
    """A deep-groove ball bearing of series 62, without contacting seals, radially loaded.

    Parameters
    ----------
    bore, outside : float
        Diameters [m].
    load : float
        Radial [N].
    viscosity : float
        Of the oil, or the grease's oil, at operating temperature [m2/s].
    greased : bool
        Grease or oil-air; else a low oil bath or jet.

    """

    bore: float
    outside: float
    load: float
    viscosity: float
    greased: bool = True


def bearing_torque(ball: Ball, speed: Array) -> Array:
    """Return the friction torque (B,) [Nm] of one bearing over ``speed`` (B,) [rad/s].

    M = phi_ish phi_rs G_rr (nu n)^0.6 + G_sl mu_sl in N mm, mm2/s, rpm, mm, N, with G_rr = 3.9e-7 d_m^1.96 F_r^0.54,
    G_sl = 3.23e-3 d_m^-0.26 F_r^(5/3), phi_ish = 1 / (1 + 1.84e-9 (n d_m)^1.28 nu^0.64), phi_rs = exp(-K_rs nu n (d+D)
    sqrt(3.1 / (2 (D-d)))), K_rs 6e-8 with grease, 3e-8 with oil, mu_sl = phi_bl 0.12 + (1 - phi_bl) 0.05, phi_bl =
    exp(-2.6e-8 (n nu)^1.4 d_m): The SKF model for calculating the frictional moment (SKF, Rolling Bearings, 2018,
    p. 133 to 140), mineral oil. Drag in a deep oil bath and rubbing seals come on top.
    """
    n = np.abs(np.asarray(speed, dtype=float)) * 30 / pi
    nu, d, outside = ball.viscosity * 1e6, ball.bore * 1e3, ball.outside * 1e3
    mean = 0.5 * (d + outside)
    inlet = 1 / (1 + 1.84e-9 * (n * mean) ** 1.28 * nu**0.64)
    starved = np.exp(-(6e-8 if ball.greased else 3e-8) * nu * n * (d + outside) * np.sqrt(3.1 / (2 * (outside - d))))
    rolling = inlet * starved * 3.9e-7 * mean**1.96 * ball.load**0.54 * (nu * n) ** 0.6
    dry = np.exp(-2.6e-8 * (n * nu) ** 1.4 * mean)
    sliding = 3.23e-3 * mean**-0.26 * ball.load ** (5 / 3) * (0.12 * dry + 0.05 * (1 - dry))
    return np.asarray((rolling + sliding) * 1e-3)


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
