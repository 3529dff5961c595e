"""The cage of a drawn induction machine."""

from __future__ import annotations

from dataclasses import replace

from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.harmonic.cage import Cage
from coaxle.design.machine.section import Section
from coaxle.errors import InputError
from coaxle.materials import conductor


def cage_of(known: MachineFacts, section: Section, temperature: float, *, slices: tuple[float, ...] = (0.0,)) -> Cage:
    """Return the cage of a machine as its facts tell it, its metal at ``temperature`` [K].

    Resistance and ring leakage are those of the facts, given back from a stator phase to the bars; the resistance of
    the rings is counted with the bars'. Even current density is assumed, which is right at the slip frequencies of
    normal running (:func:`coaxle.design.machine.harmonic.cage.deep_bar` tells how far). ``slices`` are electrical
    angles [rad], as in :class:`Cage`.

    Raises
    ------
    InputError
        Where the machine has no cage.

    """
    made = known.rotor_winding
    if made is None or made.style != "cage":
        raise InputError(f"machine: a rotor of type {known.kind} has no cage; an induction machine is wanted")
    here = sum(circuit.name.startswith("bar-") for circuit in section.circuits)
    cage = Cage(
        bars=here * 2 * section.pole_pairs // section.poles,
        pole_pairs=section.pole_pairs,
        turns=known.winding.series_turns * known.winding.winding_factor,
        bar_resistance=1.0,
        slices=slices,
    )
    growth = conductor(made.conductor).growth(temperature)
    per_bar = cage.referred(1.0)
    return replace(
        cage,
        bar_resistance=made.resistance * growth / per_bar,
        ring_inductance=made.end_inductance / per_bar / cage.ring_factor,
    )
