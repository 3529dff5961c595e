"""Speed over time, as the law or a user writes it.

Comes in: names of legal cycles (``legal``), CSV and Excel files (``read``). Goes out: ``cycle.Cycle``.
Never lives here: what a car makes of it.
"""
