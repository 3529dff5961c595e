"""Tables that cannot become a map: what is wrong is named with its place."""

import numpy as np
import pytest
import scipy.io

from coaxle.errors import MapError
from coaxle.maps.engine import Fuel
from coaxle.maps.facts import BatteryFacts, Bridging, EduFacts, EngineFacts
from coaxle.maps.measured import import_battery, import_edu, import_engine
from coaxle.maps.tables import MeasuredTable

FACTS = EduFacts(name="unit", mass=90, inertia=2, cost=None, source="bench", voltage=350, continuous_power=60e3)
ENGINE = EngineFacts(
    name="four",
    fuel_kind=Fuel(kind="petrol", heating_value=43e6, density=745, co2=3.1, source="x"),
    idle_speed=100,
    displacement=2e-3,
    cold_friction=1.3,
    warm_up_energy=5e6,
    inertia=0.15,
    mass=130,
    cost=None,
    source="bench",
)
BATTERY = BatteryFacts(name="b", charge=8e5, soc_max=0.97, soc_min=0.05, mass=500, cost=1, source="bench")
HEADING = "speed [rpm],torque [Nm],loss [W]"


def written(folder, text, name="t.csv"):
    path = folder / name
    path.write_text(text)
    return MeasuredTable(path=path)


def long(heading=HEADING, keep=lambda n, t: True, figure=lambda n, t: 500, torques=range(-100, 101, 20)):
    """Return a long table of 11 by 11 points."""
    rows = [f"{n},{t},{figure(n, t)}" for n in range(0, 5001, 500) for t in torques if keep(n, t)]
    return "\n".join([heading, *rows]) + "\n"


def refusal(call, folder):
    with pytest.raises(MapError) as caught:
        call()
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            long(keep=lambda n, t: not (1000 <= n <= 3000 and -40 <= t <= 40)),
            "holes inside the envelope, the first at ",
        ),
        (long(keep=lambda n, t: not 1500 <= n <= 3000), "holes inside the envelope, the first at 1016 rpm and "),
        (long(keep=lambda n, t: n > 0), "t.csv: the lowest measured speed is 500 rpm; standstill, or a bridging.stand"),
        (long(keep=lambda n, t: t >= 0), "t.csv: holds no generating torque; that, limits, or bridging.mirrored is"),
        (
            long(keep=lambda n, t: n < 5000 or t == 0),
            "t.csv: at 5000 rpm stands one torque only; where speeds are scat",
        ),
        (long(keep=lambda n, t: n == 0), "t.csv: 11 points do not span speed and torque"),
        (long() + "500,0,500\n", ""),
        (long(figure=lambda n, t: -1 if (n, t) == (500, 0) else 5), "t.csv:18: loss is negative"),
        (
            long("speed [rpm],torque [Nm],electric power [W]"),
            "t.csv:19: electric power lies below the mechanical power",
        ),
        (long("speed [rpm],torque [Nm],efficiency [%]"), "t.csv:1: heading 'efficiency': is 0/0 without torque"),
        (long("speed [rpm],torque [Nm],fuel [g/s]"), "t.csv:1: heading 'fuel [g/s]' is not known; known are speed, "),
        (long("speed [km/h],torque [Nm],loss [W]"), "t.csv:1: heading 'speed': '1 km/h' is speed; angular speed is wr"),
        (long("speed [rpm],voltage [V],loss [W]"), "t.csv:1: no heading 'torque'; 'torque [unit]' is wanted"),
        (
            long("speed [rpm],torque [Nm],voltage [V]"),
            "t.csv: no such heading stands there; one of loss, electric power",
        ),
        (long().replace("\n500,0,500", "\n500,0,"), "t.csv:18: loss: nothing stands there; a number is wanted"),
        (
            long().replace("\n500,0,500", "\n-500,0,500"),
            "t.csv:18: speed is negative; a map covers one direction of travel",
        ),
        (long() + "500,0,501\n", "t.csv: two figures stand at 500 rpm and 0 Nm; one is wanted"),
    ],
)
def test_long_tables(tmp_path, text, message):
    def call():
        return import_edu(written(tmp_path, text), FACTS)

    if message:
        assert message in refusal(call, tmp_path)
    else:
        call()  # the same figure twice is no contradiction


def test_what_the_facts_lack(tmp_path):
    table = written(tmp_path, long())
    figures = {"name": "u", "mass": 9, "inertia": 2, "cost": None, "source": "s"}
    no_voltage, no_power = EduFacts(**figures, continuous_power=1e3), EduFacts(**figures, voltage=350)
    message = refusal(lambda: import_edu(table, no_voltage), tmp_path)
    assert message == "t.csv: has no column 'voltage'; the voltage it was measured at is wanted"
    message = refusal(lambda: import_edu(table, no_power), tmp_path)
    assert message == "t.csv: no limit says 'torque continuous'; that, or a continuous power, is wanted"
    contradiction = refusal(lambda: import_edu(table, FACTS, bridging=Bridging(mirrored=True)), tmp_path)
    assert contradiction == "t.csv: holds generating torque; bridging.mirrored would contradict it"


def test_limits_beyond_what_was_measured(tmp_path):
    heading = "speed [rpm],torque max [Nm],torque min [Nm]\n"
    table = written(tmp_path, long())
    for rows, message in (
        ("0,120,-100\n5000,100,-100\n", "holes inside the envelope, the first at 0 rpm and "),
        ("0,100,-100\n6000,100,-100\n", "holes inside the envelope, the first at 5063 rpm and "),
        ("100,100,-100\n5000,100,-100\n", "limits at 350 V want at least two rising speeds, the first 0"),
        ("0,-1,-100\n5000,100,-100\n", "the envelope excludes zero torque; torque min <= 0 <= torque max is wanted"),
    ):
        limits = written(tmp_path, heading + rows, "limits.csv")
        assert message in refusal(lambda limits=limits: import_edu(table, FACTS, limits=limits), tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "loss [W] / torque [Nm],0,1\n0,1,2\n1,1,2\n",
            "t.csv:1: the corner cell 'loss [W] / torque [Nm]' names loss, to",
        ),
        ("a [W] / torque [Nm] / speed [rpm],0,1\n0,1,2\n", "names a, torque, speed; what stands in the cells"),
        ("loss [Nm] / torque [Nm] / speed [rpm],0,1\n0,1,2\n", "t.csv:1: the corner cell: '1 Nm' is torque; power is"),
        ("efficiency [%] / torque [Nm] / speed [rpm],0,1\n0,1,2\n", "heading 'efficiency': is 0/0"),
        ("loss [W] / torque [Nm] / speed [rpm],0,x\n0,1,2\n", "t.csv:1: speed: 'x' stands there; a number is wanted"),
        ("loss [W] / torque [Nm] / speed [rpm],0,1\nx,1,2\n", "t.csv:2: torque: 'x' stands there; a number is wanted"),
        ("loss [W] / torque [Nm] / speed [rpm],0,1\n0,1,x\n", "t.csv:2: loss: 'x' stands there; a number is wanted"),
        ("loss [W] / torque [Nm] / speed [rpm],0,1\n0,,\n1,,\n", "t.csv: no figure stands beside the axes"),
        (
            "loss [W] / torque [Nm] / speed [rpm],0,1000\n-10,5,5\n0,5,\n10,5,5\n",
            "t.csv: a hole at 1000 rpm and 0 Nm: the cell is empty, figures stand above and below it",
        ),
    ],
)
def test_matrices(tmp_path, text, message):
    assert message in refusal(lambda: import_edu(written(tmp_path, text), FACTS), tmp_path)


def test_matlab(tmp_path):
    grid = np.meshgrid(np.linspace(0, 500, 6), np.linspace(-100, 100, 6), indexing="ij")
    path = tmp_path / "m.mat"
    content = {
        "n": grid[0],
        "T": grid[1],
        "P": np.full((6, 6), 5.0),
        "note": "text",
        "c": {"x": 1},
        "short": np.ones(3),
    }
    scipy.io.savemat(path, content)
    good = {"speed [rad/s]": "n", "torque [Nm]": "T", "loss [W]": "P"}

    def say(**changes):
        variables = {**good, **changes}
        return refusal(lambda: import_edu(MeasuredTable(path=path, variables=variables), FACTS), tmp_path)

    assert import_edu(MeasuredTable(path=path, variables=good), FACTS).loss[0, 0, 40] == 5
    assert "which variable is what is not said" in refusal(
        lambda: import_edu(MeasuredTable(path=path), FACTS), tmp_path
    )
    assert "m.mat: no variable 'Q'; there are n, T, P, note, c, short" in say(**{"loss [W]": "Q"})
    assert "m.mat: no variable 'c.y'; there are x" in say(**{"loss [W]": "c.y"})
    assert "m.mat: no variable 'n.y'; there are none below" in say(**{"loss [W]": "n.y"})
    assert "m.mat: variable 'note' holds no numbers" in say(**{"loss [W]": "note"})
    assert "m.mat: variable of 'heat [W]': no such heading" in say(**{"heat [W]": "P"})
    assert "m.mat: 'loss [V]': '1 V' is voltage; power is written in" in say(**{"loss [V]": "P"})
    assert "heading 'efficiency': is 0/0" in say(**{"efficiency [%]": "P"})
    assert "do not go together" in say(**{"loss [W]": "short"})
    missing = {"torque [Nm]": "T", "loss [W]": "P"}
    message = refusal(lambda: import_edu(MeasuredTable(path=path, variables=missing), FACTS), tmp_path)
    assert message == "m.mat: no variable is named for 'speed'; one is wanted"
    square = {"n": grid[0][:, 0], "T": grid[1][0], "P": content["P"]}
    scipy.io.savemat(path, square)  # which of two axes of one length comes first cannot be told
    assert "speed (1, 6), torque (1, 6), loss (6, 6) do not go together" in say()
    scipy.io.savemat(path, {**content, "P": np.where(grid[0] > 300, np.inf, 5.0)})
    assert "m.mat: holds an infinite figure" in say()


def test_matlab_files_that_cannot_be_read(tmp_path):
    path = tmp_path / "m.mat"
    table = MeasuredTable(path=path, variables={"speed [rpm]": "n"})

    def say():
        return refusal(lambda: import_edu(table, FACTS), tmp_path)

    assert say() == "m.mat: cannot be read: No such file or directory"
    path.write_bytes(b"MATLAB 7.3 MAT-file, Platform: PCWIN64".ljust(512, b" ") + b"\x89HDF\r\n")
    assert say() == "m.mat: is of MATLAB version 7.3 (HDF5); save it with the option '-v7'"
    scipy.io.savemat(path, {"n": np.arange(1000.0)})
    whole = path.read_bytes()
    generator = np.random.default_rng(1)
    for content in (b"", b"rubbish", whole[:300], whole[:128] + generator.bytes(500), generator.bytes(4000)):
        path.write_bytes(content)
        assert say().startswith(("m.mat: is no MATLAB file that can be read", "m.mat: no variable 'n'"))


def engine(folder, text, curve="500,120,-20\n5500,120,-20\n", **how):
    limits = written(folder, "speed [rpm],torque max [Nm],torque drag [Nm]\n" + curve, "limits.csv")
    table = written(folder, text)
    return refusal(lambda: import_engine(table, ENGINE, limits=limits, **how), folder)


def burnt(heading, torques=range(0, 121, 20), figure=lambda n, t: 1 + n * t / 1e5):
    rows = [f"{n},{t},{figure(n, t)}" for n in range(500, 5501, 500) for t in torques]
    return "\n".join([heading, *rows]) + "\n"


def test_engines(tmp_path):
    fuel, bsfc = "speed [rpm],torque [Nm],fuel [g/s]", "speed [rpm],torque [Nm],bsfc [g/kWh]"
    assert engine(tmp_path, burnt(bsfc)) == "t.csv:2: bsfc has no meaning without power; give 'fuel' there"
    message = engine(tmp_path, burnt(bsfc, range(20, 121, 20)))
    assert "holes inside the envelope, the first at 500 rpm and 0 Nm" in message
    message = engine(tmp_path, burnt(fuel, range(-20, 121, 20), lambda n, t: 1))
    assert message == "t.csv: holds a negative torque; the drag of the engine goes into its limits"
    assert engine(tmp_path, burnt(fuel, figure=lambda n, t: 50 - t)) == "t.csv:5: fuel is negative"
    message = engine(tmp_path, burnt(fuel, range(20, 121, 20), lambda n, t: t**2), bridging=Bridging(no_load=True))
    assert message.startswith("t.csv: at 500 rpm the line through 20 and 40 Nm leaves no fuel without torque")
    assert "limits.csv: speed 2 does not rise" in engine(tmp_path, burnt(fuel), "500,120,-20\n500,120,-20\n")
    assert "the first at 500 rpm and 120.2 Nm" in engine(tmp_path, burnt(fuel), "500,130,-20\n5500,130,-20\n")
    assert "four.torque_drag: is finite and not above 0" in engine(tmp_path, burnt(fuel), "500,120,2\n5500,120,2\n")


def test_batteries(tmp_path):
    heading = "soc [%],voltage [V],resistance [mOhm],power max [kW],power min [kW]\n"

    def say(rows, heading=heading):
        return refusal(lambda: import_battery(written(tmp_path, heading + rows), BATTERY), tmp_path)

    assert (
        say("10,300,90,0,0\n100,400,90,0,0\n") == "t.csv: soc goes from 10% to 100%; rising from 0 to 100 % is wanted"
    )
    assert "rising from 0 to 100 % is wanted" in say("0,300,90,0,0\n0,300,90,0,0\n100,400,90,0,0\n")
    assert "b.voltage: is positive and does not fall" in say("0,300,90,0,0\n100,200,90,0,0\n")
    assert "power_min <= 0 are wanted" in say("0,300,90,0,5\n100,400,90,0,5\n")
    assert "no heading 'power min'" in say("0,1,1,1\n", heading.replace(",power min [kW]", ""))
