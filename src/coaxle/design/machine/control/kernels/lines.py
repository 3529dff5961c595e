"""The first look: samples along lines of constant i_d and i_f, and where each line first gives a torque."""

from __future__ import annotations

import numpy as np
from numba import njit

from coaxle.design.machine.control.kernels.records import Axes, Lines, Machine, Table
from coaxle.design.machine.control.kernels.spline import evaluate
from coaxle.numerics.arrays import Array

CLOSE = 1e-12
"""Of the torque scale: where the search along a line ends."""


@njit(inline="always")
def _torque(m: Machine, v: Array, i_d: float, i_q: float) -> float:
    return 1.5 * m.n_p * (v[0, 0] * i_q - v[0, 1] * i_d)


@njit(inline="always")
def _torque_slope(m: Machine, v: Array, i_d: float, i_q: float) -> float:
    return 1.5 * m.n_p * (v[2, 0] * i_q + v[0, 0] - v[2, 1] * i_d)


@njit(cache=True, nogil=True)
def _meet(tau: float, i_d: float, i_f: float, x: float, y: float, c: Array, axes: Axes, m: Machine, v: Array) -> float:
    """Return i_q between ``x`` and ``y`` where torque is ``tau``, by Newton's method, held within; fills ``v``."""
    i_q = 0.5 * (x + y)
    for _ in range(40):
        evaluate(c, axes, i_d, i_q, i_f, v)
        left = _torque(m, v, i_d, i_q) - tau
        if abs(left) <= CLOSE * m.tau_scale:
            break
        if left > 0.0:
            y = i_q
        else:
            x = i_q
        slope = _torque_slope(m, v, i_d, i_q)
        i_q = i_q - left / slope if slope > 0.0 else x
        if not x < i_q < y:
            i_q = 0.5 * (x + y)
    return i_q


@njit(cache=True, nogil=True)
def sample(first: int, last: int, c: Array, axes: Axes, m: Machine, lines: Lines, table: Table) -> None:
    """Fill samples and table of the lines ``first`` to ``last``; the torques of the table rise from 0."""
    v = np.empty((4, c.shape[3]))
    for n in range(first, last):
        i_d, i_f = lines.i_d[n], lines.i_f[n]
        for k in range(lines.i_q.size):
            evaluate(c, axes, i_d, lines.i_q[k], i_f, v)
            lines.psi_d[n, k], lines.psi_q[n, k] = v[0, 0], v[0, 1]
            lines.i_r[n, k] = v[0, 2] if m.cage else 0.0
            lines.tau[n, k] = _torque(m, v, i_d, lines.i_q[k])
        k = 0
        for t in range(table.tau.size):
            tau = table.tau[t]
            table.i_q[t, n] = -1.0
            if tau == 0.0:
                evaluate(c, axes, i_d, 0.0, i_f, v)
                table.i_q[t, n] = 0.0
                table.at[t, n] = v[0]
                continue
            while k < lines.i_q.size - 1 and not lines.tau[n, k + 1] >= tau:
                k += 1
            if k < lines.i_q.size - 1:
                table.i_q[t, n] = _meet(tau, i_d, i_f, lines.i_q[k], lines.i_q[k + 1], c, axes, m, v)
                table.at[t, n] = v[0]
