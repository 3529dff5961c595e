"""Rows of the envelope: the largest torque at a voltage and speed."""

from __future__ import annotations

from math import inf

import numpy as np
from numba import njit

from coaxle.design.machine.control.kernels.point import (
    CURRENT,
    VOLTAGE,
    assess,
    duty_at,
    slip_of,
    voltage_squared,
)
from coaxle.design.machine.control.kernels.records import Axes, Duty, Goal, Lines, Machine, Source
from coaxle.design.machine.control.kernels.search import MOST_TORQUE, room, search
from coaxle.numerics.arrays import Array, Ints

BINDS = 1e-4
"""How near a limit counts as bound, of the square."""
CURRENT_BINDS, BOTH_BIND, VOLTAGE_BINDS, MAP_BINDS = 1, 2, 3, 4


@njit(cache=True, nogil=True)
def _furthest(lines: Lines, duty: Duty, z: Array, least: Array) -> bool:
    """Fill ``z`` with the samples' largest torque within the limits, ``least`` with what breaks them least."""
    m = duty.machine
    found, most, worst = False, -inf, inf
    for n in range(lines.i_d.size):
        i_d = lines.i_d[n]
        for k in range(lines.i_q.size):
            i_q, tau = lines.i_q[k], lines.tau[n, k]
            over_i = (i_d * i_d + i_q * i_q) / (m.i_max * m.i_max) - 1.0
            if over_i > 1e-12 and (found or over_i > worst):
                continue
            if found and tau <= most:
                continue
            w = m.n_p * duty.w_m + slip_of(lines.i_r[n, k], tau, m)
            u2 = voltage_squared(i_d, i_q, lines.psi_d[n, k], lines.psi_q[n, k], w, m)
            over = max(over_i, u2 / (duty.u_max * duty.u_max) - 1.0)
            if over <= 1e-12:
                found, most = True, tau
                z[0], z[1], z[2] = i_d, i_q, lines.i_f[n]
            elif over < worst:
                worst = over
                least[0], least[1], least[2] = i_d, i_q, lines.i_f[n]
    return found


@njit(cache=True, nogil=True)
def reach(
    first: int,
    last: int,
    speed: Array,
    source: Source,
    lines: Lines,
    c: Array,
    dip: Array,
    axes: Axes,
    m: Machine,
    iterations: int,
    near: float,
    z: Array,
    tau: Array,
    bound: Ints,
) -> None:
    """Fill ``z`` (V, S, 2, 3), ``tau`` and ``bound`` (V, S, 2): currents and largest torque, motoring and braking.

    Rows are voltages times speeds times two; ``c`` (S, ...) are the splines at each speed, ``dip`` (S, E) how far they
    are followed below 0. Torque is counted positive in both directions; it is infinite, and the currents those that
    break the limits least, where nothing fits.
    """
    q, inverter, least = room(c.shape[4]), np.empty(3), np.empty(3)
    for row in range(first, last):
        v, s, side = row // (2 * speed.size), row // 2 % speed.size, row % 2
        duty = duty_at(v, speed[s] if side == 0 else -speed[s], source, c[s], axes, m, inverter, dip[s])
        at = z[v, s, side]
        goal = Goal(MOST_TORQUE, 0.0, m.tau_scale, near, iterations)
        if not _furthest(lines, duty, at, least):
            at[:] = least
        reached = search(at, duty, goal, q)
        tau[v, s, side], bound[v, s, side] = inf, 0
        if reached < inf:
            assess(at, duty, q.v, q.now)
            tau[v, s, side] = -reached
            by_u, by_i = q.now[VOLTAGE, 0] > -BINDS, q.now[CURRENT, 0] > -BINDS
            if by_i:
                bound[v, s, side] = BOTH_BIND if by_u else CURRENT_BINDS
            else:
                bound[v, s, side] = VOLTAGE_BINDS if by_u else MAP_BINDS
