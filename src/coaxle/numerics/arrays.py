"""Arrays that cannot be written to."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int32]


def frozen(values: ArrayLike, dtype: Any = np.float64) -> NDArray[Any]:
    """Return ``values`` as a C-contiguous array of ``dtype`` that is read-only and shares nothing."""
    array = np.array(values, dtype=dtype, order="C", copy=True)
    array.setflags(write=False)
    return array
