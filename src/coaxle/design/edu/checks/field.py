"""Field solutions beside the flux map: at other currents and other temperatures of the magnets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coaxle.design.machine.field import solve
from coaxle.design.machine.flux import Drawn, FluxSettings, drawn
from coaxle.design.machine.flux.frames import phases, rotor_frame
from coaxle.design.machine.flux.sweep import electrical_angles, rotor_steps
from coaxle.design.machine.kinds import Machine
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Probe:
    """A machine of which single points are solved, skew aside.

    Parameters
    ----------
    ready : Drawn
        Facts, mesh and equations.
    steps : (P,)
        Rotor positions over a period of the ripple.
    where : Executor or None
        Who computes.

    """

    ready: Drawn
    steps: Ints
    where: Executor | None

    def at(self, i_d: ArrayLike, i_q: ArrayLike, i_f: ArrayLike = 0.0, *, fields: bool = False) -> Linked:
        """Return linkages at n points (i_d, i_q, i_f) [A], one after the other; neighbours should be close.

        Raises
        ------
        ComputationError
            Where a point does not converge.

        """
        model, known = self.ready.model, self.ready.facts
        i_d, i_q, i_f = np.broadcast_arrays(*(np.atleast_1d(np.asarray(i, dtype=np.float64)) for i in (i_d, i_q, i_f)))
        theta = electrical_angles(model, self.steps)[:, None]
        given = np.zeros((self.steps.size, 1, i_d.size, len(model.circuits)))
        given[:, 0, :, :3] = phases(i_d, i_q, theta)
        wound = known.rotor_winding is not None and known.rotor_winding.style == "field"
        if wound:
            given[..., 3] = i_f
        every = np.full(len(model.mesh.triangles), fields)
        solved = solve(model, self.steps, given, self.where, keep=every).checked()
        psi_d, psi_q = rotor_frame(solved.linkage[:, 0, :, :3], theta)
        end, stack = known.winding.end_inductance, known.stack
        psi_f = np.zeros(i_d.size)
        if wound and known.rotor_winding is not None:
            psi_f = stack * solved.linkage[:, 0, :, 3].mean(axis=0) + known.rotor_winding.end_inductance * i_f
        return Linked(
            psi_d=stack * psi_d.mean(axis=0) + end * i_d,
            psi_q=stack * psi_q.mean(axis=0) + end * i_q,
            psi_f=psi_f,
            b=None if solved.b is None or not fields else np.asarray(solved.b[:, 0], dtype=np.float64),
        )


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Linked:
    """Linkages (n,) [Wb], mean over positions, end windings included; flux density (P, n, M, 2) [T] where asked for."""

    psi_d: Array
    psi_q: Array
    psi_f: Array
    b: Array | None


def probe(machine: Machine, settings: FluxSettings, temperature: float, where: Executor | None = None) -> Probe:
    """Return a machine of which single points are solved, its magnets at ``temperature`` [K]."""
    ready = drawn(machine, settings, temperature)
    return Probe(ready=ready, steps=rotor_steps(ready.model, settings), where=where)


def ramp(*ends: float, points: int = 5) -> tuple[Array, ...]:
    """Return currents that rise evenly from 0 to each of ``ends`` together, ``points`` of them."""
    share = np.linspace(0.0, 1.0, points)
    return tuple(end * share for end in ends)
