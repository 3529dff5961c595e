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
    torque : (T,)
        In the air gap [Nm], signed, in any order.
    settings : ControlSettings
        How finely to search.
    where : Executor
        Who computes.

    Raises
    ------
    InputError
        Where figures do not go together, or speeds reach beyond the table of the AC factor.

    """
    w_m, tau = speeds_of(flux, terms, speed), _torques(torque)
    made, of_source = model(flux, terms, limits), source_of(source)
    moduli, of_table = np.unique(np.abs(tau), return_inverse=True)
    lines, f_lines, table = looked_at(made, moduli, settings, where)
    c = made.at_speeds(w_m)
    sizes = (of_source.u_max.size, w_m.size)
    edge, edge_tau = np.zeros((*sizes, 2, 3)), np.zeros((*sizes, 2))
    bound = np.zeros((*sizes, 2), dtype=np.int32)
    look = (settings.iterations, settings.tolerance)
    here = (made.axes, made.machine)
    where.over(
        edge_tau.size,
        lambda a, b: reach(a, b, w_m, of_source, lines, c, *here, *look, edge, edge_tau, bound),
    )
    z, code = np.zeros((*sizes, tau.size, 3)), np.zeros((*sizes, tau.size), dtype=np.int32)
    given = (w_m, tau, of_table.astype(np.int32), of_source, lines, f_lines, table, c, *here, made.exponents)
    where.over(code.size, lambda a, b: choose(a, b, *given, *look, edge, edge_tau, z, code))
    code[:, w_m > limits.max_speed] = Code.SPEED
    return _points(made, source, (w_m, tau), z, code, where)


def _torques(torque: Array) -> Array:
    tau = np.ascontiguousarray(torque, dtype=np.float64)
    if tau.ndim != 1 or not np.all(np.isfinite(tau)):
        raise InputError("torque: is not one axis of finite figures")
    return tau


def _points(
    made: Model, source: SourceTerms, axes: tuple[Array, Array], z: Array, code: Ints, where: Executor
) -> OperatingPoints:
    w_m, tau = axes
    out = np.empty((*code.shape, len(FIGURES)))
    of_source, machine = source_of(source), made.machine._replace(exponents=made.part_exponents)
    where.over(code.size, lambda a, b: figures(a, b, w_m, tau, of_source, made.parts, made.axes, machine, z, code, out))
    found = {name: out[..., n] for n, name in enumerate(FIGURES)}
    total = sum((found[name] for name in LOSSES), np.zeros(code.shape))
    return OperatingPoints(u_max=source.u_max, speed=w_m, torque=tau, code=code, total=total, **found)
