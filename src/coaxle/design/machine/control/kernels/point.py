"""Loss, torque and what is left of the limits at given currents, with slopes."""

from __future__ import annotations

from math import pi, sqrt

from numba import njit

from coaxle.design.machine.control.kernels.records import Axes, Duty, Machine, Source
from coaxle.design.machine.control.kernels.spline import evaluate
from coaxle.numerics.arrays import Array

LOSS, TORQUE, VOLTAGE, CURRENT = 0, 1, 2, 3
"""Rows of what :func:`assess` fills: loss [W], torque [Nm], u^2 / u_max^2 - 1, i^2 / i_max^2 - 1."""
SMALL = 1e-4
"""Of the largest current: below it the modulus of the current is rounded off, which has no slope at 0."""


@njit(inline="always")
def resistance(r_s: Array, rate: float, f: float) -> tuple[float, float]:
    """Return the phase resistance at frequency ``f`` >= 0, and its slope; beyond the table, its last value."""
    cells = r_s.size - 1
    position = f * rate
    if position >= cells:
        return r_s[cells], 0.0
    k = int(position)
    slope = r_s[k + 1] - r_s[k]
    return r_s[k] + slope * (position - k), slope * rate


@njit(inline="always")
def above_zero(x: float, dip: float) -> tuple[float, float]:
    """Return ``x`` and its slope where it is positive; below, bent to level off at -``dip`` / 2, without a kink.

    A spline that comes near 0 may dip below it; a kink there would stop the descent.
    """
    if x >= 0.0:
        return x, 1.0
    if x <= -dip:
        return -0.5 * dip, 0.0
    return x + 0.5 * x * x / dip, 1.0 + x / dip


@njit(cache=True, nogil=True)
def assess(z: Array, duty: Duty, v: Array, out: Array) -> None:
    """Fill ``out`` (4, 4): rows as :data:`LOSS` ff., columns value and slopes by i_d, i_q, i_f.

    ``z`` (3,) are these currents; ``v`` (4, C) is room for the splines' channels.
    """
    evaluate(duty.c, duty.axes, z[0], z[1], z[2], v)
    m, inverter, u_max = duty.machine, duty.inverter, duty.u_max
    i_d, i_q, i_f, n_p = z[0], z[1], z[2], m.n_p
    psi_d, psi_q = v[0, 0], v[0, 1]
    square = i_d * i_d + i_q * i_q
    k_t = 1.5 * n_p
    out[1, 0] = k_t * (psi_d * i_q - psi_q * i_d)
    out[1, 1] = k_t * (v[1, 0] * i_q - v[1, 1] * i_d - psi_q)
    out[1, 2] = k_t * (v[2, 0] * i_q - v[2, 1] * i_d + psi_d)
    out[1, 3] = k_t * (v[3, 0] * i_q - v[3, 1] * i_d)

    w, n0 = n_p * duty.w_m, 2
    cage, slip = 0.0, False
    if m.cage:
        n0 = 3
        cage = 1.5 * m.r_r * v[0, 2] * v[0, 2]
        slip = out[1, 0] > 1e-9 * m.tau_scale
        if slip:
            w += n_p * cage / out[1, 0]
    f = abs(w) / (2.0 * pi)
    r, r_slope = resistance(m.r_s, m.r_rate, f)

    iron, iron_slope = 0.0, 0.0
    for e in range(m.exponents.size):
        power = f ** m.exponents[e] if m.cage else 1.0
        loss, share = above_zero(v[0, n0 + e], duty.dip[e])
        iron += power * loss
        v[0, n0 + e] = power * share
        if slip and f > 0.0:
            iron_slope += m.exponents[e] * power / f * loss

    modulus = sqrt(square + (SMALL * m.i_max) ** 2)
    excitation = (m.r_f * i_f + m.u_b) * i_f / m.eta_f
    out[0, 0] = 1.5 * r * square + excitation + cage + iron
    out[0, 0] += inverter[0] + inverter[1] * (modulus - SMALL * m.i_max) + inverter[2] * square
    u_d, u_q = r * i_d - w * psi_q, r * i_q + w * psi_d
    per_u, per_i = 1.0 / (u_max * u_max), 1.0 / (m.i_max * m.i_max)
    out[2, 0] = (u_d * u_d + u_q * u_q) * per_u - 1.0
    out[3, 0] = square * per_i - 1.0
    for k in range(1, 4):
        x = i_d if k == 1 else (i_q if k == 2 else 0.0)
        w_k = r_k = cage_k = 0.0
        if m.cage:
            cage_k = 3.0 * m.r_r * v[0, 2] * v[k, 2]
            if slip:
                w_k = n_p * (cage_k - cage * out[1, k] / out[1, 0]) / out[1, 0]
                f_k = w_k / (2.0 * pi) if w >= 0.0 else -w_k / (2.0 * pi)
                r_k = r_slope * f_k
                out[0, k] = iron_slope * f_k
            else:
                out[0, k] = 0.0
        else:
            out[0, k] = 0.0
        for e in range(m.exponents.size):
            out[0, k] += v[k, n0 + e] * v[0, n0 + e]
        out[0, k] += 3.0 * r * x + 1.5 * r_k * square + cage_k
        out[0, k] += inverter[1] * x / modulus + 2.0 * inverter[2] * x
        if k == 3:
            out[0, k] += (2.0 * m.r_f * i_f + m.u_b) / m.eta_f
        a = r_k * i_d + (r if k == 1 else 0.0) - w_k * psi_q - w * v[k, 1]
        b = r_k * i_q + (r if k == 2 else 0.0) + w_k * psi_d + w * v[k, 0]
        out[2, k] = 2.0 * (u_d * a + u_q * b) * per_u
        out[3, k] = 2.0 * x * per_i


@njit(cache=True, nogil=True)
def duty_at(v: int, w_m: float, source: Source, c: Array, axes: Axes, m: Machine, inverter: Array, dip: Array) -> Duty:
    """Return the duty at voltage ``v`` and speed ``w_m``; ``inverter`` (3,) is filled and kept by it."""
    inverter[0], inverter[1], inverter[2] = source.constant[v], source.linear[v], source.square[v]
    return Duty(w_m, source.u_max[v], inverter, c, dip, axes, m)


@njit(cache=True, nogil=True)
def voltage_squared(i_d: float, i_q: float, psi_d: float, psi_q: float, w: float, m: Machine) -> float:
    """Return the square of the phase voltage at electrical speed ``w``."""
    r, _ = resistance(m.r_s, m.r_rate, abs(w) / (2.0 * pi))
    u_d, u_q = r * i_d - w * psi_q, r * i_q + w * psi_d
    return u_d * u_d + u_q * u_q


@njit(cache=True, nogil=True)
def slip_of(i_r: float, tau: float, m: Machine) -> float:
    """Return the slip (electrical, rad/s) at which the cage loses what its current says."""
    if not m.cage or tau <= 1e-9 * m.tau_scale:
        return 0.0
    return m.n_p * 1.5 * m.r_r * i_r * i_r / tau
