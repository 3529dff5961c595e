"""How a leg is switched over one turn of the voltage: its averages, its pauses, and what they make of the DC link.

A leg's share of the DC voltage is (1 + m) / 2 with m = M sin(theta) + sum of M_k sin(k theta), k odd; M = 2 U / U_dc
with U the amplitude of the phase voltage. Beyond the linear range m is cut off at -1 and 1, up to the square wave of
six-step, M = 4 / pi.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

import numpy as np

from coaxle.numerics.arrays import Array, frozen

Modulation: TypeAlias = Literal["svpwm", "spwm", "dpwm"]
HARMONICS = (3, 5, 7, 9, 11, 13)
"""Orders k of the M_k that are kept; conduction takes the first four, its share of the k-th falls with k^-4."""
SIX_STEP = 4 / np.pi
LINEAR_END = {"spwm": 1.0, "svpwm": 2 / np.sqrt(3), "dpwm": 2 / np.sqrt(3)}
"""M at which the reference meets the DC link."""
_POINTS = 3 * 2**10
_NODES = 129


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Wave:
    """A modulation over M: straight lines in the linear range, even nodes from its end to six-step.

    Parameters
    ----------
    offset, slope : (K,)
        M_k = offset + slope M in the linear range.
    harmonics : (W, K)
        M_k at the nodes beyond it.
    inner, outer : (W,)
        A leg pauses where the angle from a peak of its voltage lies between these [rad], beyond the linear range.
    start_pause : float
        The same within the linear range, from the peak on [rad].
    square, square_double : (W,)
        Mean square of the DC-link current over I^2 = square + square_double cos(2 phi), beyond the linear range.

    """

    linear_end: float
    offset: Array
    slope: Array
    start_pause: float
    harmonics: Array
    inner: Array
    outer: Array
    square: Array
    square_double: Array


def reference(modulation: Modulation, M: float, theta: Array) -> Array:
    """Return m of the three legs, (3, n), at the voltage angles ``theta`` of the first; cut off at -1 and 1."""
    u = M * np.sin(theta - np.array([[0.0], [2 * np.pi / 3], [4 * np.pi / 3]]))
    if modulation == "svpwm":
        u = u - 0.5 * (u.max(axis=0) + u.min(axis=0))
    elif modulation == "dpwm":
        largest = np.take_along_axis(u, np.argmax(np.abs(u), axis=0)[None], axis=0)
        u = u + np.sign(largest) - largest
    return np.asarray(np.clip(u, -1.0, 1.0))


@cache
def wave(modulation: Modulation) -> Wave:
    """Return the averages of ``modulation``, from its reference at 3072 angles."""
    theta = (np.arange(_POINTS) + 0.5) * 2 * np.pi / _POINTS
    end = float(LINEAR_END[modulation])
    low, high = (_harmonics(reference(modulation, M, theta)[0], theta) for M in (0.25 * end, 0.75 * end))
    slope = (high - low)[1:] / (0.5 * end)
    amplitude = end * np.concatenate((np.linspace(1.0, 1.5, 200), np.geomspace(1.5, 1e4, 100)[1:]))
    cut = [_averages(reference(modulation, a, theta), theta) for a in amplitude]
    square = np.where(theta < np.pi, 1.0, -1.0) * np.ones((3, 1))
    square = np.stack([square[0], np.roll(square[0], _POINTS // 3), np.roll(square[0], 2 * _POINTS // 3)])
    table = np.array([*cut, _averages(square, theta)])
    order = np.linspace(end, SIX_STEP, _NODES)
    table[0, 0], table[-1, 0] = end, SIX_STEP
    rows = np.stack([np.interp(order, table[:, 0], column) for column in table.T], axis=1)
    kinds = len(HARMONICS)
    return Wave(
        linear_end=end,
        offset=frozen(low[1:] - slope * 0.25 * end),
        slope=frozen(slope),
        start_pause=np.pi / 6 if modulation == "dpwm" else 0.0,
        harmonics=frozen(rows[:, 1 : 1 + kinds]),
        inner=frozen(rows[:, 1 + kinds]),
        outer=frozen(rows[:, 2 + kinds]),
        square=frozen(rows[:, 3 + kinds]),
        square_double=frozen(rows[:, 4 + kinds]),
    )


def harmonic_content(modulation: Modulation, M: Array) -> Array:
    """Return what the harmonics of orders 5 to 13 of a cut-off reference make of the current, 0 in the linear range.

    It is sqrt(sum of (M_k / k)^2) / M, so that the rms of the current's harmonics is this times U / (sqrt(2) w L).
    """
    each = wave(modulation)
    M = np.asarray(M, float)
    nodes = np.linspace(each.linear_end, SIX_STEP, _NODES)
    total = np.zeros(M.shape)
    for column, k in enumerate(HARMONICS):
        if k % 3:
            total = total + (np.interp(M, nodes, each.harmonics[:, column]) / k) ** 2
    return np.where(each.linear_end < M, np.sqrt(total) / np.where(M > 0, M, 1.0), 0.0)


def _harmonics(m: Array, theta: Array) -> Array:
    """Return M and M_k of one leg."""
    return np.array([2 * np.mean(m * np.sin(k * theta)) for k in (1, *HARMONICS)])


def _averages(m: Array, theta: Array) -> Array:
    """Return M, M_k, bounds of the pause and the two figures of the DC link of three legs, (3, n)."""
    peak = np.abs(m[0]) >= np.max(np.abs(m[0])) - 1e-12
    away = np.abs(np.mod(theta, np.pi) - np.pi / 2)[peak]
    order = np.argsort(-m, axis=0, kind="stable")
    share = np.diff(-np.take_along_axis(m, order, axis=0), axis=0) / 2
    angle = theta - np.array([[0.0], [2 * np.pi / 3], [4 * np.pi / 3]])
    turned = np.take_along_axis(np.cos(2 * angle), order, axis=0)
    square = 0.5 * np.mean(share[0] + share[1])
    double = -0.5 * np.mean(share[0] * turned[0] + share[1] * turned[2])
    return np.array([*_harmonics(m[0], theta), away.min(), away.max(), square, double])
