"""The compiled parser and the pure one read the same; where it is not installed, the pure one reads alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.project import nodes
from coaxle.project.create import STARTERS
from coaxle.project.files import LIBRARY

compiled = nodes.compiled_events()
if compiled is None:
    pytest.skip("the compiled parser is not installed", allow_module_level=True)
TEXTS = [path.read_text() for path in sorted([*STARTERS["starter"].glob("*.yaml"), *LIBRARY.glob("*.yaml")])]


def tree(text: str, parser: str) -> Any:
    """Return what ``text`` holds, with the line and the style of each scalar; None where ``parser`` has a problem."""
    patch = pytest.MonkeyPatch()
    patch.setattr(nodes, "compiled_events", lambda: None)
    if parser == "compiled":
        patch.setattr(nodes, "pure_events", compiled)
    try:
        top, problems = nodes.compose(text, "x", nodes.Budget())
    finally:
        patch.undo()
    return None if problems else _told(top)


def _told(node: Any) -> Any:
    if isinstance(node, nodes.Mapping):
        return {key: (_told(item), node.marks[key]) for key, item in node.items.items()}
    if isinstance(node, nodes.Sequence):
        return [_told(item) for item in node.items]
    return None if node is None else (node.text, node.plain, node.mark)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_both_read_what_is_shipped(text):
    assert tree(text, "compiled") == tree(text, "pure") is not None


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    text = text[start : start + draw(st.integers(10, 600))]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 1, 2, 10]))
        new = draw(st.text(st.sampled_from(" \n:-,[]{}#'\"&*!|>%@`?a1.\t\\~é€"), max_size=5))
        text = text[:start] + new + text[end:]
    return text


@settings(max_examples=300, deadline=None)
@given(spoilt())
def test_both_read_the_same_where_both_read(text):
    if nodes.NOT_TEXT.search(text):
        return
    one, other = tree(text, "compiled"), tree(text, "pure")
    if one is not None and other is not None:
        assert one == other


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(["a: {b: %s, c: d}\n", "a: [%s, c]\n", "a: %s\nb: c\n", "a:\n  %s: c\n", "a: '%s'\n", 'a: "%s"\n']),
    st.text(st.sampled_from("ab0 ?:-,#'\"&*!|>%@`~.=<[]{}\\\n"), max_size=7),
)
def test_both_read_the_same_of_odd_signs(frame, signs):
    one, other = tree(frame % signs, "compiled"), tree(frame % signs, "pure")
    if one is not None and other is not None:
        assert one == other


def test_what_the_compiled_parser_cannot_read_the_pure_one_reads_anew():
    """The compiled one takes the text for 0 and stumbles over the '?'; YAML 1.2 says that it is '0?'."""
    top, problems = nodes.compose("a: {b: 0?}\n", "x", nodes.Budget())
    assert problems == []
    assert _told(top)["a"][0]["b"][0] == ("0?", True, ("x", 1))
