"""A reader opens the page: on a desk, on a telephone, in the dark, on paper."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import report_lineup as lineup
from coaxle.report.write import write

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Write the synthetic report and return where its page is."""
    return write(lineup.content(), tmp_path_factory.mktemp("report")).page.as_uri()


@pytest.fixture(scope="module")
def browser():
    """Start one browser for all journeys."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def opened(browser, address, width, scheme="light"):
    """Return the page at a width, with what the browser complained of and what it asked for."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.complaints, page.asked = [], []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1920])
def test_fits_every_screen(browser, address, width):
    """The page never scrolls sideways, closed or open; only boxes within it do. Nothing is complained of or loaded."""
    page = opened(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#open-all")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
           && !e.closest('.scroll') && !e.closest('svg')).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    assert page.complaints == []
    assert page.asked == [address]
    page.close()


def test_details_open_close_and_follow_links(browser, address):
    """Carlines are closed at first, open at a click, all at once, and when a link leads into them."""
    page = opened(browser, address, 1280)
    count = "document.querySelectorAll('#carlines details[open]').length"
    assert page.evaluate(count) == 0
    page.click("#car-i4-m50 > summary")
    assert page.evaluate(count) == 1
    page.click(".uses a[href='#car-rr-v8']")
    page.wait_for_function("document.getElementById('car-rr-v8').open")
    page.click("#open-all")
    assert page.evaluate(count) == 26
    page.click("#close-all")
    assert page.evaluate(count) == 0
    page.close()


def test_theme_follows_the_system_and_the_reader(browser, address):
    """Dark systems get a dark page and dark figures; the button overrules both."""
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    label = "getComputedStyle(document.querySelector('#answer svg text')).fill"
    page = opened(browser, address, 1280, "dark")
    assert page.evaluate(ground) == "rgb(21, 24, 28)"
    assert page.evaluate(label) == "rgb(233, 237, 241)"
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(21, 24, 28)"
    page.close()


def test_readable_without_script(browser, address):
    """Without script the details still open and nothing is lost but the buttons."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.click("#car-ghost > summary")
    assert page.locator("#car-ghost svg").first.is_visible()
    assert not page.locator("#open-all").is_visible()
    context.close()


def test_prints_whole(browser, address, tmp_path):
    """Printing opens every carline, and closes them again after."""
    page = opened(browser, address, 1280, "dark")
    closed = tmp_path / "closed.pdf"
    page.pdf(path=str(closed), prefer_css_page_size=True)
    content = closed.read_bytes()
    assert content.startswith(b"%PDF")
    pages = content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") + content.count(b"/Type /Page/")
    assert pages >= 26  # each carline begins a page of its own
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('#carlines details[open]').length") == 26
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelectorAll('#carlines details[open]').length") == 0
    page.emulate_media(media="print")
    breaks = "[...document.querySelectorAll('#carlines details')].map(e => getComputedStyle(e).breakBefore)"
    assert page.evaluate(breaks) == ["auto", *["page"] * 25]
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
