"""Field points, even axes, splines, rotor positions, refusals."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaxle.design.machine.flux import DESIGN, DRAFT, Reach, map_flux
from coaxle.design.machine.flux.grid import Surface, along, both_sides, dense_near_zero, even
from coaxle.design.machine.flux.losses import period_of
from coaxle.design.machine.flux.sweep import positions, rotor_steps, slots_passing
from coaxle.errors import InputError
from coaxle.numerics.grid import is_even
from flux_cases import REACH, ready
from machine_cases import CASES


@given(st.floats(1.0, 1e4), st.integers(2, 30))
def test_points_grow_apart_from_zero(high, count):
    axis = dense_near_zero(high, count)
    assert axis.size == count
    assert axis[0] == 0.0
    assert axis[-1] == pytest.approx(high)
    assert np.all(np.diff(axis) > 0)
    assert np.all(np.diff(axis, 2) > -1e-9 * high)  # rounding


@given(st.floats(0.0, 1e3), st.floats(0.0, 1e3), st.integers(3, 20))
def test_both_sides_have_zero_and_their_ends(below, above, count):
    if max(below, above) < 1.0:
        return
    below, above = (0.0 if side < 1e-3 else side for side in (below, above))
    axis = both_sides(-below, above, count)
    assert 0.0 in axis
    assert np.all(np.diff(axis) > 0)
    assert axis[0] == pytest.approx(-below)
    assert axis[-1] == pytest.approx(above)


@given(st.floats(-1e3, 0.0), st.floats(1.0, 1e3), st.integers(3, 60))
def test_even_axes_hold_zero(low, high, count):
    axis = even(np.array([low, high]), count)
    assert is_even(axis)
    assert np.min(np.abs(axis)) < 1e-9 * high
    assert axis[0] >= low - 1e-6 * high
    assert axis[-1] <= high + 1e-6 * high
    step, lost = axis[1] - axis[0], sorted((axis[0] - low, high - axis[-1]))
    assert lost[0] == pytest.approx(0.0, abs=1e-9 * (high - low))
    assert lost[1] < 1.001 * step


def test_splines_give_back_cubics_and_no_more_than_the_edge():
    x = dense_near_zero(2.0, 6)
    fine = np.linspace(0.0, 2.0, 31)
    cubic = 1.0 - x + 0.5 * x**3
    assert along(cubic, 0, x, fine) == pytest.approx(1.0 - fine + 0.5 * fine**3, abs=1e-12)
    assert along(cubic, 0, x, np.array([5.0])) == pytest.approx(cubic[-1:], abs=1e-12)


def test_surfaces_are_mirrored():
    """An odd cubic in i_q times an even function of i_d, on few points of either sign, to rounding."""
    d, q = both_sides(-2.0, 1.0, 6), dense_near_zero(2.0, 5)
    shape = (1.0 + d**2)[:, None]
    odd = Surface(d, q, shape * (q + 0.3 * q**3), "odd")
    evens = Surface(d, q, (shape * (1.0 + q**2))[..., None], "even")
    at_d, at_q = np.array([-1.3, 0.4, 0.7]), np.array([-1.9, 0.1, -0.2])
    assert odd(at_d, at_q) == pytest.approx((1 + at_d**2) * (at_q + 0.3 * at_q**3), abs=1e-12)
    assert evens(at_d, at_q)[:, 0] == pytest.approx((1 + at_d**2) * (1 + at_q**2), abs=1e-12)
    assert odd(np.array(-1.0), np.array(0.0)) == pytest.approx(0.0, abs=1e-14)


@pytest.mark.parametrize("name", ["zoe", "model-3", "id3", "reluctance", "model-s"])
def test_positions_see_the_slots(name):
    """At least 2.5 a slot that passes, even over the period of the ripple, in whole steps of the ring."""
    here = ready(name)
    fine = replace(DRAFT, slot_positions=2.5)
    steps = rotor_steps(here.model, fine)
    ring = here.mesh.rotor_ring.size - 1
    assert steps.size >= max(fine.positions, 2.5 * slots_passing(here.mesh))
    assert steps.size * (steps[1] - steps[0]) == 2 * ring / here.mesh.section.poles * period_of(here.mesh)
    assert positions(here.mesh, replace(DRAFT, positions=3, slot_positions=0.0)) in (3, 4)


def test_too_many_positions_are_refused():
    with pytest.raises(InputError, match="finer ring"):
        positions(ready("zoe").mesh, replace(DRAFT, positions=41))


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"d": 1}, "settings.d"), ({"q": 2}, "settings.q"), ({"even_q": 1}, "settings.even_q")],
)
def test_settings_that_give_no_map_are_refused(changes, place):
    with pytest.raises(InputError, match=place):
        replace(DESIGN, **changes)
    with pytest.raises(InputError, match="slot_positions"):
        replace(DESIGN, slot_positions=-1.0)


def test_reaches_that_make_no_sense_are_refused():
    with pytest.raises(InputError, match=r"reach\.current"):
        Reach(current=0.0, field_current=0.0, rotor_temperature=300.0)
    with pytest.raises(InputError, match=r"reach\.rotor_temperature"):
        Reach(current=1.0, field_current=0.0, rotor_temperature=60.0)
    with pytest.raises(InputError, match=r"reach\.field_current"):
        map_flux("zoe", CASES["zoe"], replace(REACH["zoe"], field_current=0.0), DRAFT)
