"""Windings against closed forms, and their axes against the field of line currents in free space."""

from __future__ import annotations

from math import gcd, pi, sin

import numpy as np
import pytest

from coaxle.design.machine.kinds import draw
from coaxle.design.machine.kinds.sketch import centroid
from coaxle.design.machine.winding import Hairpin, RoundWire, check_layout, lay
from coaxle.errors import InputError
from machine_cases import CASES


def wire(layers=2, pitch=10, paths=1):
    return RoundWire(
        kind="round-wire",
        layers=layers,
        turns=10,
        wire_diameter=1e-3,
        wire_insulation=0.0,
        strands=1,
        liner=0.0,
        parallel_paths=paths,
        pitch=pitch,
        conductor="copper",
    )


def bars(layers=4, pitch=6, paths=1):
    return Hairpin(
        kind="hairpin",
        layers=layers,
        bar_height=2e-3,
        bar_width=4e-3,
        bar_insulation=0.0,
        liner=0.0,
        parallel_paths=paths,
        pitch=pitch,
        conductor="copper",
    )


def product(slots, pole_pairs, pitch, harmonic):
    """Distribution times pitch factor of a winding with whole slots per pole and phase."""
    q, alpha = slots // (6 * pole_pairs), harmonic * 2 * pi * pole_pairs / slots
    distribution = sin(q * alpha / 2) / (q * sin(alpha / 2))
    return abs(distribution * sin(pitch * alpha / 2))


@pytest.mark.parametrize("harmonic", [1, 5, 7, 11, 13, 17])
@pytest.mark.parametrize(
    ("slots", "pole_pairs", "pitch"), [(48, 2, 10), (48, 4, 6), (54, 3, 8), (72, 6, 6), (60, 2, 14)]
)
def test_whole_slots_have_the_product_of_distribution_and_pitch(slots, pole_pairs, pitch, harmonic):
    for winding in (wire(pitch=pitch), bars(pitch=pitch)):
        factor = lay(winding, slots, pole_pairs).factor(harmonic)
        assert factor == pytest.approx(product(slots, pole_pairs, pitch, harmonic), abs=1e-12)


@pytest.mark.parametrize(
    ("slots", "pole_pairs", "pitch", "factor"),
    [
        # Pyrhönen, Jokinen, Hrabovcová 2014, tables of tooth coils: 12/10 and 12/8, 9/8.
        (12, 5, 1, 0.933),
        (12, 4, 1, 0.866),
        (9, 4, 1, 0.945),
        # q = 3/2: belts of two slots and of one, apart by 40 degrees: |2 + 1| over 3 phasors of 0, 40, 200 + 180.
        (36, 4, 4, 0.9452),
    ],
)
def test_broken_slots_per_pole(slots, pole_pairs, pitch, factor):
    assert lay(wire(pitch=pitch), slots, pole_pairs).factor() == pytest.approx(factor, abs=5e-4)


@pytest.mark.parametrize(
    ("slots", "pole_pairs", "pitch"),
    [(48, 2, 10), (36, 4, 3), (36, 4, 4), (12, 5, 1), (54, 3, 8), (9, 4, 1), (27, 4, 3)],
)
def test_phases_are_alike_and_a_third_of_a_period_apart(slots, pole_pairs, pitch):
    layout = lay(wire(pitch=pitch), slots, pole_pairs)
    a, b, c = (layout.phasor(phase) for phase in range(3))
    third = np.exp(2j * pi / 3)
    assert b == pytest.approx(a * third, abs=1e-12)
    assert c == pytest.approx(a * third**2, abs=1e-12)
    for sides in zip(*layout.sides, strict=True):
        assert {side.phase for side in sides} == {0, 1, 2}


@pytest.mark.parametrize(("slots", "pole_pairs"), [(48, 2), (36, 4), (54, 3), (60, 2), (72, 6), (27, 4)])
def test_the_layout_repeats_with_the_sector(slots, pole_pairs):
    """After P poles with whole slots the sides come again, turned over where P is odd."""
    layout = lay(wire(pitch=max(1, slots // (2 * pole_pairs))), slots, pole_pairs)
    poles = 2 * pole_pairs // gcd(slots, 2 * pole_pairs)
    step, sign = slots * poles // (2 * pole_pairs), -1 if poles % 2 else 1
    for slot in range(slots):
        for here, there in zip(layout.sides[slot], layout.sides[(slot + step) % slots], strict=True):
            assert (here.phase, sign * here.sign) == (there.phase, there.sign)


def radial_fundamental(section, currents):
    """Return the complex fundamental, over electrical angle, of the radial field that line currents make at the gap.

    A second road to the axes: A = -mu_0 / (2 pi) sum I ln |z - z_k| over the whole machine, B_r = (1 / r) dA / dtheta.
    """
    sectors = 2 * section.pole_pairs // section.poles
    where, amperes = [], []
    for region in section.regions:
        current = sum(
            circuit.conductors.get(region.name, 0.0) * currents.get(circuit.name, 0.0) for circuit in section.circuits
        )
        if current:
            middle = centroid([complex(x, y) for x, y in region.outline])
            for sector in range(sectors):
                # Iron leads the flux of a slot to its tooth tips, however deep the conductor lies: all on one circle.
                where.append(1.05 * section.bore * middle / abs(middle) * np.exp(1j * sector * section.angle))
                amperes.append(current * (-1.0 if section.poles % 2 and sector % 2 else 1.0))
    theta = 2 * pi * np.arange(7200) / 7200
    radius = (section.bore + section.rotor_outer) / 2
    field = np.zeros(theta.size)
    for z, current in zip(where, amperes, strict=True):
        away = radius * np.exp(1j * theta) - z
        field -= current * (np.conj(1j * radius * np.exp(1j * theta)) * away).real / np.abs(away) ** 2
    return (field * np.exp(-1j * section.pole_pairs * theta)).mean()


def crest(wave):
    """Return where 2 |W| cos(p theta + arg W) has its crest."""
    return -np.angle(wave)


def angle_between(one, other):
    return abs(np.angle(np.exp(1j * (one - other))))


@pytest.mark.parametrize("name", list(CASES))
def test_phase_currents_make_their_field_along_the_phase_axes(name):
    section = draw(CASES[name])
    for number, phase in enumerate("abc"):
        wave = radial_fundamental(section, {phase: 1.0})
        # Slots are symmetric, so exact to the rounding of sums over 7200 points.
        assert angle_between(crest(wave), section.phase_axis + number * 2 * pi / 3) < 1e-6


@pytest.mark.parametrize("name", list(CASES))
def test_a_current_along_d_makes_its_field_along_the_rotors_d_axis(name):
    section = draw(CASES[name])
    angle = section.rotor_axis - section.phase_axis
    currents = {phase: np.cos(angle - number * 2 * pi / 3) for number, phase in enumerate("abc")}
    wave = radial_fundamental(section, currents)
    assert angle_between(crest(wave), section.rotor_axis) < 1e-6


def test_positive_field_current_makes_its_field_out_of_the_first_pole():
    section = draw(CASES["zoe"])
    wave = radial_fundamental(section, {"field": 1.0})
    assert angle_between(crest(wave), section.rotor_axis) < 1e-6


@pytest.mark.parametrize("name", ["i3", "i-pace", "model-3", "id3", "surface"])
def test_magnets_point_out_of_the_first_pole(name):
    section = draw(CASES[name])
    magnets = [region for region in section.regions if region.part == "magnet" and region.name.split("-")[1] == "1"]
    assert magnets
    middle = pi / (2 * section.pole_pairs)
    for region in magnets:
        assert np.cos(region.remanence_direction - middle) > 0


@pytest.mark.parametrize(
    ("winding", "slots", "pole_pairs", "place", "said"),
    [
        (wire(), 40, 2, "pitch", "no balanced winding"),
        (wire(pitch=0), 48, 2, "pitch", "1 to 23"),
        (wire(pitch=30), 48, 2, "pitch", "1 to 23"),
        (wire(paths=3), 48, 2, "parallel_paths", "allow 1, 2, 4"),
        (wire(layers=1, pitch=12, paths=4), 48, 2, "parallel_paths", "allow 1, 2"),
        (wire(layers=1, pitch=4), 36, 4, "layers", "two layers"),
        (wire(layers=1, pitch=10), 48, 2, "pitch", "full pitch, 12 slots"),
        (bars(layers=3), 48, 4, "layers", "even number"),
        (bars(paths=5), 48, 4, "parallel_paths", "allow 1, 2, 4, 8, 16"),
    ],
)
def test_impossible_windings_are_named(winding, slots, pole_pairs, place, said):
    found = dict(check_layout(winding, slots, pole_pairs))
    assert said in found[place]
    with pytest.raises(InputError, match=f"winding.{place}"):
        lay(winding, slots, pole_pairs)
