"""What comes out of the field solution."""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.errors import ComputationError
from coaxle.numerics.arrays import Array, Ints

OK, NOT_CONVERGED, NOT_FINITE = 0, 1, 2
"""Codes of a point."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class FieldSolutions:
    """Figures of P rotor steps, L lines, n points each, per metre of stack and of the whole machine.

    Where ``code`` is not 0 every figure is NaN.

    Parameters
    ----------
    linkage : (P, L, n, C)
        Of each circuit, all sectors in series [Wb/m].
    torque : (P, L, n)
        [Nm/m].
    residual : (P, L, n)
        Norm of the residual over that of the sources.
    iterations : (P, L, n) int32
        Newton steps taken.
    code : (P, L, n) int8
        0 solved, 1 not converged, 2 not finite.
    b : (P, L, n, T, 2) float32 or None
        Flux density in each kept triangle [T] (of second order: its mean), of rotor triangles in the rotor's frame.
    potential : (P, L, n, N) or None
        A at the nodes of the mesh [Wb/m].

    """

    linkage: Array
    torque: Array
    residual: Array
    iterations: Ints
    code: Ints
    b: Array | None = None
    potential: Array | None = None

    def checked(self) -> FieldSolutions:
        """Return itself.

        Raises
        ------
        ComputationError
            Where any point was not solved.

        """
        bad = int((self.code != OK).sum())
        if bad:
            raise ComputationError(f"field: {bad} of {self.code.size} points were not solved; none may fail")
        return self
