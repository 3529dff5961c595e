"""The physics of control once more, plainly: splines of scipy over a mirrored map, and a general optimiser."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi

import numpy as np
from scipy.interpolate import NdBSpline, make_interp_spline
from scipy.optimize import minimize

from coaxle.design.machine.control.limits import Limits, SourceTerms
from coaxle.design.machine.loss.terms import LossTerms
from coaxle.maps.flux import FluxMap


def spline(flux: FluxMap, values: np.ndarray, sign: float) -> NdBSpline:
    """Return the spline through ``values`` (D, Q, F, C) and their mirror in i_q; a single node of i_f is repeated."""
    mirrored = np.concatenate((sign * values[:, :0:-1], values), axis=1)
    axes = [flux.i_d, np.concatenate((-flux.i_q[:0:-1], flux.i_q)), flux.i_f]
    if flux.i_f.size == 1:
        axes[2], mirrored = np.array([0.0, 1.0]), np.repeat(mirrored, 2, axis=2)
    knots, orders, c = [], [], mirrored
    for n, axis in enumerate(axes):
        k = min(3, axis.size - 1)
        made = make_interp_spline(axis, c, k=k, axis=n)
        knots.append(made.t)
        orders.append(k)
        c = np.moveaxis(made.c, 0, n)
    return NdBSpline(tuple(knots), c, k=tuple(orders))


@dataclass
class Plain:
    """A machine at one voltage; ``z`` is i_d, i_q >= 0, i_f (..., 3); ``w`` < 0 is braking, mirrored."""

    flux: FluxMap
    terms: LossTerms
    source: SourceTerms
    limits: Limits
    v: int = 0
    bounds: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        f, t = self.flux, self.terms
        parts = (t.yoke_factor * f.iron_yoke, t.teeth_factor * f.iron_teeth, t.rotor_factor * f.iron_rotor)
        even = np.stack((f.psi_d, t.magnet_factor * f.magnet, *np.concatenate(parts)), axis=-1)
        self.even, self.odd = spline(f, even, 1.0), spline(f, np.stack((f.psi_q, f.i_r), axis=-1), -1.0)
        top, last = self.limits.current, f.i_f[-1]
        self.bounds = [
            (max(f.i_d[0], -top), min(f.i_d[-1], top)),
            (0.0, min(f.i_q[-1], top)),
            (0.0, min(last, self.limits.field_current) if f.i_f.size > 1 else 0.0),
        ]

    def all(self, z: np.ndarray, w_m: float, tau: float | None = None) -> np.ndarray:
        """Return loss, torque, u^2 / u_max^2 - 1, i^2 / i_max^2 - 1 on the last axis.

        Slip is that at ``tau``, or that of the torque found where None.
        """
        f, t, s, v = self.flux, self.terms, self.source, self.v
        i_d, i_q, i_f = np.moveaxis(np.asarray(z, dtype=float), -1, 0)
        even, odd = self.even(z), self.odd(z)
        psi_d, psi_q, i_r = even[..., 0], odd[..., 0], odd[..., 1]
        torque = 1.5 * f.pole_pairs * (psi_d * i_q - psi_q * i_d)
        cage = 1.5 * t.cage_resistance * i_r**2
        shared = torque if tau is None else tau
        safe = np.where(shared > 1e-9, shared, 1.0)
        w = f.pole_pairs * (w_m + np.where(shared > 1e-9, cage / safe, 0.0))
        hertz = np.abs(w) / (2 * pi)
        r = t.resistance * np.interp(hertz, t.ac_frequency, t.ac_factor)
        powers = hertz[..., None] ** f.exponents
        iron = np.maximum(even[..., 1] * hertz**2, 0.0)
        for part in np.split(even[..., 2:], 3, axis=-1):
            iron = iron + np.maximum(np.sum(part * powers, axis=-1), 0.0)
        square = i_d**2 + i_q**2
        loss = 1.5 * r * square + cage + iron
        if f.i_f.size > 1:
            loss = loss + (t.field_resistance * i_f**2 + t.brush_voltage * i_f) / t.exciter_efficiency
        loss = loss + s.constant[v] + s.linear[v] * np.sqrt(square) + s.square[v] * square
        u2 = (r * i_d - w * psi_q) ** 2 + (r * i_q + w * psi_d) ** 2
        return np.stack((loss, torque, u2 / s.u_max[v] ** 2 - 1, square / self.limits.current**2 - 1), axis=-1)

    def starts(self) -> list[np.ndarray]:
        """Return starts spread over the box of currents."""
        (d0, d1), (_, q1), (_, f1) = self.bounds
        picks = [
            (0.3, 0.3, 0.5),
            (0.6, 0.5, 0.2),
            (0.15, 0.15, 0.15),
            (0.8, 0.3, 0.9),
            (0.4, 0.8, 0.9),
            (0.9, 0.1, 0.1),
        ]
        side = d0 if d0 < 0 else d1
        return [np.array([a * side, b * q1, c * f1]) for a, b, c in picks]

    def slsqp(self, w_m: float, tau: float, starts: list[np.ndarray] | None = None) -> tuple[float, np.ndarray] | None:
        """Return the least loss at torque ``tau`` >= 0 and its currents by SLSQP from several starts, or None."""
        scale = np.array([max(abs(b) for b in bound) or 1.0 for bound in self.bounds])
        most, seen = max(tau, 1.0), {}

        def at(x: np.ndarray) -> np.ndarray:
            key = x.tobytes()
            if key not in seen:
                seen.clear()
                seen[key] = self.all(np.clip(x, low, high) * scale, w_m)
            return seen[key]

        low, high = np.array(self.bounds).T / scale
        size = 1.5 * self.terms.resistance * self.limits.current**2 * 0.1
        rules = [
            {"type": "eq", "fun": lambda x: (at(x)[1] - tau) / most},
            {"type": "ineq", "fun": lambda x: -at(x)[2]},
            {"type": "ineq", "fun": lambda x: -at(x)[3]},
        ]
        best = None
        for start in starts or self.starts():
            found = minimize(
                lambda x: at(x)[0] / size,
                np.clip(start / scale, low, high),
                method="SLSQP",
                bounds=list(zip(low, high, strict=True)),
                constraints=rules,
                options={"maxiter": 200, "ftol": 1e-10},
            )
            loss, torque, u, i = at(found.x)
            if abs(torque - tau) <= 1e-6 * most and u <= 1e-6 and i <= 1e-6 and (best is None or loss < best[0]):
                best = float(loss), found.x * scale
        return best
