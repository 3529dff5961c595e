"""The driven axles of a car as one: a single unit, or two units made into one equivalent map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coaxle.errors import UseError
from coaxle.maps import EduMap, Origin
from coaxle.numerics.arrays import Array, frozen
from coaxle.numerics.grid import locate
from coaxle.vehicle.coasting import coasted
from coaxle.vehicle.filling import filled
from coaxle.vehicle.powertrain import Bev


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Axles:
    """What drives a car, seen as one shaft.

    Parameters
    ----------
    map : EduMap
        Of the one unit, or of both together over their common speed and the sum of their torques.
    loss : (V, S, T)
        Its losses, continued beyond the envelope by :func:`filled` [W].
    units : tuple of str
        Names, the front one first.
    front_share : float or None
        Share of the torque at the front axle: 1 or 0 for a single unit; None where it is chosen for least loss.
    front_torque : (V, S, T) or None
        Torque of the front unit at the nodes of ``map`` [Nm], for two units only.

    """

    map: EduMap
    loss: Array
    units: tuple[str, ...]
    front_share: float | None
    front_torque: Array | None


def axles_of(powertrain: Bev, *, beside_coastdown: bool = False) -> Axles:
    """Return the driven axles of an electric powertrain.

    Beside a road load from a coast-down the units are without the drag that it holds already (:func:`coasted`).

    Raises
    ------
    UseError
        Where it has no unit at all, or a share of torque that its units cannot have.

    """
    front, rear = (
        coasted(unit) if beside_coastdown and unit is not None else unit for unit in (powertrain.front, powertrain.rear)
    )
    share = powertrain.front_share
    if front is None and rear is None:
        raise UseError("powertrain: has neither a front nor a rear drive unit; at least one is wanted")
    if front is not None and rear is not None:
        return paired(front, rear, share)
    only = 1.0 if front is not None else 0.0
    if share is not None and share != only:
        raise UseError(f"powertrain.front_share: {share:g}, but the only unit gives {only:g}; leave it out")
    unit = front or rear
    assert unit is not None
    return Axles(map=unit, loss=filled(unit), units=(unit.name,), front_share=only, front_torque=None)


@lru_cache(maxsize=64)
def paired(front: EduMap, rear: EduMap, front_share: float | None) -> Axles:
    """Return two units as one: same wheel speed, torques that add up.

    With a ``front_share`` the torque is split by it, and the pair can do what both units can at that split. Without
    one, each node takes the split of least loss within both envelopes. The losses of a map are linear between its
    nodes, so that split lies where the front or the rear unit stands on a node or on its envelope: trying just these
    is exact for the maps as given at each node of speed. Between the nodes of the pair's own torque axis its losses
    are interpolated again.

    The speed axis ends where the slower unit ends; voltages are those that both maps speak of. The last pairs asked
    for are kept: a pair follows from two maps that cannot change.

    Raises
    ------
    UseError
        Where the share lies outside 0 to 1, or the maps have no voltage in common.

    """
    if front_share is not None and not 0.0 <= front_share <= 1.0:
        raise UseError(f"powertrain.front_share: {front_share:g}; a share lies between 0 and 1")
    voltage = _common_voltage(front, rear)
    last = min(front.speed[-1], rear.speed[-1])
    step = min(front.speed[1], rear.speed[1])
    speed = np.linspace(0.0, last, 1 + int(np.ceil(last / step - 1e-9)))
    one = _Unit.at(front, voltage, speed)
    two = _Unit.at(rear, voltage, speed)
    high, low, steady = (_limit(one, two, front_share, field) for field in ("high", "low", "steady"))
    torque = _torque_axis(float(low.min()), float(high.max()), min(front.torque_step, rear.torque_step))
    loss, front_torque = _split(one, two, torque, high, low, front_share)
    both = EduMap(
        name=f"{front.name} + {rear.name}",
        voltage=voltage,
        speed=speed,
        torque=torque,
        loss=loss,
        torque_max=high,
        torque_min=low,
        torque_continuous=np.minimum(steady, high),
        mass=front.mass + rear.mass,
        inertia=front.inertia + rear.inertia,
        cost=None if front.cost is None or rear.cost is None else front.cost + rear.cost,
        origin=Origin(
            method="pair of units",
            source=f"{front.name}: {front.origin.source}; {rear.name}: {rear.origin.source}",
            limits="; ".join(filter(None, (front.origin.limits, rear.origin.limits))),
        ),
    )
    return Axles(
        map=both,
        loss=filled(both),
        units=(front.name, rear.name),
        front_share=front_share,
        front_torque=frozen(front_torque),
    )


def _common_voltage(front: EduMap, rear: EduMap) -> Array:
    axes = [m.voltage for m in (front, rear) if m.voltage.size > 1]
    if not axes:
        return front.voltage
    if len(axes) == 1:
        return axes[0]
    low, high = max(axis[0] for axis in axes), min(axis[-1] for axis in axes)
    if low >= high:
        raise UseError(f"powertrain: {front.name} and {rear.name} have no voltage in common")
    return np.linspace(low, high, max(axis.size for axis in axes))


@dataclass(frozen=True, eq=False, slots=True)
class _Unit:
    """A unit on the pair's voltages and speeds, its own torque axis."""

    torque: Array
    loss: Array
    high: Array
    low: Array
    steady: Array

    @classmethod
    def at(cls, m: EduMap, voltage: Array, speed: Array) -> _Unit:
        """Return ``m`` interpolated to the nodes (``voltage``, ``speed``)."""

        def moved(table: Array) -> Array:
            j, s = locate(m.speed, speed)
            s = np.clip(s, 0.0, 1.0)[(...,) + (None,) * (table.ndim - 2)]
            table = (1 - s) * table[:, j] + s * table[:, j + 1]
            if m.voltage.size == 1:
                return np.repeat(table, voltage.size, axis=0)
            i, u = locate(m.voltage, voltage)
            u = np.clip(u, 0.0, 1.0)[(...,) + (None,) * (table.ndim - 1)]
            return (1 - u) * table[i] + u * table[i + 1]

        return cls(m.torque, moved(filled(m)), moved(m.torque_max), moved(m.torque_min), moved(m.torque_continuous))

    def loss_at(self, at: tuple[int, int], torque: Array) -> Array:
        """Return the loss at the node ``at`` of voltage and speed, at any ``torque``."""
        return np.interp(torque, self.torque, self.loss[at])


def _limit(one: _Unit, two: _Unit, share: float | None, field: str) -> Array:
    """Return what both units reach together (V, S): the sum, or at a fixed share what the weaker one allows."""
    front, rear = getattr(one, field), getattr(two, field)
    if share is None:
        return front + rear
    shares = [(front, share), (rear, 1.0 - share)]
    reaches = [limit / part for limit, part in shares if part > 0]
    nearest = np.argmin(np.abs(reaches), axis=0)
    return np.take_along_axis(np.array(reaches), nearest[None], axis=0)[0]


def _torque_axis(low: float, high: float, step: float) -> Array:
    """Return an even axis that covers ``low`` to ``high`` and has a node at zero."""
    below, above = int(np.ceil(-low / step - 1e-9)), int(np.ceil(high / step - 1e-9))
    return step * np.arange(-below, above + 1, dtype=np.float64)


def _split(one: _Unit, two: _Unit, torque: Array, high: Array, low: Array, share: float | None) -> tuple[Array, Array]:
    """Return the loss of the pair and the torque of its front unit at every node, (V, S, T) each; NaN outside."""
    loss = np.full((*high.shape, torque.size), np.nan)
    front = np.full_like(loss, np.nan)
    margin = 1e-6 * float(torque[-1] - torque[0])
    for at in np.ndindex(*high.shape):
        inside = (torque <= high[at] + margin) & (torque >= low[at] - margin)
        wanted = torque[inside]
        given = wanted * share if share is not None else _least(one, two, at, wanted)
        front[at][inside] = given
        loss[at][inside] = one.loss_at(at, given) + two.loss_at(at, wanted - given)
    return loss, front


def _least(one: _Unit, two: _Unit, at: tuple[int, int], wanted: Array) -> Array:
    """Return the torque of the front unit (T,) that loses least at one node of voltage and speed."""
    first = np.maximum(one.low[at], wanted - two.high[at])
    last = np.minimum(one.high[at], wanted - two.low[at])
    own = np.broadcast_to(one.torque, (wanted.size, one.torque.size))
    other = wanted[:, None] - two.torque
    tries = np.concatenate([own, other, np.zeros((wanted.size, 1)), wanted[:, None]], axis=1)
    tries = np.clip(tries, first[:, None], np.maximum(last, first)[:, None])
    losses = one.loss_at(at, tries) + two.loss_at(at, wanted[:, None] - tries)
    return np.take_along_axis(tries, np.argmin(losses, axis=1)[:, None], axis=1)[:, 0]
