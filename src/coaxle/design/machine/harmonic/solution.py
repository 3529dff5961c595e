"""The time-harmonic field: complex potential, turning conductors, bars that share a current."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from coaxle.design.machine.harmonic.element import Elements, elements
from coaxle.design.machine.harmonic.plane import Plane
from coaxle.errors import ComputationError, InputError, UseError
from coaxle.numerics.arrays import Array

MU_0 = 4e-7 * pi
"""Permeability of vacuum [H/m]."""
Phasors = NDArray[np.complex128]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Bar:
    """A solid conductor whose ends are joined outside of the plane.

    ``cells`` (M,) are True where it stands. ``impedance`` [Ohm/m] is what lies between its ends outside of the plane,
    per metre of stack; 0 where the ends are shorted (a cage with ideal rings).
    """

    cells: NDArray[np.bool_]
    impedance: complex = 0.0


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class HarmonicModel:
    """A plane with materials, assembled once for every frequency, speed and source.

    ``permeability`` (M,) is relative, ``conductivity`` (M,) in S/m. ``stiffness``, ``mass`` and ``turning`` are the
    matrices K, M and C of the theory page on the free unknowns; ``fold`` (N, n) makes nodes from those.
    """

    shapes: Elements
    permeability: Array
    conductivity: Array
    stiffness: sparse.csr_matrix
    mass: sparse.csr_matrix
    turning: sparse.csr_matrix
    fold: sparse.csr_matrix


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class HarmonicField:
    """A solution: all phasors are peak-valued, time runs as exp(j w t).

    Parameters
    ----------
    potential : (N,) complex
        Of the nodes [Wb/m].
    density : (M,) complex
        Imposed current density [A/m2].
    w, speed : float
        Angular frequency and speed of the conducting parts [rad/s].
    bars : tuple of Bar
        As given.
    bar_currents : (B,) complex
        Along +z [A].

    """

    model: HarmonicModel
    potential: Phasors
    density: Phasors
    w: float
    speed: float
    bars: tuple[Bar, ...]
    bar_currents: Phasors


def harmonic_model(plane: Plane, permeability: Array, conductivity: Array) -> HarmonicModel:
    """Assemble ``plane`` with relative permeability (M,) and conductivity (M,) [S/m].

    Two-dimensional, linear, displacement currents left out. What turns must be a body of revolution in its material:
    its motion enters as sigma Omega dA/dphi in a mesh that stands still.
    """
    count = plane.cells.shape[0]
    for name, values in (("permeability", permeability), ("conductivity", conductivity)):
        if values.shape != (count,):
            raise UseError(f"{name}: has shape {values.shape}; one figure for each of {count} triangles is wanted")
    if not np.all(np.isfinite(permeability)) or np.any(permeability <= 0):
        raise InputError("permeability: is not positive everywhere; a relative permeability above 0 is wanted")
    if not np.all(np.isfinite(conductivity)) or np.any(conductivity < 0):
        raise InputError("conductivity: is negative or not finite somewhere; 0 S/m or more is wanted")
    shapes = elements(plane)
    fold = folding(plane)
    return HarmonicModel(
        shapes=shapes,
        permeability=permeability,
        conductivity=conductivity,
        stiffness=fold.T @ shapes.stiffness(1 / (MU_0 * permeability)) @ fold,
        mass=fold.T @ shapes.mass(conductivity) @ fold,
        turning=fold.T @ shapes.turning(conductivity) @ fold,
        fold=fold,
    )


def folding(plane: Plane) -> sparse.csr_matrix:
    """Return the matrix (N, n) from free unknowns to nodes: fixed ones dropped, one side taken from the other."""
    count = plane.nodes.shape[0]
    master, factor = np.arange(count), np.ones(count)
    master[plane.high], factor[plane.high] = plane.low, plane.signs
    zero = np.zeros(count, dtype=bool)
    zero[plane.fixed] = True
    zero |= zero[master]
    own = (master == np.arange(count)) & ~zero
    column = np.cumsum(own) - 1
    rows = np.flatnonzero(~zero)
    return sparse.csr_matrix((factor[rows], (rows, column[master[rows]])), shape=(count, int(own.sum())))


def solve_harmonic(
    model: HarmonicModel, density: Phasors, w: float, *, speed: float = 0.0, bars: tuple[Bar, ...] = ()
) -> HarmonicField:
    """Solve (K + j w M + Omega C) a = f for an imposed current density.

    Parameters
    ----------
    model : HarmonicModel
        Of :func:`harmonic_model`.
    density : (M,) complex
        Imposed current density, peak [A/m2].
    w : float
        Angular frequency in the frame of the mesh [rad/s].
    speed : float
        Of everything that conducts [rad/s].
    bars : tuple of Bar
        Conductors with an impedance between their ends. A conducting part in none of them has its ends shorted. For a
        bar with an impedance ``speed`` must be 0: it is seen from the rotor.

    """
    linked = tuple(bar for bar in bars if bar.impedance != 0)
    if linked and speed != 0:
        raise UseError(f"speed: is {speed:g} rad/s with linked bars; those are solved in the rotor's frame, at 0 rad/s")
    matrix = model.stiffness + 1j * w * model.mass + speed * model.turning
    load = model.fold.T @ model.shapes.load(np.asarray(density, dtype=np.complex128))
    if linked:
        matrix, load = _bordered(model, matrix, load, w, linked)
    try:
        unknowns = splu(matrix.tocsc()).solve(load)
    except RuntimeError as error:
        raise ComputationError(f"harmonic field: {error}; a potential that is fixed somewhere is wanted") from error
    if not np.all(np.isfinite(unknowns)):
        raise ComputationError("harmonic field: the solution is not finite; a well-shaped mesh is wanted")
    free = model.fold.shape[1]
    potential = np.asarray(model.fold @ unknowns[:free])
    currents = _bar_currents(model, potential, bars, w, speed)
    return HarmonicField(
        model=model, potential=potential, density=density, w=w, speed=speed, bars=bars, bar_currents=currents
    )


def _bordered(
    model: HarmonicModel, matrix: sparse.csr_matrix, load: Phasors, w: float, bars: tuple[Bar, ...]
) -> tuple[sparse.csr_matrix, Phasors]:
    """Add one unknown a bar, its current: J = sigma (-j w A - z I) within it."""
    weight = [np.where(bar.cells, model.conductivity, 0.0) for bar in bars]
    columns = sparse.csr_matrix(np.stack([model.fold.T @ model.shapes.load(each) for each in weight], axis=1))
    impedance = np.array([bar.impedance for bar in bars])
    conductance = np.array([each @ model.shapes.areas for each in weight])
    corner = sparse.diags(1 + impedance * conductance)
    whole = sparse.bmat([[matrix, columns @ sparse.diags(impedance)], [1j * w * columns.T, corner]], format="csr")
    return whole, np.concatenate((load, np.zeros(len(bars), dtype=np.complex128)))


def _bar_currents(model: HarmonicModel, potential: Phasors, bars: tuple[Bar, ...], w: float, speed: float) -> Phasors:
    """Return the current of each bar, its impedance taken into account."""
    currents = np.zeros(len(bars), dtype=np.complex128)
    for k, bar in enumerate(bars):
        weight = np.where(bar.cells, model.conductivity, 0.0)
        induced = -1j * w * (model.shapes.load(weight) @ potential)
        if speed:
            induced -= speed * np.sum(model.shapes.turning(weight) @ potential)
        currents[k] = induced / (1 + bar.impedance * (weight @ model.shapes.areas))
    return currents
