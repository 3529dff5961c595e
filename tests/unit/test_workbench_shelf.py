"""The shelf: a map is computed once for all processes, and nothing that lies there is believed unread."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coaxle.maps import BatteryMap, EduMap
from coaxle.workbench import shelf
from coaxle.workbench.shelf import PLACE, folder, kept
from electric_cases import battery, edu


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(PLACE, str(tmp_path / "shelf"))
    return tmp_path / "shelf"


class Maker:
    """Makes a map and counts."""

    def __init__(self, wait: float = 0.0) -> None:
        self.count, self._wait = 0, wait

    def __call__(self) -> EduMap:
        self.count += 1
        time.sleep(self._wait)
        return edu(nodes=(1, 5, 5))


def test_the_same_content_is_computed_once(place):
    make = Maker()
    first, second = kept(EduMap, ("a", 1.0), make), kept(EduMap, ("a", 1.0), make)
    assert make.count == 1
    assert first.loss.tobytes() == second.loss.tobytes()
    kept(EduMap, ("a", 1.1), make)
    assert make.count == 2


def test_other_code_is_another_map(place, monkeypatch):
    make = Maker()
    kept(EduMap, ("a",), make)
    monkeypatch.setattr(shelf, "code", lambda: "another")
    kept(EduMap, ("a",), make)
    assert make.count == 2


def test_a_damaged_file_is_replaced(place):
    make = Maker()
    kept(EduMap, ("a",), make)
    (path,) = place.glob("*.cxmap")
    path.write_bytes(path.read_bytes()[:200])
    kept(EduMap, ("a",), make)
    kept(EduMap, ("a",), make)
    assert make.count == 2


def test_a_map_of_another_kind_is_replaced(place):
    kept(BatteryMap, ("a",), battery)
    make = Maker()
    assert isinstance(kept(EduMap, ("a",), make), EduMap)
    assert make.count == 1


def test_no_folder_keeps_nothing(monkeypatch):
    monkeypatch.setenv(PLACE, "")
    make = Maker()
    assert folder() is None
    kept(EduMap, ("a",), make)
    kept(EduMap, ("a",), make)
    assert make.count == 2


def test_a_place_that_is_no_folder_keeps_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(PLACE, str(tmp_path / "file"))
    make = Maker()
    assert isinstance(kept(EduMap, ("a",), make), EduMap)


def test_a_folder_of_its_own_without_the_variable(monkeypatch):
    monkeypatch.delenv(PLACE, raising=False)
    found = folder()
    assert found is not None
    assert found.name == "coaxle"


def test_others_wait_for_the_one_that_computes(place):
    make = Maker(wait=0.6)
    with ThreadPoolExecutor(3) as pool:
        maps = list(pool.map(lambda _: kept(EduMap, ("a",), make), range(3)))
    assert make.count == 1
    assert len(maps) == 3
    assert not list(place.glob("*.lock"))


def test_a_forgotten_lock_is_broken(place):
    place.mkdir()
    make = Maker()
    kept(EduMap, ("a",), make)
    (path,) = place.glob("*.cxmap")
    lock = path.with_suffix(".lock")
    path.unlink()
    lock.touch()
    old = time.time() - 2 * shelf.STALE
    os.utime(lock, (old, old))
    kept(EduMap, ("a",), make)
    assert make.count == 2
    assert not lock.exists()


def test_a_maker_that_fails_leaves_no_lock(place):
    def fail() -> EduMap:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        kept(EduMap, ("a",), fail)
    assert not list(place.glob("*"))
