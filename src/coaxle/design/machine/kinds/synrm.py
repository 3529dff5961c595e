"""The synchronous reluctance machine: flux barriers in the rotor, with or without assisting magnets."""

from __future__ import annotations

from cmath import phase, rect
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import pi
from typing import Literal

from coaxle.design.machine.kinds.limits import above_zero, check_frame, check_stator, millimetres
from coaxle.design.machine.kinds.pockets import Pocketed, check_layers, check_thin, onto_circle, pocketed
from coaxle.design.machine.kinds.sketch import Finding, Rotor, Shape, arc, ring
from coaxle.design.machine.kinds.stator import Skew, Stator
from coaxle.design.machine.winding.coils import Winding
from coaxle.units import Angle, AngularSpeed, Length, Share, show


@dataclass(frozen=True, slots=True, kw_only=True)
class FluxBarrier:
    """A barrier like a trough: a flat middle and two arms that rise to the gap.

    ``depth`` is the iron above the middle, ``middle_width`` the length of the middle along its middle line, ``angle``
    lies between the arms. Arms end along a circle that leaves ``bridge`` to the rotor's surface; a ``rib`` may hold the
    middle. A magnet of ``magnet_width`` (both halves together) fills the middle; 0 is none.
    """

    thickness: Length
    depth: Length
    middle_width: Length
    angle: Angle
    bridge: Length
    rib: Length = 0.0
    magnet_width: Length = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierRotor:
    """A rotor with flux barriers; ``barriers`` run from the shaft to the gap.

    Each magnet in them is cut in ``magnet_pieces`` along the shaft, insulated from one another.
    """

    barriers: tuple[FluxBarrier, ...]
    steel: str
    magnet: str | None = None
    magnet_pieces: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SynRm:
    """A synchronous reluctance machine.

    The middle of a pole is that of its barriers. With magnets the d axis lies there, as their flux does; without, the
    d axis is that of least reluctance, between the poles. ``gap`` is the mechanical gap, ``stack`` the laminations'
    length, ``stacking`` the share of iron in it. The shaft is hollow where ``shaft_bore`` (its inner diameter) is
    given.
    """

    kind: Literal["synrm"]
    pole_pairs: int
    stack: Length
    stacking: Share
    gap: Length
    shaft_diameter: Length
    max_speed: AngularSpeed
    stator: Stator
    winding: Winding
    rotor: BarrierRotor
    skew: Skew | None = None
    shaft_bore: Length = 0.0
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


def _drawn(barrier: FluxBarrier, radius: float) -> Pocketed:
    """Return the half of a barrier above the x axis."""
    along = rect(1.0, barrier.angle / 2)
    out, half = along * -1j, barrier.thickness / 2
    knee = radius - barrier.depth - half + 0.5j * barrier.middle_width
    circle = radius - barrier.bridge
    bends, ends = [], []
    for side in (half, -half):
        # Where the middle's straight side meets the arm's.
        bends.append(knee + out * side + along * side * (1 - out.real) / max(along.real, 1e-9))
        ends.append(onto_circle(bends[-1], along, circle))
    foot = 0.5j * barrier.rib
    feet = [complex(knee.real + side) + foot for side in (half, -half)]
    wide = 0.5j * barrier.magnet_width + foot
    return Pocketed(
        pocket=(
            feet[1],
            feet[0],
            bends[0],
            ends[0],
            *arc(circle, phase(ends[0]), phase(ends[1]))[1:-1],
            ends[1],
            bends[1],
        ),
        magnet=(feet[1], feet[0], knee.real + half + wide, knee.real - half + wide),
        direction=0.0,
        joined=barrier.rib == 0,
    )


def rotor(design: SynRm) -> Rotor:
    """Return one pole of the rotor."""
    radius, half = design.stator.bore / 2 - design.gap, pi / (2 * design.pole_pairs)
    made = design.rotor
    iron = ring(design.shaft_diameter / 2, radius, half)
    shapes = [Shape(name="rotor-#", part="rotor-iron", outline=iron, material=made.steel)]
    for number, barrier in enumerate(made.barriers, 1):
        magnet = made.magnet if barrier.magnet_width > 0 else None
        shapes += pocketed(number, _drawn(barrier, radius), magnet, whole=barrier.rib == 0)
    assisted = assisting(design)
    return Rotor(
        shapes=tuple(shapes), cells=2 * design.pole_pairs, alternates=assisted, axis=0.0 if assisted else -pi / 2
    )


def assisting(design: SynRm) -> bool:
    """Return whether magnets assist."""
    return any(barrier.magnet_width > 0 for barrier in design.rotor.barriers)


def check(design: SynRm) -> Iterator[Finding]:
    """Yield what is impossible about a machine, by place."""
    yield from _check_rotor(design)
    yield from check_stator(design.stator, design.winding, design.pole_pairs)


def _check_rotor(design: SynRm) -> Iterator[Finding]:
    numbers = list(check_frame(design))
    if not design.rotor.barriers:
        numbers.append(("rotor.barriers", "is empty; at least one barrier is wanted"))
    for number, barrier in enumerate(design.rotor.barriers, 1):
        numbers += above_zero(f"rotor.barriers.{number}.", barrier, "thickness", "depth", "middle_width")
    yield from numbers
    if numbers:
        return
    radius = design.stator.bore / 2 - design.gap
    if assisting(design) and design.rotor.magnet is None:
        yield "rotor.magnet", "is missing; a barrier has a magnet_width"
    for number, barrier in enumerate(design.rotor.barriers, 1):
        found = list(_check_barrier(f"rotor.barriers.{number}.", barrier, radius))
        yield from found
        if found:
            return
    drawn = [_drawn(barrier, radius) for barrier in design.rotor.barriers]
    yield from check_layers(
        drawn, design.pole_pairs, design.shaft_diameter / 2, "rotor.barriers", "depth", "middle_width"
    )


def _check_barrier(place: str, barrier: FluxBarrier, radius: float) -> Iterator[Finding]:
    if not pi / 18 <= barrier.angle <= pi * 17 / 18:
        yield f"{place}angle", f"{show(barrier.angle, 'angle', digits=4)}; 10 deg to 170 deg is wanted"
        return
    yield from check_thin(place, barrier)
    if radius - barrier.depth - barrier.thickness <= 0:
        yield f"{place}depth", f"{millimetres(barrier.depth)} reaches beyond the shaft's middle"
        return
    drawn = _drawn(barrier, radius)
    bend = min(drawn.pocket[2].imag, drawn.pocket[-1].imag)
    if bend < barrier.rib / 2 + 1e-4:
        least = millimetres(barrier.middle_width + 2 * (barrier.rib / 2 + 1e-4 - bend))
        yield f"{place}middle_width", f"{millimetres(barrier.middle_width)} is too short; at least {least} is wanted"
        return
    if abs(drawn.pocket[2]) >= radius - barrier.bridge:
        yield f"{place}middle_width", f"{millimetres(barrier.middle_width)} reaches into the bridge"
    if (barrier.magnet_width + barrier.rib) / 2 > bend + 1e-9:
        most = millimetres(2 * bend - barrier.rib)
        said = millimetres(barrier.magnet_width)
        yield f"{place}magnet_width", f"{said} is longer than the barrier's flat middle, {most}"
