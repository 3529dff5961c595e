"""Figures of each operating point: linkages, voltages, losses by part."""

from __future__ import annotations

from math import nan, pi, sqrt

import numpy as np
from numba import njit

from coaxle.design.machine.control.kernels.point import duty_at, resistance, slip_of
from coaxle.design.machine.control.kernels.records import Axes, Machine, Source
from coaxle.design.machine.control.kernels.spline import evaluate
from coaxle.numerics.arrays import Array, Ints

FIGURES = (
    "i_d",
    "i_q",
    "i_f",
    "psi_d",
    "psi_q",
    "u_d",
    "u_q",
    "current",
    "voltage",
    "power_factor",
    "frequency",
    "copper",
    "field",
    "cage",
    "iron_yoke",
    "iron_teeth",
    "iron_rotor",
    "magnet",
    "inverter",
)
"""Order of the last axis of what :func:`figures` fills."""


@njit(cache=True, nogil=True)
def figures(
    first: int,
    last: int,
    speed: Array,
    torque: Array,
    source: Source,
    c: Array,
    axes: Axes,
    m: Machine,
    z: Array,
    code: Ints,
    out: Array,
) -> None:
    """Fill ``out`` (V, S, T, 19) from currents ``z`` (V, S, T, 3), NaN where ``code`` is not 0.

    Channels of ``c`` are psi_d, psi_q, the current of the cage, iron of yoke, teeth and rotor for each exponent, and
    that of the magnets, over frequency squared. ``z`` holds the mirrored, positive i_q.
    """
    v, inverter, n_e = np.empty((4, c.shape[3])), np.empty(3), m.exponents.size
    n_t = torque.shape[2]
    for row in range(first, last):
        n, s, t = row // (n_t * speed.size), row // n_t % speed.size, row % n_t
        at = out[n, s, t]
        if code[n, s, t] != 0:
            at[:] = nan
            continue
        i_d, i_q, i_f = z[n, s, t]
        sign = -1.0 if torque[n, s, t] < 0.0 else 1.0
        duty = duty_at(n, sign * speed[s], source, c, axes, m, inverter, m.exponents)
        evaluate(c, axes, i_d, i_q, i_f, v)
        tau = 1.5 * m.n_p * (v[0, 0] * i_q - v[0, 1] * i_d)
        w = m.n_p * duty.w_m + slip_of(v[0, 2], tau, m)
        f = abs(w) / (2.0 * pi)
        r, _ = resistance(m.r_s, m.r_rate, f)
        square = i_d * i_d + i_q * i_q
        u_d, u_q = r * i_d - w * v[0, 1], r * i_q + w * v[0, 0]
        at[0], at[1], at[2] = i_d, sign * i_q, i_f
        at[3], at[4], at[5], at[6] = v[0, 0], sign * v[0, 1], u_d, sign * u_q
        at[7], at[8] = sqrt(square), sqrt(u_d * u_d + u_q * u_q)
        apparent = at[7] * at[8]
        at[9] = (u_d * i_d + u_q * i_q) / apparent if apparent > 0.0 else 0.0
        at[10], at[11] = f, 1.5 * r * square
        at[12] = (m.r_f * i_f + m.u_b) * i_f / m.eta_f
        at[13] = 1.5 * m.r_r * v[0, 2] * v[0, 2] if m.cage else 0.0
        for part in range(3):
            at[14 + part] = 0.0
            for e in range(n_e):
                at[14 + part] += f ** m.exponents[e] * v[0, 3 + part * n_e + e]
            at[14 + part] = max(at[14 + part], 0.0)
        at[17] = max(f * f * v[0, 3 + 3 * n_e], 0.0)
        at[18] = inverter[0] + inverter[1] * at[7] + inverter[2] * square
