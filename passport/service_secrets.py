"""Secrets that commands write to files: a service's own at its start, and an API key that is told once."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from passport.errors.files import FileInTheWay
from passport.storage.secret_files import create_secret_file
from passport.terminal import console


def make_secrets(files: Mapping[str, Path]) -> None:
    """Make the secrets that are not there yet, by what they are called, and say where they lie."""
    for name, path in files.items():
        if not path.exists():
            create_secret_file(path)
            console.print(f"A new {name} is in {path}. Keep a copy in a safe place.")


@contextmanager
def new_key_file(path: Path | None) -> Iterator[Callable[[str], None] | None]:
    """A place for an API key that is told once, made before it is asked for; gone again when that fails.

    Raises:
        FileInTheWay: there is a file of that name.
    """
    if path is None:
        yield None
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise FileInTheWay from None
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            yield lambda key: print(key, file=file)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
