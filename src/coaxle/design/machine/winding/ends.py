"""What lies outside the stack: length of the end turns, how far they stand out, their leakage.

Sources: hairpins, Lipo, Introduction to AC Machine Design, 2017, chapter 4 (diamond ends: neighbouring legs lie side by
side, which fixes their slope); round wire and leakage, Boldea and Nasar, The Induction Machine Design Handbook, 2nd ed.
2010, eqs. 15.65, 15.75 and 15.79.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import pi, sqrt

from coaxle.design.machine.winding.coils import Hairpin, RoundWire

STRAIGHT = 8.0e-3
"""Length [m] over which bars leave the stack before they lean over."""
SPACING = 0.5e-3
"""Room [m] between neighbouring legs of bars."""
STEEPEST = 0.9
"""Sine of the steepest slope of a leg that can be bent."""
_MU_0 = 4e-7 * pi
_ROUND_ENDS = {1: (2.0, -0.04), 2: (2.0, -0.02), 3: (pi / 2, 0.018)}
"""Length of an end over the coil's span, and what is added [m], by pole pairs; more pole pairs have the last row."""
_MANY_POLES = (2.2, -0.012)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """One end of a coil [m]: its length from slot to slot, how far it stands out, and the span that it bridges."""

    length: float
    overhang: float
    span: float


def ends(winding: Hairpin | RoundWire, slots: int, pole_pairs: int, middle: float) -> Ends:
    """Return the ends of a winding whose slots have their middle on the diameter ``middle`` [m].

    Bars: legs leave the stack straight over s, lean over at sin(alpha) = (b + delta) / tau_s, with b the width of the
    insulated bar and tau_s the slot pitch, and turn over within a bar's width; so l = y / cos(alpha) + 2 s + b.
    Round wire: l = k y + c with k and c by the number of poles, out, along and back, so it stands out by (l - y) / 2.
    Where the Design gives its overhang, the straight parts follow it.
    """
    pitch = pi * middle / slots
    span = winding.pitch * pitch
    if isinstance(winding, Hairpin):
        slope = slope_of_legs(winding, pitch)
        level = sqrt(1 - slope**2)
        width = winding.bar_width + 2 * winding.bar_insulation
        leaning = span / 2 * slope / level
        straight = STRAIGHT if winding.overhang is None else max(0.0, winding.overhang - leaning - width)
        return Ends(length=span / level + 2 * straight + width, overhang=straight + leaning + width, span=span)
    if winding.overhang is not None:
        return Ends(length=span + 2 * winding.overhang, overhang=winding.overhang, span=span)
    factor, more = _ROUND_ENDS.get(pole_pairs, _MANY_POLES)
    length = max(factor * span + more, 1.2 * span)
    return Ends(length=length, overhang=(length - span) / 2, span=span)


def slope_of_legs(winding: Hairpin, pitch: float) -> float:
    """Return the sine of the slope at which neighbouring legs pass one another."""
    return (winding.bar_width + 2 * winding.bar_insulation + SPACING) / pitch


def check_ends(winding: Hairpin | RoundWire, slots: int, middle: float) -> Iterator[tuple[str, str]]:
    """Yield bars whose ends cannot pass one another, by field of the winding."""
    if isinstance(winding, Hairpin):
        pitch = pi * middle / slots
        if slope_of_legs(winding, pitch) > STEEPEST:
            widest = STEEPEST * pitch - 2 * winding.bar_insulation - SPACING
            said = f"{winding.bar_width * 1e3:.4g} mm is too wide for its ends to pass one another"
            yield "bar_width", f"{said}; at most {widest * 1e3:.4g} mm is possible"


def leakage(winding: Hairpin | RoundWire, made: Ends, pole_pairs: int, series_turns: float) -> float:
    """Return the leakage inductance of both ends of a phase [H].

    L = 2 mu_0 N^2 c (l - 0.64 y) / p with c = 0.34 for two layers and more and 0.67 for one.
    """
    factor = 0.67 if winding.layers == 1 else 0.34
    return 2 * _MU_0 * series_turns**2 / pole_pairs * factor * max(0.0, made.length - 0.64 * made.span)
