"""Where the factor has entries, in dense panels: a panel is a run of columns that share their rows below.

Elimination tree and column counts after Liu 1990, The role of elimination trees in sparse factorization, doi
10.1137/0611010; panels (supernodes) that fit each other are joined where the added zeros cost less than the work saved.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from coaxle.design.machine.field.kernels import Whole

BASE, ENTRY, PRODUCT, UPDATE = 60.0, 3.0, 0.7, 2.0
"""Rough cost of a panel, and of each of its entries, multiply-adds and updates of later panels, in cycles of a core."""
WIDEST = 16
"""Columns of a panel at most: its triangle is factored without tiles."""


class Panels(NamedTuple):
    """S panels of a factor; unknowns are numbered in order of elimination.

    ``first`` (S + 1,) column of each; ``row_at`` (S + 1,) into ``rows``, the rows below its triangle; ``panel_at``
    (S + 1,) into the entries: panel ``s`` holds its columns' rows, then those below, each row's columns side by side.
    ``owner`` (n,) panel of a column. ``target`` and ``shift`` (rows,), ``spot`` (.): row i and column j of ``rows`` of
    a panel meet at entry ``target[j] + spot[shift[j] + i]``.
    """

    first: Whole
    row_at: Whole
    rows: Whole
    panel_at: Whole
    owner: Whole
    target: Whole
    shift: Whole
    spot: Whole


@njit(cache=True, nogil=True)
def tree(indptr: Whole, indices: Whole, order: Whole, parent: Whole, count: Whole) -> None:
    """Write the elimination tree of the permuted matrix and the number of entries below each diagonal."""
    n = len(order)
    place = np.empty(n, dtype=np.int64)
    for k in range(n):
        place[order[k]] = k
    ancestor, mark = np.full(n, -1, dtype=np.int64), np.full(n, -1, dtype=np.int64)
    for k in range(n):
        parent[k], count[k] = -1, 0
        v = order[k]
        for q in range(indptr[v], indptr[v + 1]):
            i = place[indices[q]]
            while i != -1 and i < k:
                up = ancestor[i]
                ancestor[i] = k
                if up == -1:
                    parent[i] = k
                i = up
    for k in range(n):
        mark[k] = k
        v = order[k]
        for q in range(indptr[v], indptr[v + 1]):
            i = place[indices[q]]
            while i < k and mark[i] != k:
                count[i] += 1
                mark[i] = k
                i = parent[i]


@njit(cache=True, nogil=True)
def _cost(columns: int, rows: int) -> float:
    entries = 0.5 * columns * columns + columns * rows
    products = columns**3 / 6 + 0.5 * columns * columns * rows + 0.5 * columns * rows * rows
    return BASE + ENTRY * entries + PRODUCT * products + UPDATE * 0.5 * rows * rows


@njit(cache=True, nogil=True)
def _groups(parent: Whole, count: Whole, early: int, group: Whole, width: Whole, height: Whole, above: Whole) -> int:
    """Write the panel of each column (in tree order), each panel's width, height and parent; join where it pays.

    ``group[j]`` is a column that stands for the panel; panels of columns below ``early`` do not join later ones.
    """
    n = len(parent)
    for j in range(n):
        group[j], width[j], height[j], above[j] = j, 1, count[j], parent[j]
    for j in range(n):
        p = parent[j]
        if p < 0 or (j < early) != (p < early) or width[j] + width[p] > WIDEST:
            continue
        # the panel that stands for the parent is the parent itself as long as the parent has not been visited
        wide, high = width[j], height[j]
        whole = _cost(width[p] + wide, height[p])
        if whole <= _cost(wide, high) + _cost(width[p], height[p]):
            width[p] += wide
            group[j] = p
    panels = 0
    for j in range(n - 1, -1, -1):
        if group[j] != j:
            group[j] = group[group[j]]
        else:
            panels += 1
    return panels


@njit(cache=True, nogil=True)
def _arrange(parent: Whole, group: Whole, early: int, place: Whole) -> None:
    """Write the new place of each column: panels after their children, each panel's columns side by side."""
    n = len(parent)
    head, after = np.full(n + 1, -1, dtype=np.int64), np.full(n, -1, dtype=np.int64)
    member, following = np.full(n, -1, dtype=np.int64), np.full(n, -1, dtype=np.int64)
    for j in range(n - 1, -1, -1):
        following[j] = member[group[j]]
        member[group[j]] = j
        if group[j] == j:
            up = n if parent[j] < 0 else group[parent[j]]
            after[j] = head[up]
            head[up] = j
    visit, sequence = np.empty(n + 1, dtype=np.int64), np.empty(n, dtype=np.int64)
    depth, total = 0, 0
    visit[0] = n
    while depth >= 0:
        top = visit[depth]
        child = head[top]
        if child >= 0:
            head[top] = after[child]
            depth += 1
            visit[depth] = child
        else:
            if top < n:
                sequence[total] = top
                total += 1
            depth -= 1
    new = 0
    for part in range(2):
        for k in range(total):
            if (sequence[k] < early) == (part == 0):
                j = member[sequence[k]]
                while j >= 0:
                    place[j] = new
                    new += 1
                    j = following[j]


@njit(cache=True, nogil=True)
def _extents(
    group: Whole, place: Whole, width: Whole, height: Whole, first: Whole, row_at: Whole, panel_at: Whole
) -> None:
    n = len(place)
    leader = np.empty(n, dtype=np.int64)
    for j in range(n):
        leader[place[j]] = group[j]
    s, k = 0, 0
    first[0], row_at[0], panel_at[0] = 0, 0, 0
    while k < n:
        g = leader[k]
        k += width[g]
        first[s + 1] = k
        row_at[s + 1] = row_at[s] + height[g]
        panel_at[s + 1] = panel_at[s] + width[g] * (width[g] + height[g])
        s += 1


@njit(cache=True, nogil=True)
def _sort(values: Whole, start: int, end: int) -> None:
    """Sort ``values`` from ``start`` to ``end`` (exclusive): Shell's way, for numpy's takes seconds to compile."""
    gap = 1
    while 3 * gap + 1 < end - start:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(start + gap, end):
            value, j = values[i], i
            while j >= start + gap and values[j - gap] > value:
                values[j] = values[j - gap]
                j -= gap
            values[j] = value
        gap //= 3


@njit(cache=True, nogil=True)
def _fill_rows(
    indptr: Whole, indices: Whole, order: Whole, first: Whole, row_at: Whole, rows: Whole, owner: Whole
) -> bool:
    """Write the rows of each panel, rising; return whether there are as many as counted."""
    n, panels = len(order), len(first) - 1
    place = np.empty(n, dtype=np.int64)
    for k in range(n):
        place[order[k]] = k
    for s in range(panels):
        for k in range(first[s], first[s + 1]):
            owner[k] = s
    mark = np.full(n, -1, dtype=np.int64)
    child, sibling = np.full(panels, -1, dtype=np.int64), np.full(panels, -1, dtype=np.int64)
    for s in range(panels):
        last, at = first[s + 1], row_at[s]
        for k in range(first[s], last):
            mark[k] = s
        for k in range(first[s], last):
            v = order[k]
            for q in range(indptr[v], indptr[v + 1]):
                i = place[indices[q]]
                if i >= last and mark[i] != s:
                    mark[i] = s
                    if at >= row_at[s + 1]:
                        return False
                    rows[at] = i
                    at += 1
        c = child[s]
        while c >= 0:
            for q in range(row_at[c], row_at[c + 1]):
                i = rows[q]
                if i >= last and mark[i] != s:
                    mark[i] = s
                    if at >= row_at[s + 1]:
                        return False
                    rows[at] = i
                    at += 1
            c = sibling[c]
        if at != row_at[s + 1]:
            return False
        if at > row_at[s]:
            _sort(rows, row_at[s], at)
            up = owner[rows[row_at[s]]]
            sibling[s] = child[up]
            child[up] = s
    return True


@njit(cache=True, nogil=True)
def _row_of(first: Whole, row_at: Whole, rows: Whole, t: int, i: int) -> int:
    """Return the line of panel ``t`` in which row ``i`` stands, -1 where it does not."""
    width = first[t + 1] - first[t]
    if i < first[t + 1]:
        return i - first[t]
    low, high = row_at[t], row_at[t + 1]
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < i:
            low = middle + 1
        else:
            high = middle
    return width + low - row_at[t] if low < row_at[t + 1] and rows[low] == i else -1


@njit(cache=True, nogil=True)
def _spots(panels: Any, write: bool) -> int:
    """Write ``target``, ``shift`` and ``spot``; return the length of ``spot``."""
    used = 0
    for s in range(len(panels.first) - 1):
        start, end = panels.row_at[s], panels.row_at[s + 1]
        j = start
        while j < end:
            t = panels.owner[panels.rows[j]]
            width = panels.first[t + 1] - panels.first[t]
            if write:
                for i in range(j, end):
                    line = _row_of(panels.first, panels.row_at, panels.rows, t, panels.rows[i])
                    panels.spot[used + i - j] = panels.panel_at[t] + line * width
            begin = j
            while j < end and panels.owner[panels.rows[j]] == t:
                if write:
                    panels.target[j] = panels.rows[j] - panels.first[t]
                    panels.shift[j] = used - (begin - start)
                j += 1
            used += end - begin
    return used


@njit(cache=True, nogil=True)
def locate(panels: Panels, i: Whole, j: Whole, trash: int, out: Whole) -> None:
    """Write where entries (i, j) of the lower or upper triangle stand; ``trash`` where i or j is no unknown."""
    n = len(panels.owner)
    for k in range(len(i)):
        a, b = max(i[k], j[k]), min(i[k], j[k])
        if a >= n:
            out[k] = trash
            continue
        t = panels.owner[b]
        width = panels.first[t + 1] - panels.first[t]
        line = _row_of(panels.first, panels.row_at, panels.rows, t, a)
        out[k] = panels.panel_at[t] + line * width + b - panels.first[t]


@njit(cache=True, nogil=True)
def _plan(indptr: Whole, indices: Whole, order: Whole, early: int, final: Whole) -> Any:
    n = len(order)
    parent, count = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    tree(indptr, indices, order, parent, count)
    group, width = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    height, above, place = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    number = _groups(parent, count, early, group, width, height, above)
    _arrange(parent, group, early, place)
    for j in range(n):
        final[place[j]] = order[j]
    first, row_at = np.empty(number + 1, dtype=np.int32), np.empty(number + 1, dtype=np.int32)
    panel_at = np.empty(number + 1, dtype=np.int32)
    _extents(group, place, width, height, first, row_at, panel_at)
    rows, owner = np.empty(row_at[number], dtype=np.int32), np.empty(n, dtype=np.int32)
    fits = _fill_rows(indptr, indices, final, first, row_at, rows, owner)
    return fits, first, row_at, rows, panel_at, owner


def analyse(indptr: Whole, indices: Whole, order: Whole, early: int) -> tuple[Panels, Whole]:
    """Return the panels and the final order of elimination, the first ``early`` unknowns of which stay the first."""
    final = np.empty(len(order), dtype=np.int32)
    fits, first, row_at, rows, panel_at, owner = _plan(indptr, indices, order, early, final)
    if not fits:
        raise AssertionError("the rows of a panel are not those counted")
    none = np.empty(0, dtype=np.int32)
    bare = Panels(first, row_at, rows, panel_at, owner, none, none, none)
    length = _spots(bare, False)
    target, shift = np.empty(len(rows), dtype=np.int32), np.empty(len(rows), dtype=np.int32)
    panels = Panels(first, row_at, rows, panel_at, owner, target, shift, np.empty(length, dtype=np.int32))
    _spots(panels, True)
    return panels, final
