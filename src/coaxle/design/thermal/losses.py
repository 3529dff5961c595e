"""Losses by node: what heats each node of a network, over speed and torque."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.design.thermal.nodes import Network
from coaxle.errors import InputError
from coaxle.materials import conductor
from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class NodeLosses:
    """Heat by node at reference temperatures; that of conductors rises with their temperature.

    Parameters
    ----------
    speed : (S,)
        Of the shaft [rad/s], >= 0.
    torque : (T,) or (S, T)
        >= 0, rising [Nm]; with an axis a speed the last point may stand on the envelope.
    watts : (S, T, n)
        Heat in each node [W], >= 0; NaN in all nodes beyond the envelope, at the end of a row only.
    copper : n of bool
        Whether a node's heat is that of a conductor.
    coefficient : (n,)
        Temperature coefficient of its resistance at 20 degC [1/K]; read for ``copper`` only.
    reference : (n,)
        Temperature to which ``watts`` belong [K]; read for ``copper`` only.

    """

    speed: Array
    torque: Array
    watts: Array
    copper: tuple[bool, ...]
    coefficient: Array
    reference: Array

    def __post_init__(self) -> None:
        watts = frozen(self.watts)
        if watts.ndim != 3:
            raise InputError(f"losses.watts: shape {watts.shape}; (speeds, torques, nodes) is wanted")
        object.__setattr__(self, "watts", watts)
        torque = np.asarray(self.torque, dtype=np.float64)
        if torque.shape not in (watts.shape[1:2], watts.shape[:2]):
            raise InputError(f"losses.torque: shape {torque.shape}; {watts.shape[1:2]} or {watts.shape[:2]} is wanted")
        object.__setattr__(self, "torque", frozen(np.broadcast_to(torque, watts.shape[:2])))
        for field in ("speed", "coefficient", "reference"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        n = watts.shape[2]
        if self.speed.shape != watts.shape[:1] or not np.all(np.isfinite(self.speed) & (self.speed >= 0)):
            raise InputError("losses.speed: one value >= 0 a row of watts is wanted")
        if np.any(np.diff(self.speed) <= 0):
            raise InputError("losses.speed: is not rising")
        if len(self.copper) != n or self.coefficient.shape != (n,) or self.reference.shape != (n,):
            raise InputError(f"losses: copper, coefficient and reference must have {n} values, one a node")
        read = self.copper, self.coefficient, self.reference
        if any(
            c and not (np.isfinite(a) and a >= 0 and np.isfinite(t) and t > 0) for c, a, t in zip(*read, strict=True)
        ):
            raise InputError("losses: a conductor has no coefficient >= 0 or no reference temperature above 0 K")
        known = np.isfinite(watts).all(axis=2)
        if np.any(np.isnan(watts).any(axis=2) != np.isnan(watts).all(axis=2)) or np.any(np.isinf(watts)):
            raise InputError("losses.watts: a point has heat in some nodes only; all or none (NaN) are wanted")
        if np.any(known[:, 1:] & ~known[:, :-1]) or not np.all(known[:, 0]):
            raise InputError(
                "losses.watts: has a hole below the highest torque; NaN may stand at the end of a row only"
            )
        if np.any(watts < 0):
            raise InputError("losses.watts: holds values below 0; a loss is >= 0")
        inside = self.torque[known]
        if not np.all(np.isfinite(inside) & (inside >= 0)) or np.any((np.diff(self.torque) <= 0) & known[:, 1:]):
            raise InputError("losses.torque: is not rising from 0 or more")

    @property
    def points(self) -> Array:
        """Return how many torques each speed has (S,)."""
        return np.isfinite(self.watts).all(axis=2).sum(axis=1)

    @property
    def slope(self) -> Array:
        """Return by how much of the watts the heat of a node rises per kelvin (n,) [1/K]."""
        copper = np.array(self.copper)
        alpha = np.where(copper, self.coefficient, 0.0)
        zero = 293.15
        return alpha / (1 + alpha * (np.where(copper, self.reference, zero) - zero))

    @property
    def reference_filled(self) -> Array:
        """Return the reference temperature (n,) [K], that of 20 degC for nodes without conductors."""
        return np.where(np.array(self.copper), self.reference, 293.15)

    def at(self, speed: float, torque: float) -> NodeLosses:
        """Return the losses of one point, linear between those given.

        Raises
        ------
        InputError
            For a point beyond them.

        """
        if not self.speed[0] <= speed <= self.speed[-1]:
            raise InputError(f"speed: {speed:g} rad/s lies outside {self.speed[0]:g} to {self.speed[-1]:g} rad/s")
        high = min(int(np.searchsorted(self.speed, speed)), self.speed.size - 1)
        low = high if self.speed[high] == speed else high - 1
        share = 0.0 if low == high else (speed - self.speed[low]) / (self.speed[high] - self.speed[low])
        rows = self._between(np.array([low, high]), np.array([torque, torque]))
        return self._of(np.array([speed]), np.array([[torque]]), (1 - share) * rows[:1] + share * rows[1:])

    def along(self, torque: Array) -> NodeLosses:
        """Return the losses at one torque a speed (S,), linear between those given.

        Raises
        ------
        InputError
            For a torque beyond them.

        """
        torque = np.asarray(torque, dtype=np.float64)
        if torque.shape != self.speed.shape:
            raise InputError(f"torque: shape {torque.shape}; {self.speed.shape}, one a speed, is wanted")
        return self._of(self.speed, torque[:, None], self._between(np.arange(self.speed.size), torque))

    def _of(self, speed: Array, torque: Array, watts: Array) -> NodeLosses:
        return NodeLosses(
            speed=speed,
            torque=torque,
            watts=watts[:, None, :],
            copper=self.copper,
            coefficient=self.coefficient,
            reference=self.reference,
        )

    def _between(self, rows: np.ndarray, torque: Array) -> Array:
        """Return the watts (R, n) of some speeds, by their ``rows`` (R,), at a ``torque`` (R,) each."""
        last = self.points[rows] - 1
        axis = self.torque[rows]
        top = axis[np.arange(rows.size), last]
        wrong = np.flatnonzero(~((torque >= axis[:, 0]) & (torque <= top * (1 + 1e-12))))
        if wrong.size:
            r = wrong[0]
            reach = f"{axis[r, 0]:g} to {top[r]:g} Nm at {self.speed[rows[r]]:g} rad/s"
            raise InputError(f"torque: {torque[r]:g} Nm lies outside {reach}")
        inside = np.arange(axis.shape[1]) <= last[:, None]
        low = np.minimum(np.sum((axis <= torque[:, None]) & inside, axis=1) - 1, np.maximum(last - 1, 0))
        high = np.minimum(low + 1, last)
        each = np.arange(rows.size)
        span = np.where(high > low, axis[each, high] - axis[each, low], 1.0)
        share = ((torque - axis[each, low]) / span)[:, None]
        return np.asarray((1 - share) * self.watts[rows, low] + share * self.watts[rows, high], dtype=np.float64)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class PartLosses:
    """Losses of a machine by part, each (S, T) [W] at the temperatures given.

    ``winding`` is the DC loss of the stator winding, ``winding_extra`` what alternating current adds in the slots.
    ``rotor_conductor`` is that of field winding or cage; brushes and rectifiers, which do not heat the winding, stay
    out. Of ``friction`` the share ``windage`` arises in the air gap, half in the rotor's surface and half in the
    teeth's, the rest in the bearings. Temperatures are those to which the losses of conductors belong [K],
    materials the conductors' names in ``coaxle.materials``.
    """

    speed: Array
    torque: Array
    winding: Array
    winding_extra: Array
    yoke: Array
    teeth: Array
    rotor_iron: Array
    magnets: Array
    rotor_conductor: Array
    friction: Array
    windage: float
    winding_temperature: float
    rotor_temperature: float
    winding_material: str = "copper"
    rotor_material: str = "copper"


def node_losses(network: Network, parts: PartLosses, end_share: float) -> NodeLosses:
    """Return the losses of ``parts`` by node of a ``network`` that :func:`network` made.

    ``end_share`` is the share of the stator winding's length that lies outside the slots (0 to 1).

    Raises
    ------
    InputError
        Where a part has losses and the network no node for it.

    """
    if not 0 <= end_share <= 1 or not 0 <= parts.windage <= 1:
        raise InputError(f"losses: end_share {end_share:g}, windage {parts.windage:g}; shares of 0 to 1 are wanted")
    shape = np.shape(parts.winding)
    put = {
        "yoke": parts.yoke,
        "teeth": parts.teeth + 0.5 * parts.windage * parts.friction,
        "winding": (1 - end_share) * parts.winding + parts.winding_extra,
        "end-winding": end_share * parts.winding,
        "rotor": parts.rotor_iron + 0.5 * parts.windage * parts.friction,
        "magnets": parts.magnets,
        "shaft": (1 - parts.windage) * parts.friction,
    }
    carried = next((node for node in ("field-winding", "cage") if node in network.nodes), "field-winding")
    put[carried] = parts.rotor_conductor
    watts = np.zeros((*shape, len(network.nodes)))
    watts[np.isnan(parts.winding)] = np.nan
    for node, heat in put.items():
        if node in network.nodes:
            watts[:, :, network.index(node)] += heat
        elif np.any(np.nan_to_num(heat) > 0):
            raise InputError(f"losses: heat arises in '{node}', which the network does not have")
    stator, rotor = ("winding", "end-winding"), ("field-winding", "cage")
    copper = tuple(node in stator + rotor for node in network.nodes)
    metals = conductor(parts.winding_material), conductor(parts.rotor_material)
    of_stator = [node in stator for node in network.nodes]
    return NodeLosses(
        speed=parts.speed,
        torque=parts.torque,
        watts=watts,
        copper=copper,
        coefficient=np.where(of_stator, metals[0].coefficient, metals[1].coefficient),
        reference=np.where(of_stator, parts.winding_temperature, parts.rotor_temperature),
    )
