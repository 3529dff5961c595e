"""What a project rests on: where its figures come from, and which of them nobody published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coaxle.project.places import below
from coaxle.project.plain import words
from coaxle.project.project import Project
from coaxle.project.shapes import Maybe, Record, Row, Section, Shape, Variants, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A figure that nobody published: the entry and its field, what stands there, and why."""

    place: str
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the figures of an entry come from."""

    place: str
    source: str


def assumptions(project: Project) -> tuple[Assumption, ...]:
    """Return every assumed figure of ``project``, in the order of its sections."""
    found = []
    for place, entry, shape in _entries(project, record(Project), ""):
        for field, reason in getattr(entry, "assumed", {}).items():
            value, inner = below(entry, shape, field)
            found.append(Assumption(place=place, field=field, value=words(value, inner), reason=reason))
    return tuple(found)


def sources(project: Project) -> tuple[Source, ...]:
    """Return the source of every entry of ``project`` that names one, in the order of its sections."""
    entries = _entries(project, record(Project), "")
    return tuple(Source(place=place, source=entry.source) for place, entry, _ in entries if hasattr(entry, "source"))


def _entries(value: Any, shape: Shape, place: str) -> Iterator[tuple[str, Any, Record]]:
    """Yield each record within ``value``, with its place and its shape, outer ones first."""
    match shape:
        case Record():
            if place:
                yield place, value, shape
            for name, slot in shape.slots.items():
                yield from _entries(getattr(value, name), slot.shape, f"{place}.{name}" if place else name)
        case Variants():
            yield from _entries(value, record(type(value)), place)
        case Maybe() if value is not None:
            yield from _entries(value, shape.inner, place)
        case Section():
            for key, item in value.items():
                yield from _entries(item, shape.value, f"{place}.{key}")
        case Row():
            for count, item in enumerate(value, 1):
                yield from _entries(item, shape.item, f"{place}.{count}")
