"""Where stator, rotor and rotor flux stand among one another while linkages are averaged.

At small slip rotor and flux turn together past the stator; how the flux lies to the bars changes slowly, with slip.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from coaxle.design.machine.harmonic.cage import Cage
from coaxle.design.machine.section import Section, SectorMesh
from coaxle.errors import UseError
from coaxle.numerics.arrays import Array, Ints


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Places:
    """P solutions: one a slice of each place, slices of a place side by side.

    Parameters
    ----------
    steps : (P,) int32
        Ring steps by which the rotor is turned.
    turned : (P,)
        Electrical angle of the middle of the stack from rotor step 0 [rad]: the bars' currents follow it.
    gamma : (P,)
        Electrical angle of the rotor flux, from angle 0 of the sector [rad].
    slices : int
        Of the stack, for a skewed cage; else 1.

    """

    steps: Ints
    turned: Array
    gamma: Array
    slices: int

    def thinned(self, positions: int) -> Places:
        """Return ``positions`` of the places, evenly picked, each with all of its slices; all where there are fewer."""
        count = self.steps.size // self.slices
        if positions >= count:
            return self
        first = np.arange(positions) * count // positions
        taken = (first[:, None] * self.slices + np.arange(self.slices)).ravel()
        return Places(steps=self.steps[taken], turned=self.turned[taken], gamma=self.gamma[taken], slices=self.slices)


def turning_places(mesh: SectorMesh, cage: Cage, positions: int, *, start: float = 0.0) -> Places:
    """Return places of rotor and flux turning together, one after another, over the period of the ripple.

    That is 60 electrical degrees, 120 where the slots of a pole and phase are no whole number. ``start`` is the
    electrical angle of the flux at rotor step 0 [rad].
    """
    section = mesh.section
    ring = mesh.rotor_ring.size - 1
    span = ring // section.poles // 3 * (1 if section.slots % (3 * section.poles) == 0 else 2)
    if positions < 1 or span % positions:
        raise UseError(f"positions: {positions} do not divide the {span} ring steps of a ripple's period")
    shift = np.asarray(_pitch(section, ring) * (span // positions) * np.arange(positions), dtype=np.float64)
    return _sliced(shift, shift + start, section, ring, cage)


def spread_places(mesh: SectorMesh, cage: Cage, count: int) -> Places:
    """Return places that spread the rotor over a bar pitch and the flux, apart from it, over 60 electrical degrees.

    The flux moves in steps of the golden section, so that few places see stator slots, bars and flux in all their
    mutual positions. Right for a mean, not for what follows one another in time.
    """
    k = np.arange(count) + 0.5
    ring = mesh.rotor_ring.size - 1
    shift = 2 * pi * cage.pole_pairs / cage.bars * k / count
    return _sliced(shift, pi / 3 * np.mod(k * (5**0.5 - 1) / 2, 1.0), mesh.section, ring, cage)


def _pitch(section: Section, ring: int) -> float:
    return section.pole_pairs * section.angle / ring


def _sliced(shift: Array, gamma: Array, section: Section, ring: int, cage: Cage) -> Places:
    """Turn the rotor of each slice by its angle, to the nearest ring step."""
    away = np.array(cage.slices)
    pitch = _pitch(section, ring)
    steps = np.rint((shift[:, None] + away) / pitch).astype(np.int32)
    return Places(
        steps=steps.ravel(),
        turned=(steps * pitch - away).ravel(),
        gamma=np.repeat(gamma, away.size),
        slices=away.size,
    )
