"""What holds for the checks of any unit: of a wound rotor and of magnets inside."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from coaxle.design.edu import Unit
from coaxle.design.edu.checks import DRAFT_CHECKS, Check, credibility
from coaxle.design.edu.checks.field import probe, ramp
from coaxle.design.edu.checks.loads import fullest
from edu_cases import SMALL, interior_unit, wound_unit

UNITS = {"wound": wound_unit, "interior": interior_unit}


@cache
def lines(name: str) -> dict[str, Check]:
    found = credibility(UNITS[name](), DRAFT_CHECKS)
    made = {line.name: line for line in found}
    assert len(made) == len(found), "names are unique"
    return made


@pytest.mark.parametrize("name", UNITS)
def test_colour_follows_from_figure_and_limit(name):
    for line in lines(name).values():
        kept = line.value >= line.limit if line.at_least else line.value <= line.limit
        assert line.passed == (kept and not np.isnan(line.value)), line
        assert np.isfinite(line.limit)
        assert line.source
        assert line.note


def test_what_a_type_has_not_is_absent():
    wound, interior = lines("wound"), lines("interior")
    only_wound = {word for word in wound if word not in interior}
    only_interior = {word for word in interior if word not in wound}
    assert {"slip rings, speed", "field current density, peak", "field voltage at a stator short circuit"} < only_wound
    assert {"demagnetisation at peak current", "rotor stress across bridges", "uncontrolled generation"} < only_interior
    assert not any("demagnetisation" in word for word in wound)
    assert not any("field" in word for word in interior)


@pytest.mark.parametrize("name", UNITS)
@pytest.mark.parametrize(
    "line",
    [
        "power at the machine's terminals",
        "no negative loss",
        "no efficiency above 1",
        "electric power rises with torque",
    ],
)
def test_physics_is_green(name, line):
    assert lines(name)[line].passed


def test_energies_close():
    """What is left comes of looking parts up one by one between the nodes: of magnets within the limit of 0.1 %.

    A wound rotor's field sets in at some torque, with a kink in its parts: within 0.5 % on this coarse map.
    """
    assert lines("interior")["energy closes"].passed
    assert lines("wound")["energy closes"].value < 0.5


@pytest.mark.parametrize("name", UNITS)
def test_single_points_lie_on_the_flux_map(name):
    """The same mesh and positions: at a node of the fields' grid both are one solution, to the tolerance of 1e-3."""
    unit: Unit = UNITS[name]()
    flux, i_f = unit.flux, float(unit.flux.i_f[-1])
    solved = probe(unit.parts.machine, SMALL.flux, unit.parts.unit.conditions.rotor)
    zero = int(np.argmin(np.abs(flux.i_d)))
    found = solved.at(*ramp(0.0, float(flux.i_q[-1]), i_f))
    scale = float(np.max(np.abs(flux.psi_q)))
    assert found.psi_d[-1] == pytest.approx(flux.psi_d[zero, -1, -1], abs=2e-3 * scale)
    assert found.psi_q[-1] == pytest.approx(flux.psi_q[zero, -1, -1], abs=2e-3 * scale)
    assert found.psi_f[-1] == pytest.approx(flux.psi_f[zero, -1, -1], rel=2e-3, abs=1e-9)


@pytest.mark.parametrize("name", UNITS)
def test_yoke_carries_half_of_the_flux_of_a_pole(name):
    """No load: the yoke's fullest cut holds half of the pole's flux, psi = N k_w Phi.

    Phi is that of the fundamental; a third of the third harmonic goes in or out: 15 %.
    """
    unit: Unit = UNITS[name]()
    known, i_f = unit.facts, 0.25 * float(unit.flux.i_f[-1])
    solved = probe(unit.parts.machine, SMALL.flux, unit.parts.unit.conditions.rotor)
    found = solved.at(*ramp(0.0, 0.0, i_f), fields=True)
    _, yoke = fullest(solved.ready.mesh, found)
    flux = float(found.psi_d[-1]) / (known.winding.series_turns * known.winding.winding_factor)
    assert yoke == pytest.approx(0.5 * flux / (known.stack * known.yoke_height), rel=0.15)


def test_machines_differ_by_their_own_figures():
    """Bridges, voltage and force order of one unit are not those of the other."""
    wound, interior = lines("wound"), lines("interior")
    for word in ("rotor burst", "short circuit, steady current", "stator mode of the lowest radial force"):
        assert wound[word].value != interior[word].value
