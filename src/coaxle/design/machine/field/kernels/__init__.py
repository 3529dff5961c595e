"""The numbers of the field solution, compiled: ordering, symbolic factors, factors and Newton's method in lanes.

Comes in: arrays and named tuples of arrays in SI units. Goes out: arrays that the caller allocated, a code a point.
Never lives here: meshes, materials, errors.
"""
