"""What no machine and no controller can escape."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import machine_flux_cases as cases
from coaxle.design.machine.control import LOSSES, Limits, SourceTerms, envelope, least_loss
from coaxle.numerics.rows import Here
from control_reference import Plain

MAPS = {"eesm": cases.eesm(), "ipm": cases.ipm(), "synrm": cases.synrm(), "induction": cases.induction()}
kinds, seeds = st.sampled_from(sorted(MAPS)), st.integers(0, 10_000)
NEAR = 1e-6  # limits and torque are met to this


def drawn(kind: str, seed: int):
    """Return a machine, two voltages with the same inverter, limits, speeds, and a source of chance."""
    random, flux = np.random.default_rng(seed), MAPS[kind]
    low = random.uniform(60.0, 250.0)
    source = SourceTerms(
        u_max=np.array([low, low * random.uniform(1.01, 1.6)]),
        constant=np.full(2, 30.0),
        linear=np.full(2, random.uniform(0.0, 2.0)),
        square=np.full(2, random.uniform(0.0, 1e-3)),
    )
    limits = Limits(current=random.uniform(200.0, 850.0), field_current=random.uniform(5.0, 20.0))
    return flux, cases.terms(flux), source, limits, random.uniform(0.0, 1700.0, 2), random


@given(kind=kinds, seed=seeds)
@settings(max_examples=300, deadline=None)
def test_energy_closes_and_voltage_helps(kind, seed):
    """Terminal power = shaft + copper + cage; no loss is negative; more voltage never costs more nor reaches less."""
    flux, terms, source, limits, speed, random = drawn(kind, seed)
    edge = envelope(flux, terms, source, limits, speed, where=Here())
    top = np.nanmax(np.nan_to_num(edge.torque_max), initial=10.0)
    tau = np.concatenate(([0.0], random.uniform(-1.05, 1.05, 7) * top))
    points = least_loss(flux, terms, source, limits, speed, tau, where=Here())
    ok = points.code == 0
    assert np.all(points.code[~ok] == 1)
    for name in LOSSES:
        assert np.all(getattr(points, name)[ok] >= 0)
    power = 1.5 * (points.u_d * points.i_d + points.u_q * points.i_q)
    needed = tau * speed[None, :, None] + points.copper + points.cage
    apparent = 1.5 * points.current * points.voltage
    np.testing.assert_allclose(power[ok], needed[ok], rtol=1e-5, atol=10 * NEAR * (1.0 + apparent[ok].max(initial=0.0)))
    np.testing.assert_allclose(power[ok], (points.power_factor * apparent)[ok], rtol=1e-9, atol=1e-6)
    assert np.all(points.voltage[ok] <= (source.u_max[:, None, None] * (1 + NEAR) + 0.0 * points.total)[ok])
    assert np.all(points.current[ok] <= limits.current * (1 + NEAR))
    assert np.all(ok[1] | ~ok[0])
    both = ok[0] & ok[1]
    assert np.all(points.total[1][both] <= points.total[0][both] * (1 + 10 * NEAR))
    for reach in (edge.torque_max, -edge.torque_min):
        assert np.all(~(reach[1] < reach[0] * (1 - 10 * NEAR)))
        assert np.all(np.isfinite(reach[1]) | ~np.isfinite(reach[0]))
    inside = (tau <= edge.torque_max[..., None] * (1 - 10 * NEAR)) & (
        tau >= edge.torque_min[..., None] * (1 - 10 * NEAR)
    )
    outside = (tau > edge.torque_max[..., None] * (1 + 10 * NEAR)) | (
        tau < edge.torque_min[..., None] * (1 + 10 * NEAR)
    )
    assert np.all(ok[inside])
    assert not np.any(ok[outside])


@given(kind=kinds, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_no_random_currents_do_better(kind, seed):
    """Currents drawn at random that meet the limits give a torque that is found, within the envelope, at no more loss.

    The allowance of 1e-4 is what clamping a spline that dips below zero iron loss may cost the descent.
    """
    flux, terms, source, limits, speed, random = drawn(kind, seed)
    edge = envelope(flux, terms, source, limits, speed[:1], where=Here())
    plain = Plain(flux, terms, source, limits)
    low, high = np.array(plain.bounds).T
    z = low + (high - low) * random.uniform(0.0, 1.0, (2000, 3)) ** (1.0, 1.3, 1.5)
    for side, reach in ((1.0, edge.torque_max[0, 0]), (-1.0, -edge.torque_min[0, 0])):
        loss, torque, u, i = np.moveaxis(plain.all(z, side * speed[0]), -1, 0)
        fit = np.flatnonzero((u <= 0) & (i <= 0) & (torque >= 1e-3 * torque.max()))
        if fit.size == 0:
            continue
        assert torque[fit].max() <= reach * (1 + NEAR)
        cheap = fit[np.argsort(loss[fit] / (torque[fit] + 0.05 * torque[fit].max()))[:4]]
        pick = np.concatenate((cheap, fit[:4]))
        points = least_loss(flux, terms, source, limits, speed[:1], side * torque[pick], where=Here())
        assert np.all(points.code[0] == 0)
        assert np.all(points.total[0, 0] <= loss[pick] * (1 + 1e-4))


@given(kind=kinds, tau=st.floats(0.0, 150.0))
@settings(max_examples=20, deadline=None)
def test_braking_mirrors_driving_at_standstill(kind, tau):
    """At standstill a torque costs the same either way round, with i_q turned round, slip included."""
    flux, source, limits = MAPS[kind], cases.source(360.0), Limits(current=800.0, field_current=18.0)
    points = least_loss(flux, cases.terms(flux), source, limits, np.zeros(1), np.array([tau, -tau]), where=Here())
    drive, brake = points.total[0, 0]
    assert drive == brake
    assert points.i_q[0, 0, 0] == -points.i_q[0, 0, 1]
    assert points.i_d[0, 0, 0] == points.i_d[0, 0, 1]
    assert points.frequency[0, 0, 0] == points.frequency[0, 0, 1]


def test_wound_rotor_lets_go_and_magnets_do_not():
    """Without torque a wound rotor is de-excited at any speed; magnets keep their iron loss and ask for current.

    The map has a node at 0 A, where splines are exact; 1e-9 is rounding.
    """
    speed, none, limits = np.array([0.0, 800.0, 1700.0]), np.zeros(1), Limits(current=800.0)
    flux = cases.eesm((13, 13, 9))
    assert 0.0 in flux.i_d
    wound = least_loss(flux, cases.terms(flux), cases.source(), limits, speed, none)
    for name in ("i_d", "i_q", "i_f", "copper", "field", "iron_teeth", "voltage"):
        np.testing.assert_allclose(getattr(wound, name), 0.0, atol=1e-9)
    buried = least_loss(MAPS["ipm"], cases.terms(MAPS["ipm"]), cases.source(), limits, speed, none)
    assert buried.i_d[0, 0, 0] == 0.0
    assert buried.i_d[0, 2, 0] < -100.0
    assert np.all(np.diff(buried.total[0, :, 0]) > 0)


def test_slip_follows_from_the_loss_of_the_cage():
    """P_cage = tau w_slip: the stator's frequency lies above that of the shaft when driving, below when braking."""
    flux, speed, tau = MAPS["induction"], np.array([300.0]), np.array([80.0, -80.0])
    points = least_loss(flux, cases.terms(flux), cases.source(), Limits(current=750.0), speed, tau)
    slip = 2 * np.pi * points.frequency[0, 0] / flux.pole_pairs - speed
    assert slip[0] > 0 > slip[1]
    np.testing.assert_allclose(slip * tau, points.cage[0, 0], rtol=10 * NEAR)
