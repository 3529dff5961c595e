"""A model as text in the LP format, to read with one's eyes or with another solver."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from coaxle.alliance.model import Key, Model

_OTHER = re.compile(r"[^A-Za-z0-9_.]")


def lp_text(model: Model) -> str:
    """Return ``model`` in the LP format: objective, rows, bounds, whole numbers; MEUR, thousand units, g/km.

    Names carry their kind and what they belong to, ``take(i4,bev)``; what the format keeps for itself becomes an
    underscore. Numbers have twelve digits, so the text is to be read and compared, not to be audited to the euro.
    """
    names = [_name(key) for key in model.columns]
    objective = _sum((names[j], cost) for j, cost in enumerate(model.cost) if cost)
    constant = f"\n   {'-' if model.offset < 0 else '+'} {abs(model.offset):.12g}" if model.offset else ""
    rows = [
        f" {_name(key)}:{_sum((names[j], value) for j, value in _entries(model, i))}\n   {_sense(model, i)}"
        for i, key in enumerate(model.rows)
    ]
    bounds = [f" {lower:g} <= {name}" for name, lower in zip(names, model.lower, strict=True) if lower]
    whole = [f" {names[j]}" for j in np.flatnonzero(model.integer)]
    parts = ["Minimize", f" cost:{objective or ' 0'}{constant}", "Subject To", *rows]
    parts += (["Bounds", *bounds] if bounds else []) + (["Binary", *whole] if whole else [])
    return "\n".join([*parts, "End", ""])


def _name(key: Key) -> str:
    kind, *rest = (_OTHER.sub("_", str(part)) for part in key)
    return f"{kind}({','.join(rest)})"


def _entries(model: Model, row: int) -> Iterator[tuple[int, float]]:
    for k in range(model.start[row], model.start[row + 1]):
        yield int(model.index[k]), float(model.value[k])


def _sum(terms: Iterator[tuple[str, float]]) -> str:
    # One term a line: readers of the format may refuse long lines.
    return "".join(f"\n   {'-' if value < 0 else '+'} {abs(value):.12g} {name}" for name, value in terms)


def _sense(model: Model, row: int) -> str:
    lower, upper = float(model.row_lower[row]), float(model.row_upper[row])
    if lower == upper:
        return f"= {upper:.12g}"
    return f"<= {upper:.12g}" if np.isinf(lower) else f">= {lower:.12g}"
