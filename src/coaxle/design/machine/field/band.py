"""The moving band: the triangles between the rings at one rotor step, and the layers on which torque is taken."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from coaxle.design.machine.field.curve import NU_0
from coaxle.design.machine.field.elements import Samples, sample
from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.model import GAP_TOLERANCE, FieldModel
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array


class Linear(NamedTuple):
    """Triangles: the unknown of each node (M, m), -1 where A is 0, their samples and corners (M, 3, 2) [m]."""

    unknowns: Whole
    samples: Samples
    corners: Array


def band(model: FieldModel, step: int) -> Linear:
    """Return the triangles of the band with the rotor turned by ``step`` ring segments, in the stator's frame.

    The diagonals of neighbouring quadrangles lean to opposite sides, so that the band prefers no direction.
    """
    order = model.settings.order
    mesh = model.mesh
    count = len(mesh.rotor_ring) - 1
    position = np.arange(count)
    even = position % 2 == 0
    inner, outer = _Ring(model, model.rotor_ring, -step * order), _Ring(model, model.stator_ring, 0)
    a, b = inner.at(order * position), inner.at(order * (position + 1))
    c, d = outer.at(order * position), outer.at(order * (position + 1))
    # counter-clockwise around a quadrangle: a, c, d, b
    first = _pick(even, (a, c, d), (a, c, b))
    second = _pick(even, (a, d, b), (c, d, b))
    nodes = [first, second]
    if order == 2:
        start = model.unknowns
        seam = np.where(position == count - 1, model.flip, 1.0)
        none = np.ones(count)
        left = (start + position, none, None)
        right = (start + (position + 1) % count, seam, None)
        across = (start + count + position, none, None)
        below, above = inner.at(order * position + 1), outer.at(order * position + 1)
        nodes[0] = first + _pick(even, (left, above, across), (left, across, below))
        nodes[1] = second + _pick(even, (across, right, below), (above, right, across))
    unknowns = np.concatenate([np.stack([n[0] for n in triple], axis=1) for triple in nodes])
    signs = np.concatenate([np.stack([n[1] for n in triple], axis=1) for triple in nodes])
    corners = np.concatenate([np.stack([n[2] for n in triple[:3]], axis=1) for triple in nodes])
    samples = sample(corners, order)
    gradients = np.ascontiguousarray(samples.gradients * signs[:, None, :, None])
    return Linear(unknowns.astype(np.int32), Samples(gradients, samples.weights), corners)


class _Ring:
    """Nodes along one ring, as met from angle 0 of the stator on."""

    def __init__(self, model: FieldModel, nodes: Whole, shift: int) -> None:
        self.model, self.nodes, self.shift = model, nodes, shift
        self.radius = float(np.hypot(*model.mesh.nodes[nodes[0]]))

    def at(self, position: Whole) -> tuple[Whole, Array, Array]:
        """Return unknown, sign and place of the nodes at ``position``."""
        model, last = self.model, len(self.nodes) - 1
        turns, number = np.divmod(position + self.shift, last)
        node = self.nodes[number]
        sign = model.sign[node] * np.where(turns % 2 == 0, 1.0, model.flip)
        angle = model.mesh.section.angle * position / last
        place = self.radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return model.unknown[node], sign, place


def _pick(even: Array, one: tuple, other: tuple) -> list:  # type: ignore[type-arg]
    """Return ``one`` where ``even``, ``other`` elsewhere, member by member."""
    picked = []
    for x, y in zip(one, other, strict=True):
        place = None if x[2] is None or y[2] is None else np.where(even[:, None], x[2], y[2])
        picked.append((np.where(even, x[0], y[0]), np.where(even, x[1], y[1]), place))
    return picked


class Shell(NamedTuple):
    """Air triangles on which torque is taken: torque per metre and sector is the sum of B . form . B over samples.

    ``unknowns`` (T, m), ``gradients`` (T, Q, m, 2), ``form`` (T, Q, 3): xx, twice xy, yy [A/(Tm) m2].
    """

    unknowns: Whole
    gradients: Array
    form: Array


def shell(model: FieldModel, part: Linear | None) -> Shell:
    """Return the shell of the band ``part``, or (None) of the layers of the mesh beside it.

    Virtual work with A held: every air triangle between the largest radius of the rotor and the smallest of the stator
    is deformed by turning its nodes by a share that falls from 1 to 0 in radius [Coulomb 1983, doi 10.1109/TMAG.1983.
    1062812, eq. 7 to 9; in the weighted form that is called eggshell].
    """
    section, mesh = model.mesh.section, model.mesh
    height = section.bore - section.rotor_outer
    if part is None:
        corners = mesh.nodes[mesh.triangles]
        radius = np.hypot(corners[..., 0], corners[..., 1])
        share = np.clip((section.bore - radius) / height, 0.0, 1.0)
        share = np.where(share < GAP_TOLERANCE, 0.0, np.where(share > 1 - GAP_TOLERANCE, 1.0, share))
        inside = np.ptp(share, axis=1) > 0
        solid = inside & ((model.curve >= 0) | (model.reluctivity != NU_0))
        if np.any(solid):
            raise InputError(
                f"mesh: triangle {int(np.flatnonzero(solid)[0])} between rotor_outer and bore is not of air"
            )
        part = Linear(
            model.unknown[model.nodes[inside]],
            Samples(model.samples.gradients[inside], model.samples.weights[inside]),
            corners[inside],
        )
    radius = np.hypot(part.corners[..., 0], part.corners[..., 1])
    share = np.clip((section.bore - radius) / height, 0.0, 1.0)
    moved = share[..., None] * np.stack([-part.corners[..., 1], part.corners[..., 0]], axis=-1)
    linear = sample(part.corners, 1).gradients[:, 0]
    strain = np.einsum("tci,tcj->tij", moved, linear)
    spread = 0.5 * (strain[:, 0, 0] + strain[:, 1, 1])
    form = np.stack([strain[:, 0, 0] - spread, strain[:, 0, 1] + strain[:, 1, 0], strain[:, 1, 1] - spread], axis=1)
    form = -NU_0 * part.samples.weights[..., None] * form[:, None]
    return Shell(part.unknowns, part.samples.gradients, np.ascontiguousarray(form))
