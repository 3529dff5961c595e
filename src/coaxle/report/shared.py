"""What several figures of a page have in common, written once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from coaxle.report.svg import SHARED_FROM, SHARED_TO

_PIECE = re.compile(f"{re.escape(SHARED_FROM)}(.*?){re.escape(SHARED_TO)}", re.DOTALL)


def shared(drawings: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return a hidden drawing with the pieces that occur more than once, and the drawings that refer to them.

    A figure marks what depends on the unit or the cycle alone, see :meth:`Drawing.shared`; pieces are the same when
    they are the same text.
    """
    counts = Counter(piece for drawing in drawings for piece in _PIECE.findall(drawing))
    names = {piece: f"shared-{i}" for i, piece in enumerate(piece for piece, n in counts.items() if n > 1)}

    def lighter(match: re.Match[str]) -> str:
        piece = match.group(1)
        return f'<use href="#{names[piece]}"/>' if piece in names else piece

    kept = "".join(f'<g id="{name}">{piece}</g>' for piece, name in names.items())
    hidden = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" aria-hidden="true" style="position:absolute">'
        f"<defs>{kept}</defs></svg>"
    )
    return hidden, tuple(_PIECE.sub(lighter, drawing) for drawing in drawings)


def alone(drawing: str) -> str:
    """Return a drawing without the marks of what it shares."""
    return drawing.replace(SHARED_FROM, "").replace(SHARED_TO, "")
