"""The kernel of iron losses against NumPy's transform and the steel's own fit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from coaxle.design.machine.loss.iron import POINTS, iron_coefficients
from coaxle.design.machine.loss.period import Period
from coaxle.materials import steel


def plain(one: Period, area: np.ndarray, name: str, stack: float) -> np.ndarray:
    """Return the loss (E, n): the whole stretch written out, padded in frequency, axes by eigenvectors."""
    samples = one.b.shape[0]
    points = samples * max(1, -(-POINTS // samples))
    b = np.concatenate((one.b, -one.b)) if one.antiperiodic else one.b
    length = float(one.span) * (2 if one.antiperiodic else 1)
    more = points * (b.shape[0] // samples)
    b = b - b.mean(axis=0)
    axes = np.linalg.eigh(np.einsum("snuc,snud->nucd", b, b))[1]
    spectrum = np.fft.rfft(np.einsum("snuc,nucd->snud", b, axes), axis=0)
    if b.shape[0] % 2 == 0 and more > b.shape[0]:
        spectrum[-1] /= 2
    order = 1j * np.arange(spectrum.shape[0])[:, None, None, None] / length
    value = np.fft.irfft(spectrum, more, axis=0) * more / b.shape[0]
    rate = np.abs(np.fft.irfft(spectrum * order, more, axis=0) * more / b.shape[0])
    half, sheet = np.ptp(value, axis=0) / 2, steel(name)
    mass = area * stack * sheet.density * one.copies
    sine = np.abs(np.cos(2 * np.pi * (np.arange(20_000) + 0.5) / 20_000))
    loss = [
        k * np.mean(rate**e, axis=0) / (np.mean(sine**e) * half**e)
        for e, k in zip(sheet.loss.exponents, sheet.loss.per_power(half), strict=True)
    ]
    return np.asarray(np.einsum("enuc,u->en", np.stack(loss), mass))


@pytest.mark.parametrize(
    ("samples", "span", "antiperiodic"),
    [(24, Fraction(1, 2), True), (9, Fraction(1, 2), True), (8, Fraction(1, 6), False), (25, Fraction(1), False)],
)
def test_kernel_and_transform_agree(samples: int, span: Fraction, antiperiodic: bool) -> None:
    rng = np.random.default_rng(samples)
    b = rng.normal(scale=0.8, size=(samples, 3, 45, 2))
    one = Period(b=b, span=span, antiperiodic=antiperiodic, triangles=np.arange(45, dtype=np.int32), copies=2)
    area = rng.uniform(1e-6, 3e-6, 45)
    got = iron_coefficients(one, area, np.zeros(45, np.int32), 1, steel("M19-29Ga"), 0.15)
    np.testing.assert_allclose(
        got[:, 0], plain(one, area, "M19-29Ga", 0.15), rtol=1e-7
    )  # mean of cos^1.5 from 20 000 points
