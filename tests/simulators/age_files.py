"""age's passphrase format (C2SP age v1, scrypt recipient) in forty lines: files of any work factor, and broken ones."""

import base64
import hashlib
import hmac
import os
import pty
import secrets
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"age-encryption.org/v1\n"
CHUNK = 65_536


def text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def stanza(file_key: bytes, passphrase: str, work: int, written: bytes | None = None) -> bytes:
    """One scrypt stanza; `written` is what it says of its work factor."""
    salt = secrets.token_bytes(16)
    label = b"age-encryption.org/v1/scrypt"
    wrapping = hashlib.scrypt(
        passphrase.encode(), salt=label + salt, n=2**work, r=8, p=1, dklen=32, maxmem=2**30
    )
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    said = str(work).encode() if written is None else written
    return b"-> scrypt " + text(salt) + b" " + said + b"\n" + text(wrapped) + b"\n"


def sealed(
    content: bytes,
    passphrase: str,
    *,
    work: int = 2,
    written: bytes | None = None,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """A file that `age --decrypt` opens; `before` and `after` are further stanzas."""
    file_key = secrets.token_bytes(16)
    head = VERSION + before + stanza(file_key, passphrase, work, written) + after + b"---"
    mac = hmac.new(derived(file_key, b"", b"header"), head, hashlib.sha256).digest()
    nonce = secrets.token_bytes(16)
    payload = ChaCha20Poly1305(derived(file_key, nonce, b"payload"))
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    body = b"".join(
        payload.encrypt(
            number.to_bytes(11, "big") + (b"\1" if number == len(chunks) - 1 else b"\0"), chunk, None
        )
        for number, chunk in enumerate(chunks)
    )
    return head + b" " + text(mac) + b"\n" + nonce + body


def opened_by_age(file: Path, passphrase: str) -> bytes:
    """What the program `age` makes of a file; missing fails where CI is set and skips elsewhere.

    It asks for the passphrase on a terminal, so it gets one.
    """
    if shutil.which("age") is None:
        reason = "age is not installed (on Debian: apt install age)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    output = file.with_suffix(".opened")
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", "--decrypt", "--output", str(output), str(file)])
    os.read(terminal, 1_024)
    os.write(terminal, passphrase.encode() + b"\n")
    try:
        while os.read(terminal, 1_024):
            pass
    except OSError:
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return output.read_bytes()
