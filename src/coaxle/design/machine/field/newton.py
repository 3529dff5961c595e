"""Solve the field over rotor steps and currents."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu

from coaxle.design.machine.field.band import band, shell
from coaxle.design.machine.field.curve import NU_0
from coaxle.design.machine.field.model import FieldModel
from coaxle.design.machine.field.solutions import FieldSolutions
from coaxle.errors import InputError, UseError
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor, Threads


def solve(
    model: FieldModel,
    steps: Ints,
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
    where = where or Threads(chunk=1)
    triangles = None if keep is None else np.arange(len(model.nodes), dtype=np.int32)[keep]
    shape = currents.shape[:3]
    out = FieldSolutions(
        linkage=np.full(currents.shape, np.nan),
        torque=np.full(shape, np.nan),
        residual=np.full(shape, np.nan),
        iterations=np.zeros(shape, dtype=np.int32),
        code=np.full(shape, 1, dtype=np.int8),
        b=None if triangles is None else np.full((*shape, len(triangles), 2), np.nan, dtype=np.float32),
        potential=np.full((*shape, len(model.mesh.nodes)), np.nan) if potential else None,
    )

    def work(first: int, last: int) -> None:
        for p in range(first, last):
            _Sequential(model, int(steps[p])).march(currents[p], out, p, triangles)

    where.over(len(steps), work)
    return out


class _Sequential:
    def __init__(self, model: FieldModel, step: int) -> None:
        self.model = model
        part = band(model, step)
        self.size = n = model.unknowns + model.band_unknowns
        self.dof = np.where(model.unknown[model.nodes] < 0, n, model.unknown[model.nodes])
        dofs = np.concatenate([self.dof, np.where(part.unknowns < 0, n, part.unknowns)])
        g = np.concatenate([model.samples.gradients, part.samples.gradients])
        w = np.concatenate([model.samples.weights, part.samples.weights])
        nu = np.concatenate([np.where(model.curve < 0, model.reluctivity, 0.0), np.full(len(part.unknowns), NU_0)])
        k = np.einsum("eqmi,eqni,eq,e->emn", g, g, w, nu)
        self.linear = self.matrix(dofs, k)
        self.iron = np.flatnonzero(model.curve >= 0)
        self.shells = [shell(model, None), shell(model, part)]
        pad = ((0, 0), (0, model.band_unknowns))
        self.circuits = np.pad(model.circuits, pad)
        self.magnets = np.pad(model.magnets, pad[1])

    def matrix(self, dofs: Array, k: Array) -> csc_array:
        n, m = self.size, dofs.shape[1]
        i = np.repeat(dofs, m, axis=1).ravel()
        j = np.tile(dofs, (1, m)).ravel()
        return csc_array((k.ravel(), (i, j)), shape=(n + 1, n + 1))[:n, :n]

    def residual(self, a: Array) -> tuple[Array, csc_array]:
        model = self.model
        dof = self.dof[self.iron]
        g, w = model.samples.gradients[self.iron], model.samples.weights[self.iron]
        v = np.einsum("eqmi,em->eqi", g, np.append(a, 0.0)[dof])
        b = np.maximum(np.hypot(v[..., 0], v[..., 1]), 1e-12)
        h, d = np.empty_like(b), np.empty_like(b)
        for number, curve in enumerate(model.curves):
            here = model.curve[self.iron] == number
            h[here], d[here] = curve.field(b[here]), curve.slope(b[here])
        nu = h / b
        unit = np.einsum("eqmi,eqi,eq->eqm", g, v, 1 / b)
        r = np.zeros(self.size + 1)
        np.add.at(r, dof, np.einsum("eqm,eq,eq->em", unit, h, w))
        k = np.einsum("eqmi,eqni,eq,eq->emn", g, g, w, nu) + np.einsum("eqm,eqn,eq,eq->emn", unit, unit, w, d - nu)
        return self.linear @ a + r[:-1], self.linear + self.matrix(dof, k)

    def march(self, currents: Array, out: FieldSolutions, p: int, triangles: Array | None) -> None:
        model, settings = self.model, self.model.settings
        for line in range(currents.shape[0]):
            a = np.zeros(self.size)
            for point in range(currents.shape[1]):
                f = self.magnets + currents[line, point] @ self.circuits
                norm = float(np.linalg.norm(f))
                r, jacobian = self.residual(a)
                iterations = 0
                while np.linalg.norm(f - r) > settings.tolerance * norm and iterations < settings.iterations:
                    iterations += 1
                    d = splu(jacobian, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}).solve(f - r)
                    start, t = float((f - r) @ d), 1.0
                    for _ in range(8):
                        r, jacobian = self.residual(a + t * d)
                        if (f - r) @ d >= -0.8 * start:
                            break
                        t *= 0.5
                    a = a + t * d
                at = (p, line, point)
                out.iterations[at] = iterations
                error = float(np.linalg.norm(f - r))
                if not error <= settings.tolerance * norm:
                    out.code[at] = 1 if np.isfinite(error) else 2
                    a = np.zeros(self.size)
                    continue
                out.code[at], out.residual[at] = 0, error / norm if norm else 0.0
                out.linkage[at] = self.circuits @ a * model.sectors
                ext = np.append(a, 0.0)
                torque = 0.0
                for part in self.shells:
                    v = np.einsum("eqmi,em->eqi", part.gradients, ext[part.unknowns])
                    bx, by = v[..., 1], -v[..., 0]
                    torque += np.sum(
                        part.form[..., 0] * bx * bx + part.form[..., 1] * bx * by + part.form[..., 2] * by * by
                    )
                out.torque[at] = torque * model.sectors
                if out.b is not None:
                    v = np.einsum("eqmi,em->eqi", model.samples.gradients[triangles], ext[self.dof[triangles]]).mean(
                        axis=1
                    )
                    out.b[at] = np.stack([v[:, 1], -v[:, 0]], axis=1)
                if out.potential is not None:
                    n = len(model.mesh.nodes)
                    out.potential[at] = ext[model.unknown[:n]] * model.sign[:n]
