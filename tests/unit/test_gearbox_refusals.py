"""Gearboxes and questions that are refused, and what is said."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

import coaxle.design.gearbox as room
from coaxle.design.gearbox import (
    Bearing,
    Drag,
    Gearbox,
    ParallelGearbox,
    PlanetaryGearbox,
    SizeSettings,
    input_torque,
    losses,
    size,
)
from coaxle.errors import InputError
from coaxle.project.shapes import record
from gearbox_cases import ID3, PLANETS, TAPERS

STAGE = ID3.stages[0]


@pytest.mark.parametrize(
    ("gearbox", "said"),
    [
        (replace(ID3, stages=()), "one or two"),
        (replace(ID3, arrangement="coaxial"), "coaxial asks for equal ones"),
        (replace(ID3, arrangement="coaxial", stages=(STAGE,)), "two stages are wanted"),
        (replace(ID3, shafts=(30e-3,)), "one a shaft is wanted, 3 in all"),
        (replace(ID3, bearings=TAPERS[:2]), "one a shaft is wanted, 3 in all"),
        (replace(ID3, immersion=20e-3), "volume of the oil"),
        (replace(ID3, immersion=50e-3, oil_volume=1e-3), "bearings.2. would stand in the oil, at most 47.8 mm"),
        (replace(PLANETS, immersion=150e-3), "would stand in the oil"),
        (replace(ID3, roughness=0.0), "roughness: 0"),
        (replace(ID3, oil="70w-76w"), "70w-75w"),
        (replace(ID3, drag=Drag(at_25=0.2, at_50=0.3, at_90=0.1)), "does not fall with temperature"),
        (replace(ID3, stages=(replace(STAGE, pinion_teeth=5),)), "at least 6 teeth"),
        (replace(ID3, stages=(replace(STAGE, helix=0.8),)), "below 45 deg"),
        (replace(ID3, stages=(replace(STAGE, width=0.0),)), "both above 0"),
        (replace(ID3, stages=(replace(STAGE, addendum=0.5),)), "contact ratio"),
        (replace(ID3, stages=(replace(STAGE, pinion_shift=-1.0, wheel_shift=-3.0),)), "profile shifts"),
        (replace(ID3, max_torque=4000.0), "above 100 mm bearings are to be given"),
        (replace(ID3, bearings=(replace(TAPERS[0], bore=60e-3), *TAPERS[1:])), "0 < bore < outside"),
        (replace(ID3, bearings=(Bearing(series="ball-62", bore=3e-2, outside=6e-2), *TAPERS[1:])), "static_load: 0 N"),
        (replace(PLANETS, planets=4), "do not fit evenly"),
        (replace(PLANETS, planets=6), "do not fit evenly|touch"),
        (replace(PLANETS, ring_module=2e-3), "equal is wanted"),
        (replace(PLANETS, bearings=PLANETS.bearings[:2]), "those of sun, planets and carrier"),
    ],
)
def test_figures_that_do_not_go_together(gearbox: Gearbox, said: str) -> None:
    with pytest.raises(InputError, match=said):
        losses(gearbox, 100.0, 10.0, 323.15)


def test_points_that_are_none() -> None:
    with pytest.raises(InputError, match="torque: not a finite number"):
        losses(ID3, np.nan, 10.0, 323.15)
    with pytest.raises(InputError, match="-40 to 150 degC"):
        input_torque(ID3, 10.0, 10.0, 50.0)
    with pytest.raises(InputError, match="0 to 110 degC"):
        losses(replace(ID3, drag=Drag(at_25=0.4, at_50=0.3, at_90=0.2)), 10.0, 10.0, 253.15)


def test_sizes_that_are_none() -> None:
    for torque, ratio, settings, said in (
        (-1.0, 10.0, SizeSettings(), "a torque above 0"),
        (100.0, 40.0, SizeSettings(), "ratio of 1.2 to 25"),
        (100.0, 10.0, SizeSettings(stages=3), "1 or 2"),
        (100.0, 10.0, SizeSettings(arrangement="round"), "offset or coaxial"),
        (100.0, 10.0, SizeSettings(first_ratio=11.0), "less than 10"),
    ):
        with pytest.raises(InputError, match=said):
            size(torque, ratio, settings)


def test_names_are_what_they_say_twice_over() -> None:
    """A late name is never shadowed by a module."""
    for _ in range(2):
        for name in room.__all__:
            assert not isinstance(getattr(room, name), type(sys)), name
    with pytest.raises(AttributeError, match="nonsense"):
        _ = room.nonsense


@pytest.mark.parametrize("kind", [ParallelGearbox, PlanetaryGearbox])
def test_a_project_file_can_hold_it(kind: type[Gearbox]) -> None:
    """Every field has a shape that YAML can write; a new one without would be refused here."""
    slots = record(kind).slots
    assert {"kind", "source", "assumed", "oil", "drag"} <= slots.keys()
    assert not slots["drag"].required


def test_a_gearbox_needs_no_arrays() -> None:
    code = (
        "import sys; from coaxle.design.gearbox import ParallelGearbox, PlanetaryGearbox, ratio; "
        "print([m for m in ('numpy', 'numba', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
