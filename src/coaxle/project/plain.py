"""Values back into what a project file holds: text with units, words, numbers, lists and mappings of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coaxle.project.shapes import Maybe, Record, Row, Section, Shape, Variants, record
from coaxle.units import Quantity, show_exactly, show_shortly


def plain(value: Any, shape: Shape, said: Callable[[float, str], str] = show_exactly) -> Any:
    """Return ``value`` as a project file holds it; fields at their default are left out.

    ``said`` writes a quantity; ratios, which need no unit, become numbers.
    """
    match shape:
        case Maybe():
            return None if value is None else plain(value, shape.inner, said)
        case Quantity(dimension="ratio"):
            return int(value) if value == int(value) and abs(value) < 1e15 else value
        case Quantity():
            return said(value, shape.dimension)
        case Row():
            return [plain(item, shape.item, said) for item in value]
        case Section():
            return {key: plain(item, shape.value, said) for key, item in value.items()}
        case Variants():
            return plain(value, record(type(value)), said)
        case Record():
            return {
                name: plain(getattr(value, name), slot.shape, said)
                for name, slot in shape.slots.items()
                if slot.required or getattr(value, name) != slot.default
            }
    return value


def words(value: Any, shape: Shape) -> str:
    """Return ``value`` on one line as people read it, figures rounded to six digits."""
    return _line(plain(value, shape, show_shortly), inside=False)


def _line(thing: Any, inside: bool) -> str:
    if isinstance(thing, dict):
        text = ", ".join(f"{key}: {_line(item, inside=True)}" for key, item in thing.items())
        return f"{{{text}}}" if inside else text
    if isinstance(thing, list):
        text = ", ".join(_line(item, inside=True) for item in thing)
        return f"[{text}]" if inside else text
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, float):
        return f"{thing:.6g}"
    return "not given" if thing is None else str(thing)
