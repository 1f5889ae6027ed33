"""The readable copy as a folder."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from wallet.errors_leaving import FolderNotEmpty

_FOLDER, _FILE = 0o700, 0o600


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """A new folder, for its owner alone: it gets its name when every file is written.

    Raises:
        FolderNotEmpty: there is something of that name.
    """
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise FolderNotEmpty
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=_FOLDER)
    for path, data in files.items():
        place = unfinished / path
        place.parent.mkdir(mode=_FOLDER, exist_ok=True)
        write_new(place, data)
    unfinished.replace(target)


def write_new(path: Path, data: bytes) -> None:
    """A new file for its owner alone, never through a link; raises FileExistsError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, _FILE), "wb") as file:
        file.write(data)
