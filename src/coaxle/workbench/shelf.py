"""Maps that took long to compute, kept on disk under the digest of everything they follow from.

The key holds the inputs and the code that computes: a map of another design, another setting or another version of the
computing rooms is another map. What cannot be read back is computed again.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import coaxle
from coaxle.errors import InputError, MapError
from coaxle.maps.files import SUFFIX, Map, load, save
from coaxle.numerics.digest import digest

M = TypeVar("M", bound=Map)
PLACE = "COAXLE_CACHE"
"""Environment variable that names the folder; where it is empty, nothing is kept."""
STALE = 300.0
"""Age at which a lock counts as forgotten [s]: no map takes that long to compute."""
COMPUTING = ("design", "materials", "maps", "numerics")
"""Rooms whose code a map follows from."""


def folder() -> Path | None:
    """Return where maps are kept: the folder that ``COAXLE_CACHE`` names, else that of the user's platform."""
    named = os.environ.get(PLACE)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "coaxle"


@cache
def code() -> str:
    """Return a digest of the code of the rooms that compute maps, and of the data that they hold."""
    root, hasher = Path(coaxle.__file__).parent, sha256()
    for room in COMPUTING:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".py", ".csv", ".yaml"):
                hasher.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return hasher.hexdigest()


def kept(kind: type[M], content: tuple[Any, ...], make: Callable[[], M]) -> M:
    """Return the map that follows from ``content``: the one on the shelf, or a new one, which is then laid there.

    A folder that cannot be written to keeps nothing, and a file that is damaged or holds something else is replaced.
    """
    place = folder()
    if place is None:
        return make()
    path = place / f"{digest(content, code())[:40]}{SUFFIX}"
    found = _lying(kind, path)
    if found is not None:
        return found
    with _alone(path):
        found = _lying(kind, path)
        if found is not None:
            return found
        made = make()
        with suppress(OSError, InputError):
            save(made, path)
    return made


def _lying(kind: type[M], path: Path) -> M | None:
    """Return the map in ``path``; None where there is none of this kind that can be read."""
    with suppress(MapError):
        if path.exists():
            found = load(path)
            return found if isinstance(found, kind) else None
    return None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes from computing the same map meanwhile: they wait, and then find it.

    The lock is a file beside the map. One that is older than ``STALE`` was left by a process that died, and is broken.
    """
    lock = path.with_suffix(".lock")
    held = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while not held:
            try:
                os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                held = True
            except FileExistsError:
                with suppress(FileNotFoundError):
                    if time.time() - lock.stat().st_mtime > STALE:
                        lock.unlink()
                if path.exists():
                    break
                time.sleep(0.2)
    except OSError:  # a folder that cannot be written to keeps nothing, and no lock either
        pass
    try:
        yield
    finally:
        if held:
            with suppress(OSError):
                lock.unlink()
