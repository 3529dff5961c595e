"""The legal cycles against their published totals."""

import numpy as np
import pytest

from coaxle.cycles.legal import legal
from coaxle.cycles.phases import names
from coaxle.errors import CycleError

# name: duration [s], distance [km] and top speed [km/h] as published, and what the printed distance is rounded to [km].
# WLTC: UN GTR 15, Annex 1. UDDS 7.45 mi, FTP-75 11.04 mi, HWFET 10.26 mi, US06 8.01 mi, SC03 3.58 mi, LA92 9.82 mi,
# NYCC 1.18 mi: US EPA, dynamometer drive schedules. NEDC: UN Regulation 83, Annex 4a. ARTEMIS: Andre (2004).
PUBLISHED = {
    "WLTC-1": (1611, 11.428, 64.4, 0.0005),
    "WLTC-2": (1800, 22.649, 123.1, 0.0005),
    "WLTC-3a": (1800, 23.194, 131.3, 0.0005),
    "WLTC-3b": (1800, 23.266, 131.3, 0.0005),
    "UDDS": (1369, 7.45 * 1.609344, 56.7 * 1.609344, 0.005 * 1.609344),
    "FTP-75": (1874, 11.04 * 1.609344, 56.7 * 1.609344, 0.005 * 1.609344),
    "HWFET": (765, 10.26 * 1.609344, 59.9 * 1.609344, 0.005 * 1.609344),
    "US06": (600, 8.01 * 1.609344, 80.3 * 1.609344, 0.005 * 1.609344),
    "SC03": (600, 3.58 * 1.609344, 54.8 * 1.609344, 0.005 * 1.609344),
    "NEDC": (1180, 11.013, 120.0, 0.0005),
    "LA92": (1435, 9.82 * 1.609344, 67.2 * 1.609344, 0.005 * 1.609344),
    "NYCC": (598, 1.18 * 1.609344, 27.7 * 1.609344, 0.005 * 1.609344),
    "ARTEMIS-urban": (992, 4.870, 57.7, 0.0005),
    "ARTEMIS-road": (1082, 17.273, 111.5, 0.0006),
    "ARTEMIS-motorway-130": (1068, 28.736, 131.8, 0.0005),
    "ARTEMIS-motorway-150": (1068, 29.545, 150.4, 0.0005),
}


def test_every_legal_cycle_has_its_published_totals():
    assert set(names()) == set(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_totals(name):
    cycle = legal(name)
    duration, distance, top, rounding = PUBLISHED[name]
    assert cycle.duration == duration
    assert cycle.distance / 1e3 == pytest.approx(distance, abs=rounding)
    assert cycle.speed.max() * 3.6 == pytest.approx(top, abs=0.051)  # printed to 0.1 in km/h or in mph
    assert np.all(np.diff(cycle.time) == 1)
    assert cycle.speed[0] == cycle.speed[-1] == 0
    assert not cycle.grade.any()
    assert len(cycle.source) > 20


@pytest.mark.parametrize(
    ("name", "phases"),
    [
        # UN GTR 15, Annex 1: low, medium, high, extra-high [km]
        ("WLTC-1", (3.330, 4.767, 3.330)),
        ("WLTC-2", (3.101, 4.737, 6.792, 8.019)),
        ("WLTC-3a", (3.095, 4.721, 7.124, 8.254)),
        ("WLTC-3b", (3.095, 4.756, 7.162, 8.254)),
        # 3.59 mi to second 505 and 3.86 mi after it: 40 CFR 1066.815
        ("UDDS", (3.59 * 1.609344, 3.86 * 1.609344)),
    ],
)
def test_phase_distances(name, phases):
    cycle = legal(name)
    tolerance = 0.0006 if name.startswith("WLTC") else 0.005 * 1.609344 * 1.01  # what they are printed to
    assert cycle.phase_distance / 1e3 == pytest.approx(phases, abs=tolerance)
    assert cycle.phase_distance.sum() == pytest.approx(cycle.distance, rel=1e-12)


def test_phases_end_at_standstill():
    for name in names():
        cycle = legal(name)
        at_borders = cycle.speed[np.searchsorted(cycle.time, cycle.borders)]
        assert not at_borders.any(), name


def test_ftp_is_the_udds_and_its_first_505_seconds_again():
    udds, ftp = legal("UDDS"), legal("FTP-75")
    assert np.array_equal(ftp.speed[:1370], udds.speed)
    assert np.array_equal(ftp.speed[1369:], udds.speed[:506])
    assert ftp.phases == ("cold-transient", "stabilised", "hot-transient")


# Duration [s] of each operation and the speed [km/h] at its end: UN Regulation 83, Annex 4a, tables 1 and 2.
URBAN = (
    *(
        (11, 0),
        (4, 15),
        (8, 15),
        (2, 10),
        (3, 0),
        (21, 0),
        (5, 15),
        (2, 15),
        (5, 32),
        (24, 32),
        (8, 10),
        (3, 0),
        (21, 0),
    ),
    *((5, 15), (2, 15), (9, 35), (2, 35), (8, 50), (12, 50), (8, 35), (13, 35), (2, 32), (7, 10), (3, 0), (7, 0)),
)
EXTRA_URBAN = (
    *((20, 0), (5, 15), (2, 15), (9, 35), (2, 35), (8, 50), (2, 50), (13, 70), (50, 70), (8, 50), (69, 50), (13, 70)),
    *((50, 70), (35, 100), (30, 100), (20, 120), (10, 120), (16, 80), (8, 50), (10, 0), (20, 0)),
)


def test_nedc_is_drawn_through_the_operations_of_the_law():
    operations = np.array(4 * URBAN + EXTRA_URBAN)
    corners = np.concatenate(([0], np.cumsum(operations[:, 0])))
    nedc = legal("NEDC")
    drawn = np.interp(nedc.time, corners, np.concatenate(([0], operations[:, 1])))
    assert nedc.speed * 3.6 == pytest.approx(drawn, abs=6e-5)  # tabled to 0.0001 km/h
    assert list(nedc.borders) == [0, 4 * 195, 1180]


def test_classes_3a_and_3b_differ_in_the_medium_and_high_phases_only():
    a, b = legal("WLTC-3a").speed, legal("WLTC-3b").speed
    apart = np.flatnonzero(np.abs(a - b) > 1e-9)
    assert apart.size
    assert apart.min() > 589
    assert apart.max() < 1477


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("WLTC3b", "did you mean 'WLTC-3b'?"), ("ftp75", "did you mean 'FTP-75'?"), ("??", "known are WLTC-1, ")],
)
def test_an_unknown_name_is_refused_with_the_nearest(wrong, hint):
    with pytest.raises(CycleError) as caught:
        legal(wrong)
    assert f"cycle '{wrong}' is not known" in str(caught.value)
    assert hint in str(caught.value)
