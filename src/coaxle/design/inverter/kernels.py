"""Averages over one turn of the voltage and the junction temperatures that belong to them: numbers only.

Comes in: operating points (N,), a device and a modulation as arrays. Goes out: losses by part, a code a row.
Drops and energies are those of one module; i_hat is the current of all modules of a switch.
"""

from __future__ import annotations

from math import acos, ceil, nan, pi, sin, sqrt
from typing import Any

import numpy as np
from numba import njit

OK, VOLTAGE, CURRENT, BLOCKING, HOT = 0, 1, 2, 3, 4
"""How a row ended, as coaxle.design.inverter.average.Limit."""

# Columns of a row of losses.
SWITCH, DIODE, SWITCHING, RECOVERY, DEAD, CAPACITOR, RIPPLE, T_SWITCH, T_DIODE = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""Six times conduction, switching, recovery, dead time [W]; capacitor [W]; ripple, rms [A]; junctions [K]."""
COLUMNS = 9

# Columns of drops (nT, nI, 3) and energies (nV, nT, nI, 3).
V_SWITCH, V_BACK, V_OFF = 0, 1, 2
"""Of the switch; of what carries the current back while its gate is on, and while it is off [V]."""
E_ON, E_OFF, E_REC = 0, 1, 2

# Places in the figures of an inverter with its device.
MODULES, F_SW, T_DEAD, ESR, R_SWITCH, R_DIODE, ONE_CHIP, M_END, I_END, U_END, STEP, K_SWITCH, K_DIODE = range(13)
FIGURES = 13

# Places in a modulation given as (figures, offset and slope (2, K), nodes (W, K + 4)).
LINEAR_END, START_PAUSE = 0, 1
ORDERS = 4
INNER, OUTER, SQUARE, DOUBLE = ORDERS, ORDERS + 1, ORDERS + 2, ORDERS + 3

# Columns of the scratch (nT, 6 + 3 nV).
P_T, P_D, P_DEAD, P_SWITCH, P_REC, E_LAST, SUMS = 0, 1, 2, 3, 4, 5, 6

_X, _W = np.polynomial.legendre.leggauss(8)
GAUSS_X = 0.5 * (_X + 1.0)
GAUSS_W = 0.5 * _W
QUARTER_SIN = np.sin(0.5 * pi * GAUSS_X)
QUARTER_W = 0.5 * pi * GAUSS_W
QUARTER_ORDERS = np.array([[np.sin(k * 0.5 * pi * x) for x in GAUSS_X] for k in (3, 5, 7, 9)])
SIX_STEP = 4 / pi
THROUGH = 1e-9
"""By how much a share may pass its limit, for rounding."""


@njit(cache=True, nogil=True)
def shape(M: Any, cos_phi: Any, wave: Any, m: Any, extra: Any) -> Any:
    """Fill m (8,) with the even part of the reference at the Gauss angles of the current; return whether it is cut off.

    ``extra`` (4,) gets inner, outer, square and double. Beyond the linear range square + double cos(2 phi) is the mean
    square of the DC-link current over I^2; within it both are unused.
    """
    figures, line, nodes = wave
    end = figures[LINEAR_END]
    k = 0
    share = 0.0
    beyond = end < M
    if beyond:
        place = (M - end) / (SIX_STEP - end) * (nodes.shape[0] - 1)
        k = min(int(place), nodes.shape[0] - 2)
        share = place - k
    for j in range(8):
        m[j] = M * cos_phi * QUARTER_SIN[j]
    double = 4 * cos_phi * cos_phi - 2
    before, now = cos_phi, cos_phi
    for order in range(ORDERS):
        # cos((k + 2) phi) = 2 cos(2 phi) cos(k phi) - cos((k - 2) phi); the first step starts from cos(-phi)
        before, now = now, double * now - before
        if beyond:
            M_k = nodes[k, order] + share * (nodes[k + 1, order] - nodes[k, order])
        else:
            M_k = line[0, order] + line[1, order] * M
        for j in range(8):
            m[j] += M_k * now * QUARTER_ORDERS[order, j]
    extra[0] = 0.0
    extra[1] = figures[START_PAUSE]
    if beyond:
        for column in range(4):
            a, b = nodes[k, INNER + column], nodes[k + 1, INNER + column]
            extra[column] = a + share * (b - a)
    return beyond


@njit(cache=True, nogil=True)
def panel(start: Any, end: Any, at: Any, first: Any) -> Any:
    """Fill 16 places of at with abs(sin) and weights from ``start`` to ``end``, cut where the sine is 0."""
    middle = 0.5 * (start + end)
    zero = pi * ceil(start / pi)
    if start < zero < end:
        middle = zero
    for j in range(8):
        at[0, first + j] = abs(sin(start + (middle - start) * GAUSS_X[j]))
        at[1, first + j] = (middle - start) * GAUSS_W[j]
        at[0, first + j + 8] = abs(sin(middle + (end - middle) * GAUSS_X[j]))
        at[1, first + j + 8] = (end - middle) * GAUSS_W[j]
    return first + 16


@njit(cache=True, nogil=True)
def angles(inner: Any, outer: Any, cos_phi: Any, at: Any) -> Any:
    """Fill at (2, 32) with abs(sin) and weights of the current's angles, over half a turn, at which a leg switches."""
    if outer <= inner:
        for j in range(8):
            at[0, j] = QUARTER_SIN[j]
            at[1, j] = 2 * QUARTER_W[j]
        return 8
    peak = 0.5 * pi - acos(min(max(cos_phi, -1.0), 1.0))
    count = panel(peak + outer, peak + pi - outer, at, 0)
    if inner > 0.0:
        count = panel(peak - inner, peak + inner, at, count)
    return count


@njit(cache=True, nogil=True)
def locate(i: Any, step: Any, last: Any) -> Any:
    """Return the interval of an even axis from 0 and the share of it."""
    place = i / step
    k = min(int(place), last - 1)
    return k, place - k


@njit(cache=True, nogil=True)
def conduct(i_hat: Any, m: Any, step: Any, drops: Any, work: Any) -> None:
    """Average the drops of one switch and one diode over the half wave of the current, at each temperature."""
    for t in range(drops.shape[0]):
        work[t, P_T] = 0.0
        work[t, P_D] = 0.0
    for j in range(8):
        i = i_hat * QUARTER_SIN[j]
        k, share = locate(i, step, drops.shape[1] - 1)
        on = QUARTER_W[j] * i * (1 + m[j]) / (2 * pi)
        off = QUARTER_W[j] * i * (1 - m[j]) / (2 * pi)
        for t in range(drops.shape[0]):
            a, b = drops[t, k], drops[t, k + 1]
            work[t, P_T] += on * (a[V_SWITCH] + share * (b[V_SWITCH] - a[V_SWITCH]))
            work[t, P_D] += off * (a[V_BACK] + share * (b[V_BACK] - a[V_BACK]))
    # in six-step a switch or a diode may be on for no time at all, which a few harmonics meet on either side
    for t in range(drops.shape[0]):
        work[t, P_T] = max(work[t, P_T], 0.0)
        work[t, P_D] = max(work[t, P_D], 0.0)


@njit(cache=True, nogil=True)
def switch(i_hat: Any, at: Any, step: Any, drops: Any, energies: Any, work: Any) -> None:
    """Sum energies and what the body diode adds in the dead time over the angles at which a leg switches."""
    kinds = energies.shape[0]
    for t in range(drops.shape[0]):
        work[t, P_DEAD] = 0.0
        for column in range(3 * kinds):
            work[t, SUMS + column] = 0.0
    for j in range(at.shape[1]):
        i = i_hat * at[0, j]
        k, share = locate(i, step, drops.shape[1] - 1)
        for t in range(drops.shape[0]):
            a, b = drops[t, k], drops[t, k + 1]
            off = a[V_OFF] + share * (b[V_OFF] - a[V_OFF])
            back = a[V_BACK] + share * (b[V_BACK] - a[V_BACK])
            work[t, P_DEAD] += at[1, j] * i * (off - back)
            for v in range(kinds):
                for e in range(3):
                    one, two = energies[v, t, k, e], energies[v, t, k + 1, e]
                    work[t, SUMS + 3 * v + e] += at[1, j] * (one + share * (two - one))


@njit(cache=True, nogil=True)
def at_voltage(u_dc: Any, u: Any, sums: Any, e: Any, exponent: Any) -> Any:
    """Return the sum of energy ``e`` at ``u_dc``: between two voltages by the power that joins them, else its own."""
    last = u.size - 1
    if u_dc <= u[0]:
        return sums[e] * (u_dc / u[0]) ** exponent
    if u_dc >= u[last]:
        return sums[3 * last + e] * (u_dc / u[last]) ** exponent
    v = 0
    while u[v + 1] < u_dc:
        v += 1
    low, high = sums[3 * v + e], sums[3 * (v + 1) + e]
    if low <= 0.0 or high <= 0.0:
        return low + (high - low) * (u_dc - u[v]) / (u[v + 1] - u[v])
    return low * (high / low) ** (np.log(u_dc / u[v]) / np.log(u[v + 1] / u[v]))


@njit(cache=True, nogil=True)
def junction(T: Any, power: Any, R: Any, T_f: Any) -> Any:
    """Return the lowest temperature at which T_j = T_f + R P(T_j), P straight between nodes, held below; -1 if none."""
    if T_f + R * power[0] <= T[0]:
        return T_f + R * power[0]
    for t in range(T.size - 1):
        above = T[t + 1] - T_f - R * power[t + 1]
        if above >= 0.0:
            below = T[t] - T_f - R * power[t]
            return T[t] - below * (T[t + 1] - T[t]) / (above - below)
    return -1.0


@njit(cache=True, nogil=True)
def at_temperature(T_j: Any, T: Any, values: Any) -> Any:
    """Return ``values`` at ``T_j``, held below the first node."""
    if T_j <= T[0]:
        return values[0]
    t = 0
    while t < T.size - 2 and T[t + 1] < T_j:
        t += 1
    return values[t] + (values[t + 1] - values[t]) * (T_j - T[t]) / (T[t + 1] - T[t])


@njit(cache=True, nogil=True)
def ripple(i_hat: Any, M: Any, cos_phi: Any, beyond: Any, extra: Any) -> Any:
    """Return the rms current of the DC-link capacitor."""
    c2 = cos_phi * cos_phi
    if beyond:
        mean = 0.75 * M * cos_phi
        return i_hat * sqrt(max(extra[2] + extra[3] * (2 * c2 - 1) - mean * mean, 0.0))
    return i_hat * sqrt(max(M * (sqrt(3.0) / (4 * pi) + c2 * (sqrt(3.0) / pi - 9 * M / 16)), 0.0))


@njit(cache=True, nogil=True)
def limit(i_hat: Any, M: Any, u_dc: Any, figures: Any) -> Any:
    """Return the code of an operating point before its losses are known."""
    if u_dc > figures[U_END] * (1 + THROUGH):
        return BLOCKING
    if M / figures[M_END] > 1 + THROUGH:
        return VOLTAGE
    if i_hat / figures[I_END] > 1 + THROUGH:
        return CURRENT
    return OK


@njit(cache=True, nogil=True)
def energy_rates(point: Any, i_hat: Any, beyond: Any, device: Any, figures: Any, work: Any) -> None:
    """Turn the sums of :func:`switch` into mean powers of one switch and one diode, at each temperature.

    Beyond the linear range a leg never switches less often than once a half turn: the switch is turned off at
    i_hat abs(sin(phi)), the current lags, so that turning on and recovery cost nothing.
    """
    T, u, drops, energies = device
    cos_phi, u_dc, f_1 = point
    rate = figures[F_SW] / (2 * pi)
    i = i_hat * sqrt(max(1 - cos_phi * cos_phi, 0.0))
    k, share = locate(i, figures[STEP], drops.shape[1] - 1)
    for t in range(T.size):
        sums = work[t, SUMS:]
        on = at_voltage(u_dc, u, sums, E_ON, figures[K_SWITCH])
        off = at_voltage(u_dc, u, sums, E_OFF, figures[K_SWITCH])
        work[t, P_SWITCH] = rate * (on + off)
        work[t, P_REC] = rate * at_voltage(u_dc, u, sums, E_REC, figures[K_DIODE])
        work[t, P_DEAD] *= 2 * figures[T_DEAD] * rate
        if beyond:
            for v in range(u.size):
                one, two = energies[v, t, k, E_OFF], energies[v, t, k + 1, E_OFF]
                sums[3 * v + E_OFF] = one + share * (two - one)
            least = f_1 * at_voltage(u_dc, u, sums, E_OFF, figures[K_SWITCH])
            if least > work[t, P_SWITCH] + work[t, P_REC]:
                work[t, P_SWITCH] = least
                work[t, P_REC] = 0.0


@njit(cache=True, nogil=True)
def temperatures(T_f: Any, T: Any, figures: Any, work: Any, power: Any) -> Any:
    """Return the junction temperatures of switch and diode, -1 where they pass the last node."""
    for t in range(T.size):
        power[t] = work[t, P_T] + work[t, P_SWITCH]
        if figures[ONE_CHIP] > 0.0:
            power[t] += work[t, P_D] + work[t, P_DEAD] + work[t, P_REC]
    T_s = junction(T, power, figures[R_SWITCH], T_f)
    if figures[ONE_CHIP] > 0.0:
        return T_s, T_s
    for t in range(T.size):
        power[t] = work[t, P_D] + work[t, P_DEAD] + work[t, P_REC]
    return T_s, junction(T, power, figures[R_DIODE], T_f)


@njit(cache=True, nogil=True)
def lose(points: Any, device: Any, wave: Any, figures: Any, work: Any, loss: Any, code: Any) -> None:
    """Fill ``loss`` (N, COLUMNS) and ``code`` (N,) for ``points`` (N, 6): i_hat, M, cos_phi, u_dc, f_1, T_f.

    ``device`` is (T (nT,), u (nV,), drops, energies); ``work`` is scratch of (nT, 6 + 3 nV).
    """
    T, _, drops, energies = device
    m, extra, at, power = np.empty(8), np.empty(4), np.empty((2, 32)), np.empty(T.size)
    every = 6 * figures[MODULES]
    for row in range(points.shape[0]):
        i_hat, M, cos_phi, u_dc, f_1, T_f = points[row]
        code[row] = limit(i_hat, M, u_dc, figures)
        if code[row] != OK:
            loss[row, :] = nan
            continue
        M = min(M, figures[M_END])
        one = min(i_hat / figures[MODULES], figures[STEP] * (drops.shape[1] - 1))
        beyond = shape(M, cos_phi, wave, m, extra)
        conduct(one, m, figures[STEP], drops, work)
        count = angles(extra[0], extra[1], cos_phi, at)
        switch(one, at[:, :count], figures[STEP], drops, energies, work)
        energy_rates((cos_phi, u_dc, f_1), one, beyond, device, figures, work)
        T_s, T_d = temperatures(T_f, T, figures, work, power)
        if T_s < 0.0 or T_d < 0.0:
            code[row] = HOT
            loss[row, :] = nan
            continue
        loss[row, SWITCH] = every * at_temperature(T_s, T, work[:, P_T])
        loss[row, DIODE] = every * at_temperature(T_d, T, work[:, P_D])
        loss[row, SWITCHING] = every * at_temperature(T_s, T, work[:, P_SWITCH])
        loss[row, RECOVERY] = every * at_temperature(T_d, T, work[:, P_REC])
        loss[row, DEAD] = every * at_temperature(T_d, T, work[:, P_DEAD])
        loss[row, RIPPLE] = ripple(i_hat, M, cos_phi, beyond, extra)
        loss[row, CAPACITOR] = figures[ESR] * loss[row, RIPPLE] ** 2
        loss[row, T_SWITCH] = T_s
        loss[row, T_DIODE] = T_d
