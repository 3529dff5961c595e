"""What is written reads back the same; whatever stands in a file, reading gives a project or its problems."""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass, replace
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coaxle.errors import ProjectError
from coaxle.project.create import STARTERS
from coaxle.project.files import LIBRARY
from coaxle.project.project import Project
from coaxle.project.read import read, read_texts
from coaxle.project.write import dump, write

# The folder is only read, or a file of one name written anew, so that one serves all examples.
in_one_folder = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
FILES = sorted(STARTERS["starter"].glob("*.yaml"))


@cache
def starter() -> Project:
    return read(STARTERS["starter"] / "alliance.yaml")


def test_the_starter_reads_back(tmp_path):
    path = write(starter(), tmp_path / "one.yaml")
    assert read(path) == starter()


def test_a_laid_over_scenario_reads_back(tmp_path):
    later = read(STARTERS["starter"] / "alliance.yaml", "electric-only-later")
    assert read(write(later, tmp_path / "later.yaml")) == later


prose = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
said = prose.filter(lambda text: text.strip() != "")
NAMED = ("source", "brand", "model", "home", "pool", "name")


def moved(value: Any, chance: Random, texts: list[str]) -> Any:
    """Return ``value`` with every figure moved by up to a thousandth, and every free text one of ``texts``.

    So the last bits are arbitrary, and what must hold between figures still does; 0 and 1 are bounds and stay.
    """
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            if field.name in NAMED:
                changes[field.name] = chance.choice(texts)
            elif field.name == "assumed":
                changes[field.name] = {key: chance.choice(texts) for key in old}
            elif field.name not in ("scenarios", "years"):
                changes[field.name] = moved(old, chance, texts)
        return replace(value, **changes)
    if isinstance(value, dict):
        return {key: moved(item, chance, texts) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(moved(item, chance, texts) for item in value)
    if isinstance(value, float) and value not in (0.0, 1.0):
        return value * chance.uniform(0.999, 1.001)
    return value


@settings(in_one_folder, max_examples=30)
@example(
    seed=1, texts=["0?", "?0", "true", "1e3", "<<", "a: b", "a #b", "- x", " x ", "x\x85y", "x\u2028y", "x\ny", "'\"\\"]
)
@given(seed=st.integers(0, 10**9), texts=st.lists(said, min_size=1, max_size=9))
def test_any_project_reads_back(tmp_path, seed, texts):
    """To the last bit: text carries as many digits as it needs."""
    project = moved(starter(), Random(seed), texts)
    path = tmp_path / "moved.yaml"
    assert read_texts(path, {path.resolve(): dump(project)}) == project


# fmt: off
NASTY = [
    "nan", ".nan", "-.inf", "1e999", "99999999999999999999", "-0", "0", "null", "~", "yes", "no", "true", "on", "0x1F",
    "0o17", "1_000", "12:30:45", "2021-01-01", "<<", "!!str", "!!binary", "!x", "&a", "*a", "%d", "@x", "`", "|", ">",
    "-", "?", ":", ",", "[", "]", "{", "}", "[[[[", "}}}}", "'\"", "\\", "#", "\t", "\u00e9", "\u2028", "\ufeff",
    "\U0001f697", "kg", "1 kg",
]
# fmt: on
pieces = (
    st.sampled_from([*NASTY, "", "\n", "\r", "  ", "\n  ", ": ", "- ", "kind: bev", "include: [alliance.yaml]"]) | prose
)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[int, bytes]:
    """Return the number of a file of the starter and its bytes after a few mishaps."""
    number = draw(st.integers(0, len(FILES) - 1))
    data = FILES[number].read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 5, 20, 200])))
        new = draw(pieces.map(str.encode) | st.binary(max_size=8) | st.just(data[start:end] * 2))
        data = data[:start] + new + data[end:]
    return number, data


@pytest.fixture
def folder(tmp_path):
    for file in FILES:
        shutil.copy(file, tmp_path)
    return tmp_path


@settings(in_one_folder, max_examples=150)
@given(spoilt())
def test_a_spoilt_file_gives_a_project_or_its_problems(folder, mishap):
    number, data = mishap
    path = folder / FILES[number].name
    path.write_bytes(data)
    project, problems = None, ()
    try:
        project = read(folder / "alliance.yaml")
    except ProjectError as error:
        problems = error.problems
    shutil.copy(FILES[number], path)
    if project is not None:
        assert read_texts(path, {path.resolve(): dump(project)}) == project
        return
    lines = [str(problem) for problem in problems]
    assert len(set(lines)) == len(lines) > 0
    assert list(problems) == sorted(problems)
    assert all(len(line) < 1500 and "\n" not in line for line in lines)


@settings(in_one_folder, max_examples=60)
@given(st.binary(max_size=200) | prose.map(str.encode))
def test_rubbish_gives_problems(folder, data):
    path = folder / "rubbish.yaml"
    path.write_bytes(data)
    with pytest.raises(ProjectError):
        read(path)


def test_the_library_is_read_with_a_project():
    """Each file that is shipped can be included, whatever it needs beside it."""
    for file in LIBRARY.glob("*.yaml"):
        try:
            read(file)
        except ProjectError as error:
            own = [problem for problem in error.problems if "is missing; " not in problem.message]
            assert [str(problem) for problem in own if "is not in" not in problem.message] == []
