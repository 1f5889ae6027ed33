"""What stands in a store's files, also where the store writes bytes as base64."""

import base64
from pathlib import Path


def at_rest(folder: Path) -> bytes:
    """All bytes of a service's data but the mails in its outbox, which the folder's owner sends."""
    kept = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".eml"]
    return b"".join(path.read_bytes() for path in kept)


def stands_in(store: bytes, word: bytes) -> bool:
    """Whether a word can be read there, as it is or in base64, wherever it begins."""
    forms = {word}
    for before in range(3):
        coded = base64.b64encode(bytes(before) + word)
        forms.add(coded[-(-before * 8 // 6) : (before + len(word)) * 8 // 6])
    return any(form in store for form in forms)
