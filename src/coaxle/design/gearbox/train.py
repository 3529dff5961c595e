"""From the Design of a gearbox to the rows of numbers that the kernel reads."""

from __future__ import annotations

from functools import lru_cache
from math import acos, cos, gcd, hypot, pi, sin, tan

import numpy as np

from coaxle.design.gearbox import kernels as k
from coaxle.design.gearbox.gearbox import Bearing, Gearbox, ParallelGearbox, PlanetaryGearbox, ratio
from coaxle.design.gearbox.rolling import Place, bearing_for, checked, row
from coaxle.design.gearbox.teeth import Teeth, ring_mesh, sun_mesh, teeth
from coaxle.errors import InputError
from coaxle.materials import oil
from coaxle.numerics.arrays import Array, frozen

GAP, BETWEEN, BESIDE, CAGE = 8e-3, 5e-3, 20e-3, 80e-3
"""Along the shafts [m]: from the middle of a bearing to teeth, between two gears, beside the last wheel, and on the
side of the differential. As in TUMFTM's Holistic-Electric-Powertrain-Component-Design."""
BENDING_STRENGTH, SAFETY, SIZE, SURFACE, EQUIVALENT = 520e6, 1.5, 0.85, 0.8, 1.5
"""Of shafts of 16MnCr5 [Pa], Naunheimer, Fahrzeuggetriebe (2019) p. 478; EQUIVALENT: M_v over torque, Niemann 17.10."""
SEAL = 7.69e-6 * 30 / pi * 1e6
"""Torque of a rotary shaft seal over its diameter squared [Nm/m2], ISO/TR 14179-2: 7.69e-6 d^2 n [W; mm, rpm]."""
LUBRICANT = {"mineral": 1.0, "pao": 0.75}
"""X_L of Schlenk's friction by the base of the oil."""
STEEL = 7850.0
FILL = 0.65
"""Share of a wheel's cylinder that is steel."""


def shaft_diameters(gearbox: ParallelGearbox) -> tuple[float, ...]:
    """Return the diameters of the shafts [m], given or by d = 2.17 (M_v / sigma)^(1/3) (Naunheimer p. 476).

    M_v is 1.5 times the torque; the output shafts left and right carry half of it each.
    """
    if gearbox.shafts:
        return gearbox.shafts
    allowed = BENDING_STRENGTH * SIZE * SURFACE / SAFETY
    torque, diameters = gearbox.max_torque, []
    for stage in gearbox.stages:
        diameters.append(2.17 * (EQUIVALENT * torque / allowed) ** (1 / 3))
        torque *= stage.wheel_teeth / stage.pinion_teeth
    diameters.append(2.17 * (EQUIVALENT * torque / 2 / allowed) ** (1 / 3))
    return tuple(diameters)


def bearings(gearbox: ParallelGearbox) -> tuple[Bearing, ...]:
    """Return the bearings shaft by shaft, given or by the rule of :mod:`coaxle.design.gearbox.rolling`."""
    if gearbox.bearings:
        return tuple(checked(f"bearings[{i}]", each) for i, each in enumerate(gearbox.bearings))
    return tuple(bearing_for("gearbox", shaft) for shaft in shaft_diameters(gearbox))


def meshes(gearbox: Gearbox) -> tuple[Teeth, ...]:
    """Return the pairs of teeth from the machine to the wheels; of a planetary set sun and ring."""
    if isinstance(gearbox, PlanetaryGearbox):
        return sun_mesh("gearbox", gearbox), ring_mesh("gearbox", gearbox)
    return tuple(teeth(f"stages[{i}]", stage) for i, stage in enumerate(gearbox.stages))


@lru_cache(maxsize=256)
def _train(key: _Key) -> k.Train:
    gearbox = key.gearbox
    check(gearbox)
    parts = _planetary(gearbox) if isinstance(gearbox, PlanetaryGearbox) else _parallel(gearbox)
    shafts, spans, rows_mesh, rows_bearing, rows_wheel = parts
    return k.Train(
        shafts=frozen(shafts),
        spans=frozen(spans, np.int64),
        meshes=_table(rows_mesh, k.MESHES),
        bearings=_table(rows_bearing, k.BEARINGS),
        wheels=_table(rows_wheel, k.WHEELS),
        spray=frozen([gearbox.spray, gearbox.spray_speed]),
    )


class _Key:
    """A gearbox as the key of a cache: its notes are a dict, which has no hash, and count for nothing here."""

    __slots__ = ("_words", "gearbox")

    def __init__(self, gearbox: Gearbox) -> None:
        self.gearbox = gearbox
        self._words = repr(gearbox)

    def __hash__(self) -> int:
        return hash(self._words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._words == other._words


def train(gearbox: Gearbox) -> k.Train:
    """Return the gearbox as the kernel reads it.

    Raises
    ------
    InputError
        Where the figures of the gearbox do not go together.

    """
    return _train(_Key(gearbox))


def _table(rows: list[list[float]], columns: int) -> Array:
    return frozen(np.array(rows, dtype=np.float64).reshape(len(rows), columns))


def check(gearbox: Gearbox) -> None:
    """Raise where the figures of a gearbox do not go together."""
    for name in ("roughness", "max_torque"):
        if getattr(gearbox, name) <= 0:
            raise InputError(f"gearbox.{name}: {getattr(gearbox, name):g}; a figure above 0 is wanted")
    if gearbox.immersion > 0 and gearbox.oil_volume <= 0:
        raise InputError("gearbox.oil_volume: 0; an immersed wheel asks for the volume of the oil")
    if gearbox.drag is not None and not gearbox.drag.at_25 >= gearbox.drag.at_50 >= gearbox.drag.at_90 > 0:
        raise InputError("gearbox.drag: does not fall with temperature; at_25 >= at_50 >= at_90 > 0 is wanted")
    if isinstance(gearbox, PlanetaryGearbox):
        _check_planets(gearbox)
        return
    if len(gearbox.stages) not in (1, 2):
        raise InputError(f"gearbox.stages: {len(gearbox.stages)}; one or two are wanted")
    for name in ("shafts", "bearings"):
        given = getattr(gearbox, name)
        if given and len(given) != len(gearbox.stages) + 1:
            raise InputError(f"gearbox.{name}: {len(given)}; one a shaft is wanted, {len(gearbox.stages) + 1} in all")
    if gearbox.arrangement == "coaxial":
        if len(gearbox.stages) != 2:
            raise InputError("gearbox.arrangement: coaxial with one stage; two stages are wanted")
        a_1, a_2 = (pair.a for pair in meshes(gearbox))
        if abs(a_1 - a_2) > 1e-3 * a_1:
            raise InputError(
                f"gearbox.stages: centre distances {a_1 * 1e3:.2f} and {a_2 * 1e3:.2f} mm; coaxial asks for equal ones"
            )


def _check_planets(g: PlanetaryGearbox) -> None:
    sun, ring = meshes(g)
    if len(g.bearings) != 3:
        raise InputError(f"gearbox.bearings: {len(g.bearings)}; those of sun, planets and carrier are wanted")
    for i, each in enumerate(g.bearings):
        checked(f"gearbox.bearings[{i}]", each)
    if abs(sun.a + ring.a) > 2e-3 * sun.a:
        raise InputError(
            f"gearbox: planets at {sun.a * 1e3:.2f} mm from the sun, at {-ring.a * 1e3:.2f} mm from the ring's middle; "
            "equal is wanted"
        )
    both = g.sun_teeth * g.small_teeth + g.ring_teeth * g.large_teeth
    if g.planets < 1 or both % (g.planets * gcd(g.small_teeth, g.large_teeth)):
        raise InputError(f"gearbox.planets: {g.planets} do not fit evenly around these numbers of teeth")
    tip = max(sun.d_a2, ring.d_a1)
    if g.planets > 1 and 2 * sun.a * sin(pi / g.planets) <= tip:
        raise InputError(f"gearbox.planets: {g.planets} of {tip * 1e3:.1f} mm touch one another; fewer are wanted")


def _check_level(gearbox: Gearbox, radius: float, chosen: tuple[Bearing, ...]) -> None:
    """Raise where bearings would stand in oil: that drag is not modelled. Raceways reach 0.6 d_m down (SKF)."""
    for i, each in enumerate(chosen):
        deepest = radius - 0.3 * (each.bore + each.outside)
        if gearbox.immersion > max(deepest, 0.0):
            raise InputError(
                f"gearbox.immersion: {gearbox.immersion * 1e3:.1f} mm; bearings[{i}] would stand in the oil, "
                f"at most {max(deepest, 0.0) * 1e3:.1f} mm are wanted"
            )


def _mesh(t: Teeth, gearbox: Gearbox, per_torque: float, pitch: float, share: float) -> list[float]:
    """Return a mesh: tangential force per Nm [N/Nm], pitch-line speed per rad/s [m], share of the power that rolls."""
    load = per_torque / cos(t.alpha_wt) / (t.b * 1e3)
    k_mu = 0.048 * LUBRICANT[oil(gearbox.oil).base] * (gearbox.roughness * 1e6) ** 0.25 * (t.rho_red * 1e3) ** -0.2
    return [load, pitch, k_mu, share * t.h_v, sin(t.alpha_wt), abs(t.d_w2) / 2]


def _wheel(d: float, b: float, m: float, z: int, t: Teeth, depth: float, volume: float) -> list[float]:
    """Return a wheel in air (Maurer) and oil (Changenet): ``depth`` [m] of its pitch circle in the oil at rest."""
    wind = 1.37e-9 * (d / 2) ** 1.9 * (d * 1e3) ** 1.6 * (b * 1e3) ** 0.52 * (m * 1e3) ** 0.69
    r = d / 2
    if depth <= 0:
        return [wind, r, b, 0.0, 0.0, 0.0]
    depth = min(depth, d)
    theta = acos(1 - depth / r)
    height = 2.25 * m
    sides = r * r * (2 * theta - sin(2 * theta))
    teeth_area = 2 * z * theta * height * b / (pi * cos(t.alpha_t) * cos(t.beta))
    g_m = (depth / d) ** 0.45 * (volume / d**3) ** 0.1
    return [wind, r, b, sides + d * b * theta + teeth_area, g_m, (r * b * m) ** (1 / 3)]


def _loads(gears: list[tuple[float, float, float, float, Teeth, bool]], length: float) -> list[list[float]]:
    """Return radial loads driving and braking, and axial load, of the two bearings of a shaft, per Nm of it.

    Of each gear: place along the shaft, diameter, side of its mate (+1, -1), hand, teeth, whether the mate drives it
    when the machine drives. The shafts lie in one plane.
    """
    radial: list[list[float]] = [[], []]
    axial = 0.0
    for sense in (1.0, -1.0):
        y = z = y_b = z_b = axial = 0.0
        for x, d, side, hand, t, driven in gears:
            f_t = sense * 2 / d
            f_z = side * f_t * (1 if driven else -1)
            f_y = -side * 2 / d * tan(t.alpha_wt)
            f_x = hand * f_t * tan(t.beta) * (1 if driven else -1)
            y_b -= (x * f_y - side * d / 2 * f_x) / length
            z_b -= x * f_z / length
            y += f_y
            z += f_z
            axial += f_x
        radial[0].append(hypot(-y - y_b, -z - z_b))
        radial[1].append(hypot(y_b, z_b))
    return [[radial[0][0], radial[0][1], abs(axial)], [radial[1][0], radial[1][1], 0.0]]


_Parts = tuple[list[list[float]], list[list[int]], list[list[float]], list[list[float]], list[list[float]]]


def _parallel(g: ParallelGearbox) -> _Parts:
    pairs, chosen, synthetic = meshes(g), bearings(g), oil(g.oil).base != "mineral"
    last = len(pairs)
    top = max(t.d_w2 for t in pairs)
    _check_level(g, top / 2, chosen)
    parts: _Parts = ([], [], [], [], [])
    shafts, spans, rows_mesh, rows_bearing, rows_wheel = parts
    speed = 1.0
    for j in range(last, -1, -1):
        before = len(rows_bearing), len(rows_mesh), len(rows_wheel)
        up, down = (pairs[j - 1] if j else None), (pairs[j] if j < last else None)
        gears, length = _placed(g, up, down)
        for plus, minus, axial in _loads(gears, length):
            dead = k.G * sum(FILL * STEEL * pi / 4 * d * d * t.b for _, d, _, _, t, _ in gears) / 2
            place = Place(driving=plus, braking=minus, axial=axial, number=chosen[j].number / 2, dead=dead)
            rows_bearing.append(row(chosen[j], place, synthetic))
        if up:
            rows_mesh.append(_mesh(up, g, 2 / up.d_w2, up.d_w2 / 2, 1.0))
            depth = g.immersion - (top - up.d_w2) / 2
            rows_wheel.append(_wheel(up.d_w2, up.b, up.m_n, up.z_2, up, depth, g.oil_volume))
        if down:
            depth = g.immersion - (top - down.d_w1) / 2
            rows_wheel.append(_wheel(down.d_w1, down.b, down.m_n, down.z_1, down, depth, g.oil_volume))
        after = len(rows_bearing), len(rows_mesh), len(rows_wheel)
        seals = (g.output_seals if j == last else ()) + (g.input_seals if j == 0 else ())
        shafts.append(
            [
                speed,
                up.u if up else 1.0,
                SEAL * sum(d * d for d in seals),
                g.differential_preload if j == last else 0.0,
            ]
        )
        spans.append([before[0], after[0], before[1], after[1], before[2], after[2]])
        speed *= up.u if up else 1.0
    return parts


def _placed(
    g: ParallelGearbox, up: Teeth | None, down: Teeth | None
) -> tuple[list[tuple[float, float, float, float, Teeth, bool]], float]:
    """Return the gears of a shaft with their places, and the distance of its bearings."""
    toward = -1.0 if g.arrangement == "coaxial" else 1.0
    if up and down:
        first = GAP + up.b / 2
        second = first + up.b / 2 + BETWEEN + down.b / 2
        gears = [(first, up.d_w2, -1.0, 1.0, up, True), (second, down.d_w1, toward, 1.0, down, False)]
        return gears, second + down.b / 2 + GAP
    if up:
        first = CAGE + up.b / 2
        return [(first, up.d_w2, -1.0, 1.0, up, True)], first + up.b / 2 + BESIDE
    assert down is not None
    first = GAP + down.b / 2
    return [(first, down.d_w1, 1.0, 1.0, down, False)], first + down.b / 2 + GAP


def _planetary(g: PlanetaryGearbox) -> _Parts:
    sun, ring = meshes(g)
    i, n = ratio(g), g.planets
    share = (i - 1) / i
    on_sun, on_ring = 2 / (i * sun.d_w1 * n), 2 * share / (-ring.d_w2 * n)
    spin = (i - 1) * g.sun_teeth / g.large_teeth
    outward = on_sun * tan(sun.alpha_wt) - on_ring * tan(ring.alpha_wt)
    pin = hypot(on_sun + on_ring, outward) / g.bearings[1].number
    weight = planet_mass(g) * sun.a / g.bearings[1].number
    thrust = n * on_sun * tan(sun.beta)
    carrier = 2 * sun.a + max(sun.d_a2, ring.d_a1)
    at_sun, at_planet, at_carrier = g.bearings
    _check_level(g, carrier / 2, (at_sun, at_carrier))
    synthetic = oil(g.oil).base != "mineral"
    rows_bearing = [
        row(at_carrier, Place(number=at_carrier.number), synthetic),
        row(
            at_planet,
            Place(driving=pin, braking=pin, speed=spin, number=n * at_planet.number, spin=weight),
            synthetic,
        ),
        row(at_sun, Place(axial=thrust, number=at_sun.number / 2), synthetic),
        row(at_sun, Place(number=at_sun.number / 2), synthetic),
    ]
    rows_mesh = [
        _mesh(sun, g, on_sun, (i - 1) * sun.d_w1 / 2, share),
        _mesh(ring, g, on_ring, -ring.d_w2 / 2, share),
    ]
    rows_wheel = [
        _wheel(carrier, sun.b + ring.b, sun.m_n, 0, sun, g.immersion, g.oil_volume),
        _wheel(sun.d_w1, sun.b, sun.m_n, sun.z_1, sun, 0.0, g.oil_volume),
    ]
    shafts = [
        [1.0, i, SEAL * sum(d * d for d in g.output_seals), g.differential_preload],
        [i, 1.0, SEAL * sum(d * d for d in g.input_seals), 0.0],
    ]
    return shafts, [[0, 2, 0, 2, 0, 1], [2, 4, 2, 2, 1, 2]], rows_mesh, rows_bearing, rows_wheel


def planet_mass(g: PlanetaryGearbox) -> float:
    """Return the mass of one planet [kg]."""
    sun, ring = meshes(g)
    volume = sun.d_2**2 * sun.b
    if g.large_teeth != g.small_teeth:
        volume += ring.d_1**2 * ring.b
    return FILL * STEEL * pi / 4 * volume
