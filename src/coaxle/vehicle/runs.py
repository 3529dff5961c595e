"""What happened: N cars over one cycle."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coaxle.errors import ComputationError
from coaxle.numerics.arrays import Array, frozen


class Ended(IntEnum):
    """How a row ended; the largest that applies."""

    OK = 0
    SLOW = 1
    """The car could not follow the trace everywhere; ``miss_*`` says where and by how much."""
    EMPTY = 2
    """The battery left the window that the car uses."""
    POWER = 3
    """The battery's voltage could not hold the power asked for: P = U I - R I^2 has no solution."""
    BEYOND = 4
    """A speed or a voltage beyond the edge of a map."""


ENERGIES = ("source", "wheel_out", "wheel_in", "brake", "unit", "transmission", "storage", "auxiliaries", "idle")
"""Names of the energies of a run, in the order of the last axis of ``Runs.energy``."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Runs:
    """What N cars spent over one cycle of P phases.

    Parameters
    ----------
    names : tuple of str
        Of the rows.
    cycle : str
        Name of the cycle.
    phases : tuple of str
        Names of its phases.
    energy : (N, P, E)
        Energies [J] in the order of :data:`ENERGIES`, each per phase:
        ``source`` left the store (fuel energy, or chemical energy of the battery; negative when it was charged),
        ``wheel_out`` >= 0 and ``wheel_in`` <= 0 crossed the wheels driving and braking,
        ``brake`` >= 0 went into the friction brakes,
        ``unit`` was lost in drive units or engine, ``transmission`` in gearbox, launch device and axle,
        ``storage`` in the battery, ``auxiliaries`` was used by them, ``idle`` was burnt at a standstill.
        They close: source = wheel_out + wheel_in + brake + unit + transmission + storage + auxiliaries + idle.
    distance : (N, P)
        Covered [m].
    wall : (N, P)
        Energy from the wall that puts back what the battery gave [J]; 0 for combustion.
    fuel : (N, P)
        Fuel mass [kg]; 0 for electric.
    co2 : (N, P)
        From the tail pipe, by carbon balance [kg].
    fuel_volume : (N, P)
        [m3].
    ended : (N,)
        :class:`Ended` of each row.
    miss_speed, miss_power : (N,)
        Largest shortfall in speed [m/s] and in power at the wheels [W].
    miss_time, miss_first : (N,)
        Seconds behind the trace, and the time of the first of them (NaN where there was none) [s].
    soc_end : (N,)
        State of charge at the end [-]; NaN for combustion. Where a row ended EMPTY it lies below the window by what
        the last step took, as that step is driven to its end.

    """

    names: tuple[str, ...]
    cycle: str
    phases: tuple[str, ...]
    energy: Array
    distance: Array
    wall: Array
    fuel: Array
    co2: Array
    fuel_volume: Array
    ended: NDArray[Any]
    miss_speed: Array
    miss_power: Array
    miss_time: Array
    miss_first: Array
    soc_end: Array

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name not in ("names", "cycle", "phases", "ended"):
                object.__setattr__(self, field.name, frozen(getattr(self, field.name)))
        object.__setattr__(self, "ended", frozen(self.ended, np.int8))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.names)

    def total(self, name: str) -> Array:
        """Return the energy ``name`` of :data:`ENERGIES` over the whole cycle [J], (N,)."""
        return self.energy[:, :, ENERGIES.index(name)].sum(axis=1)

    @property
    def residual(self) -> Array:
        """Return what the energies fail to close by, over the energy that crossed the wheels driving [-], (N,)."""
        gap = self.energy[:, :, 0].sum(axis=1) - self.energy[:, :, 1:].sum(axis=(1, 2))
        return np.abs(gap) / np.maximum(self.total("wheel_out"), 1.0)

    @property
    def wall_energy(self) -> Array:
        """Energy from the wall per distance [J/m], (N,)."""
        return self.wall.sum(axis=1) / self.distance.sum(axis=1)

    @property
    def fuel_consumption(self) -> Array:
        """Fuel volume per distance [m3/m], (N,)."""
        return self.fuel_volume.sum(axis=1) / self.distance.sum(axis=1)

    @property
    def emission(self) -> Array:
        """CO2 from the tail pipe per distance [kg/m], (N,)."""
        return self.co2.sum(axis=1) / self.distance.sum(axis=1)

    @property
    def consumption(self) -> str:
        """Return what each row takes as text with units, a line a row; rows are named where there are several."""
        lines = [
            f"{self.wall_energy[i] / 36:.1f} kWh/100 km from the wall"
            if self.wall[i].any()
            else f"{self.fuel_consumption[i] * 1e8:.2f} l/100 km, {self.emission[i] * 1e6:.0f} g/km CO2"
            for i in range(len(self))
        ]
        if len(self) == 1:
            return lines[0]
        return "\n".join(f"{name}: {line}" for name, line in zip(self.names, lines, strict=True))

    def checked(self) -> Runs:
        """Return these runs, or raise :class:`ComputationError` naming the first row that did not end well."""
        bad = np.flatnonzero(self.ended)
        if bad.size:
            i = int(bad[0])
            raise ComputationError(
                f"{bad.size} of {len(self)} runs did not end well; row {i} ({self.names[i]}) on {self.cycle}: "
                f"{Ended(int(self.ended[i])).name}, {self.miss_speed[i]:.3g} m/s and {self.miss_power[i] / 1e3:.3g} kW "
                f"short, first at {self.miss_first[i]:.0f} s"
            )
        return self


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Performance:
    """What N cars can do at full load; NaN where a car cannot do it at all, (N,) each.

    ``zero_to_100`` and ``eighty_to_120`` [s], ``top_speed`` [m/s], ``gradeability`` (rise over run, from standstill,
    limited by torque and by grip) [-].
    """

    names: tuple[str, ...]
    zero_to_100: Array
    eighty_to_120: Array
    top_speed: Array
    gradeability: Array

    def __post_init__(self) -> None:
        for field in ("zero_to_100", "eighty_to_120", "top_speed", "gradeability"):
            object.__setattr__(self, field, frozen(getattr(self, field)))


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Trace:
    """One car over one cycle, in time: K points, K - 1 steps, U units (drive units, or the one engine).

    Parameters
    ----------
    name, cycle : str
        Of the car and of the cycle.
    units : tuple of str
        Names of the units, the order of the last axis of ``unit_speed`` and ``unit_torque``.
    time, speed_wanted, speed : (K,)
        [s], the trace and what was reached [m/s].
    wheel_power, brake_power, source_power : (K - 1,)
        At the wheels, into the friction brakes, out of the store (fuel or battery chemistry) [W].
    unit_speed, unit_torque : (K - 1, U)
        At the shaft that the unit's map speaks of [rad/s], [Nm].
    gear : (K - 1,)
        From 1; 0 for an electric car.
    soc : (K,)
        State of charge [-]; NaN for combustion.
    warmth : (K,)
        Share of the warm-up that the engine has behind it [-]; NaN for electric.

    """

    name: str
    cycle: str
    units: tuple[str, ...]
    time: Array
    speed_wanted: Array
    speed: Array
    wheel_power: Array
    brake_power: Array
    source_power: Array
    unit_speed: Array
    unit_torque: Array
    gear: NDArray[Any]
    soc: Array
    warmth: Array

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name not in ("name", "cycle", "units", "gear"):
                object.__setattr__(self, field.name, frozen(getattr(self, field.name)))
        object.__setattr__(self, "gear", frozen(self.gear, np.int8))
