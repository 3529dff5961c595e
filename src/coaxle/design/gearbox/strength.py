"""Load capacity of the teeth: pitting and bending after DIN 3990 (ISO 6336), letters as there."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, cos, pi, sin, sqrt, tan

from coaxle.design.gearbox.gearbox import Gearbox, PlanetaryGearbox, ratio
from coaxle.design.gearbox.teeth import Teeth, involute
from coaxle.design.gearbox.train import meshes
from coaxle.materials import oil

Z_E = 189.8
"""Elasticity of steel on steel [sqrt(N/mm2)]."""
H_FP = 1.25
"""Depth of the roots over the module, of the rack that makes the teeth (ISO 53)."""
K_1 = {5: (7.5, 6.7), 6: (14.9, 13.3), 7: (26.8, 23.9), 8: (39.1, 34.8)}
"""Of the dynamic factor by gear quality: straight, helical teeth (ISO 6336-1, method C, table 8)."""
K_2 = (0.0193, 0.0087)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthSettings:
    """How the teeth are loaded, of what they are made, how well they are cut.

    Parameters
    ----------
    application, face_contact, face_bending, transverse, planet_sharing : float
        K_A, K_H_beta, K_F_beta, K_H_alpha = K_F_alpha, and what the worst planet carries over its share.
    contact_limit, bending_limit : float
        sigma_H_lim and sigma_F_lim [Pa]; of case-hardened 16MnCr5.
    fillet : float
        Radius of the fillet of the rack that makes the teeth, over the module: 0.38 in ISO 53, profile A.
    roughness : float
        R_z of the flanks [m].
    quality : int
        Of the teeth, 5 to 8 (DIN 3962).

    """

    application: float = 1.0
    face_contact: float = 1.15
    face_bending: float = 1.12
    transverse: float = 1.0
    planet_sharing: float = 1.1
    contact_limit: float = 1500e6
    bending_limit: float = 430e6
    fillet: float = 0.38
    roughness: float = 3e-6
    quality: int = 6


_STANDARD = StrengthSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What a pair of gears bears, each for pinion and wheel; of a ring gear bending is not computed (None).

    Parameters
    ----------
    contact, root : tuple
        Stresses sigma_H and sigma_F [Pa].
    pitting, bending : tuple
        Safety factors S_H and S_F against endurance, sigma_HG / sigma_H and sigma_FG / sigma_F.

    """

    contact: tuple[float, float]
    root: tuple[float, float | None]
    pitting: tuple[float, float]
    bending: tuple[float, float | None]


def capacity(
    gearbox: Gearbox, torque: float, speed: float, settings: StrengthSettings = _STANDARD
) -> tuple[Capacity, ...]:
    """Return what each mesh bears at a torque [Nm] and a speed [rad/s] of the input shaft, from the machine on.

    For endurance: a passenger car meets its peak torque far less often, so a safety below 1 at peak is not yet a fault.
    """
    nu_40 = 1e6 * oil(gearbox.oil).viscosity_40
    found = []
    if isinstance(gearbox, PlanetaryGearbox):
        sun, ring = meshes(gearbox)
        i, share = ratio(gearbox), settings.planet_sharing / gearbox.planets
        on_planet = torque * gearbox.large_teeth / gearbox.sun_teeth * share
        slower = 1 - 1 / i
        found.append(_capacity(sun, torque * share, speed * slower, nu_40, settings))
        spin = speed / i * (i - 1) * gearbox.sun_teeth / gearbox.large_teeth
        found.append(_capacity(ring, on_planet, spin, nu_40, settings))
        return tuple(found)
    for pair in meshes(gearbox):
        found.append(_capacity(pair, torque, speed, nu_40, settings))
        torque, speed = torque * pair.u, speed / pair.u
    return tuple(found)


def _capacity(t: Teeth, torque: float, speed: float, nu_40: float, s: StrengthSettings) -> Capacity:
    f_t = 2 * abs(torque) / t.d_1
    v = abs(speed) * t.d_1 / 2
    k_v = dynamic_factor(t, f_t, v, s)
    sigma_h0 = contact_stress(t, f_t)
    k_h = sqrt(s.application * k_v * s.face_contact * s.transverse)
    sigma_h = (single_contact(t, True) * sigma_h0 * k_h, single_contact(t, False) * sigma_h0 * k_h)
    limit = s.contact_limit * film_factors(t, v, nu_40, s.roughness, s.contact_limit)
    k_f = s.application * k_v * s.face_bending * s.transverse
    root = tuple(sigma * k_f if sigma else None for sigma in root_stresses(t, f_t, s.fillet))
    bearable = _bearable(t, s)
    safety = tuple(
        None if sigma is None or limit_f is None else limit_f / sigma
        for sigma, limit_f in zip(root, bearable, strict=True)
    )
    return Capacity(
        contact=sigma_h,
        root=(root[0] or 0.0, root[1]),
        pitting=(limit / sigma_h[0], limit / sigma_h[1]),
        bending=(safety[0] or 0.0, safety[1]),
    )


def contact_stress(t: Teeth, f_t: float) -> float:
    """Return the nominal contact stress sigma_H0 [Pa] at the pitch point for a tangential force ``f_t`` [N].

    Z_H Z_E Z_eps Z_beta sqrt(F_t / (d_1 b) (u + 1) / u), DIN 3990-2.
    """
    z_h = sqrt(2 * cos(t.beta_b) * cos(t.alpha_wt) / (cos(t.alpha_t) ** 2 * sin(t.alpha_wt)))
    overlap = min(t.eps_beta, 1.0)
    z_eps = sqrt((4 - t.eps_alpha) / 3 * (1 - overlap) + overlap / t.eps_alpha)
    z_beta = sqrt(cos(t.beta))
    return 1e6 * z_h * Z_E * z_eps * z_beta * sqrt(f_t / (t.d_1 * t.b * 1e6) * (t.u + 1) / t.u)


def single_contact(t: Teeth, pinion: bool) -> float:
    """Return Z_B or Z_D: contact stress at the inner point of single contact over that at the pitch point, >= 1."""
    if t.u < 0:
        return 1.0
    first = (sqrt(t.d_a1**2 / t.d_b1**2 - 1), 2 * pi / t.z_1)
    second = (sqrt(t.d_a2**2 / t.d_b2**2 - 1), 2 * pi / t.z_2)
    one, other = (first, second) if pinion else (second, first)
    product = (one[0] - one[1]) * (other[0] - (t.eps_alpha - 1) * other[1])
    if product <= 0:
        return 1.0
    m = max(1.0, tan(t.alpha_wt) / sqrt(product))
    return m - min(t.eps_beta, 1.0) * (m - 1)


def film_factors(t: Teeth, v: float, nu_40: float, r_z: float, limit: float) -> float:
    """Return Z_L Z_V Z_R: oil of ``nu_40`` [mm2/s], speed ``v`` [m/s], roughness ``r_z`` [m] (DIN 3990-2)."""
    hard = min(max(limit * 1e-6, 850.0), 1200.0)
    c_zl = (hard - 850) / 350 * 0.08 + 0.83
    z_l = c_zl + 4 * (1 - c_zl) / (1.2 + 134 / nu_40) ** 2
    c_zv = c_zl + 0.02
    z_v = c_zv + 2 * (1 - c_zv) / sqrt(0.8 + 32 / v) if v > 0 else c_zv
    z_r = (3 / (r_z * 1e6 * (10 / (abs(t.rho_red) * 1e3)) ** (1 / 3))) ** (0.32 - 0.0002 * hard)
    return z_l * z_v * z_r


def dynamic_factor(t: Teeth, f_t: float, v: float, s: StrengthSettings) -> float:
    """Return K_V after ISO 6336-1, method C: below resonance, for quality 5 to 8."""
    helical = min(t.eps_beta, 1.0)
    load = max(s.application * f_t / (t.b * 1e3), 100.0)
    reference = t.z_1 * v / 100 * sqrt(t.u**2 / (1 + t.u**2))
    k_3 = 2.0 if reference <= 0.2 else max(2.071 - 0.357 * reference, 1.0)
    straight, slanted = (1 + (K_1[s.quality][kind] / load + K_2[kind]) * reference * k_3 for kind in (0, 1))
    return straight - helical * (straight - slanted)


def root_stresses(t: Teeth, f_t: float, rho_fp: float) -> tuple[float, float | None]:
    """Return the nominal root stresses sigma_F0 [Pa] of pinion and wheel (DIN 3990-3, method B).

    F_t / (b m_n) Y_F Y_S Y_beta with the load at the outer point of single contact.
    """
    y_beta = helix_factor(t)
    plain = f_t / (t.b * t.m_n) * y_beta
    y_f, y_s, _ = root_form(t, True, rho_fp)
    first = plain * y_f * y_s
    if t.z_2 < 0:
        return first, None
    y_f, y_s, _ = root_form(t, False, rho_fp)
    return first, plain * y_f * y_s


def helix_factor(t: Teeth) -> float:
    """Return Y_beta = 1 - eps_beta beta / 120 deg, both cut off at 1 and 30 deg."""
    return 1 - min(t.eps_beta, 1.0) * min(t.beta, pi / 6) / (2 * pi / 3)


def root_form(t: Teeth, pinion: bool, rho_fp: float) -> tuple[float, float, float]:
    """Return form factor Y_F, stress correction Y_S and notch parameter q_s of an outer gear (ISO 6336-3).

    The root section is where a tangent of 30 deg touches the fillet; its angle comes from a fixed point.
    """
    z, x, d, d_a = (t.z_1, t.x_1, t.d_1, t.d_a1) if pinion else (t.z_2, t.x_2, t.d_2, t.d_a2)
    z_n = z / (cos(t.beta_b) ** 2 * cos(t.beta))
    eps_n = t.eps_alpha / cos(t.beta_b) ** 2
    e = pi / 4 - H_FP * tan(t.alpha_n) - (1 - sin(t.alpha_n)) * rho_fp / cos(t.alpha_n)
    g = rho_fp - H_FP + x
    h = 2 / z_n * (pi / 2 - e) - pi / 3
    theta = pi / 6
    for _ in range(60):
        theta = 2 * g / z_n * tan(theta) - h
    s_fn = z_n * sin(pi / 3 - theta) + sqrt(3) * (g / cos(theta) - rho_fp)
    rho_f = rho_fp + 2 * g * g / (cos(theta) * (z_n * cos(theta) ** 2 - 2 * g))
    d_n = z_n
    d_bn = d_n * cos(t.alpha_n)
    d_an = d_n + (d_a - d) / t.m_n
    reach = sqrt((d_an / 2) ** 2 - (d_bn / 2) ** 2) - pi * cos(t.alpha_n) * (eps_n - 1)
    d_en = 2 * sqrt(reach**2 + (d_bn / 2) ** 2)
    alpha_en = acos(d_bn / d_en)
    gamma_e = (pi / 2 + 2 * x * tan(t.alpha_n)) / z_n + involute(t.alpha_n) - involute(alpha_en)
    alpha_fen = alpha_en - gamma_e
    lever = (cos(gamma_e) - sin(gamma_e) * tan(alpha_fen)) * d_en
    h_f = 0.5 * (lever - z_n * cos(pi / 3 - theta) - (g / cos(theta) - rho_fp))
    y_f = 6 * h_f * cos(alpha_fen) / (s_fn**2 * cos(t.alpha_n))
    slender = s_fn / h_f
    q_s = s_fn / (2 * rho_f)
    y_s = (1.2 + 0.13 * slender) * q_s ** (1 / (1.21 + 2.3 / slender))
    return y_f, y_s, q_s


def _bearable(t: Teeth, s: StrengthSettings) -> tuple[float, float | None]:
    """Return sigma_FG [Pa] of pinion and wheel: sigma_F_lim Y_ST Y_delta_rel_T Y_R_rel_T of a case-hardened steel."""
    y_st, slip = 2.0, 0.003
    y_r = 1.674 - 0.529 * (s.roughness * 1e6 + 1) ** 0.1
    bearable: list[float | None] = []
    for pinion in (True, False):
        if not pinion and t.z_2 < 0:
            bearable.append(None)
            continue
        q_s = root_form(t, pinion, s.fillet)[2]
        y_delta = (1 + sqrt(slip * 0.2 * (1 + 2 * q_s))) / (1 + sqrt(slip * 0.2 * (1 + 2 * 2.5)))
        bearable.append(s.bending_limit * y_st * y_delta * y_r)
    return bearable[0] or 0.0, bearable[1]
