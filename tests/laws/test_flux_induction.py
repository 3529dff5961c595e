"""Flux maps of induction machines: slip, cage, and what control makes of them."""

from dataclasses import replace
from fractions import Fraction
from math import pi

import numpy as np
import pytest

from coaxle.design.machine.control import Limits, SourceTerms, envelope, least_loss
from coaxle.design.machine.field import solve
from coaxle.design.machine.flux import DRAFT, Reach, drawn, map_flux
from coaxle.design.machine.flux.losses import areas, groups, watched
from coaxle.design.machine.flux.sweep import rotor_steps
from coaxle.design.machine.harmonic import CageSettings, cage_frame, cage_of, cage_points
from coaxle.design.machine.kinds import Induction
from coaxle.design.machine.kinds.induction import CageRotor, DropBar
from coaxle.design.machine.kinds.stator import ParallelToothSlot, Skew, Stator
from coaxle.design.machine.loss import LossConditions, Period, iron_coefficients, loss_terms
from coaxle.design.machine.measure import facts
from coaxle.design.machine.winding import RoundWire
from coaxle.materials import steel
from flux_cases import REACH, flux
from machine_cases import CASES

SMALL_REACH = Reach(current=25.0, field_current=0.0, rotor_temperature=353.15)
SMALL_SETTINGS = replace(DRAFT, d=6, q=5)


def small(skew=None):
    """Return a machine of some 5 kW for the mains: 4 poles, 36 slots, 28 bars of aluminium."""
    return Induction(
        kind="induction",
        pole_pairs=2,
        stack=0.12,
        stacking=0.97,
        gap=0.0004,
        shaft_diameter=0.04,
        max_speed=500.0,
        stator=Stator(
            slots=36,
            outer_diameter=0.17,
            bore=0.1,
            slot=ParallelToothSlot(
                kind="parallel-tooth",
                depth=0.0175,
                tooth_width=0.0045,
                opening=0.0025,
                opening_depth=0.0006,
                shoulder=0.0008,
            ),
            steel="M400-50A",
        ),
        winding=RoundWire(
            kind="round-wire",
            layers=1,
            turns=20,
            wire_diameter=0.001,
            wire_insulation=0.00004,
            strands=1,
            liner=0.0002,
            parallel_paths=1,
            pitch=9,
            conductor="copper",
        ),
        rotor=CageRotor(
            bars=28,
            bar=DropBar(
                kind="drop", top_width=0.0052, bottom_width=0.0028, height=0.0145, opening=0.001, opening_depth=0.0006
            ),
            bar_material="aluminium-die-cast",
            ring_height=0.016,
            ring_width=0.009,
            ring_distance=0.006,
            steel="M400-50A",
        ),
        skew=skew,
        source="made up for the tests",
    )


def worked(made, machine, torque, rpm, voltage, current):
    """Return facts, loss terms, operating points and the speeds [rad/s]."""
    known = facts(machine)
    terms = loss_terms(known, LossConditions())
    zero = np.zeros(1)
    source = SourceTerms(u_max=np.array([voltage]), constant=zero, linear=zero, square=zero)
    speed = np.array(rpm) * pi / 30
    return (
        known,
        terms,
        source,
        speed,
        least_loss(made, terms, source, Limits(current=current), speed, np.array(torque)),
    )


def assert_slip_closes(known, terms, made, points, speed):
    """Torque times mechanical slip speed is the cage's loss, which is 3/2 R_r i_r^2: to the spline of i_r."""
    slip = 2 * pi * points.frequency[0] - known.pole_pairs * speed[:, None]
    good = points.code[0] == 0
    torque = np.broadcast_to(points.torque, good.shape)
    assert good[:, torque[0] > 0].sum() > 3
    assert (torque * slip / known.pole_pairs)[good] == pytest.approx(points.cage[0][good], rel=1e-6, abs=1e-3)
    assert np.all(slip[good & (torque > 0)] > 0)
    at = np.argmin(np.abs(made.i_d[:, None, None] - points.i_d[0]), axis=0)
    i_r = np.interp(points.i_q[0].ravel(), made.i_q, made.i_r[at.ravel()[-1], :, 0]).reshape(good.shape)
    # i_r is nearly i_q times one figure over all of i_d: 5 %
    assert 1.5 * terms.cage_resistance * i_r[good] ** 2 == pytest.approx(points.cage[0][good], rel=0.1, abs=1.0)


@pytest.mark.slow
def test_a_car_sized_machine_works_sensibly():
    """Tesla Model S class: 60 slots, 74 bars. Torque of 330 Nm and more from 1270 A peak, slips of a few Hz.

    VDC 400 V, 5 % kept back. Its maker rated some 440 Nm at more current; no figure of this cross-section is public.
    """
    made = flux("model-s")
    reach = REACH["model-s"]
    known, terms, source, speed, points = worked(
        made, CASES["model-s"], [0.0, 10.0, 100.0, 250.0, 330.0], (1000, 6000), 0.95 * 400 / 3**0.5, reach.current
    )
    assert np.all(points.code == 0)
    assert_slip_closes(known, terms, made, points, speed)
    slip = 2 * pi * points.frequency[0] - known.pole_pairs * speed[:, None]
    assert np.all(slip / (2 * pi) < 5.0)
    assert np.all(points.i_d[0][:, 1:] < points.i_q[0][:, 1:])  # least loss needs no more flux than i_d = i_q
    assert np.all(np.diff(points.i_d[0], axis=1) > 0)
    edge = envelope(made, terms, source, Limits(current=reach.current), np.array([100.0, 1400.0]))
    assert 330 < edge.torque_max[0, 0] < 450
    assert edge.torque_max[0, 1] < edge.torque_max[0, 0]


def test_a_small_machine_works_sensibly():
    made = map_flux("small", small(), SMALL_REACH, SMALL_SETTINGS)
    known, terms, _, speed, points = worked(made, small(), [0.0, 4.0, 12.0, 20.0], (1000, 1500), 310.0, 25.0)
    assert np.all(points.code == 0)
    assert_slip_closes(known, terms, made, points, speed)
    assert np.all(made.i_r[:, 0] == 0)
    assert np.all(np.diff(made.i_r, axis=1) > 0)
    assert np.all(made.i_d >= 0)
    # with next to no flux of the rotor there is next to no torque
    assert np.max(np.abs(made.torque[0])) < 0.01 * np.max(made.torque)
    # both losses that a field makes are there, and grow with it
    assert np.all(made.iron_teeth[:, -1, 0] > 0)
    assert np.all(np.diff(made.iron_yoke.sum(axis=0)[:, 0, 0]) > 0)


def test_maps_hold_what_the_cage_points_tell():
    """At a field point: linkages with the end winding added, cage current, ripple; the splines pass through it."""
    machine = small()
    made = map_flux("small", machine, SMALL_REACH, SMALL_SETTINGS)
    here = drawn(machine, SMALL_SETTINGS, SMALL_REACH.rotor_temperature)
    cage = cage_of(here.facts, here.mesh.section, 353.15)
    steps = rotor_steps(here.model, SMALL_SETTINGS)
    axes = (made.i_d[[0, -1]], made.i_q[[0, -1]])
    told = cage_points(here.model, cage, here.facts.stack, axes, settings=CageSettings(positions=steps.size))
    end = here.facts.winding.end_inductance
    # the search for the cage's current ends within 1e-3 of its largest linkage
    most = np.max(np.abs(told.psi_d))
    assert made.psi_d[-1, -1, 0] == pytest.approx(told.psi_d[1, 1] + end * axes[0][1], abs=2e-3 * most)
    assert made.psi_q[-1, -1, 0] == pytest.approx(told.psi_q[1, 1] + end * axes[1][1], abs=2e-3 * most)
    assert made.i_r[-1, -1, 0] == pytest.approx(told.i_r[1, 1], rel=5e-3)
    assert made.ripple[-1, -1, 0] == pytest.approx(told.ripple[1, 1], rel=0.05)


def test_a_skewed_cage_links_less():
    """By a stator slot, 10 degrees: less mutual flux, so more leakage along q and less torque, by a few per cent."""
    made = map_flux("small", small(), SMALL_REACH, SMALL_SETTINGS)
    skewed = map_flux("small", small(Skew(angle=pi / 18, slices=3)), SMALL_REACH, SMALL_SETTINGS)
    assert 0.9 < skewed.torque[-1, -1, 0] / made.torque[-1, -1, 0] < 0.999
    assert skewed.psi_q[-1, -1, 0] > made.psi_q[-1, -1, 0]
    assert np.mean(skewed.ripple) < np.mean(made.ripple)


def test_a_sixth_of_a_turn_tells_the_losses_of_a_whole_one():
    """Rotor, its currents and the flux turn as one body: stator triangles repeat after 60 degrees, a belt further on.

    The rotor's triangles repeat as they are. Whole turns of 48 places against sixths of 8, to the rounding of floats.
    """
    here = drawn(small(), SMALL_SETTINGS, SMALL_REACH.rotor_temperature)
    section, known = here.mesh.section, here.facts
    seen = watched(known, here.mesh)
    places = 8
    steps = np.arange(6 * places, dtype=np.int32) * ((here.mesh.rotor_ring.size - 1) // section.poles // (3 * places))
    turned = (section.pole_pairs * section.angle / (here.mesh.rotor_ring.size - 1) * steps)[:, None, None]
    one = np.ones((1, 1))
    frame = cage_frame(section, cage_of(known, section, 353.15))
    currents = frame.currents(4.0 * one, 10.0 * one, 0 * one, -9.5 * one, turned, turned)
    b = solve(here.model, steps, currents, None, seen.triangles).checked().b
    assert b is not None
    b = b.reshape(steps.size, 1, -1, 2).astype(float)
    sixth = seen.losses(b[:places])[0][0]
    sheet, triangles = steel(known.stator_steel), np.arange(seen.stator.size, dtype=np.int32)
    turn = np.ascontiguousarray(b[:, :, : seen.stator.size])
    whole = Period(b=turn, span=Fraction(1), antiperiodic=False, triangles=triangles, copies=1)
    area, group = areas(here.mesh)[seen.stator], groups(here.mesh)[seen.stator]
    told = iron_coefficients(whole, area, group, 3, sheet, stack=known.stack, stacking=known.stacking)
    sectors = 2 * section.pole_pairs / section.poles
    assert sixth[:, :2] == pytest.approx(sectors * told[:, :2, 0], rel=1e-2)  # at half the samples a sine is not seen
    later = seen.losses(b[places : 2 * places])[0][0]
    assert later[:, :2] == pytest.approx(sixth[:, :2], rel=1e-4)
