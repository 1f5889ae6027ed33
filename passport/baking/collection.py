"""Several credentials in one JSON file: other wallets' backups, lists, answers of Open Badges services.

Learner Credential Wallet writes a list of wallets `{"type": "UniversalWallet2020", "contents": […]}`
(Universal Wallet, "Unlocked Wallet") with credentials, a DID document and private keys among each other.
Only the credentials are taken; keys are passed over unread.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Final

from passport.baking.inside import Inside, Version, is_token
from passport.baking.limits import CARRIER
from passport.errors import Invalid
from passport.errors.baking import LockedWalletFile, NoCredentialInside, UnpackedTooLarge
from passport.json import JsonObject, JsonValue, dump, parse_json, parse_object
from passport.limits import JsonLimits

LIST: Final = JsonLimits(size=8_388_608, array=4_096, string=2_097_152)
"""A whole wallet in one file, with pictures in its badges."""
_WALLET, _LOCKED = "UniversalWallet2020", "EncryptedWallet"
_CREDENTIALS = frozenset({"VerifiableCredential", "VerifiablePresentation", "EnvelopedVerifiableCredential"})
_NAMES = (
    *("contents", "credentials", "verifiableCredentials", "badges", "assertions", "results"),
    *("assertion", "credential", "verifiableCredential"),
)
_DEPTH = 4


def credentials_of(data: bytes) -> tuple[Inside, ...]:
    """What a JSON text or a token brings, in its order; a single one as the very bytes that came.

    Raises:
        NoCredentialInside
        LockedWalletFile
        UnpackedTooLarge: more than passport.baking.limits.CARRIER.inside.
        Invalid: no JSON.
    """
    text = data.strip()
    if is_token(text):
        return (Inside(text, version_of(text)),)
    value = parse_json(text, LIST)
    if isinstance(value, dict) and _kind(value) is not None:
        return (Inside(text, _version(value)),)
    found: list[Inside] = []
    for one in _within(value, _DEPTH):
        found.append(one)
        if len(found) > CARRIER.inside:
            raise UnpackedTooLarge(limit=CARRIER.inside)
    if not found:
        raise NoCredentialInside
    return tuple(found)


def version_of(source: bytes) -> Version:
    """By what it says, wherever it stood: an Assertion, signed or not, is Open Badges 2.0."""
    if source[:1] != b"{":
        source = payload_of(source)
    try:
        return _version(parse_object(source, LIST))
    except Invalid:
        return Version.OB3


def _within(value: JsonValue, depth: int) -> Iterator[Inside]:
    if isinstance(value, str):
        text = value.encode("utf-8", "replace")
        if is_token(text):
            yield Inside(text, version_of(text))
        return
    if isinstance(value, dict) and _LOCKED in _types(value):
        raise LockedWalletFile
    if isinstance(value, dict) and _kind(value) is not None:
        yield Inside(dump(value), _version(value))
    elif depth:
        for item in _items(value):
            yield from _within(item, depth - 1)


def _items(value: JsonValue) -> list[JsonValue]:
    """What may be a credential: in a list, or under the names that exports use."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [value[name] for name in _NAMES if isinstance(value.get(name), list | dict | str)]
    return []


def _kind(value: JsonObject) -> str | None:
    """What makes an object a document of its own; a wallet that says to be a credential is a wallet."""
    types = _types(value)
    if _WALLET in types or _LOCKED in types:
        return None
    if "Assertion" in types or ("recipient" in value and "badge" in value):
        return "Assertion"
    return next((kind for kind in types if kind in _CREDENTIALS), None)


def _version(value: JsonObject) -> Version:
    return Version.OB2 if _kind(value) == "Assertion" else Version.OB3


def _types(value: JsonObject) -> list[str]:
    types = value.get("type")
    named = types if isinstance(types, list) else [types]
    return [one for one in named if isinstance(one, str)]


def payload_of(token: bytes) -> bytes:
    """The payload of a token as it stands there; nothing where it is none."""
    part = token.split(b".")[1:2]
    try:
        return base64.urlsafe_b64decode(b"".join(part) + b"==")
    except (binascii.Error, ValueError):
        return b""
