"""What a wallet sends to the response_uri (OpenID4VP 1.0, section 8): read and decrypted, not verified."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from passport import limits
from passport.errors import MalformedJson, NotAnObject
from passport.errors.openid4vp_response import (
    MalformedVpResponse,
    ResponseEncryptedUnasked,
    ResponseForAnotherKey,
    ResponseNotEncrypted,
    WrongState,
)
from passport.jose import jwe
from passport.json import JsonObject, parse_object
from passport.keys import AgreementKey
from passport.openid4vp.limits import RESPONSE

FORM_TYPE = "application/x-www-form-urlencoded"
VP_TOKEN = limits.JsonLimits(
    size=limits.PRESENTATION.size, depth=limits.PRESENTATION.depth + 2, string=limits.PRESENTATION.string
)
"""Presentations, two levels deeper."""
ERRORS = frozenset(
    {"access_denied", "invalid_request", "invalid_client", "invalid_scope", "unauthorized_client"}
    | {"unsupported_response_type", "server_error", "temporarily_unavailable", "vp_formats_not_supported"}
    | {"invalid_request_uri_method", "invalid_transaction_data", "wallet_unavailable"}
)
"""Section 8.5, and RFC 6749 section 4.1.2.1."""
OTHER_ERROR = "other"
_SINGLE = frozenset({"vp_token", "response", "state", "error", "error_description", "error_uri"})


@dataclass(frozen=True, slots=True)
class Encryption:
    """How the answer to one request must be encrypted."""

    key: AgreementKey
    kid: str
    enc_values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VpToken:
    """Presentations by the id of the credential query that they answer; at least one."""

    presentations: Mapping[str, tuple[bytes | JsonObject, ...]]


@dataclass(frozen=True, slots=True)
class WalletError:
    """The wallet says no. Its own words are not kept: they are anybody's."""

    error: str
    """A word of the specification, or `other`."""


def read_response(data: bytes, *, state: str, encryption: Encryption | None) -> VpToken | WalletError:
    """Read the body of a direct_post or direct_post.jwt.

    Args:
        data: the form as it came.
        state: what the request said; the answer must repeat it.
        encryption: the request's own key; None where it asked for none.

    Raises:
        MalformedVpResponse: no such form, a parameter twice, neither or both of answer and error.
        ResponseNotEncrypted, ResponseEncryptedUnasked, ResponseForAnotherKey: how it is encrypted.
        WrongState: it belongs to another request.
        PassportError: what `jwe.decrypt` raises.
    """
    form = _form(data)
    if "response" in form:
        return _read(_decrypted(form, encryption), state)
    if encryption is not None and "error" not in form:
        raise ResponseNotEncrypted
    written: dict[str, Any] = dict(form)
    if "vp_token" in form:
        written["vp_token"] = _object(form["vp_token"].encode("utf-8"))
    return _read(written, state)


def _decrypted(form: Mapping[str, str], encryption: Encryption | None) -> JsonObject:
    if encryption is None:
        raise ResponseEncryptedUnasked
    if {"vp_token", "error"} & form.keys():
        raise MalformedVpResponse(member="response")
    token = jwe.parse(form["response"], most=VP_TOKEN.size)
    if token.kid != encryption.kid:
        raise ResponseForAnotherKey
    return _object(jwe.open_parsed(token, key=encryption.key, allowed_enc=encryption.enc_values))


def _read(response: Mapping[str, Any], state: str) -> VpToken | WalletError:
    said = response.get("state")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), state.encode()):
        raise WrongState
    if ("vp_token" in response) == ("error" in response):
        raise MalformedVpResponse(member="vp_token")
    if "error" in response:
        error = response["error"]
        return WalletError(error if isinstance(error, str) and error in ERRORS else OTHER_ERROR)
    return read_vp_token(response["vp_token"])


def read_vp_token(source: Any) -> VpToken:
    """Read a vp_token (section 8.1): from query ids to lists of at least one presentation.

    Raises:
        MalformedVpResponse: another form, empty somewhere, or more presentations than are shown together.
    """
    if not isinstance(source, dict) or not source:
        raise MalformedVpResponse(member="vp_token")
    read = {name: _presentations(found) for name, found in source.items()}
    most = RESPONSE.presentations + RESPONSE.endorsements
    if sum(map(len, read.values())) > most:
        raise MalformedVpResponse(member="vp_token", limit=most)
    return VpToken(read)


def _presentations(found: Any) -> tuple[bytes | JsonObject, ...]:
    if not isinstance(found, list) or not found:
        raise MalformedVpResponse(member="vp_token")
    return tuple(map(_presentation, found))


def _presentation(found: Any) -> bytes | JsonObject:
    if isinstance(found, dict):
        return found
    if isinstance(found, str) and found and found.isascii() and not found.startswith("{"):
        return found.encode("ascii")
    raise MalformedVpResponse(member="vp_token")


def _form(data: bytes) -> dict[str, str]:
    """Pairs of a form; unknown names are ignored (RFC 6749, section 4.1.2), known ones stand once."""
    try:
        pairs = parse_qsl(
            data.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=RESPONSE.fields,
        )
    except ValueError:
        raise MalformedVpResponse from None
    known = [(name, value) for name, value in pairs if name in _SINGLE]
    form = dict(known)
    if len(form) != len(known):
        raise MalformedVpResponse
    return form


def _object(data: bytes) -> JsonObject:
    try:
        return parse_object(data, VP_TOKEN)
    except (MalformedJson, NotAnObject):
        raise MalformedVpResponse(member="vp_token") from None
