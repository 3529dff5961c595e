"""What the partners wrote: YAML with units and names, made into Designs, every problem told at once.

Comes in: a project file and what it includes. Goes out: :class:`Project`, or the list of its problems.
Never lives here: maps, results, anything that computes.
"""

from coaxle.project.project import Project

__all__ = ["Project"]
