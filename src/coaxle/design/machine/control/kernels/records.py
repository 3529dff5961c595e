"""What the kernels are given, in records of arrays and figures."""

from __future__ import annotations

from typing import NamedTuple

from coaxle.numerics.arrays import Array


class Axes(NamedTuple):
    """Even axes of i_d, i_q and i_f: first node, nodes per ampere, cells; an axis without cells holds one node."""

    d0: float
    d_rate: float
    d_cells: int
    q0: float
    q_rate: float
    q_cells: int
    f0: float
    f_rate: float
    f_cells: int


class Machine(NamedTuple):
    """A machine with its loss terms and limits.

    ``channel`` order of the splines: psi_d, psi_q, the current of the cage where ``cage``, then the iron and magnet
    losses over frequency to each of ``exponents`` (E,). ``r_s`` (A,) is the phase resistance over frequency, even from
    0 with ``r_rate`` nodes per Hz. ``low`` and ``high`` (3,) bound i_d, i_q, i_f; ``tau_scale`` is a torque of the
    machine's size.
    """

    n_p: float
    cage: bool
    r_s: Array
    r_rate: float
    r_f: float
    u_b: float
    eta_f: float
    r_r: float
    exponents: Array
    i_max: float
    low: Array
    high: Array
    tau_scale: float


class Lines(NamedTuple):
    """Samples along i_q on M lines of constant i_d and i_f.

    ``i_d``, ``i_f`` (M,); ``i_q`` (K,); ``psi_d``, ``psi_q``, ``i_r`` and torque ``tau`` (M, K).
    """

    i_d: Array
    i_f: Array
    i_q: Array
    psi_d: Array
    psi_q: Array
    i_r: Array
    tau: Array


class Table(NamedTuple):
    """Where each line first gives each of N torques, speed left out.

    ``i_q`` (N, M), -1 where it does not; ``at`` (N, M, C) the channels there.
    """

    tau: Array
    i_q: Array
    at: Array


class Source(NamedTuple):
    """Voltage limit and the inverter's coefficients, each (V,)."""

    u_max: Array
    constant: Array
    linear: Array
    square: Array


class Duty(NamedTuple):
    """One machine at one speed and voltage.

    ``w_m`` is negative for braking, mirrored to ``i_q`` >= 0; ``inverter`` (3,) holds the inverter's coefficients,
    ``c`` the splines' coefficients at this speed, ``dip`` (E,) how far below 0 an iron channel is followed.
    """

    w_m: float
    u_max: float
    inverter: Array
    c: Array
    dip: Array
    axes: Axes
    machine: Machine


class Goal(NamedTuple):
    """What is wanted: ``want`` as in ``search``, at torque ``tau``; limits and torque met to ``near``.

    ``unit`` is a torque of the size of ``tau``.
    """

    want: int
    tau: float
    unit: float
    near: float
    iterations: int


class Room(NamedTuple):
    """Arrays to work in; one set a slice of rows. The rows of ``vectors`` are named in ``search``."""

    v: Array
    now: Array
    then: Array
    near: Array
    h: Array
    h_inverse: Array
    a: Array
    b: Array
    g: Array
    r: Array
    vectors: Array
    act: Array
    low: Array
    high: Array
