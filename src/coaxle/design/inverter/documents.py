"""Files of makers and of others, taken in with care: small, without entities, every part with its line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

from coaxle.design.inverter.semiconductor import Curve
from coaxle.errors import InputError
from coaxle.units import quoted

LARGEST_FILE = 4_000_000
"""[bytes]."""
DEEPEST = 40
"""Elements within each other."""


@dataclass(slots=True)
class Element:
    """An element of an XML file, with the line it starts on; ``at`` is that as ``file:line: element``."""

    tag: str
    at: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Return the children called ``tag``."""
        return [child for child in self.children if child.tag == tag]

    def one(self, tag: str) -> Element:
        """Return the only child called ``tag``."""
        found = self.all(tag)
        if len(found) != 1:
            raise InputError(f"{self.at}: holds {len(found)} of '{tag}'; one is wanted")
        return found[0]

    def numbers(self) -> tuple[float, ...]:
        """Return the text as finite numbers, at least one."""
        values = tuple(_number(self.at, word) for word in self.text.split())
        if not values:
            raise InputError(f"{self.at}: holds nothing; numbers are wanted")
        return values

    def number(self, attribute: str) -> float:
        """Return an attribute as a finite number."""
        if attribute not in self.attributes:
            raise InputError(f"{self.at}: has no attribute '{attribute}'; a number is wanted there")
        return _number(f"{self.at}.{attribute}", self.attributes[attribute])


def _number(at: str, word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InputError(f"{at}: {quoted(word)} stands there; a finite number is wanted")
    return value


def read_xml(path: Path) -> Element:
    """Return the root element of an XML file; namespaces are left out.

    Raises
    ------
    InputError
        Where the file cannot be read, is too large or too deep, is no XML, or declares a document type or an entity.

    """
    content = _content(path)
    top: list[Element] = []
    open_ones: list[Element] = []
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        element = Element(tag, f"{path}:{parser.CurrentLineNumber}: {tag}", dict(attributes))
        if len(open_ones) >= DEEPEST:
            raise InputError(f"{element.at}: more than {DEEPEST} elements stand within each other")
        (open_ones[-1].children if open_ones else top).append(element)
        open_ones.append(element)

    def text(data: str) -> None:
        open_ones[-1].text += data

    def refuse(*_: Any) -> NoReturn:
        raise InputError(
            f"{path}:{parser.CurrentLineNumber}: declares a document type or an entity; plain XML is wanted"
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_ones.pop() and None
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InputError(f"{path}:{error.lineno}: is no XML: {expat.ErrorString(error.code)}") from None
    except (LookupError, ValueError) as error:
        raise InputError(f"{path}: is no XML that can be read: {error}") from None
    return top[0]


def read_json(path: Path) -> Any:
    """Return what a JSON file holds; numbers that are not finite are refused.

    Raises
    ------
    InputError
        Where the file cannot be read, is too large, or is no JSON.

    """
    content = _content(path)

    def refuse(word: str) -> NoReturn:
        raise InputError(f"{path}: {word} stands there; finite numbers are wanted")

    try:
        return json.loads(content, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: is no JSON: {error.msg}") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise InputError(f"{path}: is no JSON that can be read: {quoted(error)}") from None


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder; a file is wanted")
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(
                f"{path}: holds {path.stat().st_size / 1e6:.1f} MB; a device has at most {LARGEST_FILE / 1e6:.0f} MB"
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None


def curve(
    at: str, current: Sequence[float], value: Sequence[float], temperature: float, voltage: float | None
) -> Curve:
    """Return a curve from points as they were read off a figure; ``temperature`` in degC.

    Points whose current does not rise are left out, near no current the last of them is kept (where a drop begins);
    figures below 0 that close to 0 are misread count as 0.

    Raises
    ------
    InputError
        Where fewer than two points are left or one lies clearly below 0.

    """
    if len(current) != len(value):
        raise InputError(f"{at}: holds {len(current)} currents and {len(value)} values; as many of both are wanted")
    top, most = max(current, default=0.0), max(value, default=0.0)
    xs: list[float] = []
    ys: list[float] = []
    for one, other in zip(current, value, strict=True):
        if one < -1e-3 * top or other < -0.01 * most:
            raise InputError(f"{at}: {other:g} at {one:g} A; currents and values of at least 0 are wanted")
        x, y = max(one, 0.0) if one > 1e-3 * top else 0.0, max(other, 0.0)
        if xs and x <= xs[-1]:
            if x == 0.0:
                ys[-1] = y
            continue
        xs.append(x)
        ys.append(y)
    if len(xs) < 2:
        raise InputError(f"{at}: holds {len(xs)} points of rising current; two or more are wanted")
    return Curve(temperature=temperature + 273.15, voltage=voltage, current=tuple(xs), value=tuple(ys))
