"""The synchronous machine with magnets on its rotor's surface."""

from __future__ import annotations

from cmath import phase, rect
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import pi
from typing import Literal

from coaxle.design.machine.kinds.limits import above_zero, check_frame, check_stator, millimetres
from coaxle.design.machine.kinds.sketch import Finding, Outline, Rotor, Shape, arc, mirrored, ring
from coaxle.design.machine.kinds.stator import Skew, Stator
from coaxle.design.machine.winding.coils import Winding
from coaxle.units import AngularSpeed, Length, Share

LEAST_CORE = 2.0e-3
"""Iron [m] that a hub has at least on its shaft."""
_SECTORS = 8
"""Parts into which a radially magnetised magnet is cut, each magnetised along its own middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceRotor:
    """Magnets on a round hub, one a pole.

    ``thickness`` is that of a magnet in its middle and ``edge_thickness`` at its edges, its surface being a circle
    whose centre lies off the shaft's; ``span`` is the share of the pole pitch that it covers. A ``sleeve`` (not
    magnetic) lies around the magnets; the machine's gap begins outside of it. Each magnet is cut in ``magnet_pieces``
    along the shaft, insulated from one another.
    """

    thickness: Length
    edge_thickness: Length
    span: Share
    magnetisation: Literal["parallel", "radial"]
    sleeve: Length = 0.0
    magnet: str
    steel: str
    magnet_pieces: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spm:
    """A synchronous machine with surface magnets.

    ``gap`` is the mechanical gap, ``stack`` the laminations' length, ``stacking`` the share of iron in it.
    The shaft is hollow where ``shaft_bore`` (its inner diameter) is given.
    """

    kind: Literal["spm"]
    pole_pairs: int
    stack: Length
    stacking: Share
    gap: Length
    shaft_diameter: Length
    max_speed: AngularSpeed
    stator: Stator
    winding: Winding
    rotor: SurfaceRotor
    skew: Skew | None = None
    shaft_bore: Length = 0.0
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


def rotor(design: Spm) -> Rotor:
    """Return one pole of the rotor; magnets point out of it."""
    made, half = design.rotor, pi / (2 * design.pole_pairs)
    hub = _hub(design)
    parts = _SECTORS if made.magnetisation == "radial" else 1
    step = 2 * made.span * half / parts
    cuts = tuple(step * number for number in range(parts // 2 + 1)) if parts > 1 else (step / 2,)
    iron = ring(design.shaft_diameter / 2, hub, half, outer_corners=cuts)
    shapes = [Shape(name="rotor-#", part="rotor-iron", outline=iron, material=made.steel)]
    if made.magnetisation == "parallel":
        shapes.append(_magnet("magnet-#", _sector(design, -made.span * half, made.span * half), made.magnet, 0.0))
        return Rotor(shapes=tuple(shapes), cells=2 * design.pole_pairs, alternates=True)
    for number in range(_SECTORS // 2):
        outline = _sector(design, number * step, (number + 1) * step)
        middle = (number + 0.5) * step
        shapes.append(_magnet(f"magnet-#-left-{number + 1}", outline, made.magnet, middle))
        shapes.append(_magnet(f"magnet-#-right-{number + 1}", mirrored(outline), made.magnet, -middle))
    return Rotor(shapes=tuple(shapes), cells=2 * design.pole_pairs, alternates=True)


def _magnet(name: str, outline: Outline, material: str, direction: float) -> Shape:
    return Shape(name=name, part="magnet", outline=outline, material=material, direction=direction)


def _hub(design: Spm) -> float:
    return design.stator.bore / 2 - design.gap - design.rotor.sleeve - design.rotor.thickness


def _sector(design: Spm, start: float, end: float) -> Outline:
    """Return a magnet from angle ``start`` to ``end``."""
    made, hub = design.rotor, _hub(design)
    top, half = hub + made.thickness, made.span * pi / (2 * design.pole_pairs)
    edge = rect(hub + made.edge_thickness, half)
    # The surface passes the top and both edges: its centre c lies on the pole's middle line.
    centre = (top**2 - abs(edge) ** 2) / (2 * (top - edge.real))
    seen = [_seen(angle, centre, top) for angle in (start, end)]
    surface = arc(top - centre, seen[0], seen[1], complex(centre), chord=pi / 240)
    return (*surface, *arc(hub, end, start))


def _seen(angle: float, centre: float, top: float) -> float:
    """Return the angle, about the surface's centre, of its point at ``angle`` about the shaft."""
    along = rect(1.0, angle)
    ahead = along.real * centre
    radius = ahead + (ahead**2 - centre**2 + (top - centre) ** 2) ** 0.5
    return phase(radius * along - centre)


def check(design: Spm) -> Iterator[Finding]:
    """Yield what is impossible about a machine, by place."""
    yield from _check_rotor(design)
    yield from check_stator(design.stator, design.winding, design.pole_pairs)


def _check_rotor(design: Spm) -> Iterator[Finding]:
    made = design.rotor
    numbers = [
        *check_frame(design),
        *above_zero("rotor.", made, "thickness", "edge_thickness", "span"),
    ]
    yield from numbers
    if numbers:
        return
    if made.edge_thickness > made.thickness:
        said = millimetres(made.thickness)
        yield "rotor.edge_thickness", f"{millimetres(made.edge_thickness)} is more than thickness, {said}"
    if made.span > 1:
        yield "rotor.span", f"is {made.span:g}; a share of the pole pitch up to 1 is wanted"
    core = _hub(design) - design.shaft_diameter / 2
    if core < LEAST_CORE:
        left, least = millimetres(core), millimetres(LEAST_CORE)
        yield "rotor.thickness", f"{millimetres(made.thickness)} leaves a hub of {left}; at least {least} is wanted"
