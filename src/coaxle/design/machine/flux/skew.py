"""Skew from the solutions of a straight machine: each slice of the stack sees the currents turned by its own angle.

psi(i) = mean over slices of exp(j e) psi_0(exp(-j e) i), e the electrical angle by which a slice's rotor stands ahead
(J. Pyrhonen et al., Design of Rotating Electrical Machines, 2nd ed., section 4.3.1, for the fundamental; SyR-e averages
shifted maps alike). Nothing is solved anew; what flows axially where two slices meet is left out.
"""

from __future__ import annotations

import numpy as np
from scipy.interpolate import RegularGridInterpolator

from coaxle.design.machine.flux.grid import along
from coaxle.numerics.arrays import Array


def slice_angles(angle: float, slices: int, pole_pairs: int) -> Array:
    """Return the electrical angle of each slice (n,) [rad] for a mechanical ``angle`` from the first to the last."""
    if slices < 2:
        return np.zeros(1)
    return np.asarray(pole_pairs * angle * (np.arange(slices) / (slices - 1) - 0.5))


class Slices:
    """Takes tables from the field points to the nodes of a map, over all slices.

    Tables are (D, Q, ...) over field points ``i_d``, ``i_q``; results (D', Q', ...) over ``to_d``, ``to_q``. Splines
    are cubic in both currents. A slice may look beyond the field points at the corners of a map; it takes the edge.
    """

    def __init__(self, i_d: Array, i_q: Array, to_d: Array, to_q: Array, angles: Array) -> None:
        self._from, self._to, self._angles = (i_d, i_q), (to_d, to_q), angles
        d, q = np.meshgrid(to_d, to_q, indexing="ij")
        self._looks = []
        for angle in angles:
            c, s = np.cos(angle), np.sin(angle)
            at_d, at_q = c * d + s * q, c * q - s * d
            points = np.stack([np.clip(at_d, i_d[0], i_d[-1]), np.clip(np.abs(at_q), 0.0, i_q[-1])], axis=-1)
            self._looks.append((points, np.where(at_q < 0, -1.0, 1.0)))

    def scalar(self, table: Array) -> Array:
        """Return the mean over slices of what is even in i_q."""
        return np.asarray(sum(self._at(table, slice) for slice in range(len(self._angles))) / len(self._angles))

    def vector(self, d_table: Array, q_table: Array) -> tuple[Array, Array]:
        """Return the mean over slices of a vector in the whole rotor's frame, d even and q odd in i_q."""
        d_sum, q_sum = [], []
        for slice, angle in enumerate(self._angles):
            sign = self._looks[slice][1].reshape(self._looks[slice][1].shape + (1,) * (q_table.ndim - 2))
            of_d, of_q = self._at(d_table, slice), self._at(q_table, slice) * sign
            d_sum.append(np.cos(angle) * of_d - np.sin(angle) * of_q)
            q_sum.append(np.sin(angle) * of_d + np.cos(angle) * of_q)
        return np.mean(d_sum, axis=0), np.mean(q_sum, axis=0)

    def _at(self, table: Array, slice: int) -> Array:
        if self._angles[slice] == 0.0:
            return along(along(table, 0, self._from[0], self._to[0]), 1, self._from[1], self._to[1])
        degree = "cubic" if min(len(axis) for axis in self._from) >= 4 else "linear"
        look = RegularGridInterpolator(self._from, table, method=degree)
        return np.asarray(look(self._looks[slice][0]))
