"""Machines of any size: what passes the checks is drawn and meshed, each region with triangles of its own."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coaxle.design.machine.kinds import check, draw
from coaxle.design.machine.mesh import DRAFT, MeshSettings, mesh
from machine_cases import CASES

SHARES = {"stacking", "span"}


def scaled(record, draw_factor):
    """Return ``record`` with every length and angle drawn anew around its own."""
    if isinstance(record, tuple):
        return tuple(scaled(each, draw_factor) for each in record)
    if not is_dataclass(record):
        return record * draw_factor() if isinstance(record, float) and record else record
    return replace(
        record,
        **{
            field.name: scaled(getattr(record, field.name), draw_factor)
            for field in fields(record)
            if field.name not in SHARES | {"assumed", "source", "kind", "skew", "stack", "max_speed"}
        },
    )


@pytest.mark.parametrize("name", list(CASES))
@given(data=st.data(), fine=st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_what_passes_the_checks_is_meshed(name, data, fine):
    spread = data.draw(st.sampled_from([0.01, 0.03, 0.08]))
    factor = st.floats(1 - spread, 1 + spread)
    machine = scaled(CASES[name], lambda: data.draw(factor))
    assume(not list(check(machine)))
    section = draw(machine)
    made = mesh(section, MeshSettings() if fine else DRAFT)
    a, b, c = (made.nodes[:, 0] + 1j * made.nodes[:, 1])[made.triangles].T
    size = 0.5 * (np.conj(b - a) * (c - a)).imag
    assert size.min() > 0
    gap = section.bore - section.rotor_outer
    band = (section.bore - gap / 3) ** 2 - (section.rotor_outer + gap / 3) ** 2
    exact = section.angle / 2 * (section.outer**2 - section.inner**2 - band)
    assert size.sum() == pytest.approx(exact, rel=2e-3)  # chords of at most 6 degrees
    assert set(range(len(section.regions))) <= set(made.region.tolist())
    assert len(made.low) == len(made.high)
