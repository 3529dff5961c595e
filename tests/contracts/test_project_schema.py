"""The JSON schema that is shipped is the one of the dataclasses, and says what reading says."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from coaxle.project.create import STARTERS
from coaxle.project.files import LIBRARY
from coaxle.project.project import Project
from coaxle.project.read import read
from coaxle.project.schema import SHIPPED, schema
from coaxle.project.shapes import Maybe, Record, Row, Section, Variants, record
from coaxle.project.write import dump


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def plain(text):
    """Return YAML as JSON knows it: keys are text."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text)))


def test_the_shipped_schema_is_up_to_date():
    """``coaxle schema > src/coaxle/project/project.schema.json`` makes it so."""
    assert json.loads(SHIPPED.read_text()) == schema()


@pytest.mark.parametrize(
    "file", [*STARTERS["starter"].glob("*.yaml"), *LIBRARY.glob("*.yaml")], ids=lambda file: file.name
)
def test_what_is_shipped_conforms(validator, file):
    assert [error.message for error in validator.iter_errors(plain(file.read_text()))] == []


def test_what_is_written_conforms(validator):
    project = read(STARTERS["starter"] / "alliance.yaml")
    assert [error.message for error in validator.iter_errors(plain(dump(project)))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("energy: 78 kWh", "energy: 78"),
        ("energy: 78 kWh", "energy: 78 kW"),
        ("energy: 78 kWh", "energy: -78 kWh"),
        ("usable: 0.94", "usable: 94"),
        ("usable: 0.94", "usable: [1]"),
        ("cylinders: 4", "cylinders: four"),
        ("chemistry: nmc", "chemistry: ncm"),
        ("stroke: 93 mm", "strok: 93 mm"),
        ("    stroke: 93 mm\n", ""),
        ("  pack-78:", "  Pack_78:"),
        ("kind: coastdown", "kind: coast"),
        ("makes: [drive-200]", "makes: drive-200"),
        ("coaxle: 1", "coaxle: 2"),
        ("stop_start: true", "stop_start: 1"),
        ("discount: 0.07\n", ""),
    ],
)
def test_what_reading_refuses_the_schema_refuses(validator, old, new):
    text = dump(read(STARTERS["starter"] / "alliance.yaml"))
    assert old in text
    assert not validator.is_valid(plain(text.replace(old, new, 1)))


def test_every_field_of_a_project_has_a_shape():
    """A dataclass that a project cannot hold would be found by its first reader; here it is found at once."""
    seen: list[type] = []

    def walk(shape):
        match shape:
            case Record(type=kind, slots=slots):
                seen.append(kind)
                for slot in slots.values():
                    walk(slot.shape)
            case Variants(records=records):
                for each in records.values():
                    walk(each)
            case Section(value=inner) | Row(item=inner) | Maybe(inner=inner):
                walk(inner)

    walk(record(Project))
    assert len(seen) > 20


def test_reading_needs_no_compiler_and_no_solver():
    heavy = "('numba', 'scipy', 'highspy', 'jinja2', 'rich', 'pydantic')"
    code = f"import sys, coaxle.project.read; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("verb", ["check", "new", "show", "schema"])
def test_a_verb_imports_only_typer(verb):
    code = (
        f"import sys, coaxle.cli.{verb}; "
        "print([m for m in sys.modules if m.startswith('coaxle.') and not m.startswith('coaxle.cli')]); "
        "print([m for m in ('numpy', 'ruamel.yaml', 'rich') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["[]", "[]"]
