"""Elements of a drawing: shapes, lines, text, with coordinates to a tenth of a pixel.

Colours are tokens of :mod:`coaxle.report.palette`: an element carries the light value as attribute, so that the drawing
stands alone, and a class by which a page recolours it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from math import isfinite

import numpy as np

from coaxle.numerics.arrays import Array
from coaxle.report.palette import light

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
SHARED_FROM, SHARED_TO = "<!--shared-->", "<!--/shared-->"
"""Marks around what several figures have in common."""
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def number(value: float) -> str:
    """Return a coordinate to a tenth, as short as it can be written."""
    if not isfinite(value):
        raise ValueError(f"a coordinate is {value}")
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def escaped(text: str) -> str:
    """Return ``text`` fit for an element or an attribute."""
    return escape(text.translate(_UNPRINTABLE), quote=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """How a shape is painted: tokens for fill and stroke, None for neither."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: str = ""
    opacity: float = 1.0

    def attributes(self) -> str:
        """Return the attributes of an element, the class among them."""
        classes = [f"{mark}-{token}" for mark, token in (("f", self.fill), ("s", self.stroke)) if token]
        parts = [f' class="{" ".join(classes)}"'] if classes else []
        parts.append(f' fill="{light(self.fill)}"' if self.fill else ' fill="none"')
        if self.stroke:
            parts.append(f' stroke="{light(self.stroke)}"')
            if self.width != 1.0:
                parts.append(f' stroke-width="{self.width:g}"')
            if self.dash:
                parts.append(f' stroke-dasharray="{self.dash}"')
        if self.opacity != 1.0:
            parts.append(f' opacity="{self.opacity:g}"')
        return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How a text is set: ``anchor`` start, middle or end; ``halo`` keeps it readable upon lines."""

    size: float = 12.0
    token: str = "ink"
    anchor: str = "start"
    bold: bool = False
    halo: bool = False
    turn: float = 0.0


class Drawing:
    """An SVG that grows by elements and is written once."""

    def __init__(self, width: float, height: float, title: str, description: str) -> None:
        self.width, self.height = width, height
        self._title, self._description = title, description
        self._parts: list[str] = []

    def line(self, start: tuple[float, float], end: tuple[float, float], paint: Paint) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        self._parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"{paint.attributes()}/>'
        )

    def rectangle(
        self, corner: tuple[float, float], size: tuple[float, float], paint: Paint, title: str = "", data: str = ""
    ) -> None:
        """Draw a rectangle from its upper left ``corner``; ``title`` shows when pointed at, ``data`` is its value."""
        self._add(
            f'<rect x="{number(corner[0])}" y="{number(corner[1])}" width="{number(max(size[0], 0.0))}" '
            f'height="{number(max(size[1], 0.0))}"{_data(data)}{paint.attributes()}',
            "rect",
            title,
        )

    def circle(self, centre: tuple[float, float], radius: float, paint: Paint, title: str = "") -> None:
        """Draw a circle."""
        self._add(
            f'<circle cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius)}"{paint.attributes()}',
            "circle",
            title,
        )

    def discs(self, centres: Sequence[tuple[float, float]], radii: Sequence[float], paint: Paint) -> None:
        """Draw many circles of one paint."""
        with self.group(paint):
            self._parts.extend(
                f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'
                for (x, y), radius in zip(centres, radii, strict=True)
            )

    def dots(self, centres: Sequence[tuple[float, float]], radius: float, token: str) -> None:
        """Draw many small filled circles of one size, as the round ends of a line of no length."""
        if not centres:
            return
        tenths = np.rint(np.asarray(centres) * 10).astype(np.int64)
        steps = np.diff(tenths, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        marks = "".join(f"m{_pair(int(dx), int(dy)).lstrip()}h0" for dx, dy in steps)
        self._parts.append(
            f'<path d="{marks}" class="s-{token}" fill="none" stroke="{light(token)}" '
            f'stroke-width="{2 * radius:g}" stroke-linecap="round"/>'
        )

    def path(self, way: str, paint: Paint, title: str = "", data: str = "") -> None:
        """Draw a path."""
        self._add(f'<path d="{way}"{_data(data)}{paint.attributes()}', "path", title)

    def polyline(self, points: Array, paint: Paint) -> None:
        """Draw an open line through ``points`` (n, 2)."""
        self.path(way(points, closed=False), paint)

    def text(self, at: tuple[float, float], words: str, kind: Type) -> None:
        """Set one line of text."""
        halo = (
            f' stroke="{light("ground")}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
            if kind.halo
            else ""
        )
        classes = f"f-{kind.token}" + (" s-ground" if kind.halo else "")
        anchor = "" if kind.anchor == "start" else f' text-anchor="{kind.anchor}"'
        turn = f' transform="rotate({kind.turn:g} {number(at[0])} {number(at[1])})"' if kind.turn else ""
        size = "" if kind.size == 12.0 else f' font-size="{kind.size:g}"'
        weight = ' font-weight="600"' if kind.bold else ""
        self._parts.append(
            f'<text x="{number(at[0])}" y="{number(at[1])}" class="{classes}" fill="{light(kind.token)}"'
            f"{halo}{anchor}{turn}{size}{weight}>{escaped(words)}</text>"
        )

    @contextmanager
    def group(self, paint: Paint) -> Iterator[None]:
        """Give all elements within one paint."""
        self._parts.append(f"<g{paint.attributes()}>")
        yield
        self._parts.append("</g>")

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Mark elements that other figures are likely to repeat to the letter: a page writes them once."""
        self._parts.append(SHARED_FROM)
        yield
        self._parts.append(SHARED_TO)

    def svg(self) -> str:
        """Return the drawing as one self-contained ``svg`` element."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(self.width)} {number(self.height)}" '
            f'role="img" font-family="{FONTS}" font-size="12" style="max-width:{number(self.width * 1.5)}px">'
            f"<title>{escaped(self._title)}</title><desc>{escaped(self._description)}</desc>"
            f"{''.join(self._parts)}</svg>"
        )

    def _add(self, opening: str, name: str, title: str) -> None:
        if title:
            self._parts.append(f"{opening}><title>{escaped(title)}</title></{name}>")
        else:
            self._parts.append(f"{opening}/>")


def _data(value: str) -> str:
    return f' data-value="{escaped(value)}"' if value else ""


def way(points: Array, closed: bool) -> str:
    """Return a path through ``points`` (n, 2), in relative steps of a tenth of a pixel."""
    tenths = np.rint(np.asarray(points) * 10).astype(np.int64)
    steps = np.diff(tenths, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    x, y = tenths[0]
    text = f"M{_tenths(int(x))} {_tenths(int(y))}"
    if steps.size:
        text += "l" + "".join(_pair(int(dx), int(dy)) for dx, dy in steps).lstrip()
    return text + ("z" if closed else "")


def _tenths(value: int) -> str:
    sign, (whole, rest) = "-" if value < 0 else "", divmod(abs(value), 10)
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"


def _pair(dx: int, dy: int) -> str:
    first, second = _tenths(dx), _tenths(dy)
    return (first if first[0] == "-" else " " + first) + (second if second[0] == "-" else " " + second)


def joined(rings: Iterable[Array]) -> str:
    """Return the closed rings, each (n, 2), as one path."""
    return "".join(way(ring, closed=True) for ring in rings)


def band(start: tuple[float, float], end: tuple[float, float], height: float) -> str:
    """Return a band of one height from the left edge ``start`` to the right edge ``end`` (their upper ends)."""
    (x1, y1), (x2, y2) = start, end
    bend = (x1 + x2) / 2
    return (
        f"M{number(x1)} {number(y1)}C{number(bend)} {number(y1)} {number(bend)} {number(y2)} {number(x2)} {number(y2)}"
        f"v{number(height)}C{number(bend)} {number(y2 + height)} {number(bend)} {number(y1 + height)} "
        f"{number(x1)} {number(y1 + height)}z"
    )
