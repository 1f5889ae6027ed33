"""Secrets that the operator keeps in files: closed to others, whole or not there."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from passport.errors.storage import SecretFileUnusable

_OTHERS = 0o077
_OTHERS_WRITE = 0o022
MOUNTED = (Path("/run/secrets"), Path("/run/credentials"))
"""Where container engines and systemd mount a service's secrets. Docker Compose keeps the host's owner and
mode, so the service reads them as one of the others: who may look is decided by who shares the mount."""
_LEAST = 32
"""Characters: 256 bits, written in base64url or hexadecimal digits."""
_MOST = 4_096


def read_secret_file(path: Path, *, mounted: Sequence[Path] = MOUNTED) -> str:
    """The text of a secret file without the whitespace around it.

    Args:
        path: the file.
        mounted: folders in which a file may be readable for others; writable for others it is nowhere.

    Raises:
        SecretFileUnusable: missing, too short, no text, or open to others than its owner.
    """
    try:
        inside = any(path.resolve().is_relative_to(folder) for folder in mounted)
        closed = _OTHERS_WRITE if inside else _OTHERS
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if os.fstat(file.fileno()).st_mode & closed:
                raise SecretFileUnusable
            text = file.read(_MOST).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise SecretFileUnusable from None
    if len(text) < _LEAST:
        raise SecretFileUnusable
    return text


def create_secret_file(path: Path) -> None:
    """Write a new random secret where there is no file yet.

    The whole file appears at once: a crash leaves no half secret that everything would then be sealed under.
    """
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_urlsafe(32).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        return
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
