"""A squirrel cage in the figures of a stator phase: referral, resistance, the crowding of current in deep bars.

Sources: Pyrhönen, Jokinen, Hrabovcová, Design of Rotating Electrical Machines, 2nd ed. 2014: section 7.2 (a cage as a
winding of as many phases as bars), section 5.2 (crowding of current). The factors of a rectangular bar go back to
F. Emde, Elektrotechnik und Maschinenbau 26 (1908).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, cosh, pi, sin, sinh, sqrt

from coaxle.errors import InputError

_MU_0 = 4e-7 * pi


@dataclass(frozen=True, slots=True, kw_only=True)
class Cage:
    """A cage and the stator winding to which it is referred.

    Parameters
    ----------
    bars, pole_pairs : int
        Of the whole machine.
    turns : float
        Series turns of a stator phase times the winding factor of the fundamental.
    bar_resistance : float
        Of one bar from ring to ring [Ohm].
    ring_resistance, ring_inductance : float
        Of one ring between two bars [Ohm, H].
    slices : tuple of float
        Of a skewed stack: the electrical angle by which the bars of each slice stand ahead of its middle [rad].

    """

    bars: int
    pole_pairs: int
    turns: float
    bar_resistance: float
    ring_resistance: float = 0.0
    ring_inductance: float = 0.0
    slices: tuple[float, ...] = (0.0,)

    def __post_init__(self) -> None:
        if self.pole_pairs < 1 or self.bars < 3 * self.pole_pairs:
            raise InputError(f"cage.bars: {self.bars}; at least three a pole pair are wanted")
        if not self.turns > 0 or not self.bar_resistance > 0:
            raise InputError(
                "cage: turns and bar resistance are not both above 0; a wound stator and real bars are wanted"
            )
        if min(self.ring_resistance, self.ring_inductance) < 0:
            raise InputError("cage: resistance or inductance of the rings is negative; 0 or more is wanted")
        if not self.slices:
            raise InputError("cage.slices: holds no slice; the angle of each, or 0 alone without skew, is wanted")

    @property
    def ratio(self) -> float:
        """Bar current over the referred cage current, both peak: 2 m N k_w / Q_r with m = 3.

        With it, a referred cage current makes the same fundamental ampere-turns as an equal stator current.
        """
        return 6.0 * self.turns / self.bars

    @property
    def ring_factor(self) -> float:
        """By what the impedance of a ring's segment stands in series with a bar: 1 / (2 sin^2(pi n_p / Q_r)).

        Two rings carry I_bar / (2 sin(pi n_p / Q_r)) each.
        """
        return 1.0 / (2.0 * sin(pi * self.pole_pairs / self.bars) ** 2)

    @property
    def resistance(self) -> float:
        """Of the cage, referred to a stator phase [Ohm]: 3/2 R_r i_r^2 is the loss of all bars and both rings."""
        return self.referred(self.bar_resistance + self.ring_factor * self.ring_resistance)

    @property
    def ring_leakage(self) -> float:
        """Leakage inductance of both rings, referred to a stator phase [H]."""
        return self.referred(self.ring_factor * self.ring_inductance)

    def referred(self, bar_impedance: float) -> float:
        """Return an impedance in series with each bar as one of a stator phase: times Q_r ratio^2 / 3."""
        return bar_impedance * self.bars * self.ratio**2 / 3.0


def bar_resistance(length: float, area: float, conductivity: float) -> float:
    """Return the resistance of a bar of ``length`` [m] and ``area`` [m2] at low slip frequency [Ohm]."""
    return length / (conductivity * area)


def ring_resistance(diameter: float, area: float, conductivity: float, bars: int) -> float:
    """Return the resistance of a ring between two bars, of mean ``diameter`` [m] and ``area`` [m2] [Ohm].

    The current is taken as even over the section, which holds where the ring is slim beside its diameter.
    """
    return pi * diameter / (bars * conductivity * area)


def deep_bar(height: float, fill: float, conductivity: float, frequency: float) -> tuple[float, float]:
    """Return by what resistance and slot inductance of a rectangular bar change at slip frequency.

    Parameters
    ----------
    height : float
        Of the bar, along the slot's depth [m].
    fill : float
        Width of the bar over that of the slot.
    conductivity : float
        [S/m].
    frequency : float
        Of the bar's current: slip frequency [Hz].

    Returns
    -------
    tuple of float
        k_R = xi (sinh 2xi + sin 2xi) / (cosh 2xi - cos 2xi) and k_L = 3/(2 xi) (sinh 2xi - sin 2xi) /
        (cosh 2xi - cos 2xi), with xi = h sqrt(pi f mu_0 sigma b_bar / b_slot). Parallel slot walls of infinite
        permeability are assumed.

    """
    if frequency < 0:
        raise InputError(f"frequency: {frequency:g} Hz; the amount of the slip frequency is wanted")
    xi = height * sqrt(pi * frequency * _MU_0 * conductivity * fill)
    if xi < 1e-2:
        return 1.0, 1.0  # both start with xi^4, below 1e-8 here, where the quotients lose digits
    if xi > 300.0:
        return xi, 1.5 / xi
    below = cosh(2 * xi) - cos(2 * xi)
    return xi * (sinh(2 * xi) + sin(2 * xi)) / below, 1.5 / xi * (sinh(2 * xi) - sin(2 * xi)) / below
