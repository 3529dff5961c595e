"""Between the phases and the rotor's frame (d, q).

Peak-valued and amplitude-invariant, zero sequence none: i = 2/3 (i_a + a i_b + a^2 i_c) exp(-j theta).
"""

from __future__ import annotations

import numpy as np

from coaxle.numerics.arrays import Array

_SHIFTS = np.array([0.0, 2.0, 4.0]) * np.pi / 3.0


def phases(i_d: Array, i_q: Array, theta: Array) -> Array:
    """Return the currents of phases a, b, c (..., 3) for space vectors in a frame turned by ``theta`` [rad]."""
    angle = np.asarray(theta)[..., None] - _SHIFTS
    return np.asarray(np.asarray(i_d)[..., None] * np.cos(angle) - np.asarray(i_q)[..., None] * np.sin(angle))


def rotor_frame(x_abc: Array, theta: Array) -> tuple[Array, Array]:
    """Return the d and q parts (...) of three phase quantities (..., 3) in a frame turned by ``theta`` [rad]."""
    angle = np.asarray(theta)[..., None] - _SHIFTS
    d = 2.0 / 3.0 * np.sum(x_abc * np.cos(angle), axis=-1)
    q = -2.0 / 3.0 * np.sum(x_abc * np.sin(angle), axis=-1)
    return np.asarray(d), np.asarray(q)
