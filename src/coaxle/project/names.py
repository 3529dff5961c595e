"""Names of entries: how they are spelt, and which known one is meant by an unknown one."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""How an entry may be called: lower-case letters and digits, words joined by '-'."""
_LISTED = 8
_LONGEST = 100


@dataclass(slots=True)
class Speller:
    """Offers known names for unknown ones, until ``left`` comparisons are used up: after that it costs no more time.

    So a file with thousands of unknown names is told about in seconds, the first of them with an offer.
    """

    left: int = 50_000

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """Return the name of ``known`` that is spelt most like ``name``, None where none is near."""
        self.left -= len(known)
        if self.left < 0 or len(name) > _LONGEST:
            return None
        from difflib import get_close_matches

        folded = {each.lower().replace("_", "-"): each for each in known if len(each) <= _LONGEST}
        close = get_close_matches(name.lower().replace("_", "-").replace(" ", "-"), folded, 1)
        return folded[close[0]] if close else None

    def did_you_mean(self, name: str, known: Collection[str], what: str = "known") -> str:
        """Return a clause that offers the known name nearest to ``name``, or lists the known ones."""
        meant = self.nearest(name, known)
        if meant:
            return f"; did you mean '{meant}'?"
        if not known:
            return "; there is none"
        if self.left < 0:
            return ""
        listed = [f"'{each}'" if len(each) <= _LONGEST else f"'{each[:_LONGEST]}...'" for each in list(known)[:_LISTED]]
        more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
        return f"; {what}: {', '.join(listed)}{more}"


def did_you_mean(name: str, known: Collection[str], what: str = "known") -> str:
    """Return the clause of :meth:`Speller.did_you_mean` for one name alone."""
    return Speller().did_you_mean(name, known, what)


def slug(name: str) -> str | None:
    """Return ``name`` spelt as an entry may be called, None where nothing is left of it."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower())) or None
