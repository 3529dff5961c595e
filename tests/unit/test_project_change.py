"""Change one value in place; write whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from coaxle.errors import InputError, ProjectError, UseError
from coaxle.project.assumptions import assumptions, sources
from coaxle.project.change import change
from coaxle.project.create import STARTERS, create
from coaxle.project.places import at
from coaxle.project.plain import words
from coaxle.project.read import read
from coaxle.project.write import write


@pytest.fixture
def folder(tmp_path):
    for source in STARTERS["starter"].glob("*.yaml"):
        shutil.copy(source, tmp_path)
    return tmp_path


def differences(folder):
    """Return the lines that are not as in the starter, by file: what went, what came."""
    found = {}
    for source in STARTERS["starter"].glob("*.yaml"):
        old, new = source.read_text().split("\n"), (folder / source.name).read_text().split("\n")
        gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
        if gone or come:
            found[source.name] = (gone, come)
    return found


@pytest.mark.parametrize(
    ("place", "value", "file", "gone", "come"),
    [
        ("batteries.pack-78.energy", "81 kWh", "nordhav.yaml", ["    energy: 78 kWh"], ["    energy: 81 kWh"]),
        ("discount", 0.08, "alliance.yaml", ["discount: 7 %"], ["discount: 0.08"]),
        (
            "powertrains.petrol-nordhav.stop_start",
            False,
            "alliance.yaml",
            [],
            ["    stop_start: false"],
        ),
        (
            "carlines.moor.model",
            "yes: it's #1",
            "southmoor.yaml",
            ["    model: Moor"],
            ['    model: "yes: it\'s #1"'],
        ),
        ("carlines.moor.model", "911", "southmoor.yaml", ["    model: Moor"], ['    model: "911"']),
        (
            "transmissions.auto-8.ratios.1",
            4.8,
            "alliance.yaml",
            ["    ratios: [4.7, 3.1, 2.1, 1.7, 1.3, 1.0, 0.84, 0.67]"],
            ["    ratios: [4.8, 3.1, 2.1, 1.7, 1.3, 1.0, 0.84, 0.67]"],
        ),
        (
            "carlines.fjord.sales.2028",
            31000,
            "nordhav.yaml",
            ["    sales: {2026: 12000, 2028: 30000, 2030: 55000}"],
            ["    sales: {2026: 12000, 2028: 31000, 2030: 55000}"],
        ),
        (
            "scenarios.no-deal.transport.border",
            "170 EUR",
            "alliance.yaml",
            ["    transport: {border: 160 EUR}"],
            ["    transport: {border: 170 EUR}"],
        ),
        # keys that do not stand there yet
        (
            "carlines.sund.needs.range",
            "500 km",
            "nordhav.yaml",
            ["    needs: {zero_to_100: 9 s, top_speed: 200 km/h, gradeability: 30 %}"],
            ["    needs: {zero_to_100: 9 s, top_speed: 200 km/h, gradeability: 30 %, range: 500 km}"],
        ),
        (
            "carlines.fjord.options.electric.extra_mass",
            "5 kg",
            "nordhav.yaml",
            ["      electric: {}"],
            ["      electric: {extra_mass: 5 kg}"],
        ),
    ],
)
def test_one_value_changes_and_nothing_else(folder, place, value, file, gone, come):
    path = folder / "alliance.yaml"
    assert change(path, place, value) == folder / file
    assert differences(folder) == {file: (gone, come)}
    scenario, below = (None, place) if not place.startswith("scenarios") else place.split(".", 2)[1:]
    said = str(value).lower() if isinstance(value, bool) else str(value)
    assert words(*at(read(path, scenario), below)) == said


def test_a_key_that_an_entry_cannot_have_is_not_added(folder):
    with pytest.raises(ProjectError, match=r"carlines.fjord.needs.eighty: is no key known here"):
        change(folder / "alliance.yaml", "carlines.fjord.needs.eighty", "1")
    assert differences(folder) == {}


def test_a_key_is_added_below_the_last_one_and_its_comment(folder):
    path = folder / "alliance.yaml"
    text = (folder / "southmoor.yaml").read_text()
    (folder / "southmoor.yaml").write_text(
        text.replace("    cost: 3700 EUR\n    source: fictitious\n", "    source: >-\n      made\n      up\n  # next\n")
    )
    change(path, "engines.petrol-2-southmoor.cost", "3800 EUR")
    assert "      up\n    cost: 3800 EUR\n  # next\n" in (folder / "southmoor.yaml").read_text()
    assert read(path).engines["petrol-2-southmoor"].cost == 3800
    change(path, "engines.petrol-2-southmoor.source", "somewhere else")
    assert "    source: somewhere else\n    cost: 3800 EUR\n" in (folder / "southmoor.yaml").read_text()


def test_windows_line_ends_and_a_byte_order_mark_stay(folder):
    file = folder / "nordhav.yaml"
    before = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    change(folder / "alliance.yaml", "batteries.pack-78.energy", "81 kWh")
    assert file.read_bytes() == before.replace(b"energy: 78 kWh", b"energy: 81 kWh")
    change(folder / "alliance.yaml", "carlines.sund.needs.range", "500 km")
    assert file.read_bytes().count(b"\n") == before.count(b"\n")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("carlines.moorr.model", "nothing stands there"),
        ("nonsense", "nothing stands there"),
        ("carlines.moor", "is a mapping; the place of a single value"),
        ("transmissions.auto-8.ratios", "is a list"),
        ("transmissions.auto-8.ratios.12", "nothing stands there"),
        ("loss_models.ipm-igbt.copper", "is shipped with coaxle"),
    ],
)
def test_what_is_no_place_of_a_value_is_told(folder, place, said):
    with pytest.raises(UseError, match=said):
        change(folder / "alliance.yaml", place, "1")
    assert differences(folder) == {}


def test_a_change_that_would_be_a_problem_is_not_made(folder):
    for value, said in (("81", "81 has no unit"), (True, "'true' is no energy"), (float("nan"), "'nan' is no")):
        with pytest.raises(ProjectError, match=said):
            change(folder / "alliance.yaml", "batteries.pack-78.energy", value)
    assert differences(folder) == {}


def test_a_value_that_aliases_share_is_not_changed(folder):
    file = folder / "nordhav.yaml"
    text = file.read_text().replace("mass: 92 kg", "mass: &m 92 kg").replace("mass: 480 kg", "mass: *m")
    file.write_text(text)
    with pytest.raises(UseError, match="is shared by an alias"):
        change(folder / "alliance.yaml", "batteries.pack-78.mass", "93 kg")
    assert file.read_text() == text
    text = text.replace("options:\n      electric: {}", "options: &o\n      electric: {extra_mass: 1 kg}")
    text = text.replace("      petrol-nordhav: {axle_ratio", "      electric: *p\n      petrol-nordhav: {axle_ratio")
    file.write_text(text.replace("electric: {extra_mass", "electric: &p {extra_mass"))
    with pytest.raises(UseError, match="is shared by an alias"):
        change(folder / "alliance.yaml", "carlines.sund.options.electric.extra_mass", "2 kg")


def test_a_full_disk_leaves_the_old_file(folder, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"nordhav.yaml: cannot be written .*No space left on device"):
        change(folder / "alliance.yaml", "batteries.pack-78.energy", "81 kWh")
    project = read(folder / "alliance.yaml")
    with pytest.raises(InputError, match="No space left on device"):
        write(project, folder / "alliance.yaml")
    assert sorted((path.name, path.read_bytes()) for path in folder.iterdir()) == before


def test_a_starter_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    calls = []
    fsync = os.fsync

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        create(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert [path.name for path in create(tmp_path / "mine")] == ["alliance.yaml", "nordhav.yaml", "southmoor.yaml"]


def test_assumptions_and_sources_are_told_with_their_values(folder):
    project = read(folder / "alliance.yaml")
    found = {f"{each.place}.{each.field}": (each.value, each.reason) for each in assumptions(project)}
    assert found["carlines.moor.options.electric.extra_mass"] == ("60 kg", "stiffened floor")
    assert found["carlines.fjord.sales"][0] == "2026: 12000, 2028: 30000, 2030: 55000"
    assert found["batteries.pack-78.resistance_time"] == ("75 s", "usual for a pack of its kind")
    rests = {each.place: each.source for each in sources(project)}
    assert rests["carlines.moor.body"] == "fictitious"
    assert rests["combustions.petrol-turbo"] == project.combustions["petrol-turbo"].source
    assert set(project.engines) == {place.split(".")[1] for place in rests if place.startswith("engines.")}
