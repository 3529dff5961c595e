"""The same equations in plain NumPy and SciPy, one point after the other: what the compiled road is held against."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu

from coaxle.design.machine.field.band import band, shell
from coaxle.design.machine.field.curve import NU_0
from coaxle.design.machine.field.solutions import FieldSolutions


class Sequential:
    """One rotor step."""

    def __init__(self, model, step) -> None:
        self.model = model
        self.size = n = model.unknowns + model.band_unknowns
        self.moving = part = band(model, step)
        self.nodes = np.where(model.unknown[model.nodes] < 0, n, model.unknown[model.nodes])
        nodes = np.concatenate([self.nodes, np.where(part.unknowns < 0, n, part.unknowns)])
        g = np.concatenate([model.samples.gradients, part.samples.gradients])
        w = np.concatenate([model.samples.weights, part.samples.weights])
        nu = np.concatenate([np.where(model.curve < 0, model.reluctivity, 0.0), np.full(len(part.unknowns), NU_0)])
        self.linear = self.matrix(nodes, np.einsum("eqmi,eqni,eq,e->emn", g, g, w, nu))
        self.iron = np.flatnonzero(model.curve >= 0)
        self.circuits = np.pad(model.circuits, ((0, 0), (0, model.band_unknowns)))
        self.magnets = np.pad(model.magnets, (0, model.band_unknowns))

    def matrix(self, nodes, k):
        n, m = self.size, nodes.shape[1]
        i, j = np.repeat(nodes, m, axis=1).ravel(), np.tile(nodes, (1, m)).ravel()
        return csc_array((k.ravel(), (i, j)), shape=(n + 1, n + 1))[:n, :n]

    def assemble(self, a):
        """Return what iron and air take of the source, and the Jacobian."""
        model, nodes = self.model, self.nodes[self.iron]
        g, w = model.samples.gradients[self.iron], model.samples.weights[self.iron]
        v = np.einsum("eqmi,em->eqi", g, np.append(a, 0.0)[nodes])
        b = np.maximum(np.hypot(v[..., 0], v[..., 1]), 1e-12)
        h, d = np.empty_like(b), np.empty_like(b)
        for number, curve in enumerate(model.curves):
            here = model.curve[self.iron] == number
            h[here], d[here] = curve.field(b[here]), curve.slope(b[here])
        unit = np.einsum("eqmi,eqi,eq->eqm", g, v, 1 / b)
        r = np.zeros(self.size + 1)
        np.add.at(r, nodes, np.einsum("eqm,eq->em", unit, h * w))
        k = np.einsum("eqmi,eqni,eq->emn", g, g, w * h / b) + np.einsum("eqm,eqn,eq->emn", unit, unit, w * (d - h / b))
        return self.linear @ a + r[:-1], self.linear + self.matrix(nodes, k)

    def newton(self, f, a):
        """Return A, the number of steps and the relative residual, from a starting value."""
        settings, norm, steps = self.model.settings, float(np.linalg.norm(f)), 0
        r, jacobian = self.assemble(a)
        while np.linalg.norm(f - r) > settings.tolerance * norm and steps < settings.iterations:
            steps += 1
            d = splu(jacobian, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0, options={"SymmetricMode": True}).solve(
                f - r
            )
            start, t = float((f - r) @ d), 1.0
            for _ in range(8):
                r, jacobian = self.assemble(a + t * d)
                if (f - r) @ d >= -0.8 * start:
                    break
                t *= 0.5
            a = a + t * d
        return a, steps, float(np.linalg.norm(f - r)) / norm if norm else 0.0

    def torque(self, a):
        """Return the torque per metre of the whole machine."""
        total, full = 0.0, np.append(a, 0.0)
        for part in (shell(self.model, None), shell(self.model, self.moving)):
            v = np.einsum("eqmi,em->eqi", part.gradients, full[part.unknowns])
            bx, by, form = v[..., 1], -v[..., 0], part.form
            total += np.sum(form[..., 0] * bx * bx + form[..., 1] * bx * by + form[..., 2] * by * by)
        return total * self.model.sectors


def solve_sequentially(model, steps, currents, keep) -> FieldSolutions:
    """Return what ``solve`` returns; each line starts from 0 and goes on from the last point."""
    shape, nodes = currents.shape[:3], len(model.mesh.nodes)
    out = FieldSolutions(
        linkage=np.full(currents.shape, np.nan),
        torque=np.full(shape, np.nan),
        residual=np.full(shape, np.nan),
        iterations=np.zeros(shape, dtype=np.int32),
        code=np.zeros(shape, dtype=np.int8),
        b=np.empty((*shape, len(keep), 2)),
        potential=np.empty((*shape, nodes)),
    )
    for p, step in enumerate(steps):
        here = Sequential(model, int(step))
        for line in range(shape[1]):
            a = np.zeros(here.size)
            for point in range(shape[2]):
                at = (p, line, point)
                f = here.magnets + currents[at] @ here.circuits
                a, out.iterations[at], out.residual[at] = here.newton(f, a)
                out.linkage[at] = here.circuits @ a * model.sectors
                out.torque[at] = here.torque(a)
                full = np.append(a, 0.0)
                v = np.einsum("eqmi,em->eqi", model.samples.gradients[keep], full[here.nodes[keep]]).mean(axis=1)
                out.b[at] = np.stack([v[:, 1], -v[:, 0]], axis=1)
                out.potential[at] = full[model.unknown[:nodes]] * model.sign[:nodes]
    return out
