"""For how long a torque may last: peaks, thirty minutes, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from coaxle.design.thermal.kernels import search
from coaxle.design.thermal.losses import NodeLosses
from coaxle.design.thermal.nodes import Network
from coaxle.design.thermal.temperatures import started, steady
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, Ints, frozen
from coaxle.numerics.rows import Executor, Here

NOT_LIMITED = search.NOT_LIMITED
"""Code in place of the node that binds: even the highest torque given lasts; heat does not limit it."""
NO_TORQUE_LASTS = search.NO_TORQUE_LASTS
"""Code in place of the node that binds: not even the lowest torque given lasts; the torque is 0."""

_HERE = Here()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSettings:
    """Which durations are rated, and from which state.

    Parameters
    ----------
    durations : tuple of float
        [s]; inf is for ever.
    warm : tuple of bool
        Whether a duration starts from the warm state; otherwise from the state without losses, fluids running. Without
        effect on inf.
    warm_share : float
        The warm state is steady at this share of the continuous torque of the same speed (0 to 1), but at the lowest
        torque given at least.
    tolerance : float
        How far below its limit the hottest point may be kept [K].

    """

    durations: tuple[float, ...] = (10.0, 30.0, 1800.0, inf)
    warm: tuple[bool, ...] = (True, True, False, False)
    warm_share: float = 0.5
    tolerance: float = 1e-4

    def __post_init__(self) -> None:
        if len(self.durations) != len(self.warm) or not all(d > 0 for d in self.durations):
            raise InputError("ratings: durations above 0 with one word each on their start are wanted")
        if not 0 <= self.warm_share <= 1 or not self.tolerance > 0:
            raise InputError(
                f"ratings: warm_share {self.warm_share:g}, tolerance {self.tolerance:g}; 0 to 1 and above 0 are wanted"
            )


_STANDARD = RatingSettings()


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Ratings:
    """Torque over duration and speed.

    Parameters
    ----------
    nodes : tuple of str
        Of the network.
    durations : (D,)
        [s], inf for ever.
    speed : (S,)
        Of the shaft [rad/s].
    torque : (D, S)
        That lasts so long [Nm].
    binds : (D, S)
        Node that reaches its limit then, or NOT_LIMITED, or NO_TORQUE_LASTS.
    warm : (S, n)
        The warm state [K].
    cold : (S, n)
        The state without losses [K].

    """

    nodes: tuple[str, ...]
    durations: Array
    speed: Array
    torque: Array
    binds: Ints
    warm: Array
    cold: Array

    def row(self, duration: float) -> int:
        """Return which row holds ``duration``."""
        found = np.flatnonzero(self.durations == duration)
        if not found.size:
            known = ", ".join(f"{d:g} s" for d in self.durations)
            raise InputError(f"ratings: {duration:g} s was not rated; rated are {known}")
        return int(found[0])

    def said(self, duration: float, speed: int) -> str:
        """Return what limits ``duration`` at the ``speed``-th speed, in words."""
        code = int(self.binds[self.row(duration), speed])
        if code == NOT_LIMITED:
            return "not limited by heat"
        return "no torque lasts" if code == NO_TORQUE_LASTS else self.nodes[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirtyMinutePower:
    """Highest power [W] that lasts thirty minutes from cold, where it lies [rad/s, Nm], and what limits it there."""

    power: float
    speed: float
    torque: float
    binds: str


def ratings(
    network: Network,
    losses: NodeLosses,
    settings: RatingSettings = _STANDARD,
    warm: Array | None = None,
    executor: Executor = _HERE,
) -> Ratings:
    """Return the torque that keeps every limited node within its limit for each duration, at each speed of ``losses``.

    Parameters
    ----------
    network, losses
        The machine; losses between their torques are taken linear.
    settings : RatingSettings
        Durations and their start.
    warm : (n,) or (S, n), optional
        The warm state [K] in place of that of the settings.
    executor : Executor
        Where rows are computed.

    Notes
    -----
    Speed and torque are constant over a duration, as on a test bench; the coolant stays as it is. Current for a given
    torque is taken as it is at the losses' reference temperatures: magnets that weaken with heat are not followed.

    """
    every = [*(inf for _ in range(int(warm is None and any(settings.warm)))), *settings.durations]
    matrix, source, _ = network.at(losses.speed)
    cold, limit = network.cold(losses.speed), network.mean_limit(losses.speed)
    hot = cold if warm is None else started(network, losses.speed, warm)
    starts = [False] * (len(every) - len(settings.durations)) + list(settings.warm)
    torque = np.empty((len(every), losses.speed.size))
    binds = np.empty(torque.shape, dtype=np.int32)
    common = (losses.torque, losses.watts, losses.points.astype(np.int32), _rising(losses))
    node = (losses.slope, losses.reference_filled, np.sqrt(network.capacity))
    for d, duration in enumerate(every):
        begin = hot if starts[d] else cold

        def work(first: int, last: int, d: int = d, duration: float = duration, begin: Array = begin) -> None:
            search.rate_rows(
                first, last, duration, matrix, source, *common, *node, begin, limit, settings.tolerance, torque[d],
                binds[d],
            )  # fmt: skip

        executor.over(losses.speed.size, work)
        if d == 0 and len(every) > len(settings.durations):
            share = np.maximum(settings.warm_share * torque[0], losses.torque[:, 0])
            hot = steady(network, losses.along(share))[:, 0]
    extra = len(every) - len(settings.durations)
    return Ratings(
        nodes=network.nodes,
        durations=frozen(settings.durations),
        speed=losses.speed,
        torque=frozen(torque[extra:]),
        binds=frozen(binds[extra:], np.int32),
        warm=frozen(hot),
        cold=frozen(cold),
    )


def thirty_minute_power(rated: Ratings) -> ThirtyMinutePower:
    """Return the maximum 30 minutes power: the highest of torque times speed that lasts 1800 s.

    UN Regulation No. 85 (EUR-Lex 42014X1107(01)), section 5.3.2: the mean net power over 30 minutes at a speed that
    the maker chooses. Here that of the machine's shaft, over the speeds of the ratings.
    """
    row = rated.row(1800.0)
    power = rated.torque[row] * rated.speed
    best = int(np.argmax(power))
    return ThirtyMinutePower(
        power=float(power[best]),
        speed=float(rated.speed[best]),
        torque=float(rated.torque[row, best]),
        binds=rated.said(1800.0, best),
    )


def _rising(losses: NodeLosses) -> Ints:
    """Return at which speeds heat rises with torque, or stays, in every node (S,)."""
    steps = np.diff(losses.watts, axis=1)
    return np.all(np.isnan(steps) | (steps >= 0), axis=(1, 2)).astype(np.int32)
