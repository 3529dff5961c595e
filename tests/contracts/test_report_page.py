"""The promises of the page: self-contained, strict, light, readable, and true to its content."""

from __future__ import annotations

import itertools
import json
import re
import sys
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import report_lineup as lineup
from coaxle.project.assumptions import assumptions, sources
from coaxle.report.numerals import mega
from coaxle.report.page import page
from coaxle.report.palette import LIGHT_AND_DARK
from coaxle.report.tables import tables
from coaxle.report.write import data

XHTML = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "br", "link", "img", "hr", "input"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "summary", "th", "dt", "a", "button", "strong"}
BLOCKS = {"p", "div", "table", "section", "ul", "dl", "h1", "h2", "h3", "h4", "details", "figure", "main", "nav"}


@cache
def made():
    return page(lineup.content())


@cache
def root():
    return ET.fromstring(made().html.replace("<!DOCTYPE html>", "", 1))


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def test_is_strict_markup():
    """The page is well-formed to the last attribute: it parses as XML, and void elements alone close themselves."""
    assert made().html.startswith("<!DOCTYPE html>")
    empty = re.findall(r"<([a-z0-9]+)(?:\s[^<>]*)?/>", re.sub(r"<svg.*?</svg>", "", made().html, flags=re.S))
    assert set(empty) <= VOID
    assert root().get("lang") == "en"


def test_nothing_is_nested_wrongly():
    """No block stands where only words may stand, no row outside a table, no item outside a list."""
    for parent in root().iter():
        if not isinstance(parent.tag, str) or parent.tag.startswith(XHTML):
            continue
        for child in parent:
            if parent.tag in PHRASING_ONLY:
                assert child.tag not in BLOCKS, (parent.tag, child.tag)
            if child.tag == "tr":
                assert parent.tag in ("thead", "tbody")
            if child.tag in ("td", "th"):
                assert parent.tag == "tr"
            if child.tag == "li":
                assert parent.tag == "ul"


def test_asks_no_other_host():
    """Nothing is loaded: no source, no import, no font, no address in a style; and a policy forbids it."""
    html = made().html
    assert not re.search(r"@import|url\(|<link|<img|<iframe|<object|<embed|fetch\(|XMLHttpRequest|import\(", html)
    for element in root().iter():
        for name in ("src", "srcset", "action", "data", "poster"):
            assert element.get(name) is None
        for name, value in element.attrib.items():
            if name.endswith("href"):
                assert value.startswith("#")
    addresses = set(re.findall(r"https?://[^\s\"'<>]+", html))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    policy = next(m.get("content") for m in root().iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy


def test_shares_what_figures_have_in_common():
    """A map that several carlines drive on is written once; every reference finds its piece; files stand alone."""
    pieces = {g.get("id") for g in root().iter(f"{XHTML}g") if (g.get("id") or "").startswith("shared-")}
    uses = [use.get("href")[1:] for use in root().iter(f"{XHTML}use")]
    assert set(uses) == pieces
    assert all(uses.count(piece) > 1 for piece in pieces)
    assert len(pieces) > 10
    assert "<!--" not in made().html
    for picture in made().pictures:
        assert "<!--" not in picture.svg
        assert "<use" not in picture.svg


def test_is_light():
    """26 carlines stay below 3 MB."""
    assert len(lineup.CARLINES) == 26
    assert len(made().html.encode()) < 3_000_000


def test_every_id_is_one_and_every_anchor_leads_somewhere():
    """Names of places are unique and links find theirs."""
    ids = [element.get("id") for element in root().iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in root().iter("a"):
        assert link.get("href")[1:] in ids


def test_tables_and_figures_speak():
    """Header cells say what they head; every figure has a name and a description; boxes that scroll can be reached."""
    for table in root().iter("table"):
        headers = list(table.iter("th"))
        assert headers
        assert all(th.get("scope") in ("col", "row", "rowgroup") for th in headers)
        assert table.find("thead") is not None
    drawings = [svg for svg in root().iter(f"{XHTML}svg") if svg.get("aria-hidden") != "true"]
    assert len(drawings) == len(made().pictures) > 100
    for drawing in drawings:
        assert drawing.get("role") == "img"
        assert drawing.findtext(f"{XHTML}title")
        assert drawing.findtext(f"{XHTML}desc")
    for box in root().iter("div"):
        if box.get("class") == "scroll":
            assert box.get("role") == "region"
            assert box.get("aria-label")
            assert box.get("tabindex") == "0"


def test_headings_do_not_skip():
    """Levels go down one at a time."""
    levels = [int(e.tag[1]) for e in root().iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT_ON = [
    *itertools.product(("ink", "muted", "accent", "less", "more", "changed-ink"), ("ground", "panel")),
    ("ink", "changed"),
    ("changed-ink", "changed"),
    ("muted", "changed"),
    ("accent", "changed"),
    *(("ink", f"heat-{i}") for i in range(6)),
]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(text, ground, mode):
    """Text has the contrast of WCAG 2 AA, 4.5 to 1, in both themes."""
    assert contrast(LIGHT_AND_DARK[text][mode], LIGHT_AND_DARK[ground][mode]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("token", ["partner-0", "partner-1", "partner-2", "less", "more", "target", "point", "source"])
def test_marks_can_be_seen(token, mode):
    """Lines and bars have the contrast of WCAG 2 for graphics, 3 to 1, against the ground."""
    assert contrast(LIGHT_AND_DARK[token][mode], LIGHT_AND_DARK["ground"][mode]) >= 3.0


def test_says_the_saving_and_its_proof():
    """The first sentence carries the saving and what of it is proven, as the comparison has them."""
    comparison = lineup.content().told.comparison
    lead = next(text_of(p) for p in root().iter("p") if p.get("class") == "lead")
    assert f"save {mega(comparison.saving)} MEUR".replace("\u202f", " ") in lead.replace("\u202f", " ")
    assert f"at least {mega(comparison.saving_least)} MEUR".replace("\u202f", " ") in lead.replace("\u202f", " ")


def test_marks_every_change_and_no_other():
    """The table of who uses what marks the carlines whose powertrain differs from alone."""
    comparison = lineup.content().told.comparison
    alone = {c: p for plan in comparison.alone.values() for c, p in plan.assignment.items()}
    changed = {c for c, p in comparison.together.assignment.items() if alone[c] != p}
    table = next(t for t in root().iter("table") if "uses" in t.get("class", ""))
    rows = [row for row in table.iter("tr") if row.find("th/a") is not None]
    assert len(rows) == 26
    marked = {row.find("th/a").get("href").removeprefix("#car-") for row in rows if row.get("class") == "is-changed"}
    assert marked == changed
    assert all("changed" in text_of(row) for row in rows if row.get("class") == "is-changed")
    foreign = [row for row in rows if "from BMW Group" in text_of(row) or "from Jaguar Land Rover" in text_of(row)]
    assert {row.find("th/a").get("href").removeprefix("#car-") for row in foreign} == changed


def test_every_fit_and_reason_is_told():
    """Each carline's table holds each of its powertrains; what does not fit says why."""
    fits = lineup.fits()
    for i in range(len(fits)):
        car = next(d for d in root().iter("details") if d.get("id") == f"car-{fits.carlines[i]}")
        rows = [row for row in car.iter("tr") if row.find("th/span") is not None]
        row = next(r for r in rows if r.find("th/span").text == fits.powertrains[i])
        assert ("✓" in text_of(row)) == bool(fits.feasible[i])
        for why in fits.reasons[i]:
            assert why in text_of(row)


def test_every_assumption_and_source_is_told():
    """Reasons and values of all assumptions, and all sources, are on the page."""
    content = lineup.content()
    whole = text_of(next(s for s in root().iter("section") if s.get("id") == "origins"))
    assert len(assumptions(content.project)) > 40
    for row in assumptions(content.project):
        assert row.reason in whole
        assert row.value
        assert row.value in whole
    for row in sources(content.project):
        assert row.source in whole
        assert row.place in whole
    for machine in content.maps.values():
        assert machine.origin.source in whole
    assert content.digest in whole
    assert all(value in whole for value in content.settings.values())


def test_hostile_names_stay_words():
    """A name that looks like markup is shown, not obeyed."""
    import dataclasses

    content = lineup.content()
    hostile = '<script>alert("x")</script> & </style>'
    project = dataclasses.replace(content.project, name=hostile)
    told = tuple(
        dataclasses.replace(s, project=dataclasses.replace(s.project, name=hostile)) for s in content.scenarios
    )
    html = page(dataclasses.replace(content, project=project, scenarios=told, drives=())).html
    assert "<script>alert" not in html
    parsed = ET.fromstring(html.replace("<!DOCTYPE html>", "", 1))
    assert next(parsed.iter("h1")).text == hostile
    assert len(list(parsed.iter("script"))) == 1


def test_json_holds_every_table():
    """report.json is JSON without NaN, with every table and the saving of each scenario."""
    content = lineup.content()
    every = tables(content)
    found = json.loads(json.dumps(data(content, every), allow_nan=False))
    assert set(found["tables"]) == {
        "fits", "costs", "plan", "production", "ledger", "fleets", "energies", "assumptions", "sources",
    }  # fmt: skip
    for scenario in content.scenarios:
        assert found["scenarios"][scenario.name]["saving [EUR]"] == scenario.comparison.saving
    for table in every:
        assert len(found["tables"][table.name]["rows"]) == len(table.rows)
        assert all(len(row) == len(table.headings) for row in table.rows)


def test_headings_carry_units():
    """A column of figures says its unit, unless it counts years."""
    for table in tables(lineup.content()):
        for i, heading in enumerate(table.headings):
            if any(isinstance(row[i], float) for row in table.rows):
                assert re.search(r"\[.+\]", heading), (table.name, heading)
