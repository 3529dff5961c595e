"""The text of one file as nodes that know where they stand; the events come from ruamel.yaml, the rules from here.

A file is YAML 1.2 of one document without tags, directives and merge keys. Scalars keep their text, so that a message
quotes what the user wrote; what a plain scalar means is told by :func:`meaning` (the core schema: only ``true`` and
``false`` are booleans).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from coaxle.errors import Problem

MAX_DEPTH = 32
"""Levels of nesting that a file may have; a project needs 7."""
MAX_VALUES = 200_000
"""Values that a project may hold over all its files, an alias counted as often as it is used."""

_LONG = 500_000

Mark: TypeAlias = tuple[str, int]
"""File and line, from 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A text; ``plain`` where it stood without quotes, so that it may mean a number or a boolean."""

    text: str
    plain: bool
    mark: Mark


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A list, marked where its key stands."""

    items: list[Node]
    mark: Mark


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Keys and values, marked where its own key stands; ``gone`` says where a scenario took a key away."""

    items: dict[str, Node]
    marks: dict[str, Mark]
    mark: Mark
    gone: dict[str, Mark] = field(default_factory=dict)


Node: TypeAlias = Scalar | Sequence | Mapping

NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Signs that no file may hold as they are; in double quotes they may be written as ``\\x00``."""
_SAFE = re.compile(r"(?!-[- ]|\.\.\.)[A-Za-z0-9+.(/\u00a1-\ud7ff-](?:[^\s:#{}\[\],?]|:(?=\S)|(?<=\S)#| (?=[^\s#]))*")
_ANCHOR = re.compile(r"[A-Za-z0-9_-]+")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_INTEGER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NULLS = ("", "~", "null", "Null", "NULL")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(_NULLS),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def meaning(scalar: Scalar) -> bool | int | float | str | None:
    """Return what ``scalar`` means by the core schema of YAML 1.2."""
    text = scalar.text
    if not scalar.plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 300 else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER_INTEGER.fullmatch(text):
        return int(text, 0)
    return float(text.lower().replace(".", "")) if _NOT_FINITE.fullmatch(text) else text


def stands_plain(text: str) -> bool:
    """Tell whether ``text`` means itself without quotes, wherever it stands; some that would do are not among it."""
    if not _SAFE.fullmatch(text) or NOT_TEXT.search(text):
        return False
    return isinstance(meaning(Scalar(text, True, ("", 0))), str)


def is_null(node: Node) -> bool:
    """Tell whether nothing stands there: ``null``, ``~`` or no text at all."""
    return isinstance(node, Scalar) and node.plain and node.text in _NULLS


class Stop(Exception):  # noqa: N818  (no error: the problem is already noted)
    """The rest of a file cannot be understood."""


@dataclass(slots=True)
class Budget:
    """How many values may still be read."""

    left: int = MAX_VALUES

    def take(self, count: int) -> bool:
        """Take ``count`` values; tell whether there were as many."""
        self.left -= count
        return self.left >= 0


@dataclass(slots=True, eq=False)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Sequence | Mapping
    place: str
    anchor: str | None
    left: int
    key: str | None = None
    key_line: int = 0
    doubled: bool = False


def compose(text: str, file: str, budget: Budget) -> tuple[Node | None, list[Problem]]:
    """Return the top node of ``text`` and the problems of its form.

    The node is None where the text is empty or cannot be understood to its end. The compiled parser reads where it is
    installed; where it meets a problem, the pure one reads anew (unless it would take seconds), so that neither what
    is read nor how a problem is worded depends on what is installed.
    """
    left = budget.left
    parse = compiled_events()
    if parse is not None:
        composer = _Composer(file, budget)
        top, problems = composer.ended(composer.compose(parse(text)))
        if not problems or len(text) > _LONG:
            return top, problems
    budget.left = left
    composer = _Composer(file, budget)
    return composer.ended(composer.compose(pure_events(text)))


def pure_events(text: str) -> Iterator[Any]:
    """Yield the events of ``text``, from the parser that is always there."""
    yield from YAML(typ="safe", pure=True).parse(text)


def compiled_events() -> Callable[[str], Iterator[Any]] | None:
    """Return what yields the events of a text ten times as fast, None where it is not installed."""
    try:
        from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        return None

    def events(text: str) -> Iterator[Any]:
        parser = CParser(text)
        while parser.check_event():
            yield parser.get_event()

    return events


class _Composer:
    """Makes nodes of events, without recursion: depth costs no stack."""

    def __init__(self, file: str, budget: Budget) -> None:
        self.file = file
        self.budget = budget
        self.problems: list[Problem] = []
        self.top: Node | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._documents = 0

    def compose(self, events: Iterator[Any]) -> YAMLError | None:
        """Take in all ``events``; return what the parser complains about, if anything."""
        try:
            for event in events:
                self._take(event)
        except Stop:
            self.top = None
        except YAMLError as error:
            return error
        return None

    def ended(self, error: YAMLError | None) -> tuple[Node | None, list[Problem]]:
        """Return the top node and all problems, that of the parser among them."""
        if error is None:
            return self.top, self.problems
        line, message = _said(error) if isinstance(error, MarkedYAMLError) else (0, _odd(error))
        self.problems.append(Problem(self.file, line, "", message))
        return None, self.problems

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is ScalarEvent:
            line = event.start_mark.line + 1
            self._refuse_odd(event, line)
            plain = not event.style
            holder = self._open[-1] if self._open else None
            if holder is not None and type(holder.node) is Mapping and holder.key is None:
                self._take_key(holder, event.value, plain, line, event.anchor)
                return
            if holder is not None and holder.key is not None and plain and not event.value:
                line = holder.key_line  # nothing stands there: the parsers put it where the next thing stands
            self._count(line, 1)
            scalar = Scalar(event.value, plain, (self.file, line))
            if event.anchor:
                self._anchors[event.anchor] = (scalar, 1)
            self._add(scalar)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self._begin(event, kind is MappingStartEvent)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            ended = self._open.pop()
            if ended.anchor:
                self._anchors[ended.anchor] = (ended.node, ended.left - self.budget.left)
            self._add(ended.node)
        elif kind is AliasEvent:
            self._alias(event)
        elif kind is DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._stop(event.start_mark.line + 1, "a second document begins; a file holds one")
            if event.version or event.tags:
                self._stop(1, "a directive such as '%YAML' stands first; a project file has none")

    def _take_key(self, holder: _Open, text: str, plain: bool, line: int, anchor: str | None) -> None:
        mapping = holder.node
        assert isinstance(mapping, Mapping)
        if plain and not text:
            self._stop(line, "a key is missing here")
        if plain and text == "<<":
            self._stop(line, "'<<' merges mappings, which YAML 1.2 does not know; write the keys out")
        if anchor:
            self._anchors[anchor] = (Scalar(text, plain, (self.file, line)), 1)
        holder.key, holder.key_line = text, line
        holder.doubled = text in mapping.items
        if holder.doubled:
            place = f"{holder.place}.{text}" if holder.place else text
            self.problems.append(
                Problem(self.file, line, place, f"stands twice, first in line {mapping.marks[text][1]}")
            )

    def _begin(self, event: Any, is_mapping: bool) -> None:
        line = event.start_mark.line + 1
        self._refuse_odd(event, line)
        self._count(line, 1)
        if len(self._open) >= MAX_DEPTH:
            self.problems.append(Problem(self.file, line, "", f"is nested deeper than {MAX_DEPTH} levels"))
            raise Stop
        place = ""
        if self._open:
            holder = self._open[-1]
            if isinstance(holder.node, Mapping):
                if holder.key is None:
                    self._stop(line, "a list or a mapping stands where a key is wanted; a key is a word")
                place, line = _below(holder.place, holder.key or ""), holder.key_line
            else:
                place = _below(holder.place, str(len(holder.node.items) + 1))
        mark = (self.file, line)
        node = Mapping({}, {}, mark) if is_mapping else Sequence([], mark)
        self._open.append(_Open(node, place, event.anchor, self.budget.left + 1))

    def _alias(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor not in self._anchors:
            inside = any(holder.anchor == event.anchor for holder in self._open)
            why = "stands inside the value that it names" if inside else "names no anchor before it"
            self._stop(line, f"'*{event.anchor}' {why}")
        node, count = self._anchors[event.anchor]
        holder = self._open[-1] if self._open else None
        if holder is not None and isinstance(holder.node, Mapping) and holder.key is None:
            if not isinstance(node, Scalar):
                self._stop(line, "a list or a mapping stands where a key is wanted; a key is a word")
            else:
                self._take_key(holder, node.text, node.plain, line, None)
            return
        self._count(line, count)
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.top = node
            return
        holder = self._open[-1]
        if isinstance(holder.node, Sequence):
            holder.node.items.append(node)
            return
        if not holder.doubled:
            key = holder.key or ""
            holder.node.items[key] = node
            holder.node.marks[key] = (self.file, holder.key_line)
        holder.key = None

    def _count(self, line: int, count: int) -> None:
        if not self.budget.take(count):
            self._stop(
                line, f"the project holds more than {MAX_VALUES} values, aliases counted as often as they are used"
            )

    def _refuse_odd(self, event: Any, line: int) -> None:
        if event.anchor and not _ANCHOR.fullmatch(event.anchor):
            self._stop(line, f"'&{event.anchor}' is no anchor; its name has letters, digits, '-' and '_'")
        if event.tag is not None and event.tag != "!":
            self._stop(line, f"a tag stands here ({event.tag}); a project file has none")

    def _stop(self, line: int, message: str) -> None:
        place = self._open[-1].place if self._open else ""
        self.problems.append(Problem(self.file, line, place, message))
        raise Stop


def _below(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _odd(error: YAMLError) -> str:
    return f"cannot be read as YAML: {' '.join(str(error).split())}"


def _said(error: MarkedYAMLError) -> tuple[int, str]:
    """Return line and message of what the parser complains about."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    problem, context = error.problem or "", error.context or ""
    opened = error.context_mark.line + 1 if error.context_mark else line
    if "'\\t'" in problem:
        return line, "a tab stands here; YAML is indented with spaces"
    if "mapping values are not allowed" in problem:
        return line, "a ':' stands where none may; quote the text, or mend the indentation"
    if "quoted scalar" in context and "end of stream" in problem:
        return opened, "a quote opens here and never closes"
    if "flow mapping" in context or "flow sequence" in context:
        bracket = "{" if "mapping" in context else "["
        return line, f"the '{bracket}' of line {opened} is not closed, or a comma is missing"
    if "simple key" in context:
        return opened, "a ':' is missing after this key"
    told = f"{problem} ({context}, from line {opened})" if context else problem
    return line, f"cannot be read as YAML: {told}"


def locate(node: Node, place: str) -> Mark:
    """Return where ``place`` (in dots) below ``node`` stands, or the nearest thing above it."""
    mark, rest = node.mark, place
    while rest and isinstance(node, Mapping | Sequence):
        key, _, further = rest.partition(".")
        if isinstance(node, Sequence):
            node = node.items[int(key) - 1]
            mark, rest = node.mark, further
            continue
        if rest in node.items:
            key, further = rest, ""
        if key not in node.items:
            return node.gone.get(key, mark)
        mark, node, rest = node.marks[key], node.items[key], further
        if isinstance(node, Scalar):
            return node.mark
    return mark
