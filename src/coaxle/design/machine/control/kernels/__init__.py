"""The arithmetic of the search for currents: arrays in, arrays filled; no error, no text.

Comes in: spline coefficients, limits, samples. Goes out: currents and a code a row.
"""
