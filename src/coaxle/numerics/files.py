"""Bytes to disk, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from coaxle.errors import InputError


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and return it; a reader sees the old file or the new one, never a part.

    Raises
    ------
    InputError
        Where the disk is full, read-only or not there; the old file, if any, still stands.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error
    return path
