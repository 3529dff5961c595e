"""Text to quantities and back; what the message says where it cannot be."""

from __future__ import annotations

import re
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaxle.units import (
    DIMENSIONS,
    UNITS,
    ZEROS,
    Quantity,
    parse,
    quoted,
    show,
    show_exactly,
    show_shortly,
    units_of,
    written_in,
)


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("150 mm", "length", 0.15),
        ("  2125 kg ", "mass", 2125.0),
        ("1.5e3 W", "power", 1500.0),
        ("5kg", "mass", 5.0),
        (".5 m", "length", 0.5),
        ("0.24", "ratio", 0.24),
        (0.24, "ratio", 0.24),
        (3, "ratio", 3.0),
        ("94 %", "ratio", 0.94),
        ("2.95 %", "ratio", 0.0295),
        ("-3.5 deg", "angle", -0.061086523819801536),
        ("\u22123 N", "force", -3.0),
        ("3 kg\u00b7m\u00b2", "inertia", 3.0),
        ("12\u00a0mOhm", "resistance", 0.012),
        ("12 m\u03a9", "resistance", 0.012),
        ("40 \u20ac", "money", 40.0),
        ("400000 1/a", "rate", 400000 / 31_557_600),
    ],
)
def test_parse_reads_what_people_write(text, dimension, value):
    assert parse(text, dimension) == pytest.approx(value, rel=1e-15)


def test_a_power_of_ten_only_shifts_the_point():
    """94 * 0.01 is 0.9400000000000001; a file that says 94 % and one that says 0.94 are the same project."""
    for hundredths in range(10_000):
        assert parse(f"{hundredths / 100:.2f} %", "ratio") == float(f"{hundredths}e-4")


@pytest.mark.parametrize(
    ("text", "dimension", "message"),
    [
        ("150", "length", "150 has no unit; length is written in m, mm or km"),
        (150, "length", "150 has no unit; length is written in m, mm or km"),
        ("112 kg", "emission", "'112 kg' is mass; emission is written in g/km or kg/m"),
        ("12 kgs", "mass", "'12 kgs': 'kgs' is no unit; mass is written in kg, g or t"),
        ("3 \u00b5m", "length", "'3 \u00b5m': '\u00b5m' is no unit; length is written in m, mm or km"),
        ("heavy", "mass", "'heavy' is no mass; mass is written in kg, g or t, for example '1 kg'"),
        ("", "mass", "'' is no mass; mass is written in kg, g or t, for example '1 kg'"),
        ("nan kg", "mass", "'nan kg' is no finite number; mass is written in kg, g or t"),
        (".nan", "ratio", "'.nan' is no finite number; a ratio is a bare number or in %"),
        ("-inf", "ratio", "'-inf' is no finite number; a ratio is a bare number or in %"),
        (float("inf"), "ratio", "'inf' is no finite number; a ratio is a bare number or in %"),
        ("1e999 kg", "mass", "'1e999 kg' is too large a number"),
        ("9e307 kWh", "energy", "'9e307 kWh' is too large a number"),
        (True, "ratio", "'True' is no ratio; a ratio is a bare number or in %"),
        (None, "ratio", "'None' is no ratio; a ratio is a bare number or in %"),
        ("\u0663 kg", "mass", "'\u0663 kg' is no mass; mass is written in kg, g or t, for example '1 kg'"),
    ],
)
def test_parse_says_what_stands_there_and_what_is_wanted(text, dimension, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(text, dimension)


@pytest.mark.parametrize(
    "text", ["17,000 rpm", "17 000 rpm", "17 000", "17'000 rpm", "17_000 rpm", "0,5 rpm", "1.000.000 rpm", "17,000rpm"]
)
def test_parse_refuses_separators(text):
    with pytest.raises(ValueError, match="has a separator in its number; write digits with at most one decimal point"):
        parse(text, "angular speed")


def test_a_number_of_many_digits_is_quoted_short():
    with pytest.raises(ValueError, match="too large") as error:
        parse("9" * 100_000 + " kg", "mass")
    assert len(str(error.value)) < 100
    assert quoted("a\n  b") == "'a b'"


@pytest.mark.parametrize(
    ("quantity", "text", "message"),
    [
        (Quantity("mass"), "-3 kg", "'-3 kg' lies below 0 kg"),
        (Quantity("ratio", 0.0, 1.0), "120 %", "'120 %' lies outside 0 to 1"),
        (Quantity("ratio", 0.1, 2.0), "0", "'0' lies outside 0.1 to 2"),
    ],
)
def test_a_quantity_has_bounds(quantity, text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        quantity.read(text)


def test_every_dimension_has_its_unit_of_the_si():
    """In it, text is exact whatever the value; and each unit reads its own name."""
    for dimension in DIMENSIONS:
        assert any(UNITS[unit][1] == 1.0 for unit in units_of(dimension)), dimension
        assert units_of(dimension)[0] in written_in(dimension) or dimension == "ratio"
    for unit, (dimension, factor) in UNITS.items():
        assert parse(f"1 {unit}", dimension) == factor + ZEROS.get(unit, 0.0)


def test_temperature_has_its_own_zero():
    assert parse("65 degC", "temperature") == 338.15
    assert show(338.15, "temperature") == "65 degC"
    assert parse("338.15 K", "temperature") == 338.15


anything = st.floats(allow_nan=False, allow_infinity=False)


@given(anything, st.sampled_from(DIMENSIONS))
def test_exact_text_reads_back_as_the_same_float(value, dimension):
    assert parse(show_exactly(value, dimension), dimension) == value


@given(st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-12), st.sampled_from(sorted(UNITS)))
def test_rounded_text_reads_back_within_its_digits(value, unit):
    """6 significant digits: half a unit of the sixth is 5e-6 of the value at most; 1e-15 for the way there and back."""
    dimension = UNITS[unit][0]
    for text in (show(value, dimension, unit), show_shortly(value, dimension)):
        assert parse(text, dimension) == pytest.approx(value, rel=5e-6 + 1e-15, abs=0)


@given(st.text(max_size=40) | anything.map(str), st.sampled_from(DIMENSIONS))
def test_parse_gives_a_finite_number_or_a_message(text, dimension):
    try:
        told = str(parse(text, dimension))
    except ValueError as error:
        told = str(error)
    assert quoted(text)[1:-1] in told or isfinite(float(told))


@pytest.mark.parametrize(
    ("value", "dimension", "text"),
    [
        (180e6, "money", "180 MEUR"),
        (5e6, "energy", "5 MJ"),
        (0.335, "length", "0.335 m"),
        (0.093, "length", "93 mm"),
        (380e3, "length", "380 km"),
        (50.0, "speed", "180 km/h"),
        (17000 * 3.141592653589793 / 30, "angular speed", "17000 rpm"),
        (0.92, "ratio", "0.92"),
    ],
)
def test_short_text_is_what_a_person_would_write(value, dimension, text):
    assert show_shortly(value, dimension) == text


def test_show_refuses_a_unit_of_something_else():
    with pytest.raises(ValueError, match="'kg' is a unit of mass, not of length"):
        show(1.0, "length", "kg")
