"""Speed over time, as the law or a user writes it.

Comes in: names of legal cycles, CSV files. Goes out: :class:`Cycle`. Never lives here: what a car makes of it.
"""
