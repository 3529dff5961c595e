"""A period put together from a sixth or a third of it, against the field at all its times."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from coaxle.design.machine.loss.period import SIXTH, THIRD, rotor_period, slots_per_belt, stator_period
from coaxle.design.machine.section import Section
from coaxle.errors import InputError

PATTERN, POINTS = 4, 2
# slots and poles of the sector, pole pairs: q = 1, 2, 3 with one pole, 2 with two poles, 3/2, 5/2, 2/5, 1/4, 1/2
MACHINES = ((3, 1, 4), (6, 1, 3), (9, 1, 3), (12, 2, 2), (9, 2, 4), (15, 2, 3), (6, 5, 5), (3, 4, 4), (3, 2, 5))


def section(slots: int, poles: int, pole_pairs: int) -> Section:
    return Section(
        regions=(),
        circuits=(),
        pole_pairs=pole_pairs,
        poles=poles,
        angle=poles * np.pi / pole_pairs,
        slots=slots,
        bore=0.1,
        rotor_outer=0.099,
        inner=0.02,
        outer=0.15,
        phase_axis=0.0,
        rotor_axis=0.0,
    )


def slot_currents(machine: Section, tau: np.ndarray) -> np.ndarray:
    """Return the current of each slot of the whole machine over electrical angle: the star of slots, two layers."""
    total = machine.slots * 2 * machine.pole_pairs // machine.poles
    step = 360 * Fraction(machine.pole_pairs, total)
    span = max(1, int(3 * slots_per_belt(machine)) - int(slots_per_belt(machine) >= 2))
    currents = np.zeros((total, tau.size))
    for slot in range(total):
        belt = int(((slot * step + Fraction(1, 7)) % 360) // 60)
        phase, sign = ((0, 1), (2, -1), (1, 1), (0, -1), (2, 1), (1, -1))[belt]
        current = sign * np.cos(tau - 2 * np.pi / 3 * phase + 0.3)
        currents[slot] += current
        currents[(slot + span) % total] -= current
    return currents


def field(machine: Section, theta: np.ndarray, tau: np.ndarray) -> np.ndarray:
    """Return x and y (time, theta, 2): slot currents and a rotor, seen through slots and the rotor's saliency.

    It is no solution of Maxwell's equations, but is built of slots, currents and rotor alone, as the true one is.
    """
    n_p = machine.pole_pairs
    total = machine.slots * 2 * n_p // machine.poles
    currents = slot_currents(machine, tau)
    away = theta[None, :] - 2 * np.pi / total * np.arange(total)[:, None]
    orders = np.arange(1, 40)[:, None, None]
    parts = [
        np.einsum("kt,ko->to", currents, np.sum(shape(orders * away) / orders, axis=0)) for shape in (np.sin, np.cos)
    ]
    psi = n_p * theta[None, :] - tau[:, None]
    rotor = (np.cos(psi) + 0.2 * np.cos(3 * psi + 0.4), 0.3 * np.sin(psi) - 0.1 * np.sin(5 * psi))
    seen = (1 + 0.4 * np.cos(2 * psi + 0.2)) * (1 + 0.3 * np.cos(total * theta + 0.1))[None, :]
    radial, tangential = (seen * (part + flux) + flux**3 for part, flux in zip(parts, rotor, strict=True))
    c, s = np.cos(theta), np.sin(theta)
    return np.stack((radial * c - tangential * s, radial * s + tangential * c), axis=-1)


@pytest.mark.parametrize("share", [SIXTH, THIRD])
@pytest.mark.parametrize("machine", MACHINES)
def test_the_stator_s_period_is_that_of_the_field(machine: tuple[int, int, int], share: Fraction) -> None:
    one = section(*machine)
    pitch = one.angle / one.slots
    theta = (pitch * (np.arange(one.slots)[:, None] + np.linspace(0.1, 0.9, PATTERN))).ravel()
    positions = 4
    sweep = 2 * np.pi * float(share) * np.arange(positions) / positions
    b = np.stack([scale * field(one, theta, sweep) for scale in (1.0, 2.0)], axis=1)
    period = stator_period(b, one, share)
    length = period.b.shape[0]
    tau = 2 * np.pi * float(period.span) * np.arange(length) / length
    wanted = np.stack([scale * field(one, theta[period.triangles], tau) for scale in (1.0, 2.0)], axis=1)
    np.testing.assert_allclose(period.b, wanted, rtol=0, atol=1e-10)  # rounding
    later = field(one, theta[period.triangles], 2 * np.pi * float(period.span) + tau[:1])
    np.testing.assert_allclose(later, (-1 if period.antiperiodic else 1) * wanted[:1, 0], rtol=0, atol=1e-10)
    assert period.copies * period.triangles.size == one.slots * PATTERN


@pytest.mark.parametrize("machine", MACHINES[:5])
def test_the_rotor_s_period_is_that_of_the_field(machine: tuple[int, int, int]) -> None:
    one = section(*machine)
    share = SIXTH if slots_per_belt(one).denominator == 1 else THIRD
    own = np.linspace(0.0, one.angle, 7)

    def seen(tau: np.ndarray) -> np.ndarray:
        rows = [field(one, own + t / one.pole_pairs, np.array([t]))[0] for t in tau]
        back = -tau / one.pole_pairs
        c, s = np.cos(back)[:, None], np.sin(back)[:, None]
        b = np.stack(rows)
        return np.stack((c * b[..., 0] - s * b[..., 1], s * b[..., 0] + c * b[..., 1]), axis=-1)

    tau = 2 * np.pi * float(share) * np.arange(4) / 4
    b = seen(tau)[:, None]
    period = rotor_period(b, one, share)
    assert period.span == share
    np.testing.assert_allclose(seen(tau + 2 * np.pi * float(share)), b[:, 0], rtol=0, atol=1e-10)  # rounding


def test_a_rotor_of_broken_slots_needs_a_longer_sweep() -> None:
    with pytest.raises(InputError, match="1/3 is wanted"):
        rotor_period(np.zeros((4, 1, 2, 2)), section(9, 2, 4), SIXTH)
    with pytest.raises(InputError, match="multiple of the 9 slot pitches"):
        stator_period(np.zeros((4, 1, 10, 2)), section(9, 2, 4))
