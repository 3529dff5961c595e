"""Iron loss from the flux density of triangles over time, kept per power of frequency."""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.loss import kernels
from coaxle.design.machine.loss.period import Period
from coaxle.errors import InputError, UseError
from coaxle.materials.loss import EXPONENTS, POWERS
from coaxle.materials.steels import Steel
from coaxle.numerics.arrays import Array, Ints


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

    The loss [W] at electrical frequency f [Hz] is the sum over E of this array times f^e. Flux density is taken apart
    into harmonics; each moves on an ellipse whose two half axes lose as two alternating fields at the harmonic's
    frequency, by the fit of the sheet's table (Gyselinck et al., COMPEL 18 (1999) 1, elliptical loci added per
    harmonic). A pure sine so gives the table's own value, a circle twice that.

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
    Left out: hysteresis grows in biased loops and falls in rotation near saturation (a circle at 2 T loses less than
    the twice that is counted); what punching and shrinking do (build factor).

    """
    if not np.array_equal(steel.loss.powers, POWERS) or not np.array_equal(steel.loss.exponents, EXPONENTS):
        raise UseError("iron losses: the powers of the steel's fit are not those of coaxle.materials.loss")
    if area.shape != group.shape or group.max(initial=-1) >= groups or period.triangles.max(initial=-1) >= area.size:
        raise UseError(f"iron losses: {area.size} areas, {group.size} triangles in groups below {groups} do not match")
    if not 0.0 < stacking <= 1.0:
        raise InputError(f"stacking: {stacking:g}; a share above 0 and up to 1 is wanted")
    cosine, sine, order = harmonics(period)
    of = group[period.triangles]
    cells = np.flatnonzero(of >= 0).astype(np.int32)
    mass = area[period.triangles][cells] * (stack * stacking * steel.density * period.copies)
    loss = np.zeros((len(EXPONENTS), groups, period.b.shape[1]))
    kernels.iron(
        period.b,
        cosine / stacking,
        sine / stacking,
        order[:, None] ** np.array(EXPONENTS),
        steel.loss.coefficients,
        steel.loss.flux_densities[1],
        cells,
        mass,
        of[cells].astype(np.int32),
        loss,
    )
    return loss


def harmonics(period: Period) -> tuple[Array, Array, Array]:
    """Return what takes a period apart: cosine and sine (H, S), and the order (H,) of each harmonic.

    Their sums with the samples are the real and minus the imaginary part of a harmonic's amplitude (its peak).
    """
    samples = period.b.shape[0]
    whole = 2 * samples if period.antiperiodic else samples
    turns = np.arange(1, whole // 2 + 1, 2 if period.antiperiodic else 1)
    length = 2 * period.span if period.antiperiodic else period.span
    angle = 2 * np.pi * np.outer(turns, np.arange(samples)) / whole
    weight = np.where(2 * turns == whole, 1.0, 2.0)[:, None] / samples
    return weight * np.cos(angle), weight * np.sin(angle), turns / float(length)
