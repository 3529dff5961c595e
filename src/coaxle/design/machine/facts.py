"""What losses, heat, checks and cost need to know of a drawn machine, whatever its type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["eesm", "ipm", "spm", "synrm", "induction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindingFacts:
    """The stator winding as built; electrical figures per phase at its terminals, DC, at 20 deg C."""

    style: Literal["hairpin", "round-wire"]
    slots: int
    layers: int
    conductors_per_slot: int
    parallel_paths: int
    series_turns: float
    winding_factor: float
    conductor_height: float
    conductor_width: float
    strands: int
    slot_fill: float
    turn_length: float
    end_turn_length: float
    overhang: float
    resistance: float
    end_inductance: float
    conductor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RotorWindingFacts:
    """The field winding (all poles in series, at the field terminals) or the cage (referred to a stator phase)."""

    style: Literal["field", "cage"]
    turns: float
    conductor_area: float
    slot_fill: float
    turn_length: float
    resistance: float
    overhang: float
    end_inductance: float
    conductor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFacts:
    """Dimensions [m], masses [kg] and windings of a machine.

    ``masses`` is by part: ``stator-yoke``, ``stator-teeth``, ``rotor-iron``, ``stator-copper-active``,
    ``stator-copper-end``, ``field-copper``, ``magnets``, ``cage``, ``shaft``, ``insulation``, ``punched`` (sheet bought
    for the laminations, scrap included, not part of the machine's mass). ``areas`` [m2], of the whole cross-section:
    ``slots``, ``field-coils``, ``magnets``, ``bars``. Inertia [kg m2] is that of the rotor with its shaft. Magnets are
    cut into ``magnet_pieces`` along the shaft, insulated from one another.
    """

    kind: Kind
    pole_pairs: int
    slots: int
    stack: float
    stator_outer: float
    bore: float
    gap: float
    rotor_outer: float
    rotor_inner: float
    slot_depth: float
    slot_width: float
    slot_perimeter: float
    slot_liner: float
    tooth_width: float
    yoke_height: float
    stator_steel: str
    rotor_steel: str
    magnet: str | None
    stacking: float
    max_speed: float
    winding: WindingFacts
    rotor_winding: RotorWindingFacts | None
    inertia: float
    magnet_pieces: int = 1
    masses: dict[str, float] = field(default_factory=dict)
    areas: dict[str, float] = field(default_factory=dict)
