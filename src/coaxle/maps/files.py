"""One file a map, ``*.cxmap``: written whole or not at all, named by its digest, read back bit for bit.

The file is a zip archive of ``header.json`` (format, version, kind, digest and every field that is no array) and of one
``FIELD.npy`` for each array, float64 in C order: numpy reads them without coaxle. Nothing in it is ever executed.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import fields
from math import prod
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np

from coaxle.errors import MapError
from coaxle.maps.battery import BatteryMap
from coaxle.maps.edu import EduMap
from coaxle.maps.engine import EngineMap, Fuel
from coaxle.maps.flux import FluxMap
from coaxle.maps.origin import Origin
from coaxle.numerics.arrays import Array
from coaxle.numerics.digest import digest
from coaxle.numerics.files import write_whole

FORMAT = "coaxle map"
VERSION = 2
"""Of the format; raised whenever a field of a map comes, goes or changes its meaning."""
SUFFIX = ".cxmap"
LARGEST = 256_000_000
"""Of a file, and of all its parts once inflated [bytes]."""

Map = EduMap | EngineMap | BatteryMap | FluxMap
_KINDS: dict[str, type[Map]] = {
    "edu": EduMap,
    "engine": EngineMap,
    "battery": BatteryMap,
    "flux": FluxMap,
}
_HEADER = "header.json"
_LARGEST_HEADER = 1_000_000


def save(map: Map, path: str | Path) -> Path:
    """Write ``map`` and return where it stands.

    Parameters
    ----------
    map : EduMap, EngineMap, BatteryMap or FluxMap
        What to write.
    path : str or Path
        A file ending in ``.cxmap``, or a folder, in which the file is named ``<name>-<first 12 of digest>.cxmap``.

    Raises
    ------
    InputError
        Where the disk is full, read-only or not there; a file that stood there before still does.

    """
    path, named = Path(path), digest(map)
    if path.suffix != SUFFIX:
        path = path / f"{re.sub('[^A-Za-z0-9._-]+', '-', map.name).strip('.-') or 'map'}-{named[:12]}{SUFFIX}"
    kind = {made: kind for kind, made in _KINDS.items()}[type(map)]
    told = {f.name: _told(getattr(map, f.name)) for f in fields(map) if f.type != "Array"}
    header = {"format": FORMAT, "version": VERSION, "kind": kind, "digest": named, "fields": told}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(header, indent=1, allow_nan=False)
        archive.writestr(_part(_HEADER), text.encode(), zipfile.ZIP_DEFLATED)
        for f in fields(map):
            if f.type == "Array":
                array = io.BytesIO()
                np.lib.format.write_array(array, getattr(map, f.name).astype("<f8"), (1, 0), allow_pickle=False)
                archive.writestr(_part(f"{f.name}.npy"), array.getvalue(), zipfile.ZIP_DEFLATED)
    return write_whole(path, content.getvalue())


def load(path: str | Path) -> Map:
    """Read the map in the file ``path``: all of it, verified against its digest, or an error.

    Raises
    ------
    MapError
        Naming the file and what is wrong: not there, not such a file, damaged, cut off, of a newer format, blown up.

    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise MapError(f"{path}: holds {size / 1e6:.0f} MB; a map has at most {LARGEST / 1e6:.0f} MB")
        content = path.read_bytes()
    except OSError as error:
        raise MapError(f"{path}: cannot be read: {error.strerror or error}") from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except MapError as error:
        raise MapError(f"{path}: {error}") from None
    except zipfile.BadZipFile as error:
        whole = content[:4] == b"PK\3\4"
        why = f"is damaged or cut off: {error}" if whole else f"is no {SUFFIX} file"
        raise MapError(f"{path}: {why}; a file written by coaxle is wanted") from None
    except (zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, OverflowError) as error:
        raise MapError(f"{path}: is damaged: {error}") from None


def _part(name: str) -> zipfile.ZipInfo:
    """Return an archive's entry that carries no date: equal maps make equal files."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _told(value: Any) -> Any:
    if isinstance(value, Origin | Fuel):
        return {f.name: _told(getattr(value, f.name)) for f in fields(value)}
    return value.item() if isinstance(value, np.generic) else value


def _read(archive: zipfile.ZipFile) -> Map:
    names = [part.filename for part in archive.infolist()]
    if _HEADER not in names:
        raise MapError(f"is no {SUFFIX} file: it has no {_HEADER}")
    inflated = sum(part.file_size for part in archive.infolist())
    if inflated > LARGEST:
        raise MapError(f"inflates to {inflated / 1e6:.0f} MB; a map has at most {LARGEST / 1e6:.0f} MB")
    header = _header(_content(archive, _HEADER, _LARGEST_HEADER))
    made = _KINDS[header["kind"]]
    arrays = [f.name for f in fields(made) if f.type == "Array"]
    wanted = {_HEADER, *(f"{name}.npy" for name in arrays)}
    if set(names) != wanted or len(names) != len(wanted):
        raise MapError(f"holds the parts {', '.join(names)}; {', '.join(sorted(wanted))} are wanted")
    everything: dict[str, Any] = _figures(made, header["fields"])
    everything.update({name: _array(archive, f"{name}.npy") for name in arrays})
    map = made(**everything)
    if digest(map) != header["digest"]:
        raise MapError("its content does not match its digest; it was changed after it was written")
    return map


def _content(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """Return a part, never more of it than ``largest``, whatever the archive says about its size."""
    with archive.open(name) as part:
        content = part.read(largest + 1)
    if len(content) > largest:
        raise MapError(f"{name} inflates to more than {largest / 1e6:.0f} MB")
    return content


def _header(content: bytes) -> dict[str, Any]:
    def refuse(word: str) -> None:
        raise MapError(f"{_HEADER} holds {word}; finite numbers are wanted")

    try:
        header = json.loads(content, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise MapError(f"{_HEADER} is not JSON: {error}") from None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise MapError(f"is no {SUFFIX} file: {_HEADER} does not say 'format': '{FORMAT}'")
    version = header.get("version")
    if type(version) is not int or version != VERSION:
        raise MapError(f"has version {version!r} of the format; this coaxle reads version {VERSION}")
    if not isinstance(header.get("kind"), str) or header["kind"] not in _KINDS:
        raise MapError(f"has the kind {header.get('kind')!r}; {', '.join(_KINDS)} are known")
    if not isinstance(header.get("fields"), dict) or not isinstance(header.get("digest"), str):
        raise MapError(f"{_HEADER} lacks 'fields' or 'digest'")
    return header


def _figures(made: type[Map | Origin | Fuel], told: Mapping[str, Any], place: str = "") -> dict[str, Any]:
    """Return the fields of ``made`` that are no arrays, every one there and of its type."""
    wanted = [f for f in fields(made) if f.type != "Array"]
    if set(told) != {f.name for f in wanted}:
        raise MapError(f"{_HEADER} names {place}{sorted(told)}; {sorted(f.name for f in wanted)} are wanted")
    hints = get_type_hints(made)
    return {f.name: _figure(hints[f.name], told[f.name], place + f.name) for f in wanted}


def _figure(hint: Any, value: Any, place: str) -> Any:
    if hint in (Origin, Fuel):
        if not isinstance(value, dict):
            raise MapError(f"{_HEADER}: {place}: {value!r} stands there; a mapping is wanted")
        return hint(**_figures(hint, value, f"{place}."))
    kinds = get_args(hint) or (hint,)  # of a Literal its words, of a union its types
    words = isinstance(kinds[0], str)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = value in kinds if words else (float in kinds and number) or type(value) in kinds
    if not fits:
        said = " or ".join(str(kind) if words else kind.__name__ for kind in kinds)
        raise MapError(f"{_HEADER}: {place}: {value!r} stands there; {said} is wanted")
    return value


def _array(archive: zipfile.ZipFile, name: str) -> Array:
    """Return the array in the part ``name``, made from its bytes and never from a pickle."""
    content = io.BytesIO(_content(archive, name, LARGEST))
    try:
        if np.lib.format.read_magic(content) != (1, 0):
            raise MapError(f"{name} has another version than 1.0 of numpy's format")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(content)
    except (ValueError, SyntaxError, TypeError, EOFError) as error:
        raise MapError(f"{name} is no array: {error}") from None
    left = content.getbuffer()[content.tell() :]
    if dtype != np.dtype("<f8") or fortran:
        raise MapError(f"{name} holds {dtype} in {'Fortran' if fortran else 'C'} order; float64 in C order is wanted")
    if prod(shape) * 8 != len(left):
        raise MapError(f"{name} says shape {shape} and holds {len(left)} bytes")
    return np.frombuffer(left, dtype="<f8").astype(np.float64).reshape(shape)
