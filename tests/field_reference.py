"""The same equations in plain NumPy and SciPy, one point after the other: what the compiled road is held against."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu

from coaxle.design.machine.field.band import band, shell
from coaxle.design.machine.field.curve import NU_0


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
