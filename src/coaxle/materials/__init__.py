"""Facts of materials, each with its source: steels, magnets, conductors, oils.

Comes in: a name. Goes out: a frozen record with its figures.
Never lives here: anything that knows a shape.
"""
