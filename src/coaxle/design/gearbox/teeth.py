"""Involute teeth: what a pair of gears is, by the letters of ``docs/theory/gearbox.md``."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan, cos, pi, radians, sin, sqrt, tan

from coaxle.design.gearbox.gearbox import PlanetaryGearbox, Stage
from coaxle.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Teeth:
    """A pair of gears, lengths in m, angles in rad; of a ring gear ``u``, ``d_2`` and its kin and ``a`` are negative.

    Parameters
    ----------
    u : float
        Ratio z_2 / z_1.
    m_n, b, beta : float
        Normal module, width, helix angle at the reference circle.
    alpha_t, alpha_wt, beta_b : float
        Transverse pressure angles at the reference and at the pitch circle, helix angle at the base circle.
    d_1, d_2, d_w1, d_w2, d_b1, d_b2, d_a1, d_a2, a : float
        Diameters of reference, pitch, base and tip circles; centre distance.
    eps_alpha, eps_beta, eps_1, eps_2 : float
        Contact ratios: transverse, overlap, of the tips of pinion and wheel.
    h_v : float
        Tooth loss factor of Ohlendorf.
    rho_red : float
        Reduced radius of curvature at the pitch point.

    """

    z_1: int
    z_2: int
    u: float
    m_n: float
    b: float
    beta: float
    alpha_n: float
    x_1: float
    x_2: float
    alpha_t: float
    alpha_wt: float
    beta_b: float
    d_1: float
    d_2: float
    d_w1: float
    d_w2: float
    d_b1: float
    d_b2: float
    d_a1: float
    d_a2: float
    a: float
    eps_alpha: float
    eps_beta: float
    eps_1: float
    eps_2: float
    h_v: float
    rho_red: float


def involute(alpha: float) -> float:
    """Return tan(alpha) - alpha."""
    return tan(alpha) - alpha


def _uninvolute(value: float) -> float:
    """Return the angle whose involute is ``value`` > 0, by Newton's rule."""
    alpha = min((3 * value) ** (1 / 3), 1.2)
    for _ in range(30):
        alpha -= (involute(alpha) - value) / tan(alpha) ** 2
    return alpha


def teeth(place: str, stage: Stage) -> Teeth:
    """Return the geometry of a pair of gears with outer teeth (DIN 3960).

    Raises
    ------
    InputError
        Where the teeth cannot mesh: ``place`` says whose they are.

    """
    numbers = (stage.pinion_teeth, stage.wheel_teeth)
    shifts = (stage.pinion_shift, stage.wheel_shift)
    for name in ("pinion_teeth", "wheel_teeth"):
        if getattr(stage, name) < 6:
            raise InputError(f"{place}.{name}: {getattr(stage, name)}; at least 6 teeth are wanted")
    return _pair(place, numbers, shifts, (stage.module, stage.width, stage.helix), stage.addendum, stage.pressure_angle)


def sun_mesh(place: str, gearbox: PlanetaryGearbox) -> Teeth:
    """Return the geometry of sun and planet."""
    size = (gearbox.sun_module, gearbox.sun_width, gearbox.sun_helix)
    return _pair(f"{place}.sun", (gearbox.sun_teeth, gearbox.large_teeth), (0.0, 0.0), size, 1.0, radians(20))


def ring_mesh(place: str, gearbox: PlanetaryGearbox) -> Teeth:
    """Return the geometry of planet and ring, whose teeth stand inside."""
    size = (gearbox.ring_module, gearbox.ring_width, gearbox.ring_helix)
    return _pair(f"{place}.ring", (gearbox.small_teeth, -gearbox.ring_teeth), (0.0, 0.0), size, 1.0, radians(20))


def _pair(
    place: str,
    numbers: tuple[int, int],
    shifts: tuple[float, float],
    size: tuple[float, float, float],
    addendum: float,
    alpha_n: float,
) -> Teeth:
    (z_1, z_2), (x_1, x_2), (m_n, b, beta) = numbers, shifts, size
    if m_n <= 0 or b <= 0:
        raise InputError(f"{place}: module {m_n:g} m, width {b:g} m; both above 0 are wanted")
    if not abs(beta) < pi / 4:
        raise InputError(f"{place}.helix: {beta:g} rad; below 45 deg is wanted")
    beta = abs(beta)
    alpha_t = atan(tan(alpha_n) / cos(beta))
    beta_b = atan(tan(beta) * cos(alpha_t))
    m_t = m_n / cos(beta)
    inv_wt = involute(alpha_t) + 2 * (x_1 + x_2) / (z_1 + z_2) * tan(alpha_n)
    if inv_wt <= 0:
        raise InputError(
            f"{place}: profile shifts {x_1:g} and {x_2:g} leave no room for the teeth; larger ones are wanted"
        )
    alpha_wt = _uninvolute(inv_wt) if x_1 + x_2 else alpha_t
    a_0 = m_t * (z_1 + z_2) / 2
    a = a_0 * cos(alpha_t) / cos(alpha_wt)
    d_1, d_2 = m_t * z_1, m_t * z_2
    d_b1, d_b2 = d_1 * cos(alpha_t), d_2 * cos(alpha_t)
    d_w1, d_w2 = 2 * a / (1 + z_2 / z_1), 2 * a / (1 + z_1 / z_2)
    k = x_1 + x_2 - (a - a_0) / m_n  # shortens the tips, so that the clearance at the roots stays
    d_a1, d_a2 = d_1 + 2 * m_n * (addendum + x_1 - k), d_2 + 2 * m_n * (addendum + x_2 - k)
    if d_a1**2 <= d_b1**2 or d_a2**2 <= d_b2**2:
        raise InputError(
            f"{place}: {z_1} and {abs(z_2)} teeth; the tips lie inside the base circles, more teeth are wanted"
        )
    p_bt = pi * m_t * cos(alpha_t)
    tip_1 = 0.5 * sqrt(d_a1**2 - d_b1**2)
    tip_2 = 0.5 * sqrt(d_a2**2 - d_b2**2) * (1 if z_2 > 0 else -1)
    eps_alpha = (tip_1 + tip_2 - a * sin(alpha_wt)) / p_bt
    eps_1 = (tip_1 - 0.5 * d_b1 * tan(alpha_wt)) / p_bt
    eps_2 = eps_alpha - eps_1
    if eps_alpha < 1:
        raise InputError(f"{place}: transverse contact ratio {eps_alpha:.3g}; at least 1 is wanted")
    u = z_2 / z_1
    bracket = 1 - eps_alpha + eps_1**2 + eps_2**2
    return Teeth(
        z_1=z_1,
        z_2=z_2,
        u=u,
        m_n=m_n,
        b=b,
        beta=beta,
        alpha_n=alpha_n,
        x_1=x_1,
        x_2=x_2,
        alpha_t=alpha_t,
        alpha_wt=alpha_wt,
        beta_b=beta_b,
        d_1=d_1,
        d_2=d_2,
        d_w1=d_w1,
        d_w2=d_w2,
        d_b1=d_b1,
        d_b2=d_b2,
        d_a1=d_a1,
        d_a2=d_a2,
        a=a,
        eps_alpha=eps_alpha,
        eps_beta=b * sin(beta) / (pi * m_n),
        eps_1=eps_1,
        eps_2=eps_2,
        h_v=pi * (u + 1) / (z_1 * u * cos(beta_b)) * bracket,
        rho_red=0.5 * d_w1 * sin(alpha_wt) * u / ((u + 1) * cos(beta_b)),
    )
