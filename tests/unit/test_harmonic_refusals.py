"""What the rooms of time-harmonic fields and cages refuse, and in which words."""

from dataclasses import replace

import numpy as np
import pytest

from cage_cases import SIGMA, STACK, polar_cage, polar_machine
from coaxle.design.machine.field import FieldSettings, bh_curve, field_model
from coaxle.design.machine.harmonic import (
    Cage,
    CageSettings,
    cage_frame,
    cage_points,
    deep_bar,
    equivalent_circuit,
    harmonic_model,
    polar_plane,
    second_order,
    slip_model,
    solve_harmonic,
    solve_slip,
    spread_places,
    turning_places,
)
from coaxle.design.machine.harmonic.quantities import gap_torque
from coaxle.design.machine.harmonic.solution import Bar
from coaxle.errors import ComputationError, InputError, UseError

MESH = polar_machine()
CAGE = polar_cage(MESH)
RADII, ANGLES = np.array([0.1, 0.2, 0.3]), np.linspace(0.0, np.pi, 7)
ONES = np.ones(24)


def plane(radii=RADII, angles=ANGLES, sectors=2):
    return polar_plane(radii, angles, lambda r, _: np.zeros(r.size, np.int32), sign=-1, sectors=sectors)


MODEL = harmonic_model(plane(), ONES, ONES)


def field():
    b = np.linspace(0.0, 40.0, 11)[1:]
    return field_model(MESH, {"iron": bh_curve(b, b / 6e-4)}, {}, FieldSettings())


CASES = [
    (lambda: plane(sectors=3), UseError, "span"),
    (lambda: plane(radii=RADII[::-1]), UseError, "rise"),
    (lambda: harmonic_model(plane(), ONES[1:], ONES), UseError, "permeability: has shape"),
    (lambda: harmonic_model(plane(), -ONES, ONES), InputError, "permeability: is not positive"),
    (lambda: harmonic_model(plane(), ONES, ONES * np.nan), InputError, "conductivity"),
    (lambda: harmonic_model(_turned_over(), ONES, ONES), InputError, "triangle 0 is turned over"),
    (
        lambda: solve_harmonic(MODEL, ONES * 1j, 1.0, speed=1.0, bars=(Bar(cells=ONES > 0, impedance=1.0),)),
        UseError,
        "speed: is 1 rad/s",
    ),
    (lambda: gap_torque(solve_harmonic(MODEL, ONES * 1j, 1.0), 0.31, 0.32), UseError, "no triangle lies between"),
    (lambda: replace(CAGE, bars=5), InputError, "cage.bars: 5"),
    (lambda: replace(CAGE, bar_resistance=0.0), InputError, "above 0"),
    (lambda: replace(CAGE, ring_inductance=-1.0), InputError, "rings is negative"),
    (lambda: replace(CAGE, slices=()), InputError, "cage.slices"),
    (lambda: deep_bar(0.02, 1.0, 5e7, -1.0), InputError, "frequency: -1"),
    (lambda: cage_frame(MESH.section, replace(CAGE, bars=36)), InputError, "hold 8 bars a sector"),
    (lambda: cage_frame(_without_phases(), CAGE), InputError, "phases a, b, c are wanted first"),
    (lambda: turning_places(MESH, CAGE, 7), UseError, "positions: 7 do not divide the 24 ring steps"),
    (lambda: CageSettings(positions=0), UseError, "positions"),
    (lambda: CageSettings(guess=2.5), UseError, "guess"),
    (lambda: CageSettings(residual=0.0), UseError, "residual"),
    (lambda: points([1.0], [1.0, 2.0]), InputError, "i_q, the second from 0 A"),
    (lambda: points([2.0, 1.0], [0.0, 2.0]), InputError, "rising axes"),
    (lambda: points([2.0], [0.0, 2.0], passes=1), ComputationError, "of its linkage along q are left"),
    (
        lambda: equivalent_circuit(pole_pairs=2, i_d=0.0, i_q=1.0, psi_d=1.0, psi_q=1.0, i_r=1.0, resistance=1.0),
        InputError,
        "both above 0",
    ),
    (lambda: solve_slip(slip(), 1.0, 0.0), InputError, "w_slip: 0 rad/s"),
]


def _turned_over():
    whole = plane()
    return replace(whole, cells=whole.cells[:, ::-1].copy())


def _without_phases():
    return replace(MESH.section, circuits=MESH.section.circuits[1:])


def points(i_d, i_q, **more):
    return cage_points(field(), CAGE, STACK, (np.array(i_d), np.array(i_q)), settings=CageSettings(**more))


def slip():
    return slip_model(MESH, CAGE, STACK, permeability={"iron": 500.0}, conductivity=SIGMA)


@pytest.mark.parametrize(("call", "error", "words"), CASES)
def test_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_second_order_twice_is_once():
    twice = second_order(second_order(plane()))
    assert twice.order == 2
    assert twice.nodes.shape == second_order(plane()).nodes.shape


def test_spread_places_stay_within_their_ranges():
    places = spread_places(MESH, CAGE, 10)
    assert np.ptp(places.turned) <= 2 * np.pi * 2 / CAGE.bars + 1e-9  # to whole ring steps
    assert np.ptp(places.gamma) < np.pi / 3
    assert places.thinned(3).steps.size == 3
    assert places.thinned(20) is places


def test_cage_is_a_plain_record():
    assert Cage(bars=28, pole_pairs=2, turns=100.0, bar_resistance=1e-4).ratio == pytest.approx(600 / 28)
