"""Skew from the solutions of a straight machine: each slice of the stack sees the currents turned by its own angle.

psi(i) = mean over slices of exp(j e) psi_0(exp(-j e) i), e the electrical angle by which a slice's rotor stands ahead
(J. Pyrhonen et al., Design of Rotating Electrical Machines, 2nd ed., section 4.3.1, for the fundamental; SyR-e averages
shifted maps alike). Nothing is solved anew; what flows axially where two slices meet is left out.
"""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.flux.grid import Surface
from coaxle.numerics.arrays import Array

POINTS = 96
"""Over a period of the ripple, at which its highest and lowest are looked for."""


def slice_angles(angle: float, slices: int, pole_pairs: int) -> Array:
    """Return the electrical angle of each slice (n,) [rad] for a mechanical ``angle`` from the first to the last."""
    if slices < 2:
        return np.zeros(1)
    return np.asarray(pole_pairs * angle * (np.arange(slices) / (slices - 1) - 0.5))


class Slices:
    """Takes tables from the field points to the nodes of a map, averaged over all slices.

    Tables are (D, Q, ...) over field points ``i_d``, ``i_q``; results (D', Q', ...) over ``to_d``, ``to_q``. A slice
    may look beyond the field points at the corners of a map, where the current is larger than any; it takes the edge.
    """

    def __init__(self, i_d: Array, i_q: Array, to_d: Array, to_q: Array, angles: Array) -> None:
        self._from, self._angles = (i_d, i_q), angles
        d, q = np.meshgrid(to_d, to_q, indexing="ij")
        self._looks = [(np.cos(e) * d + np.sin(e) * q, np.cos(e) * q - np.sin(e) * d) for e in angles]

    def scalar(self, table: Array) -> Array:
        """Return the mean over slices of what is even in i_q."""
        return self._mean(Surface(*self._from, table, "even"))

    def odd(self, table: Array) -> Array:
        """Return the mean over slices of what is odd in i_q."""
        return self._mean(Surface(*self._from, table, "odd"))

    def _mean(self, surface: Surface) -> Array:
        return np.asarray(np.mean([surface(*look) for look in self._looks], axis=0))

    def vector(self, d_table: Array, q_table: Array) -> tuple[Array, Array]:
        """Return the mean over slices of a vector in the whole rotor's frame, d even and q odd in i_q."""
        of_d, of_q = Surface(*self._from, d_table, "even"), Surface(*self._from, q_table, "odd")
        d_sum, q_sum = [], []
        for e, look in zip(self._angles, self._looks, strict=True):
            d, q = of_d(*look), of_q(*look)
            d_sum.append(np.cos(e) * d - np.sin(e) * q)
            q_sum.append(np.sin(e) * d + np.cos(e) * q)
        return np.mean(d_sum, axis=0), np.mean(q_sum, axis=0)

    def ripple(self, torque: Array, start: float, span: float) -> Array:
        """Return the peak-to-peak (D', Q', ...) of the torque of all slices together.

        Parameters
        ----------
        torque : (P, D, Q, ...)
            Of a straight stack at P even positions.
        start, span : float
            Electrical angle of the d axis, from the axis of phase a, at the first of them; period of the ripple [rad].

        Notes
        -----
        Between the positions torque is the trigonometric polynomial through them. With i_q below 0 it is the negative
        of what it was, in the reverse order; so, angles counted from phase a, cosines are odd in i_q and sines even.

        """
        count = torque.shape[0]
        orders = np.arange(count // 2 + 1)
        turn = 2j * np.pi * orders / span
        weight = np.where(2 * orders == count, 0.5, 1.0) * np.exp(-turn * start) / count
        waves = np.moveaxis(np.fft.rfft(torque, axis=0), 0, -1) * weight
        cosines, sines = Surface(*self._from, waves.real, "odd"), Surface(*self._from, waves.imag, "even")
        total = sum(
            (cosines(*look) + 1j * sines(*look)) * np.exp(turn * e)
            for e, look in zip(self._angles, self._looks, strict=True)
        )
        return np.asarray(np.ptp(np.fft.irfft(total, POINTS, axis=-1) * POINTS, axis=-1)) / len(self._angles)
