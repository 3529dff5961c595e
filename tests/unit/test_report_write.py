"""A report on disk is whole, or it is the one that was there before."""

from __future__ import annotations

import errno
import json
import os
import resource
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import report_lineup as lineup
from coaxle.errors import InputError
from coaxle.report.write import write

CONTENT = lineup.content_of("i4-m50", "rr-v8")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write a report once."""
    folder = tmp_path_factory.mktemp("report")
    return write(CONTENT, folder / "new" / "deeper")


def everything(folder):
    """Return each file below a folder with its bytes."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_writes_page_tables_data_and_figures(written):
    """All files are there, nothing else is, and the data and figures can be read."""
    folder = written.page.parent
    assert set(everything(folder)) == {p.relative_to(folder) for p in written.files}
    assert {p.name for p in written.tables} >= {"fits.csv", "plan.csv", "production.csv", "ledger.csv", "fleets.csv"}
    assert json.loads(written.data.read_text())["headline"] == "engines too"
    for figure in written.figures:
        assert ET.parse(figure).getroot().tag.endswith("svg")
    assert len(written.figures) == len(set(written.figures)) > 10


def test_writes_the_same_bytes_again(written, tmp_path):
    """The same content makes the same report, to the byte."""
    again = write(CONTENT, tmp_path)
    assert everything(tmp_path) == everything(written.page.parent)
    assert again.page.name == "index.html"


def test_replaces_an_older_report(tmp_path):
    """What was there is replaced; what is not the report's stays."""
    (tmp_path / "index.html").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    write(CONTENT, tmp_path)
    assert (tmp_path / "index.html").read_text().startswith("<!DOCTYPE html>")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_too_large_leaves_the_old_report(tmp_path):
    """A disk that takes the first 100 kB of a file: an error that names the folder, the old files untouched."""
    (tmp_path / "index.html").write_text("old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(InputError, match="cannot be written") as caught:
            write(CONTENT, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(tmp_path) in str(caught.value)
    assert everything(tmp_path) == {Path("index.html"): b"old"}
    assert [p.name for p in tmp_path.iterdir()] == ["index.html"]


def test_a_full_disk_leaves_the_old_report(tmp_path, monkeypatch):
    """No space left at the last file: the old report still stands and nothing half-written lies about."""
    (tmp_path / "index.html").write_text("old")
    whole = Path.write_text

    def full(path, text, **how):
        if path.name == "index.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return whole(path, text, **how)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(InputError, match="No space left on device"):
        write(CONTENT, tmp_path)
    assert everything(tmp_path) == {Path("index.html"): b"old"}


def test_a_place_that_is_no_folder(tmp_path):
    """A file where the folder should be is named."""
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(InputError, match="taken: cannot be written"):
        write(CONTENT, tmp_path / "taken")


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/sys").is_dir(), reason="no read-only place to be found")
def test_a_read_only_place():
    """A file system that refuses new folders is an error in words, whoever asks."""
    with pytest.raises(InputError, match="cannot be written"):
        write(CONTENT, Path("/proc/coaxle-report"))
