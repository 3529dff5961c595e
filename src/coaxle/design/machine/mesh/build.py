"""The mesh of a sector, put together from wedges of stator and rotor."""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from coaxle.design.machine.mesh.locate import Plane, locate
from coaxle.design.machine.mesh.pieces import Pairs
from coaxle.design.machine.mesh.wedge import Frame, Grain, Wedge, fill
from coaxle.design.machine.section import Section, SectorMesh
from coaxle.errors import UseError
from coaxle.numerics.arrays import Array, frozen

IRON = ("stator-yoke", "stator-tooth", "rotor-iron", "rotor-pole-shoe")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshSettings:
    """How fine a mesh is.

    Parameters
    ----------
    ring : int
        Steps of the band over a pole at least, rounded to what slots and poles allow.
    step : float
        Longest step of the band over the air gap; long poles over narrow gaps get more steps than ``ring``.
    far : float
        Largest edges over the pole pitch at the gap.
    growth : float
        How much edges lengthen per length away from the gap and from narrow places.
    bridge : float
        Elements across iron between two edges, at least.

    """

    ring: int = 144
    step: float = 0.75
    far: float = 0.06
    growth: float = 0.3
    bridge: float = 2.0


_STANDARD = MeshSettings()
DRAFT = MeshSettings(ring=72, step=1.5, far=0.1, growth=0.6, bridge=1.0)
FINE = MeshSettings(ring=288, step=0.4, far=0.03, growth=0.18, bridge=4.0)


@dataclass(frozen=True, eq=False, slots=True)
class _Part:
    """Nodes and triangles of a whole side; nodes at angle 0 and at the sector's angle by radius, along ring and rim."""

    nodes: Plane
    triangles: Pairs
    low: Pairs
    high: Pairs
    ring: Pairs
    rim: Pairs


def mesh(section: Section, settings: MeshSettings = _STANDARD) -> SectorMesh:
    """Mesh a section.

    The stator is meshed over one slot pitch and the rotor over one pole where poles are alike, each over half of it
    where it is symmetric; the rest is laid on by turning. The gap is cut in three layers: the middle one stays open.
    """
    steps = ring_steps(section, settings)
    gap = section.bore - section.rotor_outer
    outlines = [region.outline[:, 0] + 1j * region.outline[:, 1] for region in section.regions]
    iron = np.array([region.part in IRON for region in section.regions])
    pitch = section.angle / section.poles * section.rotor_outer
    parts, found = [], []
    for side, rim, radius, ring in (
        ("stator", section.outer, section.bore, section.bore - gap / 3),
        ("rotor", section.inner, section.rotor_outer, section.rotor_outer + gap / 3),
    ):
        mine = [
            outline if region.side == side else None for outline, region in zip(outlines, section.regions, strict=True)
        ]
        near = ring * section.angle / steps
        grain = Grain(
            near=near,
            far=settings.far * pitch,
            least=0.5 * near,
            growth=settings.growth,
            across_iron=settings.bridge,
            across=0.5,
        )
        cells = _cells(section, side, mine)
        part = _side(section, mine, iron, _Circles(rim, radius, ring), steps, cells, grain)
        parts.append(part)
        found.append(locate(mine, part.nodes[part.triangles].mean(axis=1)))
    return _together(section, parts[0], parts[1], np.concatenate(found))


def ring_steps(section: Section, settings: MeshSettings = _STANDARD) -> int:
    """Return the steps of the band over the sector: a multiple of 24 a pole and of 2 a slot."""
    unit = lcm(24 * section.poles, 2 * section.slots)
    gap = section.bore - section.rotor_outer
    short = section.angle * section.bore / (settings.step * gap)
    return unit * max(1, round(max(settings.ring * section.poles, short) / unit))


def least_angle(made: SectorMesh) -> float:
    """Return the least angle of all triangles [rad]."""
    corners = (made.nodes[:, 0] + 1j * made.nodes[:, 1])[made.triangles]
    to_next = np.roll(corners, -1, axis=1) - corners
    to_last = np.roll(corners, 1, axis=1) - corners
    return float(np.angle(to_last / to_next).min())


@dataclass(frozen=True, slots=True)
class _Circles:
    rim: float
    gap: float
    ring: float


def _cells(section: Section, side: str, outlines: list[Plane | None]) -> int:
    """Return how many like cells a side consists of."""
    points = np.concatenate([outline for outline in outlines if outline is not None])
    if side == "stator":
        if not _repeats(points, section.angle / section.slots, section.angle):
            raise UseError("section: slot pitches differ; a stator of like pitches is wanted")
        return section.slots
    return section.poles if _repeats(points, section.angle / section.poles, section.angle) else 1


def _repeats(points: Plane, pitch: float, angle: float) -> bool:
    tree = cKDTree(np.column_stack([points.real, points.imag]))
    for by in (pitch, -pitch):
        moved = points * np.exp(1j * by)
        turn = np.angle(moved * np.exp(-0.5j * angle))
        moved = moved[np.abs(turn) < angle / 2 + 1e-6]
        away, _ = tree.query(np.column_stack([moved.real, moved.imag]))
        if away.size and away.max() > 1e-7:
            return False
    return True


def _symmetric(points: Plane, angle: float) -> bool:
    moved = np.conj(points) * np.exp(1j * angle)
    away, _ = cKDTree(np.column_stack([points.real, points.imag])).query(np.column_stack([moved.real, moved.imag]))
    return bool(away.max() < 1e-7)


def _side(
    section: Section,
    outlines: list[Plane | None],
    iron: NDArray[np.bool_],
    circles: _Circles,
    steps: int,
    cells: int,
    grain: Grain,
) -> _Part:
    points = np.concatenate([outline for outline in outlines if outline is not None])
    pitch = section.angle / cells
    half = _symmetric(points, section.angle)
    frame = Frame(
        rim=circles.rim,
        gap=circles.gap,
        ring=circles.ring,
        angle=pitch / 2 if half else pitch,
        steps=steps // cells // (2 if half else 1),
        matched=not half,
    )
    cell = fill(outlines, iron, frame, grain)
    if half:
        cell = _doubled(cell, frame.angle)
    nodes, triangles = _laid(cell, pitch, cells)
    return _Part(
        nodes,
        triangles,
        low=_along(nodes, 0.0),
        high=_along(nodes, section.angle),
        ring=_sorted(np.flatnonzero(np.abs(np.abs(nodes) - circles.ring) < 1e-9), _angles(nodes, section.angle)),
        rim=_sorted(np.flatnonzero(np.abs(np.abs(nodes) - circles.rim) < 1e-9), _angles(nodes, section.angle)),
    )


def _angles(nodes: Plane, angle: float) -> Array:
    return np.angle(nodes * np.exp(-0.5j * angle))


def _along(nodes: Plane, angle: float) -> Pairs:
    """Return the nodes at an angle, by radius."""
    turned = nodes * np.exp(-1j * angle)
    return _sorted(np.flatnonzero((np.abs(turned.imag) < 1e-9) & (turned.real > 0)), np.abs(nodes))


def _sorted(numbers: Pairs, by: Array) -> Pairs:
    return numbers[np.argsort(by[numbers], kind="stable")]


def _doubled(wedge: Wedge, angle: float) -> Wedge:
    """Return a wedge and its mirror image beyond ``angle``."""
    nodes = wedge.nodes
    on = np.abs((nodes * np.exp(-1j * angle)).imag) < 1e-9
    image = np.where(on, np.arange(nodes.size), nodes.size + np.cumsum(~on) - 1)
    beyond = np.conj(nodes[~on]) * np.exp(2j * angle)
    return Wedge(
        np.concatenate([nodes, beyond]), np.concatenate([wedge.triangles, image[wedge.triangles[:, [0, 2, 1]]]])
    )


def _laid(cell: Wedge, pitch: float, count: int) -> tuple[Plane, Pairs]:
    """Lay ``count`` cells side by side; neighbours share the nodes between them."""
    nodes = cell.nodes
    low, high = _along(nodes, 0.0), _along(nodes, pitch)
    inner = np.setdiff1d(np.arange(nodes.size), low)
    number = np.arange(nodes.size)
    all_nodes, all_triangles = [nodes], [cell.triangles]
    total = nodes.size
    for k in range(1, count):
        after = np.empty_like(number)
        after[inner] = total + np.arange(inner.size)
        after[low] = number[high]
        all_nodes.append(nodes[inner] * np.exp(1j * k * pitch))
        all_triangles.append(after[cell.triangles])
        total += inner.size
        number = after
    return np.concatenate(all_nodes), np.concatenate(all_triangles)


def _together(section: Section, stator: _Part, rotor: _Part, region: NDArray[np.int32]) -> SectorMesh:
    shift = stator.nodes.size
    nodes = np.concatenate([stator.nodes, rotor.nodes])
    return SectorMesh(
        section=section,
        nodes=frozen(np.column_stack([nodes.real, nodes.imag])),
        triangles=frozen(np.concatenate([stator.triangles, rotor.triangles + shift]), np.int32),
        region=frozen(region, np.int32),
        stator_triangles=len(stator.triangles),
        rotor_ring=frozen(rotor.ring + shift, np.int32),
        stator_ring=frozen(stator.ring, np.int32),
        low=frozen(np.concatenate([stator.low, rotor.low + shift]), np.int32),
        high=frozen(np.concatenate([stator.high, rotor.high + shift]), np.int32),
        fixed=frozen(np.concatenate([stator.rim, rotor.rim + shift]), np.int32),
    )
