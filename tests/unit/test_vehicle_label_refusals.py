"""Labels: refusals and small figures."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.errors import UseError
from coaxle.vehicle import label


def test_phases_and_distances_go_together() -> None:
    with pytest.raises(UseError, match=r"wltp: .*one each"):
        label.wltp([1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(UseError, match="negative, or all are zero"):
        label.wltp([1.0, 2.0], [0.0, 0.0])


def test_wltp_takes_many_cars() -> None:
    np.testing.assert_allclose(label.wltp([[1.0, 3.0], [2.0, 2.0]], [[1.0, 1.0], [5.0, 1.0]]), [2.0, 2.0])


def test_range_of_a_charge() -> None:
    """60 kWh at 150 Wh/km reach 400 km; a run that gains energy has no range."""
    reach = label.electric_range(60 * 3.6e6, [150 * 3.6, -1.0])
    assert reach[0] == pytest.approx(400e3)
    assert np.isnan(reach[1])


def test_gallons() -> None:
    """8 l/100 km are 29.4 mpg."""
    assert label.mpg(8e-3 / 100e3) == pytest.approx(29.4018, abs=1e-3)
