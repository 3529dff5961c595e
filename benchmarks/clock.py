"""Time a piece of work on one core, on a machine that others use as well."""

from __future__ import annotations

import time
from collections.abc import Callable


def best(work: Callable[[], object], times: int, before: Callable[[], object] | None = None) -> float:
    """Return the least CPU time of ``times`` runs of ``work`` [s]; what runs ``before`` each is not counted.

    CPU time of the process, so that a second busy program costs us caches but not the core; the least, since nothing
    makes a run faster than it is.
    """
    least = float("inf")
    for _ in range(times):
        if before:
            before()
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least
