"""A flux map, loss terms and limits, made ready for the kernels: checked once, splines once."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from coaxle.design.machine.control.kernels.lines import sample
from coaxle.design.machine.control.kernels.records import Axes, Lines, Machine, Source, Table
from coaxle.design.machine.control.limits import ControlSettings, Limits, SourceTerms
from coaxle.design.machine.control.spline import over_currents
from coaxle.design.machine.loss.terms import LossTerms
from coaxle.errors import InputError
from coaxle.maps.flux import FluxMap
from coaxle.numerics.arrays import Array
from coaxle.numerics.grid import is_even
from coaxle.numerics.rows import Executor

LARGEST_ODD = 0.01
"""Of the largest psi_q: what psi_q may be at i_q = 0, where a mirrored map has none."""
SMALLEST = (0.01, 0.1)
"""Lines beside 0 A, over the first regular one: where a machine runs that gives next to no torque."""
DIP = 2e-5
"""Of the largest iron loss at a speed: how far below 0 the descent follows a spline that dips there."""
BEND = 1.5
"""Exponent by which lines crowd towards 0 A."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Model:
    """What the kernels need; ``base`` and ``parts`` are splines (D + 2, Q + 2, F + 2, C) whatever the speed.

    Channels of ``base``: psi_d, psi_q, the cage's current where there is one, losses for each of ``exponents``; of
    ``parts``: those that the kernel of the parts asks for, with those of ``part_exponents``.
    """

    axes: Axes
    machine: Machine
    exponents: Array
    base: Array
    parts: Array
    part_exponents: Array

    def at_speeds(self, speed: Array) -> tuple[Array, Array]:
        """Return the splines at each of ``speed`` (S,) and how far below 0 (S, E) their iron loss is followed.

        Iron loss is summed over exponents, unless the cage slips.
        """
        if self.machine.cage:
            c = np.broadcast_to(self.base, (speed.size, *self.base.shape)).copy()
            return c, _dip(c[..., 3:])
        f = self.machine.n_p * speed / (2 * pi)
        power = f[:, None] ** self.exponents
        iron = np.einsum("se,dqfe->sdqf", power, self.base[..., 2:])
        flux = np.broadcast_to(self.base[..., :2], (speed.size, *self.base.shape[:3], 2))
        return np.ascontiguousarray(np.concatenate((flux, iron[..., None]), axis=-1)), _dip(iron[..., None])


def _dip(iron: Array) -> Array:
    return np.maximum(DIP * np.max(np.abs(iron), axis=(1, 2, 3)), 1e-300)


def model(flux: FluxMap, terms: LossTerms, limits: Limits) -> Model:
    """Return ``flux`` with its losses as splines.

    Raises
    ------
    InputError
        Where figures do not go together: no resistance, a field winding without one, a map that is not mirrored.

    """
    _check(flux, terms)
    cage = bool(np.any(flux.i_r > 0))
    exponents = np.unique(np.append(flux.exponents, 2.0))
    base = [over_currents(flux.psi_d, "even"), over_currents(_odd(flux), "odd")]
    i_r = over_currents(flux.i_r, "odd")
    if cage:
        base.append(i_r)
    factors = (terms.yoke_factor, terms.teeth_factor, terms.rotor_factor)
    irons = [
        factor * iron for factor, iron in zip(factors, (flux.iron_yoke, flux.iron_teeth, flux.iron_rotor), strict=True)
    ]
    magnet = terms.magnet_factor * flux.magnet
    for exponent in exponents:
        loss = magnet.copy() if exponent == 2.0 else np.zeros_like(magnet)
        for e in np.flatnonzero(flux.exponents == exponent):
            loss += sum(iron[e] for iron in irons)
        base.append(over_currents(loss, "even"))
    parts = [
        *base[:2],
        i_r,
        *(over_currents(each, "even") for iron in irons for each in iron),
        over_currents(magnet, "even"),
    ]
    return Model(
        axes=_axes(flux),
        machine=_machine(flux, terms, limits, cage, exponents),
        exponents=exponents,
        base=np.ascontiguousarray(np.stack(base, axis=-1)),
        parts=np.ascontiguousarray(np.stack(parts, axis=-1)),
        part_exponents=np.array(flux.exponents),
    )


def _check(flux: FluxMap, terms: LossTerms) -> None:
    if not terms.resistance > 0:
        raise InputError(f"terms.resistance: is {terms.resistance:g}; a figure above 0 is wanted")
    if flux.i_f.size > 1 and not (terms.field_resistance > 0 and 0 < terms.exciter_efficiency <= 1):
        raise InputError(
            f"terms: field_resistance {terms.field_resistance:g}, exciter_efficiency {terms.exciter_efficiency:g}; "
            f"{flux.name} has a field winding, which wants a resistance above 0 and an efficiency of 0 to 1"
        )
    if np.any(flux.i_r > 0) and not terms.cage_resistance > 0:
        raise InputError(f"terms.cage_resistance: is {terms.cage_resistance:g}; {flux.name} has a cage")
    for name in ("yoke_factor", "teeth_factor", "rotor_factor", "magnet_factor", "brush_voltage"):
        if not 0 <= getattr(terms, name) < np.inf:
            raise InputError(f"terms.{name}: is {getattr(terms, name):g}; a figure of at least 0 is wanted")
    if not is_even(terms.ac_frequency) or terms.ac_frequency[0] != 0.0:
        raise InputError("terms.ac_frequency: is not an even axis that rises from 0")
    if terms.ac_factor.shape != terms.ac_frequency.shape or not np.all(terms.ac_factor >= 1):
        raise InputError("terms.ac_factor: holds a figure below 1, or not one for each frequency")
    if flux.i_q.size < 2 or flux.i_d.size < 2:
        raise InputError(f"{flux.name}: has one node along i_d or i_q; at least two are wanted")


def _odd(flux: FluxMap) -> Array:
    """Return psi_q, which must vanish without i_q."""
    most, at_zero = float(np.max(np.abs(flux.psi_q))), float(np.max(np.abs(flux.psi_q[:, 0])))
    if at_zero > LARGEST_ODD * most:
        raise InputError(
            f"{flux.name}.psi_q: reaches {at_zero:g} Wb at i_q = 0; a map that is mirrored in i_q has none there"
        )
    psi_q = np.array(flux.psi_q)
    psi_q[:, 0] = 0.0
    return psi_q


def _axes(flux: FluxMap) -> Axes:
    figures: list[float | int] = []
    for axis in (flux.i_d, flux.i_q, flux.i_f):
        cells = axis.size - 1
        figures += [float(axis[0]), cells / float(axis[-1] - axis[0]) if cells else 0.0, cells]
    return Axes(*figures)  # type: ignore[arg-type]


def _machine(flux: FluxMap, terms: LossTerms, limits: Limits, cage: bool, exponents: Array) -> Machine:
    low = np.array([max(flux.i_d[0], -limits.current), 0.0, 0.0])
    high = np.array(
        [
            min(flux.i_d[-1], limits.current),
            min(flux.i_q[-1], limits.current),
            min(flux.i_f[-1], limits.field_current) if flux.i_f.size > 1 else 0.0,
        ]
    )
    if low[0] > high[0]:
        raise InputError(
            f"limits.current: is {limits.current:g} A; {flux.name} holds i_d from {flux.i_d[0]:g} to {flux.i_d[-1]:g} A"
        )
    return Machine(
        n_p=float(flux.pole_pairs),
        cage=cage,
        r_s=np.ascontiguousarray(terms.resistance * terms.ac_factor),
        r_rate=1.0 / float(terms.ac_frequency[1] - terms.ac_frequency[0]),
        r_f=terms.field_resistance,
        u_b=terms.brush_voltage if flux.i_f.size > 1 else 0.0,
        eta_f=terms.exciter_efficiency if flux.i_f.size > 1 else 1.0,
        r_r=terms.cage_resistance,
        exponents=exponents if cage else np.zeros(1),
        i_max=float(limits.current),
        low=low,
        high=high,
        tau_scale=max(float(np.max(np.abs(flux.torque))), 1e-9),
    )


def source_of(source: SourceTerms) -> Source:
    """Return the record of ``source``."""
    return Source(*(np.array(each) for each in (source.u_max, source.constant, source.linear, source.square)))


def speeds_of(flux: FluxMap, terms: LossTerms, speed: Array) -> Array:
    """Return ``speed`` as a checked array (S,): finite, not negative, within the table of the AC factor."""
    w = np.ascontiguousarray(speed, dtype=np.float64)
    if w.ndim != 1 or not np.all(np.isfinite(w)) or np.any(w < 0):
        raise InputError("speed: is not one axis of finite figures of at least 0")
    f = flux.pole_pairs * float(np.max(w, initial=0.0)) / (2 * pi)
    if f > terms.ac_frequency[-1] * (1 + 1e-9):
        raise InputError(f"terms.ac_frequency: ends at {terms.ac_frequency[-1]:g} Hz; the highest speed has {f:g} Hz")
    return w


def looked_at(made: Model, torque: Array, settings: ControlSettings, where: Executor) -> tuple[Lines, int, Table]:
    """Return samples, the number of lines along i_f, and the table for ``torque`` (N,), which rises from 0 or above."""
    low, high = made.machine.low, made.machine.high
    i_d = _crowded(float(low[0]), float(high[0]), settings.d_lines)
    i_f = _crowded(0.0, float(high[2]), settings.f_lines) if made.axes.f_cells else np.zeros(1)
    i_q = np.linspace(0.0, float(high[1]), settings.q_samples * made.axes.q_cells + 1)
    m, k = i_d.size * i_f.size, i_q.size
    lines = Lines(np.repeat(i_d, i_f.size), np.tile(i_f, i_d.size), i_q, *(np.empty((m, k)) for _ in range(4)))
    table = Table(torque, np.empty((torque.size, m)), np.zeros((torque.size, m, made.base.shape[3])))
    where.over(m, lambda a, b: sample(a, b, made.base, made.axes, made.machine, lines, table))
    return lines, i_f.size, table


def _crowded(low: float, high: float, count: int) -> Array:
    """Return ``low`` to ``high`` in about ``count`` lines, dense near 0, which is one of them where it lies within."""
    if high <= low:
        return np.array([low])
    if low >= 0 or high <= 0:
        near, far = (low, high) if low >= 0 else (high, low)
        return np.asarray(np.sort(near + (far - near) * _shares(count - 1)))
    below = max(1, round((count - 1) * -low / (high - low)))
    above = max(1, count - 1 - below)
    return np.concatenate((low * _shares(below)[:0:-1], high * _shares(above)))


def _shares(cells: int) -> Array:
    """Return 0 to 1 in ``cells`` steps that grow, and the smallest few."""
    return np.insert(np.linspace(0.0, 1.0, cells + 1) ** BEND, 1, np.array(SMALLEST) / cells**BEND)
