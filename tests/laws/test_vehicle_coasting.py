"""A unit beside a road load from a coast-down: the drag that both hold is paid once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coaxle.cycles.legal import legal
from coaxle.maps import EduMap
from coaxle.vehicle.backward import drive
from coaxle.vehicle.body import AIR_DENSITY, GRAVITY, Coastdown, DragAndTyres
from coaxle.vehicle.coasting import coasted
from coaxle.vehicle.filling import filled
from electric_cases import car, edu


def dragging(plain: EduMap, steps: int) -> EduMap:
    """Return ``plain`` with a drag of so many steps of its torque axis before its shaft, told as such."""
    held = np.full(plain.speed.shape, steps * plain.torque_step)
    known = filled(plain)
    loss = np.concatenate([known[..., steps:], np.repeat(known[..., -1:], steps, axis=-1)], axis=-1)
    high = np.maximum(plain.torque_max - held, 0.0)
    return replace(
        plain,
        loss=loss + (held * plain.speed)[:, None],
        torque_max=high,
        torque_min=np.maximum(plain.torque_min - held, plain.torque[0]),
        torque_continuous=np.minimum(plain.torque_continuous, high),
        drag=held,
    )


def test_a_unit_that_tells_no_drag_is_left_as_it_is():
    unit = edu()
    assert coasted(unit) is unit


def test_a_told_drag_is_taken_away_again():
    """Losses are linear between nodes: moving them there and back by whole steps is exact, away from the upper end."""
    plain = edu(nodes=(3, 21, 41))
    back = coasted(dragging(plain, 2))
    known = filled(plain)
    assert back.loss[..., 2:39] == pytest.approx(known[..., 2:39], rel=1e-9)
    assert back.torque[:41] == pytest.approx(plain.torque)
    assert back.torque_max == pytest.approx(np.maximum(plain.torque_max, 2 * plain.torque_step))
    assert not back.drag.any()
    assert np.all(back.loss[np.isfinite(back.loss)] >= 0)


def test_a_coast_down_and_a_road_load_free_of_the_driveline_agree():
    """The same car takes the same energy whether the drag stands in its road load too or in its unit alone.

    Not to the last bit: at standstill and in the last metres of braking a constant road load and a drag differ. Leaving
    the drag in both costs several per cent, which the law must see.
    """
    plain = edu(nodes=(1, 41, 121))
    unit = dragging(plain, 1)
    drag = float(unit.drag[0])
    free = DragAndTyres(kind="drag-and-tyres", frontal_area=2.3, drag=0.27, rolling=0.008)
    car_free = car(rear=unit, road_load=free)
    body = car_free.body
    coast = Coastdown(
        kind="coastdown",
        f0=body.mass * GRAVITY * free.rolling + drag / body.wheel_radius,
        f1=0.0,
        f2=0.5 * AIR_DENSITY * free.drag * free.frontal_area,
    )
    cycle = legal("HWFET")
    alone = drive([car_free], cycle).checked().wall_energy[0]
    both = drive([car(rear=unit, road_load=coast)], cycle).checked().wall_energy[0]
    twice = drive([car(rear=replace(unit, drag=np.zeros_like(unit.drag)), road_load=coast)], cycle).checked()
    assert both == pytest.approx(alone, rel=3e-3)
    assert twice.wall_energy[0] > 1.03 * alone
