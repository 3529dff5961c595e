"""A small induction machine on a polar grid, for tests: 4 poles, 36 slots, 32 bars under bridges, one layer."""

from __future__ import annotations

import numpy as np

from coaxle.design.machine.harmonic.cage import Cage, bar_resistance, ring_resistance
from coaxle.design.machine.harmonic.frame import effective_turns
from coaxle.design.machine.section import Circuit, Region, Section, SectorMesh

STACK = 0.12
TURNS_A_SLOT = 8
SIGMA = 36e6
RADII = {"inner": 0.020, "bar": 0.032, "bridge": 0.0440, "rotor": 0.0446, "low": 0.0448}
RADII |= {"high": 0.0450, "bore": 0.0452, "slot": 0.060, "outer": 0.076}
SLOTS, BARS = 9, 8  # a pole


def polar_machine(fine: int = 1, bridge: bool = True) -> SectorMesh:
    """One pole; ``fine`` multiplies the divisions of the grid."""
    count = 72 * fine
    pitch = np.pi / 2 / count
    slot, bar = count // SLOTS, count // BARS
    slot_part, bar_part = 4 * fine, 5 * fine
    section = _section(pitch, slot, bar, slot_part, bar_part, bridge)
    rotor_radii, stator_radii = _layers(fine)
    around = np.arange(count)
    in_slot = (around % slot >= 2 * fine) & (around % slot < 2 * fine + slot_part)
    in_bar = (around % bar >= 2 * fine) & (around % bar < 2 * fine + bar_part)
    names = {region.name: k for k, region in enumerate(section.regions)}

    def stator_region(i: int, k: int) -> int:
        r = (stator_radii[i] + stator_radii[i + 1]) / 2
        if r < RADII["bore"]:
            return -1
        if r < RADII["slot"] and in_slot[k]:
            return names[f"slot-{k // slot + 1}"]
        return names["stator"]

    def rotor_region(i: int, k: int) -> int:
        r = (rotor_radii[i] + rotor_radii[i + 1]) / 2
        if r > RADII["rotor"]:
            return -1
        if RADII["bar"] < r < RADII["bridge"] and in_bar[k]:
            return names[f"bar-{k // bar + 1}"]
        if r > RADII["bridge"] and in_bar[k] and not bridge:
            return -1
        return names["rotor"]

    rotor, stator = rotor_radii.size, stator_radii.size
    number = np.arange((rotor + stator) * (count + 1), dtype=np.int32).reshape(rotor + stator, count + 1)
    r = np.concatenate((rotor_radii, stator_radii))
    phi = pitch * np.arange(count + 1)
    nodes = np.stack((np.outer(r, np.cos(phi)), np.outer(r, np.sin(phi))), axis=-1).reshape(-1, 2)
    triangles, region = [], []
    for k in range(count):
        for i in range(stator - 1):
            triangles += _two(number, rotor + i, k, (i + k) % 2)
            region += [stator_region(i, k)] * 2
    split = len(triangles)
    for k in range(count):
        for i in range(rotor - 1):
            triangles += _two(number, i, k, (i + k) % 2)
            region += [rotor_region(i, k)] * 2
    return SectorMesh(
        section=section,
        nodes=nodes,
        triangles=np.array(triangles, dtype=np.int32),
        region=np.array(region, dtype=np.int32),
        stator_triangles=split,
        rotor_ring=number[rotor - 1],
        stator_ring=number[rotor],
        low=number[:, 0].copy(),
        high=number[:, -1].copy(),
        fixed=np.concatenate((number[0], number[-1])),
    )


def polar_cage(mesh: SectorMesh, rings: bool = True) -> Cage:
    section = mesh.section
    region = section.regions[[each.name for each in section.regions].index("bar-1")]
    x, y = region.outline.T
    area = 0.5 * abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return Cage(
        bars=4 * BARS,
        pole_pairs=2,
        turns=effective_turns(section),
        bar_resistance=bar_resistance(STACK, area, SIGMA),
        ring_resistance=ring_resistance(0.076, 150e-6, SIGMA, 4 * BARS) if rings else 0.0,
    )


def _two(number: np.ndarray, i: int, k: int, odd: int) -> list[tuple[int, int, int]]:
    a, b, c, d = number[i, k], number[i + 1, k], number[i + 1, k + 1], number[i, k + 1]
    return [(a, b, c), (a, c, d)] if odd else [(a, b, d), (b, c, d)]


def _layers(fine: int) -> tuple[np.ndarray, np.ndarray]:
    def cut(*parts: tuple[str, str, int]) -> np.ndarray:
        edges = [np.linspace(RADII[a], RADII[b], n * fine + 1) for a, b, n in parts]
        return np.unique(np.round(np.concatenate(edges), 12))

    return (
        cut(("inner", "bar", 3), ("bar", "bridge", 5), ("bridge", "rotor", 1), ("rotor", "low", 1)),
        cut(("high", "bore", 1), ("bore", "slot", 5), ("slot", "outer", 4)),
    )


def _section(pitch: float, slot: int, bar: int, slot_part: int, bar_part: int, bridge: bool) -> Section:
    def patch(
        name: str, part: str, side: str, r: tuple[float, float], first: int, last: int, material: str | None
    ) -> Region:
        phi = pitch * np.arange(first, last + 1)
        ring = [np.stack((radius * np.cos(phi), radius * np.sin(phi)), axis=1) for radius in r]
        return Region(name=name, part=part, side=side, outline=np.vstack((ring[1], ring[0][::-1])), material=material)  # type: ignore[arg-type]

    whole = SLOTS * slot
    side = (slot - slot_part) // 2
    gap = (bar - bar_part) // 2
    regions = [
        patch("stator", "stator-yoke", "stator", (RADII["bore"], RADII["outer"]), 0, whole, "iron"),
        patch("rotor", "rotor-iron", "rotor", (RADII["inner"], RADII["rotor"]), 0, whole, "iron"),
    ]
    for k in range(SLOTS):
        first = k * slot + side
        regions.append(
            patch(f"slot-{k + 1}", "slot", "stator", (RADII["bore"], RADII["slot"]), first, first + slot_part, "copper")
        )
    for k in range(BARS):
        first = k * bar + gap
        regions.append(
            patch(f"bar-{k + 1}", "bar", "rotor", (RADII["bar"], RADII["bridge"]), first, first + bar_part, "aluminium")
        )
    belts = {"a": ((0, 1, 2), 1.0), "b": ((6, 7, 8), 1.0), "c": ((3, 4, 5), -1.0)}
    circuits = [
        Circuit(name=name, conductors={f"slot-{k + 1}": sign * TURNS_A_SLOT for k in slots})
        for name, (slots, sign) in belts.items()
    ]
    circuits += [Circuit(name=f"bar-{k + 1}", conductors={f"bar-{k + 1}": 1.0}) for k in range(BARS)]
    return Section(
        regions=tuple(regions),
        circuits=tuple(circuits),
        pole_pairs=2,
        poles=1,
        angle=np.pi / 2,
        slots=SLOTS,
        bore=RADII["bore"],
        rotor_outer=RADII["rotor"],
        inner=RADII["inner"],
        outer=RADII["outer"],
        phase_axis=-np.pi / 3,
        rotor_axis=0.0,
    )
