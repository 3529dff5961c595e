"""Temperatures of a network under given losses: steady, and over time."""

from __future__ import annotations

import numpy as np

from coaxle.design.thermal.kernels.modes import transient_rows
from coaxle.design.thermal.kernels.steady import steady_rows
from coaxle.design.thermal.losses import NodeLosses
from coaxle.design.thermal.nodes import Network
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Executor, Here

_HERE = Here()


def steady(network: Network, losses: NodeLosses, executor: Executor = _HERE) -> Array:
    """Return the temperatures (S, T, n) [K] that lasting ``losses`` end at, copper as hot as it then is.

    Copper heat is linear in temperature, so that the coupled state is the solution of one linear system and no
    iteration is needed. Where heat rises faster with temperature than it leaves, there is no such state: inf in all
    nodes. NaN beyond the envelope of the losses.
    """
    _agree(network, losses)
    matrix, source, _ = network.at(losses.speed)
    temperature = np.full(losses.watts.shape, np.nan)
    code = np.zeros(losses.watts.shape[:2], dtype=np.int32)
    points, slope, reference = losses.points.astype(np.int32), losses.slope, losses.reference_filled

    def work(first: int, last: int) -> None:
        steady_rows(first, last, matrix, source, losses.watts, points, slope, reference, temperature, code)

    executor.over(losses.speed.size, work)
    return temperature


def transient(network: Network, losses: NodeLosses, start: Array, time: Array, executor: Executor = _HERE) -> Array:
    """Return the temperatures (S, T, n, K) [K] at ``time`` (K,) [s] after losses set in and then last.

    Exact for the network, whose copper heat follows temperature, by the eigenvalues of its matrix; runaway included.
    ``start`` (n,) or (S, n) [K] is the state at time 0. NaN beyond the envelope of the losses. For a single point take
    ``losses.at(speed, torque)``.

    Raises
    ------
    InputError
        For a start or a time that is not finite, a time below 0.

    """
    _agree(network, losses)
    matrix, source, _ = network.at(losses.speed)
    time = np.ascontiguousarray(np.atleast_1d(time), dtype=np.float64)
    if time.ndim != 1 or not np.all(np.isfinite(time) & (time >= 0)):
        raise InputError("time: holds values below 0 or not finite; seconds from 0 on are wanted")
    begin = started(network, losses.speed, start)
    temperature = np.full((*losses.watts.shape, time.size), np.nan)
    points, slope, reference = losses.points.astype(np.int32), losses.slope, losses.reference_filled
    root = np.sqrt(network.capacity)

    def work(first: int, last: int) -> None:
        transient_rows(
            first, last, matrix, source, losses.watts, points, slope, reference, root, begin, time, temperature
        )

    executor.over(losses.speed.size, work)
    return temperature


def fluid_heat(network: Network, speed: Array, temperature: Array) -> Array:
    """Return what each fluid takes away (S, ..., m) [W] at ``temperature`` (S, ..., n) [K] and ``speed`` (S,).

    NaN where temperatures are not finite.
    """
    _, _, sink = network.at(speed)
    shape = (sink.shape[0], *(1,) * (temperature.ndim - 2), *sink.shape[1:])
    settled = np.all(np.isfinite(temperature), axis=-1, keepdims=True)
    rise = np.where(settled, temperature, 0.0)[..., None] - network.inlet
    return np.where(settled, np.sum(sink.reshape(shape) * rise, axis=-2), np.nan)


def started(network: Network, speed: Array, start: Array) -> Array:
    """Return ``start`` (n,) or (S, n) as (S, n), proven finite."""
    begin = np.asarray(start, dtype=np.float64)
    shape = (speed.size, len(network.nodes))
    if begin.shape not in (shape, shape[1:]) or not np.all(np.isfinite(begin) & (begin > 0)):
        raise InputError(f"start: temperatures above 0 K, one a node, are wanted; shape {begin.shape} was given")
    return np.ascontiguousarray(np.broadcast_to(begin, shape))


def _agree(network: Network, losses: NodeLosses) -> None:
    if losses.watts.shape[2] != len(network.nodes):
        raise InputError(f"losses: are of {losses.watts.shape[2]} nodes; the network has {len(network.nodes)}")
