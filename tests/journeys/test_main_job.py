"""From a new project to its report, as a person goes: drive, map, fit, plan, report, and what is said when it fails."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import coaxle
from coaxle.cli.main import run
from coaxle.maps.files import load

EXAMPLE = Path(__file__).parents[2] / "examples" / "bmw-jlr" / "alliance.yaml"


@pytest.fixture
def say(monkeypatch, capsys):
    """Give the command line: words in; exit code, words and complaints out."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaxle", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            run()
        said = capsys.readouterr()
        return end.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def project(tmp_path, say):
    code, _, complaint = say("new", tmp_path / "mine")
    assert code == 0, complaint
    return tmp_path / "mine" / "alliance.yaml"


def test_drive_tells_energies_that_close(project, say):
    code, said, _ = say("drive", project, "fjord", "electric", "--cycle", "WLTC-3b", "--json")
    assert code == 0
    told = json.loads(said)
    energies = told["energies [kWh]"]
    assert energies.pop("source") == pytest.approx(sum(energies.values()), rel=1e-9)
    assert told["ended"] == "OK"
    assert told["distance [km]"] == pytest.approx(23.266, abs=1e-3)
    assert told["consumption"].endswith("kWh/100 km from the wall")
    assert list(told["phases"]) == ["low", "medium", "high", "extra-high"]
    code, said, _ = say("drive", project, "sund", "petrol-nordhav", "--cycle", "FTP-75", "--warm")
    assert code == 0
    assert "l/100 km" in said


def test_three_lines_of_python(project):
    bench = coaxle.read(project)
    assert bench.drive("fjord", "electric", cycle="WLTC-3b").consumption.endswith("kWh/100 km from the wall")


def test_a_cycle_of_ones_own(project, say, tmp_path):
    trace = tmp_path / "mine.csv"
    trace.write_text("time [s],speed [km/h]\n0,0\n10,30\n40,30\n50,0\n")
    code, said, _ = say("drive", project, "fjord", "electric", "--cycle", trace, "--json")
    assert code == 0
    assert json.loads(said)["distance [km]"] == pytest.approx((5 + 30 + 5) * 30 / 3600)


def test_the_map_of_a_unit_comes_back_equal(project, say, tmp_path):
    code, said, _ = say("map", project, "drive-200", "--to", tmp_path / "maps", "--json")
    assert code == 0
    told = json.loads(said)
    back, made = load(Path(told["file"])), coaxle.read(project).edu("drive-200")
    assert (back.loss[back.loss == back.loss] == made.loss[made.loss == made.loss]).all()
    assert back.origin == made.origin
    assert Path(told["picture"]).read_text().startswith("<svg")


def test_fit_plan_and_report(project, say, tmp_path):
    code, said, _ = say("fit", project, "--csv", tmp_path / "fits.csv", "--json")
    assert code == 0
    rows = json.loads(said)
    with (tmp_path / "fits.csv").open() as file:
        assert [row["carline"] for row in csv.DictReader(file)] == [row["carline"] for row in rows]
    code, said, _ = say("plan", project, "--csv", tmp_path / "ledger.csv", "--json")
    assert code == 0
    plan = json.loads(said)
    with (tmp_path / "ledger.csv").open() as file:
        present = sum(float(row["present value [EUR]"]) for row in csv.DictReader(file))
    assert present == pytest.approx(plan["together"]["cost, present value [EUR]"], abs=1)
    code, said, _ = say("report", project, "--to", tmp_path / "out", "--json")
    assert code == 0
    page = Path(json.loads(said)["page"]).read_text()
    for carline in ("fjord", "sund", "moor"):
        assert carline in page


def test_what_is_said_when_it_fails(project, say):
    code, _, complaint = say("drive", project, "fjrd", "electric")
    assert (code, complaint.splitlines()[-1]) == (2, "coaxle: 'fjrd' is not in carlines; did you mean 'fjord'?")
    code, _, complaint = say("drive", project, "fjord", "electric", "--cycle", "WLTC-3c")
    assert code == 1
    assert "did you mean 'WLTC-3" in complaint
    code, _, _ = say("drive", project)
    assert code == 2
    code, _, complaint = say("plan", project.parent / "nothing.yaml")
    assert code == 1
    assert "nothing.yaml" in complaint


def test_a_plan_without_an_answer_names_the_needs_that_conflict(project, say):
    for part in project.parent.glob("*.yaml"):
        text = part.read_text()
        part.write_text(re.sub(r"zero_to_100: [\d.]+ s", "zero_to_100: 0.1 s", text))
    code, _, complaint = say("plan", project)
    assert code == 3
    assert "0.1 s is wanted" in complaint


def test_a_car_that_cannot_climb_its_cycle_is_told_not_raised(project, say, tmp_path):
    trace = tmp_path / "alp.csv"
    trace.write_text("time [s],speed [km/h],grade [%]\n0,0,0\n30,120,0\n31,120,60\n90,120,60\n100,120,0\n")
    code, said, _ = say("drive", project, "sund", "petrol-nordhav", "--cycle", trace, "--json")
    assert code == 0
    told = json.loads(said)
    assert told["ended"] != "OK"
    assert told["miss"]["speed [km/h]"] > 10
    assert told["miss"]["first [s]"] >= 0


def test_help_comes_without_a_traceback():
    verbs = subprocess.run(
        [sys.executable, "-m", "coaxle", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for verb in ("new", "check", "show", "map", "drive", "fit", "plan", "report", "validate"):
        assert verb in verbs


@pytest.mark.slow
def test_the_shipped_example_from_file_to_page(say, tmp_path):
    code, said, complaint = say("report", EXAMPLE, "--to", tmp_path, "--json")
    assert code == 0, complaint
    page = Path(json.loads(said)["page"]).read_text()
    for name in ("F-TYPE", "Range Rover P530", "I-PACE", "iX3", "Cooper SE", "Spectre"):
        assert name in page
