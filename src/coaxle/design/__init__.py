"""What somebody decided, made into maps.

Comes in: Designs (frozen dataclasses of scalars and words). Goes out: Maps with their Origin.
Never lives here: anything that drives a map; ``vehicle`` and ``design`` do not know each other.
"""
