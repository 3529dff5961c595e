"""TEAM problem 30a: its geometry in triangles, and its exact solution in Fourier and Bessel series.

Problem: K. R. Davey, TEAM problem 30a, compumag.org. Rotor of steel (to 20 mm, mu_r 30, 1.6 MS/m) and aluminium (to
30 mm, 37.2 MS/m), air to 32 mm, coils of 45 degrees to 52 mm, stator of steel (to 57 mm, mu_r 30), air without end.
"""

from __future__ import annotations

import numpy as np
from scipy.special import iv, ivp, kv, kvp

from coaxle.design.machine.harmonic.plane import polar_plane, second_order
from coaxle.design.machine.harmonic.quantities import eddy_loss, gap_torque, linkage
from coaxle.design.machine.harmonic.solution import MU_0, HarmonicField, HarmonicModel, harmonic_model, solve_harmonic

RADII = np.array([0.020, 0.030, 0.032, 0.052, 0.057])
PERMEABILITY = np.array([30.0, 1.0, 1.0, 1.0, 30.0, 1.0])
CONDUCTIVITY = np.array([1.6e6, 3.72e7, 0.0, 0.0, 0.0, 0.0])
W = 2 * np.pi * 60
DENSITY = 310e4 * 2**0.5
"""310 A/cm2 rms, as a peak [A/m2]."""
FAR = 1000.0
"""Of the stator's radius: where the potential is put to 0. A two-pole field is weaker by its square there."""


def model(fine: int, order: int, whole: bool = False) -> HarmonicModel:
    """Half the machine, antiperiodic (or the whole), on a grid that ``fine`` divides further."""
    steel = RADII[0] * (1 - (1 - np.linspace(0, 1, 5 * fine + 1)) ** 1.5)
    pairs = zip(RADII[:-1], RADII[1:], (4, 2, 4, 2), strict=True)
    between = [np.linspace(a, b, n * fine + 1) for a, b, n in pairs]
    beyond = RADII[-1] * np.geomspace(1, FAR, 8 * fine + 1)
    radii = np.unique(np.round(np.concatenate((steel, *between, beyond)), 12))
    turns = 2 if whole else 1
    angles = np.radians(-30 + np.linspace(0, 180 * turns, 24 * turns * fine + 1))
    plane = polar_plane(
        radii,
        angles,
        lambda r, _: np.searchsorted(RADII, r).astype(np.int32),
        sign=1 if whole else -1,
        sectors=1 if whole else 2,
    )
    if order == 2:
        plane = second_order(plane, round_edges=True)
    return harmonic_model(plane, PERMEABILITY[plane.region], CONDUCTIVITY[plane.region])


def coils(three: bool) -> list[tuple[float, complex]]:
    """Middle [rad] and current of each coil: phase a at 0, -b and c 60 degrees apart each, or one phase alone."""
    if not three:
        return [(0.0, 1.0), (np.pi, -1.0)]
    return [(k * np.pi / 3, np.exp(-1j * k * np.pi / 3)) for k in range(6)]


def solved(machine: HarmonicModel, speed: float, three: bool) -> HarmonicField:
    plane = machine.shapes.plane
    phi = np.arctan2(plane.centres[:, 1], plane.centres[:, 0])
    density = np.zeros(phi.size, dtype=np.complex128)
    for middle, current in coils(three):
        away = np.angle(np.exp(1j * (phi - middle)))
        density[(plane.region == 3) & (np.abs(away) < np.pi / 8)] = DENSITY * current
    return solve_harmonic(machine, density, W, speed=speed)


def figures(field: HarmonicField) -> np.ndarray:
    """Torque [Nm/m], voltage of a turn of phase a [V/m, rms], loss of rotor and of rotor steel [W/m]."""
    plane = field.model.shapes.plane
    phi = np.arctan2(plane.centres[:, 1], plane.centres[:, 0])
    coil = (plane.region == 3) & (np.abs(phi) < np.pi / 8)
    # Half a machine holds one side of the coil; its sectors make up for the other.
    sides = 2 / plane.sectors
    turns = np.where(coil, sides / field.model.shapes.areas[coil].sum(), 0.0)
    if plane.sectors == 1:
        other = (plane.region == 3) & (np.abs(phi) > np.pi * 7 / 8)
        turns = (coil * 1.0 - other) / field.model.shapes.areas[coil].sum()
    voltage = abs(field.w * linkage(field, turns)) / 2**0.5
    return np.array([gap_torque(field, 0.030, 0.032), voltage, eddy_loss(field), eddy_loss(field, plane.region == 0)])


def series(speed: float, three: bool, highest: int = 80) -> np.ndarray:
    """The same figures by separation of variables: each space harmonic n sees the frequency w - n Omega."""
    total = np.zeros(3)
    voltage = 0j
    for n in range(-highest + 1, highest, 2):
        phasor = sum(current * np.exp(1j * n * middle) for middle, current in coils(three))
        density = DENSITY * phasor * 2 * np.sin(n * np.pi / 8) / n / (2 * np.pi)
        if abs(density) < 1e-9 * DENSITY:
            continue
        into_steel, into_rotor, coil = _harmonic(n, density, W - n * speed)
        total += np.array([n * into_rotor / (W - n * speed), into_rotor, into_steel])
        voltage += 2j * W * coil * np.sin(n * np.pi / 8) / (n * np.pi / 8)
    return np.array([total[0], abs(voltage) / 2**0.5, total[1], total[2]])


def _harmonic(n: int, density: complex, w: float) -> tuple[float, float, complex]:
    """Power into steel and rotor [W/m] of one harmonic, and the mean of A over the coil's height [Wb/m]."""
    m = abs(n)
    k = np.sqrt(1j * MU_0 * PERMEABILITY[:2] * CONDUCTIVITY[:2] * w)

    def power(r, scale, e):
        return np.array([(r / scale) ** e, e / r * (r / scale) ** e])

    def first(i, r, scale):
        return np.array([iv(m, k[i] * r), k[i] * ivp(m, k[i] * r)]) / iv(m, k[i] * scale)

    def second(i, r, scale):
        return np.array([kv(m, k[i] * r), k[i] * kvp(m, k[i] * r)]) / kv(m, k[i] * scale)

    def source(r):
        return -MU_0 * density / (4 - m * m) * np.array([r * r, 2 * r])

    r1, r2, r3, r4, r5 = RADII
    # Unknown weights: steel 0, aluminium 1 and 2, gap 3 and 4, coil 5 and 6, stator 7 and 8, beyond 9.
    bases = [
        {0: lambda r: first(0, r, r1)},
        {1: lambda r: first(1, r, r2), 2: lambda r: second(1, r, r1)},
        {3: lambda r: power(r, r3, m), 4: lambda r: power(r, r2, -m)},
        {5: lambda r: power(r, r4, m), 6: lambda r: power(r, r3, -m)},
        {7: lambda r: power(r, r5, m), 8: lambda r: power(r, r4, -m)},
        {9: lambda r: power(r, r5, -m)},
    ]
    matrix, right = np.zeros((10, 10), complex), np.zeros(10, complex)
    for i, r in enumerate(RADII):
        for layer, sign in ((i, 1.0), (i + 1, -1.0)):
            over = np.array([1.0, 1.0 / PERMEABILITY[layer]])
            for column, basis in bases[layer].items():
                matrix[2 * i : 2 * i + 2, column] += sign * over * basis(r)
            if layer == 3:
                right[2 * i : 2 * i + 2] -= sign * over * source(r)
    x = np.linalg.solve(matrix, right)

    def inward(layer, r):
        a, slope = sum(x[column] * basis(r) for column, basis in bases[layer].items())
        return float(np.pi * r * np.real(-1j * w * a * np.conj(-slope / (PERMEABILITY[layer] * MU_0)))) * -1.0

    r = np.linspace(r3, r4, 401)
    a = x[5] * (r / r4) ** m + x[6] * (r / r3) ** -m + source(r)[0]
    return -inward(0, r1), -inward(2, r2), np.trapezoid(a * r, r) / np.trapezoid(r, r)
