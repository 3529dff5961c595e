"""Losses of gears at many points, compiled: numbers only.

Comes in: a gear train laid out in arrays by ``coaxle.design.gearbox.train``, torque and speed at the output. Goes
out: the torque at the input and the losses by part. Letters as in ``docs/theory/gearbox.md``. Never lives here:
Designs, units of measure, errors.

A train is a row of shafts from the output to the input. Friction of each shaft and mesh adds to the torque that comes
from below, so that one pass gives the torque at the input, and the energies close to rounding.
"""

from __future__ import annotations

from math import exp, log, pi, sin, sqrt
from typing import Any, NamedTuple

from numba import njit
from numpy.typing import NDArray

from coaxle.numerics.arrays import Array

MESH, BEARING, SEAL, CHURN, SPRAY, WINDAGE, PRELOAD, DRAG = 0, 1, 2, 3, 4, 5, 6, 7
PARTS = 8

# Columns of Train.shafts.
R_W, STEP, TAU_SEAL, TAU_PRE = 0, 1, 2, 3
# Columns of Train.spans: first and last row of what belongs to a shaft.
BEARING_0, BEARING_1, MESH_0, MESH_1, WHEEL_0, WHEEL_1 = 0, 1, 2, 3, 4, 5
# Columns of Train.meshes.
K_F, K_V, K_MU, K_P, K_SIN, R_J = 0, 1, 2, 3, 4, 5
MESHES = 6
# Columns of Train.bearings.
BALL, B_W, B_N, C_PLUS, C_MINUS, C_A, F_PRE, C_W, A_RR, A_SL, R_2, S_2, C_0, D_M, K_RS, MU_EHL, F_DEAD = range(17)
BEARINGS = 17
# Columns of Train.wheels.
K_WIND, R_P, B_P, S_M, G_M, K_GAMMA = range(6)
WHEELS = 6

MU_MAX = 0.15
"""Friction of steel with oil and next to no speed, where Schlenk's rule leaves its range."""
MU_BL = 0.12
"""Sliding friction of rolling bearings without a film, SKF."""
G = 9.80665
RPM = 30 / pi


class Train(NamedTuple):
    """Shafts (L, 4), their spans (L, 6), meshes (M, 6), bearings (B, 17), wheels (W, 6), spray [m3/s] and [m/s]."""

    shafts: Array
    spans: NDArray[Any]
    meshes: Array
    bearings: Array
    wheels: Array
    spray: Array


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def friction(f: float, v: float, eta: float, k_mu: float) -> float:
    """Return Schlenk's mean friction of a mesh, at most that without a film.

    ``f`` [N/mm] load over width, ``v`` [m/s] sum of the rolling speeds, ``eta`` [mPa s], ``k_mu`` the rest.
    """
    if f <= 0.0:
        return 0.0
    if v <= 0.0:
        return MU_MAX
    return min(MU_MAX, k_mu * exp(0.2 * log(f / v) - 0.05 * log(eta)))


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def turning(b: Array, f_r: float, f_a: float, ln_x: float, ln_film: float, x: float) -> float:
    """Return the friction torque [Nm] of one bearing (SKF), rolling and sliding.

    ``f_r``, ``f_a`` [N]; ``x`` = nu n [mm2/s rpm], ``ln_x`` its logarithm, ``ln_film`` that of n^1.28 nu^0.64.
    """
    if f_r <= 0.0 and f_a <= 0.0:
        return 0.0
    if b[BALL] > 0.0:
        if b[C_A] > 0.0 or b[F_PRE] > 0.0:  # it holds its shaft; the rule for none does not meet this one at f_a = 0
            inv_sin = 1.0 / sin(pi / 180 * 24.6 * exp(0.24 * log(f_a / b[C_0]))) if f_a > 0.0 else 0.0
            g_rr = b[A_RR] * exp(0.54 * log(f_r + b[R_2] * inv_sin * f_a))
            f_r2, f_a2 = f_r * f_r, f_a * f_a
            g_sl = b[A_SL] * exp(log(f_r2 * f_r2 * f_r + b[S_2] * inv_sin * f_a2 * f_a2) / 3)
        else:
            ln_f = log(f_r)
            g_rr = b[A_RR] * exp(0.54 * ln_f)
            g_sl = b[A_SL] * exp(-0.115 * log(b[D_M]) + 5 / 3 * ln_f)
    else:
        g_rr = b[A_RR] * exp(0.31 * log(f_r + b[R_2] * f_a))
        g_sl = b[A_SL] * (f_r + b[S_2] * f_a)
    if x <= 0.0:
        return g_sl * MU_BL
    ln_d = log(b[D_M])
    phi_ish = 1.0 / (1.0 + 1.84e-9 * exp(1.28 * ln_d + ln_film))
    phi_bl = exp(-2.6e-8 * exp(1.4 * ln_x) * b[D_M])
    mu_sl = phi_bl * MU_BL + (1.0 - phi_bl) * b[MU_EHL]
    return phi_ish * exp(-b[K_RS] * x + 0.6 * ln_x) * g_rr + g_sl * mu_sl


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def churning(h: Array, w: float, nu: float, rho: float) -> float:
    """Return the torque [Nm] that a wheel needs to stir the oil (Changenet et al. 2011), with ``nu`` in m2/s."""
    if h[S_M] <= 0.0 or w <= 0.0:
        return 0.0
    r = h[R_P]
    gamma = w * w * h[K_GAMMA]
    ln_fr = log(w * w * r / G)
    low = 1.366 * exp(-0.21 * log(w * r * r / nu))
    high = 0.239 * exp(0.21 * log(h[B_P] / r))
    share = min(1.0, max(0.0, (gamma - 750.0) / 500.0))
    c_m = ((1.0 - share) * low + share * high) * h[G_M] * exp(-0.6 * ln_fr)
    return 0.5 * rho * w * w * h[S_M] * r * r * r * c_m


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def carry(t: float, w_out: float, nu: float, rho: float, tau_drag: float, train: Train, loss: Array) -> float:
    """Carry the torque ``t`` at the output, which turns forwards, to the input; add the losses by part to ``loss``."""
    known = tau_drag >= 0.0
    ln_nu, eta = log(1e6 * nu), 1e3 * nu * rho
    w_s = w_out
    for s in range(train.shafts.shape[0]):
        shaft, span = train.shafts[s], train.spans[s]
        w_s = w_out * shaft[R_W]
        below = t
        for j in range(span[BEARING_0], span[BEARING_1]):
            b = train.bearings[j]
            n = RPM * w_s * b[B_W]
            ln_n = log(n) if n > 0.0 else 0.0
            x = 1e6 * nu * n
            f_r = abs(below) * (b[C_PLUS] if below > 0.0 else b[C_MINUS])
            f_0 = sqrt(b[F_DEAD] ** 2 + (b[C_W] * w_s * w_s) ** 2)
            f_r = sqrt(f_r * f_r + f_0 * f_0)
            f_a = abs(below) * b[C_A] + b[F_PRE]
            ln_x, ln_film = ln_nu + ln_n, 1.28 * ln_n + 0.64 * ln_nu
            m = turning(b, f_r, f_a, ln_x, ln_film, x)
            if known:
                m = max(0.0, m - turning(b, f_0, b[F_PRE], ln_x, ln_film, x))
            m *= b[B_N] * b[B_W]
            loss[BEARING] += m * w_s
            t += m
        if not known:
            loss[SEAL] += shaft[TAU_SEAL] * w_s
            loss[PRELOAD] += shaft[TAU_PRE] * w_s
            t += shaft[TAU_SEAL] + shaft[TAU_PRE]
            for j in range(span[WHEEL_0], span[WHEEL_1]):
                h = train.wheels[j]
                m = churning(h, w_s, nu, rho)
                loss[CHURN] += m * w_s
                air = h[K_WIND] * exp(1.9 * log(w_s)) if w_s > 0.0 else 0.0
                loss[WINDAGE] += air * w_s
                t += m + air
        carried = t
        for j in range(span[MESH_0], span[MESH_1]):
            k = train.meshes[j]
            v = w_s * k[K_V]
            mu = friction(abs(carried) * k[K_F], 2.0 * v * k[K_SIN], eta, k[K_MU])
            m = mu * k[K_P] * abs(carried)
            loss[MESH] += m * w_s
            t += m
            if not known and train.spray[0] > 0.0 and w_s > 0.0:
                m = rho * train.spray[0] * (v + train.spray[1]) * k[R_J]
                loss[SPRAY] += m * w_s
                t += m
        t /= shaft[STEP]
    if known:
        loss[DRAG] += tau_drag * w_s
        t += tau_drag
    return t


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def sweep(tau: Array, w: Array, nu: Array, rho: Array, tau_drag: Array, train: Train, out: tuple[Array, Array]) -> None:
    """Carry torque from the output to the input, point by point.

    ``tau``, ``w`` (N,) at the output; ``nu`` [m2/s], ``rho`` [kg/m3] (N,); ``tau_drag`` (N,) at the input, below 0
    where none is given. ``out``: the torque at the input (N,) and the losses by part (N, 8).
    """
    for i in range(tau.size):
        sign = -1.0 if w[i] < 0.0 else 1.0
        loss = out[1][i]
        loss[:] = 0.0
        out[0][i] = sign * carry(sign * tau[i], sign * w[i], nu[i], rho[i], tau_drag[i], train, loss)


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def seek(tau: Array, w: Array, nu: Array, rho: Array, tau_drag: Array, train: Train, out: tuple[Array, Array]) -> None:
    """Find the torque at the output that asks for ``tau`` at the input; ``w`` is the speed of the output.

    What the input asks for rises with the torque at the output, and nearly in a line: false position (Illinois) in an
    interval that is widened until it holds the answer. ``out`` as in :func:`sweep`, but its first is the torque at the
    output.
    """
    i_total = 1.0
    for s in range(train.shafts.shape[0]):
        i_total *= train.shafts[s, STEP]
    for i in range(tau.size):
        sign = -1.0 if w[i] < 0.0 else 1.0
        loss = out[1][i]
        wanted, w_i = sign * tau[i], sign * w[i]
        width = 0.02 * abs(wanted * i_total) + 1.0
        low, high = wanted * i_total - width, wanted * i_total + width
        f_low = carry(low, w_i, nu[i], rho[i], tau_drag[i], train, loss) - wanted
        while f_low > 0.0:
            width *= 2.0
            low -= width
            f_low = carry(low, w_i, nu[i], rho[i], tau_drag[i], train, loss) - wanted
        f_high = carry(high, w_i, nu[i], rho[i], tau_drag[i], train, loss) - wanted
        while f_high < 0.0:
            width *= 2.0
            high += width
            f_high = carry(high, w_i, nu[i], rho[i], tau_drag[i], train, loss) - wanted
        at, kept = low, 0
        for _ in range(100):
            if f_high == f_low or high - low <= 1e-12 * (abs(high) + abs(low)):
                break
            at = (low * f_high - high * f_low) / (f_high - f_low)
            f = carry(at, w_i, nu[i], rho[i], tau_drag[i], train, loss) - wanted
            if abs(f) <= 1e-12 * (abs(wanted) + 1e-3):
                break
            if f > 0.0:
                high, f_high = at, f
                f_low *= 0.5 if kept > 0 else 1.0
                kept = 1
            else:
                low, f_low = at, f
                f_high *= 0.5 if kept < 0 else 1.0
                kept = -1
        loss[:] = 0.0
        carry(at, w_i, nu[i], rho[i], tau_drag[i], train, loss)
        out[0][i] = sign * at
