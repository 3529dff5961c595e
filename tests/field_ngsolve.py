"""The field of a sector at rotor step 0 by NGSolve, an independent finite-element library (LGPL-2.1)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from coaxle.design.machine.field.curve import NU_0


def linkages(mesh, order, curve, magnet, current, tolerance=1e-10):
    """Return the linkages [Wb/m] of the whole machine; steel follows ``curve``, ``magnet`` is remanence and mu_r."""
    import ngsolve as ng

    space = ng.Periodic(ng.H1(_mesh(mesh), order=order, dirichlet="outer"), phase=[-1])
    area, (u, v) = space.mesh, space.TnT()
    regions, square = mesh.section.regions, ng.InnerProduct(ng.grad(u), ng.grad(u))
    remanence, mu_r = magnet
    energy, source = ng.BilinearForm(space), ng.LinearForm(space)
    bare = area.Materials("|".join(["air", *(r.name for r in regions if r.material is None)]))
    energy += ng.SymbolicEnergy(0.5 * NU_0 * square, definedon=bare)
    steel = area.Materials("|".join(r.name for r in regions if r.material == "steel"))
    form = ng.SymbolicEnergy(_spline(curve).Integrate()(ng.sqrt(1e-24 + square)), definedon=steel)
    if order == 2:
        points = [(1 / 6, 1 / 6), (2 / 3, 1 / 6), (1 / 6, 2 / 3)]
        form.SetIntegrationRule(ng.TRIG, ng.IntegrationRule(points, [1 / 6] * 3))
    energy += form
    for region in regions:
        if region.material == "magnet":
            here, angle = area.Materials(region.name), region.remanence_direction
            energy += ng.SymbolicEnergy(0.5 * NU_0 / mu_r * square, definedon=here)
            turned = np.cos(angle) * ng.grad(v)[1] - np.sin(angle) * ng.grad(v)[0]
            source += ng.SymbolicLFI(remanence * NU_0 / mu_r * turned, definedon=here)
    source.Assemble()
    total, circuits = source.vec.CreateVector(copy=True), []
    for circuit, ampere in zip(mesh.section.circuits, current, strict=True):
        form = ng.LinearForm(space)
        for name, conductors in circuit.conductors.items():
            here = area.Materials(name)
            form += ng.SymbolicLFI(conductors / ng.Integrate(1, area, definedon=here) * v, definedon=here)
        circuits.append(form.Assemble().vec)
        total.data += float(ampere) * circuits[-1]
    a = _newton(space, energy, total, tolerance)
    return np.array([ng.InnerProduct(c, a) for c in circuits]) * 2 * mesh.section.pole_pairs / mesh.section.poles


def _newton(space, energy, total, tolerance):
    import ngsolve as ng

    a, r, d = total.CreateVector(), total.CreateVector(), total.CreateVector()
    free, a[:] = ng.Projector(space.FreeDofs(), True), 0.0
    for _ in range(60):
        energy.Apply(a, r)
        d.data = total - r
        r.data = free * d
        if r.Norm() < tolerance * total.Norm():
            return a
        energy.AssembleLinearization(a)
        a.data += energy.mat.Inverse(space.FreeDofs(), "sparsecholesky") * r
    raise AssertionError("NGSolve did not converge")


def _spline(curve):
    """Return H(B) as a quadratic B-spline: its coefficients are the pieces' polar forms at neighbouring knots."""
    import ngsolve as ng

    c, step = curve.coefficients, curve.step
    cells, end = len(c) - 1, 6.0
    knots = [0.0] * 3 + [k * step for k in range(1, cells + 1)] + [end] * 3
    values = []
    for s, t in pairwise(knots[1:-1]):
        k = min(round(s / step), cells)
        x, y = s / step - k, t / step - k
        values.append(c[k, 0] + 0.5 * c[k, 1] * (x + y) + c[k, 2] * x * y)
    return ng.BSpline(3, knots, values)


def _mesh(mesh):
    """Return the sector's mesh, the band's triangles at rotor step 0 among it, in NGSolve's form."""
    import ngsolve as ng
    from netgen import meshing

    out = meshing.Mesh(2)
    points = [out.Add(meshing.MeshPoint(meshing.Pnt(float(x), float(y), 0.0))) for x, y in mesh.nodes]
    triangles, where = [tuple(t) for t in mesh.triangles], list(mesh.region)
    for i in range(len(mesh.rotor_ring) - 1):
        (a, b), (c, d) = mesh.rotor_ring[i : i + 2], mesh.stator_ring[i : i + 2]
        triangles += [(a, c, d), (a, d, b)] if i % 2 == 0 else [(a, c, b), (c, d, b)]
        where += [-1, -1]
    for k, name in enumerate(["air", *(region.name for region in mesh.section.regions)]):
        out.Add(meshing.FaceDescriptor(surfnr=k + 1, domin=k + 1, bc=k + 1))
        out.SetMaterial(k + 1, name)
    for triangle, region in zip(triangles, where, strict=True):
        out.Add(meshing.Element2D(int(region) + 2, [points[int(k)] for k in triangle]))
    sides = np.sort(np.array(triangles)[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    sides, count = np.unique(sides, axis=0, return_counts=True)
    for k, (name, ids) in enumerate((("low", mesh.low), ("high", mesh.high), ("outer", mesh.fixed))):
        for a, b in sides[(count == 1) & np.all(np.isin(sides, ids), axis=1)]:
            out.Add(meshing.Element1D([points[int(a)], points[int(b)]], index=k + 1))
        out.SetBCName(k, name)
    for a, b in zip(mesh.low, mesh.high, strict=True):
        if a != b:
            out.AddPointIdentification(points[int(a)], points[int(b)], 1, 2)
    return ng.Mesh(out)
