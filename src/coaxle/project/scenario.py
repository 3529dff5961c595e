"""Scenarios: changes laid over what stands above, and nothing else.

A change names a place that the base has. Only a field that may be left out, a year of a series and the reason of an
assumption may be added; ``null`` takes away what may be left out, or an entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from coaxle.errors import Problem
from coaxle.project.names import Speller
from coaxle.project.nodes import Mapping, Node, Scalar, is_null
from coaxle.project.shapes import FieldPlace, Maybe, Record, Section, Shape, Variants, Whole
from coaxle.units import quoted

DESCRIPTION = "description"
"""Key of a scenario that says in words what it is about."""
_FIXED = ("coaxle", "scenarios")


@dataclass(slots=True)
class Laid:
    """A project with a scenario laid over it, and what was wrong with the changes."""

    root: Mapping
    speller: Speller
    problems: list[Problem] = field(default_factory=list)


def lay(base: Mapping, change: Node, shape: Record, place: str, speller: Speller) -> Laid:
    """Return ``base`` with ``change`` laid over it; neither is touched. ``place`` is where the change stands."""
    laid = Laid(base, speller)
    if not isinstance(change, Mapping):
        said = "is empty" if is_null(change) else "is no mapping"
        laid.problems.append(Problem(*change.mark, place, f"{said}; changes such as 'rules:' are wanted"))
        return laid
    items, marks = dict(change.items), change.marks
    about = items.pop(DESCRIPTION, None)
    if about is not None and (not isinstance(about, Scalar) or is_null(about)):
        laid.problems.append(Problem(*about.mark, f"{place}.{DESCRIPTION}", "is no text; a text is wanted"))
    for key in [key for key in items if key in _FIXED]:
        laid.problems.append(Problem(*marks[key], f"{place}.{key}", "cannot be changed by a scenario"))
        del items[key]
    laid.root = _merged(base, Mapping(items, marks, change.mark), shape, place, laid)
    return laid


def _merged(base: Mapping, change: Mapping, shape: Shape | None, place: str, laid: Laid) -> Mapping:
    """Return ``base`` with the keys of ``change``; one that has no place there becomes a problem."""
    items, marks, gone = dict(base.items), dict(base.marks), dict(base.gone)
    for key, node in change.items.items():
        here, mark = f"{place}.{key}", change.marks[key]
        if key not in items:
            why = _why_new(key, node, base, shape, laid.speller)
            if why:
                laid.problems.append(Problem(*mark, here, why))
            else:
                items[key], marks[key] = node, mark
        elif is_null(node):
            del items[key], marks[key]
            gone[key] = mark
        else:
            items[key], marks[key] = _changed(items[key], node, _below(shape, base, key), here, laid), mark
    return Mapping(items, marks, base.mark, gone)


def _changed(base: Node, change: Node, shape: Shape | None, place: str, laid: Laid) -> Node:
    """Return what stands where ``base`` stood: a mapping changes key by key, all else is put in its place."""
    if not isinstance(base, Mapping) or not isinstance(change, Mapping) or _other_kind(base, change):
        return change
    return _merged(base, change, shape, place, laid)


def _other_kind(base: Mapping, change: Mapping) -> bool:
    """Tell whether ``change`` is of another kind than ``base``, so that their fields do not go together."""
    one, other = base.items.get("kind"), change.items.get("kind")
    return isinstance(one, Scalar) and isinstance(other, Scalar) and one.text != other.text


def _below(shape: Shape | None, base: Mapping, key: str) -> Shape | None:
    """Return the shape of what stands under ``key`` in ``base``."""
    match _record(shape, base):
        case Section(value=value):
            return value
        case Record(slots=slots) if key in slots:
            inner = slots[key].shape
            return inner.inner if isinstance(inner, Maybe) else inner
    return None


def _record(shape: Shape | None, base: Mapping) -> Shape | None:
    if isinstance(shape, Variants):
        kind = base.items.get("kind")
        return shape.records.get(kind.text) if isinstance(kind, Scalar) else None
    return shape


def _why_new(key: str, node: Node, base: Mapping, shape: Shape | None, speller: Speller) -> str | None:
    """Return why ``key`` may not be added to ``base``, None where it may."""
    shape = _record(shape, base)
    if is_null(node):
        return f"is taken away, but nothing stands there{speller.did_you_mean(key, base.items)}"
    match shape:
        case Section(key=Whole() | FieldPlace()):
            return None
        case Record(slots=slots) if key not in slots:
            return f"is no key known here{speller.did_you_mean(key, slots)}"
        case Record(slots=slots) if not isinstance(slots[key].shape, Section) or key == "assumed":
            return None
    return f"{quoted(key)} does not stand above, and a scenario adds no entry{speller.did_you_mean(key, base.items)}"
