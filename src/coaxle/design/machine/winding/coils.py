"""The Designs of stator windings."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi
from typing import Annotated, Literal, TypeAlias

from coaxle.units import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Hairpin:
    """Rectangular bars, one a layer, joined into coils at the ends.

    ``bar_height`` (radial) and ``bar_width`` are those of the bare bar, ``bar_insulation`` the film on each of its
    sides, ``liner`` the paper along each wall of the slot. ``pitch`` is what a coil spans, in slots. ``overhang`` is
    how far the ends stand out of the stack on either side, where it is known; else it follows from the ends' shape.
    """

    kind: Literal["hairpin"]
    layers: int
    bar_height: Length
    bar_width: Length
    bar_insulation: Length
    liner: Length
    parallel_paths: int
    pitch: int
    conductor: str
    overhang: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWire:
    """Coils of round wire: ``turns`` a coil, each of ``strands`` wires side by side.

    ``wire_diameter`` is that of the bare wire, ``wire_insulation`` the film around it, ``liner`` the paper along each
    wall of the slot. With one layer a coil side fills the slot, with two it shares it. ``pitch`` is what a coil spans,
    in slots. ``overhang`` is how far the ends stand out of the stack on either side, where it is known.
    """

    kind: Literal["round-wire"]
    layers: Literal[1, 2]
    turns: int
    wire_diameter: Length
    wire_insulation: Length
    strands: int
    liner: Length
    parallel_paths: int
    pitch: int
    conductor: str
    overhang: Length | None = None


Winding: TypeAlias = Annotated[Hairpin | RoundWire, "kind"]


def conductors_per_layer(winding: Hairpin | RoundWire) -> int:
    """Return how many conductors in series a layer of a slot holds."""
    return 1 if isinstance(winding, Hairpin) else winding.turns


def metal_area(winding: Hairpin | RoundWire) -> float:
    """Return the bare cross-section of a conductor, all strands together [m2]."""
    if isinstance(winding, Hairpin):
        return winding.bar_height * winding.bar_width
    return winding.strands * pi / 4 * winding.wire_diameter**2


def insulated_area(winding: Hairpin | RoundWire) -> float:
    """Return the cross-section of a conductor with the films around its strands [m2]."""
    if isinstance(winding, Hairpin):
        film = 2 * winding.bar_insulation
        return (winding.bar_height + film) * (winding.bar_width + film)
    return winding.strands * pi / 4 * (winding.wire_diameter + 2 * winding.wire_insulation) ** 2
