"""Triangular elements of first and second order, with straight or round edges: what they integrate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from coaxle.design.machine.harmonic.plane import Plane
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array

_THIRDS = (np.array([[1 / 6, 1 / 6], [2 / 3, 1 / 6], [1 / 6, 2 / 3]]), np.full(3, 1 / 6))
"""Three points, exact to second degree."""
_A, _B = 0.445948490915965, 0.091576213509771
_SIX = (
    np.array([[_A, _A], [1 - 2 * _A, _A], [_A, 1 - 2 * _A], [_B, _B], [1 - 2 * _B, _B], [_B, 1 - 2 * _B]]),
    np.repeat([0.111690794839005, 0.054975871827661], 3),
)
"""Six points, exact to fourth degree (D. A. Dunavant, Int. J. Numer. Meth. Eng. 21, 1985, table II)."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Elements:
    """Shape functions at the points of integration of every triangle.

    Parameters
    ----------
    plane : Plane
        Where they stand.
    values : (Q, n)
        Shape functions, n = 3 or 6.
    slopes : (M, Q, n, 2)
        Their gradients [1/m].
    points : (M, Q, 2)
        [m].
    weights : (M, Q)
        Area that a point stands for [m2].

    """

    plane: Plane
    values: Array
    slopes: Array
    points: Array
    weights: Array

    def stiffness(self, factor: Array) -> sparse.csr_matrix:
        """Integral of ``factor`` (M,) grad v . grad A, as a matrix (N, N)."""
        local = np.einsum("mq,mqix,mqjx->mij", self.weights * factor[:, None], self.slopes, self.slopes, optimize=True)
        return self._matrix(local)

    def mass(self, factor: Array) -> sparse.csr_matrix:
        """Integral of ``factor`` (M,) v A, as a matrix (N, N)."""
        local = np.einsum("mq,qi,qj->mij", self.weights * factor[:, None], self.values, self.values, optimize=True)
        return self._matrix(local)

    def turning(self, factor: Array) -> sparse.csr_matrix:
        """Integral of ``factor`` (M,) v dA/dphi, as a matrix (N, N)."""
        local = np.einsum("mq,qi,mqj->mij", self.weights * factor[:, None], self.values, self.around, optimize=True)
        return self._matrix(local)

    def load(self, density: Array) -> Array:
        """Integral of ``density`` (M,) v, as a vector (N,)."""
        local = np.einsum("mq,qi->mi", self.weights * density[:, None], self.values)
        whole = np.zeros(self.plane.nodes.shape[0], dtype=local.dtype)
        np.add.at(whole, self.plane.cells, local)
        return whole

    @property
    def around(self) -> Array:
        """Derivative of the shape functions along the angle (M, Q, n)."""
        x, y = self.points[..., 0, None], self.points[..., 1, None]
        return np.asarray(x * self.slopes[..., 1] - y * self.slopes[..., 0])

    @property
    def outward(self) -> Array:
        """Derivative of the shape functions along the radius (M, Q, n) [1/m]."""
        x, y = self.points[..., 0, None], self.points[..., 1, None]
        return np.asarray((x * self.slopes[..., 0] + y * self.slopes[..., 1]) / np.hypot(x, y))

    @property
    def areas(self) -> Array:
        """Of the triangles (M,) [m2]."""
        return np.asarray(self.weights.sum(axis=1))

    def _matrix(self, local: Array) -> sparse.csr_matrix:
        cells = self.plane.cells
        n, count = cells.shape[1], self.plane.nodes.shape[0]
        rows, columns = np.repeat(cells, n, axis=1).ravel(), np.tile(cells, (1, n)).ravel()
        return sparse.coo_matrix((local.ravel(), (rows, columns)), shape=(count, count)).tocsr()


def elements(plane: Plane) -> Elements:
    """Return the elements of ``plane``: of first order, or isoparametric of second order."""
    points, weights = _THIRDS if plane.order == 1 else _SIX
    values, slopes = _shapes(points, plane.order)
    corners = plane.nodes[plane.cells]
    jacobian = np.einsum("qnk,mnx->mqxk", slopes, corners)
    determinant = jacobian[..., 0, 0] * jacobian[..., 1, 1] - jacobian[..., 0, 1] * jacobian[..., 1, 0]
    if np.any(determinant <= 0):
        bad = int(np.flatnonzero((determinant <= 0).any(axis=1))[0])
        raise InputError(f"plane.cells: triangle {bad} is turned over or empty; counter-clockwise corners are wanted")
    return Elements(
        plane=plane,
        values=values,
        slopes=np.einsum("qnk,mqkx->mqnx", slopes, np.linalg.inv(jacobian)),
        points=np.einsum("qn,mnx->mqx", values, corners),
        weights=weights[None, :] * determinant,
    )


def _shapes(points: Array, order: int) -> tuple[Array, Array]:
    """Return shape functions (Q, n) and their slopes (Q, n, 2) on the unit triangle."""
    s, t = points.T
    corner = np.stack((1 - s - t, s, t), axis=1)
    rise = np.array([[-1.0, -1.0], [1.0, 0.0], [0.0, 1.0]])
    if order == 1:
        return corner, np.broadcast_to(rise, (points.shape[0], 3, 2)).copy()
    edge = ((0, 1), (1, 2), (2, 0))
    values = np.hstack(
        (corner * (2 * corner - 1), np.stack([4 * corner[:, a] * corner[:, b] for a, b in edge], axis=1))
    )
    at_corner = (4 * corner - 1)[:, :, None] * rise
    at_edge = np.stack([4 * (corner[:, a, None] * rise[b] + corner[:, b, None] * rise[a]) for a, b in edge], axis=1)
    return values, np.concatenate((at_corner, at_edge), axis=1)
