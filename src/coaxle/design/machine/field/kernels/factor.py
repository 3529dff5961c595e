"""Cholesky's factor of many matrices of one pattern at once, panel by panel, and the two triangular solves.

Right-looking: a finished panel is subtracted, tile by tile, from all later ones that it meets (Ng and Peyton 1993,
Block sparse Cholesky algorithms, doi 10.1137/0914063). A tile of 4 x 4 vectors stays in registers while the columns of
the panel pass. In place of a diagonal entry stands its inverse.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.kernels.lanes import at, larger, like, load, root, store
from coaxle.numerics.arrays import Array


@njit(cache=True, nogil=True, error_model="numpy")
def factor(panels: Any, start: int, end: int, x: Array, least: Array, y: Array) -> None:
    """Factor panels ``start`` to ``end`` (exclusive) in place and solve L y = y as far as they reach.

    Parameters
    ----------
    panels : Panels
        Pattern.
    x : (entries * W,)
        The matrices' lower triangles; then their factors L. Doubles, or singles of twice as many matrices.
    least : (n * W,)
        What a pivot is taken as where round-off has left less of it.
    y : (n * W,)
        Right-hand sides; then the solutions of L y = b.

    """
    for s in range(start, end):
        column, width = at(panels.first, s), at(panels.first, s + 1) - at(panels.first, s)
        row, height = at(panels.row_at, s), at(panels.row_at, s + 1) - at(panels.row_at, s)
        begin = at(panels.panel_at, s)
        _triangle(x, least, begin, column, width)
        _below(x, begin, width, height)
        _forward(panels.rows, x, y, begin, column, width, row, height)
        _update(panels.target, panels.shift, panels.spot, x, begin + width * width, width, row, height)


@njit(cache=True, nogil=True, error_model="numpy")
def _triangle(x: Array, least: Array, begin: int, column: int, width: int) -> None:
    """Factor the triangle of a panel."""
    for k in range(width):
        line = begin + k * width
        value = load(x, line + k)
        for m in range(k):
            v = load(x, line + m)
            value = value - v * v
        inverse = like(x, 1.0) / root(larger(value, load(least, column + k)))
        store(x, line + k, inverse)
        for i in range(k + 1, width):
            other = begin + i * width
            value = load(x, other + k)
            for m in range(k):
                value = value - load(x, other + m) * load(x, line + m)
            store(x, other + k, value * inverse)


@njit(cache=True, nogil=True, error_model="numpy")
def _below(x: Array, begin: int, width: int, height: int) -> None:
    """Solve the rows below the triangle of a panel, four at a time."""
    start = begin + width * width
    i = 0
    while i + 4 <= height:
        r0 = start + i * width
        r1, r2, r3 = r0 + width, r0 + 2 * width, r0 + 3 * width
        for k in range(width):
            line = begin + k * width
            v0, v1, v2, v3 = load(x, r0 + k), load(x, r1 + k), load(x, r2 + k), load(x, r3 + k)
            for m in range(k):
                u = load(x, line + m)
                v0 = v0 - load(x, r0 + m) * u
                v1 = v1 - load(x, r1 + m) * u
                v2 = v2 - load(x, r2 + m) * u
                v3 = v3 - load(x, r3 + m) * u
            inverse = load(x, line + k)
            store(x, r0 + k, v0 * inverse)
            store(x, r1 + k, v1 * inverse)
            store(x, r2 + k, v2 * inverse)
            store(x, r3 + k, v3 * inverse)
        i += 4
    while i < height:
        r0 = start + i * width
        for k in range(width):
            line = begin + k * width
            v0 = load(x, r0 + k)
            for m in range(k):
                v0 = v0 - load(x, r0 + m) * load(x, line + m)
            store(x, r0 + k, v0 * load(x, line + k))
        i += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _forward(rows: Whole, x: Array, y: Array, begin: int, column: int, width: int, row: int, height: int) -> None:
    """Solve the triangle for the panel's unknowns and take them out of the rows below."""
    for k in range(width):
        line = begin + k * width
        value = load(y, column + k)
        for m in range(k):
            value = value - load(x, line + m) * load(y, column + m)
        store(y, column + k, value * load(x, line + k))
    for i in range(height):
        line = begin + (width + i) * width
        r = at(rows, row + i)
        value = load(y, r)
        for m in range(width):
            value = value - load(x, line + m) * load(y, column + m)
        store(y, r, value)


@njit(cache=True, nogil=True, error_model="numpy")
def _take(x: Array, spot: int, value: Any) -> None:
    store(x, spot, load(x, spot) - value)


@njit(cache=True, nogil=True, error_model="numpy")
def _update(target: Whole, shift: Whole, spot: Whole, x: Array, start: int, width: int, row: int, height: int) -> None:
    """Subtract the panel's rows, times each other, from later panels."""
    j = 0
    while j + 4 <= height:
        t0, t1, t2, t3 = at(target, row + j), at(target, row + j + 1), at(target, row + j + 2), at(target, row + j + 3)
        h0, h1, h2, h3 = at(shift, row + j), at(shift, row + j + 1), at(shift, row + j + 2), at(shift, row + j + 3)
        b0 = start + j * width
        b1, b2, b3 = b0 + width, b0 + 2 * width, b0 + 3 * width
        i = j
        while i + 4 <= height:
            a0 = start + i * width
            a1, a2, a3 = a0 + width, a0 + 2 * width, a0 + 3 * width
            c00 = c01 = c02 = c03 = c10 = c11 = c12 = c13 = like(x, 0.0)
            c20 = c21 = c22 = c23 = c30 = c31 = c32 = c33 = like(x, 0.0)
            for m in range(width):
                u0, u1, u2, u3 = load(x, b0 + m), load(x, b1 + m), load(x, b2 + m), load(x, b3 + m)
                v = load(x, a0 + m)
                c00, c01, c02, c03 = c00 + v * u0, c01 + v * u1, c02 + v * u2, c03 + v * u3
                v = load(x, a1 + m)
                c10, c11, c12, c13 = c10 + v * u0, c11 + v * u1, c12 + v * u2, c13 + v * u3
                v = load(x, a2 + m)
                c20, c21, c22, c23 = c20 + v * u0, c21 + v * u1, c22 + v * u2, c23 + v * u3
                v = load(x, a3 + m)
                c30, c31, c32, c33 = c30 + v * u0, c31 + v * u1, c32 + v * u2, c33 + v * u3
            _take(x, t0 + at(spot, h0 + i), c00)
            _take(x, t0 + at(spot, h0 + i + 1), c10)
            _take(x, t1 + at(spot, h1 + i + 1), c11)
            _take(x, t0 + at(spot, h0 + i + 2), c20)
            _take(x, t1 + at(spot, h1 + i + 2), c21)
            _take(x, t2 + at(spot, h2 + i + 2), c22)
            _take(x, t0 + at(spot, h0 + i + 3), c30)
            _take(x, t1 + at(spot, h1 + i + 3), c31)
            _take(x, t2 + at(spot, h2 + i + 3), c32)
            _take(x, t3 + at(spot, h3 + i + 3), c33)
            if i > j:
                _take(x, t1 + at(spot, h1 + i), c01)
                _take(x, t2 + at(spot, h2 + i), c02)
                _take(x, t3 + at(spot, h3 + i), c03)
                _take(x, t2 + at(spot, h2 + i + 1), c12)
                _take(x, t3 + at(spot, h3 + i + 1), c13)
                _take(x, t3 + at(spot, h3 + i + 2), c23)
            i += 4
        while i < height:
            a0 = start + i * width
            c00 = c01 = c02 = c03 = like(x, 0.0)
            for m in range(width):
                v = load(x, a0 + m)
                c00, c01 = c00 + v * load(x, b0 + m), c01 + v * load(x, b1 + m)
                c02, c03 = c02 + v * load(x, b2 + m), c03 + v * load(x, b3 + m)
            _take(x, t0 + at(spot, h0 + i), c00)
            _take(x, t1 + at(spot, h1 + i), c01)
            _take(x, t2 + at(spot, h2 + i), c02)
            _take(x, t3 + at(spot, h3 + i), c03)
            i += 1
        j += 4
    while j < height:
        t0, h0, b0 = at(target, row + j), at(shift, row + j), start + j * width
        for i in range(j, height):
            a0 = start + i * width
            c00 = like(x, 0.0)
            for m in range(width):
                c00 = c00 + load(x, a0 + m) * load(x, b0 + m)
            _take(x, t0 + at(spot, h0 + i), c00)
        j += 1


@njit(cache=True, nogil=True, error_model="numpy")
def backward(panels: Any, start: int, end: int, x: Array, y: Array) -> None:
    """Solve L^T y = y for the unknowns of panels ``start`` to ``end`` (exclusive), later ones being known."""
    for s in range(end - 1, start - 1, -1):
        column, width = at(panels.first, s), at(panels.first, s + 1) - at(panels.first, s)
        row, height = at(panels.row_at, s), at(panels.row_at, s + 1) - at(panels.row_at, s)
        begin = at(panels.panel_at, s)
        k = 0
        while k + 4 <= width:
            c0, c1 = load(y, column + k), load(y, column + k + 1)
            c2, c3 = load(y, column + k + 2), load(y, column + k + 3)
            for i in range(height):
                v = load(y, at(panels.rows, row + i))
                line = begin + (width + i) * width + k
                c0, c1 = c0 - load(x, line) * v, c1 - load(x, line + 1) * v
                c2, c3 = c2 - load(x, line + 2) * v, c3 - load(x, line + 3) * v
            store(y, column + k, c0)
            store(y, column + k + 1, c1)
            store(y, column + k + 2, c2)
            store(y, column + k + 3, c3)
            k += 4
        while k < width:
            c0 = load(y, column + k)
            for i in range(height):
                c0 = c0 - load(x, begin + (width + i) * width + k) * load(y, at(panels.rows, row + i))
            store(y, column + k, c0)
            k += 1
        for k in range(width - 1, -1, -1):
            value = load(y, column + k)
            for m in range(k + 1, width):
                value = value - load(x, begin + m * width + k) * load(y, column + m)
            store(y, column + k, value * load(x, begin + k * width + k))
