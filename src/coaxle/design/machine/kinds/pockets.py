"""Pockets in a rotor with magnets or air in them: what V, bar and barrier have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, inf, pi, sin, sqrt
from typing import Protocol

from coaxle.design.machine.kinds.limits import millimetres
from coaxle.design.machine.kinds.sketch import Finding, Outline, Shape, closed, mirrored

LEAST_BRIDGE = 0.4e-3
"""Iron [m] below which a bridge is not punched from sheet."""
LEAST_CORE = 2.0e-3
"""Iron [m] that stays at least between pockets and shaft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pocketed:
    """The upper half of one layer: its pocket, the magnet in it, and which way that points.

    Outlines begin with their two corners nearest to the pole's middle. ``joined``: the halves meet there.
    """

    pocket: Outline
    magnet: Outline
    direction: float
    joined: bool


class Thin(Protocol):
    """What has a bridge and a rib."""

    @property
    def bridge(self) -> float:
        """Iron to the rotor's surface [m]."""

    @property
    def rib(self) -> float:
        """Iron in the pole's middle [m]."""


def onto_circle(point: complex, along: complex, radius: float) -> complex:
    """Return where a line from ``point`` leaves the circle about the shaft."""
    ahead = (along.conjugate() * point).real
    return point + along * (sqrt(max(0.0, ahead**2 - abs(point) ** 2 + radius**2)) - ahead)


def onto_height(point: complex, along: complex, y: float) -> complex:
    """Return where a line from ``point`` is at height ``y``."""
    return point + along * (y - point.imag) / along.imag


def pocketed(number: int, drawn: Pocketed, magnet: str | None, whole: bool) -> list[Shape]:
    """Return pockets and magnets of a layer; ``whole``: one magnet lies across the pole's middle."""
    if drawn.joined:
        shapes = [Shape(name=f"pocket-#-{number}", part="air", outline=_joined(drawn.pocket))]
    else:
        shapes = [
            Shape(name=f"pocket-#-{number}-left", part="air", outline=drawn.pocket),
            Shape(name=f"pocket-#-{number}-right", part="air", outline=mirrored(drawn.pocket)),
        ]
    if magnet is None:
        return shapes
    if whole:
        return [*shapes, _magnet(f"magnet-#-{number}", _joined(drawn.magnet), magnet, 0.0)]
    return [
        *shapes,
        _magnet(f"magnet-#-{number}-left", drawn.magnet, magnet, drawn.direction),
        _magnet(f"magnet-#-{number}-right", mirrored(drawn.magnet), magnet, -drawn.direction),
    ]


def _magnet(name: str, outline: Outline, material: str, direction: float) -> Shape:
    return Shape(name=name, part="magnet", outline=outline, material=material, direction=direction)


def _joined(half: Outline) -> Outline:
    foot, top, *rest = half
    return closed([complex(top.real), *rest, complex(foot.real)])


def check_thin(place: str, layer: Thin) -> Iterator[Finding]:
    """Yield bridges and ribs that cannot be punched."""
    least = millimetres(LEAST_BRIDGE)
    if layer.bridge < LEAST_BRIDGE:
        yield f"{place}bridge", f"{millimetres(layer.bridge)} is too thin to punch; at least {least} is wanted"
    if 0 < layer.rib < LEAST_BRIDGE:
        yield f"{place}rib", f"{millimetres(layer.rib)} is too thin to punch; at least {least}, or none, is wanted"


def check_layers(
    drawn: Sequence[Pocketed], pole_pairs: int, shaft: float, place: str, deep: str, wide: str
) -> Iterator[Finding]:
    """Yield layers that leave the pole, meet the shaft (named by ``deep``) or one another (named by ``wide``)."""
    half, least = pi / (2 * pole_pairs), millimetres(LEAST_BRIDGE)
    for number, each in enumerate(drawn, 1):
        points = [*each.pocket, *each.magnet]
        spare = 2 * min(point.real * sin(half) - point.imag * cos(half) for point in points)
        if spare < LEAST_BRIDGE:
            yield (
                f"{place}.{number}.{wide}",
                f"leaves {millimetres(spare)} of iron to the next pole; at least {least} is wanted",
            )
        core = min(abs(point) for point in points) - shaft
        if min(point.real for point in points) <= 0 or core < LEAST_CORE:
            said, wanted = millimetres(core), millimetres(LEAST_CORE)
            yield f"{place}.{number}.{deep}", f"leaves {said} of iron to the shaft; at least {wanted} is wanted"
    for number, (low, high) in enumerate(pairwise(drawn), 2):
        between = apart(low.pocket, high.pocket)
        if between < LEAST_BRIDGE:
            said = "meets" if between <= 0 else f"leaves {millimetres(between)} of iron to"
            yield f"{place}.{number}.{wide}", f"{said} the layer below; at least {least} is wanted"


def apart(one: Outline, other: Outline) -> float:
    """Return the least distance between two outlines [m], 0 where they meet."""
    if any(_within(point, other) for point in one) or any(_within(point, one) for point in other):
        return 0.0
    least = inf
    for first, second in ((one, other), (other, one)):
        for point in first:
            for a, b in zip(second, (*second[1:], second[0]), strict=True):
                if a != b:
                    share = ((b - a).conjugate() * (point - a)).real / abs(b - a) ** 2
                    least = min(least, abs(point - a - (b - a) * min(1.0, max(0.0, share))))
    return least


def _within(point: complex, outline: Outline) -> bool:
    inside = False
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (a.imag > point.imag) != (b.imag > point.imag):
            x = a.real + (b.real - a.real) * (point.imag - a.imag) / (b.imag - a.imag)
            inside ^= point.real < x
    return inside
