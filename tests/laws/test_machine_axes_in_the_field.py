"""The drawn axes against the field solution: magnets and field current link the phases along d, and pull at q."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.design.machine.field import FieldSettings, bh_curve, field_model, solve
from coaxle.design.machine.kinds import draw
from coaxle.design.machine.mesh import DRAFT, mesh
from coaxle.materials import magnet, steel
from machine_cases import CASES


def phases(i_d, i_q, theta):
    """Return phase currents (..., 3) of a vector in a frame turned by ``theta``."""
    vector = (i_d + 1j * i_q) * np.exp(1j * theta)
    return np.stack([(vector * np.exp(-2j * np.pi * phase / 3)).real for phase in range(3)], axis=-1)


def rotor_frame(psi, theta):
    """Return the d and q parts of phase quantities (..., 3)."""
    turned = 2 / 3 * (psi * np.exp(2j * np.pi * np.arange(3) / 3)).sum(axis=-1) * np.exp(-1j * theta)
    return turned.real, turned.imag


def solved(name, currents, i_f=0.0):
    """Return psi_d, psi_q [Wb/m] and torque [Nm/m], means over six positions within a sixth of a period."""
    machine = CASES[name]
    section = draw(machine)
    made = mesh(section, DRAFT)
    sheets = {region.material for region in section.regions if region.part in ("stator-yoke", "rotor-iron")}
    iron = {sheet: bh_curve(steel(sheet).b, steel(sheet).h, machine.stacking) for sheet in sheets}
    magnets = {
        region.material: (magnet(region.material).remanence(293.15), magnet(region.material).permeability)
        for region in section.regions
        if region.part == "magnet"
    }
    model = field_model(made, iron, magnets, FieldSettings())
    ring = len(made.rotor_ring) - 1
    steps = np.arange(6) * (ring // section.poles // 18)
    theta = section.rotor_axis - section.phase_axis + steps * np.pi * section.poles / ring
    i_d, i_q = currents
    given = np.zeros((6, 1, 1, len(section.circuits)))
    given[:, 0, 0, :3] = phases(i_d, i_q, theta)
    if len(section.circuits) == 4:
        given[:, 0, 0, 3] = i_f
    found = solve(model, steps, given).checked()
    psi_d, psi_q = rotor_frame(found.linkage[:, 0, 0, :3], theta)
    return psi_d.mean(), psi_q.mean(), found.torque[:, 0, 0].mean()


@pytest.mark.parametrize(
    ("name", "i_f"), [("i3", 0), ("i-pace", 0), ("model-3", 0), ("id3", 0), ("surface", 0), ("zoe", 10)]
)
def test_excitation_links_the_phases_along_d_alone(name, i_f):
    psi_d, psi_q, torque = solved(name, (0.0, 0.0), float(i_f))
    assert psi_d > 0
    # What is left on q is cogging's and the mean's over six positions.
    assert abs(psi_q) < 0.01 * psi_d
    current = 100.0
    loaded = solved(name, (0.0, current), float(i_f))
    pole_pairs = CASES[name].pole_pairs
    # Positive q current drives forward: 3/2 p psi_d i_q, less what saturation takes. Six positions leave ripple, 5 %.
    assert loaded[2] - torque == pytest.approx(1.5 * pole_pairs * loaded[0] * current, rel=0.05)


def test_d_of_barriers_without_magnets_is_the_axis_of_least_reluctance():
    along_d, along_q = solved("reluctance", (20.0, 0.0))[0], solved("reluctance", (0.0, 20.0))[1]
    assert along_d > 2 * along_q > 0
