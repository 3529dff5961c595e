"""Losses continued beyond a map's envelope, for the cells that the envelope cuts."""

from __future__ import annotations

import numpy as np

from coaxle.maps import EduMap
from coaxle.numerics.arrays import Array, frozen


def filled(m: EduMap) -> Array:
    """Return the losses of a map (V, S, T) with the nodes outside its envelope continued along torque.

    A cell that the envelope cuts has nodes outside; a look-up within the envelope needs a figure there. From the last
    known node the loss goes on with the slope of the last known cell, never falling outwards; a speed with a single
    known node takes its slopes from the next lower speed.
    """
    if np.all(np.isfinite(m.loss)):
        return m.loss
    loss = np.array(m.loss)
    for plane in loss:
        below: Array | None = None
        for line in plane:
            known = np.flatnonzero(np.isfinite(line))
            if known.size == 0:
                line[:] = 0.0 if below is None else below
            elif known.size == 1 and below is not None:
                at = int(known[0])
                line[:] = line[at] + np.maximum(below - below[at], 0.0)
            else:
                _continue(line, int(known[0]), int(known[-1]))
            below = line
    return frozen(loss)


def _continue(line: Array, first: int, last: int) -> None:
    """Fill ``line`` below ``first`` and above ``last`` with the outermost slopes."""
    nodes = np.arange(line.size)
    up = max(line[last] - line[last - 1], 0.0) if last > first else 0.0
    down = max(line[first] - line[first + 1], 0.0) if last > first else 0.0
    line[last + 1 :] = line[last] + up * (nodes[last + 1 :] - last)
    line[:first] = line[first] + down * (first - nodes[:first])
