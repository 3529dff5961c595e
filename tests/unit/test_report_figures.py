"""Each figure shows the numbers it was given."""

from __future__ import annotations

import dataclasses
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import report_cars as cars
from coaxle.errors import UseError
from coaxle.maps import EduMap, Origin
from coaxle.report.contours import contours
from coaxle.report.figures.cash import cash
from coaxle.report.figures.duty import duty
from coaxle.report.figures.fleet import Series, fleet
from coaxle.report.figures.heat import heat
from coaxle.report.figures.map import at_voltage, edu_efficiency, edu_figure, engine_consumption, engine_figure
from coaxle.report.figures.sankey import Flows, flows, sankey
from coaxle.report.figures.scatter import scatter
from coaxle.report.figures.sharing import Stream, sharing
from coaxle.report.figures.strip import NARROW, strip
from coaxle.report.figures.waterfall import Step, Total, waterfall
from coaxle.report.palette import LIGHT_AND_DARK

SVG = "{http://www.w3.org/2000/svg}"
ELECTRIC, COMBUSTION = ("i4-m50", "bev-gen5-awd"), ("rr-v8", "ice-n63")
NASTY = 'a<b & "c" \x00\x1b'


def flow_figure(pair):
    drive = cars.drive(*pair)
    return sankey(drive.trace.name, flows(drive.runs, 0))


def waterfall_figure():
    start = Total(name="alone", parts=(("bmw", "partner-0", 3210.0), ("jlr", "partner-1", 1500.5)))
    steps = [Step(name="development", change=-420.0), Step(name="units", change=31.5)]
    end = Total(name="together", parts=(("bmw", "partner-0", 3000.0), ("jlr", "partner-1", 1322.0)))
    return waterfall("Cost", "MEUR", start, steps, end)


def fleet_figure():
    alone = Series(name="alone", token="partner-0", solid=False, years=(2025, 2026), values=(131.0, 122.5))
    target = Series(name="target", token="target", solid=False, years=(2025, 2026), values=(125.0, 118.0))
    return fleet("BMW", (alone,), target)


def scatter_figure():
    measured = np.array([100.0, 150.0, 200.0, 250.0])
    return scatter(measured * [1.02, 0.9, 1.0, 1.04], measured, ["e", "p", "e", "d"], list("abcd"), "Fuel", "g/km")


FIGURES = {
    "edu": lambda: edu_figure(cars.edu_map("gen5-rear")),
    "edu with duty": lambda: edu_figure(
        cars.edu_map("gen5-rear"), duty(cars.drive(*ELECTRIC).trace, 1, cars.edu_map("gen5-rear"), "rear")
    ),
    "engine": lambda: engine_figure(cars.engine_map("n63")),
    "diesel with duty": lambda: engine_figure(
        cars.engine_map("b47"), duty(cars.drive("320d", "ice-b47").trace, 0, cars.engine_map("b47"))
    ),
    "sankey electric": lambda: flow_figure(ELECTRIC),
    "sankey combustion": lambda: flow_figure(COMBUSTION),
    "waterfall": waterfall_figure,
    "fleet": fleet_figure,
    "cash": lambda: cash(NASTY, "partner-0", (2025, 2026), (100.0, 90.0), (80.0, 95.0)),
    "heat": lambda: heat(NASTY, ("a", NASTY), ("2025", "2026"), np.array([[0.1, 1.0], [np.nan, 1.2]])),
    "scatter": scatter_figure,
    "strip electric": lambda: strip(cars.drive(*ELECTRIC).trace, cars.cycle()),
    "strip combustion": lambda: strip(cars.drive(*COMBUSTION).trace, cars.cycle(), NARROW),
    "sharing": lambda: sharing(
        NASTY,
        [
            Stream(unit="a", maker="partner-0", brand="X", user="partner-0", units=2e5),
            Stream(unit="a", maker="partner-0", brand="Y", user="partner-1", units=7e3),
        ],
    ),
}


def parsed(svg):
    return ET.fromstring(svg)


def rectangles(svg, title=None):
    """Return the rectangles that carry a value, by the title they show."""
    found = {}
    for rect in parsed(svg).iter(f"{SVG}rect"):
        if rect.get("data-value") is not None and (name := rect.findtext(f"{SVG}title")) is not None:
            found[name] = rect
    return found


@pytest.mark.parametrize("name", FIGURES)
def test_is_well_formed_and_described(name):
    """Every figure is XML on its own, has a title and a description, and draws only what it has places for."""
    root = parsed(FIGURES[name]())
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text
    text = ET.tostring(root, encoding="unicode")
    assert not re.search(r"\b(nan|inf)\b", re.sub(r">[^<]*<", "><", text), re.I)
    assert "\x00" not in text


@pytest.mark.parametrize("name", FIGURES)
def test_stays_within_its_frame(name):
    """No shape and no beginning of a text lies outside the drawing."""
    root = parsed(FIGURES[name]())
    _, _, width, height = map(float, root.get("viewBox").split())
    for rect in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(key)) for key in ("x", "y", "width", "height"))
        assert -0.5 <= x <= x + w <= width + 0.5
        assert -0.5 <= y <= y + h <= height + 0.5
    for text in root.iter(f"{SVG}text"):
        room = 5.3 * len(text.text or "")  # a letter of 11 px is at least that wide in the fonts that are asked for
        x, y = float(text.get("x")), float(text.get("y"))
        left = {"start": 0.0, "middle": room / 2, "end": room}[text.get("text-anchor", "start")]
        assert 0 <= y <= height
        assert x - left >= -6, text.text
        assert x - left + room <= width + 12, text.text


@pytest.mark.parametrize("name", FIGURES)
def test_uses_known_colours(name):
    """Each class is a token of the palette, and the attribute beside it is the token's light value."""
    for element in parsed(FIGURES[name]()).iter():
        for word in (element.get("class") or "").split():
            mark, token = word[0], word[2:]
            assert element.get({"f": "fill", "s": "stroke"}[mark]) == LIGHT_AND_DARK[token][0]


@pytest.mark.parametrize("pair", [ELECTRIC, COMBUSTION, ("cooper-se", "bev-mini"), ("320d", "ice-b47")])
def test_flows_close_and_are_the_runs(pair):
    """What enters the drive leaves it; what reaches the wheels leaves them; the ends add up to what was taken."""
    runs = cars.drive(*pair).runs
    f = flows(runs, 0)
    losses = f.unit + f.transmission + f.storage + f.auxiliaries + f.idle
    close = 1e-9 * f.taken  # the bound to which runs themselves close
    assert f.source + f.recovered == pytest.approx(f.wheels + losses, abs=close)
    assert f.wheels == pytest.approx(f.road + f.brake + f.recovered, abs=close)
    assert f.taken == pytest.approx(f.road + f.brake + losses + f.charging, abs=close)
    assert f.source == runs.total("source")[0]
    assert f.wheels == runs.total("wheel_out")[0]
    assert f.taken == (runs.wall.sum() if f.electric else runs.total("source")[0])


@pytest.mark.parametrize("pair", [ELECTRIC, COMBUSTION])
def test_sankey_is_drawn_to_scale(pair):
    """Heights of nodes and ends are their energies, and the ends shown add up to the energy taken."""
    drive = cars.drive(*pair)
    f = flows(drive.runs, 0)
    found = rectangles(flow_figure(pair))
    scale = float(found["into the drive"].get("height")) / (f.source + f.recovered)
    ends = {"tyres and air": f.road, "friction brakes": f.brake, "auxiliaries": f.auxiliaries}
    ends |= {"drive units": f.unit, "battery": f.storage, "charging": f.charging} if f.electric else {"engine": f.unit}
    for name, energy in ends.items():
        assert float(found[name].get("data-value")) == pytest.approx(energy, rel=1e-5)  # six digits are written
        height = float(found[name].get("height"))
        assert height == pytest.approx(max(energy * scale, 1.0), abs=0.11)  # a tenth of a pixel, twice
    shown = sum(float(found[name].get("data-value")) for name in found if name in ends or name == "gearbox and axle")
    assert shown == pytest.approx(f.taken, rel=2e-3)  # an end below 0.05 % of the energy is left out
    told = parsed(flow_figure(pair)).findtext(f"{SVG}desc")
    assert f"tyres and air {f.road / f.distance / 36:.1f} kWh/100km" in told


def test_sankey_does_not_draw_what_runs_backwards():
    """A car that rolled down more than it drove gets words, not bands of negative width."""
    f = Flows(
        wall=0.0, source=-5.0, recovered=9.0, wheels=1.0, road=-8.0, brake=0.0, unit=1.0, transmission=1.0, storage=1.0,
        auxiliaries=0.0, idle=0.0, distance=1e3, electric=True,
    )  # fmt: skip
    drawn = sankey("downhill", f)
    assert "ran backwards" in drawn
    assert not rectangles(drawn)


def test_waterfall_ends_meet():
    """Bars hang where the one before ends; the last step ends where the second total does."""
    root = parsed(waterfall_figure())
    bars = [r for r in root.iter(f"{SVG}rect") if r.get("data-value")]
    values = [float(bar.get("data-value")) for bar in bars]
    assert values == [3210.0, 1500.5, -420.0, 31.5, 3000.0, 1322.0]

    def edges(bar):
        x, w = float(bar.get("x")), float(bar.get("width"))
        return x, x + w

    start_end, down, up, end = edges(bars[1])[1], edges(bars[2]), edges(bars[3]), edges(bars[5])[1]
    near = 0.21  # coordinates are rounded to a tenth, width and place each
    assert down[1] == pytest.approx(start_end, abs=near)
    assert up[0] == pytest.approx(down[0], abs=near)
    assert up[1] == pytest.approx(end, abs=near)
    per_unit = (down[1] - down[0]) / 420.0
    assert up[1] - up[0] == pytest.approx(31.5 * per_unit, abs=near)
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert "4\u202f710" in texts or "4\u202f711" in texts
    assert "\u2212420" in texts


def test_waterfall_says_where_a_cut_axis_starts():
    """Small steps between large totals are told on a cut axis, and said so; large steps begin at zero."""
    small = waterfall_figure()
    assert "the axis starts at" in small
    large = waterfall(
        "Cost", "MEUR", Total(name="a", parts=(("x", "ink", 100.0),)), [Step(name="s", change=-70.0)],
        Total(name="b", parts=(("x", "ink", 30.0),)),
    )  # fmt: skip
    assert "the axis starts at" not in large


def constant(efficiency):
    """Return a unit that loses the same share of the larger power everywhere."""
    speed, torque = np.linspace(0, 200, 41), np.linspace(-1000, 1000, 81)
    power = speed[:, None] * torque
    loss = np.where(power >= 0, power * (1 / efficiency - 1), -power * (1 - efficiency))
    top = np.full((1, 41), 1000.0)
    return EduMap(
        name="constant", voltage=[400.0], speed=speed, torque=torque, loss=loss[None], torque_max=top, torque_min=-top,
        torque_continuous=0.5 * top, mass=80.0, inertia=0.1, cost=None,
        origin=Origin(method="measured", source="made up"),
    )  # fmt: skip


def test_constant_efficiency_is_flat():
    """A unit of one efficiency shows one colour up to it and none beyond."""
    unit = constant(0.905)
    _, torque, efficiency = edu_efficiency(unit)
    speed_nodes = np.linspace(0, 200, efficiency.shape[0])
    works = (speed_nodes[:, None] > 0) & (torque != 0)
    assert np.allclose(efficiency[works], 0.905, rtol=0, atol=1e-9)  # bilinear is exact: losses are bilinear here
    assert np.all(efficiency[~works] == 0)
    regions = [p for p in parsed(edu_figure(unit)).iter(f"{SVG}path") if "f-map-" in (p.get("class") or "")]
    assert len(regions) == 1 + 9  # the envelope, and a region each for 50, 60, 70, 75, 80, 84, 87, 89 and 90 %
    top = [p for p in regions if "f-map-9" in p.get("class")]
    assert len(top) == 1
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", top[0].get("d").split("l")[0])]
    assert len(numbers) == 2


def test_efficiency_stays_within_the_envelope():
    """The mesh of a map ends at its envelope, and no efficiency lies outside 0 to 1."""
    unit = cars.edu_map("gen5-large")
    speed, torque, efficiency = edu_efficiency(unit)
    top = np.interp(speed[:, 0], unit.speed, unit.torque_max[0])
    assert np.allclose(torque.max(axis=1), top)
    assert np.allclose(torque.min(axis=1), -top)
    assert 0 <= efficiency.min() <= efficiency.max() < 1
    assert np.all(np.isfinite(efficiency))


def test_consumption_is_that_of_the_map():
    """On a node of an engine's map the specific consumption is fuel over work."""
    unit = cars.engine_map("b48")
    speed, torque, specific = engine_consumption(unit, across=unit.speed.size)
    i, j = 20, -1  # the wide-open end of a column that lies on a node of speed
    k = int(np.argmin(np.abs(unit.speed - speed[i, j])))
    fuel = np.interp(torque[i, j], unit.torque[np.isfinite(unit.fuel[k])], unit.fuel[k][np.isfinite(unit.fuel[k])])
    reached = unit.torque[np.isfinite(unit.fuel[k])][-1]
    if torque[i, j] <= reached:
        assert specific[i, j] == pytest.approx(3.6e9 * fuel / (speed[i, j] * torque[i, j]), rel=1e-9)
    middle = specific.shape[1] // 2
    fuel = np.interp(torque[i, middle], unit.torque, unit.fuel[k])
    assert specific[i, middle] == pytest.approx(3.6e9 * fuel / (speed[i, middle] * torque[i, middle]), rel=1e-9)


def test_contours_enclose_the_right_area():
    """The region above a level of a cone is a disc."""
    x, y = np.meshgrid(np.linspace(-100, 100, 81), np.linspace(-100, 100, 81), indexing="ij")
    cone = np.hypot(x, y)
    for drawn in (
        contours(x, y, 100 - cone, (40.0, 70.0), rising=True),
        contours(x, y, cone, (60.0, 30.0), rising=False),
    ):
        for radius, rings in zip((60.0, 30.0), drawn.rings, strict=True):
            area = sum(0.5 * float(np.sum(r[:-1, 0] * r[1:, 1] - r[1:, 0] * r[:-1, 1])) for r in rings)
            assert abs(area) == pytest.approx(np.pi * radius**2, rel=0.02)  # chords of the mesh and 0.25 px


@pytest.mark.parametrize("pair", [ELECTRIC, COMBUSTION])
def test_duty_is_the_whole_energy(pair):
    """Shares of the points add up to 1, their energy is that of the trace, and none lies off its map."""
    trace = cars.drive(*pair).trace
    machine = cars.edu_map(trace.units[0]) if trace.units[0] in cars.EDUS else cars.engine_map(trace.units[0])
    found = duty(trace, 0, machine)
    assert found.share.sum() == pytest.approx(1.0, rel=1e-12)
    step = np.diff(trace.time)
    if trace.units[0] in cars.EDUS:
        energy = float(np.sum(np.abs(trace.unit_speed[:, 0] * trace.unit_torque[:, 0]) * step))
    else:
        energy = float(np.sum(trace.source_power * step))
    assert found.energy == pytest.approx(energy, rel=1e-12)
    assert found.speed.max() <= machine.speed[-1]
    assert found.speed.size < 400


def test_a_map_says_where_the_points_come_from():
    """The description names the car and the cycle; the energy that the points stand for is told."""
    trace = cars.drive(*ELECTRIC).trace
    unit = cars.edu_map("gen5-rear")
    points = duty(trace, 1, unit, "rear")
    drawn = edu_figure(unit, points)
    assert "i4-m50 / bev-gen5-awd on SYNTHETIC" in drawn
    assert f"area: shaft energy, {points.energy / 3.6e6:.2f} kWh" in drawn
    assert "rear gen5-rear: efficiency" in drawn


def test_heat_shows_each_share():
    """Each finite share is a cell with its number; what is full is told apart by more than colour."""
    root = parsed(heat("t", ("a", "b"), ("2025", "2026"), np.array([[0.1, 1.0], [np.nan, 0.994]])))
    cells = [r for r in root.iter(f"{SVG}rect") if r.get("data-value")]
    assert [float(c.get("data-value")) for c in cells] == [0.1, 1.0, 0.994]
    bold = [t.text for t in root.iter(f"{SVG}text") if t.get("font-weight") and t.text in ("10", "100", "99")]
    assert bold == ["100"]


def test_cash_saving_is_the_difference():
    """The lower bars are alone minus together, year by year."""
    root = parsed(cash("p", "partner-0", (2025, 2026), (100.0, 90.0), (80.0, 95.0)))
    values = [float(r.get("data-value")) for r in root.iter(f"{SVG}rect") if r.get("data-value")]
    assert values == [100.0, 80.0, 90.0, 95.0, 20.0, -5.0]


def test_fleet_tells_every_value():
    """Values of all years are in the description, and the axis holds them."""
    told = parsed(fleet_figure()).findtext(f"{SVG}desc")
    for word in ("2025: 131.0", "2026: 122.5", "2025: 125.0", "2026: 118.0"):
        assert word in told


def test_scatter_counts_what_is_within_the_band():
    """Three of four cases lie within 5 %; the worst is named with its error."""
    drawn = scatter_figure()
    assert "75\u202f% of them within 5\u202f%" in drawn
    assert "b: measured 150, predicted 135 g/km (\u221210.0 %)" in drawn


@pytest.mark.parametrize(
    ("predicted", "measured", "names"),
    [([1.0], [1.0, 2.0], ["a"]), ([np.nan], [1.0], ["a"]), ([1.0], [0.0], ["a"]), ([], [], [])],
)
def test_scatter_refuses_what_it_cannot_draw(predicted, measured, names):
    """Unequal lengths, figures that are not there, nothing at all."""
    with pytest.raises(UseError, match="scatter"):
        scatter(np.array(predicted), np.array(measured), names, names, "t", "u")


def test_sharing_widths_are_units():
    """Nodes carry the sums of their streams; what crosses is told."""
    drawn = FIGURES["sharing"]()
    found = rectangles(drawn)
    assert {name: float(r.get("data-value")) for name, r in found.items()} == {
        "a": 207000.0,
        "X": 200000.0,
        "Y": 7000.0,
    }
    assert float(found["a"].get("height")) == pytest.approx(207 / 7 * float(found["Y"].get("height")), rel=0.02)
    assert "7\u202f000 of them made by one partner for the other" in drawn


def test_a_map_is_shown_at_the_voltage_asked_for():
    """Between two voltages of a map their mean is drawn, the middle where none is asked for; one alone is not told."""
    unit = constant(0.9)
    top = np.array([[600.0], [800.0], [1000.0]]) * np.ones((1, 41))
    loss = np.repeat(unit.loss, 3, axis=0)
    loss = np.where(np.abs(unit.torque) <= top[:, :, None], loss, np.nan)
    several = dataclasses.replace(
        unit, voltage=[300.0, 400.0, 500.0], loss=loss, torque_max=top, torque_min=-top, torque_continuous=0.5 * top
    )
    assert "efficiency at 400 V" in edu_figure(several)
    assert "efficiency at 312 V" in edu_figure(several, voltage=312.0)
    assert edu_efficiency(at_voltage(several, 350.0))[1].max() == pytest.approx(700.0)
    assert edu_efficiency(at_voltage(several, 350.0))[2] == pytest.approx(edu_efficiency(several)[2], abs=0.02)
    assert edu_efficiency(at_voltage(several, 100.0))[1].max() == 600.0
    assert " V [%]" not in edu_figure(unit)
