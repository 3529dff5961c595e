"""The promises of errors: one tree, one exit code a kind, problems in order."""

from __future__ import annotations

import pytest

from coaxle import errors
from coaxle.errors import CoaxleError, Problem, ProjectError

CODES = {
    "CoaxleError": 4,
    "InputError": 1,
    "ProjectError": 1,
    "MapError": 1,
    "CycleError": 1,
    "UseError": 2,
    "InfeasibleError": 3,
    "ComputationError": 4,
}


def test_each_kind_has_its_exit_code():
    kinds = {
        name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)
    }
    assert {name: kind.exit_code for name, kind in kinds.items()} == CODES
    assert all(issubclass(kind, CoaxleError) for kind in kinds.values())


def test_the_docstring_draws_the_tree():
    for name in CODES:
        assert name in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a.yaml", 3, "edus.x", "is odd"), "a.yaml:3: edus.x: is odd"),
        (Problem("a.yaml", 0, "", "is empty"), "a.yaml: is empty"),
        (Problem("a.yaml", 0, "edus", "is missing"), "a.yaml: edus: is missing"),
    ],
)
def test_a_problem_says_where_it_is(problem, text):
    assert str(problem) == text


def test_a_project_error_tells_all_problems_in_order():
    one, two, three = Problem("a", 12, "", "x"), Problem("a", 3, "", "y"), Problem("b", 1, "", "z")
    error = ProjectError([three, one, two])
    assert error.problems == (two, one, three)
    assert str(error) == "a:3: y\na:12: x\nb:1: z"
