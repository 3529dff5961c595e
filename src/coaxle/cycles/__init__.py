"""Speed over time, as the law or a user writes it.

Comes in: names of legal cycles, CSV and Excel files. Goes out: :class:`Cycle`.
Never lives here: what a car makes of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.cycles.phases import names

if TYPE_CHECKING:
    from coaxle.cycles.cycle import Cycle
    from coaxle.cycles.legal import legal
    from coaxle.cycles.read import read_cycle

_LATE = {
    "Cycle": "coaxle.cycles.cycle",
    "legal": "coaxle.cycles.legal",
    "read_cycle": "coaxle.cycles.read",
}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = ["Cycle", "legal", "names", "read_cycle"]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
