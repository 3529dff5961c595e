"""What the frame of the rotor flux cannot help: reciprocity, energy, skew."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cage_cases import STACK, polar_cage, polar_machine
from coaxle.design.machine.field import FieldSettings, bh_curve, field_model, solve
from coaxle.design.machine.harmonic import Cage, CageSettings, cage_frame, cage_points, effective_turns, turning_places
from coaxle.design.machine.harmonic.solution import MU_0
from coaxle.numerics.rows import Here

MESH = polar_machine()
CAGE = polar_cage(MESH)
B = np.linspace(0.0, 40.0, 11)[1:]
LINEAR = field_model(MESH, {"iron": bh_curve(B, B / (500.0 * MU_0))}, {}, FieldSettings(tolerance=1e-9))
STEEL_B = np.array([0.5, 1.0, 1.3, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0])
STEEL_H = np.array([90.0, 180.0, 400.0, 1200.0, 2600.0, 5000.0, 9500.0, 17000.0, 32000.0])
angles = st.floats(-10, 10)
amperes = st.floats(-100, 100)


def points(model, cage, i_d, i_q, **more):
    given_ = CageSettings(residual=1e-5, **more)
    return cage_points(model, cage, STACK, (np.array(i_d, float), np.array(i_q, float)), settings=given_, where=Here())


@settings(max_examples=30, deadline=None)
@given(amperes, amperes, amperes, amperes, angles, angles, st.integers(0, 2**31))
def test_linkages_are_conjugate_to_currents(i_d, i_q, i_rd, i_rq, gamma, turned, seed):
    """Sum of linkage times current over all circuits = 3/2 of the sum in the frame, for any linkages: algebra alone."""
    frame = cage_frame(MESH.section, CAGE)
    linkage = np.random.default_rng(seed).normal(size=frame.circuits)
    linkage[:3] -= linkage[:3].mean()  # currents without zero sequence leave that of the linkages alone
    currents = frame.currents(*map(np.asarray, (i_d, i_q, i_rd, i_rq, gamma, turned)))
    psi = frame.linkages(linkage, np.asarray(gamma), np.asarray(turned))
    inside = 1.5 * sum(a * b for a, b in zip(psi, (i_d, i_q, i_rd, i_rq), strict=True))
    assert inside == pytest.approx(currents @ linkage, rel=1e-9, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(amperes, amperes, angles, angles, angles)
def test_a_turn_of_everything_changes_nothing_for_the_bars(d, q, gamma, turned, turn):
    frame = cage_frame(MESH.section, CAGE)
    one, two = (frame.currents(*map(np.asarray, (0.0, 0.0, d, q, gamma + each, turned + each))) for each in (0.0, turn))
    assert two == pytest.approx(one, abs=1e-9)


def test_equal_currents_of_stator_and_cage_make_the_same_fundamental():
    """Phasor of conductors times current over the slots, and over the bars: the meaning of the ratio. Rounding only."""
    frame = cage_frame(MESH.section, CAGE)
    stator, bars = (
        frame.currents(*map(np.asarray, (*currents, 0.3, 0.0))) for currents in ((3.0, -2.0, 0, 0), (0, 0, 3.0, -2.0))
    )
    slots = np.exp(1j * np.pi / 9 * (np.arange(9) + 0.5))
    belts = {0: (0, 1, 2), 1: (6, 7, 8), 2: (3, 4, 5)}
    turned = sum(
        stator[phase] * (-8.0 if phase == 2 else 8.0) * slots[list(belt)].sum() for phase, belt in belts.items()
    )
    assert np.sum(bars[frame.bar] * np.exp(1j * frame.angle)) == pytest.approx(turned, rel=1e-9)


def test_cage_of_one_sector_knows_its_winding():
    """q = 3, one layer: k_w = sin(30 deg) / (3 sin(10 deg)); 8 turns in 12 slots a phase."""
    assert effective_turns(MESH.section) == pytest.approx(8 * 12 / 2 * 0.5 / (3 * np.sin(np.pi / 18)), rel=1e-9)


def test_saturated_torque_by_three_linkages_and_by_virtual_work():
    """3/2 n_p (psi_s x i_s) = 3/2 n_p psi_r i_r where the cage's q linkage is 0, and both are the virtual work.

    The first holds in the mean over all places of flux against bars. Here they turn together, and a rotor of eight
    bars a pole at deep saturation leaves 0.7 % (measured, on finer meshes too); 1 % is let pass. The grid has as many
    ring steps a turn as slots and bars have periods, 288, so virtual work sees their ripple at one phase alone: 0.9 %
    measured, 1.5 % let pass.
    """
    settings_ = FieldSettings(tolerance=1e-6, order=2)
    model = field_model(MESH, {"iron": bh_curve(STEEL_B, STEEL_H, 0.95)}, {}, settings_)
    got = points(model, CAGE, [10.0, 40.0], [0.0, 25.0])
    by_stator = 3.0 * (got.psi_d * got.i_q - got.psi_q * got.i_d[:, None])
    by_cage = 3.0 * got.psi_r * got.i_r
    assert by_cage[:, 1:] == pytest.approx(by_stator[:, 1:], rel=1e-2)
    assert got.torque[:, 1:] == pytest.approx(by_stator[:, 1:], rel=1.5e-2)
    assert np.all(np.diff(got.psi_d[:, 0]) < 3 * np.diff([10.0, 40.0]) * got.psi_d[0, 0] / 10)  # it does saturate
    assert np.all(got.i_r[:, 1:] < got.i_q[1:])


def test_a_bridge_that_saturates_leaks_less():
    """Above a closed slot the leakage inductance falls with current: psi_q over i_q falls, i_r over i_q rises."""
    model = field_model(MESH, {"iron": bh_curve(STEEL_B, STEEL_H, 0.95)}, {}, FieldSettings(tolerance=1e-6))
    got = points(model, CAGE, [10.0], [0.0, 4.0, 25.0, 80.0])
    assert np.all(np.diff(got.psi_q[0, 1:] / got.i_q[1:]) < 0)
    assert np.all(np.diff(got.i_r[0, 1:] / got.i_q[1:]) > 0)


def test_slices_without_skew_are_one():
    """Three slices at angle 0 are three times the same solution."""
    one, three = (points(LINEAR, replace(CAGE, slices=each), [10.0], [0.0, 10.0]) for each in ((0.0,), (0.0,) * 3))
    for name in ("psi_d", "psi_q", "i_r", "torque"):
        assert getattr(three, name) == pytest.approx(getattr(one, name), rel=1e-9)


def test_skew_loosens_the_coupling_by_its_factor():
    """Linear iron: L_m and with it i_r / i_q fall by the mean of cos over the slices; L_s stays, L_r stays.

    Slices are put to whole ring steps of 2.5 electrical degrees; theirs here are whole. 2e-3 is what the slots' own
    harmonics, which skew averages out, leave in the places.
    """
    step = np.pi / 72
    away = np.array([-8, -4, 0, 4, 8]) * step
    straight = points(LINEAR, CAGE, [10.0], [0.0, 10.0])
    skewed = points(LINEAR, replace(CAGE, slices=tuple(away)), [10.0], [0.0, 10.0])
    factor = np.mean(np.cos(away))
    assert skewed.psi_d[0, 1] == pytest.approx(straight.psi_d[0, 1], rel=2e-3)
    assert skewed.psi_r[0, 1] == pytest.approx(factor * straight.psi_r[0, 1], rel=2e-3)
    assert skewed.i_r[0, 1] == pytest.approx(factor * straight.i_r[0, 1], rel=2e-3)


def test_places_turn_together_and_slices_hold_their_bars():
    cage = replace(CAGE, slices=(-0.05, 0.05))
    places = turning_places(MESH, cage, 8)
    pitch = np.pi / 72
    assert places.steps.size == 16
    assert np.diff(places.gamma[::2]) == pytest.approx(np.pi / 3 / 8)
    # A slice stands off by whole steps, its bars' currents by what is left of its angle.
    away = places.steps * pitch - places.turned
    assert away == pytest.approx(np.tile([-0.05, 0.05], 8))
    assert np.abs(places.turned - places.gamma).max() <= pitch / 2 + 1e-12


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 60), st.integers(1, 4), st.floats(1, 200), st.floats(1e-6, 1e-3), st.floats(0, 1e-5))
def test_loss_of_a_cage_is_that_of_its_bars_and_rings(per_pair, pole_pairs, turns, bar, ring):
    """3/2 R_r i_r^2 = Q/2 (R_b I_b^2 + 2 R_e I_e^2), the ring's segment carrying the difference of its neighbours."""
    cage = Cage(
        bars=per_pair * pole_pairs, pole_pairs=pole_pairs, turns=turns, bar_resistance=bar, ring_resistance=ring
    )
    k = np.arange(cage.bars)
    bars = cage.ratio * 7.0 * np.exp(2j * np.pi * pole_pairs * k / cage.bars)
    segments = bars / (1 - np.exp(-2j * np.pi * pole_pairs / cage.bars))  # so that neighbours differ by a bar
    assert segments - np.roll(segments, 1) == pytest.approx(bars)
    loss = 0.5 * (bar * np.sum(np.abs(bars) ** 2) + 2 * ring * np.sum(np.abs(segments) ** 2))
    assert 1.5 * cage.resistance * 7.0**2 == pytest.approx(loss, rel=1e-9)


def test_what_is_told_belongs_to_the_currents_that_are_told():
    """Solving the told currents anew gives the told flux densities and linkages, on lines that took more passes too.

    Newton stops at 1e-6 of the sources from either start, so flux densities agree to 1e-4 of their largest.
    """
    model = field_model(MESH, {"iron": bh_curve(STEEL_B, STEEL_H, 0.95)}, {}, FieldSettings(tolerance=1e-6))
    keep = np.arange(0, MESH.triangles.shape[0], 50)
    i_d, i_q = np.array([2.0, 10.0, 40.0]), np.array([0.0, 4.0, 80.0])
    got = cage_points(
        model, CAGE, STACK, (i_d, i_q), settings=CageSettings(positions=4, scouts=1), keep=keep, where=Here()
    )
    assert got.currents.shape == (4, 3, 3, 3 + 8)
    assert got.b.shape == (4, 3, 3, keep.size, 2)
    again = solve(model, got.places.steps, got.currents, Here(), keep).checked()
    assert np.abs(again.b - got.b).max() < 1e-4 * np.abs(got.b).max()
    frame = cage_frame(MESH.section, CAGE)
    gamma, turned = got.places.gamma[:, None, None], got.places.turned[:, None, None]
    psi_d, psi_q, psi_r, psi_rq = (each.mean(axis=0) for each in frame.linkages(STACK * again.linkage, gamma, turned))
    for told, anew in ((got.psi_d, psi_d), (got.psi_q, psi_q), (got.psi_r, psi_r), (got.psi_rq, psi_rq)):
        assert anew == pytest.approx(told, abs=1e-4 * got.psi_d.max())
    assert np.all(got.ripple >= 0)
