"""What no flux map can escape: mirror, coenergy, virtual work, length."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import simpson

from coaxle.design.machine.flux import DRAFT, map_flux
from coaxle.design.machine.kinds.stator import Skew
from coaxle.design.machine.measure import facts
from flux_cases import REACH, flux, ready, straight, swept
from machine_cases import CASES

TIGHT = replace(DRAFT, tolerance=1e-8)
DENSE = replace(DRAFT, d=8, q=9, field=7)


SIGNS = [
    ("i3", -200.0, 0.0, 1e-9),
    ("i-pace", -250.0, 0.0, 1e-9),
    ("zoe", -60.0, 8.0, 7e-3),
    ("model-3", -300.0, 0.0, 7e-3),
]


@pytest.mark.parametrize(("name", "i_d", "i_f", "within"), SIGNS)
def test_braking_mirrors_motoring(name, i_d, i_f, within):
    """Solved at both signs of i_q: d even, q odd, torque's wave reversed and negative.

    To rounding with full pitch. Where coils are short, one side of each lies deeper in its slot than the other, and
    flux through the slots of saturated teeth moves the axis of a phase: 0.2 to 0.6 % of the largest linkage, whatever
    the mesh. A map takes the motoring side for both.
    """
    i_q = 0.5 * REACH[name].current
    found, theta = swept(name, i_d, [-i_q, i_q], i_f, replace(TIGHT, positions=8))
    scale = max(np.max(np.abs(found.psi_d)), np.max(np.abs(found.psi_q)))
    mean_d, mean_q = found.psi_d.mean(axis=0)[0], found.psi_q.mean(axis=0)[0]
    assert mean_d[0] == pytest.approx(mean_d[1], abs=within * scale)
    assert mean_q[0] == pytest.approx(-mean_q[1], abs=within * scale)
    torque = found.torque[:, 0]
    span = theta.size * (theta[1] - theta[0])
    for order in range(4):  # at half the samples a sine is not seen
        wave = np.mean(torque * np.exp(-2j * np.pi * order / span * theta)[:, None], axis=0)
        assert wave[0] == pytest.approx(-np.conj(wave[1]), abs=2 * within * np.max(np.abs(torque)))


@pytest.mark.parametrize("name", ["zoe", "model-3", "reluctance", "id3"])
def test_linkages_are_slopes_of_one_coenergy(name):
    """The integral of 3/2 (psi_d di_d + psi_q di_q) + psi_f di_f around any rectangle is 0, skew or not.

    The field solution has a coenergy to rounding, splines through few points have not. Of the largest linkages times
    the way around: 0.7e-3 with the points of the design settings, 1e-2 with those of a draft.
    """
    wound = CASES[name].kind == "eesm"
    m = flux(name, DENSE if wound else replace(DRAFT, d=10, q=11))
    within = 1.5e-3
    psi = {"d": 1.5 * m.psi_d, "q": 1.5 * m.psi_q, "f": m.psi_f}
    axes = {"d": m.i_d, "q": m.i_q, "f": m.i_f}
    order = "dqf"
    for one, two in (("d", "q"), ("d", "f"), ("q", "f")) if m.i_f.size > 1 else (("d", "q"),):
        rest = next(iter(set(order) - {one, two}))
        there = [
            np.moveaxis(psi[k], [order.index(one), order.index(two), order.index(rest)], [0, 1, 2]) for k in (one, two)
        ]
        x, y = axes[one], axes[two]
        first = simpson(there[0], x=x, axis=0)  # along the first axis, at each node of the second
        second = simpson(there[1], x=y, axis=1)
        around = (first[-1] - first[0]) - (second[-1] - second[0])
        way = np.max(np.abs(there[0])) * np.ptp(x) + np.max(np.abs(there[1])) * np.ptp(y)
        assert np.max(np.abs(around)) < within * way


@pytest.mark.parametrize(
    ("name", "order", "within"), [("zoe", 1, 0.04), ("model-3", 1, 0.03), ("zoe", 2, 0.012), ("model-3", 2, 0.006)]
)
def test_torque_is_virtual_work(name, order, within):
    """3/2 n_p (psi_d i_q - psi_q i_d) = mean of virtual work in the gap, over the largest.

    Both are approximations: they differ by up to 3 % on the coarse mesh of first order and by 1 % of second.
    """
    reach = REACH[name].current
    i_d, i_q = np.array([-0.6, -0.2, 0.0]) * reach, np.array([0.2, 0.7]) * reach
    found, _ = swept(name, i_d, i_q, 8.0 if name == "zoe" else 0.0, replace(TIGHT, order=order, positions=8))
    pole_pairs = ready(name).facts.pole_pairs
    linked = 1.5 * pole_pairs * (found.psi_d.mean(axis=0) * i_q - found.psi_q.mean(axis=0) * i_d[:, None])
    worked = found.torque.mean(axis=0)
    assert np.max(np.abs(linked - worked)) < within * np.max(np.abs(worked))


def test_twice_the_stack_is_twice_the_machine():
    """Linkages less end windings, ripple, iron losses: to rounding, for the field is the same."""
    short, long = CASES["zoe"], replace(CASES["zoe"], stack=2 * CASES["zoe"].stack)
    once, twice = flux("zoe"), map_flux("long", long, REACH["zoe"], DRAFT)
    ends = [facts(each) for each in (short, long)]
    for key, i in (("psi_d", once.i_d[:, None, None]), ("psi_q", once.i_q[None, :, None])):
        core = [
            getattr(m, key) - known.winding.end_inductance * i for m, known in zip((once, twice), ends, strict=True)
        ]
        assert core[1] == pytest.approx(2 * core[0], abs=1e-9)
    field = [m.psi_f - k.rotor_winding.end_inductance * m.i_f for m, k in zip((once, twice), ends, strict=True)]
    assert field[1] == pytest.approx(2 * field[0], abs=1e-7)
    for key in ("ripple", "iron_yoke", "iron_teeth", "iron_rotor"):
        assert getattr(twice, key) == pytest.approx(2 * getattr(once, key), rel=1e-6, abs=1e-9)


def test_end_windings_are_in_the_map():
    """At a field point the map is the mean of the solutions plus L_ew i; the spline passes through it."""
    m, known = straight("model-3"), ready("model-3").facts
    i_d, i_q = m.i_d[0], m.i_q[-1]
    found, _ = swept("model-3", i_d, i_q)
    end = known.winding.end_inductance
    assert end > 0
    # a solution reached along another line differs by what Newton leaves, 1e-4 of the sources
    assert m.psi_d[0, -1, 0] == pytest.approx(known.stack * found.psi_d.mean() + end * i_d, abs=2e-4 * np.max(m.psi_q))
    assert m.psi_q[0, -1, 0] == pytest.approx(known.stack * found.psi_q.mean() + end * i_q, abs=2e-4 * np.max(m.psi_q))


def test_one_slice_is_no_skew():
    """To the bit: the same field points, the same splines."""
    without = straight("model-3")
    one = map_flux("model-3", replace(CASES["model-3"], skew=Skew(angle=0.2, slices=1)), REACH["model-3"], DRAFT)
    for key in ("i_d", "psi_d", "psi_q", "ripple", "iron_yoke", "magnet"):
        assert np.array_equal(getattr(one, key), getattr(without, key))


def test_skew_costs_flux_and_calms_torque():
    """Without current psi_d falls by the mean of cos e over the slices; ripple by what is measured, 0.80."""
    fine = replace(DRAFT, positions=12)
    machine = CASES["model-3"]
    still, skewed = straight("model-3", fine), flux("model-3", fine)
    e = machine.pole_pairs * machine.skew.angle * (np.arange(4) / 3 - 0.5)
    here, there = int(np.argmin(np.abs(skewed.i_d))), int(np.argmin(np.abs(still.i_d)))
    # cross-saturation of the slices, which see +-e of i_q where the whole sees none, is not there without current
    assert skewed.psi_d[here, 0, 0] == pytest.approx(still.psi_d[there, 0, 0] * np.mean(np.cos(e)), rel=1e-6)
    assert skewed.ripple[here, 0, 0] < 0.8 * still.ripple[there, 0, 0]
    assert skewed.ripple.mean() < 0.85 * still.ripple.mean()
