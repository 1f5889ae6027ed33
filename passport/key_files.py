"""Private keys in files of their own, for the command line: one JSON object, mode 0600."""

import os
from pathlib import Path

from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Invalid, PassportError
from passport.errors.files import FileInTheWay
from passport.json import dump, parse_object
from passport.keys import KeyType, Signer, load_signer
from passport.terminal import read_file


class NoKeyFile(Invalid):
    code = "no_key_file"
    sentence = "This is no key file. Make one with: passport keys new."


def load_key_file(path: Path) -> Signer:
    """Read a key file as `passport keys new` writes it; raises NoKeyFile."""
    try:
        found = parse_object(read_file(path))
        return load_signer(KeyType(found["type"]), base64url_decode(found["secret"]))
    except (PassportError, KeyError, TypeError, ValueError, AttributeError):
        raise NoKeyFile from None


def write_key_file(path: Path, signer: Signer) -> None:
    """Write a new private key file for its owner alone; raises FileInTheWay where there is one already."""
    secret: bytes = signer.secret  # type: ignore[attr-defined]  # a native signer holds its secret
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FileInTheWay from None
    with os.fdopen(handle, "wb") as file:
        file.write(dump({"type": str(signer.public_key.type), "secret": base64url_encode(secret)}) + b"\n")
