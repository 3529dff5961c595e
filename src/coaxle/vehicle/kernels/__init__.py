"""The loops over rows and seconds, compiled: numbers only.

Comes in: arrays, or named tuples of arrays, in SI units. Goes out: arrays that the caller allocated, a code a row.
Never lives here: maps, bodies, units of measure, errors. A kernel neither raises nor prints nor allocates in its loop.
"""
