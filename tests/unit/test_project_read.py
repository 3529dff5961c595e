"""Each thing that can be wrong in a project file, with the line that tells it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from coaxle.errors import ProjectError, UseError
from coaxle.project.create import STARTERS
from coaxle.project.names import Speller, did_you_mean, slug
from coaxle.project.nodes import MAX_VALUES, Budget, compose
from coaxle.project.read import read


@pytest.fixture
def starter(tmp_path, monkeypatch):
    """Stand in a folder with a copy of the starter project."""
    for source in STARTERS["starter"].glob("*.yaml"):
        shutil.copy(source, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(path="alliance.yaml"):
    with pytest.raises(ProjectError) as error:
        read(path)
    return [str(problem) for problem in error.value.problems]


def edited(folder, file, old, new):
    """Replace ``old`` in ``file``, which stands there once; return the line of the first change."""
    path = folder / file
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def test_the_starter_has_no_problem(starter):
    project = read("alliance.yaml")
    assert list(project.carlines) == ["fjord", "sund", "moor"]
    assert project.carlines["fjord"].body.wheel_radius == 0.345
    assert project.powertrains["electric"].charger.efficiency == 0.9
    assert project.powertrains["petrol-nordhav"].stop_start is True
    assert project.carlines["sund"].sales == {2026: 90000, 2030: 60000}
    assert project.batteries["pack-78"].energy == 78 * 3.6e6
    assert list(project.scenarios) == ["no-deal", "electric-only-later"]


def cases():
    """Yield the edits of the case file and what they lead to."""
    text = Path(__file__).with_suffix(".cases").read_text()
    for block in text.split("\n\n")[1:]:
        lines = block.rstrip("\n").split("\n")
        file, old, new, said = ([line[1:] for line in lines if line.startswith(sign)] for sign in ("@", "-", "+", "="))
        yield pytest.param(file[0], "\n".join(old), "\n".join(new), said, id=said[0].split(": ", 1)[1][:60])


@pytest.mark.parametrize(("file", "old", "new", "said"), list(cases()))
def test_what_is_wrong_is_told_with_its_line(starter, file, old, new, said):
    text = (starter / file).read_text()
    assert old in text
    (starter / file).write_text(text.replace(old, new, 1))
    assert problems() == said


def test_a_scenario_may_take_an_entry_away(starter):
    edited(starter, "alliance.yaml", "moor: {options: {electric: null}}", "moor: null")
    assert list(read("alliance.yaml", "electric-only-later").carlines) == ["fjord", "sund"]


SYNTAX = [
    (b"carlines:\n\tmoor: 1\n", 2, "a tab stands here; YAML is indented with spaces"),
    (b"a: b: c\n", 1, "a ':' stands where none may; quote the text, or mend the indentation"),
    (b"name: 'open\n", 1, "a quote opens here and never closes"),
    (b"a: 1\nb: {c: 1\nd: 2\n", 3, "the '{' of line 2 is not closed, or a comma is missing"),
    (b"a: [1, 2\n", 2, "the '[' of line 1 is not closed, or a comma is missing"),
    (
        b"a: @b\n",
        1,
        "cannot be read as YAML: found character '@' that cannot start any token "
        "(while scanning for the next token, from line 1)",
    ),
    (b"%YAML 1.1\n---\na: 1\n", 1, "a directive such as '%YAML' stands first; a project file has none"),
    (b"a: 1\n---\nb: 2\n", 2, "a second document begins; a file holds one"),
    (
        b"a: !!python/object:os.system x\n",
        1,
        "a tag stands here (tag:yaml.org,2002:python/object:os.system); a project file has none",
    ),
    (b"a: &x {b: 1}\nc: {<<: *x}\n", 2, "c: '<<' merges mappings, which YAML 1.2 does not know; write the keys out"),
    (b"a: *b\n", 1, "'*b' names no anchor before it"),
    (b"a: &x [*x]\n", 1, "a: '*x' stands inside the value that it names"),
    (b"? [a, b]\n: c\n", 1, "a list or a mapping stands where a key is wanted; a key is a word"),
    (b"[" * 10_000, 1, "is nested deeper than 32 levels"),
    (b"a: " + b"{a: " * 40 + b"}" * 40, 1, "is nested deeper than 32 levels"),
    (b"a\x00b: 1\n", 1, "the sign U+0000 stands here; a project file is plain text"),
    (b"\x7fELF\x02\x01\x01\x00\xff\xfe", 1, "byte 0xff is not UTF-8; save the file as UTF-8"),
    (b"a: 1\r\nb: caf\xe9\r\n", 2, "byte 0xe9 is not UTF-8; save the file as UTF-8"),
    ("a: 1\n".encode("utf-16"), 0, "is written in UTF-16; save it as UTF-8"),
    (b"", 0, "is empty; sections such as 'carlines:' are wanted"),
    (b"# only a comment\n", 0, "is empty; sections such as 'carlines:' are wanted"),
    (b"- a\n- b\n", 1, "a list stands at the top; sections such as 'carlines:' are wanted"),
    (b"just words\n", 1, "'just words' stands at the top; sections such as 'carlines:' are wanted"),
]


@pytest.mark.parametrize(("data", "line", "said"), SYNTAX, ids=lambda value: str(value)[:40])
def test_what_is_no_yaml_is_told_with_its_line(starter, data, line, said):
    (starter / "alliance.yaml").write_bytes(data)
    assert problems() == [f"alliance.yaml:{line}: {said}" if line else f"alliance.yaml: {said}"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(starter):
    before = read("alliance.yaml")
    for file in starter.glob("*.yaml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read("alliance.yaml") == before


def test_every_problem_of_a_set_of_files_is_told_at_once_in_order(starter):
    one = edited(starter, "nordhav.yaml", "energy: 78 kWh", "energy: 78")
    two = edited(starter, "nordhav.yaml", "losses: ipm-igbt", "losses: ipm")
    three = edited(starter, "southmoor.yaml", "zone: gb", "zone: uk")
    four = edited(starter, "alliance.yaml", "discount: 7 %", "discount: 7 m")
    five = edited(starter, "alliance.yaml", "sharing: none", "sharing: no")
    places = [line.split(": ")[0] for line in problems()]
    assert places == [
        f"alliance.yaml:{four}",
        f"alliance.yaml:{five}",
        f"nordhav.yaml:{two}",
        f"nordhav.yaml:{one}",
        f"southmoor.yaml:{three}",
    ]


def test_missing_sections_are_told(starter):
    (starter / "alliance.yaml").write_text("coaxle: 1\nname: nothing else\ncarlines: {}\nplants:\n")
    assert problems() == [
        "alliance.yaml: currency: is missing; a mapping is wanted",
        "alliance.yaml: discount: is missing; a ratio is a bare number or in %",
        "alliance.yaml: families: is missing; a mapping is wanted",
        "alliance.yaml: partners: is missing; a mapping is wanted",
        "alliance.yaml: powertrains: is missing; a mapping is wanted",
        "alliance.yaml: rules: is missing; a mapping is wanted",
        "alliance.yaml: transport: is missing; a mapping is wanted",
        "alliance.yaml: years: is missing; a mapping is wanted",
        "alliance.yaml:3: carlines: has no entry; at least one is wanted",
        "alliance.yaml:4: plants: is empty; a mapping is wanted",
    ]


def test_nothing_is_said_of_what_a_broken_file_may_hold(starter):
    """The names of nordhav.yaml are unknown while it cannot be read; that is no problem of the other files."""
    (starter / "nordhav.yaml").write_text("carlines: {\n")
    edited(starter, "southmoor.yaml", "zone: gb", "zone: uk")
    assert [line.split(": ")[0] for line in problems()] == ["nordhav.yaml:2", "southmoor.yaml:61"]


def test_an_entry_stands_in_one_file(starter):
    with (starter / "southmoor.yaml").open("a") as file:
        file.write("batteries:\n  pack-78: {}\n")
    line = (starter / "southmoor.yaml").read_text().count("\n")
    assert problems() == [f"southmoor.yaml:{line}: batteries.pack-78: stands twice, first in nordhav.yaml:27"]


def test_a_section_without_entries_stands_in_one_file(starter):
    with (starter / "southmoor.yaml").open("a") as file:
        file.write("discount: 8 %\ncoaxle: 1\n")
    found = problems()
    assert len(found) == 1
    assert "discount: stands twice, first in southmoor.yaml:" in found[0]


def test_files_that_include_one_another_are_told(starter):
    with (starter / "southmoor.yaml").open("a") as file:
        file.write("include: [nordhav.yaml, sub/more.yaml]\n")
    (starter / "sub").mkdir()
    (starter / "sub" / "more.yaml").write_text("include:\n  - ../southmoor.yaml\n")
    assert problems() == [
        "sub/more.yaml:2: include: the file includes itself: "
        "southmoor.yaml includes sub/more.yaml includes southmoor.yaml"
    ]


def test_a_file_that_two_include_is_read_once(starter):
    with (starter / "southmoor.yaml").open("a") as file:
        file.write("include: [nordhav.yaml, library/combustions.yaml]\n")
    read("alliance.yaml")


def test_the_library_is_named_where_a_file_of_it_is_not_there(starter):
    edited(starter, "alliance.yaml", "library/loss-models.yaml", "library/losses.yaml")
    assert any(
        "'library/losses.yaml' cannot be read" in line and "library/loss-models.yaml" in line for line in problems()
    )


def test_a_library_file_is_only_one_of_the_library(starter):
    """The library's neighbour exists; the way to it is closed."""
    edited(starter, "alliance.yaml", "  - nordhav.yaml", "  - library/../starter/nordhav.yaml")
    assert any("'library/../starter/nordhav.yaml' cannot be read" in line for line in problems())


def test_a_large_file_is_refused_unread(starter):
    """100 MB that would take minutes to parse; the file is sparse, reading it would find zeros."""
    with (starter / "alliance.yaml").open("r+b") as file:
        file.truncate(100_000_000)
    assert problems() == ["alliance.yaml: is too large with 100 MB; a project has at most 20 MB"]


def test_files_are_limited_together(starter, monkeypatch):
    monkeypatch.setattr("coaxle.project.files.MAX_SIZE", 60_000)
    for name in ("nordhav.yaml", "southmoor.yaml"):
        with (starter / name).open("a") as file:
            file.write("# " + "x" * 30_000)
    line = (starter / "alliance.yaml").read_text().split("- southmoor.yaml")[0].count("\n") + 1
    found = problems()
    assert len(found) == 1
    assert found[0] == f"alliance.yaml:{line}: include: 'southmoor.yaml' is too large; a project has at most 0.06 MB"


def test_an_alias_bomb_is_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    _, found = compose("\n".join(lines), "bomb.yaml", Budget())
    assert [str(problem) for problem in found] == [
        f"bomb.yaml:6: a5: the project holds more than {MAX_VALUES} values, aliases counted as often as they are used"
    ]


def test_an_alias_stands_for_what_it_names(starter):
    before = read("alliance.yaml")
    edited(starter, "nordhav.yaml", "peak_torque: 400 Nm", "peak_torque: &torque 400 Nm")
    assert read("alliance.yaml") == before
    edited(starter, "nordhav.yaml", "max_discharge: 230 kW", "max_discharge: *torque")
    (said,) = problems()
    assert said.endswith("batteries.pack-78.max_discharge: '400 Nm' is torque; power is written in kW, W or MW")


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/full", "/proc/self/mem"])
def test_what_is_no_ordinary_file_is_not_opened(path):
    if not os.path.exists(path):  # noqa: PTH110
        pytest.skip(f"{path} is not here")
    with pytest.raises(ProjectError, match=r"is no ordinary file|cannot be read"):
        read(path)


def test_a_path_that_is_none_is_told():
    for path, said in (
        ("nowhere.yaml", "cannot be read: No such file"),
        ("a\0b", "no path|null byte"),
        (".", "a folder"),
    ):
        with pytest.raises(ProjectError, match=said):
            read(path)


def test_a_scenario_changes_what_stands_above_and_nothing_else(starter):
    base = read("alliance.yaml")
    with_it = read("alliance.yaml", "no-deal")
    assert with_it.rules.sharing == "none"
    assert with_it.rules.premium == base.rules.premium
    assert with_it.transport.border == 160.0
    assert with_it.carlines == base.carlines
    assert with_it.scenarios == {}
    later = read("alliance.yaml", "electric-only-later")
    assert list(later.carlines["moor"].options) == ["petrol-southmoor", "petrol-nordhav"]
    assert later.carlines["fjord"].sales == {2026: 12000, 2028: 22000, 2030: 35000}
    assert later.rules == base.rules


def test_a_scenario_may_add_a_field_a_year_and_a_reason(starter):
    edited(
        starter,
        "alliance.yaml",
        "fjord: {sales: {2028: 22000, 2030: 35000}}",
        "fjord:\n        sales: {2027: 15000}\n        assumed: {brand: so}\n"
        "        options: {electric: {extra_mass: 5 kg}}\n"
        "        body: {road_load: {kind: coastdown, f0: 120 N, f1: 0 N/(m/s), f2: 0.4 N/(m/s)2}}",
    )
    fjord = read("alliance.yaml", "electric-only-later").carlines["fjord"]
    assert fjord.sales == {2026: 12000, 2028: 30000, 2030: 55000, 2027: 15000}
    assert sorted(fjord.assumed) == ["brand", "sales"]
    assert fjord.options["electric"].extra_mass == 5.0
    assert fjord.body.road_load.f0 == 120.0
    assert read("alliance.yaml").carlines["fjord"].options["electric"].extra_mass == 0.0


def test_an_unknown_scenario_is_wrong_use(starter):
    with pytest.raises(UseError, match=r"'no-dael' is no scenario of it; did you mean 'no-deal'\?"):
        read("alliance.yaml", "no-dael")


def test_a_problem_of_the_base_is_told_once(starter):
    edited(starter, "nordhav.yaml", "energy: 78 kWh", "energy: 78")
    assert len(problems()) == 1


def test_names_near_and_far():
    nearest = Speller().nearest
    assert nearest("gear-890", ["gear-880", "gear-1110"]) == "gear-880"
    assert nearest("Gear_880", ["gear-880", "gear-1110"]) == "gear-880"
    assert nearest("zzz", ["gear-880"]) is None
    assert did_you_mean("zzz", []) == "; there is none"
    assert did_you_mean("zzz", [f"a{n}" for n in range(10)]).endswith("'a7' and 2 more")
    assert slug("My Pack_78") == "my-pack-78"
    assert slug("__") is None


def test_thousands_of_unknown_names_are_told_without_thousands_of_offers():
    """Comparing each of n unknown names with n known ones takes minutes from some thousands on."""
    speller = Speller()
    known = [f"battery-{n}" for n in range(3000)]
    said = [speller.did_you_mean(f"batterie-{n}", known) for n in range(3000)]
    assert said[0] == "; did you mean 'battery-0'?"
    assert said[20:] == [""] * 2980
