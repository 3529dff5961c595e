"""Nodes into values: each shape is filled from the node that stands there, or a problem says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from coaxle.errors import CoaxleError, Problem
from coaxle.project.checks import check_record
from coaxle.project.names import SLUG, Speller, slug
from coaxle.project.nodes import Mapping, Mark, Node, Scalar, Sequence, is_null, locate, meaning
from coaxle.project.shapes import (
    FieldPlace,
    Flag,
    Maybe,
    OneOf,
    Raw,
    Record,
    Row,
    Section,
    Shape,
    Slug,
    Text,
    Variants,
    Whole,
)
from coaxle.units import Name, Quantity, quoted, written_in


class _Bad:
    """Stands for a value that could not be read."""


BAD: Final = _Bad()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an entry of ``sections`` is named."""

    mark: Mark
    place: str
    name: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a node: a value or BAD, the problems, the names that it mentions."""

    value: Any
    problems: tuple[Problem, ...]
    mentions: tuple[Mention, ...]


class Filling:
    """Fills projects that share nodes, a base and its scenarios; an entry that they share is read once."""

    def __init__(self, shape: Record) -> None:
        self.speller = Speller()
        self._shape = shape
        self._known: dict[tuple[int, str], Filled] = {}
        self._roots: list[Mapping] = []

    def parts(self, root: Mapping, whole: bool) -> Filled:
        """Return the values of the sections of a project, each without the entries that could not be read.

        A section that is missing is a problem where the ``whole`` project is there.
        """
        self._roots.append(root)  # kept, so that no other node takes its id
        filler = _Filler(self.speller)
        parts: dict[str, Any] = {}
        filler.keys(root, self._shape, "", whole)
        for name, node in root.items.items():
            slot = self._shape.slots.get(name)
            if slot is None:
                continue
            if isinstance(slot.shape, Section) and isinstance(node, Mapping):
                parts[name] = {}
                for key, item in node.items.items():
                    named = filler.key(key, slot.shape.key, node.marks[key], f"{name}.{key}")
                    filled = self._entry(item, slot.shape.value, f"{name}.{key}")
                    filler.problems += filled.problems
                    filler.mentions += filled.mentions
                    if named is not BAD and filled.value is not BAD:
                        parts[name][named] = filled.value
            elif not (is_null(node) and not slot.required):
                value = filler.fill(node, slot.shape, name)
                if value is not BAD:
                    parts[name] = value
        return Filled(parts, tuple(filler.problems), tuple(filler.mentions))

    def _entry(self, node: Node, shape: Shape, place: str) -> Filled:
        known = self._known.get((id(node), place))
        if known is None:
            filler = _Filler(self.speller)
            value = filler.fill(node, shape, place)
            known = self._known[id(node), place] = Filled(value, tuple(filler.problems), tuple(filler.mentions))
        return known


def raw(node: Node) -> Any:
    """Return what ``node`` holds as plain Python values."""
    if isinstance(node, Mapping):
        return {key: raw(item) for key, item in node.items.items()}
    return [raw(item) for item in node.items] if isinstance(node, Sequence) else meaning(node)


class _Filler:
    """Fills one tree of nodes and notes what it meets."""

    def __init__(self, speller: Speller) -> None:
        self.speller = speller
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []

    def fill(self, node: Node, shape: Shape, place: str) -> Any:
        """Return the value of ``node``, or BAD after noting why there is none."""
        match shape:
            case Maybe():
                return None if is_null(node) else self.fill(node, shape.inner, place)
            case Record():
                return self._record(node, shape, place)
            case Variants():
                return self._variant(node, shape, place)
            case Section():
                return self._section(node, shape, place)
            case Row():
                return self._row(node, shape, place)
            case Raw():
                return raw(node)
        if not isinstance(node, Scalar):
            stands = "a mapping" if isinstance(node, Mapping) else "a list"
            return self._bad(node.mark, place, f"{stands} stands here; {_wanted(shape)}")
        if is_null(node):
            return self._bad(node.mark, place, f"is empty; {_wanted(shape)}")
        return self._scalar(node, shape, place)

    def _bad(self, mark: Mark, place: str, message: str) -> _Bad:
        self.problems.append(Problem(*mark, place, message))
        return BAD

    def _scalar(self, node: Scalar, shape: Shape, place: str) -> Any:
        match shape:
            case Quantity():
                try:
                    return shape.read(node.text)
                except ValueError as error:
                    return self._bad(node.mark, place, str(error))
            case Name():
                self.mentions.append(Mention(node.mark, place, node.text, shape.sections))
                return node.text
            case OneOf():
                for each in shape.values:
                    if meaning(node) == each and type(meaning(node)) is type(each):
                        return each
                words = [str(value) for value in shape.values]
                if len(words) == 1:
                    return self._bad(node.mark, place, f"{quoted(node.text)} does not do; {_wanted(shape)}")
                meant = self.speller.nearest(node.text, words)
                hint = f"; did you mean '{meant}'?" if meant else ""
                return self._bad(node.mark, place, f"{quoted(node.text)} is none of {_listed(words)}{hint}")
        value = meaning(node)
        if isinstance(shape, Flag) and isinstance(value, bool) and node.text in ("true", "false"):
            return value
        if isinstance(shape, Whole) and isinstance(value, int) and node.text.lstrip("-").isdigit():
            return value
        if isinstance(shape, Text) and isinstance(value, str):
            return value
        if isinstance(shape, Text):
            return self._bad(node.mark, place, f"{node.text} is no text; write it in quotes: '{node.text}'")
        return self._bad(node.mark, place, f"{quoted(node.text)} does not do; {_wanted(shape)}")

    def _row(self, node: Node, shape: Row, place: str) -> Any:
        if not isinstance(node, Sequence):
            return self._bad(node.mark, place, f"{_stands(node)}; {_wanted(shape)}")
        values = [self.fill(item, shape.item, f"{place}.{count}") for count, item in enumerate(node.items, 1)]
        return BAD if BAD in values else tuple(values)

    def _section(self, node: Node, shape: Section, place: str) -> Any:
        if not isinstance(node, Mapping):
            return self._bad(node.mark, place, f"{_stands(node)}; {_wanted(shape)}")
        values = self._entries(node, shape, place)
        return values if len(values) == len(node.items) else BAD

    def _entries(self, node: Mapping, shape: Section, place: str) -> dict[Any, Any]:
        """Return the entries of a section that could be read."""
        values: dict[Any, Any] = {}
        for text, item in node.items.items():
            key = self.key(text, shape.key, node.marks[text], _below(place, text))
            value = self.fill(item, shape.value, _below(place, text))
            if key is not BAD and value is not BAD:
                values[key] = value
        return values

    def key(self, text: str, shape: Shape, mark: Mark, place: str) -> Any:
        if isinstance(shape, Whole):
            if text.isdecimal() and text.isascii() and not (text.startswith("0") and text != "0") and len(text) < 10:
                return int(text)
            return self._bad(mark, place, f"{quoted(text)} is no whole number; one is wanted as key, such as 2025")
        if isinstance(shape, Name):
            self.mentions.append(Mention(mark, place, text, shape.sections))
        elif isinstance(shape, Slug) and not SLUG.fullmatch(text):
            return self._bad(mark, place, self.misspelt(text))
        return text

    @staticmethod
    def misspelt(text: str) -> str:
        """Return why ``text`` cannot name an entry."""
        better = slug(text)
        hint = f", such as '{better}'" if better and len(better) < 100 else ""
        return f"{quoted(text)} is no name of an entry; it has lower-case letters, digits and '-'{hint}"

    def _variant(self, node: Node, shape: Variants, place: str) -> Any:
        if not isinstance(node, Mapping):
            return self._bad(node.mark, place, f"{_stands(node)}; {_wanted(shape)}")
        kind = node.items.get("kind")
        if kind is None:
            return self._bad(
                node.gone.get("kind", node.mark), f"{place}.kind", f"is missing; {_kinds(shape)} is wanted"
            )
        if isinstance(kind, Scalar) and kind.text in shape.records:
            return self._record(node, shape.records[kind.text], place)
        said = quoted(kind.text) if isinstance(kind, Scalar) else "what stands here"
        return self._bad(kind.mark, f"{place}.kind", f"{said} is no kind known here; {_kinds(shape)} is wanted")

    def _record(self, node: Node, shape: Record, place: str) -> Any:
        if not isinstance(node, Mapping):
            return self._bad(node.mark, place, f"{_stands(node)}; {_wanted(shape)}")
        missing = self.keys(node, shape, place)
        before = len(self.problems)
        values = {
            key: self.fill(item, shape.slots[key].shape, _below(place, key))
            for key, item in node.items.items()
            if key in shape.slots
        }
        if missing or len(self.problems) > before or len(values) < len(node.items):
            return BAD
        return self._built(node, shape, place, values)

    def keys(self, node: Mapping, shape: Record, place: str, whole: bool = True) -> bool:
        """Note keys that are unknown or, where the ``whole`` node is there, missing; tell whether one is missing."""
        missing = [name for name, slot in shape.slots.items() if whole and slot.required and name not in node.items]
        for key in node.items:
            if key not in shape.slots:
                meant = self._unknown(key, node, shape, place)
                if meant in missing:
                    missing.remove(meant)
        for name in missing:
            wanted = _wanted(shape.slots[name].shape)
            self._bad(node.gone.get(name, node.mark), _below(place, name), f"is missing; {wanted}")
        return bool(missing)

    def _unknown(self, key: str, node: Mapping, shape: Record, place: str) -> str | None:
        """Note an unknown key; return the one that is meant, where one is near and not there."""
        free = [name for name in shape.slots if name not in node.items]
        hint = self.speller.did_you_mean(key, free, "free keys here are")
        self._bad(node.marks[key], _below(place, key), f"is no key known here{hint}")
        return self.speller.nearest(key, free)

    def _built(self, node: Mapping, shape: Record, place: str, values: dict[str, Any]) -> Any:
        try:
            value = shape.type(**values)
        except (CoaxleError, ValueError) as error:
            return self._bad(node.mark, place, str(error))
        findings = list(check_record(value))
        for field, message in findings:
            self._bad(locate(node, field), _below(place, field), message)
        return BAD if findings else value


def _below(place: str, key: object) -> str:
    return f"{place}.{key}" if place else str(key)


def _stands(node: Node) -> str:
    if is_null(node):
        return "is empty"
    if isinstance(node, Scalar):
        return f"{quoted(node.text)} stands here"
    return "a mapping stands here" if isinstance(node, Mapping) else "a list stands here"


def _listed(words: list[str]) -> str:
    said = [f"'{word}'" for word in words]
    return f"{', '.join(said[:-1])} or {said[-1]}" if len(said) > 1 else said[0]


def _kinds(shape: Variants) -> str:
    return _listed(list(shape.records))


def _wanted(shape: Shape) -> str:
    """Return what a shape asks for, as a clause."""
    match shape:
        case Quantity():
            return written_in(shape.dimension)
        case Name():
            return f"the name of an entry of {' or '.join(shape.sections)} is wanted"
        case Maybe():
            return _wanted(shape.inner)
        case OneOf():
            return f"{_listed([str(value) for value in shape.values])} is wanted"
        case Text() | Slug() | FieldPlace():
            return "a text is wanted"
        case Flag():
            return "true or false is wanted"
        case Whole():
            return "a whole number is wanted"
        case Row():
            return "a list is wanted"
        case _:
            return "a mapping is wanted"
