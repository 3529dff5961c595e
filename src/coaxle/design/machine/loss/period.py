"""A full electrical period of flux density from a sweep of a sixth or a third of it.

In steady state, with a symmetric three-phase winding, the machine at time t + T/6 is the machine at time t turned by
the slots between two neighbouring phase belts; the equations and signs stand in ``docs/theory/machine-losses.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np

from coaxle.design.machine.section import Section
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, Ints

SIXTH, THIRD = Fraction(1, 6), Fraction(1, 3)
_MOST = 60


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Period:
    """Flux density over a stretch of the electrical period that tells all of it.

    Parameters
    ----------
    b : (S, n, U, 2)
        x and y of S even points of time, n currents, U triangles [T]; the point after the last is the first again,
        or its negative.
    span : Fraction
        Share of the electrical period that the S points cover.
    antiperiodic : bool
        Whether flux density changes sign after ``span``.
    triangles : (U,)
        Which of the triangles that were handed in these are.
    copies : int
        How often each of them is found among those handed in, at another time.

    """

    b: Array
    span: Fraction
    antiperiodic: bool
    triangles: Ints
    copies: int

    def harmonics(self) -> tuple[Array, Array, Array]:
        """Return what takes a period apart: cosine and sine (H, S), and the order (H,) of each harmonic.

        Their sums with the samples are the real and minus the imaginary part of a harmonic's amplitude (its peak).
        """
        weight, _, order, angle = self._series()
        return weight * np.cos(angle), weight * np.sin(angle), order

    def interpolation(self, points: int) -> tuple[Array, Array]:
        """Return what gives flux density, and its slope over electrical angle, at ``points`` even times (points, S).

        The trigonometric polynomial through the samples; the mean of what keeps its sign is among them.
        """
        weight, turns, order, angle = self._series()
        share = 0.5 if self.antiperiodic else 1.0
        at = 2 * np.pi * share * turns[:, None] * np.arange(points) / points
        c, s = np.cos(at), np.sin(at)
        cosine, sine = weight * np.cos(angle), weight * np.sin(angle)
        mean = 0.0 if self.antiperiodic else 1.0 / self.b.shape[0]
        value = c.T @ cosine + s.T @ sine + mean
        slope = (c * order[:, None]).T @ sine - (s * order[:, None]).T @ cosine
        return value, slope

    def _series(self) -> tuple[Array, Array, Array, Array]:
        """Return weight (H, 1), turns and order (H,) of the harmonics, and the angles (H, S) of the samples."""
        samples = self.b.shape[0]
        whole = 2 * samples if self.antiperiodic else samples
        turns = np.arange(1, whole // 2 + 1, 2 if self.antiperiodic else 1)
        length = 2 * self.span if self.antiperiodic else self.span
        weight = np.where(2 * turns == whole, 1.0, 2.0)[:, None] / samples
        return weight, turns, turns / float(length), 2 * np.pi * np.outer(turns, np.arange(samples)) / whole


def slots_per_belt(section: Section) -> Fraction:
    """Return q, the slots per pole and phase of a three-phase machine."""
    return Fraction(section.slots, 3 * section.poles)


def stator_period(b: Array, section: Section, share: Fraction = SIXTH) -> Period:
    """Return the period of the stator's triangles from a sweep of ``share`` of it.

    Parameters
    ----------
    b : (P, n, M, 2)
        Flux density [T] at P even rotor positions, the first position past the sweep left out, of n currents, in the
        stator's triangles as a :class:`SectorMesh` orders them: slot pitch by slot pitch, the same pattern in each.
    section : Section
        Its slots and poles.
    share : Fraction
        Of the electrical period that the sweep covers, 1/6 or 1/3.

    Notes
    -----
    Triangle e of slot pitch k, with its flux density seen from the pitch's own middle, goes through the same as that
    of pitch k - y a sixth earlier, y = q (1 + 3 j) for the least j that makes it whole; the sign changes with odd j.
    A pitch beyond the sector is one of the sector with the sign of its poles. So no triangle is counted that tells
    nothing new: the result holds as many figures as ``b``.

    """
    positions, points, triangles, _ = b.shape
    if triangles % section.slots:
        raise InputError(
            f"flux densities: {triangles} triangles; a multiple of the {section.slots} slot pitches is wanted"
        )
    pattern = triangles // section.slots
    y, sign = _turn(section, share)
    sweeps, antiperiodic = _sweeps(section, y, sign, share)
    pitches = gcd(y, section.slots)
    turned = np.empty((sweeps * positions, points, pitches * pattern, 2))
    split = b.reshape(positions, points, section.slots, pattern, 2)
    for pitch in range(pitches):
        for sweep in range(sweeps):
            wraps, source = divmod(pitch - sweep * y, section.slots)
            factor = _sector_sign(section, wraps) * sign**sweep
            angle = (pitch - source) * section.angle / section.slots
            c, s = factor * np.cos(angle), factor * np.sin(angle)
            x_from, y_from = split[:, :, source, :, 0], split[:, :, source, :, 1]
            into = turned[sweep * positions : (sweep + 1) * positions, :, pitch * pattern : (pitch + 1) * pattern]
            into[..., 0] = c * x_from - s * y_from
            into[..., 1] = s * x_from + c * y_from
    return Period(
        b=turned,
        span=sweeps * share,
        antiperiodic=antiperiodic,
        triangles=np.arange(pitches * pattern, dtype=np.int32),
        copies=section.slots // pitches,
    )


def rotor_period(b: Array, section: Section, share: Fraction = SIXTH) -> Period:
    """Return the period of the rotor's triangles, seen from the rotor, from a sweep of ``share`` of it.

    In the rotor's own frame a synchronous machine is back where it was after a sixth of the electrical period where q
    is whole, after a third where 2 q is.

    Parameters
    ----------
    b : (P, n, M, 2)
        Flux density [T] in the rotor's axes at P even positions of n currents.
    section, share
        As for :func:`stator_period`.

    Raises
    ------
    InputError
        Where the sweep is too short for the winding.

    """
    q = slots_per_belt(section)
    wanted = SIXTH if q.denominator == 1 else THIRD
    if q.denominator > 2 or share < wanted:
        raise InputError(
            f"flux densities of the rotor: a sweep of {share} of the period with {q} slots per pole and phase; "
            + ("2 q is to be whole" if q.denominator > 2 else f"{wanted} is wanted")
        )
    return Period(b=b, span=share, antiperiodic=False, triangles=np.arange(b.shape[2], dtype=np.int32), copies=1)


def _turn(section: Section, share: Fraction) -> tuple[int, int]:
    """Return by how many slots, and with which sign, the field has turned after ``share`` of the period."""
    if share not in (SIXTH, THIRD):
        raise InputError(f"sweep of {share} of the electrical period; 1/6 or 1/3 is wanted")
    q, belts = slots_per_belt(section), 6 * share
    for j in range(_MOST):
        y = q * (belts + 3 * j)
        if y.denominator == 1:
            return int(y), (-1) ** j
    raise InputError(
        f"{q} slots per pole and phase: no symmetric three-phase winding has a multiple of 3 below the line"
    )


def _sweeps(section: Section, y: int, sign: int, share: Fraction) -> tuple[int, bool]:
    """Return how many sweeps tell the whole, and whether they end with the sign changed."""
    whole = int(1 / share)
    if whole % 2 == 0:
        half = whole // 2
        wraps, rest = divmod(-half * y, section.slots)
        if rest == 0 and _sector_sign(section, wraps) * sign**half == -1:
            return half, True
    return whole, False


def _sector_sign(section: Section, wraps: int) -> int:
    """Return the sign of the field ``wraps`` sectors on."""
    return -1 if section.poles % 2 and wraps % 2 else 1
