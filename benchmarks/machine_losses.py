"""Iron losses of a flux map's size: the kernel against NumPy's transform, CPU time of one core."""

from __future__ import annotations

from time import process_time

import numpy as np

from coaxle.design.machine.loss.iron import iron_coefficients
from coaxle.design.machine.loss.period import Period, rotor_period, stator_period
from coaxle.design.machine.section import Section
from coaxle.materials import Steel, steel

POINTS, POSITIONS, FIXED, TURNING, IRON = 567, 8, 2700, 2300, 0.65
SECTION = Section(
    regions=(),
    circuits=(),
    pole_pairs=3,
    poles=1,
    angle=np.pi / 3,
    slots=9,
    bore=0.08,
    rotor_outer=0.079,
    inner=0.02,
    outer=0.1,
    phase_axis=0.0,
    rotor_axis=0.0,
)


def by_numpy(one: Period, mass: np.ndarray, sheet: Steel) -> np.ndarray:
    """Return the loss (E, n) by a real transform over the whole period."""
    b = np.concatenate((one.b, -one.b)) if one.antiperiodic else one.b
    spectrum = 2 / b.shape[0] * np.fft.rfft(b, axis=0)[1:]
    plus = np.abs(spectrum[..., 0] + 1j * spectrum[..., 1]) / 2
    minus = np.abs(spectrum[..., 0] - 1j * spectrum[..., 1]) / 2
    order = np.arange(1, spectrum.shape[0] + 1)[:, None] ** sheet.loss.exponents
    return np.stack(
        [
            np.einsum("eu,u->e", sum(np.einsum("ehu,he->eu", sheet.loss.per_power(x[:, i]), order) for x in axes), mass)
            for axes in [(plus + minus, np.abs(plus - minus))]
            for i in range(b.shape[1])
        ],
        axis=1,
    )


def main() -> None:
    rng = np.random.default_rng(1)
    sheet = steel("M270-35A")
    parts = [(rng.normal(size=(POSITIONS, POINTS, count, 2)), count) for count in (FIXED, TURNING)]
    for warm in (True, False):
        for (b, count), period, name in zip(parts, (stator_period, rotor_period), ("stator", "rotor"), strict=True):
            group = np.where(rng.uniform(size=count) < IRON, 0, -1).astype(np.int32)
            area = np.full(count, 1e-6)
            t_0 = process_time()
            one = period(b, SECTION)
            t_1 = process_time()
            iron_coefficients(one, area, group, 1, sheet, 0.1)
            t_2 = process_time()
            if warm:
                continue
            few = Period(
                b=one.b[:, :10],
                span=one.span,
                antiperiodic=one.antiperiodic,
                triangles=one.triangles,
                copies=one.copies,
            )
            by_numpy(few, area[one.triangles], sheet)
            plain = (process_time() - t_2) * POINTS / 10
            print(f"{name}: period {t_1 - t_0:.2f} s, loss {t_2 - t_1:.2f} s; NumPy {plain:.1f} s, from 10 currents")


if __name__ == "__main__":
    main()
