"""Many rows over several workers: who computes is not part of what is computed."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol


class Executor(Protocol):
    """Runs ``work(first, last)`` over slices that together cover ``count`` rows, each row once."""

    def over(self, count: int, work: Callable[[int, int], None]) -> None:
        """Call ``work`` on each slice and return when all are done; the first error is raised."""


@dataclass(frozen=True, slots=True)
class Here:
    """Everything in the calling thread."""

    def over(self, count: int, work: Callable[[int, int], None]) -> None:
        """Call ``work(0, count)``."""
        if count:
            work(0, count)


@dataclass(frozen=True, slots=True)
class Threads:
    """Slices over threads of this process; right for kernels that let go of the interpreter's lock.

    ``workers`` of 0 means one a core.
    """

    workers: int = 0
    chunk: int = 256

    def over(self, count: int, work: Callable[[int, int], None]) -> None:
        """Call ``work`` on slices of at most ``chunk`` rows."""
        workers = self.workers or os.cpu_count() or 1
        borders = [*list(range(0, count, self.chunk)), count]
        slices = list(itertools.pairwise(borders))
        if workers == 1 or len(slices) <= 1:
            for first, last in slices:
                work(first, last)
            return
        with ThreadPoolExecutor(workers) as pool:
            for done in [pool.submit(work, first, last) for first, last in slices]:
                done.result()
