"""The compiled parser and the pure one read the same; where it is not installed, the pure one reads alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coaxle.project import nodes
from coaxle.project.create import STARTERS
from coaxle.project.files import LIBRARY, NOT_TEXT

compiled = pytest.importorskip("_ruamel_yaml", reason="the compiled parser is not installed")
TEXTS = [path.read_text() for path in sorted([*STARTERS["starter"].glob("*.yaml"), *LIBRARY.glob("*.yaml")])]


def pure_events(text: str) -> Any:
    return YAML(typ="safe", pure=True).parse(text)


def compiled_events(text: str) -> Any:
    parser = compiled.CParser(text)
    while parser.check_event():
        yield parser.get_event()


def tree(text: str, events: Any) -> Any:
    """Return what ``text`` holds, with the line and the style of each scalar; None where it is no YAML."""
    patch = pytest.MonkeyPatch()
    patch.setattr(nodes, "events", events)
    try:
        top, problems = nodes.compose(text, "x", nodes.Budget())
    finally:
        patch.undo()
    if any("cannot be read as YAML" in str(problem) or problem.place == "" for problem in problems):
        return None
    return _told(top), problems


def _told(node: Any) -> Any:
    if isinstance(node, nodes.Mapping):
        return {key: (_told(item), node.marks[key]) for key, item in node.items.items()}
    if isinstance(node, nodes.Sequence):
        return [_told(item) for item in node.items]
    return None if node is None else (node.text, node.plain, node.mark)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_both_read_what_is_shipped(text):
    assert tree(text, compiled_events) == tree(text, pure_events) is not None


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    text = text[start : start + draw(st.integers(10, 600))]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 1, 2, 10]))
        new = draw(st.text(st.sampled_from(" \n:-,[]{}#'\"&*!|>%@`?a1.\t\\~é€"), max_size=4))
        text = text[:start] + new + text[end:]
    return text


@settings(max_examples=300, deadline=None)
@given(spoilt())
def test_both_read_the_same_where_both_read(text):
    if NOT_TEXT.search(text):
        return
    try:
        one, other = tree(text, compiled_events), tree(text, pure_events)
    except YAMLError:
        return
    if one is not None and other is not None:
        assert one == other
