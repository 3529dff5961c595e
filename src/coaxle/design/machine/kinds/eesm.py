"""The electrically excited synchronous machine: salient poles with a field winding around each."""

from __future__ import annotations

from cmath import phase
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt
from typing import Annotated, Literal

from coaxle.design.machine.kinds.limits import above_zero, check_frame, check_stator
from coaxle.design.machine.kinds.limits import millimetres as mm
from coaxle.design.machine.kinds.sketch import (
    Finding,
    Outline,
    Rotor,
    Shape,
    arc,
    area,
    closed,
    kept,
    mirrored,
    ring,
)
from coaxle.design.machine.kinds.stator import Skew, Stator
from coaxle.design.machine.winding.coils import Winding
from coaxle.units import AngularSpeed, Length, Share

LEAST_CORE = 4.0e-3
"""Iron [m] that a core has at least on its shaft."""
DENSEST_ROUND, DENSEST_BAR = 0.86, 0.95
"""Insulated wire over the coil's area that can be wound at all, orthocyclic round wire and rectangular wire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFieldWire:
    """Round wire of a field coil; ``insulation`` is the film around it."""

    kind: Literal["round"]
    diameter: Length
    insulation: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatFieldWire:
    """Rectangular wire of a field coil; ``insulation`` is the film on each side."""

    kind: Literal["flat"]
    height: Length
    width: Length
    insulation: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWinding:
    """Coils around the poles, all in series.

    A coil side takes the room between core and shoe beside the pole body: ``liner`` off the iron, at most
    ``coil_width`` wide, and ``coil_gap`` away from the neighbour's (for the wedge that holds both).
    """

    turns: int
    wire: Annotated[RoundFieldWire | FlatFieldWire, "kind"]
    conductor: str
    coil_width: Length
    coil_gap: Length
    liner: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class SalientRotor:
    """Poles on a core: bodies with parallel sides under shoes.

    ``body_height`` runs from the core to the shoe's underside, ``shoe_height`` from there to the gap, both in the
    pole's middle; ``shoe_width`` is the chord from edge to edge and ``shoe_edge`` the thickness there. The gap opens
    from the machine's ``gap`` in the middle to ``edge_gap`` at the edges along a circle whose centre lies off the
    shaft's, which makes the field nearly sinusoidal.
    """

    body_width: Length
    body_height: Length
    shoe_width: Length
    shoe_height: Length
    shoe_edge: Length
    edge_gap: Length
    field: FieldWinding
    steel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Eesm:
    """A synchronous machine with a field winding.

    ``gap`` is the mechanical gap in the middle of a pole, ``stack`` the laminations' length, ``stacking`` the share of
    iron in it. The shaft is hollow where ``shaft_bore`` (its inner diameter) is given.
    """

    kind: Literal["eesm"]
    pole_pairs: int
    stack: Length
    stacking: Share
    gap: Length
    shaft_diameter: Length
    max_speed: AngularSpeed
    stator: Stator
    winding: Winding
    rotor: SalientRotor
    skew: Skew | None = None
    shaft_bore: Length = 0.0
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pole:
    """Where the parts of a pole lie: its middle is the x axis."""

    top: float
    edge: complex
    centre: float
    under: float
    foot: float
    core: float


def pole(design: Eesm) -> Pole:
    """Return the corners of a pole that follow from its dimensions.

    The gap's circle passes the pole's top at radius R and the edge at radius r_e: its centre lies at
    (R^2 - r_e^2) / (2 (R - x_e)) on the pole's middle line.
    """
    rotor, top = design.rotor, design.stator.bore / 2 - design.gap
    outer = design.stator.bore / 2 - rotor.edge_gap
    edge = sqrt(max(0.0, outer**2 - (rotor.shoe_width / 2) ** 2)) + 1j * rotor.shoe_width / 2
    centre = (top**2 - outer**2) / (2 * (top - edge.real))
    under = top - rotor.shoe_height
    foot = under - rotor.body_height
    return Pole(top=top, edge=edge, centre=centre, under=under, foot=foot, core=abs(foot + 0.5j * rotor.body_width))


def shoe_outline(design: Eesm) -> Outline:
    """Return the outline of a pole shoe."""
    at, rotor = pole(design), design.rotor
    tip = at.edge - rotor.shoe_edge
    neck = at.under + 0.5j * rotor.body_width
    surface = arc(at.top - at.centre, 0.0, phase(at.edge - at.centre), at.centre, chord=pi / 240)
    return closed([complex(at.top), *surface[1:], tip, neck, complex(at.under)])


def coil_outline(design: Eesm) -> Outline:
    """Return the outline of the coil side above the x axis."""
    at, rotor, coil = pole(design), design.rotor, design.rotor.field
    low = at.foot + coil.liner
    side = rotor.body_width / 2 + coil.liner
    box: Outline = (
        low + 1j * side,
        at.top + 1j * side,
        at.top + 1j * (side + coil.coil_width),
        low + 1j * (side + coil.coil_width),
    )
    half = pi / (2 * design.pole_pairs)
    box = kept(box, lambda z: z.real * sin(half) - z.imag * cos(half) - coil.coil_gap / 2)
    neck, tip = at.under + 0.5j * rotor.body_width, at.edge - rotor.shoe_edge
    slope = (tip - neck) / abs(tip - neck)
    return kept(box, lambda z: (slope.conjugate() * (z - neck)).imag - coil.liner)


def rotor(design: Eesm) -> Rotor:
    """Return one pole of the rotor."""
    at, made = pole(design), design.rotor
    half = pi / (2 * design.pole_pairs)
    body = made.body_width / 2
    inside = sqrt(at.core**2 - body**2) - 0.25 * (at.core - design.shaft_diameter / 2)
    trunk = closed([complex(at.under), at.under + 1j * body, inside + 1j * body, complex(inside)])
    upper, turns = coil_outline(design), float(made.field.turns)
    return Rotor(
        cells=2 * design.pole_pairs,
        alternates=True,
        shapes=(
            Shape(
                name="core-#",
                part="rotor-iron",
                outline=ring(design.shaft_diameter / 2, at.core, half, outer_corners=(phase(at.foot + 1j * body),)),
                material=made.steel,
            ),
            Shape(name="body-#", part="rotor-iron", outline=trunk, material=made.steel),
            Shape(name="shoe-#", part="rotor-pole-shoe", outline=shoe_outline(design), material=made.steel),
            _coil("left", upper, turns, made.field.conductor),
            _coil("right", mirrored(upper), -turns, made.field.conductor),
        ),
    )


def _coil(side: str, outline: Outline, turns: float, conductor: str) -> Shape:
    return Shape(
        name=f"coil-#-{side}",
        part="field-coil",
        outline=outline,
        material=conductor,
        circuit="field",
        conductors=turns,
    )


def wire_area(wire: RoundFieldWire | FlatFieldWire, insulated: bool = False) -> float:
    """Return the cross-section of a field wire [m2], bare or with its insulation."""
    film = 2 * wire.insulation if insulated else 0.0
    if isinstance(wire, RoundFieldWire):
        return pi / 4 * (wire.diameter + film) ** 2
    return (wire.height + film) * (wire.width + film)


def check(design: Eesm) -> Iterator[Finding]:
    """Yield what is impossible about a machine, by place."""
    found = list(_check_rotor(design))
    yield from found
    yield from check_stator(design.stator, design.winding, design.pole_pairs)


def _check_rotor(design: Eesm) -> Iterator[Finding]:
    rotor, half = design.rotor, pi / (2 * design.pole_pairs) if design.pole_pairs > 0 else 0.0
    numbers = [
        *check_frame(design),
        *above_zero("rotor.", rotor, "body_width", "body_height", "shoe_width", "shoe_height", "shoe_edge"),
        *above_zero("rotor.field.", rotor.field, "turns", "coil_width"),
    ]
    yield from numbers
    if numbers:
        return
    if rotor.edge_gap < design.gap:
        yield (
            "rotor.edge_gap",
            f"{mm(rotor.edge_gap)} is less than gap, {mm(design.gap)}; the gap opens to the edges",
        )
        return
    outer = design.stator.bore / 2 - rotor.edge_gap
    widest = 2 * outer * sin(half)
    if not rotor.body_width < rotor.shoe_width < widest:
        low, high = mm(rotor.body_width), mm(widest)
        yield (
            "rotor.shoe_width",
            f"{mm(rotor.shoe_width)}; between body_width, {low}, and the pole pitch, {high}, is wanted",
        )
        return
    at = pole(design)
    shaft = design.shaft_diameter / 2
    if at.foot <= 0 or at.core - shaft < LEAST_CORE:
        yield (
            "rotor.body_height",
            f"{mm(rotor.body_height)} leaves a core of {mm(at.core - shaft)}; at least {mm(LEAST_CORE)} is wanted",
        )
        return
    if at.edge.real - rotor.shoe_edge <= at.under - rotor.body_height / 2:
        yield "rotor.shoe_edge", f"{mm(rotor.shoe_edge)} reaches down beside the pole body"
        return
    if rotor.body_width / 2 >= at.core * sin(half):
        yield "rotor.body_width", f"{mm(rotor.body_width)} meets the neighbouring poles at the core"
        return
    yield from _check_coil(design)


def _check_coil(design: Eesm) -> Iterator[Finding]:
    coil = design.rotor.field
    outline = coil_outline(design)
    free = area(outline) if len(outline) > 2 else 0.0
    if free <= 0:
        yield "rotor.field.coil_gap", f"{mm(coil.coil_gap)} and liner leave no room for a coil"
        return
    out = max(abs(point) for point in outline) - pole(design).top
    if out > -coil.liner:
        yield "rotor.field.coil_width", f"{mm(coil.coil_width)} takes the coil out of the shoe's cover, into the gap"
        return
    share = coil.turns * wire_area(coil.wire, insulated=True) / free
    densest = DENSEST_ROUND if isinstance(coil.wire, RoundFieldWire) else DENSEST_BAR
    if share > densest:
        yield (
            "rotor.field.turns",
            f"{coil.turns} turns fill {share:.0%} of {free * 1e6:.0f} mm2; at most {densest:.0%} can be wound",
        )
