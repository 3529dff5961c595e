"""Facts of a made-up machine the size of the VW ID.3's, for the tests of losses."""

from __future__ import annotations

from math import pi

from coaxle.design.machine.facts import MachineFacts, RotorWindingFacts, WindingFacts

HAIRPINS = WindingFacts(
    style="hairpin",
    slots=36,
    layers=6,
    conductors_per_slot=6,
    parallel_paths=3,
    series_turns=24.0,
    winding_factor=0.96,
    conductor_height=1.95e-3,
    conductor_width=4.713e-3,
    strands=1,
    slot_fill=0.78,
    turn_length=0.70,
    end_turn_length=0.32,
    overhang=0.022,
    resistance=5e-3,
    end_inductance=1e-5,
    conductor="copper",
)
FIELD = RotorWindingFacts(
    style="field",
    turns=500.0,
    conductor_area=2e-6,
    slot_fill=0.6,
    turn_length=0.5,
    resistance=3.0,
    overhang=0.02,
    end_inductance=0.01,
    conductor="copper",
)
MACHINE = MachineFacts(
    kind="ipm",
    pole_pairs=4,
    slots=36,
    stack=0.192,
    stator_outer=0.220,
    bore=0.163,
    gap=0.5e-3,
    rotor_outer=0.162,
    rotor_inner=0.063,
    slot_depth=15.5e-3,
    slot_width=6.1e-3,
    slot_perimeter=0.04,
    slot_liner=0.2e-3,
    tooth_width=4.5e-3,
    yoke_height=0.013,
    stator_steel="NO18-1160",
    rotor_steel="NO18-1160",
    magnet="N42EH",
    stacking=0.97,
    max_speed=16000 * pi / 30,
    winding=HAIRPINS,
    rotor_winding=None,
    inertia=0.05,
    masses={"rotor-iron": 18.0, "magnets": 2.0, "shaft": 3.0},
)
