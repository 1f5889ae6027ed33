"""Ask for one credential: nonce, key proof, request, answer; encrypted where the issuer has that."""

from dataclasses import dataclass, replace

from passport.errors import PassportError
from passport.errors.oauth import IssuerRefused, MalformedResponse
from passport.jose import jwe
from passport.json import JsonObject, dump
from passport.keys import AgreementKey, KeyType, generate_agreement_key
from passport.openid4vc import (
    CredentialConfiguration,
    CredentialRequest,
    CredentialResponse,
    Deferred,
    IssuerMetadata,
    create_key_proof,
    parse_credential_response,
    parse_nonce_response,
)
from passport.openid4vc.encryption import EncryptFor
from wallet.core.claiming.key_use import KeyUse
from wallet.core.claiming.waiting import Waiting, interval_of
from wallet.core.holder import Holder
from wallet.core.holding import is_bound_to
from wallet.core.wallet import Wallet
from wallet.desk.channel import JSON, JSON_OR_TOKEN, Channel
from wallet.desk.offering import Opened, name_of_configuration
from wallet.desk.signing_in import CLIENT_ID
from wallet.errors import IssuerUnreachable, OfferRefused
from wallet.errors_claiming import AttestationNeeded, NoCommonKey

Got = CredentialResponse | Waiting
_TRIES = 2
"""A reply may get lost; the issuer gives the same credential again while the token lives."""
_TOKEN = "application/jwt"  # noqa: S105  # a media type
_JSON_TYPE = "application/json"
_KEY_ID = "wallet"


@dataclass(slots=True)
class Asker:
    """Asks an issuer with the token of one conversation."""

    opened: Opened
    wallet: Wallet
    channel: Channel

    async def ask(
        self,
        configuration: CredentialConfiguration,
        identifier: str | None,
        key: KeyUse,
        *copies: KeyUse,
    ) -> Got:
        """One credential in one form: for one key, and perhaps copies for others; that for `key` in front.

        Raises:
            OfferRefused, IssuerUnreachable, MalformedResponse, AttestationNeeded, AddressNotAllowed
        """
        response = await self.ask_for(configuration, identifier, (key, *copies))
        if isinstance(response, Deferred):
            return self._waiting(configuration, response, key.holder)
        if not copies:
            return response
        mine = key.holder.public_key
        ordered = sorted(response.credentials, key=lambda each: not is_bound_to(each, mine))
        return replace(response, credentials=tuple(ordered))

    async def ask_for(
        self, configuration: CredentialConfiguration, identifier: str | None, keys: tuple[KeyUse, ...]
    ) -> CredentialResponse | Deferred:
        """The same credential for each of these keys (section 8.2); the issuer said how many it takes.

        Raises:
            NoCommonKey: more than that, or one key twice.
        """
        different = {key.holder.public_key for key in keys}
        if len(keys) > self.opened.metadata.batch_size or len(different) < len(keys):
            raise NoCommonKey
        for _ in range(_TRIES - 1):
            try:
                return await self._once(configuration, identifier, keys)
            except IssuerUnreachable:
                continue
            except OfferRefused as error:
                if not _stale_nonce(error):
                    raise
        return await self._once(configuration, identifier, keys)

    async def _once(
        self, configuration: CredentialConfiguration, identifier: str | None, keys: tuple[KeyUse, ...]
    ) -> CredentialResponse | Deferred:
        metadata = self.opened.metadata
        nonce = None
        if metadata.nonce_endpoint is not None:
            nonce = parse_nonce_response(await self.channel.ask_nonce(metadata.nonce_endpoint))
        envelope = Envelope(metadata)
        request = CredentialRequest(
            configuration.id if identifier is None else None,
            tuple(self._proof(configuration, key, nonce) for key in keys),
            identifier,
            response_encryption=envelope.encrypt_for,
        )
        return parse_credential_response(
            await envelope.post(metadata.credential_endpoint, request.to_json(), self.channel),
            most=len(keys),
        )

    def _proof(self, configuration: CredentialConfiguration, key: KeyUse, nonce: str | None) -> str:
        holder, attestation = key.holder, self.channel.attestation
        attested = None if attestation is None else attestation.for_keys([holder.public_key])
        if configuration.key_attestations_required is None:
            attested = None
        elif attested is None:
            raise AttestationNeeded
        return create_key_proof(
            holder.signer,
            verification_method=None if key.as_jwk else holder.verification_method,
            audience=self.opened.metadata.credential_issuer,
            nonce=nonce,
            issued_at=self.wallet.now(),
            key_attestation=attested,
        )

    def _waiting(self, configuration: CredentialConfiguration, promised: Deferred, holder: Holder) -> Waiting:
        metadata, token, server = self.opened.metadata, self.channel.token, self.opened.server
        if metadata.deferred_credential_endpoint is None:
            raise MalformedResponse
        assert token is not None
        now, dpop, attestation = self.wallet.now(), self.channel.dpop, self.channel.attested_to(server)
        return Waiting(
            id=self.wallet.new_id(),
            name=name_of_configuration(configuration, "nl"),
            credential_issuer=metadata.credential_issuer,
            types=configuration.types,
            vct=configuration.vct,
            form=configuration.form,
            holder=holder.did,
            transaction_id=promised.transaction_id,
            endpoint=metadata.deferred_credential_endpoint,
            notification_endpoint=metadata.notification_endpoint,
            access_token=token.access_token,
            token_type=str(token.token_type),
            refresh_token=token.refresh_token,
            token_endpoint=server.token_endpoint,
            server=server.issuer,
            client_id=CLIENT_ID if attestation is None else attestation.client_id,
            dpop=None if dpop is None else _secret_of(dpop),
            encrypt=metadata.response_encryption is not None,
            since=now,
            ask_from=now + interval_of(promised.interval),
        )


class Envelope:
    """One request and its answer, each encrypted where the issuer has that (section 10).

    The key for the answer is new for every request.
    """

    def __init__(self, metadata: IssuerMetadata) -> None:
        self._request = metadata.request_encryption
        self._key: AgreementKey | None = None
        self.encrypt_for: EncryptFor | None = None
        if metadata.response_encryption is not None:
            self._key = generate_agreement_key()
            jwk: JsonObject = {
                **self._key.public_key.to_jwk(),
                "kid": _KEY_ID,
                "use": "enc",
                "alg": jwe.ALGORITHM,
            }
            self.encrypt_for = EncryptFor(jwk, metadata.response_encryption.enc_values[-1])

    async def post(self, url: str, request: JsonObject, channel: Channel) -> bytes:
        """Raises MalformedResponse: the answer is not encrypted, or not for our key."""
        body, media_type = dump(request), _JSON_TYPE
        if self._request is not None:
            token = jwe.encrypt(
                body, recipient=self._request.keys[0], enc=self._request.enc_values[-1], header={}
            )
            body, media_type = token.encode("ascii"), _TOKEN
        accept = JSON if self._key is None else JSON_OR_TOKEN
        answered = await channel.post(url, body, media_type, accept)
        if self._key is None:
            return answered.body
        if answered.media_type != _TOKEN:
            raise MalformedResponse
        assert self.encrypt_for is not None
        try:
            text = answered.body.decode("ascii", "replace").strip()
            return jwe.decrypt(text, key=self._key, allowed_enc=(self.encrypt_for.enc,))
        except PassportError:
            raise MalformedResponse from None


def _stale_nonce(error: OfferRefused) -> bool:
    cause = error.__cause__
    return isinstance(cause, IssuerRefused) and cause.details.get("error") == "invalid_nonce"


def _secret_of(signer: object) -> str | None:
    """The key of this conversation, to ask again with; a host that can't hand it over asks without."""
    secret = getattr(signer, "secret", None)
    key = getattr(signer, "public_key", None)
    if not isinstance(secret, bytes) or getattr(key, "type", None) is not KeyType.P256:
        return None
    return secret.hex()
