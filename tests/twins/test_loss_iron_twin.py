"""The kernel of iron losses against NumPy's transform and the steel's own fit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from coaxle.design.machine.loss.iron import iron_coefficients
from coaxle.design.machine.loss.period import Period
from coaxle.materials import steel


def plain(one: Period, area: np.ndarray, name: str, stack: float) -> np.ndarray:
    """Return the loss (E, n): the whole period written out, transformed, half axes from the complex amplitudes."""
    b = np.concatenate((one.b, -one.b)) if one.antiperiodic else one.b
    length = one.span * (2 if one.antiperiodic else 1)
    samples = b.shape[0]
    spectrum = 2 / samples * np.fft.rfft(b, axis=0)
    if samples % 2 == 0:
        spectrum[-1] /= 2
    sheet = steel(name)
    total = 0.0
    for turn in range(1, spectrum.shape[0]):
        x, y = spectrum[turn, ..., 0], spectrum[turn, ..., 1]
        # half axes of the ellipse as singular values of its 2 x 2 matrix
        matrix = np.stack((np.stack((x.real, x.imag), -1), np.stack((y.real, y.imag), -1)), -2)
        axes = np.linalg.svd(matrix, compute_uv=False)
        k = sheet.loss.per_power(axes).sum(axis=-1)
        order = (turn / float(length)) ** sheet.loss.exponents
        total = total + order[:, None] * (k * area * stack * sheet.density * one.copies).sum(axis=-1)
    return np.asarray(total)


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
    np.testing.assert_allclose(got[:, 0], plain(one, area, "M19-29Ga", 0.15), rtol=1e-10)  # order of summation
