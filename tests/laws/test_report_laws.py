"""What holds for every table, axis and line of a report."""

from __future__ import annotations

import csv
import io
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

sys.path.insert(0, str(Path(__file__).parents[1]))
import report_lineup as lineup
from coaxle.report.axes import ticks, widened
from coaxle.report.contours import simplified
from coaxle.report.costs import by_item, by_payer
from coaxle.report.numerals import MINUS, THIN, fixed, plain
from coaxle.report.svg import way
from coaxle.report.tables import Table, fits_table, tables

figures = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=20)


def read(table):
    """Return headings and rows of a table written as CSV, as text."""
    rows = list(csv.reader(io.StringIO(table.as_csv())))
    return rows[0], rows[1:]


@given(st.lists(st.tuples(words, figures, st.integers(-(10**12), 10**12), st.booleans()), max_size=8))
def test_csv_gives_back_every_value(rows):
    """Text, figures to the last bit, counts and truths survive CSV."""
    table = Table(name="t", headings=("word", "figure [kg]", "count", "truth"), rows=tuple(rows))
    _, found = read(table)
    back = [(w, float(f), int(c), t == "true") for w, f, c, t in found]
    assert back == rows


def test_a_figure_that_is_not_there_is_an_empty_cell():
    """NaN is no figure in CSV, null in JSON, a dash on the terminal."""
    table = Table(name="t", headings=("a", "b"), rows=(("x", math.nan),))
    assert read(table)[1] == [["x", ""]]
    assert table.as_data()["rows"] == [["x", None]]
    assert table.as_text()[1] == [("x", "–")]


def test_every_number_of_the_ledgers_is_in_the_csv():
    """Each entry of each plan of each scenario is one row with its exact amounts, and the rows add up to the costs."""
    content = lineup.content()
    every = {table.name: table for table in tables(content)}
    headings, rows = read(every["ledger"])
    assert headings[:2] == ["scenario", "plan"]
    amount, present = headings.index("amount [EUR]"), headings.index("present value [EUR]")
    left = list(rows)
    for scenario in content.scenarios:
        plans = [(f"{name} alone", plan) for name, plan in scenario.comparison.alone.items()]
        for who, plan in (*plans, ("together", scenario.comparison.together)):
            mine = [row for row in left if row[:2] == [scenario.name, who]]
            assert [(float(r[amount]), float(r[present])) for r in mine] == [(e.amount, e.present) for e in plan.ledger]
            assert math.fsum(float(r[present]) for r in mine) == pytest.approx(plan.cost, rel=1e-12)  # order of adding
    assert len(rows) == sum(
        len(plan.ledger)
        for scenario in content.scenarios
        for plan in (*scenario.comparison.alone.values(), scenario.comparison.together)
    )


def test_fits_come_back_from_csv():
    """Each figure of the fits is in its column, in the unit of its heading."""
    fits = lineup.fits()
    headings, rows = read(fits_table(fits))
    column = {heading: i for i, heading in enumerate(headings)}
    for name, values, unit in (
        ("test mass [kg]", fits.mass, 1.0),
        ("wall energy [kWh/100km]", fits.energy, 36.0),
        ("fuel [l/100km]", fits.fuel, 1e-8),
        ("CO2 [g/km]", fits.emission, 1e-6),
        ("range [km]", fits.range, 1e3),
        ("0-100 km/h [s]", fits.zero_to_100, 1.0),
        ("top speed [km/h]", fits.top_speed, 1 / 3.6),
        ("gradeability [%]", fits.gradeability, 1e-2),
        ("cost of parts [EUR]", fits.cost, 1.0),
    ):
        found = np.array([float(row[column[name]] or "nan") for row in rows]) * unit
        assert np.allclose(found, values, rtol=1e-14, atol=0, equal_nan=True)  # one rounding each way
    assert [row[column["feasible"]] == "true" for row in rows] == list(fits.feasible)
    for row, why in zip(rows, fits.reasons, strict=True):
        assert row[column["why not"]] == "; ".join(why)


def test_sums_over_the_ledger_are_the_cost():
    """By item or by payer, every euro is counted once."""
    for scenario in lineup.content().scenarios:
        for plan in (*scenario.comparison.alone.values(), scenario.comparison.together):
            for sums in (by_item(plan), by_payer(plan)):
                assert math.fsum(sums.values()) == pytest.approx(plan.cost, rel=1e-12)  # order of adding


curves = hnp.arrays(np.float64, st.tuples(st.integers(2, 60), st.just(2)), elements=st.floats(-500, 500, width=32))


walks = hnp.arrays(np.float64, st.tuples(st.integers(2, 60), st.just(2)), elements=st.floats(-2, 2, width=16)).map(
    lambda steps: np.cumsum(steps, axis=0)
)


@given(curves | walks)
def test_simplified_lines_stay_close(points):
    """No point lies farther than the tolerance from the line that is left; the ends stay."""
    left = simplified(points, 0.25)
    assert np.array_equal(left[[0, -1]], points[[0, -1]])
    along = np.diff(left, axis=0)
    square = np.maximum((along**2).sum(axis=1), 1e-18)
    for point in points:
        share = np.clip(((point - left[:-1]) * along).sum(axis=1) / square, 0, 1)
        nearest = np.hypot(*(left[:-1] + share[:, None] * along - point).T).min()
        assert nearest <= 0.25 + 1e-6  # rounding of coordinates of 500 px


@given(curves)
def test_paths_do_not_drift(points):
    """Relative steps of a tenth of a pixel lead to the last point, however many there are."""
    import re

    text = way(points, closed=False)
    start, _, rest = text.removeprefix("M").partition("l")
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", rest)]
    x, y = map(float, start.split())
    x, y = x + sum(numbers[::2]), y + sum(numbers[1::2])
    assert (x, y) == pytest.approx(tuple(points[-1]), abs=0.0501)  # half a tenth


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 9))
def test_ticks_are_round_and_inside(low, span, about):
    """Ticks lie within the axis, equally far apart, and there are about as many as asked for."""
    marks = ticks(low, low + span, about)
    assert all(low - 1e-6 * span <= mark <= low + span * (1 + 1e-6) for mark in marks)
    assert len(marks) <= 2 * about + 2
    if len(marks) > 2:
        steps = np.diff(marks)
        assert np.allclose(steps, steps[0], rtol=1e-5)
    first, last = widened(low, low + span, about)
    assert first <= low + 1e-6 * span
    assert last >= low + span - 1e-6 * span


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_numerals_read_back(value, digits):
    """What is printed is the value to the digits printed."""
    back = float(fixed(value, digits).replace(THIN, "").replace(MINUS, "-"))
    assert back == pytest.approx(value, abs=0.5000001 * 10.0**-digits)
    assert float(plain(back).replace(THIN, "").replace(MINUS, "-")) == pytest.approx(back, rel=1e-11)
