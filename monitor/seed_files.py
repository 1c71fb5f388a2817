"""Finds the seed file a source belongs to, and writes a changed one without harm."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.errors import SeedError
from crawler.seedtext import edited, with_source
from crawler.sources import load_sources
from crawler.yamlfile import YamlError, load_yaml
from monitor.errors import InputError

if TYPE_CHECKING:
    from crawler.items import Source
    from crawler.seedtext import SeedEdit

NATIONAL_FILE = "toan-quoc.yaml"
"""Seeds of sources without a province, where no such file exists yet."""

NEW_FILE = "# Sources that belong to no province.\nsources:\n"
_NEW_FILE_MODE = 0o644


def file_for(province: str | None, seeds: Path) -> Path:
    """The seed file of a province, or of national sources.

    Raises:
        SeedError: A seed file cannot be read.
        InputError: No file is that province's.
    """
    for path in _files(seeds):
        if _data(path).get("province") == province:
            return path
    if province is None:
        return seeds / NATIONAL_FILE
    raise InputError(f"no seed file is of a province '{province}'; see `diembao sources`")


def file_of(key: str, seeds: Path) -> Path:
    """The seed file that a source stands in.

    Raises:
        InputError: None holds it.
    """
    for path in _files(seeds):
        if any(source.get("key") == key for source in _data(path).get("sources") or ()):
            return path
    raise InputError(f"no seed file holds '{key}'")


def text_with(source: Source, path: Path) -> tuple[str, str]:
    """A seed file's text before and with a new source.

    Raises:
        SeedError: The file cannot be added to.
    """
    before = read_seed(path) if path.exists() else ""
    return before, with_source(before or NEW_FILE, source, path=path)


def text_edited(key: str, edit: SeedEdit, path: Path) -> tuple[str, str]:
    """A seed file's text before and after an edit.

    Raises:
        SeedError: The file cannot be edited.
    """
    before = read_seed(path)
    return before, edited(before, key, edit, path=path)


def diff_of(before: str, after: str, path: Path) -> str:
    """A unified diff, for people and ``patch``."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        fromfile=f"a/{path.parent.name}/{path.name}" if before else "/dev/null",
        tofile=f"b/{path.parent.name}/{path.name}",
    )
    return "".join(lines)


def write_seed(path: Path, text: str) -> None:
    """Put a seed file in place of the old one, if the whole folder is sound with it.

    Raises:
        SeedError: It is not, or it cannot be written; the old file stays as it was.
    """
    try:
        _check_with(path, text)
        _replace(path, text.encode())
    except OSError as error:
        reason = f"cannot be written: {error.strerror}"
        raise SeedError(path, line=None, key="", reason=reason) from error


def read_seed(path: Path) -> str:
    """A seed file's text with its own ends of line.

    Raises:
        SeedError: It cannot be read.
    """
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(path, line=None, key="", reason=f"cannot be read: {error}") from error


def _replace(path: Path, content: bytes) -> None:
    """All of the new file or all of the old one, whenever the machine stops."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(path.stat().st_mode if path.exists() else _NEW_FILE_MODE)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _check_with(path: Path, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for other in _files(path.parent):
            if other != path:
                shutil.copyfile(other, Path(folder) / other.name)
        (Path(folder) / path.name).write_bytes(text.encode())
        try:
            load_sources(Path(folder))
        except SeedError as error:
            where = path.parent / error.path.name
            raise SeedError(where, line=error.line, key=error.key, reason=error.reason) from error


def _files(seeds: Path) -> list[Path]:
    return sorted(path for path in seeds.glob("*.y*ml") if not path.name.startswith("."))


def _data(path: Path) -> dict[str, Any]:
    try:
        data = load_yaml(path).data
    except YamlError as error:
        raise SeedError(path, line=error.line, key="", reason=error.reason) from error
    return data if isinstance(data, dict) else {}
