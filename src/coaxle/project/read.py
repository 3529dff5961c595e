"""Read a project file: all of it, or every problem of it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from pathlib import Path
from typing import Any

from coaxle.errors import Problem, ProjectError, UseError
from coaxle.project.checks import check_project
from coaxle.project.files import assemble
from coaxle.project.fill import Filled, Filling, Mention
from coaxle.project.names import SLUG, Speller, did_you_mean
from coaxle.project.nodes import Mapping, locate
from coaxle.project.project import Project
from coaxle.project.scenario import lay
from coaxle.project.shapes import Record, Section, record
from coaxle.units import quoted


def read(path: str | Path, scenario: str | None = None) -> Project:
    """Return the project that stands in ``path`` and what it includes, with ``scenario`` laid over it.

    The scenarios of the file are all checked, whichever is asked for. A project with a scenario laid over it has none
    left: they are changes to the base.

    Raises
    ------
    ProjectError
        With every problem of the files at once.
    UseError
        Where there is no such scenario; the nearest is offered.

    """
    return read_texts(Path(path), {}, scenario)


def read_texts(path: Path, texts: AbstractMapping[Path, str], scenario: str | None = None) -> Project:
    """Return the project of :func:`read`, taking the content of some files (by resolved path) from ``texts``."""
    shape = record(Project)
    assembly = assemble(path, sections_of(shape), texts)
    root = assembly.root
    scenarios = root.items.get("scenarios")
    changes = scenarios.items if isinstance(scenarios, Mapping) else {}
    filling = Filling(shape)
    base = filling.parts(root, assembly.whole)
    problems = [*assembly.problems, *base.problems]
    if assembly.whole:
        problems += _across(root, base, filling.speller)
    asked = base
    for name, change in changes.items() if assembly.whole else ():
        place = f"scenarios.{name}"
        laid = lay(root, change, shape, place, filling.speller)
        with_it = filling.parts(laid.root, whole=True)
        known = set(problems)
        problems += laid.problems
        for problem in (*with_it.problems, *_across(laid.root, with_it, filling.speller)):
            if problem not in known:
                problems.append(Problem(problem.file, problem.line, f"{place}.{problem.place}", problem.message))
        if name == scenario:
            asked = with_it
    if problems:
        raise ProjectError(dict.fromkeys(problems))
    if scenario is None:
        return Project(**base.value)
    if scenario not in changes:
        raise UseError(f"{path}: scenarios: {quoted(scenario)} is no scenario of it{did_you_mean(scenario, changes)}")
    return Project(**{**asked.value, "scenarios": {}})


def sections_of(shape: Record) -> frozenset[str]:
    """Return the keys of a project whose entries may be spread over files."""
    return frozenset(name for name, slot in shape.slots.items() if isinstance(slot.shape, Section))


def _across(root: Mapping, filled: Filled, speller: Speller) -> Iterator[Problem]:
    """Yield the problems between entries: names that no entry has, and what does not go together."""
    parts: dict[str, Any] = filled.value
    for mention in filled.mentions:
        known = [_keys(root, section) for section in mention.sections]
        if not any(mention.name in names for names in known):
            yield _unknown(mention, [name for names in known for name in names], speller)
    for place, message in check_project(parts):
        yield Problem(*locate(root, place), place, message)


def _keys(root: Mapping, section: str) -> dict[str, Any]:
    node = root.items.get(section)
    return node.items if isinstance(node, Mapping) else {}


def _unknown(mention: Mention, known: list[str], speller: Speller) -> Problem:
    spelt = "" if SLUG.fullmatch(mention.name) else " (and no name of an entry)"
    said = f"{quoted(mention.name)} is not in {' or '.join(mention.sections)}{spelt}"
    return Problem(*mention.mark, mention.place, said + speller.did_you_mean(mention.name, known))
