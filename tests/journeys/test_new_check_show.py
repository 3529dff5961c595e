"""A person begins a project, breaks it, mends it and looks at it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from coaxle.cli.main import run
from coaxle.project.project import Project


@pytest.fixture
def coaxle(monkeypatch, capsys):
    """Give the command line: words in; exit code, words and complaints out."""

    def call(*arguments, folder=None):
        monkeypatch.setattr(sys, "argv", ["coaxle", *map(str, arguments)])
        if folder is not None:
            monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as end:
            run()
        said = capsys.readouterr()
        return end.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def mine(tmp_path, coaxle):
    code, said, _ = coaxle("new", "mine", folder=tmp_path)
    assert (code, said.split("\n")[0]) == (0, "mine/alliance.yaml")
    return tmp_path / "mine"


def test_begin_break_mend(mine, coaxle):
    code, said, _ = coaxle("check", "alliance.yaml", folder=mine)
    assert code == 0
    assert said == "alliance.yaml: no problems; 2 partners, 3 carlines, 3 powertrains, 2 scenarios\n"
    text = (mine / "nordhav.yaml").read_text()
    (mine / "nordhav.yaml").write_text(text.replace("78 kWh", "78").replace("ipm-igbt", "imp-igbt"))
    code, said, complaints = coaxle("check", "alliance.yaml", folder=mine)
    assert (code, complaints) == (1, "")
    assert said == (
        "nordhav.yaml:14: edus.drive-200.losses: 'imp-igbt' is not in loss_models; did you mean 'ipm-igbt'?\n"
        "nordhav.yaml:30: batteries.pack-78.energy: 78 has no unit; energy is written in kWh, J, kJ or MJ\n"
    )
    code, said, _ = coaxle("check", "--json", "alliance.yaml", folder=mine)
    assert code == 1
    assert [(each["file"], each["line"]) for each in json.loads(said)] == [("nordhav.yaml", 14), ("nordhav.yaml", 30)]
    code, said, complaints = coaxle("show", "alliance.yaml", folder=mine)
    assert (code, said) == (1, "")
    assert "78 has no unit" in complaints
    (mine / "nordhav.yaml").write_text(text)
    assert coaxle("check", "--json", "alliance.yaml", folder=mine)[:2] == (0, "[]\n")


def test_look_at_it(mine, coaxle):
    code, said, _ = coaxle("show", "alliance.yaml", folder=mine)
    assert code == 0
    assert "carlines" in said
    assert "fjord, sund, moor" in said
    code, said, _ = coaxle("show", "alliance.yaml", "batteries.pack-78", folder=mine)
    assert code == 0
    assert "energy: 78 kWh" in said
    assert "source: fictitious" in said
    assert "resistance_time: usual for a pack of its kind" in said
    code, said, _ = coaxle("show", "alliance.yaml", "transport.border", "--scenario", "no-deal", folder=mine)
    assert (code, said) == (0, "transport.border: 160 EUR\n")
    code, said, _ = coaxle("show", "alliance.yaml", "carlines.fjord.needs", "--json", folder=mine)
    assert json.loads(said)["value"]["top_speed"] == "160 km/h"
    code, said, _ = coaxle("show", "alliance.yaml", "batteries", "--assumptions", folder=mine)
    assert code == 0
    assert "usual for a pack of its kind" in said
    code, said, _ = coaxle("show", "alliance.yaml", "--assumptions", "--json", folder=mine)
    assert {"place": "transport", "field": "border", "value": "40 EUR"}.items() <= json.loads(said)[-1].items()


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("show", "alliance.yaml", "carlines.mor"), 2, "'mor' is not in carlines; did you mean 'moor'?"),
        (("show", "alliance.yaml", "carline"), 2, "did you mean 'carlines'?"),
        (("show", "alliance.yaml", "--scenario", "no-dael"), 2, "did you mean 'no-deal'?"),
        (("new", "."), 1, "alliance.yaml: stands already; a folder without it is wanted"),
        (("new", "other", "--from", "startr"), 2, "did you mean 'starter'?"),
        (("new", "alliance.yaml"), 1, "cannot be written"),
        (("new", "/proc/mine"), 1, "cannot be written"),
        (("new", "/dev/full/mine"), 1, "cannot be written"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_wrong_use_is_told(mine, coaxle, arguments, code, complaint):
    got, _, complaints = coaxle(*arguments, folder=mine)
    assert complaint in complaints
    assert got == code


def test_the_schema_is_printed(coaxle):
    code, said, _ = coaxle("schema")
    assert code == 0
    assert json.loads(said)["title"] == "coaxle project file"


def test_a_process_of_its_own_ends_with_the_code(mine):
    """No traceback, one line, exit code 1: what a script sees."""
    (mine / "alliance.yaml").write_bytes(b"\x00\x01")
    command = [sys.executable, "-c", "from coaxle.cli.main import run; run()"]
    for verb in ("check", "show"):
        done = subprocess.run([*command, verb, "alliance.yaml"], capture_output=True, text=True, check=False, cwd=mine)
        assert done.returncode == 1
        assert done.stdout + done.stderr.removeprefix("coaxle: ") == (
            "alliance.yaml:1: the sign U+0000 stands here; a project file is plain text\n"
        )


GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "project-file.md"


def test_the_guide_does_what_it_says(mine, coaxle, monkeypatch):
    """Its scenarios can be laid over the starter, its lines of Python run on it, and it names every section."""
    blocks = re.findall(r"```(\w+)\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    scenarios = next(text for kind, text in blocks if kind == "yaml" and text.startswith("scenarios:"))
    main = (mine / "alliance.yaml").read_text()
    (mine / "alliance.yaml").write_text(main[: main.index("scenarios:")] + scenarios)
    code, said, _ = coaxle("show", "alliance.yaml", "carlines.moor.reference", "--scenario", "engine-ends", folder=mine)
    assert (code, said) == (0, "carlines.moor.reference: electric\n")
    monkeypatch.chdir(mine)
    exec(next(text for kind, text in blocks if kind == "python"), {})
    assert "energy: 81 kWh" in (mine / "nordhav.yaml").read_text()
    assert coaxle("check", "no-deal.yaml", folder=mine)[0] == 0
    sections = [field.name for field in fields(Project) if field.name not in ("coaxle", "name")]
    assert [
        name for name in sections if f"`{name}`" not in GUIDE.read_text() and f"{name}:" not in GUIDE.read_text()
    ] == []
