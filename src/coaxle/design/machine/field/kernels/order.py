"""In which order to eliminate: approximate minimum degree on the quotient graph, cheap linear unknowns first.

Amestoy, Davis, Duff 1996, An approximate minimum degree ordering algorithm, doi 10.1137/S0895479894278952: elements
and variables (section 2), approximate degrees (section 3, eq. 3.1), mass elimination, indistinguishable variables and
aggressive absorption (section 5). Here the linear unknowns go first for as long as one has at most ``cap`` neighbours:
their part of the factor is the same for all currents.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from coaxle.design.machine.field.kernels import Whole

# Rows of the table of variables.
PLACE, LENGTH, ELEMENTS, WEIGHT, DEGREE, HEAD, NEXT, LAST, MEMBER, TAIL, MARK, BEFORE = range(12)


@njit(cache=True, nogil=True)
def _enlist(t: Any, i: int) -> None:
    """Put variable ``i`` into the list of its degree."""
    d = t[DEGREE, i]
    other = t[HEAD, d]
    t[NEXT, i], t[LAST, i] = other, -1
    if other >= 0:
        t[LAST, other] = i
    t[HEAD, d] = i


@njit(cache=True, nogil=True)
def _delist(t: Any, i: int) -> None:
    """Take variable ``i`` out of the list of its degree."""
    before, after = t[LAST, i], t[NEXT, i]
    if after >= 0:
        t[LAST, after] = before
    if before >= 0:
        t[NEXT, before] = after
    else:
        t[HEAD, t[DEGREE, i]] = after


@njit(cache=True, nogil=True)
def _join(t: Any, i: int, j: int) -> None:
    """Append the members of ``j`` to those of ``i``; ``j`` is no variable any more."""
    t[MEMBER, t[TAIL, i]] = j
    t[TAIL, i] = t[TAIL, j]
    t[WEIGHT, j] = 0
    t[ELEMENTS, j] = -1


@njit(cache=True, nogil=True)
def _form(t: Any, room: Any, p: int, end: int) -> int:
    """Write the variables of the new element ``p`` from ``end`` on, each with its weight negated; return their end."""
    at = end
    for q in range(t[PLACE, p], t[PLACE, p] + t[LENGTH, p]):
        other = room[q]
        first, count = q, 1
        if q < t[PLACE, p] + t[ELEMENTS, p]:
            if t[ELEMENTS, other] != -2:
                continue
            first, count = t[PLACE, other], t[LENGTH, other]
            t[ELEMENTS, other] = -3
        for k in range(first, first + count):
            i = room[k]
            if t[WEIGHT, i] > 0 and i != p:
                t[WEIGHT, i] = -t[WEIGHT, i]
                room[at] = i
                at += 1
    return at


@njit(cache=True, nogil=True)
def _compress(t: Any, room: Any, i: int, p: int, stamp: int) -> tuple[int, int]:
    """Shorten the list of ``i`` to living elements and variables outside ``p``; return outer degree and hash."""
    start, degree, code = t[PLACE, i], 0, p
    at = start
    for q in range(start, start + t[ELEMENTS, i]):
        e = room[q]
        if t[ELEMENTS, e] == -2:
            outside = t[MARK, e] - stamp
            if outside > 0:
                degree += outside
                room[at] = e
                at += 1
                code += e
            else:
                t[ELEMENTS, e] = -3
    elements = at - start
    for q in range(start + t[ELEMENTS, i], start + t[LENGTH, i]):
        j = room[q]
        if t[WEIGHT, j] > 0:
            degree += t[WEIGHT, j]
            room[at] = j
            at += 1
            code += j
    # the element p goes in front of the elements; what stood there moves to the ends of both parts
    count = at - start
    if elements < count:
        room[at] = room[start + elements]
    room[start + elements] = room[start] if elements > 0 else p
    room[start] = p
    t[ELEMENTS, i], t[LENGTH, i] = elements + 1, count + 1
    return degree, code


@njit(cache=True, nogil=True)
def _same(t: Any, room: Any, i: int, j: int, seen: Whole, stamp: int) -> bool:
    """Return whether the entries of ``j`` are all stamped, as those of ``i`` are."""
    if t[LENGTH, i] != t[LENGTH, j] or t[ELEMENTS, i] != t[ELEMENTS, j]:
        return False
    for q in range(t[PLACE, j], t[PLACE, j] + t[LENGTH, j]):  # noqa: SIM110 (a compiled loop)
        if seen[room[q]] != stamp:
            return False
    return True


@njit(cache=True, nogil=True)
def _merge(t: Any, room: Any, first: int, last: int, code: Whole, linear: Any, seen: Whole, stamp: int) -> int:
    """Join the variables from ``first`` to ``last`` that cannot be told apart; return the next free stamp."""
    for a in range(first, last):
        i = room[a]
        if t[WEIGHT, i] == 0:
            continue
        stamp += 1
        for q in range(t[PLACE, i], t[PLACE, i] + t[LENGTH, i]):
            seen[room[q]] = stamp
        for b in range(a + 1, last):
            j = room[b]
            alike = t[WEIGHT, j] != 0 and code[j] == code[i] and linear[i] == linear[j]
            if alike and _same(t, room, i, j, seen, stamp):
                t[WEIGHT, i] += t[WEIGHT, j]
                _join(t, i, j)
    return stamp


@njit(cache=True, nogil=True)
def order(indptr: Whole, indices: Whole, linear: Any, cap: int, out: Whole) -> int:
    """Write the unknowns in order of elimination; return how many linear ones come first.

    Parameters
    ----------
    indptr, indices
        Pattern of the symmetric matrix by rows, without its diagonal.
    linear : (n,) bool
        Unknowns that touch no iron.
    cap : int
        Number of neighbours above which a linear unknown waits for the second part.
    out : (n,) int32
        The order.

    """
    n = len(linear)
    t = np.full((12, n + 1), -1, dtype=np.int64)
    room = np.empty(len(indices) + 2 * n + 16 * len(indices), dtype=np.int64)
    code, seen = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    end = 0
    for i in range(n):
        t[PLACE, i], t[LENGTH, i], t[ELEMENTS, i] = end, indptr[i + 1] - indptr[i], 0
        t[WEIGHT, i], t[DEGREE, i], t[TAIL, i], t[MARK, i] = 1, t[LENGTH, i], i, 0
        for q in range(indptr[i], indptr[i + 1]):
            room[end] = indices[q]
            end += 1
        end += 1
        if linear[i]:
            _enlist(t, i)
    done, lowest, stamp, tag, phase, linear_first, left = 0, 0, 1, 0, 1, 0, n
    while done < n:
        while lowest < n and t[HEAD, lowest] < 0:
            lowest += 1
        if phase == 1 and (lowest > cap or lowest >= n):
            phase, linear_first, lowest = 2, done, 0
            for i in range(n):
                if t[WEIGHT, i] > 0 and not linear[i] and t[ELEMENTS, i] >= 0:
                    _enlist(t, i)
            continue
        p = t[HEAD, lowest]
        _delist(t, p)
        weight = t[WEIGHT, p]
        t[WEIGHT, p] = -weight
        if end + left > len(room):
            grown = np.empty(2 * len(room) + left, dtype=np.int64)
            for q in range(end):
                grown[q] = room[q]
            room = grown
        last = _form(t, room, p, end)
        first = end
        size = 0
        for k in range(first, last):
            i = room[k]
            size -= t[WEIGHT, i]
            if phase == 2 or linear[i]:
                _delist(t, i)
        # how much of each neighbouring element lies outside the new one
        stamp += n + 1
        for k in range(first, last):
            i = room[k]
            for q in range(t[PLACE, i], t[PLACE, i] + t[ELEMENTS, i]):
                e = room[q]
                if t[ELEMENTS, e] == -2:
                    if t[MARK, e] < stamp:
                        t[MARK, e] = t[DEGREE, e] + stamp
                    t[MARK, e] += t[WEIGHT, i]
        for k in range(first, last):
            i = room[k]
            outer, code[i] = _compress(t, room, i, p, stamp)
            own = -t[WEIGHT, i]
            if outer == 0 and (phase == 2 or linear[i]):
                size -= own
                weight += own
                _join(t, p, i)
                continue
            t[DEGREE, i] = max(0, min(t[DEGREE, i] + size - own, size - own + outer, left - own))
        left -= weight
        tag = _merge(t, room, first, last, code, linear, seen, tag)
        at = first
        size = 0
        for k in range(first, last):
            i = room[k]
            if t[WEIGHT, i] < 0:
                t[WEIGHT, i] = -t[WEIGHT, i]
                size += t[WEIGHT, i]
                room[at] = i
                at += 1
        for k in range(first, at):
            i = room[k]
            t[DEGREE, i] = min(t[DEGREE, i], max(left - t[WEIGHT, i], 0))
            if phase == 2 or linear[i]:
                _enlist(t, i)
                lowest = min(lowest, t[DEGREE, i])
        t[PLACE, p], t[LENGTH, p], t[ELEMENTS, p] = first, at - first, -2
        t[WEIGHT, p], t[DEGREE, p], t[MARK, p] = 0, size, 0
        end = at
        i = p
        while i >= 0:
            out[done] = i
            done += 1
            i = t[MEMBER, i]
    return linear_first if phase == 2 else n
