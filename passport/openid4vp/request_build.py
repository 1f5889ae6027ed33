"""What a verifier sends: the request, signed or as a link (OpenID4VP 1.0, sections 5 and 9.1)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from passport.encoding import base64url_encode
from passport.jose import jws
from passport.jose.claims import numeric_date
from passport.json import JsonObject, dump
from passport.keys import Signer
from passport.openid4vp.dcql import DcqlQuery

TYPE = "oauth-authz-req+jwt"
MEDIA_TYPE = f"application/{TYPE}"
AUDIENCE = "https://self-issued.me/v2"
"""Of a wallet that was not looked up before (section 5.8)."""
DIRECT_POST, DIRECT_POST_JWT = "direct_post", "direct_post.jwt"
SCHEME = "openid4vp://"
HAIP_SCHEME = "haip-vp://"
"""HAIP 1.0, section 5.1."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A request, before anybody signs it."""

    client_id: str
    """With its prefix: it is also what the answer must be made for."""
    response_uri: str
    response_mode: str
    nonce: str
    state: str
    query: DcqlQuery
    client_metadata: JsonObject

    def to_json(self) -> JsonObject:
        return {
            "response_type": "vp_token",
            "response_mode": self.response_mode,
            "client_id": self.client_id,
            "response_uri": self.response_uri,
            "nonce": self.nonce,
            "state": self.state,
            "dcql_query": self.query.to_json(),
            "client_metadata": self.client_metadata,
        }


def redirect_uri_client(response_uri: str) -> str:
    """Who asks is whoever owns the address; nothing signs it (section 5.9.3)."""
    return f"redirect_uri:{response_uri}"


def did_client(did: str) -> str:
    return f"decentralized_identifier:{did}"


def x509_san_dns_client(host: str) -> str:
    return f"x509_san_dns:{host}"


def x509_hash_client(certificate: bytes) -> str:
    """Args: certificate: the leaf, as DER."""
    return f"x509_hash:{base64url_encode(hashlib.sha256(certificate).digest())}"


def sign_request(
    asking: Asking,
    *,
    signer: Signer,
    now: datetime,
    valid_until: datetime,
    kid: str | None = None,
    certificates: Sequence[str] = (),
    wallet_nonce: str | None = None,
    verifier_info: Sequence[JsonObject] = (),
) -> str:
    """The request object (RFC 9101), by the key that the prefix of `client_id` names.

    Args:
        asking: what is asked.
        signer: of the DID's key, or of the first certificate's.
        now: the present moment.
        valid_until: the request's own end.
        kid: the DID URL of the key, for `decentralized_identifier`.
        certificates: `x5c`, each as base64 of DER, the leaf first, without the trust anchor (HAIP 1.0, 5.1).
        wallet_nonce: what the wallet sent with its POST, to be repeated (section 5.10.1).
        verifier_info: what else is said about the request, for wallets that know the format (section 5.1).
    """
    header: JsonObject = {"typ": TYPE}
    if kid is not None:
        header["kid"] = kid
    if certificates:
        header["x5c"] = list(certificates)
    claims: JsonObject = {
        **asking.to_json(),
        "aud": AUDIENCE,
        "iat": numeric_date(now),
        "exp": numeric_date(max(valid_until, now + timedelta(seconds=1))),
    }
    if wallet_nonce is not None:
        claims["wallet_nonce"] = wallet_nonce
    if verifier_info:
        claims["verifier_info"] = list(verifier_info)
    return jws.sign(dump(claims), signer=signer, header=header)


def reference_link(client_id: str, request_uri: str, *, post: bool, scheme: str = SCHEME) -> str:
    """A link, or the text of one QR code, to a request that is fetched (RFC 9101, section 5.2.2)."""
    parameters = {"client_id": client_id, "request_uri": request_uri}
    if post:
        parameters["request_uri_method"] = "post"
    return f"{scheme}?{urlencode(parameters)}"


def value_link(asking: Asking, *, scheme: str = SCHEME) -> str:
    """A link with the whole unsigned request in it (section 5, RFC 6749 section 4.1.1)."""
    written = asking.to_json()
    parameters = {
        name: value if isinstance(value, str) else dump(value).decode("utf-8")
        for name, value in written.items()
    }
    return f"{scheme}?{urlencode(parameters)}"
