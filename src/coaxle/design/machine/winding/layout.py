"""Which phase lies in which layer of which slot: the star of slots, winding factors, what is possible.

Coil sides are laid by phase belts of 60 electrical degrees. Odd layers hold the sides that a coil starts with, even
layers those in which it returns one pitch further on. Source: Pyrhönen, Jokinen, Hrabovcová, Design of Rotating
Electrical Machines, 2nd ed. 2014, chapter 2 (star of slots 2.9 to 2.11, winding factor as the sum of voltage phasors).
"""

from __future__ import annotations

from cmath import exp, phase
from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd, pi

from coaxle.design.machine.winding.coils import Hairpin, RoundWire
from coaxle.errors import InputError

_BELTS = ((0, 1), (2, -1), (1, 1), (0, -1), (2, 1), (1, -1))
"""Phase and sign of the belts of 60 degrees, in the order in which a field that turns forward meets them."""


@dataclass(frozen=True, slots=True)
class Side:
    """A coil side in one layer of a slot: phase 0, 1, 2 and +1 where positive current flows along +z."""

    phase: int
    sign: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Coil sides of the whole machine.

    ``sides[k][j]`` lies in slot ``k``, layer ``j + 1``; layer 1 is at the slot's bottom, the last at its opening.
    Slot ``k`` stands at (k + 1/2) slot pitches.
    """

    slots: int
    pole_pairs: int
    sides: tuple[tuple[Side, ...], ...]

    def phasor(self, phase: int, harmonic: int = 1) -> complex:
        """Return the sum of the sides' phasors of one phase over their number; its magnitude is the winding factor.

        ``harmonic`` counts in multiples of the pole pairs' fundamental.
        """
        total, count = 0j, 0
        for slot, layers in enumerate(self.sides):
            here = sum(side.sign for side in layers if side.phase == phase)
            count += sum(side.phase == phase for side in layers)
            total += here * exp(1j * harmonic * self.pole_pairs * 2 * pi * (slot + 0.5) / self.slots)
        return total / count

    def factor(self, harmonic: int = 1) -> float:
        """Return the winding factor of a harmonic of the fundamental, distribution and pitch together."""
        return abs(self.phasor(0, harmonic))

    def axis(self, phase_number: int = 0) -> float:
        """Return the electrical angle at which positive current of a phase makes its flux out of the rotor [rad].

        Around a current along +z the field turns counter-clockwise, so the radial field falls across it: the axis lies
        a quarter period before the sum of the phasors.
        """
        return phase(self.phasor(phase_number) * exp(-0.5j * pi))


def lay(winding: Hairpin | RoundWire, slots: int, pole_pairs: int) -> Layout:
    """Lay the coil sides of ``winding`` into ``slots``.

    Raises
    ------
    InputError
        Where the winding is none that these slots and poles can hold.

    """
    for place, message in check_layout(winding, slots, pole_pairs):
        raise InputError(f"winding.{place}: {message}")
    starts = [_BELTS[6 * pole_pairs * slot // slots % 6] for slot in range(slots)]
    sides = []
    for slot in range(slots):
        start, back = starts[slot], starts[(slot - winding.pitch) % slots]
        pair = (Side(*start), Side(back[0], -back[1]))
        sides.append(pair[:1] if winding.layers == 1 else pair * (winding.layers // 2))
    return Layout(slots=slots, pole_pairs=pole_pairs, sides=tuple(sides))


def check_layout(winding: Hairpin | RoundWire, slots: int, pole_pairs: int) -> Iterator[tuple[str, str]]:
    """Yield what is impossible about ``winding`` in ``slots``, by field of the winding."""
    if slots < 3 or pole_pairs < 1:
        return
    period = gcd(slots, pole_pairs)
    if slots % (3 * period):
        yield "pitch", f"{slots} slots and {2 * pole_pairs} poles hold no balanced winding of three phases"
        return
    wrong = list(_check_layers(winding, slots, pole_pairs))
    yield from wrong
    if wrong:
        return
    longest = max(1, slots // pole_pairs - 1)
    if not 1 <= winding.pitch <= longest:
        yield (
            "pitch",
            f"{winding.pitch} slots; 1 to {longest} are possible with {slots} slots and {2 * pole_pairs} poles",
        )
    groups = groups_alike(winding, slots, pole_pairs)
    if winding.parallel_paths < 1 or groups % winding.parallel_paths:
        said = ", ".join(str(count) for count in range(1, groups + 1) if groups % count == 0)
        yield "parallel_paths", f"{winding.parallel_paths}; {groups} like groups of coils allow {said}"


def _check_layers(winding: Hairpin | RoundWire, slots: int, pole_pairs: int) -> Iterator[tuple[str, str]]:
    if isinstance(winding, Hairpin) and (winding.layers < 2 or winding.layers % 2):
        yield "layers", f"{winding.layers}; an even number of bars a slot is wanted"
    if isinstance(winding, RoundWire) and winding.layers not in (1, 2):
        yield "layers", f"{winding.layers}; 1 or 2 layers are wanted"
    if winding.layers == 1:
        if slots % (6 * pole_pairs):
            yield "layers", f"1; {slots} slots and {2 * pole_pairs} poles want two layers"
        elif winding.pitch != slots // (2 * pole_pairs):
            yield "pitch", f"{winding.pitch} slots; one layer spans a full pitch, {slots // (2 * pole_pairs)} slots"


def groups_alike(winding: Hairpin | RoundWire, slots: int, pole_pairs: int) -> int:
    """Return into how many groups of the same voltage the coils of a phase fall: parallel paths divide it.

    Groups repeat with the common divisor of slots and pole pairs, twice as often where the winding repeats with
    opposite sign after half of that. One layer halves them. Bars of different layers are taken as transposed along
    the path, so every pair of layers counts.
    """
    period = gcd(slots, pole_pairs)
    groups = 2 * period if slots // period % 2 == 0 else period
    if winding.layers == 1:
        return max(1, groups // 2)
    return groups * (winding.layers // 2) if isinstance(winding, Hairpin) else groups
