"""The promises of the house: floors, signposts, public names, help, sizes."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "coaxle"
ROOMS = sorted(p.parent for p in SOURCE.rglob("__init__.py") if p.parent != SOURCE)


def test_floors_hold():
    """A room imports only the floors below it; kernels are numbers only."""
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: str(p.relative_to(SOURCE)))
def test_each_room_has_a_signpost(room):
    """The docstring of a room says what lives there."""
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text()))
    assert docstring, f"{room} says nothing about itself"
    if room.parent == SOURCE:
        assert "Never lives here" in docstring
    assert "Comes in" in docstring or room.parent != SOURCE or room.name == "cli"


def test_public_names_are_there():
    """Every promised name resolves; an unknown one does not."""
    coaxle = importlib.import_module("coaxle")
    for name in coaxle.__all__:
        assert getattr(coaxle, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = coaxle.nonsense


def test_no_module_has_an_empty_name():
    """No module is called after nothing."""
    shunned = {"utils", "util", "helpers", "misc", "common", "manager", "base", "core"}
    assert not [p for p in SOURCE.rglob("*.py") if p.stem in shunned]


def test_import_is_light():
    """Importing coaxle, and the command line, loads neither compiler nor solver."""
    heavy = "('numba', 'scipy', 'highspy', 'numpy', 'pydantic', 'jinja2')"
    code = f"import sys, coaxle, coaxle.cli.main; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_check_needs_no_compiler():
    """Reading a project loads no compiler and no solver."""
    code = "import sys, coaxle.project.read; print([m for m in ('numba','scipy','highspy') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
