"""Digests: the same content has the same name, whatever file or process it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def digest(*things: Any) -> str:
    """Return 64 hexadecimal digits that name the content of ``things``.

    Dataclasses, mappings, sequences, arrays, text and numbers are told apart; order in a mapping does not count.

    Raises
    ------
    TypeError
        For anything else: a digest of a memory address would name nothing.

    """
    hasher = hashlib.sha256()
    for thing in things:
        _feed(hasher, thing)
    return hasher.hexdigest()


def _feed(hasher: Any, thing: Any) -> None:
    if is_dataclass(thing) and not isinstance(thing, type):
        hasher.update(b"D" + type(thing).__name__.encode())
        for field in fields(thing):
            hasher.update(field.name.encode() + b"=")
            _feed(hasher, getattr(thing, field.name))
    elif isinstance(thing, np.ndarray):
        hasher.update(f"A{thing.dtype.str}{thing.shape}".encode())
        hasher.update(np.ascontiguousarray(thing).tobytes())
    elif isinstance(thing, Mapping):
        hasher.update(b"M")
        for key in sorted(thing, key=repr):
            _feed(hasher, key)
            _feed(hasher, thing[key])
    elif isinstance(thing, tuple | list):
        hasher.update(f"S{len(thing)}".encode())
        for item in thing:
            _feed(hasher, item)
    elif isinstance(thing, np.generic):  # before float, of which numpy's is a kind
        _feed(hasher, thing.item())
    elif thing is None or isinstance(thing, str | bool | int | float | bytes):
        hasher.update(f"{type(thing).__name__}:{thing!r};".encode())
    else:
        raise TypeError(f"{type(thing).__name__} has no digest")
