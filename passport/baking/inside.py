"""What a file carries, and in which version of Open Badges."""

import re
from dataclasses import dataclass
from enum import StrEnum

from passport.baking.limits import CARRIER
from passport.errors import Invalid
from passport.errors.baking import CredentialNotForPictures, UnpackedTooLarge
from passport.json import JsonObject, parse_object
from passport.limits import PRESENTATION

BLANKS = b" \t\r\n"
_JWS = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_TOKEN = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:~[A-Za-z0-9_.-]*)*")
_SELECTIVE = "ecdsa-sd-2023"


class Version(StrEnum):
    OB3 = "3.0"
    OB2 = "2.0"
    """An Assertion: what it says can be read, nothing of it can be verified here."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A credential as it stands in a file: JSON or a token. Nothing of it is verified."""

    source: bytes
    version: Version = Version.OB3


def is_token(text: bytes) -> bool:
    """A JWT, or an SD-JWT with its disclosures."""
    return _TOKEN.fullmatch(text) is not None


def is_compact_jws(text: bytes) -> bool:
    return _JWS.fullmatch(text) is not None


def bounded(text: bytes) -> bytes:
    """Without the blanks around it; raises UnpackedTooLarge."""
    if len(text) > CARRIER.text:
        raise UnpackedTooLarge(limit=CARRIER.text)
    return text.strip(BLANKS)


def for_a_file(credential: bytes) -> bytes:
    """A credential that may go into a file which is passed on: JSON with its proof, or a compact JWS.

    Open Badges 3.0 (section 5.3) knows these two. An SD-JWT or a base proof of ecdsa-sd-2023 is for its
    holder alone, who chooses what others see: a picture on a web page would show all of it.

    Raises:
        CredentialNotForPictures: neither of the two.
    """
    text = bounded(credential)
    if is_compact_jws(text):
        return text
    try:
        document = parse_object(text, PRESENTATION)
    except Invalid:
        raise CredentialNotForPictures from None
    if "proof" not in document or _shows_parts(document):
        raise CredentialNotForPictures
    return text


def _shows_parts(document: JsonObject) -> bool:
    found = document["proof"]
    proofs = found if isinstance(found, list) else [found]
    return any(isinstance(proof, dict) and proof.get("cryptosuite") == _SELECTIVE for proof in proofs)
