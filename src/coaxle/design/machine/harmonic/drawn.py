"""The cage of a drawn induction machine."""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.harmonic.cage import Cage, bar_resistance, ring_inductance, ring_resistance
from coaxle.design.machine.harmonic.frame import effective_turns
from coaxle.design.machine.kinds.induction import Induction, bar_area
from coaxle.design.machine.section import Section
from coaxle.materials import conductor


def cage_of(design: Induction, section: Section, temperature: float) -> Cage:
    """Return the cage of ``design``, drawn as ``section``, with its metal at ``temperature`` [K].

    Bars run from ring to ring, straight; rings stand flush with the bars' tops. Resistances are those of even current
    density, right at the slip frequencies of normal running (see :func:`coaxle.design.machine.harmonic.deep_bar`).
    """
    made = design.rotor
    conductivity = 1.0 / conductor(made.bar_material).resistivity_at(temperature)
    overhang = 2.0 * (made.ring_distance + made.ring_width / 2)
    top = design.stator.bore - 2 * design.gap - 2 * made.bar.opening_depth
    diameter = top - made.ring_height
    skew = design.skew
    angles = np.zeros(1)
    if skew is not None and skew.slices > 1:
        angles = design.pole_pairs * skew.angle * (np.arange(skew.slices) / (skew.slices - 1) - 0.5)
    return Cage(
        bars=made.bars,
        pole_pairs=design.pole_pairs,
        turns=effective_turns(section),
        bar_resistance=bar_resistance(design.stack + overhang, bar_area(design), conductivity),
        ring_resistance=ring_resistance(diameter, made.ring_height * made.ring_width, conductivity, made.bars),
        ring_inductance=ring_inductance(diameter, overhang, design.pole_pairs, made.bars),
        slices=tuple(angles.tolist()),
    )
