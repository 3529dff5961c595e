"""The synchronous machine with magnets inside its rotor: any number of V and bar layers, one above the other."""

from __future__ import annotations

from cmath import phase, rect
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt, tan
from typing import Annotated, Literal

from coaxle.design.machine.kinds.limits import above_zero, check_frame, check_stator
from coaxle.design.machine.kinds.limits import millimetres as mm
from coaxle.design.machine.kinds.pockets import (
    Pocketed,
    check_layers,
    check_thin,
    onto_circle,
    onto_height,
    pocketed,
)
from coaxle.design.machine.kinds.sketch import Finding, Rotor, Shape, arc, ring
from coaxle.design.machine.kinds.stator import Skew, Stator
from coaxle.design.machine.winding.coils import Winding
from coaxle.units import Angle, AngularSpeed, Length, Share, show


@dataclass(frozen=True, slots=True, kw_only=True)
class VMagnets:
    """Two magnets in a V that opens to the gap.

    ``angle`` lies between the two, ``width`` is that of each. The pocket reaches ``inner_pocket`` beyond a magnet
    towards the pole's middle, up to the ``rib`` of iron between the two (0: none), and ``outer_pocket`` beyond it
    towards the gap, where it ends along a circle that leaves ``bridge`` to the rotor's surface. Both pockets are
    measured along the magnet's middle line. How deep the V lies follows.
    """

    kind: Literal["v"]
    thickness: Length
    width: Length
    angle: Angle
    inner_pocket: Length
    outer_pocket: Length
    bridge: Length
    rib: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class BarMagnet:
    """A flat layer across the pole: one magnet, or two on either side of a ``rib``.

    ``width`` is that of the magnets together. The pocket reaches ``pocket`` beyond them on either side and ends square
    with its upper corner ``bridge`` below the rotor's surface. How deep the bar lies follows.
    """

    kind: Literal["bar"]
    thickness: Length
    width: Length
    pocket: Length
    bridge: Length
    rib: Length = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MagnetRotor:
    """A rotor with magnets inside; ``layers`` run from the shaft to the gap.

    Each magnet is cut in ``magnet_pieces`` along the shaft, insulated from one another.
    """

    layers: tuple[Annotated[VMagnets | BarMagnet, "kind"], ...]
    magnet: str
    steel: str
    magnet_pieces: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ipm:
    """A synchronous machine with interior magnets.

    ``gap`` is the mechanical gap, ``stack`` the laminations' length, ``stacking`` the share of iron in it.
    The shaft is hollow where ``shaft_bore`` (its inner diameter) is given.
    """

    kind: Literal["ipm"]
    pole_pairs: int
    stack: Length
    stacking: Share
    gap: Length
    shaft_diameter: Length
    max_speed: AngularSpeed
    stator: Stator
    winding: Winding
    rotor: MagnetRotor
    skew: Skew | None = None
    shaft_bore: Length = 0.0
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


def _v(layer: VMagnets, radius: float) -> Pocketed:
    """Return the half of a V above the x axis.

    Along the magnet's middle line, at angle a / 2 to the pole's, the pocket runs from y = rib / 2 over its length to
    the circle R - bridge: that fixes where on the pole's middle line the V starts.
    """
    along = rect(1.0, layer.angle / 2)
    out = along * -1j
    reach = layer.inner_pocket + layer.width + layer.outer_pocket
    end = 0.5j * layer.rib + along * reach
    circle = radius - layer.bridge
    start = 0.5j * layer.rib + sqrt(max(0.0, circle**2 - end.imag**2)) - end.real
    inner = start + along * layer.inner_pocket
    outer = inner + along * layer.width
    half = layer.thickness / 2
    magnet = (inner - out * half, inner + out * half, outer + out * half, outer - out * half)
    corners = [onto_circle(outer + out * side, along, circle) for side in (half, -half)]
    feet = [onto_height(inner + out * side, along, layer.rib / 2) for side in (half, -half)]
    end_arc = arc(circle, phase(corners[0]), phase(corners[1]))
    return Pocketed(
        pocket=(feet[1], feet[0], corners[0], *end_arc[1:-1], corners[1]),
        magnet=magnet,
        direction=phase(out),
        joined=layer.rib == 0,
    )


def _bar(layer: BarMagnet, radius: float) -> Pocketed:
    """Return the half of a bar above the x axis; without a rib its sides meet there."""
    side = layer.rib / 2 + layer.width / 2
    end = side + layer.pocket
    top = sqrt(max(0.0, (radius - layer.bridge) ** 2 - end**2))
    low, foot = top - layer.thickness, layer.rib / 2
    return Pocketed(
        pocket=(complex(low, foot), complex(top, foot), complex(top, end), complex(low, end)),
        magnet=(complex(low, foot), complex(top, foot), complex(top, side), complex(low, side)),
        direction=0.0,
        joined=layer.rib == 0,
    )


def layers(design: Ipm) -> tuple[Pocketed, ...]:
    """Return the upper halves of the rotor's layers."""
    radius = design.stator.bore / 2 - design.gap
    return tuple(
        _v(layer, radius) if isinstance(layer, VMagnets) else _bar(layer, radius) for layer in design.rotor.layers
    )


def rotor(design: Ipm) -> Rotor:
    """Return one pole of the rotor; magnets point out of it."""
    radius, half = design.stator.bore / 2 - design.gap, pi / (2 * design.pole_pairs)
    iron = ring(design.shaft_diameter / 2, radius, half)
    shapes = [Shape(name="rotor-#", part="rotor-iron", outline=iron, material=design.rotor.steel)]
    for number, (layer, drawn) in enumerate(zip(design.rotor.layers, layers(design), strict=True), 1):
        shapes += pocketed(number, drawn, design.rotor.magnet, whole=isinstance(layer, BarMagnet) and drawn.joined)
    return Rotor(shapes=tuple(shapes), cells=2 * design.pole_pairs, alternates=True)


def check(design: Ipm) -> Iterator[Finding]:
    """Yield what is impossible about a machine, by place."""
    yield from check_rotor(design)
    yield from check_stator(design.stator, design.winding, design.pole_pairs)


def check_rotor(design: Ipm) -> Iterator[Finding]:
    """Yield what is impossible about the rotor, by place."""
    numbers = list(check_frame(design))
    if not design.rotor.layers:
        numbers.append(("rotor.layers", "is empty; at least one layer of magnets is wanted"))
    for number, layer in enumerate(design.rotor.layers, 1):
        numbers += above_zero(f"rotor.layers.{number}.", layer, "thickness", "width")
    yield from numbers
    if numbers:
        return
    radius = design.stator.bore / 2 - design.gap
    for number, layer in enumerate(design.rotor.layers, 1):
        place = f"rotor.layers.{number}."
        found = list(
            _check_v(place, layer, radius) if isinstance(layer, VMagnets) else _check_bar(place, layer, radius)
        )
        yield from found
        if found:
            return
    yield from check_layers(
        layers(design), design.pole_pairs, design.shaft_diameter / 2, "rotor.layers", "width", "width"
    )


def _check_v(place: str, layer: VMagnets, radius: float) -> Iterator[Finding]:
    if not pi / 6 <= layer.angle <= pi * 175 / 180:
        yield (
            f"{place}angle",
            f"{show(layer.angle, 'angle', digits=4)}; 30 deg to 175 deg is wanted, for more take a bar",
        )
        return
    yield from check_thin(place, layer)
    least = layer.thickness / 2 / tan(layer.angle / 2)
    if layer.inner_pocket < least - 1e-9:
        yield (
            f"{place}inner_pocket",
            f"{mm(layer.inner_pocket)} lets the magnets meet; at least {mm(least)} is wanted",
        )
    reach = (layer.inner_pocket + layer.width + layer.outer_pocket) * sin(layer.angle / 2) + layer.rib / 2
    if reach >= radius - layer.bridge:
        yield f"{place}width", f"{mm(layer.width)} reaches out of the rotor"
        return
    drawn = _v(layer, radius)
    furthest = max(abs(point) for point in drawn.magnet)
    if furthest > radius - layer.bridge + 1e-9:
        more = layer.outer_pocket + (furthest - radius + layer.bridge) / max(0.2, cos(layer.angle / 2))
        yield (
            f"{place}outer_pocket",
            f"{mm(layer.outer_pocket)} lets the magnet into the bridge; {mm(more)} is wanted",
        )


def _check_bar(place: str, layer: BarMagnet, radius: float) -> Iterator[Finding]:
    yield from check_thin(place, layer)
    if layer.rib / 2 + layer.width / 2 + layer.pocket >= radius - layer.bridge:
        yield f"{place}width", f"{mm(layer.width)} reaches out of the rotor"
