"""Rows of the search: the least loss at a voltage, speed and torque."""

from __future__ import annotations

from math import inf, pi

import numpy as np
from numba import njit

from coaxle.design.machine.control.kernels.point import duty_at, resistance, slip_of, voltage_squared
from coaxle.design.machine.control.kernels.records import Axes, Duty, Goal, Lines, Machine, Source, Table
from coaxle.design.machine.control.kernels.search import LEAST_LOSS, NO_TORQUE, room, search
from coaxle.numerics.arrays import Array, Ints

OK, BEYOND, LOST = 0, 1, 2
WITHIN = 1e-6
"""Of the envelope's torque: what lies nearer below it and is not found does not count as lost."""

FAR = 1.02
"""Times the envelope's torque: beyond it, nothing is looked for where the first look found nothing."""


@njit(cache=True, nogil=True)
def _look(
    t: int, u: float, tau: float, lines: Lines, table: Table, duty: Duty, power: Array, q_at: Array, loss: Array
) -> tuple[int, int]:
    """Fill ``loss`` and ``q_at`` (M,), i_q, of each line ``u`` of the way from level ``t`` of the table to the next.

    Return the line of least loss, or -1, and that of least breach. A line that breaks a limit or does not give torque
    ``tau`` has infinite loss. ``power`` (E,) is room.
    """
    m = duty.machine
    first = 3 if m.cage else 2
    best, nearest, worst = -1, -1, inf
    for n in range(lines.i_d.size):
        loss[n] = inf
        i_d, i_q = lines.i_d[n], table.i_q[t, n]
        q_at[n] = i_q
        if i_q < 0.0 or (u > 0.0 and table.i_q[t + 1, n] < 0.0):
            continue
        at, after = table.at[t, n], table.at[t, n]
        if u > 0.0:
            after = table.at[t + 1, n]
            i_q += u * (table.i_q[t + 1, n] - i_q)
            q_at[n] = i_q
        square = i_d * i_d + i_q * i_q
        w = m.n_p * duty.w_m + (slip_of(at[2] + u * (after[2] - at[2]), tau, m) if m.cage else 0.0)
        psi_d, psi_q = at[0] + u * (after[0] - at[0]), at[1] + u * (after[1] - at[1])
        u2 = voltage_squared(i_d, i_q, psi_d, psi_q, w, m)
        over = max(square / (m.i_max * m.i_max), u2 / (duty.u_max * duty.u_max)) - 1.0
        if over > 1e-12:
            if over < worst:
                worst, nearest = over, n
            continue
        f, i_f = abs(w) / (2.0 * pi), lines.i_f[n]
        r, _ = resistance(m.r_s, m.r_rate, f)
        total = 1.5 * r * square + (m.r_f * i_f + m.u_b) * i_f / m.eta_f
        total += duty.inverter[0] + duty.inverter[1] * np.sqrt(square) + duty.inverter[2] * square
        if m.cage:
            total += 1.5 * m.r_r * (at[2] + u * (after[2] - at[2])) ** 2
        for e in range(power.size):
            if m.cage:
                power[e] = f ** m.exponents[e]
            total += max(power[e] * (at[first + e] + u * (after[first + e] - at[first + e])), 0.0)
        loss[n] = total
        if best < 0 or total < loss[best]:
            best = n
    return best, nearest


@njit(cache=True, nogil=True)
def _apart(best: int, lines: Lines, loss: Array, f_lines: int) -> int:
    """Return the line of least loss that is no neighbour of ``best`` and lies lower than its own neighbours, or -1."""
    found, size = -1, lines.i_d.size
    for n in range(size):
        d, f = n // f_lines, n % f_lines
        if not loss[n] < inf or (abs(d - best // f_lines) <= 1 and abs(f - best % f_lines) <= 1):
            continue
        lowest = True
        for step in (-f_lines, f_lines):
            if 0 <= n + step < size and loss[n + step] < loss[n]:
                lowest = False
        if (f > 0 and loss[n - 1] < loss[n]) or (f < f_lines - 1 and loss[n + 1] < loss[n]):
            lowest = False
        if lowest and (found < 0 or loss[n] < loss[found]):
            found = n
    return found


@njit(cache=True, nogil=True)
def choose(
    first: int,
    last: int,
    speed: Array,
    torque: Array,
    of_table: Array,
    source: Source,
    lines: Lines,
    f_lines: int,
    table: Table,
    c: Array,
    dip: Array,
    axes: Axes,
    m: Machine,
    exponents: Array,
    iterations: int,
    near: float,
    edge: Array,
    edge_tau: Array,
    z: Array,
    code: Ints,
) -> None:
    """Fill ``z`` (V, S, T, 3) and ``code`` (V, S, T); rows are voltages times speeds times torques.

    ``of_table`` (V, S, T) says where the modulus of each ``torque`` (V, S, T) stands in the table, in levels, between
    which it may lie; ``exponents`` (E,) are those of the table's channels; ``edge`` and ``edge_tau`` are what ``reach``
    found.
    """
    q, inverter, power = room(c.shape[4]), np.empty(3), np.empty(exponents.size)
    loss, q_at, other, start = np.empty(lines.i_d.size), np.empty(lines.i_d.size), np.empty(3), np.empty(3)
    n_t = torque.shape[2]
    for row in range(first, last):
        v, s, t = row // (n_t * speed.size), row // n_t % speed.size, row % n_t
        k = int(of_table[v, s, t])
        side, tau, u = (1 if torque[v, s, t] < 0.0 else 0), abs(torque[v, s, t]), of_table[v, s, t] - k
        duty = duty_at(v, -speed[s] if side == 1 else speed[s], source, c[s], axes, m, inverter, dip[s])
        want = LEAST_LOSS if tau > 0.0 else NO_TORQUE
        goal = Goal(want, tau, max(tau, 1e-6 * m.tau_scale), near, iterations)
        if not m.cage:
            for e in range(exponents.size):
                power[e] = (m.n_p * speed[s] / (2.0 * pi)) ** exponents[e]
        best, nearest = _look(k, u, tau, lines, table, duty, power, q_at, loss)
        at, reached, limit = z[v, s, t], inf, edge_tau[v, s, side]
        if best >= 0:
            at[0], at[1], at[2] = lines.i_d[best], q_at[best], lines.i_f[best]
            reached = search(at, duty, goal, q)
            apart = _apart(best, lines, loss, f_lines)
            if apart >= 0:
                other[0], other[1], other[2] = lines.i_d[apart], q_at[apart], lines.i_f[apart]
                reached = _better(at, other, reached, search(other, duty, goal, q))
            if want == NO_TORQUE and loss[best] <= reached + 0.5 * duty.dip.sum():  # no gain but by a spline's dip
                at[0], at[1], at[2] = lines.i_d[best], 0.0, lines.i_f[best]
        if not reached < inf and not limit * FAR < tau:
            for way in range(2):
                if way == 0 and nearest >= 0:
                    start[0], start[1], start[2] = lines.i_d[nearest], q_at[nearest], lines.i_f[nearest]
                elif way == 1 and limit < inf:
                    start[:] = edge[v, s, side]
                    start[1] *= min(tau / max(limit, 1e-12), 1.0)
                else:
                    continue
                other[:] = start
                reached = _better(at, other, reached, search(other, duty, goal, q))
        code[v, s, t] = OK if reached < inf else (LOST if limit < inf and tau < limit * (1.0 - WITHIN) else BEYOND)


@njit(cache=True, nogil=True)
def _better(z: Array, other: Array, reached: float, by_other: float) -> float:
    """Keep the better of two in ``z``; return what it reaches."""
    if by_other < reached:
        z[:] = other
        return by_other
    return reached
