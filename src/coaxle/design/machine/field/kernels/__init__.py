"""The numbers of the field solution, compiled: ordering, symbolic factors, factors and Newton's method in lanes.

Comes in: arrays and named tuples of arrays in SI units. Goes out: arrays that the caller allocated, a code a point.
Never lives here: meshes, materials, errors.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from numpy.typing import NDArray

Whole: TypeAlias = NDArray[Any]
"""An array of whole numbers, of any width."""
