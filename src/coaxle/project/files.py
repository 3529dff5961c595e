"""The files of a project: found, read, checked to be text, their sections laid together.

``include:`` lists files beside the one that includes them; one that begins with ``library/`` is shipped with coaxle.
Each file is read once, however often it is included.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from pathlib import Path

from coaxle.errors import Problem
from coaxle.project.nodes import NOT_TEXT, Budget, Mapping, Mark, Scalar, Sequence, compose, is_null, meaning
from coaxle.units import quoted

VERSION = 1
"""Of the format of project files."""
MAX_SIZE = 20_000_000
"""Bytes that the files of a project may hold together."""
LIBRARY = Path(__file__).parent / "library"
"""Where the entries that are shipped with coaxle stand."""
_BREAKS = re.compile(rb"\r\n|\n|\r")


@dataclass(slots=True)
class Assembly:
    """The sections of all files of a project, and the problems met on the way.

    ``whole`` is False where a file is missing or could not be understood, so that what is not there may be in it.
    ``files`` maps the files as messages call them to where they are.
    """

    root: Mapping
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    files: dict[str, Path] = field(default_factory=dict)


def assemble(path: Path, sections: frozenset[str], texts: AbstractMapping[Path, str] | None = None) -> Assembly:
    """Return the sections of the project file ``path`` and of what it includes.

    Parameters
    ----------
    sections : frozenset of str
        Keys whose entries may be spread over several files.
    texts : mapping, optional
        What to read in place of files, by their resolved paths.

    """
    assembler = _Assembler(sections, texts or {}, Assembly(Mapping({}, {}, (str(path), 0))))
    assembler.include(path, str(path), None, ())
    return assembler.assembly


class _Assembler:
    def __init__(self, sections: frozenset[str], texts: AbstractMapping[Path, str], assembly: Assembly) -> None:
        self.assembly = assembly
        self._sections = sections
        self._texts = texts
        self._budget = Budget()
        self._size = MAX_SIZE
        self._read: set[Path] = set()

    def include(self, path: Path, said: str, by: Mark | None, way: tuple[tuple[Path, str], ...]) -> None:
        """Read the file ``path``, which messages call ``said``, on the ``way`` of files that include it."""
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            self._cannot(said, by, "is no path to a file")
            return
        if real in (place for place, _ in way):
            names = [name for place, name in way]
            circle = names[[place for place, _ in way].index(real) :]
            self._problem(by, "include", f"the file includes itself: {' includes '.join([*circle, said])}")
            return
        if real in self._read:
            return
        self._read.add(real)
        text = self._texts[real] if real in self._texts else self._text(real, said, by)
        if text is None:
            self.assembly.whole = False
            return
        self.assembly.files[said] = real
        top, problems = compose(text, said, self._budget)
        self.assembly.problems += problems
        if isinstance(top, Mapping) and self._knows(top):
            self._includes(top, path, said, (*way, (real, said)))
            self._lay(top)
            return
        self.assembly.whole = False
        if isinstance(top, Mapping):
            return
        if problems:
            return
        if top is None or is_null(top):
            self._problem((said, 0), "", "is empty; sections such as 'carlines:' are wanted")
        else:
            found = "a list" if isinstance(top, Sequence) else quoted(top.text)
            self._problem(top.mark, "", f"{found} stands at the top; sections such as 'carlines:' are wanted")

    def _text(self, path: Path, said: str, by: Mark | None) -> str | None:
        """Return the text of a file, or None after telling why there is none."""
        try:
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                self._cannot(
                    said,
                    by,
                    "is a folder; a file is wanted"
                    if stat.S_ISDIR(about.st_mode)
                    else "is no ordinary file; one is wanted",
                )
                return None
            if about.st_size > self._size:
                self._cannot(said, by, _too_large(about.st_size))
                return None
            with path.open("rb") as file:
                data = file.read(self._size + 1)
        except (OSError, ValueError) as error:
            self._cannot(said, by, f"cannot be read: {getattr(error, 'strerror', None) or error}")
            return None
        self._size -= len(data)
        if self._size < 0:
            self._cannot(said, by, _too_large(len(data)))
            return None
        return self._decoded(data, said)

    def _decoded(self, data: bytes, said: str) -> str | None:
        """Return ``data`` as text, or None after telling where it is none."""
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self._problem((said, 0), "", "is written in UTF-16; save it as UTF-8")
            return None
        try:
            text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        except UnicodeDecodeError as error:
            line = len(_BREAKS.findall(data, 0, error.start)) + 1
            self._problem((said, line), "", f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8")
            return None
        odd = NOT_TEXT.search(text)
        if odd:
            line = len(re.findall(r"\r\n|\n|\r", text[: odd.start()])) + 1
            self._problem((said, line), "", f"the sign U+{ord(odd[0]):04X} stands here; a project file is plain text")
            return None
        return text

    def _knows(self, top: Mapping) -> bool:
        """Tell whether a file is of the version of the format that is read here."""
        version = top.items.get("coaxle")
        if version is None or (isinstance(version, Scalar) and meaning(version) == VERSION):
            return True
        said = quoted(version.text) if isinstance(version, Scalar) else "this"
        self._problem(top.marks["coaxle"], "coaxle", f"{said} is no known version of the format; {VERSION} is wanted")
        return False

    def _includes(self, top: Mapping, path: Path, said: str, way: tuple[tuple[Path, str], ...]) -> None:
        """Read what the file at ``path`` includes."""
        wanted = top.items.pop("include", None)
        if wanted is None or is_null(wanted):
            return
        if not isinstance(wanted, Sequence):
            self._cannot_include(wanted.mark, "is no list; a list of files is wanted")
            return
        for item in wanted.items:
            if not isinstance(item, Scalar) or is_null(item):
                self._cannot_include(item.mark, "a file's path is wanted here, as text")
            elif Path(item.text).is_absolute():
                self._cannot_include(item.mark, f"{quoted(item.text)} is no path relative to this file")
            elif item.text.startswith("library/"):
                self.include(LIBRARY / Path(item.text).name, item.text, item.mark, way)
            else:
                name = os.path.normpath(Path(said).parent / item.text)
                self.include(path.parent / item.text, name, item.mark, way)

    def _lay(self, top: Mapping) -> None:
        """Lay the keys of a file to those of the files before it."""
        root = self.assembly.root
        for key, node in top.items.items():
            mark = top.marks[key]
            before = root.items.get(key)
            if key in self._sections and isinstance(node, Mapping):
                if not isinstance(before, Mapping):
                    before = root.items[key] = Mapping({}, {}, mark)
                    root.marks[key] = mark
                self._merge(key, before, node)
            elif before is None or is_null(before):
                root.items[key], root.marks[key] = node, mark
            elif not is_null(node) and key != "coaxle":
                self._twice(key, mark, root.marks[key])

    def _merge(self, section: str, before: Mapping, new: Mapping) -> None:
        for key, node in new.items.items():
            if key in before.items:
                self._twice(f"{section}.{key}", new.marks[key], before.marks[key])
            else:
                before.items[key], before.marks[key] = node, new.marks[key]

    def _twice(self, place: str, mark: Mark, first: Mark) -> None:
        self._problem(mark, place, f"stands twice, first in {first[0]}:{first[1]}")

    def _cannot(self, said: str, by: Mark | None, why: str) -> None:
        """Tell why a file is not read: at the line that includes it, or of the file itself."""
        self.assembly.whole = False
        if by is None:
            self.assembly.problems.append(Problem(said, 0, "", why))
        else:
            self._cannot_include(by, f"{quoted(said)} {why}{_hint(said)}")

    def _cannot_include(self, mark: Mark, why: str) -> None:
        self.assembly.whole = False
        self._problem(mark, "include", why)

    def _problem(self, mark: Mark | None, place: str, message: str) -> None:
        file, line = mark or ("", 0)
        self.assembly.problems.append(Problem(file, line, place, message))


def _too_large(size: int) -> str:
    more = f" with {size / 1e6:.0f} MB" if size > MAX_SIZE else ""
    return f"is too large{more}; a project has at most {MAX_SIZE / 1e6:g} MB"


def _hint(said: str) -> str:
    """Return what the library holds, where one of its files was asked for."""
    if not said.startswith("library/"):
        return ""
    return f"; the library has {', '.join(f'library/{file.name}' for file in sorted(LIBRARY.glob('*.yaml')))}"
