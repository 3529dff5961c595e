"""Iron loss from the flux density of triangles over time, kept per power of frequency."""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.loss import kernels
from coaxle.design.machine.loss.period import Period
from coaxle.errors import InputError, UseError
from coaxle.materials.loss import EXPONENTS, POWERS
from coaxle.materials.steels import Steel
from coaxle.numerics.arrays import Array, Ints

POINTS = 64
"""Of a period or half of it, at least, at which its range and slopes are taken."""


def iron_coefficients(
    period: Period,
    area: Array,
    group: Ints,
    groups: int,
    steel: Steel,
    stack: float,
    stacking: float = 1.0,
) -> Array:
    """Return the iron loss (E, G, n) of each group of triangles, per electrical frequency to each of ``EXPONENTS``.

    The loss [W] at electrical frequency f [Hz] is the sum over E of this array times f^e. Along each of the two main
    axes of a triangle's flux density, B_p half of its range over a period,

        E_e = m k_e(B_p) <|dB/dt|^e> / <|dB/dt|^e of the sine of peak B_p>.

    For e = 1, 1.5, 2 these are what Fiorillo and Novikov (IEEE Trans. Magn. 26 (1990) 2904) measured for distorted
    flux: hysteresis by the peak alone, excess and eddy loss by the mean powers of the slope. Minor loops add
    1 + sum of their ranges / (2 B_p) to hysteresis, close to the 0.65 of Lavers, Biringer and Hollitscher (IEEE Trans.
    Magn. 14 (1978) 386). A pure sine gives the table's own value, a circle twice that.

    Parameters
    ----------
    period : Period
        Of U triangles and n currents; flux density as the field solution has it, the mean over sheet and insulation.
    area : (M,)
        Of the triangles that were handed to the period [m2].
    group : (M,)
        To which group each belongs, 0 to ``groups - 1``; -1 where it is not counted (air, copper, magnets).
    groups : int
        G.
    steel : Steel
        Its losses and density.
    stack, stacking : float
        Length of the stack [m] and the share of it that is steel.

    Returns
    -------
    (E, G, n)
        Of all the triangles that were handed to the period, in W per Hz^e. Take it times the number of sectors.

    Notes
    -----
    Left out: loops about a bias lose more than those about zero, a circle near saturation less than twice the sine; the
    skin effect in the sheet at harmonics above the table's frequencies; manufacture (build factor). Harmonics above
    half the samples of a period fold onto lower ones.

    """
    if not np.array_equal(steel.loss.powers, POWERS) or not np.array_equal(steel.loss.exponents, EXPONENTS):
        raise UseError("iron losses: the powers of the steel's fit are not those of coaxle.materials.loss")
    if area.shape != group.shape or group.max(initial=-1) >= groups or period.triangles.max(initial=-1) >= area.size:
        raise UseError(f"iron losses: {area.size} areas, {group.size} triangles in groups below {groups} do not match")
    if not 0.0 < stacking <= 1.0:
        raise InputError(f"stacking: {stacking:g}; a share above 0 and up to 1 is wanted")
    samples = period.b.shape[0]
    value, slope = period.interpolation(samples * max(1, -(-POINTS // samples)))
    of = group[period.triangles]
    cells = np.flatnonzero(of >= 0).astype(np.int32)
    mass = area[period.triangles][cells] * (stack * stacking * steel.density * period.copies)
    loss = np.zeros((len(EXPONENTS), groups, period.b.shape[1]))
    kernels.iron(
        period.b,
        value / stacking,
        slope / stacking,
        period.antiperiodic,
        steel.loss.coefficients,
        steel.loss.flux_densities[1],
        cells,
        mass,
        of[cells].astype(np.int32),
        loss,
    )
    return loss
