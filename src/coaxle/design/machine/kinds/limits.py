"""What is impossible about a stator and about the dimensions that every machine has."""

from __future__ import annotations

from collections.abc import Iterator
from math import pi
from typing import Protocol

from coaxle.design.machine.kinds.sketch import Finding, height
from coaxle.design.machine.kinds.stator import (
    RectangularSlot,
    Skew,
    Stator,
    flank,
    perimeter,
    room,
    tooth_width,
)
from coaxle.design.machine.winding.coils import Hairpin, RoundWire
from coaxle.design.machine.winding.ends import check_ends
from coaxle.design.machine.winding.layout import check_layout
from coaxle.units import show

LEAST_TOOTH = 1.0e-3
"""Width [m] below which a tooth is not punched."""
LEAST_YOKE, LEAST_TIP = 2.0e-3, 0.2e-3
"""Iron [m] behind and beside a slot's mouth at least."""
DENSEST = 0.82
"""Round wires over the lined slot that can be wound at all; hexagons without walls have pi / sqrt(12) = 0.907."""


def millimetres(length: float) -> str:
    """Return a length as messages show it."""
    return show(length, "length", "mm", 4)


mm = millimetres


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
        widest = 2 * flank(stator, bore + slot.opening_depth + slot.shoulder)
        if tooth < LEAST_TOOTH:
            yield "stator.slot.tooth_width", f"is {mm(tooth)}; at least {mm(LEAST_TOOTH)} is wanted"
        elif widest <= 0:
            yield "stator.slot.tooth_width", f"{mm(tooth)} leaves no slot at the bore"
            return
    if slot.opening > 2 * flank(stator, bore + slot.opening_depth + slot.shoulder) + 1e-9:
        width = 2 * flank(stator, bore + slot.opening_depth + slot.shoulder)
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


def lined_area(stator: Stator, winding: Hairpin | RoundWire) -> float:
    """Return the area within the liner [m2]."""
    space = room(stator)
    return space.area - winding.liner * perimeter(stator)
