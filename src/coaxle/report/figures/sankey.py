"""Where the energy of one car on one cycle went, from the wall or the tank to the road."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from coaxle.report.numerals import fixed, percent
from coaxle.report.svg import Drawing, Paint, Type, band, number
from coaxle.vehicle.runs import ENERGIES, Runs

KWH_PER_100KM = 3.6e6 / 1e5
WIDTH = 460.0
NODE = 9.0
FULL = 116.0
"""Height of all that enters the drive [px]."""
ABOVE = 48.0
"""Above the band that runs back from the wheels to the drive [px]."""
WALL_X, DRIVE_X, WHEELS_X, END_X = 8.0, 118.0, 234.0, 318.0
PITCH = 29.0
"""Least distance between the labels of two ends [px]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Energies of one run over a whole cycle [J], all >= 0.

    What enters the drive, ``source`` + ``recovered``, leaves it as ``wheels`` and the losses; what reaches the wheels
    leaves them as ``road`` (tyres and air), ``brake`` and ``recovered``. ``wall`` is 0 for combustion; the rest of it
    beside ``source`` was lost in charging.
    """

    wall: float
    source: float
    recovered: float
    wheels: float
    road: float
    brake: float
    unit: float
    transmission: float
    storage: float
    auxiliaries: float
    idle: float
    distance: float
    electric: bool

    @property
    def charging(self) -> float:
        """Energy lost between the wall and the battery [J]."""
        return self.wall - self.source if self.electric else 0.0

    @property
    def taken(self) -> float:
        """What the car took in: from the wall, or in fuel [J]."""
        return self.wall if self.electric else self.source

    @property
    def can_be_drawn(self) -> bool:
        """Whether every flow runs the way it is drawn: not so where a car rolled down more than it drove."""
        small = -1e-9 * max(abs(self.taken), self.wheels, 1.0)
        flows = (self.charging, self.recovered, self.road, self.brake, self.unit, self.transmission)
        return self.source > 0 and min(*flows, self.storage, self.auxiliaries, self.idle) >= small


def flows(runs: Runs, row: int) -> Flows:
    """Return where the energy of ``row`` went; see :class:`Flows`."""
    e = {name: float(runs.total(name)[row]) for name in ENERGIES}
    back = -e["wheel_in"]
    return Flows(
        wall=float(runs.wall[row].sum()),
        source=e["source"],
        recovered=back - e["brake"],
        wheels=e["wheel_out"],
        road=e["wheel_out"] - back,
        brake=e["brake"],
        unit=e["unit"],
        transmission=e["transmission"],
        storage=e["storage"],
        auxiliaries=e["auxiliaries"],
        idle=e["idle"],
        distance=float(runs.distance[row].sum()),
        electric=not isnan(float(runs.soc_end[row])),
    )


def sankey(name: str, f: Flows) -> str:
    """Return the flows as bands whose widths are their energies; ``name`` tells the car and the cycle."""
    scale = FULL / (f.source + f.recovered) if f.can_be_drawn else 0.0
    top = ABOVE + max(f.recovered * scale, 2.0)
    ends = _ends(f, top, scale)
    height = max(end.y + max(end.height, end.height / 2 + PITCH / 2) for end in ends) + 12
    drawing = Drawing(
        WIDTH,
        max(height, 220.0),
        f"Energy flow of {name}",
        "; ".join(f"{end.word} {fixed(_told(end.energy, f), 1)} kWh/100km" for end in ends) + ".",
    )
    drawing.text((4, 16), "Where the energy goes [kWh/100km]", Type(size=12.5, bold=True))
    if not f.can_be_drawn:
        drawing.text((4, 60), "Not drawn: on this cycle energy ran backwards in a place.", Type(token="muted"))
        return drawing.svg()
    _draw_drive(drawing, f, top, scale)
    _draw_ends(drawing, f, ends, top, scale)
    return drawing.svg()


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """Where a flow ends: its name, token, energy [J], upper edge and height [px]."""

    word: str
    token: str
    energy: float
    y: float
    height: float


def _losses(f: Flows) -> list[tuple[str, str, float]]:
    """Return name, token and energy of what the drive loses, without what it does not have."""
    unit = "drive units" if f.electric else "engine"
    every = [
        ("gearbox and axle", "transmission", f.transmission),
        (unit, "unit", f.unit),
        ("battery", "storage", f.storage),
        ("auxiliaries", "auxiliaries", f.auxiliaries),
        ("idling", "idle", f.idle),
    ]
    return [(word, token, energy) for word, token, energy in every if energy > 5e-4 * f.taken]


def _ends(f: Flows, top: float, scale: float) -> list[_End]:
    """Return the ends of all flows, from top to bottom, far enough apart to be named."""
    charging = [("charging", "charging", f.charging)] if f.electric else []
    every = [("tyres and air", "road", f.road), ("friction brakes", "brake", f.brake), *_losses(f), *charging]
    placed: list[_End] = []
    for word, token, energy in every:
        y, height = top + f.recovered * scale, energy * scale
        if placed:
            last = placed[-1]
            y = max(last.y + last.height + 9, last.y + last.height / 2 + PITCH - height / 2)
        placed.append(_End(word=word, token=token, energy=energy, y=y, height=height))
    return placed


def _draw_drive(drawing: Drawing, f: Flows, top: float, scale: float) -> None:
    """Draw source, drive, wheels and what the wheels give back."""
    back, source, wheels = f.recovered * scale, f.source * scale, f.wheels * scale
    if f.electric:
        drawing.rectangle((WALL_X, top + back), (NODE, f.wall * scale), Paint(fill="source"), "wall", _value(f.wall))
        start, word = WALL_X + NODE, "from the wall"
    else:
        start, word = WALL_X, "fuel"
    drawing.path(band((start, top + back), (DRIVE_X, top + back), source), Paint(fill="source", opacity=0.35))
    middle = top + back + source / 2
    drawing.text((start + 6, middle - 4), word, Type(size=11.5))
    drawing.text((start + 6, middle + 12), _words(f.taken, f), Type(size=12, bold=True))
    total = _value(f.source + f.recovered)
    drawing.rectangle((DRIVE_X, top), (NODE, source + back), Paint(fill="ink"), "into the drive", total)
    drawing.path(band((DRIVE_X + NODE, top), (WHEELS_X, top), wheels), Paint(fill="source", opacity=0.35))
    drawing.rectangle((WHEELS_X, top), (NODE, wheels), Paint(fill="ink"), "at the wheels", _value(f.wheels))
    at = (DRIVE_X + NODE + 6, top + max(wheels / 2, 6.0) + 4)
    drawing.text(at, f"wheels {fixed(_told(f.wheels, f), 1)}", Type(size=11.5, halo=wheels < 16))
    if back > 0.25:
        drawing.path(_loop(top, back), Paint(fill="recovered", opacity=0.7), "recovered", _value(f.recovered))
        word = "recovered" if f.electric else "engine braking"
        said = f"{word} {fixed(_told(f.recovered, f), 1)}"
        drawing.text((DRIVE_X + NODE + 6, top - back - 15), said, Type(size=11.5))


def _draw_ends(drawing: Drawing, f: Flows, ends: list[_End], top: float, scale: float) -> None:
    at_wheels, at_drive = top + f.recovered * scale, top + f.wheels * scale
    at_wall = top + (f.recovered + f.source) * scale
    for end in ends:
        if end.token in ("road", "brake"):
            start, at_wheels = (WHEELS_X + NODE, at_wheels), at_wheels + end.height
        elif end.token == "charging":
            start = (WALL_X + NODE, at_wall)
        else:
            start, at_drive = (DRIVE_X + NODE, at_drive), at_drive + end.height
        drawing.path(band(start, (END_X, end.y), end.height), Paint(fill=end.token, opacity=0.5))
        size = (NODE, max(end.height, 1.0))
        drawing.rectangle((END_X, end.y), size, Paint(fill=end.token), end.word, _value(end.energy))
        middle = end.y + end.height / 2
        drawing.text((END_X + NODE + 5, middle - 1), end.word, Type(size=11.5))
        drawing.text((END_X + NODE + 5, middle + 12.5), _words(end.energy, f), Type(size=11.5, token="muted"))


def _loop(top: float, width: float) -> str:
    """Return the band that leaves the wheels at the right, runs back over the top and enters the drive at the left."""
    inner, outer = 5.0, 5.0 + width
    right, left, y = WHEELS_X + NODE, DRIVE_X, top
    return (
        f"M{number(right)} {number(y)}h6a{number(inner)} {number(inner)} 0 0 0 0 {number(-2 * inner)}"
        f"H{number(left - 6)}a{number(inner)} {number(inner)} 0 0 0 0 {number(2 * inner)}h6v{number(width)}h-6"
        f"a{number(outer)} {number(outer)} 0 0 1 0 {number(-2 * outer)}H{number(right + 6)}"
        f"a{number(outer)} {number(outer)} 0 0 1 0 {number(2 * outer)}h-6z"
    )


def _told(energy: float, f: Flows) -> float:
    return energy / f.distance / KWH_PER_100KM


def _words(energy: float, f: Flows) -> str:
    return f"{fixed(_told(energy, f), 1)}  ({percent(energy / f.taken, 0 if energy > 0.095 * f.taken else 1)})"


def _value(energy: float) -> str:
    return f"{energy:.6g}"
