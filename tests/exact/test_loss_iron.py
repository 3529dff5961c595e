"""Iron loss of fields whose loss the sheet's own table tells."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from coaxle.design.machine.loss.iron import iron_coefficients
from coaxle.design.machine.loss.period import Period
from coaxle.errors import InputError, UseError
from coaxle.materials import EXPONENTS, steel

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
    return np.asarray(sum(e * FREQUENCY**x for e, x in zip(powers(one, name, stacking), EXPONENTS, strict=True)))


def powers(one: Period, name: str = "M235-35A", stacking: float = 1.0) -> np.ndarray:
    """Return the loss of one group per power of frequency (3,)."""
    cells = one.b.shape[2]
    one_group = np.zeros(cells, np.int32)
    return iron_coefficients(one, np.full(cells, AREA), one_group, 1, steel(name), STACK, stacking)[:, 0, 0]


def wave(order: int, peak: float, samples: int, span: float = 1.0, phase: float = 0.0) -> np.ndarray:
    return peak * np.cos(2 * np.pi * order * span * np.arange(samples) / samples + phase)


def tabled(b: float, order: int = 1, name: str = "M235-35A") -> np.ndarray:
    sheet = steel(name)
    return np.asarray(AREA * STACK * sheet.density * sheet.loss.at(order * FREQUENCY, b))


def by_quadrature(parts: tuple[tuple[int, float, float], ...], name: str = "M235-35A") -> np.ndarray:
    """Return E_e (3,) of a wave of (order, peak, phase) along one axis, by its definition, from 100 000 points."""
    t = 2 * np.pi * np.arange(100_000) / 100_000
    b = sum(peak * np.cos(order * t + phase) for order, peak, phase in parts)
    rate = np.abs(sum(order * peak * np.sin(order * t + phase) for order, peak, phase in parts))
    half, sheet = np.ptp(b) / 2, steel(name)
    means = [np.mean(rate**e) / (np.mean(np.abs(np.cos(t)) ** e) * half**e) for e in EXPONENTS]
    return AREA * STACK * sheet.density * sheet.loss.per_power(half) * np.array(means)


# 64 points a period miss a sine's peak by 0.12 % at most; losses go with its square or less, slopes make up for half
SINE = 2e-3


@pytest.mark.parametrize("name", ["M235-35A", "NO18-1160", "M400-50A"])
@pytest.mark.parametrize("b", [0.05, 0.7, 1.4, 2.1])
@pytest.mark.parametrize("angle", [0.0, 0.4, 2.0])
def test_a_sine_loses_what_the_table_says(name: str, b: float, angle: float) -> None:
    x = wave(1, b, 16, phase=0.3)
    field = np.stack((x * np.cos(angle), x * np.sin(angle)), axis=-1)
    np.testing.assert_allclose(loss(period(field), name), tabled(b, name=name), rtol=SINE)


def test_a_circle_loses_twice_and_an_ellipse_as_its_half_axes() -> None:
    circle = np.stack((wave(1, 1.1, 16), wave(1, 1.1, 16, phase=np.pi / 2)), axis=-1)
    np.testing.assert_allclose(loss(period(circle)), 2 * tabled(1.1), rtol=SINE)
    ellipse = np.stack((wave(1, 1.1, 16), wave(1, 0.4, 16, phase=np.pi / 2)), axis=-1)
    turned = ellipse @ np.array([[np.cos(0.7), np.sin(0.7)], [-np.sin(0.7), np.cos(0.7)]])
    for field in (ellipse, turned):
        np.testing.assert_allclose(loss(period(field)), tabled(1.1) + tabled(0.4), rtol=SINE)


WAVES = (
    ((1, 1.2, 0.0), (3, 0.1, np.pi)),  # flat
    ((1, 1.0, 0.2), (5, 0.15, 0.7), (7, 0.1, -1.0)),
    ((1, 0.8, 0.0), (11, 0.25, 0.3)),  # minor loops
)


@pytest.mark.parametrize("parts", WAVES)
def test_distorted_waves_lose_as_defined(parts: tuple[tuple[int, float, float], ...]) -> None:
    x = sum(wave(order, peak, 48, 0.5, phase) for order, peak, phase in parts)
    field = np.stack((x * np.cos(0.3), x * np.sin(0.3)), axis=-1)
    one = period(field, Fraction(1, 2), antiperiodic=True)
    np.testing.assert_allclose(powers(one), by_quadrature(parts), rtol=5e-3)  # 96 points, orders up to 11


def test_hysteresis_goes_by_the_peak_and_by_minor_loops() -> None:
    """Without reversals only the half range counts; with them 1 + sum of their ranges / (2 B_p)."""
    sheet = steel("M235-35A")
    mass = AREA * STACK * sheet.density
    flat = wave(1, 1.2, 48) + wave(3, 0.1, 48, phase=np.pi)
    e_h = powers(period(np.stack((flat, 0 * flat), axis=-1)))[0]
    assert e_h == pytest.approx(mass * sheet.loss.per_power(1.1)[0], rel=SINE)
    dense = np.cos(np.linspace(0, 2 * np.pi, 20_001)) * 0.8 + 0.25 * np.cos(11 * np.linspace(0, 2 * np.pi, 20_001))
    turning = dense[np.flatnonzero(np.diff(np.sign(np.diff(dense)))) + 1]
    half = np.ptp(dense) / 2
    travelled = np.abs(np.diff(np.append(turning, turning[0]))).sum() + 2 * (dense[0] - turning[0])
    loops = (travelled - 4 * half) / 2
    x = wave(1, 0.8, 96) + wave(11, 0.25, 96)
    e_h = powers(period(np.stack((x, 0 * x), axis=-1)))[0]
    assert e_h == pytest.approx(mass * sheet.loss.per_power(half)[0] * (1 + loops / (2 * half)), rel=2e-2)


def test_eddy_loss_of_a_square_law_is_that_of_the_harmonics() -> None:
    """M600-50A's k_2 is a pure square: the sum over harmonics of (h B_h)^2 is exact for it."""
    sheet = steel("M600-50A")
    assert np.count_nonzero(sheet.loss.coefficients[2]) == 1
    x = wave(1, 1.0, 64) + wave(5, 0.2, 64, phase=1.0) + wave(11, 0.05, 64, phase=-2.0)
    e_2 = powers(period(np.stack((x, 0 * x), axis=-1)), "M600-50A")[2]
    squares = 1.0 + (5 * 0.2) ** 2 + (11 * 0.05) ** 2
    assert e_2 == pytest.approx(AREA * STACK * sheet.density * sheet.loss.coefficients[2, 1] * squares, rel=1e-9)


def test_a_share_of_the_period_tells_it_all() -> None:
    parts = ((1, 1.0, 0.0), (7, 0.1, 0.5))
    half = sum(wave(order, peak, 24, 0.5, phase) for order, peak, phase in parts)
    field = np.stack((half, 0 * half), axis=-1)
    whole = period(np.concatenate((field, -field)))
    np.testing.assert_allclose(powers(period(field, Fraction(1, 2), antiperiodic=True)), powers(whole), rtol=SINE)
    sixth = 0.8 + wave(6, 0.3, 16, 1 / 6) + wave(12, 0.1, 16, 1 / 6)
    field = np.stack((sixth, 0 * sixth), axis=-1)
    wanted = by_quadrature(((6, 0.3, 0.0), (12, 0.1, 0.0)))
    np.testing.assert_allclose(powers(period(field, Fraction(1, 6))), wanted, rtol=5e-3)


def test_a_constant_field_loses_nothing() -> None:
    assert np.all(loss(period(np.full((8, 2), 1.7))) < 1e-12)  # rounding of 1.7 T


def test_more_flux_never_loses_less() -> None:
    rng = np.random.default_rng(4)
    b = rng.normal(size=(24, 1, 200, 2))
    last = np.zeros(3)
    for scale in (0.01, 0.1, 0.5, 1.0, 1.5, 3.0):
        now = powers(period(scale * b, Fraction(1, 2), antiperiodic=True))
        assert np.all(now > last)
        last = now


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
