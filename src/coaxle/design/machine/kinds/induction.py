"""The induction machine: a cage of bars in the rotor's slots, joined by end rings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import asin, pi, sin, sqrt
from typing import Annotated, Literal

from coaxle.design.machine.kinds.limits import above_zero, check_frame, check_stator, millimetres
from coaxle.design.machine.kinds.sketch import Finding, Outline, Rotor, Shape, arc, area, closed, fine, ring
from coaxle.design.machine.kinds.stator import Skew, Stator
from coaxle.design.machine.winding.coils import Winding
from coaxle.units import AngularSpeed, Length, Share

LEAST_TOOTH = 1.0e-3
LEAST_CORE = 4.0e-3
LEAST_COVER = 0.2e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBar:
    """A round bar; ``opening`` is the width of the slot above it (0: closed), ``opening_depth`` the iron over it."""

    kind: Literal["round"]
    diameter: Length
    opening: Length
    opening_depth: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class RectangularBar:
    """A bar with parallel sides; ``opening`` and ``opening_depth`` as of a round bar."""

    kind: Literal["rectangular"]
    width: Length
    height: Length
    opening: Length
    opening_depth: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class DropBar:
    """A bar between two half circles, straight sides between them, ``height`` from end to end.

    ``top_width`` and ``bottom_width`` are the circles' diameters; ``opening`` and ``opening_depth`` as of a round bar.
    """

    kind: Literal["drop"]
    top_width: Length
    bottom_width: Length
    height: Length
    opening: Length
    opening_depth: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class CageRotor:
    """A cage: ``bars`` of ``bar_material``, joined at both ends by rings of the same.

    ``ring_height`` (radial) and ``ring_width`` (axial) are those of a ring; ``ring_distance`` lies between the stack
    and the ring.
    """

    bars: int
    bar: Annotated[RoundBar | RectangularBar | DropBar, "kind"]
    bar_material: str
    ring_height: Length
    ring_width: Length
    ring_distance: Length = 0.0
    steel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Induction:
    """An induction machine with a cage.

    ``gap`` is the mechanical gap, ``stack`` the laminations' length, ``stacking`` the share of iron in it.
    The shaft is hollow where ``shaft_bore`` (its inner diameter) is given.
    """

    kind: Literal["induction"]
    pole_pairs: int
    stack: Length
    stacking: Share
    gap: Length
    shaft_diameter: Length
    max_speed: AngularSpeed
    stator: Stator
    winding: Winding
    rotor: CageRotor
    skew: Skew | None = None
    shaft_bore: Length = 0.0
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


def height(bar: RoundBar | RectangularBar | DropBar) -> float:
    """Return a bar's height [m]."""
    return bar.diameter if isinstance(bar, RoundBar) else bar.height


def bar_outline(design: Induction) -> Outline:
    """Return the outline of a bar."""
    bar = design.rotor.bar
    top = design.stator.bore / 2 - design.gap - bar.opening_depth
    if isinstance(bar, RectangularBar):
        half = bar.width / 2
        return closed([complex(top), complex(top, half), complex(top - bar.height, half), complex(top - bar.height)])
    upper, lower = (
        (bar.diameter / 2, bar.diameter / 2) if isinstance(bar, RoundBar) else (bar.top_width / 2, bar.bottom_width / 2)
    )
    first, second = top - upper, top - height(bar) + lower
    # The sides touch both circles: their normal leans by the difference of the radii over the distance.
    lean = pi / 2 + (asin((upper - lower) / (first - second)) if first > second else 0.0)
    mouth = asin(min(1.0, bar.opening / (2 * upper)))
    points = arc(upper, 0.0, mouth, complex(first), fine(upper)) if mouth > 0 else []
    points += arc(upper, mouth, lean, complex(first), fine(upper)) + arc(lower, lean, pi, complex(second), fine(lower))
    points[0], points[-1] = complex(points[0].real), complex(points[-1].real)
    return closed(points)


def rotor(design: Induction) -> Rotor:
    """Return one bar pitch of the rotor."""
    made, radius, half = design.rotor, design.stator.bore / 2 - design.gap, pi / design.rotor.bars
    iron = ring(design.shaft_diameter / 2, radius, half)
    shapes = [Shape(name="rotor-#", part="rotor-iron", outline=iron, material=made.steel)]
    if made.bar.opening > 0:
        shapes.append(Shape(name="opening-#", part="air", outline=_opening(design, radius)))
    shapes.append(
        Shape(
            name="bar-#",
            part="bar",
            outline=bar_outline(design),
            material=made.bar_material,
            circuit="bar-#",
            conductors=1.0,
        )
    )
    return Rotor(shapes=tuple(shapes), cells=made.bars, alternates=False)


def _opening(design: Induction, radius: float) -> Outline:
    """Return the slot above a bar, from inside the bar to the gap."""
    bar = design.rotor.bar
    half = bar.opening / 2
    round_top = bar.diameter if isinstance(bar, RoundBar) else bar.top_width if isinstance(bar, DropBar) else 0.0
    sunk = round_top / 2 - sqrt(max(0.0, (round_top / 2) ** 2 - half**2))
    low, angle = radius - bar.opening_depth - sunk, asin(half / radius)
    inside = low - 0.02 * height(bar)
    corners = complex(inside), complex(low, -half), complex(low, half)
    return (corners[0], corners[1], *arc(radius, -angle, angle), corners[2])


def bar_area(design: Induction) -> float:
    """Return the cross-section of a bar [m2]."""
    return area(bar_outline(design))


def check(design: Induction) -> Iterator[Finding]:
    """Yield what is impossible about a machine, by place."""
    yield from _check_rotor(design)
    yield from check_stator(design.stator, design.winding, design.pole_pairs)


def _check_rotor(design: Induction) -> Iterator[Finding]:
    made, bar = design.rotor, design.rotor.bar
    sizes = {RoundBar: ("diameter",), RectangularBar: ("width", "height")}
    numbers = [
        *check_frame(design),
        *above_zero("rotor.", made, "bars", "ring_height", "ring_width"),
        *above_zero("rotor.bar.", bar, *sizes.get(type(bar), ("top_width", "bottom_width", "height"))),
    ]
    yield from numbers
    if numbers:
        return
    widest = {RoundBar: "diameter", RectangularBar: "width", DropBar: "top_width"}[type(bar)]
    width = getattr(bar, widest)
    if (
        isinstance(bar, DropBar)
        and not bar.height > (bar.top_width + bar.bottom_width) / 2 + abs(bar.top_width - bar.bottom_width) / 2
    ):
        least = millimetres(max(bar.top_width, bar.bottom_width))
        yield "rotor.bar.height", f"{millimetres(bar.height)} is too low for its circles; more than {least} is wanted"
        return
    if bar.opening > width:
        yield "rotor.bar.opening", f"{millimetres(bar.opening)} is wider than the bar, {millimetres(width)}"
    if bar.opening_depth < LEAST_COVER:
        said, least = millimetres(bar.opening_depth), millimetres(LEAST_COVER)
        yield "rotor.bar.opening_depth", f"{said} of iron covers the bar; at least {least} is wanted"
    yield from _check_room(design, widest)


def _check_room(design: Induction, widest: str) -> Iterator[Finding]:
    """Yield bars that meet one another or the shaft."""
    outline, pitch = bar_outline(design), 2 * pi / design.rotor.bars
    core = min(abs(point) for point in outline) - design.shaft_diameter / 2
    tall = "diameter" if isinstance(design.rotor.bar, RoundBar) else "height"
    if min(point.real for point in outline) <= 0 or core < LEAST_CORE:
        said, least = millimetres(core), millimetres(LEAST_CORE)
        yield f"rotor.bar.{tall}", f"leaves a core of {said} on the shaft; at least {least} is wanted"
        return
    half = pitch / 2
    tooth = min(2 * (point.real * sin(half) - point.imag * sqrt(1 - sin(half) ** 2)) for point in outline)
    if tooth < LEAST_TOOTH:
        least = millimetres(LEAST_TOOTH)
        yield f"rotor.bar.{widest}", f"leaves a tooth of {millimetres(tooth)} between bars; at least {least} is wanted"
