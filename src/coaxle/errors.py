"""What can go wrong, and with which exit code the command line tells it.

    CoaxleError
    ├── InputError          1  a file, a figure or a name of the user's does not do
    │   ├── ProjectError       the problems of a project file, all of them at once
    │   ├── MapError           a map with a hole, a wrong axis, an unreadable file
    │   └── CycleError         a speed trace that no car could follow in principle
    ├── UseError            2  the call itself is wrong
    ├── InfeasibleError     3  the question is sound and has no answer
    └── ComputationError    4  a computation failed

A message reads *place: what stands there; what is wanted*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class CoaxleError(Exception):
    """Any error that coaxle raises on purpose."""

    exit_code = 4


class InputError(CoaxleError):
    """A file, a figure or a name of the user's does not do."""

    exit_code = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem of a project file.

    ``line`` is 0 where a problem concerns the file as a whole.
    """

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        """Return ``file:line: place: message``."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.place}: {self.message}" if self.place else f"{where}: {self.message}"


class ProjectError(InputError):
    """A project file has problems; ``problems`` names all of them, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class MapError(InputError):
    """A map that cannot be used: a hole inside its envelope, a wrong axis, an unreadable file."""


class CycleError(InputError):
    """A speed trace that cannot be used: time that runs backwards, a negative or non-finite speed."""


class UseError(CoaxleError):
    """The call itself is wrong: arguments that do not go together, a batch of unequal lengths."""

    exit_code = 2


class InfeasibleError(CoaxleError):
    """The question is sound and has no answer; the message names what conflicts."""

    exit_code = 3


class ComputationError(CoaxleError):
    """A computation failed: a solver gave up, a run asked to be checked ended badly."""

    exit_code = 4
