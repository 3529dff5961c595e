"""The library of units and the example of BMW and JLR against figures printed elsewhere.

The figures stand here in the units of their sources, so that what was converted on the way is converted once more.
"""

from __future__ import annotations

from math import exp, pi
from pathlib import Path

import pytest

from coaxle.design.edu import Edu, PartsEdu
from coaxle.design.gearbox import ratio as gear_ratio
from coaxle.project.project import BevEntry, Carline, IceEntry, Project
from coaxle.project.read import read
from coaxle.vehicle.body import Coastdown

PATH = Path(__file__).parents[2] / "examples" / "bmw-jlr" / "alliance.yaml"

POUND, POUND_FORCE, MPH, RPM = 0.45359237, 4.4482216152605, 0.44704, pi / 30

# EPA test car lists 2017 to 2024: equivalent test weight [lb]; road load A [lbf], B [lbf/mph], C [lbf/mph2]; axle
# ratio (None where the list holds a placeholder or an average of two axles); engine or machine speed over road speed
# (N/V) [rpm/mph].
EPA: dict[str, tuple[float, float, float, float, float | None, float]] = {
    "i3s": (3375, 29.0, 0.297, 0.0178, 9.67, 120.9),
    "i4-edrive40": (5000, 33.9, 0.034, 0.01668, None, 142.3),
    "i4-m50": (5250, 42.8, 0.119, 0.01635, None, 119.7),
    "i5-edrive40": (5250, 34.1, 0.196, 0.01546, None, 139.0),
    "ix-xdrive40": (5500, 40.6, 0.166, 0.01934, None, 125.5),
    "ix-xdrive50": (6000, 42.7, 0.171, 0.01946, None, 125.5),
    "ix-m60": (6000, 46.7, 0.155, 0.0208, None, 97.9),
    "i7-xdrive60": (6500, 42.4, 0.204, 0.0171, 9.37, 113.0),
    "cooper-se": (3500, 27.4, 0.431, 0.01495, 8.96, 127.2),
    "spectre": (6500, 42.6, 0.203, 0.01807, None, 97.6),
    "i-pace": (5250, 40.376, 0.36433, 0.022318, 9.04, 105.4),
    "3-series-330i": (4000, 46.0, -0.141, 0.01975, 2.81, 24.0),
    "3-series-m340i": (4250, 50.3, -0.094, 0.01895, 2.81, 24.0),
    "5-series-530i": (4250, 57.1, -0.204, 0.01998, 2.81, 23.5),
    "5-series-540i": (4500, 63.0, -0.391, 0.02504, 2.92, 24.4),
    "5-series-m5": (4750, 71.4, -0.069, 0.02395, 3.15, 25.1),
    "7-series-750i": (5000, 71.3, -0.536, 0.027, 2.81, 22.6),
    "x1-28i": (4000, 44.9, -0.01, 0.02184, 3.2, 27.7),
    "x3-30i": (4500, 55.4, -0.132, 0.02564, 3.38, 26.2),
    "x5-40i": (5250, 65.2, -0.383, 0.03345, 3.38, 25.4),
    "x5-m50i": (5500, 64.6, -0.374, 0.03498, 3.15, 23.6),
    "mini-cooper": (3125, 38.3, -0.097, 0.01973, 3.78, 29.6),
    "mini-cooper-s": (3125, 36.1, -0.076, 0.02071, 3.47, 27.0),
    "mini-countryman-s": (3875, 43.7, -0.141, 0.02392, 3.94, 27.8),
    "cullinan": (6500, 82.9, -0.677, 0.03785, 2.81, 20.1),
    "ghost": (6000, 77.7, -0.738, 0.0331, 2.81, 21.4),
    "f-type-p450": (4250, 49.323, 0.0597, 0.021957, 2.56, 21.9),
    "f-type-r": (4500, 44.962, 0.32562, 0.02067, 2.56, 21.7),
    "f-pace-p250": (4500, 45.835, -0.01748, 0.031211, 3.73, 28.7),
    "f-pace-svr": (5000, 52.55, 0.09656, 0.02822, 3.23, 24.8),
    "f-pace-d200": (4500, 44.7, -0.0034, 0.03088, 3.23, 24.8),
    "xe-p250": (4000, 41.15, 0.31335, 0.015909, 3.42, 30.4),
    "xf-p250": (4250, 36.891, 0.24829, 0.020442, 3.42, 29.2),
    "e-pace-p250": (4500, 35.981, 0.45717, 0.021647, 4.54, 25.9),
    "evoque-p250": (4500, 35.981, 0.45717, 0.021451, 4.54, 26.0),
    "velar-p250": (4750, 51.865, -0.09027, 0.029144, 3.73, 28.7),
    "discovery-sport-p250": (4750, 40.998, 0.49314, 0.02408, 4.54, 26.0),
    "discovery-p360": (5500, 44.717, 0.27583, 0.030817, 3.55, 25.4),
    "defender-p400": (5500, 47.83, 0.40945, 0.034871, 3.55, 24.5),
    "defender-p300": (5250, 51.441, 0.37454, 0.034397, 4.1, 29.5),
    "range-rover-sport-p360": (5500, 48.064, -0.15043, 0.032877, 3.55, 24.7),
    "range-rover-5-0": (6000, 56.92, 0.1154, 0.03279, 3.31, 24.9),
    "range-rover-p530": (6000, 46.948, -0.11133, 0.03423, 3.31, 22.9),
    "range-rover-p400": (6000, 51.621, -0.15043, 0.031689, 3.55, 24.7),
}
# Diesels of which no test is public: the car with the same body that was tested.
SAME_BODY = {
    "3-series-320d": "3-series-330i",
    "5-series-520d": "5-series-530i",
    "x3-20d": "x3-30i",
    "x5-30d": "x5-40i",
    "evoque-d200": "evoque-p250",
    "discovery-d300": "discovery-p360",
    "defender-d250": "defender-p400",
    "range-rover-d350": "range-rover-p400",
}
# Tyres: width [mm], height over width [%], rim [inch]. BMW technical data (330i/318i G20 03/2021 205/60 R16; 530i G30
# 11/2016 225/55 R17; 750i G12 11/2015 245/50 R18; X1 F48 07/2015 225/55 R17; X3 06/2024 225/60 R18; X5 F15 08/2014
# 255/50 R19; i5 03/2025 245/45 R19; i7 245/50 R19, price list 2023).
TYRES = {
    "3-series-330i": (205, 60, 16),
    "5-series-530i": (225, 55, 17),
    "7-series-750i": (245, 50, 18),
    "x1-28i": (225, 55, 17),
    "x3-30i": (225, 60, 18),
    "x5-40i": (255, 50, 19),
    "i5-edrive40": (245, 45, 19),
    "i7-xdrive60": (245, 50, 19),
}
# Bores [mm]: Wikipedia BMW B48, Ingenium; motor1 581168 (N63); handwiki BMW_B57; data sheets of AJ133.
BORES = {
    "b38": 82.0,
    "b48": 82.0,
    "b58": 82.0,
    "n63": 89.0,
    "s63": 89.0,
    "n74": 89.0,
    "b47": 84.0,
    "b57": 84.0,
    "aj200p": 83.0,
    "aj300p": 83.0,
    "aj200d": 83.0,
    "aj300d": 83.0,
    "aj133": 92.5,
}
# Gross and usable energy [kWh] (open-ev-data; FEV data set for the i3).
ENERGIES = {
    "i3-42": (42.2, 37.9),
    "cooper-se-33": (32.6, 28.9),
    "ix3-80": (80.0, 74.0),
    "i4-70": (70.3, 67.1),
    "i4-84": (83.9, 81.3),
    "ix-77": (76.6, 71.0),
    "ix-112": (111.5, 105.2),
    "i7-106": (105.7, 101.7),
    "ipace-90": (90.0, 84.7),
}
# Torque of all machines together [Nm] (open-ev-data; greencarcongress 2021-06-02 for the i4 M50).
TORQUES = {
    "gen5-250-rwd-84": 430,
    "gen5-210-rwd-80": 400,
    "gen5-420-awd-84": 795,
    "gen5-390-awd-77": 630,
    "gen5-420-awd-112": 765,
    "gen5-550-awd-112": 1015,
    "ipace-294-awd-90": 696,
    "cooper-se-135-fwd-33": 270,
}
# Ratio spread as the makers tell it (ZF: 7.05 and 9.84; BMW technical data: 5.250 / 0.640, 5.500 / 0.640).
SPREADS = {"zf-8hp45": 7.05, "zf-8hp70": 7.05, "zf-9hp48": 9.84, "zf-8hp51": 8.20, "zf-8hp76": 8.59, "zf-8hp75": 7.81}


@pytest.fixture(scope="module")
def project() -> Project:
    return read(PATH)


def top_ratio(project: Project, carline: Carline, powertrain: str) -> float:
    """Engine over wheel speed in top gear."""
    entry = project.powertrains[powertrain]
    assert isinstance(entry, IceEntry)
    axle = carline.options[powertrain].axle_ratio
    assert axle is not None
    return axle * project.transmissions[entry.transmission].ratios[-1]


def test_every_car_but_the_ix3_stands_here(project: Project) -> None:
    assert set(project.carlines) == {*EPA, *SAME_BODY, "ix3"}
    assert len(EPA) >= 24


@pytest.mark.parametrize("name", EPA)
def test_mass_and_road_load_are_those_of_the_epa(project: Project, name: str) -> None:
    weight, a, b, c, _, _ = EPA[name]
    body = project.carlines[name].body
    load = body.road_load
    assert isinstance(load, Coastdown)
    assert body.mass == pytest.approx(weight * POUND, abs=0.06)  # written with one decimal
    assert load.f0 == pytest.approx(a * POUND_FORCE, abs=0.006)  # written with two decimals
    assert load.f1 == pytest.approx(b * POUND_FORCE / MPH, abs=1e-4)  # with four
    assert load.f2 == pytest.approx(c * POUND_FORCE / MPH**2, abs=2e-5)  # with five, or four of the list's six digits


@pytest.mark.parametrize("name", SAME_BODY)
def test_a_diesel_has_the_body_of_the_petrol_car(project: Project, name: str) -> None:
    diesel, petrol = project.carlines[name], project.carlines[SAME_BODY[name]]
    assert diesel.body.road_load == petrol.body.road_load
    assert diesel.body.wheel_radius == petrol.body.wheel_radius

    def parts(carline: Carline) -> float:
        entry = project.powertrains[carline.reference]
        assert isinstance(entry, IceEntry)
        return project.engines[entry.engine].mass + project.transmissions[entry.transmission].mass

    change = diesel.body.mass - petrol.body.mass
    assert change == pytest.approx(parts(diesel) - parts(petrol), abs=0.06)  # written with one decimal
    assert 0 < change < 60  # a diesel is heavier, by less than half of its engine


@pytest.mark.parametrize("name", EPA)
def test_engine_speed_over_road_speed_is_that_of_the_epa(project: Project, name: str) -> None:
    *_, axle, speed_over_speed = EPA[name]
    carline = project.carlines[name]
    entry = project.powertrains[carline.reference]
    if isinstance(entry, IceEntry):
        ratio = top_ratio(project, carline, carline.reference)
        assert carline.options[carline.reference].axle_ratio == axle
    else:
        unit = project.edus[entry.rear or entry.front or ""]
        assert isinstance(unit, Edu | PartsEdu)
        ratio = unit.ratio if isinstance(unit, Edu) else gear_ratio(project.gearboxes[unit.gearbox])
        if axle is not None:
            assert ratio == pytest.approx(axle, abs=0.006)  # the list has two decimals
    implied = ratio / carline.body.wheel_radius * MPH / RPM
    # The list rounds N/V to 0.1 (0.25 % at most), the radius is written to 0.1 mm.
    assert implied == pytest.approx(speed_over_speed, rel=0.003)


@pytest.mark.parametrize("name", TYRES)
def test_wheels_have_the_size_of_their_tyres(project: Project, name: str) -> None:
    width, share, rim = TYRES[name]
    diameter = rim * 25.4 + 2 * width * share / 100
    # Rolling circumference is 3.05 diameters for radial tyres (ETRTO). The radius comes from engine over road speed and
    # the gears, so a wrong gear set shows here. The car tested may have had another tyre: 2 %.
    assert project.carlines[name].body.wheel_radius * 1e3 == pytest.approx(3.05 / (2 * pi) * diameter, rel=0.02)


def test_displacement_follows_from_bore_stroke_and_cylinders(project: Project) -> None:
    for name, engine in project.engines.items():
        bore = BORES[name.split("-")[0]] * 1e-3
        swept = engine.cylinders * pi / 4 * bore**2 * engine.stroke
        # Published in cm3, bores and strokes to 0.1 mm: 0.25 % for bore twice and stroke.
        assert swept == pytest.approx(engine.displacement, rel=0.0025), name


@pytest.mark.parametrize("name", ENERGIES)
def test_packs_hold_the_published_energy(project: Project, name: str) -> None:
    gross, usable = ENERGIES[name]
    pack = project.batteries[name]
    assert pack.energy == pytest.approx(gross * 3.6e6, rel=1e-12)
    assert pack.energy * pack.usable == pytest.approx(usable * 3.6e6, abs=0.01 * 3.6e6)  # share written to 0.01 %


def test_packs_share_the_resistance_of_one_cell(project: Project) -> None:
    # 108 in series and two in parallel of a 78 Ah cell: about 106 mOhm at 20 degC, 3.67 V a cell (TUM, VW ID.3).
    voltage = 108 * 3.67
    time = 0.106 * (2 * 78 * 3600 * voltage) / voltage**2
    for pack in project.batteries.values():
        assert pack.resistance_time == pytest.approx(time, rel=0.02)  # the figure is given as "about"


@pytest.mark.parametrize("name", TORQUES)
def test_machines_together_have_the_published_torque(project: Project, name: str) -> None:
    entry = project.powertrains[name]
    assert isinstance(entry, BevEntry)
    units = [project.edus[unit] for unit in (entry.front, entry.rear) if unit]
    assert (
        sum(unit.peak_torque if isinstance(unit, Edu) else unit.torque_limit or 0.0 for unit in units) == TORQUES[name]
    )


@pytest.mark.parametrize("name", SPREADS)
def test_gearboxes_have_the_published_spread(project: Project, name: str) -> None:
    ratios = project.transmissions[name].ratios
    assert ratios[0] / ratios[-1] == pytest.approx(SPREADS[name], rel=0.004)  # ZF's 7.05 is of the pilot series


def test_costs_follow_the_formulas_of_the_teardowns(project: Project) -> None:
    dollars = 1.053  # USD per EUR, mean of 2022
    # EPA OMEGA powertrain_cost_frm, 2022 USD: a turbocharged B48, the pack of the I-PACE.
    litres = 1.998
    engine = 324.71 * litres + 680 + 429 + 212 + 100 + 200
    catalyst = 1.2 * litres * (6.108 + 5.09 + 2.4432 + 0.0322 * (2 * 2331 + 0.11 * 17981))
    installed = engine + 250 + catalyst + 42.269 * litres + 22.213 + 467.55 + 308.68
    assert project.engines["b48-190"].cost == pytest.approx(installed / dollars, abs=6)  # written to 10 EUR
    cells = (128.9 + 1480 / 90**1.164 - 5.278 * 4 * exp(-0.0129 * 4)) * 90
    pack = (cells + 57 * 11 + 249 + 111 + 384) / dollars
    assert project.batteries["ipace-90"].cost == pytest.approx(pack, abs=26)  # written to 50 EUR


def test_volumes_add_up_to_the_deliveries_of_2019(project: Project) -> None:
    # 2520307 cars of the BMW Group, 2168516 of them BMW (ridez.ca, bmwblog 2020-01-10); 161601 Jaguar and 396105 Land
    # Rover (expressandstar 2020-01-10). Volumes are written to 10 or 100 cars.
    def sold(year: int, **wanted: str) -> int:
        cars = project.carlines.values()
        return sum(car.sales[year] for car in cars if all(getattr(car, key) == value for key, value in wanted.items()))

    assert sold(2024, brand="BMW") == pytest.approx(2168516, rel=1e-3)
    assert sold(2024, brand="Jaguar") == pytest.approx(161601, rel=3e-3)
    assert sold(2024, brand="Land Rover") == pytest.approx(396105, rel=1e-3)
    for year in (2024, 2031):
        assert sold(year, partner="bmw") == pytest.approx(2520307, rel=1e-3)
        assert sold(year, partner="jlr") == pytest.approx(161601 + 396105, rel=1e-3)


def test_what_no_source_gives_is_marked(project: Project) -> None:
    for name, carline in project.carlines.items():
        assert {"sales", "needs", "regulated_share"} <= set(carline.assumed), name
    for name, plant in project.plants.items():
        assert not plant.lines or "lines" in plant.assumed, name
    for name, family in project.families.items():
        assert "development" in family.assumed, name
    fictitious = [name for name in (*project.edus, *project.batteries) if name.startswith("jlr-")]
    assert fictitious
    for name in fictitious:
        entry = project.edus.get(name) or project.batteries[name]
        assert entry.source.startswith("fictitious"), name


def test_every_unit_in_use_can_be_made(project: Project) -> None:
    made = {unit for plant in project.plants.values() for line in plant.lines.values() for unit in line.makes}
    for name, entry in project.powertrains.items():
        units = (entry.engine,) if isinstance(entry, IceEntry) else (entry.front, entry.rear)
        assert {unit for unit in units if unit} <= made, name


def test_every_partner_can_build_its_cars_alone(project: Project) -> None:
    """A partner that keeps to itself has a powertrain of its own for every car."""

    def owner(name: str) -> set[str]:
        entry = project.powertrains[name]
        if isinstance(entry, IceEntry):
            return {project.engines[entry.engine].owner}
        return {project.edus[unit].owner for unit in (entry.front, entry.rear) if unit}

    for name, carline in project.carlines.items():
        assert any(owner(option) == {carline.partner} for option in carline.options), name


def test_scenarios_change_what_they_say(project: Project) -> None:
    assert set(project.scenarios) == {
        "no-deal",
        "edus-only",
        "engines-too",
        "one-pool",
        "v8-ends",
        "edu-at-birmingham",
    }
    assert project.rules.sharing == "edus"
    assert read(PATH, "no-deal").rules.sharing == "none"
    ended = read(PATH, "v8-ends")
    assert ended.rules.sharing == "all"
    for name, carline in ended.carlines.items():
        entry = ended.powertrains[carline.reference]
        eight = isinstance(entry, IceEntry) and ended.engines[entry.engine].cylinders == 8
        assert (carline.sales.get(2028) == 0) is (eight and name != "range-rover-5-0"), name
