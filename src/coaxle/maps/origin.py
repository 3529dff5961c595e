"""Where a map comes from, in words that a report can print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a map comes from.

    ``method`` says how the figures came to be; ``source`` names the publication, bench or file they rest on; ``limits``
    says where they are not to be trusted; ``design`` is the digest of the Design behind a computed map, else None.
    """

    method: Literal[
        "measured", "loss components", "field solution", "extended Willans line", "cell model", "pair of units"
    ]
    source: str
    limits: str = ""
    design: str | None = None
