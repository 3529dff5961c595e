"""A drawn and meshed induction machine: points in the frame of the rotor flux against fields at slip frequency."""

import numpy as np
import pytest

from coaxle.design.machine.field import FieldSettings, bh_curve, field_model
from coaxle.design.machine.harmonic import (
    CageSettings,
    bar_resistance,
    cage_of,
    cage_points,
    effective_turns,
    equivalent_circuit,
    ring_resistance,
    slip_model,
    solve_slip,
)
from coaxle.design.machine.harmonic.solution import MU_0
from coaxle.design.machine.kinds import Induction, draw
from coaxle.design.machine.kinds.induction import CageRotor, DropBar, bar_area
from coaxle.design.machine.kinds.stator import ParallelToothSlot, Stator
from coaxle.design.machine.measure import facts
from coaxle.design.machine.mesh import DRAFT, mesh
from coaxle.design.machine.winding.coils import RoundWire
from coaxle.materials import conductor

STEEL = "M400-50A"
MU_R = 1000.0
WARM = 353.15


def industrial():
    """A 4-pole machine with 36 slots and 28 bars, one pole a sector."""
    return Induction(
        kind="induction",
        pole_pairs=2,
        stack=0.12,
        stacking=0.97,
        gap=0.0004,
        shaft_diameter=0.04,
        max_speed=700.0,
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
            steel=STEEL,
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
                kind="drop",
                top_width=0.0052,
                bottom_width=0.0028,
                height=0.0145,
                opening=0.001,
                opening_depth=0.0006,
            ),
            bar_material="aluminium-die-cast",
            ring_height=0.016,
            ring_width=0.009,
            steel=STEEL,
        ),
        source="drawn for this test",
    )


def traction():
    """Cross-section of a Tesla Model S machine: 60 slots, 74 bars, two poles a sector, even bars no pole has.

    Dimensions: Eomys/pyleecan, Tesla_S.json (Apache-2.0), which gives them without source; bars as drops.
    """
    return Induction(
        kind="induction",
        pole_pairs=2,
        stack=0.152,
        stacking=0.95,
        gap=0.0006,
        shaft_diameter=0.05,
        max_speed=1570.0,
        stator=Stator(
            slots=60,
            outer_diameter=0.254,
            bore=0.157,
            slot=ParallelToothSlot(
                kind="parallel-tooth",
                depth=0.02,
                tooth_width=0.004,
                opening=0.0029,
                opening_depth=0.0005,
                shoulder=0.0005,
            ),
            steel=STEEL,
        ),
        winding=RoundWire(
            kind="round-wire",
            layers=2,
            turns=1,
            wire_diameter=0.00108,
            wire_insulation=0.00004,
            strands=26,
            liner=0.0002,
            parallel_paths=2,
            pitch=14,
            conductor="copper",
        ),
        rotor=CageRotor(
            bars=74,
            bar=DropBar(
                kind="drop",
                top_width=0.0024,
                bottom_width=0.0008,
                height=0.0216,
                opening=0.002,
                opening_depth=0.007,
            ),
            bar_material="copper",
            ring_height=0.02,
            ring_width=0.015,
            steel=STEEL,
        ),
        source="Eomys/pyleecan, Tesla_S.json; bars as drops",
    )


@pytest.mark.parametrize(("design", "i_d", "i_q"), [(industrial(), 4.0, 12.0), (traction(), 150.0, 500.0)])
def test_points_meet_the_field_at_slip_frequency(design, i_d, i_q):
    """Linear iron on a coarse mesh of first order; both roads stand on the same triangles.

    3e-3: bars that the field induces carry the stator's and slots' harmonics too, which the points leave out; 0.6e-3 to
    2e-3 were measured. The slip field is the mean of four rotor steps.
    """
    section = draw(design)
    meshed = mesh(section, DRAFT)
    cage = cage_of(facts(design), section, WARM)
    b = np.linspace(0.0, 40.0, 11)[1:]
    model = field_model(meshed, {STEEL: bh_curve(b, b / (MU_R * MU_0))}, {}, FieldSettings(tolerance=1e-7))
    points = cage_points(
        model,
        cage,
        design.stack,
        (np.array([i_d]), np.array([0.0, i_q])),
        settings=CageSettings(residual=1e-5),
    )
    w_slip = cage.resistance * points.i_r[0, 1] / points.psi_r[0, 1]
    sigma = 1.0 / conductor(design.rotor.bar_material).resistivity_at(WARM)
    fields = [
        solve_slip(
            slip_model(meshed, cage, design.stack, permeability={STEEL: MU_R}, conductivity=sigma, step=step),
            np.hypot(i_d, i_q),
            w_slip,
        )
        for step in range(4)
    ]
    turn = np.exp(1j * np.arctan2(i_q, i_d))
    psi = points.psi_d[0, 1] + 1j * points.psi_q[0, 1]
    torque = 1.5 * cage.pole_pairs * (points.psi_d[0, 1] * i_q - points.psi_q[0, 1] * i_d)
    assert np.mean([each.psi_s for each in fields]) * turn == pytest.approx(psi, rel=3e-3)
    assert np.mean([each.i_r for each in fields]) * turn == pytest.approx(-1j * points.i_r[0, 1], rel=3e-3)
    assert np.mean([each.loss for each in fields]) * cage.pole_pairs / w_slip == pytest.approx(torque, rel=3e-3)
    circuit = equivalent_circuit(
        pole_pairs=2,
        i_d=i_d,
        i_q=i_q,
        psi_d=points.psi_d[0, 1],
        psi_q=points.psi_q[0, 1],
        i_r=points.i_r[0, 1],
        resistance=cage.resistance,
    )
    assert circuit.torque(np.hypot(i_d, i_q), w_slip) == pytest.approx(torque, rel=1e-3)


@pytest.mark.parametrize("design", [industrial(), traction()])
def test_cage_of_facts_is_that_of_the_bars(design):
    """Facts refer the cage to a phase, the cage takes it back to the bars: bar and ring by their own dimensions."""
    section, made = draw(design), design.rotor
    cage = cage_of(facts(design), section, WARM)
    sigma = 1.0 / conductor(made.bar_material).resistivity_at(WARM)
    outside = design.stator.bore - 2 * design.gap - 2 * made.bar.opening_depth
    bar = bar_resistance(design.stack + made.ring_width + 2 * made.ring_distance, bar_area(design), sigma)
    area = made.ring_height * made.ring_width
    ring = ring_resistance(outside - made.ring_height, area, sigma, made.bars)
    assert cage.bars == made.bars
    assert cage.bar_resistance == pytest.approx(bar + cage.ring_factor * ring, rel=1e-9)
    assert cage.turns == pytest.approx(effective_turns(section), rel=1e-3)  # slots have width, the phasor's have none
