"""The page, its pictures, and the verb that makes them."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from coaxle.cli.main import app
from coaxle.errors import InputError
from coaxle.validation.errors import Comparison
from coaxle.validation.page import page, pictures, write_page
from coaxle.validation.validate import Validation, ValidationSettings, validate

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def validation() -> Validation:
    return validate(ValidationSettings(two_cycle=False))


def test_the_page_tells_each_target_and_every_class(validation: Validation) -> None:
    text = page(validation)
    for comparison in validation.comparisons:
        if comparison.target is not None:
            assert f"| {comparison.quantity}, {comparison.kind} |" in text
    for name in validation.classes.combustions:
        assert f"| {name} |" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for above, below in itertools.pairwise(rows):
        if re.fullmatch(r"\|( -+:? \|)+", below):
            assert above.count("|") == below.count("|")
    assert "nan" not in text.lower().replace("nanometre", "")


@pytest.mark.parametrize(("predicted", "verdict"), [(104.0, "5.0 % met"), (94.0, "5.0 % **missed**")])
def test_a_target_that_is_missed_is_called_so(validation: Validation, predicted: float, verdict: str) -> None:
    one = Comparison(
        quantity="range", kind="electric", unit="km", scale=1.0, relative=True, target=0.05, names=("car",),
        makers=("BMW",), parts=("test",), measured=np.array([100.0]), predicted=np.array([predicted]),
    )  # fmt: skip
    rows = [line for line in page(replace(validation, comparisons=(one,))).splitlines() if line.startswith("| range")]
    assert verdict in rows[0]
    assert "nothing fitted" in rows[0]


def test_a_maker_without_a_car_in_the_test_part_is_named(validation: Validation) -> None:
    one = Comparison(
        quantity="range", kind="electric", unit="km", scale=1.0, relative=True, target=0.05, names=("a", "b", "c"),
        makers=("BMW", "JLR", "JLR"), parts=("test", "calibration", "calibration"), measured=np.full(3, 100.0),
        predicted=np.full(3, 101.0),
    )  # fmt: skip
    lines = page(replace(validation, comparisons=(one,))).splitlines()
    assert "- range, electric, JLR (2 in the calibration part)" in lines
    assert not [line for line in lines if line.startswith("- range, electric, BMW")]


def test_pictures_stand_alone_and_beside_the_page(validation: Validation, tmp_path: Path) -> None:
    files = write_page(validation, tmp_path / "docs" / "validation.md")
    assert files[-1].name == "validation.md"
    assert {file.name for file in files[:-1]} == set(pictures(validation))
    for file in files[:-1]:
        assert file.read_text(encoding="utf-8").startswith("<svg")
        assert f"(pictures/{file.name})" in files[-1].read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written(validation: Validation, tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file, no folder")
    with pytest.raises(InputError, match="cannot be written"):
        write_page(validation, tmp_path / "docs" / "validation.md")


def test_the_page_in_the_repository_is_the_one_that_is_made() -> None:
    """Figures of the shipped page, read back: the answer table holds every target and says whether it is met."""
    text = (HERE / "docs" / "validation.md").read_text(encoding="utf-8")
    assert text.startswith("<!-- made by `coaxle validate --to docs/validation.md`; do not edit -->")
    answer = text.split("## Blind errors")[1].split("##")[0]
    assert answer.count(" met |") + answer.count("**missed** |") == len(
        [line for line in answer.splitlines() if line.startswith("| ") and "---" not in line and "cars" not in line]
    )
    for picture in re.findall(r"\((pictures/[^)]+)\)", text):
        assert (HERE / "docs" / picture).is_file()


def test_the_verb_prints_json(monkeypatch: pytest.MonkeyPatch, validation: Validation) -> None:
    import coaxle.validation.validate as module

    monkeypatch.setattr(module, "validate", lambda: validation)
    result = CliRunner().invoke(app, ["validate", "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    first = said["comparisons"][0]
    assert {"quantity", "class", "target", "errors", "cars"} <= set(first)
    assert first["errors"]["test"]["count"] == sum(car["part"] == "test" for car in first["cars"] if car["measured"])


def test_calibrate_does_not_go_with_a_page() -> None:
    result = CliRunner().invoke(app, ["validate", "--calibrate", "--json"])
    assert result.exit_code != 0
