"""Numbers and bytes without meaning: even grids, digests, rows cut over threads, files written whole.

Comes in: plain arrays. Goes out: plain arrays. Never lives here: anything that knows a unit, a map or a car.
"""
