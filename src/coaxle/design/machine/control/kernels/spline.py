"""What a spline over three currents and its slopes are worth at a point."""

from __future__ import annotations

from numba import njit

from coaxle.design.machine.control.kernels.records import Axes
from coaxle.numerics.arrays import Array


@njit(inline="always")
def place(x: float, start: float, rate: float, cells: int) -> tuple[int, float]:
    """Return the cell of ``x`` and how far into it it lies; beyond the axis, its end."""
    position = min(max((x - start) * rate, 0.0), float(cells))
    cell = min(int(position), cells - 1)
    return cell, position - cell


@njit(inline="always")
def weights(t: float) -> tuple[float, float, float, float]:
    """Return the four cubic B-splines at ``t`` (0 to 1) of a cell."""
    s = 1.0 - t
    return (
        s * s * s / 6.0,
        (t * t * (3.0 * t - 6.0) + 4.0) / 6.0,
        (s * s * (3.0 * s - 6.0) + 4.0) / 6.0,
        t * t * t / 6.0,
    )


@njit(inline="always")
def slopes(t: float, rate: float) -> tuple[float, float, float, float]:
    """Return their derivatives by the quantity of the axis."""
    s = 1.0 - t
    return (
        -0.5 * s * s * rate,
        0.5 * t * (3.0 * t - 4.0) * rate,
        -0.5 * s * (3.0 * s - 4.0) * rate,
        0.5 * t * t * rate,
    )


@njit(cache=True, nogil=True, fastmath={"contract", "reassoc", "nsz"})
def evaluate(c: Array, axes: Axes, i_d: float, i_q: float, i_f: float, out: Array) -> None:
    """Fill ``out`` (4, C) with the channels of ``c`` (D + 2, Q + 2, F + 2 or 1, C) and their slopes by the currents."""
    d, t = place(i_d, axes.d0, axes.d_rate, axes.d_cells)
    w_d, s_d = weights(t), slopes(t, axes.d_rate)
    q, t = place(i_q, axes.q0, axes.q_rate, axes.q_cells)
    w_q, s_q = weights(t), slopes(t, axes.q_rate)
    f, w_f, s_f = 0, (1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)
    if axes.f_cells > 0:
        f, t = place(i_f, axes.f0, axes.f_rate, axes.f_cells)
        w_f, s_f = weights(t), slopes(t, axes.f_rate)
    for n in range(c.shape[3]):
        v0 = v1 = v2 = v3 = 0.0
        for i in range(4):
            a0 = a1 = a2 = 0.0
            for j in range(4):
                if axes.f_cells > 0:
                    b = c[d + i, q + j, f : f + 4, n]
                    b0 = w_f[0] * b[0] + w_f[1] * b[1] + w_f[2] * b[2] + w_f[3] * b[3]
                    b1 = s_f[0] * b[0] + s_f[1] * b[1] + s_f[2] * b[2] + s_f[3] * b[3]
                else:
                    b0, b1 = c[d + i, q + j, 0, n], 0.0
                a0 += w_q[j] * b0
                a1 += s_q[j] * b0
                a2 += w_q[j] * b1
            v0 += w_d[i] * a0
            v1 += s_d[i] * a0
            v2 += w_d[i] * a1
            v3 += w_d[i] * a2
        out[0, n], out[1, n], out[2, n], out[3, n] = v0, v1, v2, v3
