"""Linkages of an induction machine over currents in the frame of its rotor flux, from magnetostatic solutions.

In steady state, seen from the rotor flux, all currents stand still. The cage carries a sinusoid that is as large as it
takes to keep its own linkage along q at 0; along d it carries none, for its linkage there does not change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from coaxle.design.machine.field import FieldModel, solve
from coaxle.design.machine.harmonic.cage import Cage
from coaxle.design.machine.harmonic.frame import CageFrame, cage_frame
from coaxle.design.machine.harmonic.places import Places, turning_places
from coaxle.errors import ComputationError, InputError, UseError
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor

_TOLERANCE = 3e-4
"""Of a field's residual, at most: ampere-turns of stator and cage all but cancel, so the field is small beside them."""
_STRIDE = 1.1
"""By what the cage current is changed while only one side of the answer is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CageSettings:
    """How well the points are to be computed.

    Parameters
    ----------
    positions : int
        Of rotor and flux over the period of the ripple.
    guess : float
        Cage current over i_q with which the search begins.
    residual : float
        Linkage of the cage along q that is let pass, over the largest along d.
    scouts : int
        Positions on which the cage current is first looked for.
    passes : int
        Solutions a point at most, on the scouts and on all positions each.

    """

    positions: int = 8
    guess: float = 0.93
    residual: float = 1e-3
    scouts: int = 2
    passes: int = 8

    def __post_init__(self) -> None:
        """Check.

        Raises
        ------
        UseError
            Where a setting is out of its range.

        """
        if self.positions < 1 or self.scouts < 1 or self.passes < 1:
            raise UseError("CageSettings: positions, scouts and passes of 1 or more are wanted")
        if not 0 < self.guess < 2:
            raise UseError(f"CageSettings.guess: {self.guess}; a ratio above 0 and below 2 is wanted")
        if not 0 < self.residual < 1:
            raise UseError(f"CageSettings.residual: {self.residual}; more than 0 and less than 1 is wanted")


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class CagePoints:
    """What the machine links at each of D x Q currents, end windings of the stator left out.

    Linkages and torque are means over the places; P counts places and slices.

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
        By virtual work in the gap [Nm].
    ripple : (D, Q)
        Peak to peak of the same over the places, slices averaged first [Nm].
    places : Places
        Over which the mean was taken.
    currents : (P, D, Q, C)
        Of all circuits there [A].
    b : (P, D, Q, T, 2) float32 or None
        Flux density of the kept triangles [T].

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
    places: Places
    currents: Array
    b: Any = None


def cage_points(
    model: FieldModel,
    cage: Cage,
    stack: float,
    currents: tuple[Array, Array],
    *,
    settings: CageSettings | None = None,
    keep: Array | None = None,
    where: Executor | None = None,
) -> CagePoints:
    """Return linkages and cage currents over a grid of stator currents in the frame of the rotor flux.

    Parameters
    ----------
    model : FieldModel
        Of a section whose circuits are phases a, b, c and bars.
    cage : Cage
        Referred to the winding of that section.
    stack : float
        Length of the iron [m].
    currents : (D,), (Q,)
        Rising i_d, and i_q from 0 [A].
    settings, where
        How well; where the rotor steps are spread.
    keep : (M,) bool or (T,) int, optional
        Triangles whose flux density is wanted.

    Returns
    -------
    CagePoints
        Slip follows by algebra: i_r R_r = w_slip psi_r, so that torque times mechanical slip speed is 3/2 R_r i_r^2.

    Raises
    ------
    ComputationError
        Where a field was not solved, or the cage's linkage along q does not come to 0.

    Notes
    -----
    Steady state with stator and bar currents that are sinusoidal in time. What stator slots and phase belts induce in
    the bars at high frequency is left out, so the harmonic leakage that the cage would damp stays in psi_q.

    """
    settings = settings or CageSettings()
    i_d, i_q = (np.asarray(each, dtype=np.float64) for each in currents)
    if i_q.size < 2 or i_q[0] != 0.0 or np.any(np.diff(i_q) <= 0) or np.any(np.diff(i_d) <= 0):
        raise InputError("currents: rising axes i_d and i_q, the second from 0 A to more, are wanted")
    tolerance = min(model.settings.tolerance, _TOLERANCE)
    problem = _Problem(
        model=replace(model, settings=replace(model.settings, tolerance=tolerance)),
        frame=cage_frame(model.mesh.section, cage),
        places=turning_places(model.mesh, cage, settings.positions),
        stack=stack,
        leakage=cage.ring_leakage,
        i_d=i_d,
        i_q=i_q,
        keep=keep,
        where=where,
    )
    i_r, found = _search(problem, settings)
    return CagePoints(i_d=i_d, i_q=i_q, i_r=i_r, places=problem.places, **found)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Problem:
    model: FieldModel
    frame: CageFrame
    places: Places
    stack: float
    leakage: float
    i_d: Array
    i_q: Array
    keep: Array | None
    where: Executor | None

    def at(self, lines: Ints, i_r: Array) -> dict[str, Any]:
        """Return what there is at the lines (L,) of i_d with cage current ``i_r`` (L, Q) against i_q."""
        gamma, turned = self.places.gamma[:, None, None], self.places.turned[:, None, None]
        i_d = self.i_d[lines][:, None]
        currents = self.frame.currents(i_d, self.i_q, np.zeros_like(i_r), -i_r, gamma, turned)
        solved = solve(self.model, self.places.steps, currents, self.where, self.keep).checked()
        linkages = self.frame.linkages(self.stack * solved.linkage, gamma, turned)
        psi_d, psi_q, psi_rd, psi_rq = (each.mean(axis=0) for each in linkages)
        torque = self.stack * solved.torque.reshape(-1, self.places.slices, *i_r.shape).mean(axis=1)
        return {
            "psi_d": psi_d,
            "psi_q": psi_q,
            "psi_r": psi_rd,
            "psi_rq": psi_rq - self.leakage * i_r,
            "torque": torque.mean(axis=0),
            "ripple": np.ptp(torque, axis=0),
            "currents": currents,
            "b": solved.b,
        }


def _search(problem: _Problem, settings: CageSettings) -> tuple[Array, dict[str, Any]]:
    """Find the cage currents (D, Q) at which the linkage along q is 0: on few places first, then on all."""
    across = np.broadcast_to(problem.i_q, (problem.i_d.size, problem.i_q.size))
    few = replace(problem, places=problem.places.thinned(settings.scouts), keep=None)
    i_r, slope, _ = _refined(few, settings.guess * across, np.full(across.shape, np.nan), settings)
    i_r, slope, found = _refined(problem, i_r, slope, settings)
    return i_r, found


def _refined(
    problem: _Problem, i_r: Array, slope: Array, settings: CageSettings
) -> tuple[Array, Array, dict[str, Any]]:
    """Return cage currents, the slopes of the linkage along q over them, and what there is at those currents.

    Secants, kept within a bracket: the linkage falls with the cage current, from above 0 at none. Lines of i_d that
    are done are not solved again.
    """
    count = problem.i_d.size
    low, high = np.zeros_like(i_r), np.full_like(i_r, np.inf)
    open_ = np.arange(count, dtype=np.int32)
    found: dict[str, Any] = {}
    left, step, limit = np.zeros_like(i_r), np.zeros_like(i_r), 0.0
    for _ in range(settings.passes):
        before, found = left, _filled(found, problem.at(open_, i_r[open_]), open_, count)
        left = found["psi_rq"]
        with np.errstate(divide="ignore", invalid="ignore"):
            secant = (left - before) / step
        limit = settings.residual * float(np.max(np.abs(found["psi_r"])))
        clear = np.isfinite(secant) & (secant < 0) & (np.abs(left - before) > 0.3 * limit)
        slope = np.where(clear, secant, slope)
        open_ = np.flatnonzero(np.any(np.abs(left[:, 1:]) > limit, axis=1)).astype(np.int32)
        if open_.size == 0:
            return i_r, slope, found
        low, high = np.where(left > 0, i_r, low), np.where(left < 0, i_r, high)
        with np.errstate(divide="ignore", invalid="ignore"):
            target = i_r - left / slope
        outside = ~np.isfinite(target) | (target <= low) | (target >= high)
        stride = np.where(left > 0, i_r * _STRIDE, i_r / _STRIDE)
        target = np.where(outside, np.where((low > 0) & np.isfinite(high), (low + high) / 2, stride), target)
        step = np.zeros_like(i_r)
        step[open_, 1:] = (target - i_r)[open_, 1:]
        i_r = i_r + step
    worst = float(np.max(np.abs(left[:, 1:])))
    raise ComputationError(f"cage: {worst:.3g} Wb of its linkage along q are left; {limit:.3g} Wb are wanted")


def _filled(found: dict[str, Any], part: dict[str, Any], lines: Ints, count: int) -> dict[str, Any]:
    """Put what was solved on some lines of i_d among what there was before."""
    if lines.size == count:
        return part
    for name, values in part.items():
        if values is not None:
            # Places come first in what is told for each of them.
            found[name][(slice(None), lines) if name in ("currents", "b") else lines] = values
    return found
