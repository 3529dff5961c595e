"""Change one value in the files of a project: every other sign stays as it is, comments and spacing too."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from coaxle.errors import UseError
from coaxle.numerics.files import write_whole
from coaxle.project.files import LIBRARY, assemble
from coaxle.project.nodes import NOT_TEXT, stands_plain
from coaxle.project.project import Project
from coaxle.project.read import read_texts, sections_of
from coaxle.project.shapes import record


def change(path: Path, place: str, value: str | float | bool) -> Path:
    """Put ``value`` where ``place`` (in dots) stands in the project ``path`` or a file it includes; return that file.

    A key that does not stand yet is added below the last one of its mapping. Text with a unit, such as ``'17 km'``, is
    given as text. Nothing is written unless the changed project can be read without a problem.

    Raises
    ------
    UseError
        Where no such place can be changed: nothing like it stands there, or it is shared by an alias, a list, a
        mapping, or shipped with coaxle.
    ProjectError
        Where the project has problems before the change, or would have some after it.
    InputError
        Where the file cannot be written; the old one then still stands.

    """
    read_texts(path, {})
    files = assemble(path, sections_of(record(Project))).files
    texts = {name: _content(file) for name, file in files.items()}
    spots = {name: spot for name, text in texts.items() if (spot := _find(text, place))}
    name = next((name for name, spot in spots.items() if not spot.missing), next(iter(spots), None))
    if name is None:
        raise UseError(f"{path}: {place}: nothing stands there; the place of a value is wanted")
    spot, file = spots[name], files[name]
    if file.parent == LIBRARY:
        raise UseError(f"{name}: {place}: is shipped with coaxle; write an entry of your own beside it")
    text = _put(texts[name], spot, _scalar(value), f"{name}: {place}")
    read_texts(path, {file: text.removeprefix("\ufeff")})
    now = _find(text, place)
    if now is None or now.missing or now.node.value != _said(value):
        raise UseError(f"{name}: {place}: cannot be changed without writing the file anew; change it by hand")
    return write_whole(file, text.encode("utf-8"))


def _content(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a place stands in a text: its node, or the mapping above it and the ``missing`` key."""

    node: Any
    missing: str
    shared: bool


def _find(text: str, place: str) -> _Spot | None:
    """Return where ``place`` stands in ``text``, None where not even the mapping above it does."""
    node: Any = YAML(typ="safe", pure=True).compose(text.removeprefix("\ufeff"))
    aliased = _aliased(node)
    rest, shared = place, False
    while rest:
        shared = shared or id(node) in aliased
        key, _, further = rest.partition(".")
        if isinstance(node, MappingNode):
            keys = {each.value: item for each, item in node.value}
            if rest in keys:
                key, further = rest, ""
            if key not in keys:
                return None if "." in rest or rest == place else _Spot(node, rest, shared)
            node = keys[key]
        elif isinstance(node, SequenceNode) and key.isdecimal() and 1 <= int(key) <= len(node.value):
            node = node.value[int(key) - 1]
        else:
            return None
        rest = further
    return _Spot(node, "", shared or id(node) in aliased)


def _aliased(top: Any) -> set[int]:
    """Return the ids of the nodes that stand at more than one place."""
    seen: set[int] = set()
    twice: set[int] = set()
    todo = [top]
    while todo:
        node = todo.pop()
        if id(node) in seen:
            twice.add(id(node))
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            todo += [item for _, item in node.value]
        elif isinstance(node, SequenceNode):
            todo += node.value
    return twice


def _put(text: str, spot: _Spot, value: str, where: str) -> str:
    """Return ``text`` with ``value`` at ``spot``."""
    if spot.shared:
        raise UseError(f"{where}: is shared by an alias; write it out at each place first")
    mark = len(text) - len(text.removeprefix("\ufeff"))
    if spot.missing:
        return _added(text, spot, value, mark)
    if not isinstance(spot.node, ScalarNode):
        what = "mapping" if isinstance(spot.node, MappingNode) else "list"
        raise UseError(f"{where}: is a {what}; the place of a single value within it is wanted")
    start, end = spot.node.start_mark.index + mark, spot.node.end_mark.index + mark
    old = text[start:end]
    kept = old[len(old.rstrip()) :]
    before = " " if start and text[start - 1] == ":" else ""
    return f"{text[:start]}{before}{value}{kept}{text[end:]}"


def _added(text: str, spot: _Spot, value: str, mark: int) -> str:
    """Return ``text`` with a key added after the last one of a mapping."""
    node = spot.node
    if node.flow_style:
        close = node.end_mark.index + mark - 1
        inside = text[node.start_mark.index + mark + 1 : close].rstrip()
        comma = "" if not inside or inside.endswith(",") else ","
        at = node.start_mark.index + mark + 1 + len(inside)
        space = " " if inside else ""
        return f"{text[:at]}{comma}{space}{spot.missing}: {value}{text[at:]}"
    last = node.value[-1][1]
    while isinstance(last, MappingNode | SequenceNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
    end = last.end_mark.index + mark
    end -= len(text[:end]) - len(text[:end].rstrip())
    found = re.compile(r"[^\r\n]*").match(text, end)
    assert found is not None
    line = "\r\n" if "\r\n" in text else "\n"
    indent = " " * node.start_mark.column
    return f"{text[: found.end()]}{line}{indent}{spot.missing}: {value}{text[found.end() :]}"


def _said(value: str | float | bool) -> str:
    """Return the text that a scalar of ``value`` has."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def _scalar(value: str | float | bool) -> str:
    """Return ``value`` as YAML; text in quotes where it would mean something else."""
    if not isinstance(value, str):
        return _said(value)
    if stands_plain(value):
        return value
    text = json.dumps(value, ensure_ascii=False)
    return NOT_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
