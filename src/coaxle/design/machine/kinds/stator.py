"""The Design of a stator, its checks and one slot pitch of its cross-section."""

from __future__ import annotations

import itertools
from cmath import phase, rect
from collections.abc import Iterator
from dataclasses import dataclass
from math import pi, sqrt
from typing import Annotated, Literal, Protocol

from coaxle.design.machine.kinds.sketch import (
    Finding,
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
from coaxle.design.machine.winding.ends import check_ends
from coaxle.design.machine.winding.layout import check_layout
from coaxle.units import Angle, Length, show

LEAST_TOOTH = 1.0e-3
"""Width [m] below which a tooth is not punched."""
LEAST_YOKE = 2.0e-3
LEAST_TIP = 0.2e-3


def millimetres(length: float) -> str:
    """Return a length as messages show it."""
    return show(length, "length", "mm", 4)


mm = millimetres


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
    top, low = _flank(stator, start), _flank(stator, bottom)
    points: list[complex] = []
    if half_opening > 0:
        points += [sqrt(bore**2 - half_opening**2) + 1j * half_opening, mouth + 1j * half_opening]
    else:
        points.append(complex(start if slot.shoulder == 0 else mouth))
    points.append(start + 1j * top)
    points += rounded(start + 1j * top, bottom + 1j * low, complex(bottom), slot.fillet)
    points.append(complex(bottom))
    return points


def _flank(stator: Stator, x: float) -> float:
    """Return half the width of the slot at ``x``."""
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
        widths=(2 * height(rising, start), 2 * _flank(stator, bottom)),
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
    return bottom + 1j * _flank(stator, bottom)


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
    return tuple(across(space.half, low, high) for high, low in itertools.pairwise(cuts))


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


def check_stator(stator: Stator, winding: Hairpin | RoundWire, pole_pairs: int) -> Iterator[Finding]:
    """Yield what is impossible about a stator and its winding, by place in the machine."""
    wrong = list(_check_numbers(stator, winding))
    yield from wrong
    if wrong:
        return
    wrong = list(_check_slot(stator))
    yield from wrong
    middle = stator.bore + stator.slot.depth
    for place, message in (
        *check_layout(winding, stator.slots, pole_pairs),
        *check_ends(winding, stator.slots, middle),
    ):
        yield f"winding.{place}", message
    if not wrong:
        yield from check_fit(stator, winding)


def above_zero(place: str, record: object, *names: str) -> Iterator[Finding]:
    """Yield the fields among ``names`` that are not above 0."""
    for name in names:
        value = getattr(record, name)
        if value <= 0:
            yield f"{place}{name}", f"is {value:g}; a figure above 0 is wanted"


class Frame(Protocol):
    """What every machine has."""

    @property
    def stator(self) -> Stator:
        """The stator."""

    @property
    def skew(self) -> Skew | None:
        """The rotor's slices."""

    @property
    def stacking(self) -> float:
        """Share of iron in the stack [-]."""

    @property
    def gap(self) -> float:
        """Air gap [m]."""

    @property
    def shaft_diameter(self) -> float:
        """Of the shaft, outside [m]."""

    @property
    def shaft_bore(self) -> float:
        """Of the shaft, inside [m]."""


def check_frame(machine: Frame) -> Iterator[Finding]:
    """Yield what is impossible about the dimensions that every machine has."""
    yield from above_zero("", machine, "pole_pairs", "stack", "stacking", "gap", "max_speed", "shaft_diameter")
    if machine.stacking > 1:
        yield "stacking", f"is {machine.stacking:g}; a share of the stack up to 1 is wanted"
    if machine.shaft_bore > 0.95 * machine.shaft_diameter:
        said = mm(machine.shaft_diameter)
        yield "shaft_bore", f"{mm(machine.shaft_bore)} leaves no wall within shaft_diameter, {said}"
    if machine.gap >= machine.stator.bore / 4:
        yield "gap", f"{mm(machine.gap)} is no gap within a bore of {mm(machine.stator.bore)}"
    if machine.skew is not None and machine.skew.slices < 1:
        yield "skew.slices", f"is {machine.skew.slices}; at least 1 is wanted"


def _check_numbers(stator: Stator, winding: Hairpin | RoundWire) -> Iterator[Finding]:
    yield from above_zero("stator.", stator, "outer_diameter", "bore")
    width = "width" if isinstance(stator.slot, RectangularSlot) else "tooth_width"
    yield from above_zero("stator.slot.", stator.slot, "depth", width)
    if stator.slots < 3:
        yield "stator.slots", f"is {stator.slots}; at least 3 are wanted"
    if isinstance(winding, Hairpin):
        yield from above_zero("winding.", winding, "layers", "bar_height", "bar_width", "parallel_paths", "pitch")
    else:
        yield from above_zero("winding.", winding, "turns", "strands", "wire_diameter", "parallel_paths", "pitch")


def _check_slot(stator: Stator) -> Iterator[Finding]:
    slot, bore = stator.slot, stator.bore / 2
    yoke = stator.outer_diameter / 2 - bore - slot.depth
    if yoke < LEAST_YOKE:
        yield (
            "stator.slot.depth",
            f"{mm(slot.depth)} leaves a yoke of {mm(yoke)}; at least {mm(LEAST_YOKE)} is wanted",
        )
    if 0 < slot.opening_depth < LEAST_TIP or (slot.opening_depth == 0 and slot.opening == 0):
        yield (
            "stator.slot.opening_depth",
            f"is {mm(slot.opening_depth)}; at least {mm(LEAST_TIP)} is wanted",
        )
    used = slot.opening_depth + slot.shoulder + slot.wedge
    if used >= 0.9 * slot.depth:
        yield (
            "stator.slot.depth",
            f"{mm(slot.depth)} is used up by opening_depth, shoulder and wedge, {mm(used)}",
        )
        return
    tooth = tooth_width(stator)
    if isinstance(slot, RectangularSlot):
        if tooth < LEAST_TOOTH:
            least = mm(LEAST_TOOTH)
            yield "stator.slot.width", f"{mm(slot.width)} leaves a tooth of {mm(tooth)}; at least {least} is wanted"
    else:
        widest = 2 * _flank(stator, bore + slot.opening_depth + slot.shoulder)
        if tooth < LEAST_TOOTH:
            yield "stator.slot.tooth_width", f"is {mm(tooth)}; at least {mm(LEAST_TOOTH)} is wanted"
        elif widest <= 0:
            yield "stator.slot.tooth_width", f"{mm(tooth)} leaves no slot at the bore"
            return
    if slot.opening > 2 * _flank(stator, bore + slot.opening_depth + slot.shoulder) + 1e-9:
        width = 2 * _flank(stator, bore + slot.opening_depth + slot.shoulder)
        yield "stator.slot.opening", f"{mm(slot.opening)} is wider than the slot, {mm(width)}"


def check_fit(stator: Stator, winding: Hairpin | RoundWire) -> Iterator[Finding]:
    """Yield where conductors with their insulation do not go into the slot."""
    space = room(stator)
    if isinstance(winding, Hairpin):
        width = winding.bar_width + 2 * (winding.bar_insulation + winding.liner)
        free = min(2 * height(space.half, space.start), space.widths[1])
        if width > free + 1e-9:
            yield (
                "winding.bar_width",
                f"{mm(winding.bar_width)} with insulation wants {mm(width)}; the slot has {mm(free)}",
            )
        depth = winding.layers * (winding.bar_height + 2 * winding.bar_insulation) + 2 * winding.liner
        free = space.bottom - space.start
        if depth > free + 1e-9:
            yield (
                "winding.bar_height",
                f"{mm(winding.bar_height)} with insulation wants {mm(depth)}; the slot has {mm(free)}",
            )
        return
    free = lined_area(stator, winding)
    count = winding.layers * winding.turns * winding.strands
    taken = count * pi / 4 * (winding.wire_diameter + 2 * winding.wire_insulation) ** 2
    if free <= 0:
        yield "winding.liner", f"{mm(winding.liner)} fills the slot"
    elif taken / free > DENSEST:
        share = f"{count} wires fill {taken / free:.0%} of the lined slot"
        yield (
            "winding.wire_diameter",
            f"{mm(winding.wire_diameter)}: {share}; at most {DENSEST:.0%} can be wound",
        )


DENSEST = 0.82
"""Round wires over the lined slot that can be wound at all; hexagons without walls have pi / sqrt(12) = 0.907."""


def lined_area(stator: Stator, winding: Hairpin | RoundWire) -> float:
    """Return the area within the liner [m2]."""
    space = room(stator)
    return space.area - winding.liner * perimeter(stator)


def perimeter(stator: Stator) -> float:
    """Return the length of the slot's wall around the conductors, without its opening side [m]."""
    space = room(stator)
    outline = across(space.half, space.start, space.bottom)
    around = sum(abs(b - a) for a, b in zip(outline, (*outline[1:], outline[0]), strict=True))
    return around - space.widths[0]
