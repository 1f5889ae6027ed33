"""Credential Offer (OpenID4VCI 1.0, section 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from passport.errors.openid4vc import MalformedIssuerUrl, MalformedOffer
from passport.json import JsonObject, parse_object
from passport.oauth.urls import check_url

PRE_AUTHORIZED_CODE = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
_CODE_LENGTH = 512
_MOST_CONFIGURATIONS = 16
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
class CredentialOffer:
    """An offer with the pre-authorized code grant. Nothing in it is authenticated (section 13.3)."""

    credential_issuer: str
    credential_configuration_ids: tuple[str, ...]
    pre_authorized_code: str
    tx_code: TxCode | None = None

    def to_json(self) -> JsonObject:
        grant: JsonObject = {"pre-authorized_code": self.pre_authorized_code}
        if self.tx_code is not None:
            grant["tx_code"] = self.tx_code.to_json()
        return {
            "credential_issuer": self.credential_issuer,
            "credential_configuration_ids": list(self.credential_configuration_ids),
            "grants": {PRE_AUTHORIZED_CODE: grant},
        }


def offer_link(credential_offer_uri: str) -> str:
    """The link, and the text of the QR code, that hands over an offer by reference (section 4.1.3)."""
    return f"openid-credential-offer://?credential_offer_uri={quote(credential_offer_uri, safe='')}"


def parse_credential_offer(source: bytes | JsonObject) -> CredentialOffer:
    """Read an offer; members that we don't know are ignored, as the specification asks.

    Raises:
        MalformedJson and its kinds.
        MalformedOffer: not the shape of an offer, or without a pre-authorized code.
    """
    value = parse_object(source) if isinstance(source, bytes) else source
    grants = value.get("grants")
    grant = grants.get(PRE_AUTHORIZED_CODE) if isinstance(grants, Mapping) else None
    if not isinstance(grant, Mapping):
        raise MalformedOffer
    try:
        issuer = check_url(value.get("credential_issuer"))
    except MalformedIssuerUrl:
        raise MalformedOffer from None
    return CredentialOffer(
        credential_issuer=issuer,
        credential_configuration_ids=_configuration_ids(value.get("credential_configuration_ids")),
        pre_authorized_code=_text(grant.get("pre-authorized_code"), _CODE_LENGTH),
        tx_code=_tx_code(grant["tx_code"]) if "tx_code" in grant else None,
    )


def _configuration_ids(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_CONFIGURATIONS:
        raise MalformedOffer
    ids = tuple(_text(item, _CODE_LENGTH) for item in value)
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
