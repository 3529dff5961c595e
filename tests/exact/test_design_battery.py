"""The map of a pack holds what was published of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coaxle.design.battery import Battery, map_battery
from coaxle.design.battery.cell import RESISTANCE_TIME
from coaxle.errors import InputError

PACK = Battery(
    owner="one", chemistry="nmc", energy=83.9 * 3.6e6, usable=0.96, voltage=398.0, resistance_time=150.0,
    max_discharge=300e3, max_charge=205e3, mass=550.0, source="test",
)  # fmt: skip


def test_energy_voltage_and_resistance_are_those_published() -> None:
    m = map_battery("p", PACK)
    assert np.trapezoid(m.voltage, m.soc) * m.charge == pytest.approx(PACK.energy, rel=1e-12)
    assert np.trapezoid(m.voltage, m.soc) == pytest.approx(PACK.voltage, rel=1e-12)
    assert np.trapezoid(m.resistance, m.soc) == pytest.approx(150.0 * 398.0**2 / PACK.energy, rel=1e-12)
    assert m.soc_max - m.soc_min == pytest.approx(PACK.usable, rel=1e-12)
    assert m.energy_usable == pytest.approx(PACK.energy * PACK.usable, rel=0.01)  # the ends left out are not the mean


def test_the_cell_figure_follows_from_the_cell() -> None:
    """2.0 mOhm, 78 Ah and 3.69 V of the ID.3's cell: R E / U^2."""
    assert pytest.approx(2.0e-3 * 78 * 3600 / 3.69, rel=0.02) == RESISTANCE_TIME


def test_limits_never_ask_for_what_the_voltage_cannot_hold() -> None:
    """P = U I - R I^2 has a solution at every limit, down to the emptiest state."""
    for time in (100.0, 300.0, 900.0):
        m = map_battery("p", replace(PACK, resistance_time=time, max_discharge=2e6))
        assert np.all(m.power_max <= m.voltage**2 / (4 * m.resistance) * (1 + 1e-12))
        assert np.all(m.power_max > 0)
        assert np.all(np.diff(m.power_max) >= -1e-6 * m.power_max[-1])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"energy": 0.0}, "p.energy: 0; a figure above 0 is wanted"),
        ({"resistance_time": 2.0}, "p.resistance_time: 2 s; lithium-ion packs lie between 20 s and 2000 s"),
        ({"usable": 0.0}, "p.usable: 0; a figure above 0 is wanted"),
    ],
)
def test_figures_of_no_pack(change: dict[str, float], said: str) -> None:
    with pytest.raises(InputError) as caught:
        map_battery("p", replace(PACK, **change))
    assert said in str(caught.value)
