"""One conversation with an issuer: its own DPoP key, the nonces of its servers, its wallet attestation.

A key that a token is bound to is made for one conversation and kept only as long as that (RFC 9449); where
the issuer announces no DPoP, there is none. A server that asks for a nonce gets its request once more with
it, and not a third time (section 8).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from passport.clock import Clock
from passport.documents import NotFetched
from passport.encoding import base64url_encode
from passport.errors import PassportError
from passport.errors.fetch import AddressRefused
from passport.json import parse_object
from passport.keys import KeyType, Signer, generate_signer
from passport.oauth.authorization_header import ShownToken, authorization_header
from passport.oauth.dpop import create_dpop_proof
from passport.oauth.error_response import parse_error_response
from passport.oauth.server_metadata import ATTESTED, ServerMetadata
from passport.oauth.token_response import TokenResponse, TokenType
from passport.outbound.answered import Answered
from wallet.core.ports import Random
from wallet.desk.attestation import WalletAttestation
from wallet.desk.outside import Outside
from wallet.errors import AddressNotAllowed, IssuerUnreachable, OfferRefused
from wallet.errors_claiming import ClockRefused, WalletNotAccepted

JSON = frozenset({"application/json"})
JSON_OR_TOKEN = frozenset({"application/json", "application/jwt"})
FORM_TYPE = "application/x-www-form-urlencoded"
_REFUSED = frozenset({400, 401, 403, 404, 409, 410})
_USE_NONCE = "use_dpop_nonce"
_USE_CHALLENGE = "use_attestation_challenge"
_JTI = 16
_DPOP_KEYS = {"ES256": KeyType.P256, "EdDSA": KeyType.ED25519, "Ed25519": KeyType.ED25519}


@dataclass(slots=True)
class Channel:
    """What is remembered between the requests of one conversation."""

    outside: Outside
    clock: Clock
    random: Random
    dpop: Signer | None = field(default=None, repr=False)
    attestation: WalletAttestation | None = field(default=None, repr=False)
    token: TokenResponse | None = field(default=None, repr=False)
    _nonces: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """The last nonce of each origin."""
    _challenges: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def bind(self, server: ServerMetadata) -> None:
        """Make the key of this conversation, where the server knows DPoP by an algorithm of ours."""
        known = [_DPOP_KEYS[name] for name in server.dpop_signing_alg_values_supported if name in _DPOP_KEYS]
        if known and self.dpop is None:
            self.dpop = generate_signer(KeyType.P256 if KeyType.P256 in known else known[0])

    def attested_to(self, server: ServerMetadata) -> WalletAttestation | None:
        """The maker's word for this wallet, where a server asks for it.

        It names a key that is this wallet's alone: shown to everybody, all of them would know it again.
        """
        return self.attestation if ATTESTED in server.token_endpoint_auth_methods_supported else None

    async def post_form(self, url: str, form: Mapping[str, str], *, server: ServerMetadata) -> bytes:
        """Post to an endpoint of an authorization server, as the client that we are there."""
        body = urlencode(form).encode("ascii")
        return (await self._post(url, body, FORM_TYPE, JSON, server=server)).body

    async def post(self, url: str, body: bytes, media_type: str, accept: frozenset[str] = JSON) -> Answered:
        """Post to an endpoint of the issuer, with the token where there is one."""
        return await self._post(url, body, media_type, accept, server=None)

    async def ask_nonce(self, url: str) -> bytes:
        """The nonce endpoint is for everybody: no token goes there (OpenID4VCI 1.0, section 7)."""
        return self._body(await self._send(url, b"", FORM_TYPE, JSON, headers={}, token=None)).body

    async def get(self, url: str) -> Answered:
        """Get a file that the issuer holds ready for whoever has the token; raises NotFetched."""
        assert self.token is not None
        return await self.outside.exchange.get(
            url, accept=None, authorization=self._shown(), headers=self._proof("GET", url, self.token)
        )

    async def _post(
        self, url: str, body: bytes, media_type: str, accept: frozenset[str], *, server: ServerMetadata | None
    ) -> Answered:
        token = self.token if server is None else None

        async def send() -> Answered:
            headers = self._headers(url, token, server)
            return await self._send(url, body, media_type, accept, headers=headers, token=token)

        answered = await send()
        if not answered.is_success and self._asks_again(answered):
            answered = await send()
        return self._body(answered)

    async def _send(
        self,
        url: str,
        body: bytes,
        media_type: str,
        accept: frozenset[str],
        *,
        headers: Mapping[str, str],
        token: TokenResponse | None,
    ) -> Answered:
        try:
            answered = await self.outside.exchange.post(
                url,
                body,
                media_type=media_type,
                accept=accept,
                authorization=None if token is None else self._shown(),
                headers=headers,
            )
        except AddressRefused:
            raise AddressNotAllowed from None
        except NotFetched as error:
            raise IssuerUnreachable(reason=error.code) from error
        self._note(url, answered)
        return answered

    def _shown(self) -> str:
        assert self.token is not None
        return authorization_header(ShownToken(self.token.access_token, self.token.token_type))

    def _headers(
        self, url: str, token: TokenResponse | None, server: ServerMetadata | None
    ) -> Mapping[str, str]:
        headers = {**self._proof("POST", url, token)}
        attestation = None if server is None else self.attested_to(server)
        if server is not None and attestation is not None:
            headers |= attestation.headers(
                audience=server.issuer,
                jti=self._jti(),
                issued_at=self.clock(),
                challenge=self._challenges.get(_origin(url)),
            )
        return headers

    def _proof(self, method: str, url: str, token: TokenResponse | None) -> Mapping[str, str]:
        if self.dpop is None or (token is not None and token.token_type is not TokenType.DPOP):
            return {}
        proof = create_dpop_proof(
            self.dpop,
            method=method,
            url=url,
            jti=self._jti(),
            issued_at=self.clock(),
            access_token=None if token is None else token.access_token,
            nonce=self._nonces.get(_origin(url)),
        )
        return {"DPoP": proof}

    def _jti(self) -> str:
        return base64url_encode(self.random(_JTI))

    def _note(self, url: str, answered: Answered) -> None:
        nonce = answered.headers.get("dpop-nonce")
        if nonce is not None:
            self._nonces[_origin(url)] = nonce
        challenge = answered.headers.get("oauth-client-attestation-challenge")
        if challenge is not None:
            self._challenges[_origin(url)] = challenge

    def _asks_again(self, answered: Answered) -> bool:
        """Whether the server only wants its nonce in it (RFC 9449, sections 8 and 9)."""
        asked = answered.headers.get("www-authenticate", "")
        error = _error(answered)
        if error == _USE_CHALLENGE:
            return "oauth-client-attestation-challenge" in answered.headers
        return "dpop-nonce" in answered.headers and (error == _USE_NONCE or _USE_NONCE in asked)

    @staticmethod
    def _body(answered: Answered) -> Answered:
        if answered.is_success:
            return answered
        if answered.status not in _REFUSED:
            raise IssuerUnreachable
        refusal = parse_error_response(answered.body)
        if refusal.details.get("error") in {
            "invalid_client",
            "unauthorized_client",
            "invalid_client_attestation",
        }:
            raise WalletNotAccepted
        if refusal.details.get("error") == "invalid_dpop_proof":
            raise ClockRefused from refusal
        raise OfferRefused from refusal


def _error(answered: Answered) -> str | None:
    try:
        found = parse_object(answered.body).get("error")
    except PassportError:
        return None
    return found if isinstance(found, str) else None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
