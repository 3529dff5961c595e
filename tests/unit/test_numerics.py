"""Grids, digests, rows and files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from coaxle.errors import InputError
from coaxle.numerics.arrays import frozen
from coaxle.numerics.digest import digest
from coaxle.numerics.files import write_whole
from coaxle.numerics.grid import bilinear, is_even, locate
from coaxle.numerics.rows import Here, Threads


def test_frozen_shares_nothing_and_cannot_be_written():
    values = np.arange(3.0)
    array = frozen(values)
    values[0] = 9
    assert array[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


@pytest.mark.parametrize(
    ("axis", "even"),
    [([0.0, 1, 2], True), ([0.0, 1, 2.1], False), ([2.0, 1, 0], False), ([1.0], False), ([0.0, np.nan, 2], False)],
)
def test_is_even(axis, even):
    assert is_even(np.array(axis)) is even


def test_locate_and_bilinear_meet_a_plane():
    x, y = np.linspace(0, 3, 4), np.linspace(-1, 1, 5)
    plane = 2 * x[:, None] - 3 * y[None, :] + 1
    points_x, points_y = np.array([0.0, 0.4, 2.99, 3.0]), np.array([-1.0, 0.1, 0.9, 1.0])
    cell, weight = locate(x, points_x)
    assert cell.tolist() == [0, 0, 2, 2]
    assert weight == pytest.approx([0, 0.4, 0.99, 1.0])
    assert bilinear(x, y, plane, points_x, points_y) == pytest.approx(2 * points_x - 3 * points_y + 1)


@dataclass(frozen=True)
class Thing:
    a: float
    b: tuple[str, ...] = ()


def test_digest_tells_content_apart():
    same = digest(Thing(1.0, ("x",)), {"k": np.arange(3.0), "j": None})
    assert same == digest(Thing(1.0, ("x",)), {"j": None, "k": np.arange(3.0)})
    assert len({same, digest(Thing(1.0)), digest(1), digest(1.0), digest("1"), digest(True), digest(("1",))}) == 7
    with pytest.raises(TypeError, match="object"):
        digest(object())


@pytest.mark.parametrize("where", [Here(), Threads(workers=1, chunk=7), Threads(workers=3, chunk=7)])
def test_every_row_is_computed_once(where):
    done = np.zeros(100, int)

    def work(first, last):
        done[first:last] += 1

    where.over(100, work)
    assert done.tolist() == [1] * 100
    where.over(0, work)


def test_an_error_in_a_row_is_raised():
    def work(first, last):
        raise ArithmeticError(first)

    with pytest.raises(ArithmeticError):
        Threads(workers=2, chunk=1).over(3, work)


def test_write_whole_replaces(tmp_path: Path):
    path = tmp_path / "deep" / "file.txt"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch):
    path = write_whole(tmp_path / "file.txt", b"old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"file\.txt: cannot be written \(No space left on device\)"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file.txt"]


def test_a_folder_that_cannot_be_is_named(tmp_path: Path):
    blocked = write_whole(tmp_path / "file", b"") / "below" / "x"
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(blocked, b"")
