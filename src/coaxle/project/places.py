"""Places in a project, written in dots: ``carlines.moor.body.mass``."""

from __future__ import annotations

from typing import Any

from coaxle.errors import UseError
from coaxle.project.names import did_you_mean
from coaxle.project.project import Project
from coaxle.project.shapes import Maybe, Record, Row, Section, Shape, Variants, record


def at(project: Project, place: str) -> tuple[Any, Shape]:
    """Return what stands at ``place`` in ``project``, and its shape.

    Raises
    ------
    UseError
        Where there is no such place; the nearest is offered.

    """
    return below(project, record(Project), place)


def below(value: Any, shape: Shape, place: str) -> tuple[Any, Shape]:
    """Return what stands at ``place`` below ``value``, which is of ``shape``; for errors see :func:`at`."""
    parts = place.split(".")
    for depth, part in enumerate(parts):
        known, slots = _children(value, shape)
        if part not in known:
            above = ".".join(parts[:depth])
            where = f"in {above}" if above else "a section of the project"
            raise UseError(f"{place}: '{part}' is not {where}{did_you_mean(part, known)}")
        value, shape = known[part], slots[part]
    return value, shape


def sections(project: Project) -> dict[str, tuple[str, ...]]:
    """Return the names of the entries of each section that has named ones."""
    slots = record(Project).slots
    return {name: tuple(getattr(project, name)) for name, slot in slots.items() if isinstance(slot.shape, Section)}


def _children(value: Any, shape: Shape) -> tuple[dict[str, Any], dict[str, Shape]]:
    """Return what stands right below ``value``, by name, and its shapes."""
    if value is None:
        return {}, {}
    if isinstance(shape, Maybe):
        shape = shape.inner
    if isinstance(shape, Variants):
        shape = record(type(value))
    match shape:
        case Record(slots=slots):
            return {name: getattr(value, name) for name in slots}, {name: slot.shape for name, slot in slots.items()}
        case Section():
            return {str(key): item for key, item in value.items()}, {str(key): shape.value for key in value}
        case Row():
            items = {str(count): item for count, item in enumerate(value, 1)}
            return items, dict.fromkeys(items, shape.item)
    return {}, {}
