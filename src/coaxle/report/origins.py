"""Where the figures of a project come from, and which of them nobody published."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from coaxle.project.project import Project
from coaxle.units import Quantity, show


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The source of one entry."""

    place: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A figure that no source gives: where it stands, its value with unit, and why it was taken."""

    place: str
    value: str
    reason: str


def sources(project: Project) -> tuple[Source, ...]:
    """Return the source of every entry that names one, in the order of the project."""
    return tuple(
        Source(place=place, source=thing.source)
        for place, thing in _entries("", project)
        if isinstance(getattr(thing, "source", None), str)
    )


def assumptions(project: Project) -> tuple[Assumption, ...]:
    """Return every figure that is marked as assumed, in the order of the project."""
    return tuple(
        Assumption(place=f"{place}.{key}" if place else key, value=_value(thing, key), reason=reason)
        for place, thing in _entries("", project)
        for key, reason in (getattr(thing, "assumed", None) or {}).items()
    )


def _entries(place: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield every dataclass within ``thing``, with the place it stands at."""
    if is_dataclass(thing) and not isinstance(thing, type):
        yield place, thing
        for field in fields(thing):
            yield from _entries(f"{place}.{field.name}" if place else field.name, getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from _entries(f"{place}.{key}" if place else str(key), value)


def _value(thing: Any, path: str) -> str:
    """Return what stands at ``path`` of an entry as text with its unit; empty where nothing of that name stands."""
    hint: Any = type(thing)
    for name in path.split("."):
        if is_dataclass(thing) and name in {field.name for field in fields(thing)}:
            hint = _hints(thing.__class__)[name]
            thing = getattr(thing, name)
        elif isinstance(thing, Mapping) and (name in thing or _number(name) in thing):
            arguments = typing.get_args(hint)
            hint = arguments[-1] if arguments else Any
            thing = thing[name] if name in thing else thing[_number(name)]
        else:
            return ""
    return _shown(thing, hint)


def _shown(thing: Any, hint: Any) -> str:
    quantity = _quantity(hint)
    if thing is None:
        return "none"
    if quantity and isinstance(thing, float | int):
        return show(float(thing), quantity.dimension)
    if is_dataclass(thing) and not isinstance(thing, type):
        hints = _hints(thing.__class__)
        kept = [f for f in fields(thing) if f.name not in ("source", "assumed", "kind")]
        return ", ".join(f"{f.name} {_shown(getattr(thing, f.name), hints[f.name])}" for f in kept)
    inner = typing.get_args(hint)[-1] if isinstance(thing, Mapping) and typing.get_args(hint) else hint
    if isinstance(thing, Mapping):
        return ", ".join(f"{key}: {_shown(value, inner)}" for key, value in thing.items())
    if isinstance(thing, tuple):
        element = typing.get_args(hint)[0] if typing.get_args(hint) else hint
        return ", ".join(_shown(value, element) for value in thing)
    return f"{thing:.6g}" if isinstance(thing, float) else str(thing)


def _quantity(hint: Any) -> Quantity | None:
    """Return the mark of a quantity in an annotation, also where the field may be None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next((found for part in typing.get_args(hint) if (found := _quantity(part))), None)
    return next((mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Quantity)), None)


def _number(name: str) -> int | None:
    return int(name) if name.isdecimal() else None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)
