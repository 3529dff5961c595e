"""What heat refuses, the codes it gives, and what reading a project must not load."""

import subprocess
import sys
from dataclasses import replace
from math import inf

import numpy as np
import pytest

from coaxle.design.thermal import (
    NO_TORQUE_LASTS,
    NOT_LIMITED,
    JacketCooling,
    JacketSprayCooling,
    NodeLosses,
    PartLosses,
    RatingSettings,
    SprayCooling,
    network,
    node_losses,
    ratings,
    steady,
    thirty_minute_power,
    transient,
)
from coaxle.errors import InputError
from coaxle.project.shapes import record
from thermal_cases import eesm, eesm_cooling, id3, id3_cooling, losses, paderborn


@pytest.fixture(scope="module")
def net():
    return network(id3(), id3_cooling())


@pytest.fixture(scope="module")
def heat(net):
    return losses(net, speeds=5, torques=11, torque_max=300.0)


def changed(heat, **figures):
    """Return losses with other figures."""
    names = ("speed", "torque", "watts", "copper", "coefficient", "reference")
    return NodeLosses(**({name: getattr(heat, name) for name in names} | figures))


def with_at(array, where, value):
    """Return a copy with one value changed."""
    array = np.array(array)
    array[where] = value
    return array


def part(cooling, name, **figures):
    """Return a cooling one part of which has other figures."""
    return replace(cooling, **{name: replace(getattr(cooling, name), **figures)})


SPRAY = SprayCooling(
    kind="spray",
    spray=replace(eesm_cooling().spray, stack=300.0),
    contacts=eesm_cooling().contacts,
    limits=eesm_cooling().limits,
    housing_mass=8.0,
    source="made up",
)

MACHINES = {
    "a length of 0": (lambda: network(replace(id3(), stack=0.0), id3_cooling()), "machine.stack: 0"),
    "radii": (lambda: network(replace(id3(), stator_outer=0.11), id3_cooling()), "stator_outer: 0.11 m; bore, slots"),
    "no mass": (lambda: network(replace(id3(), masses={}), id3_cooling()), "'stator-yoke' is missing"),
    "no area": (lambda: network(replace(id3(), areas={}), id3_cooling()), "'magnets' is missing"),
    "unknown steel": (lambda: network(replace(id3(), stator_steel="NO18-1161"), id3_cooling()), "NO18-1160"),
    "wide bars": (
        lambda: network(replace(id3(), winding=replace(id3().winding, conductor_width=6e-3)), id3_cooling()),
        "conductor_width: 0.006 m; at most the 0.0057 m",
    ),
    "overfull coil": (
        lambda: network(replace(eesm(), rotor_winding=replace(eesm().rotor_winding, slot_fill=1.2)), eesm_cooling()),
        "fill of 1.2",
    ),
    "magnets without limit": (
        lambda: network(id3(), part(id3_cooling(), "limits", magnet=None)),
        "limits.magnet: is missing",
    ),
    "coil without limit": (
        lambda: network(eesm(), part(eesm_cooling(), "limits", rotor=None)),
        "limits.rotor: is missing",
    ),
    "no contact": (lambda: network(id3(), part(id3_cooling(), "contacts", liner_gap=0.0)), "contacts.liner_gap: 0"),
    "no housing": (lambda: network(id3(), id3_cooling(housing_mass=0.0)), "housing_mass: 0 kg"),
    "no water": (lambda: network(id3(), part(id3_cooling(), "jacket", flow=0.0)), "jacket.flow: 0"),
    "torrent": (lambda: network(id3(), part(id3_cooling(), "jacket", flow=0.1)), "Reynolds number of 5.9e"),
    "more paths than turns": (lambda: network(id3(), part(id3_cooling(), "jacket", parallel=10)), "parallel: 10"),
    "wide shaft bore": (lambda: network(id3(), part(id3_cooling(), "shaft", bore=0.07)), "shaft.bore: 0.07 m"),
    "no shaft flow": (lambda: network(id3(), part(id3_cooling(), "shaft", flow=0.0)), "shaft.flow: 0"),
    "no oil": (lambda: network(eesm(), part(eesm_cooling(), "spray", flow=0.0)), "spray.flow: 0"),
    "oil under a jacket": (lambda: network(eesm(), part(eesm_cooling(), "spray", stack=100.0)), "a jacket covers"),
    "unknown coolant": (
        lambda: network(id3(), part(id3_cooling(), "jacket", fluid="water-glycol-5")),
        "water-glycol-50",
    ),
    "boiling coolant": (
        lambda: network(id3(), part(id3_cooling(), "jacket", inlet=400.0)),
        "its table holds -30 to 100",
    ),
}


@pytest.mark.parametrize("name", MACHINES)
def test_machines_and_coolings_refused(name):
    """A figure that means nothing is named with its place."""
    build, message = MACHINES[name]
    with pytest.raises(InputError, match=message):
        build()


NETWORKS = {
    "shape": ({"capacity": [1.0]}, "capacity: shape"),
    "axis": ({"speed": [1.0, 2.0]}, "even axis from 0"),
    "capacity": ({"capacity": [1.0, 1.0, 0.0, 1.0]}, "not above 0"),
    "one way": ({"link": with_at(paderborn().link, (0, 0, 1), 1.0)}, "not symmetric"),
    "itself": ({"link": with_at(paderborn().link, (0, 0, 0), 1.0)}, "diagonal"),
    "negative": ({"sink": with_at(paderborn().sink, (0, 0, 0), -1.0)}, "below 0"),
    "cut off": ({"sink": np.zeros((2, 4, 2))}, "could not leave"),
    "hot spot": ({"hot_spot": 0.9}, "hot_spot"),
    "limit": ({"limit": [inf, inf, np.nan, 400.0]}, "limit"),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_refused(name):
    """A network that is none."""
    figures, message = NETWORKS[name]
    with pytest.raises(InputError, match=message):
        paderborn(**figures)


LOSSES = {
    "flat": (lambda h: changed(h, watts=h.watts[0]), "watts: shape"),
    "torque": (lambda h: changed(h, torque=[0.0, 1.0]), "torque: shape"),
    "falling torque": (lambda h: changed(h, torque=h.torque[:, ::-1]), "not rising"),
    "falling speed": (lambda h: changed(h, speed=h.speed[::-1]), "speed: is not rising"),
    "speed below 0": (lambda h: changed(h, speed=h.speed - 1), "speed: one value >= 0"),
    "negative": (lambda h: changed(h, watts=with_at(h.watts, (0, 0, 0), -1.0)), "below 0"),
    "half known": (lambda h: changed(h, watts=with_at(h.watts, (0, 10, 0), np.nan)), "some nodes only"),
    "hole": (lambda h: changed(h, watts=with_at(h.watts, (0, 3), np.nan)), "a hole below"),
    "infinite": (lambda h: changed(h, watts=with_at(h.watts, (0, 3, 1), np.inf)), "some nodes only"),
    "reference": (lambda h: changed(h, reference=np.full(8, np.nan)), "no reference temperature"),
    "words": (lambda h: changed(h, copper=(True,)), "8 values"),
    "beyond in speed": (lambda h: h.at(1e4, 10.0), "speed: 10000 rad/s lies outside"),
    "beyond in torque": (lambda h: h.at(0.0, 301.0), "torque: 301 Nm lies outside 0 to 300 Nm"),
    "one torque": (lambda h: h.along([1.0]), "one a speed"),
}


@pytest.mark.parametrize("name", LOSSES)
def test_losses_refused(heat, name):
    """Losses that are none."""
    build, message = LOSSES[name]
    with pytest.raises(InputError, match=message):
        build(heat)


def test_calls_refused(net, heat):
    """Losses of another network, speeds beyond it, times and states that are none."""
    with pytest.raises(InputError, match="are of 8 nodes; the network has 4"):
        steady(paderborn(), heat)
    with pytest.raises(InputError, match="the network holds from 0 to"):
        steady(net, changed(heat, speed=heat.speed * 2))
    with pytest.raises(InputError, match="seconds from 0 on"):
        transient(net, heat, np.full(8, 340.0), [-1.0])
    with pytest.raises(InputError, match="one a node"):
        transient(net, heat, np.full(3, 340.0), [1.0])
    with pytest.raises(InputError, match="one a node"):
        ratings(net, heat, warm=np.full(8, np.nan))
    with pytest.raises(InputError, match="has no node 'bearing'"):
        net.index("bearing")
    with pytest.raises(InputError, match="one word each"):
        RatingSettings(durations=(10.0,))
    with pytest.raises(InputError, match="warm_share 2"):
        RatingSettings(warm_share=2.0)
    rated = ratings(net, heat, RatingSettings(durations=(10.0,), warm=(False,)))
    with pytest.raises(InputError, match="1800 s was not rated; rated are 10 s"):
        thirty_minute_power(rated)


def test_codes(net, heat):
    """Too hot without any torque, cool with the highest, and words for both."""
    idle = changed(heat, watts=heat.watts + 20000.0)
    rated = ratings(net, idle)
    assert np.all(rated.binds[[0, 1, 3]] == NO_TORQUE_LASTS)
    assert np.all(rated.torque[[0, 1, 3]] == 0)
    assert rated.said(inf, 0) == "no torque lasts"
    easy = ratings(net, changed(heat, watts=1e-3 * heat.watts))
    assert np.all(easy.binds == NOT_LIMITED)
    assert np.all(easy.torque == heat.torque[:, -1])
    assert easy.said(10.0, 2) == "not limited by heat"


def test_runaway_without_torque(net, heat):
    """No steady state even at the lowest torque: nothing lasts from warm, a little may from cold."""
    wild = changed(heat, watts=heat.watts + 2e5 * np.array(heat.copper))
    rated = ratings(net, wild, RatingSettings(durations=(0.1, 1.0, inf), warm=(False, True, False)))
    assert np.all(np.isinf(rated.warm))
    assert np.all(rated.binds[1:] == NO_TORQUE_LASTS)
    assert np.all(rated.torque[0] > 0)


def test_envelope_in_a_table(net, heat):
    """Beyond the envelope stands NaN, and a rating ends where the losses end."""
    watts = np.array(heat.watts) * 0.01
    watts[2:, 6:] = np.nan
    short = changed(heat, watts=watts)
    temperature = steady(net, short)
    assert np.isnan(temperature[2:, 6:]).all()
    assert np.isfinite(temperature[:2]).all()
    assert np.isnan(transient(net, short, np.full(8, 340.0), [10.0])[2:, 6:]).all()
    rated = ratings(net, short)
    assert np.all(rated.torque[:, 2:] == heat.torque[2:, 5])
    with pytest.raises(InputError, match="lies outside 0 to 150 Nm"):
        short.at(float(heat.speed[-1]), 200.0)


def test_first_crossing_where_heat_falls_again(net, heat):
    """Where more torque heats less, the torque below the first crossing is told, not one beyond it."""
    watts = np.array(heat.watts) * 0.01
    i = net.index("winding")
    watts[:, 4, i] += 20000.0
    rated = ratings(net, changed(heat, watts=watts), RatingSettings(durations=(inf,), warm=(False,)))
    assert np.all((rated.torque[0] > heat.torque[0, 3]) & (rated.torque[0] < heat.torque[0, 4]))


def test_losses_between_points(heat):
    """Linear in torque and speed; a point of the table is itself."""
    speed, torque = heat.speed[2], heat.torque[2, 7]
    assert np.array_equal(heat.at(speed, torque).watts[0, 0], heat.watts[2, 7])
    middle = heat.at(0.5 * (heat.speed[2] + heat.speed[3]), 0.25 * torque + 0.75 * heat.torque[2, 8]).watts[0, 0]
    rows = 0.25 * heat.watts[2:4, 7] + 0.75 * heat.watts[2:4, 8]
    assert middle == pytest.approx(rows.mean(axis=0), rel=1e-12)
    along = heat.along(np.array([0.0, 300.0, torque, 15.0, 299.0])).watts[:, 0]
    assert np.array_equal(along[1], heat.watts[1, 10])
    assert along[3] == pytest.approx(0.5 * (heat.watts[3, 0] + heat.watts[3, 1]), rel=1e-12)


def parts(**figures):
    """Return losses by part, each its own figure."""
    one = np.ones((2, 3))
    given = {
        "speed": [0.0, 100.0],
        "torque": [0.0, 10.0, 20.0],
        "winding": 100 * one,
        "winding_extra": 7 * one,
        "yoke": 11 * one,
        "teeth": 13 * one,
        "rotor_iron": 17 * one,
        "magnets": 19 * one,
        "rotor_conductor": 0 * one,
        "friction": 40 * one,
        "windage": 0.25,
        "winding_temperature": 400.0,
        "rotor_temperature": 380.0,
    }
    return PartLosses(**(given | figures))


def test_parts_find_their_nodes(net):
    """No watt is lost on the way to the nodes, and each arrives where it arises."""
    found = node_losses(net, parts(), end_share=0.4)
    at = dict(zip(net.nodes, found.watts[1, 2], strict=True))
    assert at == pytest.approx(
        {
            "housing": 0.0,
            "yoke": 11.0,
            "teeth": 18.0,
            "winding": 67.0,
            "end-winding": 40.0,
            "rotor": 22.0,
            "magnets": 19.0,
            "shaft": 30.0,
        }
    )
    assert found.copper == tuple(node in ("winding", "end-winding") for node in net.nodes)
    assert found.reference[net.index("winding")] == 400.0


def test_parts_without_a_node(net):
    """A field winding's loss in a machine without one is refused, and so are wrong shares."""
    with pytest.raises(InputError, match="heat arises in 'field-winding', which the network does not have"):
        node_losses(net, parts(rotor_conductor=np.ones((2, 3))), end_share=0.4)
    with pytest.raises(InputError, match="shares of 0 to 1"):
        node_losses(net, parts(), end_share=1.4)
    of_rotor = network(eesm(), eesm_cooling())
    found = node_losses(of_rotor, parts(magnets=np.zeros((2, 3)), rotor_conductor=np.full((2, 3), 50.0)), end_share=0.4)
    assert found.watts[0, 0, of_rotor.index("field-winding")] == 50.0
    assert found.reference[of_rotor.index("field-winding")] == 380.0


def test_oil_alone():
    """Without a jacket the housing is only reached through air and bearings, and the stack by oil."""
    facts = eesm()
    net = network(facts, SPRAY)
    assert net.fluids == ("spray",)
    assert net.link[0, net.index("housing"), net.index("yoke")] == 0
    assert net.sink[0, net.index("yoke"), 0] > 0
    assert net.cold(np.array([0.0])) == pytest.approx(np.full((1, 8), 353.15))


def test_other_rotors():
    """A cage, round wire, magnets on the surface, nothing at all: each has its nodes and ways."""
    cage = replace(
        eesm(),
        kind="induction",
        rotor_winding=replace(eesm().rotor_winding, style="cage", overhang=0.02, conductor="aluminium-die-cast"),
        masses=eesm().masses | {"cage": 4.0},
        areas=eesm().areas | {"bars": 4e-3},
    )
    net = network(cage, eesm_cooling())
    assert "cage" in net.nodes
    assert net.link[0, net.index("cage"), net.index("rotor")] > 10
    heat = node_losses(net, parts(magnets=np.zeros((2, 3)), rotor_conductor=np.full((2, 3), 50.0)), end_share=0.4)
    assert heat.watts[0, 0, net.index("cage")] == 50.0
    surface = network(replace(id3(), kind="spm"), id3_cooling())
    assert surface.link[0, surface.index("magnets"), surface.index("teeth")] > 1
    assert surface.link[0, surface.index("rotor"), surface.index("teeth")] == 0
    bare = network(replace(id3(), kind="synrm", magnet=None), id3_cooling())
    assert "magnets" not in bare.nodes
    wire = replace(id3(), winding=replace(id3().winding, style="round-wire", slot_fill=0.42))
    bars, wires = (network(x, id3_cooling()) for x in (id3(), wire))
    i, j = bars.index("winding"), bars.index("teeth")
    assert 0.5 < wires.link[0, i, j] / bars.link[0, i, j] < 2.0


@pytest.mark.parametrize("kind", [JacketCooling, SprayCooling, JacketSprayCooling])
def test_coolings_stand_in_a_project(kind):
    """Each kind of cooling has a shape that a project file can hold."""
    assert record(kind).slots["kind"].required


def test_designs_need_no_arrays():
    """The Designs of a cooling load neither arrays nor a compiler."""
    code = (
        "import sys; from coaxle.design.thermal import JacketCooling, Spray;"
        "print([m for m in ('numpy', 'numba', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
