"""How far torque reaches: the envelope, and the loci of largest torque per ampere and per volt."""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.control.kernels.reach import reach
from coaxle.design.machine.control.kernels.records import Source
from coaxle.design.machine.control.kernels.spline import evaluate
from coaxle.design.machine.control.limits import ControlSettings, Limits, SourceTerms
from coaxle.design.machine.control.model import Model, looked_at, model, source_of, speeds_of
from coaxle.design.machine.control.points import Bound, Envelope, Loci
from coaxle.design.machine.loss.terms import LossTerms
from coaxle.errors import InputError
from coaxle.maps.flux import FluxMap
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Executor, Here, Threads

_SETTINGS = ControlSettings()
_THREADS = Threads(chunk=16)
_NO_LOSS = LossTerms(
    resistance=1.0,
    ac_frequency=np.array([0.0, 1e9]),
    ac_factor=np.ones(2),
    field_resistance=1.0,
    brush_voltage=0.0,
    exciter_efficiency=1.0,
    cage_resistance=1.0,
    yoke_factor=1.0,
    teeth_factor=1.0,
    rotor_factor=1.0,
    magnet_factor=1.0,
    friction_speed=np.array([0.0, 1.0]),
    friction=np.zeros(2),
)
"""For loci, where loss does not count."""


def envelope(
    flux: FluxMap,
    terms: LossTerms,
    source: SourceTerms,
    limits: Limits,
    speed: Array,
    settings: ControlSettings = _SETTINGS,
    where: Executor = _THREADS,
) -> Envelope:
    """Return the largest and the least torque at every voltage and speed, whatever the loss.

    Parameters
    ----------
    flux, terms : FluxMap, LossTerms
        The machine; of its losses only resistances count here.
    source : SourceTerms
        Voltages (V).
    limits : Limits
        Of currents and speed.
    speed : (S,)
        Of the shaft [rad/s], at least 0.
    settings : ControlSettings
        How finely to search.
    where : Executor
        Who computes.

    """
    w_m = speeds_of(flux, terms, speed)
    made, of_source = model(flux, terms, limits), source_of(source)
    lines, _, _ = looked_at(made, np.zeros(1), settings, where)
    c, dip = made.at_speeds(w_m)
    sizes = (of_source.u_max.size, w_m.size, 2)
    z, tau, bound = np.zeros((*sizes, 3)), np.zeros(sizes), np.zeros(sizes, dtype=np.int32)
    given = (w_m, of_source, lines, c, dip, made.axes, made.machine, settings.iterations, settings.tolerance)
    where.over(tau.size, lambda a, b: reach(a, b, *given, z, tau, bound))
    bound[:, w_m > limits.max_speed] = Bound.NONE
    tau[bound == Bound.NONE] = np.nan
    z[bound == Bound.NONE] = np.nan
    z[:, :, 1, 1] *= -1.0
    return Envelope(
        u_max=source.u_max,
        speed=w_m,
        torque_max=tau[..., 0],
        torque_min=-tau[..., 1],
        currents_max=z[:, :, 0],
        currents_min=z[:, :, 1],
        bound_max=bound[..., 0],
        bound_min=bound[..., 1],
    )


def mtpa(flux: FluxMap, limits: Limits, currents: Array, settings: ControlSettings = _SETTINGS) -> Loci:
    """Return the largest torque at each peak phase current (N,) up to ``limits.current``, voltage set aside.

    At ``limits.current`` this is the most that the machine gives at standstill. With a field winding, i_f is whatever
    gives most torque.
    """
    given = _given(currents, "currents")
    if np.any(given > limits.current):
        raise InputError(f"currents: reach {given.max():g} A; limits.current is {limits.current:g} A")
    return _loci(flux, given, (given, np.full(given.size, np.inf)), limits, settings)


def mtpv(flux: FluxMap, limits: Limits, linkages: Array, settings: ControlSettings = _SETTINGS) -> Loci:
    """Return the largest torque at each amplitude of the flux linkage (N,) [Wb] within ``limits``, resistance aside.

    Where current binds as well the point lies on the current limit; with ``limits.current`` beyond the flux map it is
    the pure locus.
    """
    given = _given(linkages, "linkages")
    return _loci(flux, given, (np.full(given.size, limits.current), given), limits, settings)


def _loci(flux: FluxMap, given: Array, bounds: tuple[Array, Array], limits: Limits, settings: ControlSettings) -> Loci:
    """Return the largest torque within currents and linkages ``bounds``: an envelope without resistance at 1 rad/s."""
    made = model(flux, _NO_LOSS, limits)
    lines, _, _ = looked_at(made, np.zeros(1), settings, Here())
    w_m = np.array([1.0 / made.machine.n_p])
    c, dip = made.at_speeds(w_m)
    z, tau = np.zeros((given.size, 1, 1, 2, 3)), np.full((given.size, 1, 1, 2), np.nan)
    bound, none = np.zeros((1, 1, 2), dtype=np.int32), np.zeros(1)
    for n, (i_max, psi_max) in enumerate(zip(*bounds, strict=True)):
        machine = made.machine._replace(cage=False, r_s=np.zeros(2), exponents=np.zeros(1), i_max=float(i_max))
        source = Source(np.array([psi_max]), none, none, none)
        reach(
            0,
            1,
            w_m,
            source,
            lines,
            c,
            dip,
            made.axes,
            machine,
            settings.iterations,
            settings.tolerance,
            z[n],
            tau[n],
            bound,
        )
    torque, at = tau[:, 0, 0, 0], z[:, 0, 0, 0]
    torque[np.isinf(torque)] = np.nan
    at[np.isnan(torque)] = np.nan
    return Loci(given=given, torque=torque, i_d=at[:, 0], i_q=at[:, 1], i_f=at[:, 2], psi=_linkage(made, at))


def _linkage(made: Model, at: Array) -> Array:
    v, psi = np.empty((4, made.base.shape[3])), np.full(at.shape[0], np.nan)
    for n in np.flatnonzero(np.all(np.isfinite(at), axis=1)):
        evaluate(made.base, made.axes, at[n, 0], at[n, 1], at[n, 2], v)
        psi[n] = np.hypot(v[0, 0], v[0, 1])
    return psi


def _given(values: Array, name: str) -> Array:
    given = np.ascontiguousarray(values, dtype=np.float64)
    if given.ndim != 1 or not np.all(np.isfinite(given)) or np.any(given <= 0):
        raise InputError(f"{name}: is not one axis of finite figures above 0")
    return given
