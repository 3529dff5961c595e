"""Currents of least loss over voltage, speed and torque."""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.control.kernels.choose import choose
from coaxle.design.machine.control.kernels.parts import FIGURES, figures
from coaxle.design.machine.control.kernels.reach import reach
from coaxle.design.machine.control.limits import ControlSettings, Limits, SourceTerms
from coaxle.design.machine.control.model import Model, looked_at, model, source_of, speeds_of
from coaxle.design.machine.control.points import LOSSES, Code, OperatingPoints
from coaxle.design.machine.loss.terms import LossTerms
from coaxle.errors import InputError
from coaxle.maps.flux import FluxMap
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor, Threads

LEVELS = 96
"""Most torques for which the first look is exact; with more it is taken between that many levels."""
_SETTINGS = ControlSettings()
_THREADS = Threads()


def least_loss(
    flux: FluxMap,
    terms: LossTerms,
    source: SourceTerms,
    limits: Limits,
    speed: Array,
    torque: Array,
    settings: ControlSettings = _SETTINGS,
    where: Executor = _THREADS,
) -> OperatingPoints:
    """Return, at every voltage, speed and torque, the currents whose losses are least within the limits.

    Losses that currents decide count: winding, field, cage, iron, magnets and the inverter's estimate; friction does
    not. Torque below 0 is braking. See ``docs/theory/control.md``.

    Parameters
    ----------
    flux, terms : FluxMap, LossTerms
        The machine. Fluxes and losses between the nodes of the map are cubic splines; beyond it nothing is looked for.
    source : SourceTerms
        Voltages (V).
    limits : Limits
        Of currents and speed.
    speed : (S,)
        Of the shaft [rad/s], at least 0, in any order.
    torque : (T,) or (V, S, T)
        In the air gap [Nm], signed, in any order; the same everywhere or others at each voltage and speed.
    settings : ControlSettings
        How finely to search.
    where : Executor
        Who computes.

    Raises
    ------
    InputError
        Where figures do not go together, or speeds reach beyond the table of the AC factor.

    """
    w_m = speeds_of(flux, terms, speed)
    given = _torques(torque, (source.u_max.size, w_m.size))
    tau = np.ascontiguousarray(np.broadcast_to(given, (source.u_max.size, w_m.size, given.shape[-1])))
    made, of_source = model(flux, terms, limits), source_of(source)
    levels, of_table = _levels(np.abs(tau))
    lines, f_lines, table = looked_at(made, levels, settings, where)
    c, dip = made.at_speeds(w_m)
    sizes = (of_source.u_max.size, w_m.size)
    edge, edge_tau = np.zeros((*sizes, 2, 3)), np.zeros((*sizes, 2))
    bound = np.zeros((*sizes, 2), dtype=np.int32)
    look = (settings.iterations, settings.tolerance)
    here = (made.axes, made.machine)
    where.over(
        edge_tau.size,
        lambda a, b: reach(a, b, w_m, of_source, lines, c, dip, *here, *look, edge, edge_tau, bound),
    )
    z, code = np.zeros((*tau.shape, 3)), np.zeros(tau.shape, dtype=np.int32)
    told = (w_m, tau, of_table, of_source, lines, f_lines, table, c, dip, *here, made.exponents)
    where.over(code.size, lambda a, b: choose(a, b, *told, *look, edge, edge_tau, z, code))
    code[:, w_m > limits.max_speed] = Code.SPEED
    return _points(made, source, (w_m, given, tau), z, code, where)


def _torques(torque: Array, sizes: tuple[int, int]) -> Array:
    tau = np.ascontiguousarray(torque, dtype=np.float64)
    if not (tau.ndim == 1 or (tau.ndim == 3 and tau.shape[:2] == sizes)) or not np.all(np.isfinite(tau)):
        raise InputError(f"torque: shape {tau.shape}; finite figures (T,) or {(*sizes, 'T')} are wanted")
    return tau


def _levels(moduli: Array) -> tuple[Array, Array]:
    """Return the torques of the table, rising, and where each of ``moduli`` stands among them, whole where it is one.

    Few torques are the table's own; many lie between levels that are dense near 0, 0 itself excepted.
    """
    own, place = np.unique(moduli, return_inverse=True)
    if own.size <= LEVELS:
        return own, np.asarray(place.reshape(moduli.shape), dtype=np.float64)
    top = float(own[-1])
    levels = top * np.linspace(0.0, 1.0, LEVELS) ** 2
    return levels, np.asarray(np.interp(moduli, levels, np.arange(LEVELS, dtype=np.float64)))


def _points(
    made: Model, source: SourceTerms, axes: tuple[Array, Array, Array], z: Array, code: Ints, where: Executor
) -> OperatingPoints:
    w_m, given, tau = axes
    out = np.empty((*code.shape, len(FIGURES)))
    of_source, machine = source_of(source), made.machine._replace(exponents=made.part_exponents)
    where.over(code.size, lambda a, b: figures(a, b, w_m, tau, of_source, made.parts, made.axes, machine, z, code, out))
    found = {name: out[..., n] for n, name in enumerate(FIGURES)}
    total = sum((found[name] for name in LOSSES), np.zeros(code.shape))
    return OperatingPoints(u_max=source.u_max, speed=w_m, torque=given, code=code, total=total, **found)
