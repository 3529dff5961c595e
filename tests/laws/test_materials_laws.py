"""What no material may do: lose less than nothing, magnetise backwards, thicken when warm."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaxle.materials import conductor, coolant, magnet, names, oil, steel

MU_0 = 4e-7 * pi
STEELS = names("steel")
MIDDLE = (313.15 * 373.15) ** 0.5


@given(
    name=st.sampled_from(STEELS),
    f=st.tuples(st.floats(0, 1e5), st.floats(0, 1e5)),
    b=st.tuples(st.floats(0, 6), st.floats(0, 6)),
)
def test_iron_loss_only_grows_far_beyond_its_table(name: str, f: tuple[float, float], b: tuple[float, float]) -> None:
    loss = steel(name).loss
    low, high = loss.at(min(f), min(b)), loss.at(max(f), max(b))
    assert 0 <= low <= high * (1 + 1e-12)  # rounding
    assert np.all(loss.per_power(-b[0]) == loss.per_power(b[0]))


@pytest.mark.parametrize("name", STEELS)
def test_no_coefficient_is_negative_and_the_edge_of_the_table_is_no_step(name: str) -> None:
    loss = steel(name).loss
    assert np.all(loss.coefficients >= 0)
    top = loss.flux_densities[1]
    np.testing.assert_allclose(loss.per_power(top * (1 - 1e-9)), loss.per_power(top * (1 + 1e-9)), rtol=1e-7)
    np.testing.assert_allclose(loss.per_power(1.5 * top), 2.25 * loss.per_power(top), rtol=1e-12)


@pytest.mark.parametrize("name", STEELS)
def test_curves_rise_and_stay_above_the_vacuum_s(name: str) -> None:
    sheet = steel(name)
    assert sheet.b[0] == sheet.h[0] == 0
    assert np.all(np.diff(sheet.b) > 0)
    assert np.all(np.diff(sheet.h) > 0)
    slope = np.diff(sheet.b) / np.diff(sheet.h)
    # sources print B to 4 or 5 digits: near saturation their slopes fall short of mu_0 by up to a tenth
    assert slope.min() > 0.85 * MU_0
    assert 1.7 < sheet.saturation < 2.35
    assert not sheet.b.flags.writeable


@pytest.mark.parametrize("name", STEELS)
def test_tails_go_on_where_the_table_ends(name: str) -> None:
    sheet = steel(name)
    last = int(np.searchsorted(sheet.b, sheet.b_measured))
    assert sheet.b[last] == sheet.b_measured
    if last < sheet.b.size - 1:
        slope = np.diff(sheet.b) / np.diff(sheet.h)
        assert slope[last] <= slope[last - 1] * (1 + 1e-9)
        assert np.all(np.diff(slope[last:]) < 0)
        assert sheet.h[-1] == pytest.approx(2e5)


@given(name=st.sampled_from(names("magnet")), t=st.floats(253, 453))
def test_magnets_weaken_in_heat(name: str, t: float) -> None:
    grade = magnet(name)
    assert grade.remanence(t) >= grade.remanence(t + 10)
    if name != "FB14H":  # ferrite loses coercivity in the cold
        assert grade.coercivity(t) >= grade.coercivity(t + 10)
    assert grade.knee_field(t) <= grade.coercivity(t)
    assert grade.remanence(293.15) == grade.remanence_20
    assert grade.coercivity(293.15) == grade.coercivity_20


@given(name=st.sampled_from(names("oil")), t=st.floats(250, 420))
def test_oils_thin_and_swell(name: str, t: float) -> None:
    fluid = oil(name)
    assert fluid.viscosity(t) > fluid.viscosity(t + 5) > 0
    assert fluid.density(t) > fluid.density(t + 5)
    assert fluid.viscosity(313.15) == pytest.approx(fluid.viscosity_40, rel=1e-12)
    assert fluid.viscosity(373.15) == pytest.approx(fluid.viscosity_100, rel=1e-12)


def test_oils_lie_on_walther_s_line() -> None:
    """Twice the logarithm of nu + 0.7 (mm2/s) is linear in that of T: half way between 40 and 100 degC."""
    fluid = oil("mineral-100")
    low, middle, high = (np.log10(np.log10(1e6 * fluid.viscosity(t) + 0.7)) for t in (313.15, MIDDLE, 373.15))
    assert middle == pytest.approx((low + high) / 2, rel=1e-12)


def test_coolant_and_conductors() -> None:
    fluid = coolant("water-glycol-50")
    t = np.linspace(243.15, 373.15, 60)
    assert np.all(np.diff([fluid.viscosity(x) for x in t]) < 0)
    assert np.all(np.diff([fluid.density(x) for x in t]) < 0)
    assert fluid.viscosity(fluid.temperatures[4]) == pytest.approx(fluid.viscosities[4])
    copper = conductor("copper")
    assert copper.resistivity_at(293.15) == copper.resistivity
    assert copper.resistivity_at(393.15) == pytest.approx(copper.resistivity * 1.393)
