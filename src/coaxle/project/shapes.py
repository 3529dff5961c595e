"""What a project file may hold, read off the dataclasses: one tree of shapes for reading, writing and the schema."""

from __future__ import annotations

import types
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from coaxle.units import Name, Quantity


@dataclass(frozen=True, slots=True)
class Text:
    """Any text."""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words or numbers."""

    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Slug:
    """The name that an entry gives itself; only the key of a :class:`Section`."""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """The field, or the place below it, of the entry around; only the key of a :class:`Section`."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Whatever YAML holds; scenarios are checked by laying them over the rest."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """A value that may be absent or ``null``."""

    inner: Shape


@dataclass(frozen=True, slots=True)
class Row:
    """A list of like values."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Section:
    """A mapping of like values."""

    key: Slug | FieldPlace | Whole | Name
    value: Shape


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a record: what stands in it, and what does where it may be left out."""

    shape: Shape
    required: bool
    default: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A dataclass."""

    type: type[Any]
    slots: dict[str, Slot]


@dataclass(frozen=True, slots=True, eq=False)
class Variants:
    """Dataclasses told apart by their ``kind``."""

    records: dict[str, Record]


Shape: TypeAlias = (
    Text | Flag | Whole | OneOf | Quantity | Name | Slug | FieldPlace | Raw | Maybe | Row | Section | Record | Variants
)


def record(kind: type[Any]) -> Record:
    """Return the shape of the dataclass ``kind``.

    Raises
    ------
    TypeError
        For a field of which no shape is known: the dataclass cannot be written in a project file.

    """
    return _record(kind)  # type: ignore[arg-type]


@cache
def _record(kind: type[Any]) -> Record:
    hints = get_type_hints(kind, include_extras=True)
    slots = {}
    for field in fields(kind):
        shape = _assumed() if field.name == "assumed" else _shape(hints[field.name], f"{kind.__name__}.{field.name}")
        if field.default_factory is not MISSING:
            slots[field.name] = Slot(shape, required=False, default=field.default_factory())
        elif field.default is not MISSING:
            slots[field.name] = Slot(shape, required=False, default=field.default)
        else:
            slots[field.name] = Slot(shape, required=True)
    return Record(kind, slots)


def _assumed() -> Section:
    return Section(FieldPlace(), Text())


def _shape(hint: Any, where: str) -> Shape:
    """Return the shape of a type as a field's annotation writes it."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(args[0], args[1:], where)
    if origin in (Union, types.UnionType) and types.NoneType in args and len(args) == 2:
        return Maybe(_shape(next(arg for arg in args if arg is not types.NoneType), where))
    if origin is Literal:
        return OneOf(args)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return Row(_shape(args[0], where))
    if origin is dict:
        if args[1] is Any:
            return Raw()
        key = Slug() if args[0] is str else _shape(args[0], where)
        if isinstance(key, Slug | Whole | Name):
            return Section(key, _shape(args[1], where))
    plain: dict[Any, Shape] = {str: Text(), bool: Flag(), int: Whole(), Any: Raw()}
    if hint in plain:
        return plain[hint]
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        return record(hint)
    raise TypeError(f"{where}: {hint} cannot be written in a project file")


def _marked(hint: Any, marks: tuple[Any, ...], where: str) -> Shape:
    """Return the shape of a type with marks."""
    for mark in marks:
        if isinstance(mark, Quantity | Name):
            return mark
        if mark == "kind":
            records = [record(kind) for kind in get_args(hint)]
            return Variants({str(kind): each for each in records for kind in _kinds(each)})
    return _shape(hint, where)


def _kinds(each: Record) -> tuple[str | int, ...]:
    shape = each.slots["kind"].shape
    return shape.values if isinstance(shape, OneOf) else ()
