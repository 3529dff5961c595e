"""The promises of a unit's page: self-contained, strict, readable, and true to its content."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import xml.etree.ElementTree as ET
from functools import cache

import pytest

import report_unit_cases as cases
from coaxle.report.palette import LIGHT_AND_DARK
from coaxle.report.unit.page import unit_page
from coaxle.report.unit.tables import unit_tables
from coaxle.report.unit.write import unit_data, write_unit

XHTML = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "br", "link", "img", "hr", "input"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "summary", "th", "dt", "a", "button", "strong", "figcaption"}
BLOCKS = {"p", "div", "table", "section", "ul", "dl", "h1", "h2", "h3", "h4", "details", "figure", "main", "nav"}
BOTH = pytest.mark.parametrize("name", [cases.WOUND, cases.MAGNET])


@cache
def made(name):
    return unit_page(cases.content(name))


@cache
def root(name):
    return ET.fromstring(made(name).html.replace("<!DOCTYPE html>", "", 1))


def text_of(element):
    return " ".join("".join(element.itertext()).split())


@BOTH
def test_is_strict_markup(name):
    """The page parses as XML, void elements alone close themselves, and nothing is nested wrongly."""
    assert made(name).html.startswith("<!DOCTYPE html>")
    empty = re.findall(r"<([a-z0-9]+)(?:\s[^<>]*)?/>", re.sub(r"<svg.*?</svg>", "", made(name).html, flags=re.S))
    assert set(empty) <= VOID
    assert root(name).get("lang") == "en"
    for parent in root(name).iter():
        if not isinstance(parent.tag, str) or parent.tag.startswith(XHTML):
            continue
        for child in parent:
            if parent.tag in PHRASING_ONLY:
                assert child.tag not in BLOCKS, (parent.tag, child.tag)
            if child.tag == "tr":
                assert parent.tag in ("thead", "tbody")
            if child.tag == "li":
                assert parent.tag == "ul"


@BOTH
def test_asks_no_other_host(name):
    """Nothing is loaded, and a policy forbids it."""
    html = made(name).html
    assert not re.search(r"@import|url\(|<link|<img|<iframe|<object|<embed|fetch\(|XMLHttpRequest|import\(", html)
    for element in root(name).iter():
        assert all(element.get(way) is None for way in ("src", "srcset", "action", "data", "poster"))
        assert all(value.startswith("#") for key, value in element.attrib.items() if key.endswith("href"))
    assert set(re.findall(r"https?://[^\s\"'<>]+", html)) <= {"http://www.w3.org/2000/svg"}
    policy = next(m.get("content") for m in root(name).iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert len(html.encode()) < 1_500_000


@BOTH
def test_places_tables_and_pictures_speak(name):
    """Ids are unique, links lead somewhere, header cells say what they head, pictures have a name and a description."""
    ids = [element.get("id") for element in root(name).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(link.get("href")[1:] in ids for link in root(name).iter("a"))
    for table in root(name).iter("table"):
        headers = list(table.iter("th"))
        assert headers
        assert all(th.get("scope") in ("col", "row", "rowgroup") for th in headers)
        assert table.find("thead") is not None
    drawings = [svg for svg in root(name).iter(f"{XHTML}svg") if svg.get("aria-hidden") != "true"]
    assert len(drawings) == len(made(name).pictures) >= 18
    for drawing in drawings:
        assert drawing.get("role") == "img"
        assert drawing.findtext(f"{XHTML}title")
        assert drawing.findtext(f"{XHTML}desc")
    levels = [int(e.tag[1]) for e in root(name).iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


@BOTH
def test_pictures_stand_alone(name):
    """Each is XML of its own, refers to nothing outside, keeps to the palette and within its frame."""
    known = {value[0] for value in LIGHT_AND_DARK.values()}
    names = [picture.name for picture in made(name).pictures]
    assert len(names) == len(set(names))
    for picture in made(name).pictures:
        drawing = ET.fromstring(picture.svg)
        assert "<use" not in picture.svg
        assert "<!--" not in picture.svg
        assert set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', picture.svg)) <= known
        width, height = (float(part) for part in drawing.get("viewBox").split()[2:])
        for text in drawing.iter(f"{XHTML}text"):
            assert 0 <= float(text.get("x")) <= width, (picture.name, text.text)
            assert 0 <= float(text.get("y")) <= height, (picture.name, text.text)


@BOTH
def test_every_check_and_source_is_on_the_page(name):
    """Each check is a line, green or red, with note and source, red ones first; every source and assumption is told."""
    content = cases.content(name)
    table = next(t for t in root(name).iter("table") if t.get("class") == "checks")
    rows = [row for row in table.iter("tr") if row.get("class") in ("green", "red")]
    assert len(rows) == len(content.checks)
    colours = [row.get("class") for row in rows]
    assert colours == sorted(colours, key=lambda colour: colour == "green")
    assert colours.count("red") == len(content.failed)
    said = {text_of(row.find("th")): text_of(row) for row in rows}
    for check in content.checks:
        assert ("✓" in said[check.name]) == check.passed
        assert " ".join(check.note.split()) in said[check.name]
        assert " ".join(check.source.split()) in said[check.name]
    whole = text_of(next(s for s in root(name).iter("section") if s.get("id") == "origins"))
    assert content.sources
    for row in content.sources:
        assert row.source in whole
    for row in content.assumed:
        assert row.reason in whole
    assert content.digest in whole


def test_own_design_is_said_where_an_entry_says_it():
    assert "coaxle's own design for the published envelope: the maker" in made(cases.WOUND).html.replace("&#39;", "'")
    assert "own design for the published envelope: the maker" not in made(cases.MAGNET).html


def test_checks_that_could_not_be_computed_are_no_green_page():
    """A page without checks says why there are none."""
    content = dataclasses.replace(cases.content(cases.MAGNET), checks=(), unchecked="rotor: no mesh")
    html = unit_page(content).html
    assert "could not be computed: rotor: no mesh" in html
    assert "checks passed" not in html


def test_hostile_names_stay_words():
    """A name that looks like markup is shown, not obeyed."""
    hostile = '<script>alert("x")</script> & </style>'
    html = unit_page(dataclasses.replace(cases.content(cases.MAGNET), project=hostile, command=hostile)).html
    assert "<script>alert" not in html
    assert len(list(ET.fromstring(html.replace("<!DOCTYPE html>", "", 1)).iter("script"))) == 1


@BOTH
def test_json_holds_every_table(name):
    content = cases.content(name)
    every = unit_tables(content)
    found = json.loads(json.dumps(unit_data(content, every), allow_nan=False))
    assert set(found["tables"]) == {
        "ratings", "checks", "losses", "bill", "envelope", "temperatures", "materials", "operation", "assumptions",
        "sources",
    }  # fmt: skip
    for table in every:
        assert all(len(row) == len(table.headings) for row in table.rows)
        for i, heading in enumerate(table.headings):
            if any(isinstance(row[i], float) for row in table.rows):
                assert re.search(r"\[.+\]", heading), (table.name, heading)
    if name == cases.MAGNET:
        assert found["cost"] is None
        assert found["without price"] == ["sheet"]


def test_a_folder_that_cannot_be_written_is_left_as_it_is(tmp_path):
    """A file stands where the folder of tables would: an error that names the place, and nothing beside it."""
    from coaxle.errors import InputError

    (tmp_path / cases.MAGNET).write_text("mine")
    with pytest.raises(InputError, match="cannot be written"):
        write_unit(cases.content(cases.MAGNET), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [cases.MAGNET]
    assert (tmp_path / cases.MAGNET).read_text() == "mine"
