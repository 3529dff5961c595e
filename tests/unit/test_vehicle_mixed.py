"""Electric and combustion cars in one call."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

import combustion_cases
import electric_cases
from coaxle.cycles.legal import legal
from coaxle.numerics.rows import Here
from coaxle.vehicle.backward import drive, trace
from coaxle.vehicle.runs import Runs


def test_rows_stay_in_the_order_given() -> None:
    """Each row is what it is alone, bit for bit, whatever stands beside it."""
    rows = [
        electric_cases.car("a"),
        combustion_cases.car("b"),
        combustion_cases.car("c", mass=1500.0),
        electric_cases.car("d", mass=2500.0),
        combustion_cases.car("e", mass=2100.0),
    ]
    cycle = legal("NEDC")
    together = drive(rows, cycle, where=Here())
    assert together.names == ("a", "b", "c", "d", "e")
    assert together.phases == cycle.phases
    for i, row in enumerate(rows):
        alone = drive([row], cycle, where=Here())
        for field in fields(Runs):
            if field.name not in ("names", "cycle", "phases"):
                one, many = getattr(alone, field.name)[0], getattr(together, field.name)[i]
                np.testing.assert_array_equal(one, many, err_msg=field.name)
    assert (together.wall[[0, 3]] > 0).any(axis=1).all()
    assert (together.fuel[[1, 2, 4]] > 0).all()
    assert (together.fuel[[0, 3]] == 0).all()
    assert (together.wall[[1, 2, 4]] == 0).all()


def test_a_trace_of_either_kind() -> None:
    """One verb for both: gears and no charge here, charge and no gears there."""
    electric = trace(electric_cases.car(), legal("NEDC"))
    combustion = trace(combustion_cases.car(), legal("NEDC"))
    assert not electric.gear.any()
    assert np.isnan(electric.warmth).all()
    assert combustion.gear.any()
    assert np.isnan(combustion.soc).all()
