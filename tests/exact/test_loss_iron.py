"""Iron loss of fields whose loss the sheet's own table tells."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from coaxle.design.machine.loss.iron import iron_coefficients
from coaxle.design.machine.loss.period import Period
from coaxle.errors import InputError, UseError
from coaxle.materials import steel

STACK, AREA = 0.1, 2e-6
FREQUENCY = np.array([50.0, 400.0, 1200.0])


def period(b: np.ndarray, span: Fraction = Fraction(1), antiperiodic: bool = False, copies: int = 1) -> Period:
    b = b if b.ndim == 4 else b[:, None, None, :]
    return Period(
        b=b,
        span=span,
        antiperiodic=antiperiodic,
        triangles=np.arange(b.shape[2], dtype=np.int32),
        copies=copies,
    )


def loss(one: Period, name: str = "M235-35A", stacking: float = 1.0) -> np.ndarray:
    """Return the loss [W] of one group over FREQUENCY."""
    cells = one.b.shape[2]
    e_gn = iron_coefficients(one, np.full(cells, AREA), np.zeros(cells, np.int32), 1, steel(name), STACK, stacking)
    return np.asarray(sum(e_gn[e, 0, 0] * FREQUENCY**x for e, x in enumerate(steel(name).loss.exponents)))


def wave(order: int, peak: float, samples: int, span: float = 1.0, phase: float = 0.0) -> np.ndarray:
    return peak * np.cos(2 * np.pi * order * span * np.arange(samples) / samples + phase)


def tabled(b: float, order: int = 1, name: str = "M235-35A") -> np.ndarray:
    sheet = steel(name)
    return np.asarray(AREA * STACK * sheet.density * sheet.loss.at(order * FREQUENCY, b))


@pytest.mark.parametrize("name", ["M235-35A", "NO18-1160", "M400-50A"])
@pytest.mark.parametrize("b", [0.05, 0.7, 1.4, 2.1])
@pytest.mark.parametrize("angle", [0.0, 0.4, 2.0])
def test_a_sine_loses_what_the_table_says(name: str, b: float, angle: float) -> None:
    x = wave(1, b, 16, phase=0.3)
    field = np.stack((x * np.cos(angle), x * np.sin(angle)), axis=-1)
    np.testing.assert_allclose(loss(period(field), name), tabled(b, name=name), rtol=1e-11)  # rounding


def test_a_circle_loses_twice_and_an_ellipse_as_its_half_axes() -> None:
    circle = np.stack((wave(1, 1.1, 16), wave(1, 1.1, 16, phase=np.pi / 2)), axis=-1)
    np.testing.assert_allclose(loss(period(circle)), 2 * tabled(1.1), rtol=1e-11)  # rounding
    ellipse = np.stack((wave(1, 1.1, 16), wave(1, 0.4, 16, phase=np.pi / 2)), axis=-1)
    turned = ellipse @ np.array([[np.cos(0.7), np.sin(0.7)], [-np.sin(0.7), np.cos(0.7)]])
    for field in (ellipse, turned):
        np.testing.assert_allclose(loss(period(field)), tabled(1.1) + tabled(0.4), rtol=1e-11)


def test_harmonics_add_up() -> None:
    x = wave(1, 1.0, 32) + wave(5, 0.2, 32, phase=1.0) + wave(11, 0.05, 32, phase=-2.0)
    field = np.stack((x, 0 * x), axis=-1)
    wanted = tabled(1.0) + tabled(0.2, 5) + tabled(0.05, 11)
    np.testing.assert_allclose(loss(period(field)), wanted, rtol=1e-11)  # rounding


def test_a_share_of_the_period_tells_it_all() -> None:
    half = wave(1, 1.0, 24, 0.5) + wave(7, 0.1, 24, 0.5)
    field = np.stack((half, 0 * half), axis=-1)
    wanted = tabled(1.0) + tabled(0.1, 7)
    np.testing.assert_allclose(loss(period(field, Fraction(1, 2), antiperiodic=True)), wanted, rtol=1e-11)
    sixth = 0.8 + wave(6, 0.3, 8, 1 / 6) + wave(12, 0.1, 8, 1 / 6)
    field = np.stack((sixth, 0 * sixth), axis=-1)
    np.testing.assert_allclose(loss(period(field, Fraction(1, 6))), tabled(0.3, 6) + tabled(0.1, 12), rtol=1e-11)


def test_a_constant_field_loses_nothing() -> None:
    assert np.all(loss(period(np.full((8, 2), 1.7))) < 1e-12)  # rounding of 1.7 T


def test_stacking_copies_groups_and_currents() -> None:
    field = np.stack((wave(1, 0.95, 16), wave(3, 0.2, 16)), axis=-1)
    whole = loss(period(field / 0.95))
    np.testing.assert_allclose(loss(period(field), stacking=0.95), 0.95 * whole, rtol=1e-11)  # rounding
    np.testing.assert_allclose(loss(period(field, copies=3)), 3 * loss(period(field)), rtol=1e-11)
    rng = np.random.default_rng(1)
    b = rng.normal(size=(8, 5, 70, 2))
    group = rng.integers(-1, 3, 70).astype(np.int32)
    area = rng.uniform(1e-6, 2e-6, 70)
    got = iron_coefficients(period(b), area, group, 3, steel("M270-35A"), STACK)
    assert got.shape == (3, 3, 5)
    assert np.all(got >= 0)
    for g in range(3):
        for i in range(5):
            alone = iron_coefficients(
                period(b[:, i : i + 1, group == g]),
                area[group == g],
                np.zeros(int(np.sum(group == g)), np.int32),
                1,
                steel("M270-35A"),
                STACK,
            )
            np.testing.assert_allclose(got[:, g, i], alone[:, 0, 0], rtol=1e-10)  # order of summation


def test_groups_that_do_not_match_are_refused() -> None:
    with pytest.raises(UseError, match="do not match"):
        iron_coefficients(period(np.ones((8, 2))), np.ones(1), np.array([2], np.int32), 2, steel("NO20"), STACK)
    with pytest.raises(UseError, match="do not match"):
        iron_coefficients(period(np.ones((8, 1, 2, 2))), np.ones(1), np.array([0], np.int32), 2, steel("NO20"), STACK)


def test_a_stacking_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="stacking: 0"):
        loss(period(np.ones((8, 2))), stacking=0.0)
