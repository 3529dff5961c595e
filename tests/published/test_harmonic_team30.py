"""TEAM problem 30a: induction machines with a solid rotor, against the published analytic solution.

Source: K. R. Davey, TEAM problem 30a (compumag.org), analytic solution as tabulated to six digits by Wells-Group/TEAM30
(ref_three_phase.txt, ref_single_phase.txt). Speed [rad/s], torque [Nm/m], voltage [V rms a metre and turn], loss of the
rotor and of its steel [W/m].
"""

import numpy as np
import pytest

from team30_cases import figures, model, series, solved

THREE_PHASE = """
0    3.825857  0.637157  1455.644  17.40541
200  6.505013  0.845368  1179.541  16.98615
400  -3.89264  1.477981  120.0092  1.383889
600  -5.75939  0.761760  1314.613  17.87566
800  -3.59076  0.617891  1548.240  16.88702
1000 -2.70051  0.575699  1710.686  14.32059
1200 -2.24996  0.556196  1878.926  12.01166
"""
SINGLE_PHASE = """
0        0        0.536071 341.7676 3.944175
39.79351 0.052766 0.537466 341.2465 3.933111
79.58701 0.096143 0.541495 340.4618 3.900878
119.3805 0.143050 0.548603 340.0396 3.848117
159.1740 0.199570 0.560074 340.2250 3.767681
198.9675 0.275400 0.578808 339.2994 3.635357
238.7610 0.367972 0.609649 333.6163 3.404092
278.5546 0.442137 0.658967 317.9933 2.999715
318.3481 0.375496 0.728552 288.0790 2.355622
358.1416 -0.0707  0.790068 256.6437 1.674353
"""
CONTRADICTED = (39.79351, 0)
"""Speed and column of the one figure that the exact series does not bear out, see below."""


def rows(text):
    return np.array([[float(each) for each in line.split()] for line in text.strip().splitlines()])


@pytest.fixture(scope="module")
def machine():
    return model(2, 2)


@pytest.mark.parametrize(("table", "three"), [(THREE_PHASE, True), (SINGLE_PHASE, False)])
def test_every_figure_within_a_tenth_of_a_per_cent(machine, table, three):
    """1 % is asked for; the mesh reaches 0.03 % of the exact series and the tables hold to 0.05 % of it.

    The single-phase torque comes near 0 and is a small difference of a forward and a backward field, so its error is
    taken over the largest torque of the table.
    """
    published = rows(table)
    largest = np.abs(published[:, 1]).max()
    for speed, *wanted in published:
        got = figures(solved(machine, speed, three))
        scale = np.abs(wanted)
        scale[0] = largest if not three else scale[0]
        error = np.abs(got - wanted) / scale
        if (speed, 0) == CONTRADICTED:
            error[0] = 0.0
        assert np.all(error < 1e-3), (speed, got, wanted)


def test_one_printed_torque_contradicts_the_exact_series(machine):
    """At 39.79 rad/s 0.052766 Nm/m are printed; series and mesh agree on 0.04921 to 1e-4 of the largest torque.

    A truncated series gives the printed figure within 1.1 %: with the harmonics 1 and 3 alone it is 0.05219.
    """
    got = figures(solved(machine, CONTRADICTED[0], False))[0]
    assert abs(got - series(CONTRADICTED[0], False)[0]) < 1e-4 * 0.442
    assert abs(got - 0.052766) > 0.05 * 0.052766


@pytest.mark.parametrize(("table", "three"), [(THREE_PHASE, True), (SINGLE_PHASE, False)])
def test_the_series_itself_meets_the_tables(table, three):
    """Both are exact up to truncation and printing: 5e-4 over the largest figure of each column."""
    published = rows(table)
    for speed, *wanted in published[1:]:
        error = np.abs(series(speed, three) - wanted) / np.abs(published[:, 1:]).max(axis=0)
        if (speed, 0) == CONTRADICTED:
            error[0] = 0.0
        assert np.all(error < 5e-4), (speed, error)
