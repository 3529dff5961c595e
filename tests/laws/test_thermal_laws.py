"""What no network of heat can do: cool by heating, lose energy, bear more for longer or on hotter coolant."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.design.thermal import (
    NOT_LIMITED,
    Network,
    NodeLosses,
    RatingSettings,
    fluid_heat,
    network,
    ratings,
    steady,
    transient,
)
from thermal_cases import eesm, eesm_cooling, id3, id3_cooling, losses

SPEED = np.array([0.0, 400.0, 1000.0])
FEW = settings(max_examples=60, deadline=None)


@st.composite
def networks(draw):
    """Return a network of 2 to 8 nodes whose conductances and capacities span some decades."""
    n = draw(st.integers(2, 8))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    link = np.zeros((2, n, n))
    for k in range(2):
        ways = np.triu(10 ** random.uniform(-1, 2, (n, n)) * (random.uniform(size=(n, n)) < 0.5), 1)
        ways[range(n - 1), range(1, n)] = 10 ** random.uniform(-1, 2, n - 1)
        link[k] = ways + ways.T
    sink = np.zeros((2, n, 2))
    sink[:, 0, 0] = 10 ** random.uniform(0, 2, 2)
    sink[:, -1, 1] = 10 ** random.uniform(-1, 1, 2)
    return Network(
        nodes=tuple(f"node-{i}" for i in range(n)),
        capacity=10 ** random.uniform(2, 4, n),
        speed=np.array([0.0, 1000.0]),
        link=link,
        fluids=("water", "oil"),
        inlet=random.uniform(290.0, 360.0, 2),
        sink=sink,
        limit=np.where(random.uniform(size=n) < 0.6, random.uniform(380.0, 480.0, n), inf),
        hot_spot=random.uniform(1.0, 1.3),
    )


@st.composite
def heats(draw, net):
    """Return losses that rise with torque, half of the nodes copper."""
    n = len(net.nodes)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    torque = np.linspace(0, 100, 12)
    still, turning, load = (10 ** random.uniform(-2, 3, n) * (random.uniform(size=n) < 0.7) for _ in range(3))
    share = (torque / 100)[None, :, None] ** random.uniform(1, 3)
    watts = 0.1 * still + 0.1 * turning * (SPEED[:, None, None] / 1000) + load * share
    return NodeLosses(
        speed=SPEED,
        torque=torque,
        watts=watts,
        copper=tuple(random.uniform(size=n) < 0.5),
        coefficient=np.full(n, 3.93e-3),
        reference=np.full(n, 373.15),
    )


def changed(heat, watts):
    return NodeLosses(
        speed=heat.speed,
        torque=heat.torque,
        watts=watts,
        copper=heat.copper,
        coefficient=heat.coefficient,
        reference=heat.reference,
    )


@FEW
@given(st.data())
def test_more_loss_is_never_cooler(data):
    """One watt more in any node leaves no node cooler, in the end and on the way."""
    net = data.draw(networks())
    heat = data.draw(heats(net))
    node = data.draw(st.integers(0, len(net.nodes) - 1))
    more = np.array(heat.watts)
    more[:, :, node] += 1.0
    before, after = steady(net, heat), steady(net, changed(heat, more))
    finite = np.isfinite(before)
    # Round-off of a solve: 1e-9 of some hundred kelvin.
    assert np.all(after[finite] >= before[finite] - 1e-6)
    assert np.all(np.isinf(after[~finite]))
    time = np.array([1.0, 30.0, 1000.0])
    cold = net.cold(heat.speed)
    a, b = (transient(net, x, cold, time) for x in (heat, changed(heat, more)))
    both = np.isfinite(a)
    assert np.all(b[both] >= a[both] * (1 - 1e-9))


@FEW
@given(st.data())
def test_what_comes_in_goes_out(data):
    """At steady state the fluids take what the nodes, copper as hot as it is, turn into heat."""
    net = data.draw(networks())
    heat = data.draw(heats(net))
    temperature = steady(net, heat)
    settled = np.isfinite(temperature).all(axis=2)
    grown = heat.watts[settled] * (1 + heat.slope * (temperature[settled] - heat.reference))
    brought = grown.sum(axis=1)
    taken = fluid_heat(net, heat.speed, temperature).sum(axis=2)
    # The flows that cancel inside are up to G x T = 1e2 x 4e2 W; 1e-12 of that a node, with a thousand to spare.
    assert np.array_equal(np.isfinite(taken), settled)
    assert taken[settled] == pytest.approx(brought, rel=1e-8, abs=1e-5)


@FEW
@given(st.data())
def test_longer_never_bears_more(data):
    """From one start, a longer duration never allows more torque; for ever allows least."""
    net = data.draw(networks())
    heat = data.draw(heats(net))
    durations = (1.0, 10.0, 30.0, 300.0, 1800.0, 20000.0, inf)
    rated = ratings(net, heat, RatingSettings(durations=durations, warm=(False,) * 7))
    # A limit is kept to 1e-4 K from below; by how much torque that is depends on the slope: 1e-3 Nm at 0.1 K/Nm.
    assert np.all(np.diff(rated.torque, axis=0) <= 1e-2)
    limited = rated.binds == NOT_LIMITED
    assert not np.any(limited[1:] & ~limited[:-1])


@FEW
@given(st.data())
def test_hotter_coolant_never_bears_more(data):
    """Whatever fluid comes in hotter, no duration allows more torque."""
    net = data.draw(networks())
    heat = data.draw(heats(net))
    hotter = net.inlet.copy()
    hotter[data.draw(st.integers(0, 1))] += data.draw(st.floats(0.1, 40.0))
    cool, hot = ratings(net, heat), ratings(replace(net, inlet=hotter), heat)
    # The 10 s and 30 s start from half of a continuous torque that is itself less: only those from cold compare.
    assert np.all(hot.torque[2:] <= cool.torque[2:] + 1e-2)


@FEW
@given(st.data())
def test_a_rating_is_at_the_limit(data):
    """At the torque for ever, the node that binds is at its limit and none is beyond."""
    net = data.draw(networks())
    heat = data.draw(heats(net))
    rated = ratings(net, heat, RatingSettings(durations=(inf,), warm=(False,)))
    limit = net.mean_limit(heat.speed)
    at = steady(net, heat.along(rated.torque[0]))[:, 0]
    for s, node in enumerate(rated.binds[0]):
        if node >= 0 and np.isinf(limit[s]).all():
            assert np.isinf(steady(net, heat)[s, -1]).all()  # nothing is limited: what binds is that heat runs away
        elif node >= 0:
            assert np.all(at[s] <= limit[s] + 1e-9)
            assert at[s, node] == pytest.approx(limit[s, node], abs=2e-4)
        elif node == NOT_LIMITED:
            assert np.all(at[s] <= limit[s] + 1e-9)


@FEW
@given(st.data(), st.floats(0.01, 100.0))
def test_size_does_not_matter(data, size):
    """All conductances, capacities and losses times one figure leave every temperature as it was."""
    net = data.draw(networks())
    heat = data.draw(heats(net))
    large = replace(net, capacity=size * net.capacity, link=size * net.link, sink=size * net.sink)
    more = changed(heat, size * heat.watts)
    assert steady(large, more) == pytest.approx(steady(net, heat), rel=1e-9)
    start = np.full(len(net.nodes), 340.0)
    a, b = (transient(x, y, start, [20.0, 500.0]) for x, y in ((net, heat), (large, more)))
    assert b == pytest.approx(a, rel=1e-8)


CHANGES = {
    "thinner gap to the housing": ("contacts", {"housing_gap": 0.01e-3}, "winding"),
    "better resin": ("contacts", {"impregnation": 0.6}, "winding"),
    "thinner gap in the rotor": ("contacts", {"rotor_gap": 0.01e-3}, "field-winding"),
    "more water": ("jacket", {"flow": 20 / 60000}, "winding"),
    "more oil on the ends": ("spray", {"end_winding": 800.0}, "end-winding"),
    "more oil on the rotor": ("spray", {"rotor_end": 900.0}, "field-winding"),
    "cooler oil": ("spray", {"inlet": 333.15}, "end-winding"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_better_cooling_cools(name):
    """Each of these cools the node that it is meant for, at every speed, at 200 to 250 Nm.

    Not every node: oil that takes more from the rotor is warmer where it meets the ends of the winding. And not without
    load: a field winding without current is heated by its iron, and ends by oil that is hotter than the water.
    """
    part, figures, node = CHANGES[name]
    facts, cooling = eesm(), eesm_cooling()
    better = replace(cooling, **{part: replace(getattr(cooling, part), **figures)})
    hot = []
    for each in (cooling, better):
        net = network(facts, each)
        hot.append(steady(net, losses(net, speeds=6, torque_max=250.0))[:, 25:, net.index(node)])
    assert np.all(np.isfinite(hot))
    assert np.all(hot[1] < hot[0])


def test_hotter_water_bears_less_although_it_flows_thinner():
    """Hot water cools a wall better; the 20 K that it is nearer to the limit count for more."""
    torque = []
    for inlet in (318.15, 338.15, 358.15):
        cooling = id3_cooling(shaft=None)
        net = network(id3(), replace(cooling, jacket=replace(cooling.jacket, inlet=inlet)))
        torque.append(ratings(net, losses(net, speeds=6, torque_max=900.0)).torque[2:])
    assert np.all(np.diff(torque, axis=0) < 0)


def test_speed_stirs_the_air():
    """No way for heat gets worse with speed."""
    for net in (network(id3(), id3_cooling()), network(eesm(), eesm_cooling())):
        assert np.all(np.diff(net.link, axis=0) >= 0)
        assert np.all(np.diff(net.sink, axis=0) >= 0)
