"""Backups in age's passphrase format, with libsodium (C2SP age-encryption.org/v1): `age` opens them as well.

header    one scrypt stanza with the file key in it, and an HMAC over all of it
nonce     16 bytes; with the file key it gives the payload key
payload   ChaCha20-Poly1305 in chunks of 64 KiB, each with its number, the last one marked
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field

from wallet.core.ports import Random
from wallet.errors import MalformedBackup, WrongBackupPassphrase
from wallet.errors_leaving import TooBusyForBackup
from wallet.phone.host import Cryptography

WORK = 16
"""log2 of scrypt's N in what is written: 64 MiB of memory, as the vault itself takes. Every age opens it."""
_VERSION = b"age-encryption.org/v1"
_SALT_LABEL = b"age-encryption.org/v1/scrypt"
_CHUNK = 65_536
_TAG = 16
_FILE_KEY = 16
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"--- ([A-Za-z0-9+/]{43})\n"
)


@dataclass(frozen=True, slots=True)
class PhoneAge:
    """Implements wallet.desk.tools.AgeFiles."""

    host: Cryptography = field(repr=False)
    random: Random = field(repr=False)

    def seal(self, content: bytes, passphrase: str) -> bytes:
        """One age file. Raises TooBusyForBackup: the phone has not the memory."""
        file_key, salt, nonce = self.random(_FILE_KEY), self.random(16), self.random(16)
        wrapped = self.host.chachaSeal(self._wrapping(passphrase, salt, WORK), bytes(12), file_key).to_bytes()
        stanza = b"-> scrypt %s %d\n%s\n" % (_text(salt), WORK, _text(wrapped))
        signed = _VERSION + b"\n" + stanza + b"---"
        header = signed + b" " + _text(_mac(file_key, signed)) + b"\n"
        key = _hkdf(file_key, nonce, b"payload")
        chunks = [content[place : place + _CHUNK] for place in range(0, len(content), _CHUNK)] or [b""]
        sealed = (
            self.host.chachaSeal(key, _numbered(number, last=number == len(chunks) - 1), chunk).to_bytes()
            for number, chunk in enumerate(chunks)
        )
        return header + nonce + b"".join(sealed)

    def open(self, data: bytes, passphrase: str) -> bytes:
        """What is in it.

        Raises:
            MalformedBackup
            WrongBackupPassphrase: it does not open, or was changed.
            TooBusyForBackup: the phone has not the memory that it takes.
        """
        found = _HEADER.match(data)
        if found is None:
            raise MalformedBackup
        salt, work, wrapped, mac = (_bytes(found[1]), int(found[2]), _bytes(found[3]), _bytes(found[4]))
        opened = self.host.chachaUnseal(self._wrapping(passphrase, salt, work), bytes(12), wrapped)
        if opened is None:
            raise WrongBackupPassphrase
        file_key = opened.to_bytes()
        signed = data[: found.end() - len(found[4]) - 2]
        if not hmac.compare_digest(_mac(file_key, signed), mac):
            raise WrongBackupPassphrase
        return self._payload(file_key, data[found.end() :])

    def _payload(self, file_key: bytes, data: bytes) -> bytes:
        key, sealed, step = _hkdf(file_key, data[:16], b"payload"), data[16:], _CHUNK + _TAG
        chunks = [sealed[place : place + step] for place in range(0, len(sealed), step)]
        content = []
        for number, chunk in enumerate(chunks):
            last = number == len(chunks) - 1
            opened = self.host.chachaUnseal(key, _numbered(number, last=last), chunk)
            if opened is None:
                raise WrongBackupPassphrase
            content.append(opened.to_bytes())
        if not content or (len(content) > 1 and not content[-1]):  # an empty last chunk is for an empty file
            raise WrongBackupPassphrase
        return b"".join(content)

    def _wrapping(self, passphrase: str, salt: bytes, work: int) -> bytes:
        key = self.host.scrypt(passphrase.encode("utf-8", "surrogatepass"), _SALT_LABEL + salt, work)
        if key is None:
            raise TooBusyForBackup
        return key.to_bytes()


def _numbered(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))


def _hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256 (RFC 5869), 32 bytes: one block."""
    extracted = hmac.new(salt or bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.new(_hkdf(file_key, b"", b"header"), signed, hashlib.sha256).digest()


def _text(data: bytes) -> bytes:
    """Base64 without padding."""
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    """Raises MalformedBackup: bits behind its end."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _text(data) != text:
        raise MalformedBackup
    return data
