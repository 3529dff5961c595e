"""Who makes units for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from coaxle.report.numerals import count
from coaxle.report.svg import Drawing, Paint, Type, band

BETWEEN, NODE, TOP = 215.0, 11.0, 46.0
FULL = 260.0
LETTER = 6.7
"""Room for a letter of a label [px]."""
GAP, PITCH = 8.0, 17.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Units that go to a brand: ``maker`` and ``user`` are the tokens of the partners that own unit and brand."""

    unit: str
    maker: str
    brand: str
    user: str
    units: float


def sharing(title: str, streams: Sequence[Stream]) -> str:
    """Return units at the left and brands at the right, joined by bands as wide as the number of units.

    What stays with its partner is drawn pale, what goes from one to the other full.
    """
    total = sum(stream.units for stream in streams) or 1.0
    scale = FULL / total
    left = 14 + NODE + LETTER * max((len(_label(s.unit, total)) for s in streams), default=8)
    right = left + BETWEEN
    width = right + NODE + 10 + LETTER * max((len(_label(s.brand, total)) for s in streams), default=8)
    lefts = _placed([(s.unit, s.maker, s.units) for s in streams], scale)
    rights = _placed([(s.brand, s.user, s.units) for s in streams], scale)
    height = max(max(y + h for y, h, _, _ in side.values()) for side in (lefts, rights)) + 20
    shift = {id(side): (height - 20 - max(y + h for y, h, _, _ in side.values())) / 2 for side in (lefts, rights)}
    crossing = sum(stream.units for stream in streams if stream.maker != stream.user)
    drawing = Drawing(
        width, height, title, f"{count(total)} units, {count(crossing)} of them made by one partner for the other."
    )
    drawing.text((4, 16), title, Type(size=12.5, bold=True))
    used: dict[tuple[str, str], float] = defaultdict(float)
    for crosses in (False, True):
        for s in streams:
            if (s.maker != s.user) != crosses:
                continue
            y1 = lefts[s.unit][0] + shift[id(lefts)] + used["left", s.unit] * scale
            y2 = rights[s.brand][0] + shift[id(rights)] + used["right", s.brand] * scale
            used["left", s.unit] += s.units
            used["right", s.brand] += s.units
            paint = Paint(fill=s.maker, opacity=0.8 if crosses else 0.22)
            said = f"{s.unit} for {s.brand}: {count(s.units)} units"
            drawing.path(band((left, y1), (right, y2), s.units * scale), paint, said, f"{s.units:.9g}")
    for side, x, anchor, at in (
        (lefts, left - NODE, "end", left - NODE - 6),
        (rights, right, "start", right + NODE + 6),
    ):
        for name, (y, h, token, units) in side.items():
            top = y + shift[id(side)]
            drawing.rectangle((x, top), (NODE, max(h, 1.0)), Paint(fill=token), name, f"{units:.9g}")
            drawing.text((at, top + h / 2 + 4), _label(name, units), Type(size=11.5, anchor=anchor))
    return drawing.svg()


def _placed(ends: list[tuple[str, str, float]], scale: float) -> dict[str, tuple[float, float, str, float]]:
    """Return upper edge, height, token and units of each end, in the order of their partners."""
    units: dict[str, float] = defaultdict(float)
    tokens: dict[str, str] = {}
    for name, token, amount in ends:
        units[name] += amount
        tokens[name] = token
    placed, y, before = {}, TOP, ""
    for name in sorted(units, key=lambda key: (tokens[key], -units[key])):
        if before and tokens[name] != before:
            y += 2 * GAP
        before = tokens[name]
        height = units[name] * scale
        y += max(0.0, (PITCH - GAP - height) / 2)
        placed[name] = (y, height, tokens[name], units[name])
        y += height + GAP + max(0.0, (PITCH - GAP - height) / 2)
    return placed


def _label(name: str, units: float) -> str:
    return f"{name}  {count(units / 1e3)}k" if units >= 1e4 else f"{name}  {count(units)}"
