"""Losses of iron and magnets at the field points, per power of frequency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.loss import Period, iron_coefficients, magnet_coefficient, rotor_period, stator_period
from coaxle.design.machine.section import SectorMesh
from coaxle.materials import EXPONENTS, steel
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor, Threads

GROUPS = {"stator-yoke": 0, "stator-tooth": 1, "rotor-iron": 2, "rotor-pole-shoe": 2}
"""Iron by the part of its region: yoke, teeth, rotor."""
_CHUNK = 2**21
"""Figures of flux density taken together, 16 MB as doubles: several copies of them are held by each thread."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Watched:
    """Triangles that lose: iron of the stator, iron of the rotor, magnets, by their numbers in the mesh, in that order.

    Stator triangles are whole patterns of slot pitches, as :func:`stator_period` wants them. A magnet is cut in
    ``pieces`` along the shaft.
    """

    facts: MachineFacts
    mesh: SectorMesh
    stator: Ints
    rotor: Ints
    magnets: Ints
    pieces: int

    @property
    def triangles(self) -> Ints:
        """All of them (T,)."""
        return np.concatenate([self.stator, self.rotor, self.magnets])

    def losses(self, b: Array, where: Executor | None = None) -> tuple[Array, Array]:
        """Return what iron loses (n, E, 3), in yoke, teeth and rotor, and the magnets (n,), of the whole machine.

        Parameters
        ----------
        b : (P, n, T, 2)
            Flux density of ``triangles`` at P even positions over a period of the ripple [T], of n currents.
        where : Executor, optional
            Spreads the currents; threads of this process by default.

        """
        count = b.shape[1]
        iron, magnets = np.zeros((count, len(EXPONENTS), 3)), np.zeros(count)
        size = max(1, _CHUNK // max(1, b.size // count))

        def work(first: int, last: int) -> None:
            for chunk in range(first, last):
                here = slice(chunk * size, min((chunk + 1) * size, count))
                iron[here], magnets[here] = self._losses(np.asarray(b[:, here], dtype=np.float64))

        (where or Threads(chunk=1)).over(-(-count // size), work)
        sectors = 2 * self.mesh.section.pole_pairs / self.mesh.section.poles
        return sectors * iron, sectors * magnets

    def _losses(self, b: Array) -> tuple[Array, Array]:
        known, section, share = self.facts, self.mesh.section, period_of(self.mesh)
        a, c = self.stator.size, self.stator.size + self.rotor.size
        fixed = stator_period(b[:, :, :a], section, share)
        turning = rotor_period(np.ascontiguousarray(b[:, :, a:c]), section, share)
        iron = self._iron(fixed, self.stator, known.stator_steel) + self._iron(turning, self.rotor, known.rotor_steel)
        magnets = np.zeros(b.shape[1])
        if self.magnets.size:
            only = replace(
                self.mesh,
                triangles=self.mesh.triangles[self.magnets],
                region=self.mesh.region[self.magnets],
                stator_triangles=0,
            )
            magnets = magnet_coefficient(b[:, :, c:], only, share, known, lengthwise=self.pieces)
        return np.moveaxis(iron, 2, 0), magnets

    def _iron(self, period: Period, triangles: Ints, sheet: str) -> Array:
        area, group = areas(self.mesh)[triangles], groups(self.mesh)[triangles]
        known = self.facts
        return iron_coefficients(period, area, group, 3, steel(sheet), stack=known.stack, stacking=known.stacking)


def watched(facts: MachineFacts, mesh: SectorMesh, slices: int = 1) -> Watched:
    """Return the triangles of a mesh that lose; each of ``slices`` of a skewed stack has magnets of its own."""
    first, slots = mesh.stator_triangles, mesh.section.slots
    group = groups(mesh)
    pattern = np.any(group[:first].reshape(slots, -1) >= 0, axis=0)
    magnet = np.array([region.part == "magnet" for region in mesh.section.regions] + [False])[mesh.region]
    return Watched(
        facts=facts,
        mesh=mesh,
        stator=np.flatnonzero(np.tile(pattern, slots)).astype(np.int32),
        rotor=(first + np.flatnonzero(group[first:] >= 0)).astype(np.int32),
        magnets=np.flatnonzero(magnet).astype(np.int32),
        pieces=max(facts.magnet_pieces, slices),
    )


def period_of(mesh: SectorMesh) -> Fraction:
    """Return the share of the electrical period after which all repeats: a sixth, a third for fractional slots."""
    return Fraction(1, 6 if mesh.section.slots % (3 * mesh.section.poles) == 0 else 3)


def groups(mesh: SectorMesh) -> Ints:
    """Return to which of ``GROUPS`` each triangle belongs (M,); -1 where it is no iron."""
    parts = [GROUPS.get(region.part, -1) for region in mesh.section.regions]
    return np.array([*parts, -1], dtype=np.int32)[mesh.region]


def areas(mesh: SectorMesh) -> Array:
    """Return the area of each triangle (M,) [m2]."""
    a, b, c = (mesh.nodes[mesh.triangles[:, corner]] for corner in range(3))
    ab, ac = b - a, c - a
    return np.asarray(0.5 * (ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]))
