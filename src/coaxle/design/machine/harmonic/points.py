"""Linkages of an induction machine over currents in the frame of its rotor flux, from magnetostatic solutions.

In steady state, seen from the rotor flux, all currents stand still. The cage carries a sinusoid that is as large as it
takes to keep its own linkage along q at 0; along d it carries none, for its linkage there does not change.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from coaxle.design.machine.field import FieldModel, solve
from coaxle.design.machine.harmonic.cage import Cage
from coaxle.design.machine.harmonic.frame import CageFrame, cage_frame, spread
from coaxle.errors import ComputationError, InputError, UseError
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class CageSettings:
    """How well the points are to be computed.

    Parameters
    ----------
    positions : int
        Places of stator, rotor and field among one another over which the linkages are averaged.
    slices : int
        Of the stack, over which a skew is spread; 1 where the cage has none.
    first, second : float
        Cage current over i_q with which the search begins.
    residual : float
        Linkage of the cage along q that is let pass, over that along d at the largest currents.
    passes : int
        Solutions a point at most, the first two included; at least 3.

    """

    positions: int = 6
    slices: int = 3
    first: float = 0.88
    second: float = 0.98
    residual: float = 2e-3
    passes: int = 4

    def __post_init__(self) -> None:
        """Check."""
        if self.positions < 1 or self.slices < 1 or self.passes < 3:
            raise UseError("CageSettings: positions and slices of 1 or more, passes of 3 or more are wanted")
        if not 0 < self.first < self.second:
            raise UseError(f"CageSettings.first, second: {self.first}, {self.second}; rising ratios above 0 are wanted")


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class CagePoints:
    """What the machine links at each of D x Q currents; mean over P places, end windings left out.

    Parameters
    ----------
    i_d, i_q : (D,), (Q,)
        Stator currents along the rotor flux and across, peak [A].
    psi_d, psi_q : (D, Q)
        Stator linkages [Wb].
    i_r : (D, Q)
        Amount of the cage current, referred to a stator phase, peak [A]; it flows against i_q.
    psi_r : (D, Q)
        Linkage of the cage along d, referred [Wb].
    psi_rq : (D, Q)
        What is left of that along q [Wb].
    torque : (D, Q)
        By virtual work in the gap, mean over the places [Nm].
    ripple : (D, Q)
        Peak to peak of the same, over the places [Nm]; the skew's slices are summed first.
    steps : (P,) int32
        Rotor steps of the places, slice by slice within each.
    currents : (P, D, Q, C)
        Of all circuits there, for a solution that keeps what iron loss needs [A].

    """

    i_d: Array
    i_q: Array
    psi_d: Array
    psi_q: Array
    i_r: Array
    psi_r: Array
    psi_rq: Array
    torque: Array
    ripple: Array
    steps: Ints
    currents: Array


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Places:
    """Where rotor and frame stand in each of P solutions: ring step, nominal turn and frame angle, electrical [rad]."""

    steps: Ints
    turned: Array
    gamma: Array
    slices: int


def places(model: FieldModel, cage: Cage, settings: CageSettings) -> Places:
    """Return the places over which the linkages of ``cage`` are averaged.

    A slice of a skewed rotor is a solution with the rotor shifted, its bars carrying the current of the slice in the
    middle of the stack.
    """
    section = model.mesh.section
    pitch = section.pole_pairs * section.angle / (model.mesh.rotor_ring.size - 1)
    shift, gamma = spread(settings.positions, 2 * pi * cage.pole_pairs / cage.bars)
    slices = settings.slices if cage.skew > 0 else 1
    away = cage.skew * ((np.arange(slices) + 0.5) / slices - 0.5)
    steps = np.rint((shift[:, None] + away) / pitch).astype(np.int32)
    return Places(
        steps=steps.ravel(),
        turned=(steps * pitch - away).ravel(),
        gamma=np.repeat(gamma, slices),
        slices=slices,
    )


def cage_points(
    model: FieldModel,
    cage: Cage,
    stack: float,
    i_d: Array,
    i_q: Array,
    *,
    settings: CageSettings | None = None,
    where: Executor | None = None,
) -> CagePoints:
    """Return linkages and cage currents over a grid of stator currents in the frame of the rotor flux.

    Parameters
    ----------
    model : FieldModel
        Of a section whose circuits are phases a, b, c and bars.
    cage : Cage
        The cage, referred to the winding of that section.
    stack : float
        Length of the iron [m].
    i_d, i_q : (D,), (Q,)
        Rising [A]; i_q from 0.
    settings, where
        How well; where the rotor steps are spread.

    Returns
    -------
    CagePoints
        Slip follows by algebra: torque times mechanical slip speed is 3/2 R_r i_r^2.

    Raises
    ------
    ComputationError
        Where a field was not solved, or the cage's linkage along q does not come to 0.

    Notes
    -----
    Steady state, currents sinusoidal in time in stator and bars: what stator slots and phase belts induce in the cage
    at high frequency is left out, so a little of the harmonic leakage that the cage would damp stands in psi_q.

    """
    settings = settings or CageSettings()
    if i_q[0] != 0.0 or np.any(np.diff(i_q) <= 0) or np.any(np.diff(i_d) <= 0):
        raise InputError("i_d, i_q: rising axes, i_q from 0 A, are wanted")
    frame = cage_frame(model.mesh.section, cage)
    search = _Search(
        model=model,
        frame=frame,
        places=places(model, cage, settings),
        stack=stack,
        leakage=cage.ring_leakage,
        i_d=np.broadcast_to(i_d[:, None], (i_d.size, i_q.size)),
        i_q=np.broadcast_to(i_q, (i_d.size, i_q.size)),
        where=where,
    )
    return _search(search, settings, i_d, i_q)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Search:
    model: FieldModel
    frame: CageFrame
    places: Places
    stack: float
    leakage: float
    i_d: Array
    i_q: Array
    where: Executor | None

    def at(self, i_r: Array) -> dict[str, Array]:
        """Return linkages, torque and currents with cage current ``i_r`` (D, Q) against i_q."""
        gamma, turned = self.places.gamma[:, None, None], self.places.turned[:, None, None]
        currents = self.frame.currents(self.i_d, self.i_q, np.zeros_like(i_r), -i_r, gamma, turned)
        solved = solve(self.model, self.places.steps, currents, self.where).checked()
        linkage = self.frame.linkages(self.stack * solved.linkage, gamma, turned)
        psi_d, psi_q, psi_rd, psi_rq = (each.mean(axis=0) for each in linkage)
        slices = self.places.slices
        torque = self.stack * solved.torque.reshape(-1, slices, *i_r.shape).mean(axis=1)
        return {
            "psi_d": psi_d,
            "psi_q": psi_q,
            "psi_r": psi_rd,
            "psi_rq": psi_rq - self.leakage * i_r,
            "torque": torque.mean(axis=0),
            "ripple": np.ptp(torque, axis=0),
            "currents": currents,
        }


def _search(search: _Search, settings: CageSettings, i_d: Array, i_q: Array) -> CagePoints:
    """Find the cage current by secants, all points at once."""
    older = settings.first * search.i_q
    newer = settings.second * search.i_q
    left = search.at(older)["psi_rq"]
    for _ in range(settings.passes - 1):
        found = search.at(newer)
        limit = settings.residual * float(np.max(np.abs(found["psi_r"])))
        right = found["psi_rq"]
        if np.all(np.abs(right[:, 1:]) <= limit):
            return CagePoints(i_d=i_d, i_q=i_q, i_r=newer, steps=search.places.steps, **found)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = right * (newer - older) / (right - left)
        moved = (search.i_q > 0) & np.isfinite(step)
        older, left = newer, right
        newer = np.maximum(newer - np.where(moved, step, 0.0), 0.0)
    worst = float(np.max(np.abs(right[:, 1:])))
    raise ComputationError(f"cage: {worst:.3g} Wb of its linkage along q are left; {limit:.3g} Wb are wanted")
