"""Flux maps against printed figures: models against models, for no maker prints such a map."""

from dataclasses import replace
from math import pi
from pathlib import Path

import numpy as np
import pytest

from coaxle.design.machine.control import Limits, SourceTerms, envelope, least_loss
from coaxle.design.machine.field import FieldSettings, bh_curve, field_model
from coaxle.design.machine.flux import DESIGN, Reach, map_flux
from coaxle.design.machine.flux.sweep import Currents, rotor_steps, sweep
from coaxle.design.machine.kinds import draw
from coaxle.design.machine.loss import LossConditions, loss_terms
from coaxle.design.machine.measure import facts
from coaxle.design.machine.mesh import MeshSettings, mesh
from flux_cases import NONE
from machine_cases import CASES

MOTOR_CAD = Path(__file__).parent / "id3_machine_map.csv"
# Flux density [T] and field strength [A/m] of M400-50A as the Zoe's machine file has it (pyleecan, Renault_Zoe).
OLD_B = [0, 0.5, 0.7, 0.8, 0.9, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5, 1.55, 1.6, 1.65, 1.7]
OLD_B += [1.75, 1.8, 1.85, 1.9, 1.95, 2.0, 2.05, 2.1, 2.15, 2.2, 2.25, 2.3]
OLD_H = [0, 100, 150, 180, 200, 250, 300, 350, 450, 550, 750, 950, 1250, 1550, 1900, 2450, 3150, 4100, 5250, 6700]
OLD_H += [8650, 10750, 14500, 19500, 25000, 33000, 44000, 57000, 74000, 96000, 130000, 170000]


@pytest.mark.parametrize(("order", "within"), [(1, 0.025), pytest.param(2, 0.03, marks=pytest.mark.slow)])
def test_zoe_pulls_what_femm_says(order, within):
    """51.987 Nm at i_d = 0, i_q = 70 A rms, i_f = 10 A (pyleecan, test_EM_WRSM, by FEMM, within 10 % there).

    Measured 52.8 Nm of first order (1.6 % more), 53.2 of second (2.3 %). The Design's shoe meets the source's arc in
    three points; the source's slot has a round bottom.
    """
    machine = CASES["zoe"]
    meshed = mesh(draw(machine), MeshSettings())
    curve = bh_curve(np.array(OLD_B, dtype=float), np.array(OLD_H, dtype=float), machine.stacking)
    model = field_model(meshed, {machine.stator.steel: curve}, {}, FieldSettings(order=order, tolerance=1e-5))
    steps = rotor_steps(model, replace(DESIGN, order=order))
    i_q = 70.0 * 2**0.5
    currents = Currents(i_d=np.zeros(1), i_q=np.array([i_q]), i_f=np.array([10.0]))
    found = sweep(model, currents, 10.0, steps, NONE, None)
    torque = 1.5 * machine.pole_pairs * machine.stack * found.psi_d.mean() * i_q
    assert torque == pytest.approx(51.987, rel=within)
    assert machine.stack * found.torque.mean() == pytest.approx(51.987, rel=within)


@pytest.fixture(scope="module")
def id3():
    """Return the ID.3 of TUM's Motor-CAD file: windings at 158 degC, magnets at 97 degC, 0.98 of their remanence."""
    machine = CASES["id3"]
    # 2 % less remanence is what 17 K more make of N42EH (-0.12 %/K)
    reach = Reach(current=818.0, field_current=0.0, rotor_temperature=387.0)
    known = facts(machine)
    return known, map_flux("id3", machine, reach, DESIGN), loss_terms(known, LossConditions(winding_temperature=431.15))


def source(volts):
    zero = np.zeros(1)
    return SourceTerms(u_max=np.array([volts / 3**0.5]), constant=zero, linear=zero, square=zero)


def test_id3_reaches_the_torque_of_motor_cad(id3):
    """339.8 Nm at 578.4 A rms: measured 351 Nm in the gap, 3 % more; the magnets of the drawing are the source's.

    In field weakening 283, 232, 194 Nm at 8000, 10 000, 12 000 rpm of 380 V: measured 4 % more at the full 380 V and
    1 % less at 0.95 of it; which share the source uses is not told, so the bound is 6 %.
    """
    _, flux, terms = id3
    speed = np.array([100.0, 8000 * pi / 30, 10_000 * pi / 30, 12_000 * pi / 30])
    found = envelope(flux, terms, source(380.0), Limits(current=818.0), speed).torque_max[0]
    assert found == pytest.approx([339.8, 283.2, 231.8, 194.0], rel=0.06)


def test_id3_loses_what_motor_cad_says(id3):
    """All losses of the machine at 32 points, over regions of the map: both are models, with the same build factor.

    Measured, here over there, mean (least to most): 1000 rpm 0.89 (0.87 to 0.91), 3000 to 8000 rpm 0.98 (0.92 to 1.09),
    11 000 and 14 000 rpm 1.10 (1.04 to 1.17). Slow, copper rules: the source lengthens its end windings by a fifth (5 %
    of the resistance), and makes 3 % less torque of a current. Fast, the magnets' losses rule, here without the
    reaction of their currents, and friction, six times the source's 92 W at 14 850 rpm.
    Best efficiency 97.7 % there; here within 0.3 points.
    """
    known, flux, terms = id3
    rows = np.genfromtxt(MOTOR_CAD, delimiter=",", skip_header=3)
    ratio, efficiency = [], []
    for rpm, torque, loss in rows:
        speed = np.array([rpm * pi / 30])
        friction = np.interp(speed, terms.friction_speed, terms.friction)
        limits = Limits(current=818.0, max_speed=known.max_speed)
        points = least_loss(flux, terms, source(380.0), limits, speed, torque + friction / speed)
        total = points.total[0, 0, 0] + friction[0]
        ratio.append(total / loss)
        efficiency.append(torque * speed[0] / (torque * speed[0] + total))
    ratio, rpm = np.array(ratio), rows[:, 0]
    slow, middle, fast = rpm < 2000, (rpm > 2000) & (rpm < 10_000), rpm > 10_000
    for region, most, mean in ((slow, 0.2, 0.15), (middle, 0.15, 0.05), (fast, 0.25, 0.15)):
        assert np.all(np.abs(ratio[region] - 1) < most)
        assert abs(ratio[region].mean() - 1) < mean
    assert max(efficiency) == pytest.approx(0.977, abs=0.003)
