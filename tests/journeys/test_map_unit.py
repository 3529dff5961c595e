"""A person makes the map of a unit of parts: at once, again, wrongly, and stops half-way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import report_unit_cases as cases
from coaxle.cli import main
from coaxle.maps import EduMap
from coaxle.maps.files import load
from coaxle.numerics.digest import digest


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Write the project of the how-to page; return its folder, with a shelf beside it."""
    folder = tmp_path_factory.mktemp("units")
    cases.project(folder / "project")
    return folder


def begun(place, *arguments):
    """Start the command line in a process of its own, its shelf in ``place``."""
    return subprocess.Popen(
        [sys.executable, "-m", "coaxle", "map", "project/alliance.yaml", *map(str, arguments)],
        cwd=place,
        env={**os.environ, "COAXLE_CACHE": str(place / "shelf")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def called(place, *arguments):
    """Run the command line; return its exit code, words and complaints."""
    run = begun(place, *arguments)
    said, complaints = run.communicate(timeout=600)
    return run.returncode, said, complaints


@pytest.fixture(scope="module")
def first(place):
    """Make the map and the page of a unit."""
    return called(place, cases.MAGNET, "--settings", "draft", "--to", "out")


def test_one_call_makes_map_picture_and_page(place, first):
    """Progress goes to standard error, a table and the places of the files to standard output, all files are whole."""
    code, said, told = first
    assert code == 0, told
    assert "field solution of magnet-220" in told
    assert "checks of magnet-150" in told
    shares = [int(line.split("%")[0]) for line in told.splitlines() if "%" in line]
    assert shares == sorted(shares)
    assert shares[-1] == 100
    for word in ("peak", "10 s", "30 s", "30 min", "continuous", "power [kW]", "best efficiency", "mass", "failed"):
        assert word in said
    assert "unknown (no price of sheet)" in said
    assert "shelf" not in said
    out = place / "out"
    named = sorted(path.name for path in out.iterdir())
    (file,) = out.glob("magnet-150-*.cxmap")
    assert named == ["magnet-150", file.name, file.with_suffix(".svg").name, "magnet-150.html"]
    made = load(file)
    assert isinstance(made, EduMap)
    assert digest(made).startswith(file.stem.removeprefix("magnet-150-"))
    assert len(file.stem.removeprefix("magnet-150-")) == 12
    ET.fromstring((out / "magnet-150.html").read_text().replace("<!DOCTYPE html>", "", 1))
    for picture in (out / "magnet-150").glob("*.svg"):
        ET.parse(picture)
    assert json.loads((out / "magnet-150" / "unit.json").read_text())["digest"] == digest(made)
    assert (out / "magnet-150" / "operation.csv").read_text().count("\n") > 400


def test_the_second_time_the_field_comes_from_the_shelf(place, first):
    """The same unit again solves no field, says so, and makes the same map to the last bit; --json is JSON alone."""
    code, said, told = called(place, cases.MAGNET, "--settings", "draft", "--to", "again", "--json")
    assert (code, told) == (0, "")
    found = json.loads(said)
    assert found["field solution from the shelf"] is True
    assert not [step for step in found["seconds"] if "field solution" in step]
    (before,) = (place / "out").glob("*.cxmap")
    assert Path(found["file"]).name == before.name
    assert (place / found["file"]).read_bytes() == before.read_bytes()
    assert [rating["name"] for rating in found["ratings"]] == ["peak", "10 s", "30 s", "30 min", "continuous"]
    checks = found["checks"]
    assert checks["passed"] + checks["failed"] == len(checks["lines"])
    assert sum(not line["passed"] for line in checks["lines"]) == checks["failed"]
    assert found["kind"] == "EduMap"
    assert found["cost"] is None
    assert (place / found["page"]).exists()
    assert all((place / table).exists() for table in found["tables"])


@pytest.fixture
def here(monkeypatch, capsys):
    """Give the command line within this process, for what needs no process of its own."""

    def call(place, *arguments):
        monkeypatch.setattr(sys, "argv", ["coaxle", "map", "project/alliance.yaml", *map(str, arguments)])
        monkeypatch.setenv("COAXLE_CACHE", "")
        monkeypatch.chdir(place)
        with pytest.raises(SystemExit) as end:
            main.run()
        told = capsys.readouterr()
        return end.value.code or 0, told.out, told.err

    return call


def test_a_dimension_that_does_not_do(here, tmp_path):
    """The message names file, line and dimension; the exit code is 1 and nothing is written."""
    cases.project(tmp_path / "project")
    file = tmp_path / "project" / "units-1.yaml"
    file.write_text(file.read_text().replace("edge_gap: 1.6 mm", "edge_gap: 0.3 mm"))
    code, said, complaints = here(tmp_path, cases.WOUND, "--settings", "draft", "--to", "out")
    assert (code, said) == (1, "")
    assert "units-1.yaml" in complaints
    assert "rotor.edge_gap: 0.3 mm is less than gap, 0.7 mm" in complaints
    assert not (tmp_path / "out").exists()


def test_settings_are_for_units_of_parts(here, place):
    """A unit of another kind has no settings (wrong use: 2) and is made as ever without them."""
    code, _, complaints = here(place, "drive-200", "--settings", "draft")
    assert code == 2
    assert "no unit of kind 'parts'" in complaints
    code, said, _ = here(place, "drive-200", "--to", "plain")
    assert code == 0
    assert sorted(path.suffix for path in (place / "plain").iterdir()) == [".cxmap", ".svg"]
    assert "page" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_stopped_half_way_nothing_is_left(place):
    """Ctrl-C while the field is solved: an exit code that is not 0, no file, nothing on the shelf that is not whole."""
    before = sorted((place / "shelf").glob("*"))
    run = begun(place, cases.WOUND, "--settings", "design", "--to", "stopped")
    for line in run.stderr:
        if "field solution" in line:
            break
    time.sleep(0.2)  # into the solution; whether it is far in does not matter
    run.send_signal(signal.SIGINT)
    said, _ = run.communicate(timeout=600)
    assert run.returncode not in (0, None)
    assert said == ""
    assert not (place / "stopped").exists()
    kept = [path for path in (place / "shelf").glob("*") if path not in before]
    for path in kept:
        load(path)
