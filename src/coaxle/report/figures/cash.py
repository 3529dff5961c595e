"""What a partner pays per year, alone and together, and what that leaves it."""

from __future__ import annotations

from coaxle.report.axes import Axis, ticks, widened
from coaxle.report.numerals import fixed, plain, signed
from coaxle.report.svg import Drawing, Paint, Type

WIDTH, HEIGHT = 460.0, 332.0
LEFT, RIGHT = 58.0, 450.0
UPPER, LOWER = (44.0, 156.0), (212.0, 312.0)


def cash(
    partner: str, token: str, years: tuple[int, ...], alone: tuple[float, ...], together: tuple[float, ...]
) -> str:
    """Return the payments of ``partner`` in each of ``years`` [MEUR], and the difference between alone and together."""
    saved = [a - t for a, t in zip(alone, together, strict=True)]
    told = ", ".join(f"{year}: {signed(value, 0)}" for year, value in zip(years, saved, strict=True))
    drawing = Drawing(
        WIDTH, HEIGHT, f"Payments of {partner} per year", f"Saved per year in MEUR, undiscounted: {told}."
    )
    drawing.text((4, 16), f"{partner}: payments [MEUR/a]", Type(size=12.5, bold=True))
    pitch = (RIGHT - LEFT) / max(len(years), 1)
    low, high = widened(min(0.0, *alone, *together), max(0.0, *alone, *together), 4)
    axis = Axis(low=low, high=high, start=UPPER[1], end=UPPER[0])
    _grid(drawing, axis, 4)
    for i, (year, a, t) in enumerate(zip(years, alone, together, strict=True)):
        x = LEFT + (i + 0.5) * pitch
        _pair(drawing, axis, x, pitch, (a, t), (token, year))
    _key(drawing, token)
    drawing.text((4, LOWER[0] - 12), "saved by acting together [MEUR/a]", Type(size=12.5, bold=True))
    low, high = widened(1.2 * min(0.0, *saved), 1.2 * max(0.0, *saved), 3)
    axis = Axis(low=low, high=high, start=LOWER[1], end=LOWER[0])
    _grid(drawing, axis, 3)
    for i, (year, value) in enumerate(zip(years, saved, strict=True)):
        _saving(drawing, axis, LEFT + (i + 0.5) * pitch, pitch, value, year)
    return drawing.svg()


def _grid(drawing: Drawing, axis: Axis, about: int) -> None:
    for mark in ticks(axis.low, axis.high, about):
        drawing.line((LEFT, axis(mark)), (RIGHT, axis(mark)), Paint(stroke="muted" if mark == 0 else "grid"))
        drawing.text((LEFT - 6, axis(mark) + 4), plain(mark), Type(size=11, token="muted", anchor="end"))


def _pair(
    drawing: Drawing, axis: Axis, x: float, pitch: float, values: tuple[float, float], told: tuple[str, int]
) -> None:
    token, year = told
    wide = 0.36 * pitch
    for shift, value, name, paint in (
        (-wide, values[0], "alone", Paint(fill="ground", stroke=token, width=1.2)),
        (0.0, values[1], "together", Paint(fill=token, stroke=token, width=1.2)),
    ):
        top = axis(value)
        drawing.rectangle(
            (x + shift + 1, top),
            (wide - 2, axis.start - top),
            paint,
            f"{year} {name}: {fixed(value, 1)} MEUR",
            f"{value:.9g}",
        )
    drawing.text((x, axis.start + 15), str(year), Type(size=10.5, token="muted", anchor="middle"))


def _saving(drawing: Drawing, axis: Axis, x: float, pitch: float, value: float, year: int) -> None:
    top, bottom = sorted((axis(value), axis(0.0)))
    paint = Paint(fill="less" if value >= 0 else "more")
    drawing.rectangle((x - 0.3 * pitch, top), (0.6 * pitch, bottom - top), paint, f"{year}", f"{value:.9g}")
    at = top - 4 if value >= 0 else bottom + 12
    drawing.text((x, at), signed(value, 0), Type(size=10.5, anchor="middle"))


def _key(drawing: Drawing, token: str) -> None:
    x = RIGHT - 150
    for word, paint in (("alone", Paint(fill="ground", stroke=token, width=1.2)), ("together", Paint(fill=token))):
        drawing.rectangle((x, 25), (10, 10), paint)
        drawing.text((x + 15, 34), word, Type(size=11, token="muted"))
        x += 70
