"""Figures as people read them: digits that matter, thin spaces between thousands, a true minus sign."""

from __future__ import annotations

from math import isfinite, log10

THIN = "\u202f"
MINUS = "\u2212"
NONE = "\u2013"


def plain(value: float) -> str:
    """Return a round number, such as a tick, without idle zeros."""
    text = f"{abs(value):.12g}"
    if "e" in text:
        text = f"{abs(value):f}".rstrip("0").rstrip(".")
    whole, dot, rest = text.partition(".")
    return (MINUS if value < 0 else "") + _thousands(whole) + dot + rest


def fixed(value: float, digits: int) -> str:
    """Return ``value`` with ``digits`` behind the point; a dash where it is not finite."""
    if not isfinite(value):
        return NONE
    text = f"{abs(value):.{digits}f}"
    sign = MINUS if value < 0 and float(text) != 0 else ""
    whole, dot, rest = text.partition(".")
    return sign + _thousands(whole) + dot + rest


def significant(value: float, digits: int = 3) -> str:
    """Return ``value`` to so many significant digits, whole numbers in full."""
    if not isfinite(value):
        return NONE
    if value == 0:
        return "0"
    behind = digits - 1 - int(log10(abs(value)) // 1)
    return fixed(value, max(0, behind))


def signed(value: float, digits: int) -> str:
    """Return ``value`` with its sign, plus signs too; what rounds to nothing is 0."""
    text = fixed(value, digits)
    if text == NONE or text.startswith(MINUS):
        return text
    return "0" if float(f"{value:.{digits}f}") == 0 else "+" + text


def percent(share: float, digits: int = 0) -> str:
    """Return a ratio in per cent."""
    return NONE if not isfinite(share) else f"{fixed(100 * share, digits)}{THIN}%"


def count(value: float) -> str:
    """Return a count."""
    return fixed(value, 0)


def mega(value: float, digits: int | None = None) -> str:
    """Return money in millions, with so many digits as its size asks for."""
    value = value / 1e6
    if abs(value) < 1e-6:
        return "0"
    if digits is None:
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return fixed(value, digits)


def _thousands(whole: str) -> str:
    if len(whole) <= 3:
        return whole
    head = len(whole) % 3
    groups = ([whole[:head]] if head else []) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
    return THIN.join(groups)
