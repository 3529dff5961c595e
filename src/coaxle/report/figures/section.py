"""A machine's cross-section: its parts, and its field at an operating point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from coaxle.design.machine.drawing import Polygon, polygons
from coaxle.design.machine.section import Section, SectorMesh
from coaxle.numerics.arrays import Array, Ints
from coaxle.report.axes import TICK
from coaxle.report.contours import simplified
from coaxle.report.figures.heights import legend, legend_lines
from coaxle.report.numerals import fixed
from coaxle.report.palette import MAP_STEPS
from coaxle.report.svg import Drawing, Paint, Type, joined, way

SIZE = 560.0
"""Width of a cross-section [px]."""
LINES = 22
"""Field lines from the least to the largest potential."""
STEP = 0.2
"""Of the flux density between two colours [T]; the last colour stands for all above."""
STEEL = Paint(fill="rule", stroke="muted", width=0.5)
PAINTS = {
    "stator": STEEL,
    "rotor": Paint(fill="raised", stroke="muted", width=0.5),
    "shaft": Paint(fill="road", stroke="muted", width=0.5, opacity=0.7),
    "phase a": Paint(fill="partner-0", stroke="ground", width=0.4),
    "phase b": Paint(fill="partner-1", stroke="ground", width=0.4),
    "phase c": Paint(fill="partner-2", stroke="ground", width=0.4),
    "field winding": Paint(fill="transmission", stroke="ground", width=0.4),
    "cage": Paint(fill="transmission", stroke="ground", width=0.4),
    "magnets": Paint(fill="storage", stroke="ground", width=0.4),
    "air": Paint(fill="ground"),
}
SATURATED = "heat-5"


def section_figure(name: str, section: Section, words: str) -> str:
    """Return the whole cross-section, parts coloured; ``words`` are its dimensions."""
    shapes: dict[str, list[Array]] = defaultdict(list)
    order = [(_meaning(polygon), polygon.outline) for polygon in polygons(section, whole=True)]
    there = {meaning for meaning, _ in order}
    found = [meaning for meaning in PAINTS if meaning in there and meaning != "air"]
    lines = legend_lines(found, 8, SIZE)
    drawing = Drawing(
        SIZE,
        SIZE + 34 + 18 + 15 * lines,
        f"Cross-section of {name}",
        f"The whole machine seen along its shaft: {', '.join(found)}. {words}",
    )
    drawing.text((4, 16), f"{name}: cross-section", Type(size=12.5, bold=True))
    drawing.text((SIZE - 4, 16), words, Type(size=11.0, token="muted", anchor="end"))
    scale = (SIZE / 2 - 6) / section.outer
    centre = np.array([SIZE / 2, SIZE / 2 + 28])
    last = ""
    for meaning, outline in order:
        if meaning != last and last:
            drawing.path(joined(shapes.pop(last)), PAINTS[last])
        shapes[meaning].append(centre + outline * [scale, -scale])
        last = meaning
    if last:
        drawing.path(joined(shapes.pop(last)), PAINTS[last])
    legend(drawing, [(meaning, PAINTS[meaning]) for meaning in found], (8, SIZE + 48), SIZE)
    return drawing.svg()


def field_figure(name: str, mesh: SectorMesh, potential: Array, density: Array, words: str) -> str:
    """Return field lines upon flux density over one pole pair, or a whole sector where it is more.

    Parameters
    ----------
    name : str
        Of the machine.
    mesh : SectorMesh
        At rotor step 0.
    potential : (N,)
        A at its nodes [Wb/m].
    density : (M,)
        Amount of the flux density in its triangles [T].
    words : str
        The operating point.

    """
    section = mesh.section
    copies = max(1, 2 // section.poles)
    span = copies * section.angle
    turn = pi / 2 - span / 2
    box = _bounds(section, span)
    scale = SIZE / (box[1] - box[0])
    top = 46.0
    tall = scale * (box[3] - box[2])
    drawing = Drawing(
        SIZE,
        top + tall + 50,
        f"Field of {name}",
        f"Lines of the magnetic field and amount of its flux density over one pole pair at {words}.",
    )
    drawing.text((4, 16), f"{name}: field at {words}", Type(size=12.5, bold=True))
    drawing.text((4, 33), "lines of equal vector potential; colours: flux density [T]", TICK)

    def pixels(points: Array, copy: int) -> Array:
        angle = turn + copy * section.angle
        x = cos(angle) * points[:, 0] - sin(angle) * points[:, 1]
        y = sin(angle) * points[:, 0] + cos(angle) * points[:, 1]
        return np.column_stack([(x - box[0]) * scale, top + (box[3] - y) * scale])

    for step in range(MAP_STEPS + 1):
        rings = borders(mesh.triangles, density >= step * STEP if step else np.ones(len(density), dtype=bool))
        drawn = [simplified(pixels(mesh.nodes[ring], copy), 0.2) for copy in range(copies) for ring in rings]
        if drawn:
            drawing.path(joined(drawn), Paint(fill=SATURATED if step == MAP_STEPS else f"map-{step}"))
    edges = [pixels(region.outline, copy) for copy in range(copies) for region in section.regions]
    drawing.path(joined(edges), Paint(stroke="muted", width=0.6))
    largest = float(np.max(np.abs(potential)))
    levels = (np.arange(LINES) + 0.5) / LINES * 2 * largest - largest
    triangles = np.concatenate([mesh.triangles, band(mesh)])
    paths = [
        way(simplified(pixels(line, copy), 0.2), closed=False)
        for level in levels
        for line in level_lines(mesh.nodes, triangles, potential, float(level))
        for copy in range(copies)
    ]
    drawing.path("".join(paths), Paint(stroke="ink", width=0.9))
    _scale(drawing, top + tall + 14)
    return drawing.svg()


def band(mesh: SectorMesh) -> Ints:
    """Return triangles (n, 3) that close the gap between the two rings at rotor step 0."""
    inner, outer = mesh.rotor_ring, mesh.stator_ring
    first = np.column_stack([inner[:-1], outer[:-1], outer[1:]])
    second = np.column_stack([inner[:-1], outer[1:], inner[1:]])
    return np.asarray(np.concatenate([first, second]), dtype=np.int32)


def borders(triangles: Ints, chosen: NDArray[np.bool_]) -> list[Ints]:
    """Return the closed rings of nodes around the ``chosen`` (M,) triangles, holes among them."""
    picked = triangles[chosen]
    if not len(picked):
        return []
    edges = np.concatenate([picked[:, [0, 1]], picked[:, [1, 2]], picked[:, [2, 0]]]).astype(np.int64)
    count = int(triangles.max()) + 1
    forward, back = edges[:, 0] * count + edges[:, 1], edges[:, 1] * count + edges[:, 0]
    outside = edges[~np.isin(forward, back)]
    following: dict[int, list[int]] = defaultdict(list)
    for start, end in outside.tolist():
        following[start].append(end)
    rings = []
    for start in outside[:, 0].tolist():
        while following[start]:
            ring, at = [start], following[start].pop()
            while at != start:
                ring.append(at)
                at = following[at].pop()
            rings.append(np.array([*ring, start], dtype=np.int32))
    return rings


def level_lines(nodes: Array, triangles: Ints, height: Array, level: float) -> list[Array]:
    """Return the lines, each (n, 2), along which a height linear in every triangle equals ``level``.

    Parameters
    ----------
    nodes : (N, 2)
        Coordinates.
    triangles : (M, 3)
        Numbers of nodes.
    height : (N,)
        At the nodes; one that equals ``level`` counts as above it.

    """
    above = height[triangles] >= level
    cut = above.any(axis=1) & ~above.all(axis=1)
    corner, high = triangles[cut], above[cut]
    rows = np.arange(len(corner))
    alone = np.where(high.sum(axis=1)[:, None] == 1, high, ~high).argmax(axis=1)
    tip = corner[rows, alone]
    ends = [np.column_stack([tip, corner[rows, (alone + k) % 3]]) for k in (1, 2)]
    keys = [np.sort(end, axis=1) for end in ends]
    neighbours: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for one, other in zip(keys[0].tolist(), keys[1].tolist(), strict=True):
        neighbours[tuple(one)].append(tuple(other))
        neighbours[tuple(other)].append(tuple(one))
    return [_points(nodes, height, level, chain) for chain in _chains(neighbours)]


def _chains(neighbours: dict[tuple[int, int], list[tuple[int, int]]]) -> Iterable[list[tuple[int, int]]]:
    """Yield the chains of cut edges: open ones from an end, closed ones from anywhere."""
    seen: set[tuple[int, int]] = set()
    for start in [*(key for key, near in neighbours.items() if len(near) == 1), *neighbours]:
        if start in seen:
            continue
        chain, at = [start], start
        seen.add(start)
        while True:
            onward = [key for key in neighbours[at] if key not in seen]
            if not onward:
                break
            at = onward[0]
            seen.add(at)
            chain.append(at)
        if len(chain) > 2 and start in neighbours[at]:
            chain.append(start)
        if len(chain) > 1:
            yield chain


def _points(nodes: Array, height: Array, level: float, chain: Sequence[tuple[int, int]]) -> Array:
    edges = np.array(chain)
    low, high = height[edges[:, 0]], height[edges[:, 1]]
    share = ((level - low) / (high - low))[:, None]
    return np.asarray((1 - share) * nodes[edges[:, 0]] + share * nodes[edges[:, 1]])


def _bounds(section: Section, span: float) -> tuple[float, float, float, float]:
    """Return least and largest x, least and largest y [m] of a span around the y axis."""
    half = min(span / 2, pi)
    wide = section.outer * (sin(half) if half < pi / 2 else 1.0)
    low = section.inner * cos(half) if half < pi / 2 else section.outer * cos(half)
    margin = 0.01 * section.outer
    return -wide - margin, wide + margin, low - margin, section.outer + margin


def _scale(drawing: Drawing, y: float) -> None:
    width = 40.0
    left = (SIZE - width * (MAP_STEPS + 1)) / 2
    for step in range(MAP_STEPS + 1):
        token = SATURATED if step == MAP_STEPS else f"map-{step}"
        drawing.rectangle((left + step * width, y), (width, 11), Paint(fill=token, stroke="rule", width=0.5))
        drawing.text(
            (left + step * width, y + 24), fixed(step * STEP, 1), Type(size=10.5, token="muted", anchor="middle")
        )
    drawing.text((left + (MAP_STEPS + 1) * width + 6, y + 10), "T", TICK)


def _meaning(polygon: Polygon) -> str:
    if polygon.circuit in ("a", "b", "c"):
        return f"phase {polygon.circuit}"
    if polygon.circuit == "field" or polygon.part == "field-coil":
        return "field winding"
    return {
        "stator-yoke": "stator",
        "stator-tooth": "stator",
        "rotor-iron": "rotor",
        "rotor-pole-shoe": "rotor",
        "magnet": "magnets",
        "bar": "cage",
        "shaft": "shaft",
    }.get(polygon.part, "air")
