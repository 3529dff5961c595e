"""Meshes for tests of the field solution: structured sectors of an annulus, and one published pole."""

from __future__ import annotations

from itertools import pairwise
from math import pi
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from coaxle.design.machine.section import Circuit, Region, Section, SectorMesh

NOWHERE = np.zeros((0, 2))
PUBLISHED = Path(__file__).parent / "published"


def region(name, side, material=None, direction=None):
    part = "magnet" if direction is not None else ("rotor-iron" if side == "rotor" else "stator-yoke")
    return Region(name=name, part=part, side=side, outline=NOWHERE, material=material, remanence_direction=direction)


def annulus(
    *, rotor, stator, regions, paint, pieces, pole_pairs=2, poles=1, circuits=(), gap=None, slots=3
) -> SectorMesh:
    """Return a structured mesh: ``rotor`` and ``stator`` radii, ``pieces`` along the arc.

    ``paint(r, angle, side)`` of a cell's middle tells the region's name, None for air.
    """
    angle = poles * pi / pole_pairs
    names = [r.name for r in regions]
    nodes, triangles, where, low, high, rings = [], [], [], [], [], []
    count = 0
    for side, radii in (("stator", stator), ("rotor", rotor)):
        radii = np.asarray(radii, dtype=float)
        phi = np.linspace(0.0, angle, pieces + 1)
        grid = count + np.arange(len(radii) * (pieces + 1)).reshape(len(radii), -1)
        nodes.append(np.stack([np.outer(radii, np.cos(phi)).ravel(), np.outer(radii, np.sin(phi)).ravel()], axis=1))
        count += grid.size
        for i in range(len(radii) - 1):
            for j in range(pieces):
                a, b, c, d = grid[i, j], grid[i + 1, j], grid[i + 1, j + 1], grid[i, j + 1]
                pair = [(a, b, c), (a, c, d)] if (i + j) % 2 else [(a, b, d), (b, c, d)]
                triangles += pair
                name = paint(0.5 * (radii[i] + radii[i + 1]), 0.5 * (phi[j] + phi[j + 1]), side)
                where += [-1 if name is None else names.index(name)] * 2
        low.append(grid[:, 0])
        high.append(grid[:, -1])
        rings.append(grid[0] if side == "stator" else grid[-1])
        rings.append(grid[-1] if side == "stator" else grid[0])
    outline = gap or (rotor[-1], stator[0])
    section = Section(
        regions=tuple(regions),
        circuits=tuple(circuits),
        pole_pairs=pole_pairs,
        poles=poles,
        angle=angle,
        slots=slots,
        bore=outline[1],
        rotor_outer=outline[0],
        inner=float(rotor[0]),
        outer=float(stator[-1]),
        phase_axis=0.0,
        rotor_axis=0.0,
    )
    ints = np.int32
    return SectorMesh(
        section=section,
        nodes=np.concatenate(nodes),
        triangles=np.array(triangles, dtype=ints),
        region=np.array(where, dtype=ints),
        stator_triangles=2 * (len(stator) - 1) * pieces,
        stator_ring=rings[0].astype(ints),
        rotor_ring=rings[2].astype(ints),
        low=np.concatenate(low).astype(ints),
        high=np.concatenate(high).astype(ints),
        fixed=np.concatenate([rings[1], rings[3]]).astype(ints),
    )


STEEL_B = np.array([0.0, 0.2, 0.5, 0.8, 1.0, 1.2, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1])
STEEL_H = np.array([0.0, 40, 70, 95, 125, 190, 450, 900, 2200, 4800, 9000, 16e3, 30e3, 70e3])
"""A plausible sheet, of no source: for tests of the method."""


def salient(*, pieces=24, fine=1, poles=1, pole_pairs=2) -> SectorMesh:
    """Return a small machine with an iron rotor pole, a magnet in it and three slots a pole."""
    rotor = np.concatenate(
        [np.linspace(20e-3, 34e-3, 5 * fine + 1), np.linspace(34e-3, 39e-3, 3 * fine + 1)[1:], [39.3e-3]]
    )
    stator = np.concatenate(
        [[39.7e-3], np.linspace(40e-3, 50e-3, 4 * fine + 1), np.linspace(50e-3, 60e-3, 3 * fine + 1)[1:]]
    )
    pole = pi / pole_pairs
    slots = [f"slot-{k + 1}" for k in range(3 * poles)]
    regions = [region("rotor", "rotor", "steel"), region("stator", "stator", "steel")]
    regions += [region(name, "stator") for name in slots]
    regions += [
        region(f"magnet-{k + 1}", "rotor", "magnet", (k + 0.5) * pole + (pi if k % 2 else 0.0)) for k in range(poles)
    ]

    def paint(r, angle, side):
        k, share = divmod(angle / pole, 1.0)
        if side == "rotor":
            if r > 39e-3:
                return None
            if r > 34e-3:
                return "rotor" if 0.17 < share < 0.83 else None
            return f"magnet-{int(k) + 1}" if 25e-3 < r < 30e-3 and 0.2 < share < 0.8 else "rotor"
        if r < 40e-3:
            return None
        slot, inside = divmod(3 * angle / pole, 1.0)
        return slots[int(slot)] if r < 50e-3 and 0.25 < inside < 0.75 else "stator"

    # slots of a pole: a, -c, b, and turned over in the next pole
    turns = 10.0
    circuits = []
    for name, place, sign in (("a", 0, 1), ("b", 2, 1), ("c", 1, -1)):
        circuits.append(
            Circuit(name=name, conductors={slots[3 * k + place]: sign * turns * (-1) ** k for k in range(poles)})
        )
    return annulus(
        rotor=rotor,
        stator=stator,
        regions=regions,
        paint=paint,
        pieces=pieces * poles,
        poles=poles,
        pole_pairs=pole_pairs,
        circuits=circuits,
        gap=(39e-3, 40e-3),
    )


class Pole:
    """The published pole of ``published/tesla_model_3_pole.csv``, to be meshed."""

    GAP = 75.3e-3
    ROTOR, BORE, ANGLE = 74.95e-3, 75.65e-3, pi / 3

    def __init__(self) -> None:
        rows = [line.split(",") for line in (PUBLISHED / "tesla_model_3_pole.csv").read_text().splitlines()]
        rows = [row for row in rows if row[0] in ("point", "line", "arc", "area")]
        self.points = [complex(float(r[1]), float(r[2])) for r in rows if r[0] == "point"]
        self.lines = [(int(r[1]), int(r[2]), 0.0) for r in rows if r[0] == "line"]
        self.arcs = [(int(r[1]), int(r[2]), float(r[3]) * pi / 180) for r in rows if r[0] == "arc"]
        self.areas = [r[1:] for r in rows if r[0] == "area"]

    def size(self, z, scale):
        """Return the length wanted of a triangle's side at ``z``."""
        return scale * min(3e-3, 0.42e-3 + 0.2 * max(abs(abs(z) - self.GAP) - 0.5e-3, 0.0))

    def split(self, scale, pieces):
        """Return all points and the edges between them, every line and arc cut up."""
        z, edges = list(self.points), []
        for p, q, angle in self.lines + self.arcs:
            a, b = self.points[p], self.points[q]
            centre = 0.5 * (a + b) + 0.5j * (b - a) / np.tan(angle / 2) if angle else None
            ring = angle > 1 and abs(abs(a) - self.GAP) < 0.2e-3 and abs(abs(b) - self.GAP) < 0.2e-3
            at = (
                (lambda t, a=a, b=b: a + (b - a) * t)
                if centre is None
                else (lambda t, a=a, c=centre, w=angle: c + (a - c) * np.exp(1j * w * t))
            )
            length = abs(b - a) if centre is None else abs(a - centre) * angle
            fine = np.linspace(0, 1, 65)
            density = np.array([1 / self.size(at(t), scale) for t in fine])
            total = np.concatenate([[0], np.cumsum(0.5 * (density[1:] + density[:-1]) / 64)]) * length
            count = pieces if ring else max(1, int(np.ceil(total[-1] - 1e-6)), int(np.ceil(angle / 0.55 - 1e-6)))
            shares = (
                np.linspace(0, 1, count + 1) if ring else np.interp(np.linspace(0, total[-1], count + 1), total, fine)
            )
            ids = [p, *range(len(z), len(z) + count - 1), q]
            z += [at(t) for t in shares[1:-1]]
            edges += pairwise(ids)
        z, edges = np.array(z), np.array(edges)
        _, first, number = np.unique(
            np.round(np.stack([z.real, z.imag], axis=1) * 1e8).astype(np.int64),
            axis=0,
            return_index=True,
            return_inverse=True,
        )
        edges = np.sort(number.ravel()[edges], axis=1)
        return z[first], np.unique(edges[edges[:, 0] != edges[:, 1]], axis=0)

    def seeds(self, border, scale):
        """Return points to fill the sector with, apart from each other and from ``border`` by the wanted size."""
        found = [border]
        step = self.size(self.GAP, scale)
        while step < 3.2e-3 * scale:
            y = np.arange(0, 0.1, step * 0.75**0.5)
            x = np.arange(0, 0.1125, step)
            grid = (x[None, :] + 0.5 * step * (np.arange(len(y)) % 2)[:, None] + 1j * y[:, None]).ravel()
            inside = (np.angle(grid) > 0) & (np.angle(grid) < self.ANGLE) & (abs(grid) < 112.5e-3)
            grid = grid[inside & (abs(abs(grid) - self.GAP) > 0.3e-3)]
            size = np.array([self.size(z, scale) for z in grid])
            grid = grid[(size >= step * 0.999) & (size < 1.2 * step)]
            for old in found:
                if len(grid) and len(old):
                    near, _ = cKDTree(np.stack([old.real, old.imag], 1)).query(np.stack([grid.real, grid.imag], 1))
                    grid = grid[near > 0.72 * np.array([self.size(z, scale) for z in grid])]
            found.append(grid)
            step *= 1.2
        return np.concatenate(found[1:])

    def mesh(self, scale=1.0, pieces=180, smooth=3) -> SectorMesh:
        """Return the mesh of the pole; ``scale`` on the lengths of sides, ``pieces`` along the rings."""
        z, edges = self.split(scale, pieces)
        free = self.seeds(z, scale)
        for turn in range(smooth + 1):
            both = np.concatenate([z, free])
            triangles = _delaunay(both, edges)
            radius = abs(both[triangles].mean(axis=1))
            triangles = triangles[(abs(radius - self.GAP) > 0.1e-3) & (radius < 112.5e-3)]
            if turn < smooth:
                pairs = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
                sums = np.zeros(len(both), dtype=complex)
                np.add.at(sums, pairs[:, 0], both[pairs[:, 1]])
                free = (sums / np.maximum(np.bincount(pairs[:, 0], minlength=len(both)), 1))[len(z) :]
        return self._sector(both, triangles, edges, pieces)

    def _sector(self, z, triangles, edges, pieces) -> SectorMesh:
        regions, circuits = [], {"a": {}, "b": {}, "c": {}}
        part = _flood(z, triangles, edges)
        where = np.full(len(triangles), -1, dtype=np.int32)
        for k, (x, y, material, circuit, turns, direction) in enumerate(self.areas):
            inside = part == part[_holding(z, triangles, complex(float(x), float(y)))]
            side = "rotor" if abs(complex(float(x), float(y))) < self.GAP else "stator"
            name = f"{material}-{k}"
            where[inside] = len(regions)
            regions.append(
                region(
                    name,
                    side,
                    material if material in ("steel", "magnet") else None,
                    float(direction) * pi / 180 if direction else None,
                )
            )
            if circuit:
                circuits[circuit][name] = float(turns)
        stator = abs(z[triangles].mean(axis=1)) > self.GAP
        order = np.argsort(~stator, kind="stable")
        triangles, where = triangles[order], where[order]
        used, number = np.unique(triangles, return_inverse=True)
        z, triangles = z[used], number.reshape(-1, 3).astype(np.int32)
        radius, angle = abs(z), np.angle(z)

        def along(chosen, key):
            ids = np.flatnonzero(chosen)
            return ids[np.argsort(key[ids])].astype(np.int32)

        close = 1e-9
        tiny = radius < close
        section = Section(
            regions=tuple(regions),
            circuits=tuple(Circuit(name=n, conductors=c) for n, c in circuits.items()),
            pole_pairs=3,
            poles=1,
            angle=self.ANGLE,
            slots=9,
            bore=self.BORE,
            rotor_outer=self.ROTOR,
            inner=0.0,
            outer=112.5e-3,
            phase_axis=0.0,
            rotor_axis=pi / 2,
        )
        return SectorMesh(
            section=section,
            nodes=np.stack([z.real, z.imag], axis=1),
            triangles=triangles,
            region=where,
            stator_triangles=int(stator.sum()),
            rotor_ring=along(abs(radius - self.GAP + 0.35e-3 / 3) < close, angle),
            stator_ring=along(abs(radius - self.GAP - 0.35e-3 / 3) < close, angle),
            low=along((abs(z.imag) < close), radius),
            high=along(abs((z * np.exp(-1j * self.ANGLE)).imag) < close, radius),
            fixed=np.flatnonzero(tiny | (abs(radius - 112.5e-3) < close)).astype(np.int32),
        )


def _delaunay(z, edges):
    """Return the counter-clockwise triangles over ``z`` in which every one of ``edges`` is a side."""
    import pythoncdt

    cdt = pythoncdt.Triangulation(
        pythoncdt.VertexInsertionOrder.AUTO, pythoncdt.IntersectingConstraintEdges.NOT_ALLOWED, 0.0
    )
    cdt.insert_vertices([pythoncdt.V2d(w.real, w.imag) for w in z])
    cdt.insert_edges([pythoncdt.Edge(int(a), int(b)) for a, b in edges])
    cdt.erase_super_triangle()
    triangles = np.array([t.vertices for t in cdt.triangles])
    a, b, c = z[triangles].T
    return triangles[((b - a).conjugate() * (c - a)).imag > 1e-6 * abs(b - a) * abs(c - a)]


def _flood(z, triangles, edges):
    """Return the number of the area that each triangle lies in; areas end at ``edges``."""
    sides = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    keys = sides[:, 0] * len(z) + sides[:, 1]
    open_ = ~np.isin(keys, edges[:, 0] * len(z) + edges[:, 1])
    order = np.argsort(keys, kind="stable")
    order = order[open_[order]]
    same = keys[order][1:] == keys[order][:-1]
    a, b = order[:-1][same] // 3, order[1:][same] // 3
    graph = csr_array((np.ones(len(a)), (a, b)), shape=(len(triangles),) * 2)
    return connected_components(graph, directed=False)[1]


def _holding(z, triangles, point):
    """Return the triangle that ``point`` lies in."""
    a, b, c = z[triangles].T
    inside = [((q - p).conjugate() * (point - p)).imag for p, q in ((a, b), (b, c), (c, a))]
    return int(np.argmax(np.min(inside, axis=0) >= 0))


def pole_curve():
    """Return flux density [T] and field strength [A/m] of the published pole's sheet."""
    return np.loadtxt(PUBLISHED / "m270_35a_curve.csv", delimiter=",", skiprows=2).T


POLE_MAGNET = (1098926.9880154678 * 4e-7 * pi * 1.05, 1.05)
"""Remanence [T] and relative permeability of the published pole's magnets, from their coercivity of 1098.927 kA/m."""

MAGNET = (1.2, 1.05)
"""Remanence [T] and relative permeability of a plausible magnet."""
