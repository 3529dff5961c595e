"""What physics forbids gears to do otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coaxle.design.gearbox import (
    Drag,
    Gearbox,
    SizeSettings,
    capacity,
    drag_torque,
    inertia,
    input_torque,
    losses,
    mass,
    output_torque,
    ratio,
    size,
)
from coaxle.design.gearbox.train import meshes
from coaxle.errors import InputError
from gearbox_cases import ID3, PLANETS, TAPERS

PARTS = ("mesh", "bearings", "seals", "churning", "spray", "windage", "preload", "drag")
DRAG = Drag(at_25=0.4, at_50=0.3, at_90=0.2)
CASES: dict[str, Gearbox] = {
    "id3": ID3,
    "dipping": replace(ID3, immersion=40e-3, oil_volume=1e-3, differential_preload=1.5),
    "tapers": replace(ID3, bearings=TAPERS),
    "planets": PLANETS,
    "known drag": replace(ID3, drag=DRAG),
    "coaxial": size(310.0, 11.0, SizeSettings(arrangement="coaxial")),
    "one stage": size(250.0, 5.0),
}
TORQUE, SPEED = np.linspace(0.0, 3600.0, 49), np.linspace(0.0, 170.0, 86)
gearboxes = pytest.mark.parametrize("name", CASES)
sized = st.builds(
    lambda torque, i, depth: size(torque, i, SizeSettings(immersion=depth)),
    st.floats(50.0, 600.0), st.floats(2.0, 14.0), st.floats(0.0, 15.0),
)  # fmt: skip


@gearboxes
@pytest.mark.parametrize("celsius", [0.0, 25.0, 50.0, 90.0])
def test_losses_rise_with_torque_and_speed(name: str, celsius: float) -> None:
    """Driving and braking, of the whole; from 0 to 90 degC. (A single bearing may lose less at more speed.)"""
    for sign in (1.0, -1.0):
        found = losses(CASES[name], sign * TORQUE[:, None], SPEED, celsius + 273.15)
        for part in PARTS:
            assert np.all(getattr(found, part) >= 0), part
        assert np.all(np.diff(found.total, axis=1) > 0)
        assert np.all(np.diff(found.total[:, 1:], axis=0) > 0)
        assert np.all(found.total[:, 0] == 0)


@gearboxes
def test_energies_close_and_no_efficiency_reaches_one(name: str) -> None:
    """Input power = output power + losses, to rounding, in all four quadrants."""
    gearbox = CASES[name]
    torque = np.concatenate([-TORQUE[::-1], TORQUE])[:, None]
    speed = np.concatenate([-SPEED[:0:-1], SPEED])
    into = input_torque(gearbox, torque, speed, 323.15) * speed * ratio(gearbox)
    out = torque * speed
    loss = losses(gearbox, torque, speed, 323.15).total
    assert np.max(np.abs(into - out - loss)) < 1e-12 * np.max(np.abs(out))
    assert np.all(into[:, speed != 0] > out[:, speed != 0])


@gearboxes
def test_torque_comes_back(name: str) -> None:
    """What the input needs for a torque at the output gives that torque.

    5e-3 Nm: SKF's friction of a ball rises with the 0.76th power of its axial load, so that within a few mNm of no load
    more braking asks for more driving torque, and the inverse has no single answer. Away from there only rounding.
    """
    gearbox = CASES[name]
    torque = np.concatenate([-TORQUE[::-1], TORQUE])[:, None]
    into = input_torque(gearbox, torque, SPEED, 323.15)
    back = output_torque(gearbox, into, SPEED * ratio(gearbox), 323.15)
    assert np.max(np.abs(back - torque)) < 5e-3
    assert np.max(np.abs(back - torque)[np.abs(torque[:, 0]) > 1]) < 1e-7


@gearboxes
def test_backwards_is_forwards_mirrored(name: str) -> None:
    """Straight or helical, the model knows no preferred sense of turning."""
    into = input_torque(CASES[name], TORQUE[:, None], SPEED[1:], 323.15)
    mirrored = input_torque(CASES[name], -TORQUE[:, None], -SPEED[1:], 323.15)
    assert np.array_equal(into, -mirrored)


@gearboxes
def test_many_points_are_single_points(name: str) -> None:
    temperature = np.array([283.15, 323.15, 363.15])
    grid = losses(CASES[name], TORQUE[::12, None, None], SPEED[::17, None], temperature).total
    assert grid.shape == (5, 6, 3)
    for i, torque in enumerate(TORQUE[::12]):
        for j, speed in enumerate(SPEED[::17]):
            for k, t in enumerate(temperature):
                assert grid[i, j, k] == losses(CASES[name], torque, speed, t).total


def test_a_known_drag_changes_nothing_that_load_makes() -> None:
    """Mesh losses are those of the same torque; the bearings' share without load has gone into the drag."""
    speed = SPEED[1:]
    without, known = (losses(each, 1000.0, speed, 323.15) for each in (ID3, CASES["known drag"]))
    # The torque of the mesh holds the drag of the shafts below, which a known drag puts at the input: below 0.5 Nm.
    assert np.max(np.abs(known.mesh / without.mesh - 1)) < 1e-3
    assert np.all(known.bearings <= without.bearings)
    assert np.all(known.seals + known.churning + known.spray + known.windage + known.preload == 0)
    assert known.drag == pytest.approx(0.3 * speed * ratio(ID3), rel=1e-9)


def test_colder_oil_drags_more() -> None:
    """With a bath, and by a known drag; at 50 rad/s, where the oil still counts."""
    celsius = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
    for name in ("dipping", "known drag"):
        assert np.all(np.diff(drag_torque(CASES[name], 50.0, celsius + 273.15)) < 0)


def test_each_cause_costs() -> None:
    base = losses(ID3, 500.0, 100.0, 323.15)
    for changes, part in (
        ({"immersion": 30e-3, "oil_volume": 1e-3}, "churning"),
        ({"spray": 5e-3 / 60}, "spray"),
        ({"input_seals": (40e-3,)}, "seals"),
        ({"differential_preload": 2.0}, "preload"),
        ({"roughness": 1e-6}, "mesh"),
        ({"oil": "mineral-32"}, "mesh"),
    ):
        more = losses(replace(ID3, **changes), 500.0, 100.0, 323.15)  # type: ignore[arg-type]
        assert getattr(more, part) > getattr(base, part), part
        assert more.total > base.total, part


@settings(max_examples=30, deadline=None)
@given(sized, st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_gears_of_any_size_lose_little_of_their_power(gearbox: Gearbox, load: float, pace: float) -> None:
    """At 20 to 100 % of peak torque and 80 to 1600 rad/s of the machine: 0.3 to 12 %, most with drag at light load."""
    torque = (0.2 + 0.8 * load) * gearbox.max_torque * ratio(gearbox)
    speed = 1600.0 * pace / ratio(gearbox)
    try:
        loss = float(losses(gearbox, torque, speed, 343.15).total)
    except InputError as error:  # a small wheel that dips deep would wet the bearings, which is refused
        assume("would stand in the oil" not in str(error))
        raise
    assert 0.003 < loss / (torque * speed) < 0.12


@settings(max_examples=30, deadline=None)
@given(st.floats(50.0, 600.0), st.floats(2.0, 14.0))
def test_sizing(torque: float, i: float) -> None:
    """The ratio is met within 2.5 % (whole teeth), twice the torque is heavier, and peak torque is borne about as told.

    The width follows from one pitting stress, so S_H of every stage lies near one figure: 0.7 to 1.15.
    """
    gearbox = size(torque, i)
    assert ratio(gearbox) == pytest.approx(i, rel=0.025)
    twice = size(2 * torque, i)
    assert mass(twice).total > mass(gearbox).total
    assert inertia(twice) > inertia(gearbox)
    for one, other in zip(meshes(gearbox), meshes(twice), strict=True):
        assert other.a == pytest.approx(2 ** (1 / 3) * one.a, rel=1e-12)
    for each in capacity(gearbox, torque, 400.0):
        assert 0.7 < min(each.pitting) < 1.15


def test_coaxial_gears_have_equal_centre_distances() -> None:
    for i in (8.0, 10.0, 12.0):
        first, second = meshes(size(300.0, i, SizeSettings(arrangement="coaxial")))
        assert first.a == pytest.approx(second.a, rel=1e-12)


def test_stress_rises_with_the_root_of_the_torque_and_root_stress_with_the_torque() -> None:
    """At standstill, where no dynamic factor is in between."""
    once, four = (capacity(ID3, torque, 0.0) for torque in (100.0, 400.0))
    for one, other in zip(once, four, strict=True):
        assert other.contact[0] == pytest.approx(2 * one.contact[0], rel=1e-12)
        assert other.root[0] == pytest.approx(4 * one.root[0], rel=1e-12)
        assert other.pitting[1] == pytest.approx(one.pitting[1] / 2, rel=1e-12)
