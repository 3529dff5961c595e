"""The Design of a stator and one slot pitch of its cross-section."""

from __future__ import annotations

from cmath import phase, rect
from dataclasses import dataclass
from itertools import pairwise
from math import pi, sqrt
from typing import Annotated, Literal

from coaxle.design.machine.kinds.sketch import (
    Outline,
    Shape,
    across,
    arc,
    area,
    height,
    ring,
    rounded,
)
from coaxle.design.machine.winding.coils import Hairpin, RoundWire
from coaxle.units import Angle, Length


@dataclass(frozen=True, slots=True, kw_only=True)
class RectangularSlot:
    """A slot with parallel sides, for bars.

    ``depth`` runs from the bore to the bottom. The ``opening`` is ``opening_depth`` deep, then the slot widens to
    ``width`` within ``shoulder``; behind it ``wedge`` keeps the conductors off. ``fillet`` rounds the bottom's corners.
    """

    kind: Literal["rectangular"]
    depth: Length
    width: Length
    opening: Length
    opening_depth: Length
    shoulder: Length = 0.0
    wedge: Length = 0.0
    fillet: Length = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelToothSlot:
    """A slot between teeth of even width, for round wire; fields as of a rectangular slot."""

    kind: Literal["parallel-tooth"]
    depth: Length
    tooth_width: Length
    opening: Length
    opening_depth: Length
    shoulder: Length = 0.0
    wedge: Length = 0.0
    fillet: Length = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stator:
    """The stator's lamination: ``bore`` is its inner diameter."""

    slots: int
    outer_diameter: Length
    bore: Length
    slot: Annotated[RectangularSlot | ParallelToothSlot, "kind"]
    steel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skew:
    """Rotor in ``slices`` turned against each other, ``angle`` (mechanical) from the first to the last."""

    angle: Angle
    slices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRoom:
    """What a slot leaves for conductors: its outline's upper half, where they begin, and the sizes that follow."""

    half: tuple[complex, ...]
    start: float
    bottom: float
    area: float
    widths: tuple[float, float]


def slot_half(stator: Stator) -> list[complex]:
    """Return the upper half of a slot's outline from bore to bottom, its middle on the x axis."""
    slot, bore = stator.slot, stator.bore / 2
    half_opening = slot.opening / 2
    mouth = bore + slot.opening_depth
    start, bottom = mouth + slot.shoulder, bore + slot.depth
    top, low = flank(stator, start), flank(stator, bottom)
    points: list[complex] = []
    if half_opening > 0:
        points += [sqrt(bore**2 - half_opening**2) + 1j * half_opening, mouth + 1j * half_opening]
    else:
        points.append(complex(start if slot.shoulder == 0 else mouth))
    points.append(start + 1j * top)
    points += rounded(start + 1j * top, bottom + 1j * low, complex(bottom), slot.fillet)
    points.append(complex(bottom))
    return points


def flank(stator: Stator, x: float) -> float:
    """Return half the width of the slot at ``x`` [m]."""
    slot = stator.slot
    if isinstance(slot, RectangularSlot):
        return slot.width / 2
    # The flank runs parallel to the tooth's middle line, half a tooth from it.
    along = rect(1.0, pi / stator.slots)
    foot = -1j * along * slot.tooth_width / 2
    return (foot + along * (x - foot.real) / along.real).imag


def room(stator: Stator) -> SlotRoom:
    """Return what the slot leaves for conductors; the liner still lies within it."""
    slot = stator.slot
    start = stator.bore / 2 + slot.opening_depth + slot.shoulder + slot.wedge
    bottom = stator.bore / 2 + slot.depth
    half = tuple(slot_half(stator))
    rising = tuple(
        point for point in half if point.real >= stator.bore / 2 + slot.opening_depth + slot.shoulder - 1e-12
    )
    return SlotRoom(
        half=rising,
        start=start,
        bottom=bottom,
        area=area(across(rising, start, bottom)),
        widths=(2 * height(rising, start), 2 * flank(stator, bottom)),
    )


def tooth_width(stator: Stator) -> float:
    """Return the tooth's least width behind its tip [m]."""
    if isinstance(stator.slot, ParallelToothSlot):
        return stator.slot.tooth_width
    start = stator.bore / 2 + stator.slot.opening_depth + stator.slot.shoulder
    return 2 * start * _sine(pi / stator.slots) - stator.slot.width


def _sine(angle: float) -> float:
    return rect(1.0, angle).imag


def slot_pitch(stator: Stator, winding: Hairpin | RoundWire) -> tuple[Shape, ...]:
    """Return the shapes of one slot pitch, the slot in its middle.

    Layers fill the slot from wall to wall: the liner counts with the conductors, wedge and opening as air. Bars share
    the slot's depth evenly, coil sides of round wire its area. Layer 1 is at the bottom.
    """
    bore, outer, pitch = stator.bore / 2, stator.outer_diameter / 2, 2 * pi / stator.slots
    half = slot_half(stator)
    root = tooth_root(stator)
    corner, radius = phase(root), abs(root)
    shapes = [
        Shape(
            name="yoke-#",
            part="stator-yoke",
            outline=ring(radius, outer, pitch / 2, inner_corners=(corner,)),
            material=stator.steel,
        ),
        Shape(
            name="tooth-#",
            part="stator-tooth",
            outline=ring(bore, radius, pitch / 2, outer_corners=(corner,)),
            material=stator.steel,
        ),
        Shape(name="slot-#", part="air", outline=_slot_outline(stator, half)),
    ]
    for number, outline in enumerate(layers(stator, winding), 1):
        shapes.append(Shape(name=f"slot-#-layer-{number}", part="slot", outline=outline, material=winding.conductor))
    return tuple(shapes)


def tooth_root(stator: Stator) -> complex:
    """Return where the slot's straight flank ends: at that radius the teeth end and the yoke begins."""
    bottom = stator.bore / 2 + stator.slot.depth
    half = slot_half(stator)
    start = next(number for number, point in enumerate(half) if point.imag > stator.slot.opening / 2 + 1e-12)
    if stator.slot.fillet > 0:
        return half[start + 1]
    return bottom + 1j * flank(stator, bottom)


def _slot_outline(stator: Stator, half: list[complex]) -> Outline:
    outline = [*(point.conjugate() for point in half), *reversed(half[:-1])]
    if stator.slot.opening > 0:  # the mouth follows the bore
        angle = phase(half[0])
        outline += arc(stator.bore / 2, angle, -angle)[1:-1]
        return tuple(outline)
    return tuple(outline[:-1]) if half[0].imag == 0 else tuple(outline)


def layers(stator: Stator, winding: Hairpin | RoundWire) -> tuple[Outline, ...]:
    """Return the outlines of a slot's layers, the first at its bottom."""
    space = room(stator)
    if isinstance(winding, Hairpin):
        step = (space.bottom - space.start) / winding.layers
        cuts = [space.bottom - step * number for number in range(winding.layers + 1)]
    else:
        cuts = [space.bottom, space.start]
        if winding.layers == 2:
            cuts.insert(1, _halving(space))
    return tuple(across(space.half, low, high) for high, low in pairwise(cuts))


def _halving(space: SlotRoom) -> float:
    """Return where the slot's area is cut in two."""
    low, high = space.start, space.bottom
    for _ in range(50):
        middle = (low + high) / 2
        if area(across(space.half, middle, space.bottom)) > space.area / 2:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def perimeter(stator: Stator) -> float:
    """Return the length of the slot's wall around the conductors, without its opening side [m]."""
    space = room(stator)
    outline = across(space.half, space.start, space.bottom)
    around = sum(abs(b - a) for a, b in zip(outline, (*outline[1:], outline[0]), strict=True))
    return around - space.widths[0]
