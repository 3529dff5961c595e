"""The current of the DC-link capacitor."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from coaxle.numerics.arrays import Array


def capacitor_current(current: ArrayLike, index: ArrayLike, cos_phi: ArrayLike) -> Array:
    """Return the rms current of the DC-link capacitor [A].

    I_C = I_rms sqrt(2 M (sqrt(3) / (4 pi) + cos^2(phi) (sqrt(3) / pi - 9 M / 16))), after Kolar and Round, IEE Proc.
    Electr. Power Appl. 153 (2006) 535. It holds for sinusoidal phase currents, a DC current without ripple, and any
    modulation in its linear range. The largest value is about 0.65 I_rms, near M = 0.6 and cos(phi) = 1.

    Parameters
    ----------
    current : array_like
        Amplitude of the phase current [A], peak.
    index : array_like
        M = 2 U / v_dc, at most 2 / sqrt(3).
    cos_phi : array_like
        Of the fundamental.

    """
    M = np.asarray(index, float)
    square = np.asarray(cos_phi, float) ** 2
    inner = 2 * M * (np.sqrt(3) / (4 * np.pi) + square * (np.sqrt(3) / np.pi - 9 * M / 16))
    return np.asarray(np.asarray(current, float) / np.sqrt(2) * np.sqrt(inner))
