"""Credential Offer (OpenID4VCI 1.0, section 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from passport.errors.oauth import MalformedIssuerUrl
from passport.errors.openid4vc import MalformedOffer
from passport.json import JsonObject, dump, parse_object
from passport.oauth.token_request import AUTHORIZATION_CODE, PRE_AUTHORIZED_CODE
from passport.oauth.urls import check_url
from passport.openid4vc.limits import VCI

_OURS = frozenset({PRE_AUTHORIZED_CODE, AUTHORIZATION_CODE})
_STATE_LENGTH = 2_048
"""An issuer may put whatever it needs to know again into it, sealed."""
_DESCRIPTION_LENGTH = 300
_TX_CODE_LENGTH = 64


@dataclass(frozen=True, slots=True)
class TxCode:
    """What the transaction code looks like that the person got by another channel (section 4.1.1)."""

    input_mode: str = "numeric"
    length: int | None = None
    description: str | None = None

    def to_json(self) -> JsonObject:
        written: JsonObject = {"input_mode": self.input_mode}
        if self.length is not None:
            written["length"] = self.length
        if self.description is not None:
            written["description"] = self.description
        return written


@dataclass(frozen=True, slots=True)
class OfferedAuthorizationCode:
    """The person is asked by the issuer, in a browser (section 4.1.1)."""

    issuer_state: str | None = None
    """Names the offer to the authorization server; goes into the authorization request as it came."""
    authorization_server: str | None = None
    """Which of several; it must be one that the metadata lists."""

    def to_json(self) -> JsonObject:
        both = {"issuer_state": self.issuer_state, "authorization_server": self.authorization_server}
        return {name: value for name, value in both.items() if value is not None}


@dataclass(frozen=True, slots=True)
class CredentialOffer:
    """An offer. Nothing in it is authenticated (section 13.3).

    Without either grant, the authorization server's metadata says which there are.
    """

    credential_issuer: str
    credential_configuration_ids: tuple[str, ...]
    pre_authorized_code: str | None = None
    tx_code: TxCode | None = None
    authorization_code: OfferedAuthorizationCode | None = None
    authorization_server: str | None = None
    """Of the pre-authorized code: which of several servers takes it."""

    def to_json(self) -> JsonObject:
        grants: JsonObject = {}
        if self.pre_authorized_code is not None:
            grant: JsonObject = {"pre-authorized_code": self.pre_authorized_code}
            if self.tx_code is not None:
                grant["tx_code"] = self.tx_code.to_json()
            if self.authorization_server is not None:
                grant["authorization_server"] = self.authorization_server
            grants[PRE_AUTHORIZED_CODE] = grant
        if self.authorization_code is not None:
            grants[AUTHORIZATION_CODE] = self.authorization_code.to_json()
        return {
            "credential_issuer": self.credential_issuer,
            "credential_configuration_ids": list(self.credential_configuration_ids),
        } | ({"grants": grants} if grants else {})


def offer_link(credential_offer_uri: str) -> str:
    """The link, and the text of the QR code, that hands over an offer by reference (section 4.1.3)."""
    return f"openid-credential-offer://?credential_offer_uri={quote(credential_offer_uri, safe='')}"


def offer_link_by_value(offer: CredentialOffer) -> str:
    """The link that holds the offer itself (section 4.1.2): it lives as long as the code in it."""
    written = dump(offer.to_json()).decode("utf-8")
    return f"openid-credential-offer://?credential_offer={quote(written, safe='')}"


def parse_credential_offer(source: bytes | JsonObject) -> CredentialOffer:
    """Read an offer; members and grants that we don't know are ignored, as the specification asks.

    Raises:
        MalformedJson and its kinds.
        MalformedOffer: not the shape of an offer, or with grants of which we know none.
    """
    value = parse_object(source) if isinstance(source, bytes) else source
    grants = value.get("grants", {})
    if not isinstance(grants, Mapping) or (grants and _OURS.isdisjoint(grants)):
        raise MalformedOffer
    try:
        issuer = check_url(value.get("credential_issuer"))
    except MalformedIssuerUrl:
        raise MalformedOffer from None
    ids = _configuration_ids(value.get("credential_configuration_ids"))
    grant = _grant(grants, PRE_AUTHORIZED_CODE)
    code = None if grant is None else _text(grant.get("pre-authorized_code"), VCI.identifier)
    return CredentialOffer(
        credential_issuer=issuer,
        credential_configuration_ids=ids,
        pre_authorized_code=code,
        tx_code=_tx_code(grant["tx_code"]) if grant is not None and "tx_code" in grant else None,
        authorization_code=_authorization_code(_grant(grants, AUTHORIZATION_CODE)),
        authorization_server=None if grant is None else _server(grant),
    )


def _grant(grants: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    if name not in grants:
        return None
    grant = grants[name]
    if not isinstance(grant, Mapping):
        raise MalformedOffer
    return grant


def _authorization_code(grant: Mapping[str, Any] | None) -> OfferedAuthorizationCode | None:
    if grant is None:
        return None
    state = _text(grant["issuer_state"], _STATE_LENGTH) if "issuer_state" in grant else None
    return OfferedAuthorizationCode(state, _server(grant))


def _server(grant: Mapping[str, Any]) -> str | None:
    if "authorization_server" not in grant:
        return None
    try:
        return check_url(grant["authorization_server"])
    except MalformedIssuerUrl:
        raise MalformedOffer from None


def _configuration_ids(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= VCI.configurations:
        raise MalformedOffer
    ids = tuple(_text(item, VCI.identifier) for item in value)
    if len(set(ids)) != len(ids):
        raise MalformedOffer
    return ids


def _tx_code(value: Any) -> TxCode:
    if not isinstance(value, Mapping):
        raise MalformedOffer
    input_mode, length = value.get("input_mode", "numeric"), value.get("length")
    if input_mode not in {"numeric", "text"}:
        raise MalformedOffer
    if length is not None and (
        not isinstance(length, int) or isinstance(length, bool) or not 0 < length <= _TX_CODE_LENGTH
    ):
        raise MalformedOffer
    description = value.get("description")
    if description is not None:
        description = _text(description, _DESCRIPTION_LENGTH)
    return TxCode(input_mode, length, description)


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= most:
        raise MalformedOffer
    return value
