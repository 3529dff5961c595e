"""What the inverter's switching adds, to first order: ripple current, and the factor on eddy losses.

Space-vector modulation within its linear range, with many pulses a period.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, cosh, pi, sin, sinh, sqrt

from coaxle.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Switching:
    """A working point of the inverter.

    Parameters
    ----------
    voltage : float
        Of the DC link [V].
    phase_voltage : float
        Peak of the fundamental, phase to star [V]; at most voltage / sqrt(3).
    frequency : float
        Of switching [Hz].
    inductance : float
        That the ripple sees: transient, mean of both axes [H].

    """

    voltage: float
    phase_voltage: float
    frequency: float
    inductance: float

    @property
    def modulation(self) -> float:
        """Modulation index, phase voltage over half the DC voltage, 0 to 2 / sqrt(3)."""
        return 2 * self.phase_voltage / self.voltage


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchingShare:
    """Factors >= 1 on the losses that a machine has with sinusoidal supply."""

    copper: float = 1.0
    iron: float = 1.0
    magnet: float = 1.0


def ripple_linkage(point: Switching) -> float:
    """Return the ripple of a phase's flux linkage, rms [Wb].

    V_dc / (24 f_s) sqrt(HDF), HDF = 3/2 m^2 - 4 sqrt(3)/pi m^3 + (27/16 - 81 sqrt(3)/(64 pi)) m^4 with the modulation
    index m: Hava, Kerkman, Lipo, IEEE Trans. Power Electron. 14 (1999) 49, table II (space-vector modulation).
    """
    m = point.modulation
    if not 0 <= m <= 2 / sqrt(3) * (1 + 1e-6):
        raise InputError(f"modulation index: {m:g}; 0 to {2 / sqrt(3):.4f} is wanted, space-vector modulation's range")
    hdf = 1.5 * m**2 - 4 * sqrt(3) / pi * m**3 + (27 / 16 - 81 * sqrt(3) / (64 * pi)) * m**4
    return point.voltage / (24 * point.frequency) * sqrt(max(hdf, 0.0))


def ripple_current(point: Switching) -> float:
    """Return the ripple of a phase's current, rms [A]: that of its linkage over the inductance."""
    return ripple_linkage(point) / point.inductance


def voltage_ratio(point: Switching) -> float:
    """Return the square of the rms phase voltage over that of its fundamental, 4 V_dc / (sqrt(3) pi V_1).

    The inverter's vectors are 2/3 V_dc long and active for sqrt(3) V_1 / V_dc 3/pi of the time, on average.
    """
    return 4 * point.voltage / (sqrt(3) * pi * point.phase_voltage)


def screening(thickness: float, skin_depth: float) -> float:
    """Return eddy loss over that without the currents' own field, for a given flux through a sheet.

    3/xi (sinh xi - sin xi) / (cosh xi - cos xi), xi = thickness / skin depth (Lammeraner and Stafl, Eddy Currents,
    1966).
    """
    xi = thickness / skin_depth
    if xi < 1e-2:
        return 1.0
    if xi > 50:
        return 3 / xi
    return 3 / xi * (sinh(xi) - sin(xi)) / (cosh(xi) - cos(xi))


def switching_share(
    point: Switching,
    *,
    copper_ratio: float,
    current: float,
    eddy_share: float,
    screen: float = 1.0,
    magnet_ratio: float = 0.0,
) -> SwitchingShare:
    """Return the factors on copper, iron and magnet losses at a working point.

    Copper: 1 + R_ac(f) / R (I_ripple / I)^2. Iron: eddy loss goes with the square of the voltage, so its share grows
    by ``voltage_ratio``: 1 + eddy_share (ratio - 1) screen (Boglietti, Cavagnino, Lazzari, Pastorelli, IEEE Trans.
    Magn. 39 (2003) 981, eq. (9), without their factor on hysteresis, which is 1 without dips in the flux). All the
    ripple voltage is taken to drive flux through iron, which is an upper bound: some of it is slot leakage.

    Parameters
    ----------
    point : Switching
        Of the inverter.
    copper_ratio : float
        Resistance at the ripple's frequency (twice that of switching) over that at the fundamental.
    current : float
        Fundamental of a phase, rms [A].
    eddy_share : float
        Of the iron loss that goes with f^2 at this working point, 0 to 1.
    screen : float
        :func:`screening` of the sheet at the ripple's frequency.
    magnet_ratio : float
        Magnet loss by switching over that by slots and winding, of a calculation or a measurement; 0 where unknown.

    """
    ratio = voltage_ratio(point)
    return SwitchingShare(
        copper=1 + copper_ratio * (ripple_current(point) / current) ** 2,
        iron=1 + eddy_share * max(ratio - 1, 0.0) * screen,
        magnet=1 + magnet_ratio,
    )
