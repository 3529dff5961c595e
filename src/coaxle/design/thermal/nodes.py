"""A network of heat: nodes that hold it, links that pass it on, fluids that take it away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, frozen
from coaxle.numerics.grid import is_even, locate


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Network:
    """Lumped nodes of a machine, linear in temperature at any one speed.

    At node i: C_i dT_i/dt = P_i + sum_j G_ij (T_j - T_i) + sum_k H_ik (T_k - T_i), k over the fluids.

    Parameters
    ----------
    nodes : tuple of str, n of them
        What each node is, as reports name it.
    capacity : (n,)
        Heat capacity C [J/K], > 0.
    speed : (K,)
        Of the shaft, even from 0 [rad/s]; between its nodes conductances are linear in speed.
    link : (K, n, n)
        Conductance G between nodes [W/K], symmetric, 0 on the diagonal.
    fluids : tuple of str, m of them
        Circuits that take heat away.
    inlet : (m,)
        Temperature at which each comes in [K].
    sink : (K, n, m)
        Conductance H from node to the inlet temperature of a fluid [W/K]; the fluid's own warming is inside it.
    limit : (n,)
        Highest temperature of the hottest point of a node [K]; inf where there is none.
    hot_spot : float
        Rise of the hottest point of a limited node over that of its mean, both over the node without losses, >= 1.

    """

    nodes: tuple[str, ...]
    capacity: Array
    speed: Array
    link: Array
    fluids: tuple[str, ...]
    inlet: Array
    sink: Array
    limit: Array
    hot_spot: float = 1.0

    def __post_init__(self) -> None:
        for field in ("capacity", "speed", "link", "inlet", "sink", "limit"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        n, m, k = len(self.nodes), len(self.fluids), self.speed.size
        shapes = {"capacity": (n,), "link": (k, n, n), "inlet": (m,), "sink": (k, n, m), "limit": (n,)}
        for field, shape in shapes.items():
            if getattr(self, field).shape != shape:
                raise InputError(f"network.{field}: shape {getattr(self, field).shape}; {shape} is wanted")
        if not is_even(self.speed) or self.speed[0] != 0:
            raise InputError("network.speed: an even axis from 0 is wanted")
        for field in ("link", "sink"):
            if not np.all(np.isfinite(getattr(self, field)) & (getattr(self, field) >= 0)):
                raise InputError(f"network.{field}: holds values below 0 or not finite; conductances are >= 0")
        if not np.allclose(self.link, np.swapaxes(self.link, 1, 2), rtol=1e-12, atol=0):
            raise InputError("network.link: is not symmetric; what one node gives the other must get")
        if np.any(np.diagonal(self.link, axis1=1, axis2=2)):
            raise InputError("network.link: has links of a node to itself; 0 is wanted on the diagonal")
        if not np.all(np.isfinite(self.capacity) & (self.capacity > 0)):
            raise InputError("network.capacity: holds values that are not above 0")
        if not np.all(np.isfinite(self.inlet)) or np.any(np.isnan(self.limit)) or not self.hot_spot >= 1:
            raise InputError("network: inlet must be finite, limit a number or inf, hot_spot at least 1")
        if not all(_reaches(self.link[i] > 0, self.sink[i].sum(axis=1) > 0) for i in range(k)):
            raise InputError("network: has a node from which no way leads to a fluid; its heat could not leave")

    def index(self, node: str) -> int:
        """Return the position of ``node``."""
        if node not in self.nodes:
            raise InputError(f"network: has no node '{node}'; its nodes are {', '.join(self.nodes)}")
        return self.nodes.index(node)

    def at(self, speed: Array) -> tuple[Array, Array, Array]:
        """Return at ``speed`` (S,) what the balance is made of.

        Returns
        -------
        matrix : (S, n, n)
            G with which ``matrix @ T = P + source`` at steady state [W/K].
        source : (S, n)
            What fluids at inlet temperature give to nodes at 0 K [W].
        sink : (S, n, m)
            Conductance to the fluids [W/K].

        Raises
        ------
        InputError
            For a speed beyond the network's axis.

        """
        speed = np.atleast_1d(np.asarray(speed, dtype=np.float64))
        if not np.all((speed >= 0) & (speed <= self.speed[-1] * (1 + 1e-12))):
            raise InputError(
                f"speed: {speed.min():g} to {speed.max():g} rad/s; the network holds from 0 to {self.speed[-1]:g} rad/s"
            )
        cell, weight = locate(self.speed, speed)
        w = weight[:, None, None]
        link = (1 - w) * self.link[cell] + w * self.link[cell + 1]
        sink = (1 - w) * self.sink[cell] + w * self.sink[cell + 1]
        matrix = -link
        n = len(self.nodes)
        matrix[:, range(n), range(n)] = link.sum(axis=2) + sink.sum(axis=2)
        return np.ascontiguousarray(matrix), sink @ self.inlet, sink

    def cold(self, speed: Array) -> Array:
        """Return the temperatures (S, n) [K] without losses, fluids running, at ``speed`` (S,)."""
        matrix, source, _ = self.at(speed)
        return np.asarray(np.linalg.solve(matrix, source[:, :, None])[:, :, 0], dtype=np.float64)

    def mean_limit(self, speed: Array) -> Array:
        """Return the mean temperature (S, n) [K] at which a node's hottest point is at its limit."""
        cold = self.cold(speed)
        return cold + (self.limit - cold) / self.hot_spot


def _reaches(linked: np.ndarray, reached: np.ndarray) -> bool:
    """Return whether from every node a way leads to one that is ``reached`` (n,), over ``linked`` (n, n)."""
    for _ in range(reached.size):
        reached = reached | np.any(linked & reached[None, :], axis=1)
    return bool(np.all(reached))
