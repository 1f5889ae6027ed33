"""Who asks: a client identifier and its prefix, which says how the name is proved (OpenID4VP 1.0, 5.9)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from passport.dids.syntax import method_name
from passport.encoding import base64url_decode
from passport.errors import Invalid
from passport.errors.openid4vp import MalformedClientId, UnsupportedClientIdPrefix
from passport.oauth.urls import check_url
from passport.openid4vp.limits import REQUEST

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DNS_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
_SHA256 = 32


class Prefix(StrEnum):
    """The prefixes that this wallet can check."""

    REDIRECT_URI = "redirect_uri"
    DECENTRALIZED_IDENTIFIER = "decentralized_identifier"
    X509_SAN_DNS = "x509_san_dns"
    X509_HASH = "x509_hash"

    @property
    def is_signed(self) -> bool:
        """Whether the request must be signed; by `redirect_uri` it can't be."""
        return self is not Prefix.REDIRECT_URI


@dataclass(frozen=True, slots=True)
class ClientId:
    """`<prefix>:<identifier>`. The whole is who an answer is made for."""

    prefix: Prefix
    identifier: str

    def __str__(self) -> str:
        return f"{self.prefix}:{self.identifier}"


def parse_client_id(text: object) -> ClientId:
    """Read a client identifier: the prefix is what stands before the first colon.

    A name without a prefix would be of a client that the wallet knows beforehand; it knows none.

    Raises:
        UnsupportedClientIdPrefix: no prefix, or one that is not ours: `https`, `openid_federation`, `origin`…
        MalformedClientId: no name of that kind.
    """
    if not isinstance(text, str) or not 0 < len(text) <= REQUEST.client_id:
        raise MalformedClientId
    before, colon, identifier = text.partition(":")
    if not colon or before not in {str(each) for each in Prefix}:
        raise UnsupportedClientIdPrefix
    prefix = Prefix(before)
    if not _fits(prefix, identifier):
        raise MalformedClientId
    return ClientId(prefix, identifier)


def _fits(prefix: Prefix, identifier: str) -> bool:
    try:
        if prefix is Prefix.REDIRECT_URI:
            return bool(check_url(identifier, query=True))
        if prefix is Prefix.DECENTRALIZED_IDENTIFIER:
            return bool(method_name(identifier))
        if prefix is Prefix.X509_HASH:
            return len(base64url_decode(identifier)) == _SHA256
    except Invalid:
        return False
    return _DNS_NAME.fullmatch(identifier) is not None
