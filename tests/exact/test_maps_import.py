"""Imported maps against functions whose values are known everywhere."""

import numpy as np
import openpyxl
import pytest
import scipy.io

from coaxle.maps import Fuel
from coaxle.maps.facts import BatteryFacts, Bridging, EduFacts, EngineFacts, Gear, MapGrid
from coaxle.maps.measured import import_battery, import_edu, import_engine
from coaxle.maps.tables import MeasuredTable
from coaxle.numerics.grid import bilinear

RPM = np.pi / 30
FACTS = EduFacts(name="unit", mass=90, inertia=2, cost=None, source="bench", voltage=350, continuous_power=60e3)
PETROL = Fuel(kind="petrol", heating_value=43e6, density=745, co2=3.1, source="x")
ENGINE = EngineFacts(
    name="four",
    fuel_kind=PETROL,
    idle_speed=900 * RPM,
    displacement=2e-3,
    cold_friction=1.3,
    warm_up_energy=5e6,
    inertia=0.15,
    mass=130,
    cost=None,
    source="bench",
)


def peak(speed):
    """Return the envelope of a drive unit [Nm]: constant torque, then constant power."""
    return np.minimum(300.0, 90e3 / np.maximum(speed, 1e-9))


def rows(loss, speeds=13, torques=15, voltages=(None,)):
    """Return a long table in rpm, Nm, W: at each speed its own torques, up to the envelope."""
    speed = np.linspace(0, 1200, speeds)
    found = []
    for voltage in voltages:
        for w in speed:
            for t in np.linspace(-peak(w), peak(w), torques):
                figures = [w / RPM, t, loss(w, t) if voltage is None else loss(w, t) * 400 / voltage]
                found.append(figures + ([] if voltage is None else [voltage]))
    return np.array(found)


def csv(folder, table, heading="speed [rpm],torque [Nm],loss [W]", name="table.csv"):
    path = folder / name
    path.write_text(heading + "\n" + "\n".join(",".join(map(repr, row)) for row in table.tolist()) + "\n")
    return MeasuredTable(path=path)


def plane(w, t):
    return 1500 + 1.2 * w + 3.0 * t


def parabola(w, t):
    return 300 + 2e-3 * w**2 + 0.05 * t**2


def inside(made, k=0):
    return (made.torque <= made.torque_max[k][:, None]) & (made.torque >= made.torque_min[k][:, None])


def test_a_plane_is_met_at_every_node_and_up_to_the_envelope(tmp_path):
    made = import_edu(csv(tmp_path, rows(plane)), FACTS, grid=MapGrid(speeds=41, torques=52))
    where = inside(made)
    expected = plane(made.speed[:, None], made.torque[None, :])
    assert made.loss[0][where] == pytest.approx(expected[where], rel=1e-9)
    assert np.any(made.torque == 0)
    assert made.speed[-1] == pytest.approx(1200)
    # anywhere inside, between nodes too: each cell that the envelope cuts has figures at all its corners
    generator = np.random.default_rng(1)
    w = generator.uniform(0, 1200, 4000)
    share = generator.uniform(-1, 1, 4000)
    t = share * np.interp(w, made.speed, made.torque_max[0])
    assert bilinear(made.speed, made.torque, made.loss[0], w, t) == pytest.approx(plane(w, t), rel=1e-9)
    assert np.isnan(made.loss[0, -1, 0])  # and far outside there are none


def test_the_error_of_a_parabola_falls_with_the_square_of_the_step(tmp_path):
    errors = []
    for k in (1, 2, 4):
        table = csv(tmp_path, rows(parabola, 12 * k + 1, 14 * k + 1))
        made = import_edu(table, FACTS, grid=MapGrid(speeds=49, torques=57))
        where = inside(made)
        apart = made.loss[0] - parabola(made.speed[:, None], made.torque[None, :])
        errors.append(np.sqrt(np.mean(apart[where] ** 2)))
    assert errors[0] / errors[1] > 3  # 4 where the triangles were even
    assert errors[1] / errors[2] > 3


def test_the_envelope_joins_the_outermost_torques(tmp_path):
    made = import_edu(csv(tmp_path, rows(plane)), FACTS, grid=MapGrid(speeds=13, torques=40))
    assert made.torque_max[0] == pytest.approx(peak(made.speed))
    assert made.torque_min[0] == pytest.approx(-peak(made.speed))
    wanted = np.minimum(peak(made.speed), 60e3 / np.maximum(made.speed, 1e-9))
    assert made.torque_continuous[0] == pytest.approx(wanted)
    assert made.origin.method == "measured"


def test_electric_power_is_loss_and_mechanical_power(tmp_path):
    table = rows(plane)
    by_loss = import_edu(csv(tmp_path, table), FACTS)
    table[:, 2] = (table[:, 2] + table[:, 0] * RPM * table[:, 1]) / 1e3
    by_power = import_edu(csv(tmp_path, table, "speed [rpm],torque [Nm],electric power [kW]"), FACTS)
    assert by_power.loss == pytest.approx(by_loss.loss, rel=1e-9, nan_ok=True)


def test_matrix_excel_and_matlab_say_the_same_as_a_long_table(tmp_path):
    speeds, torques = np.linspace(0, 9000, 10), np.linspace(-120, 120, 13)
    grid = np.meshgrid(speeds, torques, indexing="ij")
    outside = np.abs(grid[1]) > np.where(grid[0] > 5500, 65.0, 125.0)
    loss = np.where(outside, np.nan, parabola(grid[0] * RPM, grid[1]))
    long = np.column_stack([grid[0][~outside], grid[1][~outside], loss[~outside]])
    wanted = import_edu(csv(tmp_path, long), FACTS)

    lines = [["loss [W] / torque [Nm] / speed [rpm]", *speeds]]
    lines += [[t, *("" if np.isnan(x) else x for x in loss[:, j])] for j, t in enumerate(torques)]
    text = "\n".join(",".join(str(cell) for cell in line) for line in lines)
    (tmp_path / "matrix.csv").write_text(text)
    turned = [["loss [W] \\ speed [rpm] \\ torque [Nm]", *torques]]
    turned += [[s, *(None if np.isnan(x) else float(x) for x in loss[i])] for i, s in enumerate(speeds)]
    book = openpyxl.Workbook()
    for line in turned:
        book.active.append([float(cell) if isinstance(cell, float) else cell for cell in line])
    book.create_sheet("notes")
    book.save(tmp_path / "matrix.xlsx")
    scipy.io.savemat(tmp_path / "full.mat", {"map": {"n": grid[0], "T": grid[1], "P": loss}})
    scipy.io.savemat(tmp_path / "axes.mat", {"n": speeds, "T": torques, "P": loss.T / 1e3})
    names = {"speed [rpm]": "map.n", "torque [Nm]": "map.T", "loss [W]": "map.P"}
    bare = {"speed [rpm]": "n", "torque [Nm]": "T", "loss [kW]": "P"}
    for table in (
        MeasuredTable(path=tmp_path / "matrix.csv"),
        MeasuredTable(path=tmp_path / "matrix.xlsx", sheet="Sheet"),
        MeasuredTable(path=tmp_path / "full.mat", variables=names),
        MeasuredTable(path=tmp_path / "axes.mat", variables=bare),
    ):
        made = import_edu(table, FACTS)
        # which diagonal a square of the grid is cut along is not settled: it may move a figure by its curvature
        assert made.loss == pytest.approx(wanted.loss, rel=0.02, nan_ok=True), table
        assert np.array_equal(made.torque_max, wanted.torque_max)


def test_gears_lose_and_keep_the_electric_power(tmp_path):
    gear = Gear(ratio=10, mesh=0.02, drag=0.5)
    straight = import_edu(csv(tmp_path, rows(plane)), FACTS, grid=MapGrid(speeds=31, torques=61))
    geared = import_edu(csv(tmp_path, rows(plane)), FACTS, gear=gear, grid=MapGrid(speeds=31, torques=61))
    for w, t in ((100.0, 200.0), (700.0, -80.0), (300.0, 20.0)):
        behind = 10 * (t - 0.02 * abs(t) - 0.5)
        there = bilinear(geared.speed, geared.torque, geared.loss[0], w / 10, behind)
        here = bilinear(straight.speed, straight.torque, straight.loss[0], w, t)
        # what the meshes lose, 0.02 w t, is met by plane triangles over 100 rad/s and 300/7 Nm within 0.02 dw dt / 4
        assert behind * w / 10 + there == pytest.approx(t * w + here, abs=0.02 * 100 * 300 / 7 / 4)
    assert geared.torque_max[0, 0] == pytest.approx(10 * (300 * 0.98 - 0.5))
    assert "ratio 10, mesh 0.02, drag 0.5 Nm" in geared.origin.limits


def test_several_voltages_and_limits_from_a_second_table(tmp_path):
    table = csv(tmp_path, rows(plane, voltages=(300, 400)), "speed [rpm],torque [Nm],loss [W],voltage [V]")
    speed = np.linspace(0, 1100, 12)
    limits = np.column_stack([speed / RPM, 0.9 * peak(speed), -0.5 * peak(speed), 0.6 * peak(speed)])
    heading = "speed [rpm],torque max [Nm],torque min [Nm],torque continuous [Nm]"
    made = import_edu(table, FACTS, limits=csv(tmp_path, limits, heading, "limits.csv"))
    assert list(made.voltage) == [300, 400]
    where = inside(made) & (made.torque == 0)
    expected = plane(made.speed[:, None], made.torque[None, :])
    for k, factor in enumerate((400 / 300, 1.0)):
        assert made.loss[k][where] == pytest.approx(factor * expected[where], rel=1e-9)
    assert made.torque_max[1, 0] == pytest.approx(270)
    assert made.torque_min[1, 0] == pytest.approx(-150)
    assert made.torque_continuous[1, 0] == pytest.approx(180)
    assert made.speed[-1] == pytest.approx(1100)


def test_bridging_is_done_when_asked_for_and_told(tmp_path):
    table = rows(lambda w, t: 200 + 0.05 * t**2 + 0.1 * w)
    table = table[(table[:, 0] > 0) & (table[:, 1] >= 0)]
    bridging = Bridging(standstill_from=1000 * RPM, mirrored=True)
    made = import_edu(csv(tmp_path, table), FACTS, bridging=bridging, grid=MapGrid(speeds=25, torques=61))
    zero = int(np.flatnonzero(made.torque == 0)[0])
    assert np.array_equal(made.torque_min, -made.torque_max)
    lowest = table[0, 0] * RPM
    assert made.loss[0, 0, zero] == pytest.approx(200 + 0.1 * lowest)
    k = min(zero, made.torque.size - 1 - zero)
    assert made.loss[0, 0, zero - k : zero] == pytest.approx(made.loss[0, 0, zero + k : zero : -1], rel=1e-9)
    assert "below 954.9 rpm" in made.origin.limits
    assert "losses when generating are taken as those when driving" in made.origin.limits


def wide_open(speed):
    return 150 + 0.5 * (speed - 100) * (speed < 300) + 100 * (speed >= 300)


def engine_tables(folder, rate, unit, kind="fuel", lowest=0.0):
    speed = np.linspace(80, 600, 14)
    table = [
        [w / RPM, t, rate(w, t)]
        for w in speed
        for t in np.linspace(lowest, wide_open(w), 12)
        if kind == "fuel" or t > 0
    ]
    curve = np.column_stack([speed / RPM, wide_open(speed), np.full(speed.size, -25.0)])
    heading = f"speed [rpm],torque [Nm],{kind} [{unit}]"
    limits = csv(folder, curve, "speed [rpm],torque max [Nm],torque drag [Nm]", "limits.csv")
    return csv(folder, np.array(table), heading), limits


def willans(w, t):
    """Return a fuel rate [kg/s] that is linear in torque and in speed."""
    return 1e-4 + 1e-6 * w + 4e-6 * t


def test_engine_in_any_unit(tmp_path):
    made = []
    for unit, per in (("kg/s", 1.0), ("g/s", 1e3), ("kg/h", 3600.0)):
        table, limits = engine_tables(tmp_path, lambda w, t, per=per: per * willans(w, t), unit)
        made.append(import_engine(table, ENGINE, limits=limits))
    where = made[0].torque <= made[0].torque_max[:, None]
    expected = willans(made[0].speed[:, None], made[0].torque[None, :])
    for engine in made:
        assert engine.fuel[where] == pytest.approx(expected[where], rel=1e-9)
        assert engine.torque_drag == pytest.approx(-25.0)
        assert engine.speed[0] == pytest.approx(80)
        assert engine.torque_max == pytest.approx(
            np.interp(engine.speed, np.linspace(80, 600, 14), wide_open(np.linspace(80, 600, 14)))
        )


def test_engine_from_specific_consumption_and_the_willans_line_to_no_load(tmp_path):
    per = 3.6e9
    table, limits = engine_tables(tmp_path, lambda w, t: per * willans(w, t) / (w * t), "g/kWh", "bsfc", lowest=10.0)
    made = import_engine(table, ENGINE, limits=limits, bridging=Bridging(no_load=True))
    where = made.torque <= made.torque_max[:, None]
    expected = willans(made.speed[:, None], made.torque[None, :])
    assert made.fuel[where] == pytest.approx(expected[where], rel=1e-9)
    assert made.origin.limits == "fuel without torque lies on the straight line through the two lowest measured torques"


def test_battery(tmp_path):
    table = np.array([[0, 300, 90, 0, -50], [30, 360, 60, 200, -120], [100, 400, 50, 250, 0]], float)
    heading = "soc [%],voltage [V],resistance [mOhm],power max [kW],power min [kW]"
    facts = BatteryFacts(name="b", charge=8e5, soc_max=0.97, soc_min=0.05, mass=500, cost=1, source="bench")
    made = import_battery(csv(tmp_path, table, heading), facts, states=11)
    assert made.voltage[[0, 3, 10]] == pytest.approx([300, 360, 400])
    assert made.voltage[1] == pytest.approx(320)
    assert made.resistance[3] == pytest.approx(0.060)
    assert made.power_max[10] == pytest.approx(250e3)
    assert made.power_min[3] == pytest.approx(-120e3)
