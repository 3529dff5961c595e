"""Networks so small that pencil and paper give their temperatures."""

from math import exp, inf, log, pi, sqrt

import numpy as np
import pytest

from coaxle.design.thermal import (
    Network,
    NodeLosses,
    RatingSettings,
    films,
    fluid_heat,
    network,
    ratings,
    steady,
    thirty_minute_power,
    transient,
    windings,
)
from coaxle.design.thermal.build import jacket_coefficient, jacket_conductance
from coaxle.design.thermal.fluids import air, liquid
from thermal_cases import ZERO, eesm, eesm_cooling, id3, id3_cooling

G, C, COOLANT, REFERENCE, ALPHA = 20.0, 4000.0, 338.15, 393.15, 3.93e-3
SLOPE = ALPHA / (1 + ALPHA * (REFERENCE - 293.15))
# What double precision leaves of one solve or of a sum of exponentials, with a hundred to spare.
EXACT = 1e-12
K = 0.05
LIMIT = 453.15


def one_node(hot_spot=1.0):
    """Return a lump of copper on a coolant."""
    return Network(
        nodes=("winding",),
        capacity=[C],
        speed=[0.0, 1000.0],
        link=np.zeros((2, 1, 1)),
        fluids=("jacket",),
        inlet=[COOLANT],
        sink=np.full((2, 1, 1), G),
        limit=[LIMIT],
        hot_spot=hot_spot,
    )


def copper(torque, speed=(0.0, 500.0)):
    """Return a loss of K torque^2 at the reference temperature."""
    torque = np.asarray(torque, dtype=float)
    watts = np.broadcast_to(K * torque**2, (len(speed), torque.size))[:, :, None]
    return NodeLosses(
        speed=speed, torque=torque, watts=watts, copper=(True,), coefficient=[ALPHA], reference=[REFERENCE]
    )


def at_end(p):
    """Return the steady temperature under the heat ``p`` at the reference temperature."""
    return (G * COOLANT + p * (1 - SLOPE * REFERENCE)) / (G - SLOPE * p)


def test_copper_that_heats_itself():
    """G (T - T_c) = p (1 + a (T - T_ref)) has one solution while a p < G, and none beyond."""
    last = sqrt(G / SLOPE / K)
    found = steady(one_node(), copper([0.0, 100.0, 0.9 * last, 1.1 * last]))[:, :, 0]
    for s in range(2):
        assert found[s, 0] == pytest.approx(COOLANT, rel=EXACT)
        assert found[s, 1] == pytest.approx(at_end(K * 100.0**2), rel=EXACT)
        assert found[s, 2] == pytest.approx(at_end(K * (0.9 * last) ** 2), rel=EXACT)
        assert found[s, 3] == inf


@pytest.mark.parametrize("torque", [100.0, 300.0, 500.0])
def test_one_node_over_time(torque):
    """An exponential with the rate (G - a p) / C, whether it settles or runs away."""
    p = K * torque**2
    rate = (G - SLOPE * p) / C
    time = np.array([0.0, 1.0, 60.0, 600.0])
    found = transient(one_node(), copper([torque]), [350.0], time)[0, 0, 0]
    end = at_end(p)
    assert found == pytest.approx([end + (350.0 - end) * exp(-rate * t) for t in time], rel=EXACT)


def test_no_rate_at_all():
    """Where copper heats exactly as fast as heat leaves, temperature rises in a straight line."""
    torque = sqrt(G / SLOPE / K)
    p = K * torque**2
    climb = (G * COOLANT + p * (1 - SLOPE * REFERENCE)) / C
    found = transient(one_node(), copper([torque]), [350.0], [100.0])[0, 0, 0, 0]
    # The rate is a difference of equal numbers: 1e-16 of 5e-3 1/s over 100 s leaves 1e-16; 1e-9 is ample.
    assert found == pytest.approx(350.0 + climb * 100.0, rel=1e-9)


def heat_that_lasts(duration, limit):
    """Return the heat at reference temperature that takes a node from the coolant's temperature to ``limit``."""
    low, high = 0.0, 1e7
    for _ in range(200):
        p = 0.5 * (low + high)
        rate, end = (G - SLOPE * p) / C, at_end(p)
        if duration == inf or rate * duration < -500:
            reached = end if rate > 0 else inf
        else:
            reached = end + (COOLANT - end) * exp(-rate * duration)
        low, high = (p, high) if reached < limit else (low, p)
    return low


@pytest.mark.parametrize("duration", [10.0, 30.0, 1800.0, inf])
@pytest.mark.parametrize("hot_spot", [1.0, 1.2])
def test_torque_over_duration(duration, hot_spot):
    """The torque whose heat reaches the limit just then; losses are linear between torques, so p(torque) is too."""
    torque = np.linspace(0, 3000, 601)
    settings = RatingSettings(durations=(duration,), warm=(False,), tolerance=1e-9)
    rated = ratings(one_node(hot_spot), copper(torque), settings)
    p = heat_that_lasts(duration, COOLANT + (LIMIT - COOLANT) / hot_spot)
    wanted = np.interp(p, K * torque**2, torque)
    # 1e-9 K below a limit some 100 K above the coolant.
    assert rated.torque[0] == pytest.approx([wanted] * 2, rel=1e-9)
    assert list(rated.binds[0]) == [0, 0]


def test_thirty_minute_power_is_the_best_of_the_speeds():
    """Torque lasts alike at each speed here, so that the highest speed gives the power."""
    torque = np.linspace(0, 1000, 201)
    rated = ratings(one_node(), copper(torque, speed=(0.0, 250.0, 500.0)))
    best = thirty_minute_power(rated)
    assert best.speed == 500.0
    assert best.power == best.torque * 500.0
    assert best.torque == rated.torque[2, 2]
    assert best.binds == "winding"


def test_what_lasts_ten_seconds_from_warm():
    """The warm state is steady at half of the continuous torque; from there the node heats adiabatically at first."""
    torque = np.linspace(0, 3000, 3001)
    rated = ratings(one_node(), copper(torque))
    half = 0.5 * rated.torque[3, 0]
    warm = at_end(np.interp(half, torque, K * torque**2))
    assert rated.warm[0, 0] == pytest.approx(warm, rel=EXACT)
    p = K * rated.torque[0, 0] ** 2
    rate, end = (G - SLOPE * p) / C, at_end(p)
    # 1e-4 K are allowed below the limit.
    assert end + (warm - end) * exp(-rate * 10.0) == pytest.approx(LIMIT, abs=2e-4)


def test_heat_to_the_fluid():
    """What the coolant takes is conductance times rise."""
    temperature = np.array([[[358.15]], [[338.15]]])
    assert fluid_heat(one_node(), np.array([0.0, 500.0]), temperature)[:, 0, 0] == pytest.approx([400.0, 0.0], abs=1e-9)


def test_bars_in_a_slot_by_hand():
    """Twelve bars' flanks, liner, resin and contact in series; the figures of the ID.3's slot."""
    still = air(373.15)
    layer = 0.5 * (6.1e-3 - 0.4e-3 - 4.713e-3) / 0.13 + 0.2e-3 / 0.25 + 0.02e-3 / still.conductivity
    area = 36 * 2 * 6 * 1.95e-3 * 0.192
    found = windings.slot_conductance(id3(), id3_cooling().contacts, still)
    assert found == pytest.approx(area / layer, rel=1e-12)


def test_air_of_the_end_space_is_a_node_without_heat():
    """Ways through the air between each two surfaces are what a node of air between them would be."""
    facts = eesm()
    net = network(facts, eesm_cooling())
    n = len(net.nodes)
    arms = np.zeros(n)
    coefficient = films.end_space_coefficient(net.speed[40], 0.5 * facts.rotor_outer)
    arms[net.index("end-winding")] = coefficient * windings.end_surface(facts)
    arms[net.index("field-winding")] = coefficient * windings.coil_end_surface(facts)
    face = 2 * pi / 4 * (facts.rotor_outer**2 - facts.rotor_inner**2) - 2 * facts.areas["field-coils"]
    arms[net.index("rotor")] = coefficient * face
    housing = pi * facts.stator_outer * facts.winding.overhang + pi / 4 * facts.stator_outer**2
    arms[net.index("housing")] = coefficient * 2 * housing
    air = np.outer(arms, arms) / arms.sum()
    for one, other in (("end-winding", "housing"), ("end-winding", "field-winding"), ("rotor", "housing")):
        i, j = net.index(one), net.index(other)
        assert net.link[40, i, j] == pytest.approx(air[i, j], rel=1e-12)


def test_water_warms_up():
    """With little water the jacket takes no more than the water can hold; with much, the film alone counts."""
    cooling = id3_cooling()
    jacket = cooling.jacket
    water = liquid(jacket.fluid, jacket.inlet)
    around = pi * (0.22 + 2 * jacket.wall)
    fins = films.fin_efficiency(jacket_coefficient(jacket, water, around), 130.0, jacket.land, jacket.height)
    film = jacket_coefficient(jacket, water, around) * 9 * around * (jacket.width + 2 * jacket.height * fins)
    capacity = jacket.flow * water.density * water.heat
    found = jacket_conductance(jacket, 0.22)
    assert found == pytest.approx(capacity * (1 - exp(-film / capacity)), rel=1e-12)
    assert found < min(film, capacity)
    assert films.warming(1e-6, 1.0, water) == pytest.approx(1.0, abs=1e-9)


def test_oil_warms_up_as_a_whole():
    """All that the oil takes at once shares one warming: 1 - exp(-N) of what its flow can hold."""
    facts, cooling = eesm(), eesm_cooling()
    net = network(facts, cooling)
    spray = cooling.spray
    oil = liquid(spray.fluid, spray.inlet)
    face = 2 * pi / 4 * (facts.rotor_outer**2 - facts.rotor_inner**2) - 2 * facts.areas["field-coils"]
    films_alone = spray.end_winding * windings.end_surface(facts)
    films_alone += spray.rotor_end * (face + windings.coil_end_surface(facts))
    capacity = spray.flow * oil.density * oil.heat
    found = net.sink[0, :, net.fluids.index("spray")].sum()
    assert found == pytest.approx(capacity * (1 - exp(-films_alone / capacity)), rel=1e-12)


def test_axis_of_speed_is_fine_enough():
    """Between the tabulated speeds the air gap's conductance is within 2 % of the correlation."""
    facts = id3()
    net = network(facts, id3_cooling(shaft=None))
    still = air(373.15)
    speed = np.linspace(0.0, facts.max_speed, 997)
    matrix, _, _ = net.at(speed)
    i, j = net.index("rotor"), net.index("teeth")
    gap = [films.gap_conductance(w, 0.5 * (facts.bore - facts.gap), facts.gap, facts.stack, still) for w in speed]
    # Worst where the vortices set in; 2 % is a fifth of what the correlation itself is worth.
    assert -matrix[:, i, j] == pytest.approx(gap, rel=2e-2)


def test_cold_is_where_the_fluids_are():
    """With one inlet temperature every node is at it; between two, nodes lie between."""
    cold = network(id3(), id3_cooling()).cold(np.array([0.0, 1000.0]))
    assert cold == pytest.approx(np.full(cold.shape, 65 + ZERO), rel=1e-12)
    mixed = network(eesm(), eesm_cooling()).cold(np.array([0.0, 1000.0]))
    assert np.all((mixed > 65 + ZERO) & (mixed < 80 + ZERO))


def test_bundle_without_wire_or_without_resin():
    """A bundle conducts like resin where it has no wire and like copper where it has nothing else."""
    assert windings.bundle_conductivity(1e-12, 401.0, 0.3) == pytest.approx(0.3, rel=1e-9)
    assert windings.bundle_conductivity(1 - 1e-12, 401.0, 0.3) == pytest.approx(401.0, rel=1e-6)
    assert log(windings.bundle_conductivity(0.5, 401.0, 0.3) / 0.3) == pytest.approx(log(3.0), abs=0.01)
