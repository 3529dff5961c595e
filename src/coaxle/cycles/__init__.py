"""Speed over time, as the law or a user writes it.

Comes in: names of legal cycles, CSV and Excel files. Goes out: :class:`Cycle`.
Never lives here: what a car makes of it.
"""

from coaxle.cycles.cycle import Cycle
from coaxle.cycles.legal import legal, names
from coaxle.cycles.read import read_cycle

__all__ = ["Cycle", "legal", "names", "read_cycle"]
