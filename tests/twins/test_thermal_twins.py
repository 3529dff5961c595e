"""Compiled temperatures and ratings against scipy, written apart."""

from math import inf

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, fsolve

from coaxle.design.thermal import NOT_LIMITED, NodeLosses, RatingSettings, network, ratings, steady, transient
from coaxle.numerics.rows import Threads
from thermal_cases import eesm, eesm_cooling, id3, id3_cooling, losses, paderborn

CASES = {
    "id3": lambda: network(id3(), id3_cooling()),
    "eesm": lambda: network(eesm(), eesm_cooling()),
    "paderborn": paderborn,
}


@pytest.fixture(params=CASES, scope="module")
def net(request):
    return CASES[request.param]()


@pytest.fixture(scope="module")
def heat(net):
    return losses(net, speeds=6, torques=21, torque_max=450.0, power=220e3)


def flow(net, heat, s, p, temperature):
    """Return what heats each node [W], node by node and way by way."""
    speed = heat.speed[s]
    k = min(int(speed / net.speed[1]), net.speed.size - 2)
    u = speed / net.speed[1] - k
    link = (1 - u) * net.link[k] + u * net.link[k + 1]
    sink = (1 - u) * net.sink[k] + u * net.sink[k + 1]
    out = np.zeros(len(net.nodes))
    for i in range(len(net.nodes)):
        hotter = temperature[i] - heat.reference[i]
        alpha = heat.coefficient[i] / (1 + heat.coefficient[i] * (heat.reference[i] - 293.15)) if heat.copper[i] else 0
        out[i] = p[i] * (1 + alpha * hotter)
        out[i] += sum(link[i, j] * (temperature[j] - temperature[i]) for j in range(len(net.nodes)))
        out[i] += sum(sink[i, m] * (net.inlet[m] - temperature[i]) for m in range(len(net.fluids)))
    return out


def linear(net, heat, s, p):
    """Return A and b of dT/dt = A T + b, found by probing :func:`flow`."""
    n = len(net.nodes)
    b = flow(net, heat, s, p, np.zeros(n))
    a = np.stack([flow(net, heat, s, p, np.eye(n)[i]) - b for i in range(n)], axis=1)
    return a / net.capacity[:, None], b / net.capacity


def hottest(a, b, start, duration, limit):
    """Return by how much a limit is exceeded at most within ``duration``, by the eigenvectors of the whole matrix."""
    rates, ways = np.linalg.eig(a)
    end = np.linalg.solve(a, -b)
    parts = np.linalg.solve(ways, (start - end).astype(complex))
    time = np.append(0.0, np.geomspace(1e-3, duration, 4000))
    course = end[:, None] + (ways @ (parts[:, None] * np.exp(rates[:, None] * time))).real
    return float(np.max(course - limit[:, None]))


def test_steady_state(net, heat):
    """The solution of the coupled equations by a general root finder."""
    found = steady(net, heat)
    for s, t in ((0, 0), (0, 10), (2, 5), (5, 20), (3, 12)):
        if not np.all(np.isfinite(found[s, t])):
            continue
        wanted = fsolve(
            lambda x, s=s, t=t: flow(net, heat, s, heat.watts[s, t], x), net.cold(heat.speed)[s], xtol=1e-10
        )
        # fsolve stops at 1e-10 of the norm; a condition number of about 1e2 takes two digits of it.
        assert found[s, t] == pytest.approx(wanted, rel=1e-8)


def test_runaway_is_told(net):
    """No steady state where an eigenvalue has a part above 0, and only there."""
    heat = losses(net, speeds=3, torques=40, torque_max=2500.0)
    found = steady(net, heat)
    grows = np.array(
        [[np.linalg.eigvals(linear(net, heat, s, w)[0]).real.max() > 0 for w in heat.watts[s]] for s in range(3)]
    )
    assert grows.any()
    assert not grows.all()
    assert np.array_equal(np.isinf(found).all(axis=2), grows)
    assert np.array_equal(np.isinf(found).any(axis=2), grows)


def test_over_time(net, heat):
    """An adaptive implicit integrator on the equations node by node."""
    time = np.array([0.5, 10.0, 30.0, 300.0, 1800.0])
    start = np.linspace(300.0, 420.0, len(net.nodes))
    found = transient(net, heat, start, time)
    for s, t in ((0, 8), (3, 20), (5, 2)):
        run = solve_ivp(
            lambda _, x, s=s, t=t: flow(net, heat, s, heat.watts[s, t], x) / net.capacity,
            (0, time[-1]),
            start,
            method="LSODA",
            t_eval=time,
            rtol=1e-9,
            atol=1e-7,
        )
        # The integrator's own tolerance, summed over some thousand steps.
        assert found[s, t] == pytest.approx(run.y, rel=1e-6)


@pytest.mark.parametrize("duration", [10.0, 30.0, 1800.0, inf])
def test_ratings(net, heat, duration):
    """Root finding on the modes of the whole matrix, over a fine raster of times."""
    warm = np.linspace(340.0, 400.0, len(net.nodes))
    settings = RatingSettings(durations=(duration,), warm=(True,), tolerance=1e-7)
    rated = ratings(net, heat, settings, warm=warm)
    limit = net.mean_limit(heat.speed)
    kept = np.isfinite(limit[0])
    seen = 0
    for s in (0, 2, 4):

        def excess(torque, s=s):
            p = np.array([np.interp(torque, heat.torque[s], w) for w in heat.watts[s].T])
            a, b = linear(net, heat, s, p)
            if duration == inf:
                if np.linalg.eigvals(a).real.max() > 0:
                    return 1e3
                return float(np.max((np.linalg.solve(a, -b) - limit[s])[kept]))
            return hottest(a, b, warm, duration, limit[s])

        if excess(heat.torque[s, -1]) <= 0:
            assert rated.binds[0, s] == NOT_LIMITED
            assert rated.torque[0, s] == heat.torque[s, -1]
            continue
        seen += 1
        # 1e-7 K below the limit, at some kelvin a newton metre.
        assert rated.torque[0, s] == pytest.approx(brentq(excess, 0.0, heat.torque[s, -1], xtol=1e-9), rel=1e-6)
    assert seen or duration < 1800


def test_one_speed_or_many_one_thread_or_two(net, heat):
    """Rows do not know of each other."""
    whole = ratings(net, heat)
    cut = ratings(net, heat, executor=Threads(workers=2, chunk=1))
    assert np.array_equal(whole.torque, cut.torque)
    assert np.array_equal(whole.binds, cut.binds)
    for s in (1, 4):
        alone = NodeLosses(
            speed=heat.speed[[s]],
            torque=heat.torque[[s]],
            watts=heat.watts[[s]],
            copper=heat.copper,
            coefficient=heat.coefficient,
            reference=heat.reference,
        )
        assert np.array_equal(ratings(net, alone).torque[:, 0], whole.torque[:, s])
        assert np.array_equal(steady(net, alone)[0], steady(net, heat)[s], equal_nan=True)


def test_peak_on_the_way_is_seen():
    """A winding that starts cool beside hot teeth is hottest before the end; the torque keeps to that."""
    net = paderborn()
    heat = losses(net, speeds=1, torques=31, torque_max=400.0, copper=0.01, speed_max=1.0)
    limit = net.mean_limit(heat.speed)[0]
    start = np.array([440.0, 451.0, 452.0, 340.0])
    settings = RatingSettings(durations=(600.0,), warm=(True,))
    rated = ratings(net, heat, settings, warm=start)
    assert 0 < rated.torque[0, 0] < 400
    course = transient(net, heat.at(0.0, float(rated.torque[0, 0])), start, np.geomspace(0.01, 600, 400))[0, 0]
    over = course - limit[:, None]
    # The peak is flat: a raster 3 % apart misses it by less than a hundredth of a kelvin.
    assert np.max(over[np.isfinite(limit)]) == pytest.approx(0.0, abs=0.01)
    assert course[2, -1] < limit[2] - 20
