"""Stator windings: hairpins and round wire, who lies in which slot, and what ends and resistance follow.

Comes in: a winding's Design, slots, poles. Goes out: :class:`Layout`, winding factors, turn lengths, resistance.
Never lives here: arrays, fields, losses.
"""

from __future__ import annotations

from coaxle.design.machine.winding.coils import Hairpin, RoundWire, Winding
from coaxle.design.machine.winding.layout import Layout, Side, check_layout, lay

__all__ = ["Hairpin", "Layout", "RoundWire", "Side", "Winding", "check_layout", "lay"]
