"""Maps that took long to compute, kept on disk under the digest of everything they follow from.

The key holds the inputs and the code that computes: a map of another design, another setting or another version of the
computing rooms is another map. What cannot be read back is computed again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
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
    if path.exists():
        try:
            found = load(path)
            if isinstance(found, kind):
                return found
        except MapError:
            pass
    made = make()
    try:
        place.mkdir(parents=True, exist_ok=True)
        save(made, path)
    except (OSError, InputError):
        pass
    return made
