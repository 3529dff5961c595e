"""Plane stress of a rotor sector that turns, on the triangles of its magnetic mesh.

Second-order triangles (a bridge is thin and bends), linear elasticity, one sector with cyclic symmetry: what stands at
the side of the sector's angle moves as the side at angle 0 does, turned. Only steel carries load. What sits in the
rotor without carrying, magnets, coils and bars, is mass: its centrifugal force goes outwards to the first steel in its
way.

Equations: div sigma + rho w^2 r = 0, sigma = D eps, D of plane stress (Timoshenko and Goodier, Theory of Elasticity,
ch. 2). Everything is in proportion to w^2, so one solution at 1 rad/s serves every speed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csc_array
from scipy.sparse.linalg import splu
from scipy.spatial import cKDTree

from coaxle.design.machine.section import SectorMesh
from coaxle.design.machine.stress.loads import carried
from coaxle.errors import ComputationError, InputError
from coaxle.numerics.arrays import Array, Ints

CARRYING = ("rotor-iron", "rotor-pole-shoe", "shaft")
"""Parts whose steel carries load."""
_POINTS = np.array([[1 / 6, 1 / 6], [2 / 3, 1 / 6], [1 / 6, 2 / 3]])
"""Of the quadrature that is exact for the stiffness of straight-sided second-order triangles (weights 1/6 each)."""
_SIDES = ((0, 1), (1, 2), (2, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Elastic:
    """Steel as it carries: Young's modulus [Pa], Poisson's ratio, density [kg/m3]."""

    young: float
    poisson: float
    density: float


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class RotorStress:
    """Stresses in a rotor at 1 rad/s; at speed w everything is w^2 as much.

    Parameters
    ----------
    triangles : (K,) int32
        Triangles of the mesh that carry.
    stress : (K, 3)
        Plane stress xx, yy and xy, mean over each of them [Pa s2].
    mises : (K,)
        Von Mises stress of that mean [Pa s2].
    lift : float
        Largest radial displacement at the rotor's surface [m s2].
    tension : float
        Of the mean hoop stress on a cut through the shaft's axis (what bursts a rotor) [Pa s2]: half the centrifugal
        force of everything that turns, over the steel in the cut of least area.
    loose : float
        Radial force of what no steel holds, per metre of stack and of the sector [N s2/m].

    """

    triangles: Ints
    stress: Array
    mises: Array
    lift: float
    tension: float
    loose: float = 0.0

    @property
    def peak(self) -> float:
        """Largest von Mises stress of a triangle [Pa s2]."""
        return float(self.mises.max())

    def speed_at(self, stress: float) -> float:
        """Return the speed at which the peak reaches ``stress`` [Pa]: rad/s."""
        return float(np.sqrt(stress / self.peak))


def rotor_stress(mesh: SectorMesh, steels: Mapping[str, Elastic], densities: Mapping[str, float]) -> RotorStress:
    """Return the stresses in the rotor of ``mesh`` at 1 rad/s, its bore free.

    A shaft's press fit is not modelled: the bore is free, which overstates the stress there. Sharp corners have no
    finite stress in theory; the mean over a triangle of the mesh stands for what a small fillet leaves.

    Parameters
    ----------
    mesh : SectorMesh
        Stator triangles are left aside.
    steels : mapping
        By the name of a region's material.
    densities : mapping
        Of what does not carry, by the name of its material [kg/m3].

    Raises
    ------
    InputError
        Where a carrying region's steel, or a material's density, is not given.
    ComputationError
        Where the rotor falls into pieces: some steel hangs on nothing.

    """
    carrying, elastic = _carrying(mesh, steels)
    nodes, numbers = np.unique(mesh.triangles[carrying], return_inverse=True)
    corners = mesh.nodes[nodes]
    triangles = np.asarray(numbers, dtype=np.int32).reshape(-1, 3)
    ends, sides = _sides(triangles)
    six = np.concatenate([triangles, len(nodes) + sides], axis=1)
    places = np.concatenate([corners, 0.5 * (corners[ends[:, 0]] + corners[ends[:, 1]])])
    strain, weights = _strain(corners[triangles])
    stiffness = np.stack([_plane_stress(steels[name]) for name in elastic])
    k = np.einsum("egij,eik,egkl,eg->ejl", strain, stiffness, strain, weights, optimize=True)
    dofs = np.stack([2 * six, 2 * six + 1], axis=2).reshape(len(six), 12)
    size = 2 * len(places)
    rows, columns = np.repeat(dofs, 12, axis=1).ravel(), np.tile(dofs, (1, 12)).ravel()
    matrix = csc_array(coo_array((k.ravel(), (rows, columns)), shape=(size, size)))
    force = _own(six, places, weights, np.array([steels[name].density for name in elastic]))
    load, away = carried(mesh, carrying, densities)
    force[:, : len(nodes)] += load[nodes].T
    reduced = _cyclic(mesh, places, size)
    solution = _solved(csc_array(reduced.T @ matrix @ reduced), reduced.T @ force.T.ravel())
    moved = (reduced @ solution)[dofs]
    sigma = np.einsum("eik,egkl,el->egi", stiffness, strain, moved, optimize=True).mean(axis=1)
    mises = np.sqrt(sigma[:, 0] ** 2 - sigma[:, 0] * sigma[:, 1] + sigma[:, 1] ** 2 + 3 * sigma[:, 2] ** 2)
    displacement = (reduced @ solution).reshape(-1, 2)
    radius = np.hypot(*places.T)
    radial = np.sum(displacement * places, axis=1) / radius
    outside = radius > mesh.section.rotor_outer * (1 - 1e-3)
    return RotorStress(
        triangles=np.asarray(np.flatnonzero(carrying), dtype=np.int32),
        stress=sigma,
        mises=mises,
        lift=float(radial[outside].max()) if outside.any() else float(radial.max()),
        tension=_tension(mesh, carrying, force, away, places),
        loose=away,
    )


def _carrying(mesh: SectorMesh, steels: Mapping[str, Elastic]) -> tuple[Array, list[str]]:
    """Return which triangles carry (M,) and the steel of each of those."""
    regions = mesh.section.regions
    carries = np.array([r.side == "rotor" and r.part in CARRYING for r in regions] + [False])
    mask = carries[mesh.region]
    if not mask.any():
        raise InputError("stress: no region of the rotor is steel; rotor-iron is wanted")
    names = [str(regions[number].material) for number in mesh.region[mask]]
    for name in set(names):
        if name not in steels:
            raise InputError(f"stress: the steel '{name}' of the rotor is not given; {', '.join(steels)} are")
    return mask, names


def _sides(triangles: Ints) -> tuple[Ints, Ints]:
    pairs = np.sort(np.stack([triangles[:, list(side)] for side in _SIDES], axis=1), axis=2)
    ends, number = np.unique(pairs.reshape(-1, 2), axis=0, return_inverse=True)
    return np.asarray(ends, dtype=np.int32), np.asarray(number, dtype=np.int32).reshape(-1, 3)


def _strain(corners: Array) -> tuple[Array, Array]:
    """Return the strains by the twelve displacements (E, 3, 3, 12) at the quadrature points, their weights (E, 3)."""
    edge_1, edge_2 = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    det = edge_1[:, 0] * edge_2[:, 1] - edge_1[:, 1] * edge_2[:, 0]
    inverse = (
        np.stack([np.stack([edge_2[:, 1], -edge_1[:, 1]], 1), np.stack([-edge_2[:, 0], edge_1[:, 0]], 1)], 1)
        / det[:, None, None]
    )
    grads = np.einsum("exk,gik->egix", inverse, np.stack([_local(*point) for point in _POINTS]), optimize=True)
    strain = np.zeros((len(corners), 3, 3, 12))
    strain[:, :, 0, 0::2] = grads[..., 0]
    strain[:, :, 1, 1::2] = grads[..., 1]
    strain[:, :, 2, 0::2] = grads[..., 1]
    strain[:, :, 2, 1::2] = grads[..., 0]
    return strain, np.repeat(det[:, None] / 6.0, 3, axis=1)


def _local(x: float, y: float) -> Array:
    """Return the gradients (6, 2) of the second-order shape functions in the unit triangle."""
    a = 1.0 - x - y
    return np.array(
        [
            [1 - 4 * a, 1 - 4 * a],
            [4 * x - 1, 0.0],
            [0.0, 4 * y - 1],
            [4 * (a - x), -4 * x],
            [4 * y, 4 * x],
            [-4 * y, 4 * (a - y)],
        ]
    )


def _shapes(x: float, y: float) -> Array:
    a = 1.0 - x - y
    return np.array([a * (2 * a - 1), x * (2 * x - 1), y * (2 * y - 1), 4 * a * x, 4 * x * y, 4 * y * a])


def _plane_stress(steel: Elastic) -> Array:
    nu = steel.poisson
    return steel.young / (1 - nu**2) * np.array([[1, nu, 0], [nu, 1, 0], [0, 0, (1 - nu) / 2]])


def _own(six: Ints, places: Array, weights: Array, density: Array) -> Array:
    """Return the centrifugal force of the steel itself on the nodes (2, N), at 1 rad/s."""
    shapes = np.stack([_shapes(*point) for point in _POINTS])
    at = np.einsum("gi,eix->egx", shapes, places[six], optimize=True)
    load = np.einsum("gi,egx,eg->eix", shapes, at, weights * density[:, None], optimize=True)
    force = np.zeros((2, len(places)))
    for axis in (0, 1):
        np.add.at(force[axis], six, load[..., axis])
    return force


def _cyclic(mesh: SectorMesh, places: Array, size: int) -> csc_array:
    """Return the matrix (size, free) from free displacements to all of them.

    Nodes at the sector's angle follow those at angle 0, turned. One node at angle 0 is kept from moving along the
    circle: nothing else holds the rotor from turning.
    """
    angle = mesh.section.angle
    radius = np.hypot(*places.T)
    low = np.flatnonzero((np.abs(places[:, 1]) < 1e-9 * mesh.section.outer) & (places[:, 0] > 0))
    turned = places @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    high = np.flatnonzero((np.abs(turned[:, 1]) < 1e-7 * mesh.section.outer) & (turned[:, 0] > 0))
    low, high = low[np.argsort(radius[low])], high[np.argsort(radius[high])]
    if len(low) != len(high) or not np.allclose(radius[low], radius[high], rtol=1e-6):
        raise InputError(
            "stress: the steel at both sides of the sector does not match; nodes at equal radii are wanted"
        )
    free = np.setdiff1d(np.arange(size), np.concatenate([2 * high, 2 * high + 1]))
    free = free[free != 2 * low[0] + 1]
    column = np.full(size, -1)
    column[free] = np.arange(len(free))
    c, s = np.cos(angle), np.sin(angle)
    rows = [free, 2 * high, 2 * high, 2 * high + 1, 2 * high + 1]
    columns = [column[free], column[2 * low], column[2 * low + 1], column[2 * low], column[2 * low + 1]]
    values = [np.ones(len(free)), *(np.full(len(high), x) for x in (c, -s, s, c))]
    row, col, val = (np.concatenate(x) for x in (rows, columns, values))
    keep = col >= 0
    return csc_array(coo_array((val[keep], (row[keep], col[keep])), shape=(size, len(free))))


def _solved(matrix: csc_array, force: Array) -> Array:
    try:
        solution = splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}).solve(force)
    except RuntimeError as error:
        raise ComputationError(f"stress: the rotor does not hold together: {error}") from None
    residual = float(np.linalg.norm(matrix @ solution - force) / np.linalg.norm(force))
    if not residual < 1e-6:
        raise ComputationError(f"stress: the rotor does not hold together (residual {residual:.1e})")
    return np.asarray(solution)


def _tension(mesh: SectorMesh, carrying: Array, force: Array, away: float, places: Array) -> float:
    """Return the mean hoop stress on the cut of least steel through the axis [Pa s2].

    The radial forces of a whole turn, seen along one direction, are held by the two halves of a cut: with f newtons of
    radial force per radian, the halves hold 2 f together.
    """
    radial = float(np.sum(force * places.T / np.hypot(*places.T))) + away
    per_radian = radial / mesh.section.angle
    radii = np.linspace(mesh.section.inner, mesh.section.rotor_outer, 400)
    angles = (np.arange(60) + 0.5) / 60 * mesh.section.angle
    every = mesh.nodes[mesh.triangles[mesh.stator_triangles :]].mean(axis=1)
    steel = carrying[mesh.stator_triangles :]
    points = np.stack([np.outer(np.cos(angles), radii), np.outer(np.sin(angles), radii)], axis=2)
    nearest = cKDTree(every).query(points)[1]
    length = steel[nearest].mean(axis=1) * (mesh.section.rotor_outer - mesh.section.inner)
    return per_radian / float(length.min())
