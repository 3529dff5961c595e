"""A cross-section as every machine type gives it: regions in the plane, who carries current, where the axes lie.

The sector is the smallest that repeats: ``poles`` poles from angle 0 to ``angle``, antiperiodic where ``poles`` is odd.
Rotor and stator both stand as they do at rotor step 0. All lengths in m, all angles in rad.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from coaxle.numerics.arrays import Array, Ints

Part: TypeAlias = Literal[
    "stator-yoke",
    "stator-tooth",
    "slot",
    "rotor-iron",
    "rotor-pole-shoe",
    "field-coil",
    "magnet",
    "bar",
    "air",
    "shaft",
]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Region:
    """One area of the section, of one material.

    Parameters
    ----------
    name : str
        Told in errors and drawings, unique in a section: ``slot-3-layer-2``, ``magnet-1-left``.
    part : Part
        What it is, for losses, mass, heat and drawing.
    side : 'stator' or 'rotor'
        Which of the two turns.
    outline : (n, 2)
        Corners of the closed polygon [m], counter-clockwise, arcs already cut into chords.
    material : str or None
        Name in ``coaxle.materials`` (steel, magnet, conductor); None is air.
    remanence_direction : float or None
        Of a magnet: angle of its remanence from the x axis at rotor step 0 [rad].

    """

    name: str
    part: Part
    side: Literal["stator", "rotor"]
    outline: Array
    material: str | None = None
    remanence_direction: float | None = None


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Circuit:
    """A winding as the field sees it: how many conductors, and which way, each region carries.

    ``conductors[region]`` is the number of series conductors that cross the region along +z, negative along -z, for one
    terminal ampere (parallel paths divided out). Linkage of the circuit per metre of stack is the sum over its regions
    of conductors times the mean of A there, over the whole sector; the whole machine has ``2 * pole_pairs / poles``
    sectors in series.
    """

    name: str
    conductors: dict[str, float]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Section:
    """One sector of a machine in the plane.

    Parameters
    ----------
    regions : tuple of Region
        Painted in order: where two overlap, the later one is what stands there. What no region covers is air.
    circuits : tuple of Circuit
        Phases ``a``, ``b``, ``c`` first, then ``field`` (wound rotor) or the bars ``bar-1`` ... (cage).
    pole_pairs, poles : int
        Of the machine; of the sector.
    angle : float
        Of the sector, ``poles * pi / pole_pairs``.
    slots : int
        Stator slots within the sector; slot pitches are equal and the first begins at angle 0.
    bore, rotor_outer : float
        Radii that bound the air gap [m]: smallest of the stator, largest of the rotor.
    inner, outer : float
        Radii at which the section ends [m]: there the vector potential is 0.
    phase_axis, rotor_axis : float
        Electrical angles [rad] of the magnetic axis of phase ``a`` and of the rotor's d axis at step 0, from angle 0 of
        the sector. The d axis is that of positive field current or of the magnets' flux out of the rotor; without
        either, of least reluctance.

    """

    regions: tuple[Region, ...]
    circuits: tuple[Circuit, ...]
    pole_pairs: int
    poles: int
    angle: float
    slots: int
    bore: float
    rotor_outer: float
    inner: float
    outer: float
    phase_axis: float
    rotor_axis: float


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class SectorMesh:
    """Triangles of a section at rotor step 0; the air between the two rings is left open for the moving band.

    Parameters
    ----------
    nodes : (N, 2)
        [m].
    triangles : (M, 3) int32
        Counter-clockwise. Stator triangles come first, slot pitch by slot pitch, the same pattern in each: triangle
        ``e`` of pitch ``k`` is number ``k * (stator_triangles / slots) + e``, turned by ``k`` slot pitches.
    region : (M,) int32
        Number in ``section.regions``; -1 is air.
    stator_triangles : int
        How many of the triangles are the stator's.
    rotor_ring, stator_ring : (K + 1,) int32
        Nodes on either side of the band, even in angle from 0 to the sector's, both ends included. K over ``poles`` is
        a multiple of 24 and K one of ``section.slots``.
    low, high : (L,) int32
        Nodes on the sides at angle 0 and at the sector's angle, pairwise at equal radius, rotor and stator together.
    fixed : (B,) int32
        Nodes at ``inner`` and ``outer`` radius, where the vector potential is 0.

    """

    section: Section
    nodes: Array
    triangles: Ints
    region: Ints
    stator_triangles: int
    rotor_ring: Ints
    stator_ring: Ints
    low: Ints
    high: Ints
    fixed: Ints
