"""The linear unknowns, taken out once a rotor step, and put back once a solved point."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from coaxle.design.machine.field.kernels import Whole
from coaxle.design.machine.field.kernels.lanes import W, at, every, load, store
from coaxle.numerics.arrays import Array


@njit(cache=True, nogil=True, error_model="numpy")
def lift(x: Array, out: Array) -> None:
    """Write the first lane of each vector."""
    for q in range(len(out)):
        out[q] = x[q * W]


@njit(cache=True, nogil=True)
def by_rows(panels: Any, base: Array, count: Whole, column: Whole, value: Array, write: bool) -> None:
    """Count, or write, the entries other than 0 of the symmetric matrix ``base`` by rows.

    ``count`` (n + 1,) holds, when writing, where each row starts; it ends as where each row ends.
    """
    for s in range(len(panels.first) - 1):
        first, width = panels.first[s], panels.first[s + 1] - panels.first[s]
        for line in range(width + panels.row_at[s + 1] - panels.row_at[s]):
            i = first + line if line < width else panels.rows[panels.row_at[s] + line - width]
            for k in range(min(width, line + 1)):
                v = base[panels.panel_at[s] + line * width + k]
                if v != 0.0:
                    j = first + k
                    if write:
                        column[count[i]], value[count[i]] = j, v
                    count[i] += 1
                    if i != j:
                        if write:
                            column[count[j]], value[count[j]] = i, v
                        count[j] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def forward(panels: Any, end: int, x: Array, b: Array) -> None:
    """Solve L y = b for the unknowns of the first ``end`` panels and take them out of the rest; ``b`` (n, R)."""
    for s in range(end):
        first, width = panels.first[s], panels.first[s + 1] - panels.first[s]
        for line in range(width + panels.row_at[s + 1] - panels.row_at[s]):
            entry = panels.panel_at[s] + line * width
            i = first + line if line < width else panels.rows[panels.row_at[s] + line - width]
            for k in range(min(width, line)):
                for c in range(b.shape[1]):
                    b[i, c] -= x[entry + k] * b[first + k, c]
            if line < width:
                for c in range(b.shape[1]):
                    b[i, c] *= x[entry + line]


class Early(NamedTuple):
    """What was taken out: the first ``taken`` panels, their factor ``x``, and L^-1 of the basic sources, (n, C + 1)."""

    panels: Any
    taken: int
    x: Array
    y: Array


class Gap(NamedTuple):
    """Air triangles on which torque is taken: S samples, ``m`` nodes each; ``form`` (S, 3) as in ``band.Shell``."""

    nodes: int
    unknown: Whole
    x: Array
    y: Array
    form: Array


class Wanted(NamedTuple):
    """Triangles whose flux density is wanted (T, m), gradients averaged; nodes whose potential is wanted, with sign."""

    nodes: int
    unknown: Whole
    x: Array
    y: Array
    node: Whole
    sign: Array


class Found(NamedTuple):
    """Of each of R points: ``linkage`` (R, C), ``torque`` (R,), ``b`` (R, T, 2), ``potential`` (R, N)."""

    linkage: Array
    torque: Array
    b: Any
    potential: Array


@njit(cache=True, nogil=True, error_model="numpy")
def figures(early: Early, gap: Gap, wanted: Wanted, share: Array, a: Array, found: Found, z: Array) -> None:
    """Write the figures of R solved points, W at once.

    ``share`` (R, C + 1) of the basic sources, the magnets first; ``a`` (R, late unknowns); ``z`` ((n + 1) * W,) room.
    Figures are NaN where ``a`` is.
    """
    points, late = a.shape
    n, sources = early.y.shape
    start = n - late
    out = np.empty(4 * W)
    for first in range(0, points, W):
        last = min(points, first + W)
        for w in range(W):
            r = min(first + w, points - 1)
            for u in range(late):
                z[(start + u) * W + w] = a[r, u]
            for u in range(start):
                value = 0.0
                for c in range(sources):
                    value += share[r, c] * early.y[u, c]
                z[u * W + w] = value
        store(z, n, every(0.0))
        _linkages(early, z, first, last, found.linkage)
        _backward(early, z)
        store(out, 0, _torque(gap, z))
        for r in range(first, last):
            found.torque[r] = out[r - first]
        _densities(wanted, z, first, last, found.b, out)
        for k in range(len(wanted.node)):
            for r in range(first, last):
                found.potential[r, k] = wanted.sign[k] * z[wanted.node[k] * W + r - first]


@njit(cache=True, nogil=True, error_model="numpy")
def _linkages(early: Early, z: Array, first: int, last: int, linkage: Array) -> None:
    """Write source . A of each circuit; early unknowns still hold L^-1 of the source, which is all it takes."""
    n, sources = early.y.shape
    for c in range(1, sources):
        total = every(0.0)
        for u in range(n):
            total = total + load(z, u) * every(early.y[u, c])
        lanes = np.empty(W)
        store(lanes, 0, total)
        for r in range(first, last):
            linkage[r, c - 1] = lanes[r - first]


@njit(cache=True, nogil=True, error_model="numpy")
def _backward(early: Early, z: Array) -> None:
    """Solve for the early unknowns."""
    panels = early.panels
    for s in range(early.taken - 1, -1, -1):
        first, width = panels.first[s], panels.first[s + 1] - panels.first[s]
        row, height = panels.row_at[s], panels.row_at[s + 1] - panels.row_at[s]
        begin = panels.panel_at[s]
        for k in range(width - 1, -1, -1):
            value = load(z, first + k)
            for m in range(k + 1, width):
                value = value - every(at(early.x, begin + m * width + k)) * load(z, first + m)
            for i in range(height):
                entry = begin + (width + i) * width + k
                value = value - every(at(early.x, entry)) * load(z, at(panels.rows, row + i))
            store(z, first + k, value * every(at(early.x, begin + k * width + k)))


@njit(cache=True, nogil=True, error_model="numpy")
def _torque(gap: Gap, z: Array) -> Any:
    total = every(0.0)
    m = gap.nodes
    for e in range(len(gap.form)):
        bx = by = every(0.0)
        for k in range(e * m, e * m + m):
            value = load(z, at(gap.unknown, k))
            bx, by = bx + value * every(at(gap.y, k)), by - value * every(at(gap.x, k))
        xx, xy, yy = every(gap.form[e, 0]), every(gap.form[e, 1]), every(gap.form[e, 2])
        total = total + xx * bx * bx + xy * bx * by + yy * by * by
    return total


@njit(cache=True, nogil=True, error_model="numpy")
def _densities(wanted: Wanted, z: Array, first: int, last: int, b: Any, out: Array) -> None:
    m = wanted.nodes
    for e in range(len(wanted.unknown) // m):
        bx = by = every(0.0)
        for k in range(e * m, e * m + m):
            value = load(z, at(wanted.unknown, k))
            bx, by = bx + value * every(at(wanted.y, k)), by - value * every(at(wanted.x, k))
        store(out, 0, bx)
        store(out, 1, by)
        for r in range(first, last):
            b[r, e, 0], b[r, e, 1] = out[r - first], out[W + r - first]
