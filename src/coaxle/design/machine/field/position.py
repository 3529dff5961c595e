"""What belongs to one rotor position: order of elimination, factor's pattern, the linear part taken out."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import coo_array

from coaxle.design.machine.field.band import Linear, Shell, band, shell
from coaxle.design.machine.field.curve import NU_0
from coaxle.design.machine.field.elements import Samples
from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.kernels.assemble import Iron, Rows
from coaxle.design.machine.field.kernels.condense import Early, Gap, by_rows, forward, lift
from coaxle.design.machine.field.kernels.factor import factor
from coaxle.design.machine.field.kernels.lanes import W
from coaxle.design.machine.field.kernels.order import order
from coaxle.design.machine.field.kernels.symbolic import Panels, analyse, locate
from coaxle.design.machine.field.model import FieldModel
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array

CAP = 10
"""Neighbours above which a linear unknown is not taken out beforehand: the fill would cost more than it saves."""


def vectors(count: int, kind: Any = np.float64) -> Any:
    """Return zeros for ``count`` vectors, of W doubles or LANES singles, the first on a border of 64 bytes."""
    width = W * 8 // np.dtype(kind).itemsize
    room = np.zeros((count + 1) * width, dtype=kind)
    start = -(room.ctypes.data // room.itemsize) % width
    return room[start : start + count * width]


class Body(NamedTuple):
    """What all positions share: pairs of unknowns that meet, lower triangle; the linear part's entries; the iron."""

    pairs: Whole
    linear: tuple[Whole, Array]
    iron: Whole
    unknowns: Whole
    shell: Shell


class Position(NamedTuple):
    """One rotor position, ready to be solved for any currents.

    ``number`` (n + 1,) new number of an unknown; ``early`` unknowns are those taken out, the rest are ``late``.
    """

    number: Whole
    early: Early
    late: Panels
    base: Array
    rows: Rows
    iron: Iron
    sources: Array
    norms: Array
    gap: Gap


def position(model: FieldModel, step: int) -> Position:
    """Return the position ``step`` ring segments on, computed once a model."""
    count = len(model.mesh.rotor_ring) - 1
    step = step % (2 * count)
    found = model.cache.get(step)
    if found is None:
        found = model.cache[step] = _position(model, _body(model), band(model, step))
    return found


def _lower(unknowns: Whole, n: int) -> tuple[Whole, Array]:
    """Return the pairs (M * m (m + 1) / 2, 2) of each triangle's nodes, later first, ``n`` where A is 0."""
    i, j = np.tril_indices(unknowns.shape[1])
    full = np.where(unknowns < 0, n, unknowns)
    return np.stack([full[:, i].ravel(), full[:, j].ravel()], axis=1), np.stack([i, j], axis=1)


def _stiffness(part: Samples, nu: Array) -> Array:
    """Return the lower triangles of the elements' matrices, flat."""
    i, j = np.tril_indices(part.gradients.shape[2])
    weight = part.weights * nu[:, None]
    return np.einsum("eqpi,eqpi,eq->ep", part.gradients[:, :, i], part.gradients[:, :, j], weight).ravel()


def _body(model: FieldModel) -> Body:
    found = model.cache.get("body")
    if found is None:
        n = model.unknowns + model.band_unknowns
        unknowns = model.unknown[model.nodes]
        pairs, _ = _lower(unknowns, n)
        linear = model.curve < 0
        samples = Samples(model.samples.gradients[linear], model.samples.weights[linear])
        entries = (_lower(unknowns[linear], n)[0], _stiffness(samples, model.reluctivity[linear]))
        found = Body(pairs, entries, np.flatnonzero(~linear), np.where(unknowns < 0, n, unknowns), shell(model, None))
        model.cache["body"] = found
    return found


def _position(model: FieldModel, body: Body, moving: Linear) -> Position:
    n = model.unknowns + model.band_unknowns
    pairs, _ = _lower(moving.unknowns, n)
    entries = np.concatenate([body.linear[0], pairs])
    values = np.concatenate([body.linear[1], _stiffness(moving.samples, np.full(len(moving.unknowns), NU_0))])
    indptr, indices = _pattern(np.concatenate([body.pairs, pairs]), n)
    linear = np.ones(n + 1, dtype=bool)
    linear[body.unknowns[body.iron]] = False
    first = np.empty(n, dtype=np.int32)
    early = order(indptr, indices, linear[:n], CAP, first)
    panels, final = analyse(indptr, indices, first, early)
    number = np.full(n + 1, n, dtype=np.int32)
    number[final] = np.arange(n, dtype=np.int32)
    x, base, late, count = _taken_out(panels, early, number, entries, values)
    sources = np.zeros((n, len(model.circuits) + 1))
    sources[number[: model.unknowns]] = np.vstack([model.magnets, model.circuits]).T
    norms = sources.T @ sources
    forward(panels, count, x, sources)
    return Position(
        number=number,
        early=Early(panels, count, x, sources),
        late=late,
        base=base,
        rows=_rows(late, base),
        iron=_iron(model, body, panels, number - early, early, base),
        sources=np.ascontiguousarray(sources[early:].T),
        norms=norms,
        gap=_gap((body.shell, shell(model, moving)), number),
    )


def _pattern(pairs: Whole, n: int) -> tuple[Whole, Whole]:
    """Return the pattern of the symmetric matrix by rows, without its diagonal."""
    pairs = pairs[(pairs[:, 0] != pairs[:, 1]) & np.all(pairs < n, axis=1)]
    both = np.concatenate([pairs, pairs[:, ::-1]])
    matrix = coo_array((np.ones(len(both), dtype=np.int8), (both[:, 0], both[:, 1])), shape=(n, n)).tocsr()
    matrix.sort_indices()
    return matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32)


def _taken_out(
    panels: Panels, early: int, number: Whole, entries: Whole, values: Array
) -> tuple[Array, Array, Panels, int]:
    """Return the early factor, what it leaves of the linear part, the late panels and how many are early."""
    size = int(panels.panel_at[-1])
    spot = np.empty(len(entries), dtype=np.int32)
    i, j = number[entries].T
    locate(panels, i, j, size, spot)
    matrix = vectors(size + 1)
    # one lane would do; W equal ones cost little and need no kernel of their own
    matrix.reshape(-1, W)[:] = np.bincount(spot, values, size + 1)[:, None]
    count = int(np.searchsorted(panels.first, early))
    factor(panels, 0, count, matrix, vectors(len(number)), vectors(len(number)))
    flat = np.empty(size)
    lift(matrix, flat)
    if not np.all(np.isfinite(flat)):
        raise InputError("field: the equations of the air are singular; a mesh that hangs together is wanted")
    border = int(panels.panel_at[count])
    late = Panels(
        first=panels.first[count:] - early,
        row_at=panels.row_at[count:] - panels.row_at[count],
        rows=panels.rows[panels.row_at[count] :] - early,
        panel_at=panels.panel_at[count:] - border,
        owner=panels.owner[early:] - count,
        target=panels.target[panels.row_at[count] :],
        shift=panels.shift[panels.row_at[count] :],
        spot=panels.spot - border,
    )
    return flat[:border], flat[border:], late, count


def _rows(late: Panels, base: Array) -> Rows:
    n = len(late.owner)
    count = np.zeros(n, dtype=np.int32)
    none: Any = np.empty(0, dtype=np.int32)
    by_rows(late, base, count, none, np.empty(0), False)
    at = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
    column, value = np.empty(at[-1], dtype=np.int32), np.empty(at[-1])
    by_rows(late, base, at[:-1].copy(), column, value, True)
    return Rows(at, column, value)


def _iron(model: FieldModel, body: Body, panels: Panels, number: Whole, early: int, base: Array) -> Iron:
    gradients, weights = model.samples.gradients[body.iron], model.samples.weights[body.iron]
    elements, samples, m = gradients.shape[:3]
    unknowns = body.unknowns[body.iron]
    i, j = np.tril_indices(m)
    size = int(panels.panel_at[-1])
    spot = np.empty(elements * len(i), dtype=np.int32)
    whole = number + early
    locate(panels, whole[unknowns[:, i]].ravel(), whole[unknowns[:, j]].ravel(), size, spot)
    spot -= size - len(base)
    tables = [curve.coefficients for curve in model.curves] or [np.zeros((1, 3))]
    starts = np.cumsum([0] + [table.size for table in tables[:-1]])
    return Iron(
        nodes=m,
        unknown=np.repeat(number[unknowns], samples, axis=0).ravel(),
        x=np.ascontiguousarray(gradients[..., 0]).ravel(),
        y=np.ascontiguousarray(gradients[..., 1]).ravel(),
        weight=weights.ravel(),
        spot=np.repeat(spot.reshape(elements, len(i)), samples, axis=0).ravel(),
        curve=np.repeat(model.curve[body.iron], samples),
        start=starts.astype(np.int32),
        cells=np.array([float(len(table) - 1) for table in tables]),
        rate=np.array([1.0 / curve.step for curve in model.curves] or [1.0]),
        table=np.concatenate([table.ravel() for table in tables]),
    )


def _gap(shells: tuple[Shell, Shell], number: Whole) -> Gap:
    m = shells[0].gradients.shape[2]
    return Gap(
        nodes=m,
        unknown=np.concatenate(
            [np.repeat(number[part.unknowns], part.gradients.shape[1], axis=0).ravel() for part in shells]
        ),
        x=np.concatenate([part.gradients[..., 0].ravel() for part in shells]),
        y=np.concatenate([part.gradients[..., 1].ravel() for part in shells]),
        form=np.concatenate([part.form.reshape(-1, 3) for part in shells]),
    )
