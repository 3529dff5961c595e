"""Solve the field over rotor steps and currents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.kernels.assemble import KEPT
from coaxle.design.machine.field.kernels.condense import Found, Wanted, figures
from coaxle.design.machine.field.kernels.march import Points, Room, march
from coaxle.design.machine.field.model import FieldModel
from coaxle.design.machine.field.position import Position, position, vectors
from coaxle.design.machine.field.solutions import NOT_CONVERGED, OK, FieldSolutions
from coaxle.errors import InputError, UseError
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Executor, Threads


def solve(
    model: FieldModel,
    steps: Whole,
    currents: Array,
    where: Executor | None = None,
    keep: Array | None = None,
    potential: bool = False,
) -> FieldSolutions:
    """Return linkages and torque at every rotor step and current.

    Parameters
    ----------
    model : FieldModel
        Of the sector.
    steps : (P,) int
        Turn of the rotor in ring segments, counter-clockwise.
    currents : (P, L, n, C)
        Of the section's circuits in their order [A]: L lines of n points, each line solved from its start to its end
        with starting values extrapolated along it. Neighbouring points should be close.
    where : Executor, optional
        Spreads the rotor steps; threads of this process by default.
    keep : (M,) bool or (T,) int, optional
        Triangles of the mesh whose flux density is wanted; none by default.
    potential : bool
        Whether A at the nodes is wanted.

    Raises
    ------
    UseError
        Where shapes do not go together.
    InputError
        Where a current is not finite.

    """
    steps, currents = np.asarray(steps), np.ascontiguousarray(currents, dtype=np.float64)
    if steps.ndim != 1 or not np.issubdtype(steps.dtype, np.integer):
        raise UseError(f"solve: steps has shape {steps.shape} and type {steps.dtype}; whole numbers (P,) are wanted")
    wanted = (len(steps), *currents.shape[1:3], len(model.circuits))
    if currents.ndim != 4 or currents.shape != wanted:
        raise UseError(f"solve: currents has shape {currents.shape}; (P, L, n, C) = {wanted} is wanted")
    if not np.all(np.isfinite(currents)):
        raise InputError("solve: a current is not finite; amperes are wanted")
    asked = _Asked(
        currents=currents,
        triangles=np.zeros(0, dtype=np.int32) if keep is None else np.arange(len(model.nodes), dtype=np.int32)[keep],
        nodes=np.arange(len(model.mesh.nodes) if potential else 0),
    )
    shape = currents.shape[:3]
    out = FieldSolutions(
        linkage=np.full(currents.shape, np.nan),
        torque=np.full(shape, np.nan),
        residual=np.full(shape, np.nan),
        iterations=np.zeros(shape, dtype=np.int32),
        code=np.full(shape, NOT_CONVERGED, dtype=np.int8),
        b=np.empty((*shape, len(asked.triangles), 2), dtype=np.float32),
        potential=np.empty((*shape, len(asked.nodes))),
    )

    def work(first: int, last: int) -> None:
        for p in range(first, last):
            _solve(model, position(model, int(steps[p])), asked, out, p)

    (where or Threads(chunk=1)).over(len(steps), work)
    return replace(out, b=None if keep is None else out.b, potential=out.potential if potential else None)


class _Asked(NamedTuple):
    """Currents, triangles whose flux density is wanted, nodes whose potential is."""

    currents: Array
    triangles: Whole
    nodes: Whole


def _solve(model: FieldModel, here: Position, asked: _Asked, out: FieldSolutions, p: int) -> None:
    """Solve all points of one rotor position into ``out``."""
    lines, length, _ = asked.currents[p].shape
    late = len(here.late.owner)
    share = np.concatenate([np.ones((lines, length, 1)), asked.currents[p]], axis=2)
    change = np.diff(share, axis=1, prepend=share[:, :1])
    moved = np.sqrt(np.maximum(np.einsum("lnc,cd,lnd->ln", change, here.norms, change), 0.0))
    points = Points(
        share=share,
        place=np.cumsum(moved, axis=1),
        a=np.empty((lines, length, late)),
        error=out.residual[p],
        steps=out.iterations[p],
        code=out.code[p],
    )
    room = Room(
        f=vectors(2 * late + 2),
        a=vectors(2 * late + 2),
        d=vectors(2 * late + 2),
        r=vectors(2 * late + 2),
        kept=vectors(2 * KEPT * len(here.iron.weight)),
        x=vectors(len(here.base) + 1, np.float32),
        least=vectors(late, np.float32),
        y=vectors(late, np.float32),
    )
    accuracy = (model.settings.tolerance, model.settings.iterations)
    march(here.late, here.base, here.rows, here.iron, here.sources, here.norms, points, accuracy, room)
    found = Found(
        linkage=out.linkage[p].reshape(lines * length, -1),
        torque=out.torque[p].reshape(-1),
        b=_flat(out.b, p),
        potential=_flat(out.potential, p),
    )
    rows = share.reshape(lines * length, -1)
    z = vectors(len(here.number))
    figures(here.early, here.gap, _wanted(model, here, asked), rows, points.a.reshape(-1, late), found, z)
    out.linkage[p] *= model.sectors
    out.torque[p] *= model.sectors
    for array in (out.b, out.potential):
        # where all of a triangle's nodes are fixed, 0 would stand for what was not found
        array[p][out.code[p] != OK] = np.nan  # type: ignore[index]


def _flat(array: Any, p: int) -> Any:
    """Return the part of a position, its lines and points in one row."""
    part = array[p]
    return part.reshape(part.shape[0] * part.shape[1], *part.shape[2:])


def _wanted(model: FieldModel, here: Position, asked: _Asked) -> Wanted:
    gradients = model.samples.gradients[asked.triangles].mean(axis=1)
    unknown = model.unknown[model.nodes[asked.triangles]]
    return Wanted(
        nodes=gradients.shape[1],
        unknown=here.number[unknown].ravel(),
        x=gradients[..., 0].ravel(),
        y=gradients[..., 1].ravel(),
        node=here.number[model.unknown[asked.nodes]],
        sign=model.sign[asked.nodes],
    )
