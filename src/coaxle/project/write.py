"""Write a project as one YAML file that reads back as the same project."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from coaxle.numerics.files import write_whole
from coaxle.project.nodes import NOT_TEXT, stands_plain
from coaxle.project.plain import plain
from coaxle.project.project import Project
from coaxle.project.shapes import record

_WIDTH = 1_000_000
_ON_ONE_LINE = 90


def dump(project: Project) -> str:
    """Return ``project`` as the text of a project file, every quantity with its unit, exact to the last bit."""
    return dump_plain(plain(project, record(Project)))


def dump_plain(mapping: dict[str, Any]) -> str:
    """Return a mapping of plain values as YAML, its keys set apart by blank lines where they hold more than a value."""
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.allow_unicode = True
    texts: list[str] = []
    for key, value in mapping.items():
        stream = io.StringIO()
        yaml.dump(CommentedMap({key: _styled(value)}), stream)
        apart = texts and (isinstance(value, dict) or texts[-1].count("\n") > 1)
        texts.append(f"\n{stream.getvalue()}" if apart else stream.getvalue())
    return "".join(texts)


def write(project: Project, path: Path) -> Path:
    """Write ``project`` to ``path``, whole or not at all, and return the path.

    Raises
    ------
    InputError
        Where it cannot be written; the old file, if any, still stands.

    """
    return write_whole(path, dump(project).encode("utf-8"))


def _styled(value: Any) -> Any:
    """Return ``value`` with marks of how to write it: short things on one line, text that means a number in quotes."""
    if isinstance(value, dict):
        mapping = CommentedMap({_key(key): _styled(item) for key, item in value.items()})
        flat = not any(isinstance(item, dict | list) for item in value.values())
        if not value or (flat and sum(len(f"{key}: {item}, ") for key, item in value.items()) <= _ON_ONE_LINE):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        row = CommentedSeq([_styled(item) for item in value])
        row.fa.set_flow_style()
        return row
    if isinstance(value, str) and not stands_plain(value):
        return DoubleQuotedScalarString(value)
    return value


def _key(key: str | int) -> Any:
    """Return a key with marks of how to write it; a year needs no quotes, as keys are read as text."""
    if isinstance(key, int):
        return key
    if re.fullmatch("0|[1-9][0-9]{0,8}", key):
        return int(key)
    return DoubleQuotedScalarString(key) if key == "<<" or NOT_TEXT.search(key) else key
