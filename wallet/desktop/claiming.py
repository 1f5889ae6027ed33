"""Claim an offered credential: OpenID4VCI 1.0, pre-authorized code flow, as the wallet's side.

1. the code for an access token
2. for each credential the form to read: fetched, verified, not kept yet
3. the forms that help to show less, with the same token; one that is not in order is left out
4. the evidence files that the issuer holds ready
5. only when all of it is kept does the wallet say that it accepted (section 11); what it refused it says as
   well, so that the issuer can hand over the same credential again
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from passport.answers import Answer
from passport.dids import did_web_url
from passport.documents import DocumentCache, NotFetched
from passport.errors import Invalid, PassportError, TooLarge
from passport.errors.fetch import AddressRefused
from passport.fetch.exchange import Answered
from passport.json import dump
from passport.openid4vc import (
    CredentialConfiguration,
    CredentialRequest,
    CredentialResponse,
    Event,
    NotificationRequest,
    TokenRequest,
    TokenResponse,
    create_key_proof,
    parse_credential_response,
    parse_nonce_response,
    parse_token_response,
)
from wallet.core.accept import Examined, Offered, evidence_record, examine, joined
from wallet.core.forms import read_credential
from wallet.core.wallet import Wallet
from wallet.desktop.offering import Opened
from wallet.desktop.outside import Outside
from wallet.errors import (
    AddressNotAllowed,
    AttachmentMismatch,
    IssuerMismatch,
    IssuerUnreachable,
    NotOffered,
    OfferRefused,
    TxCodeNeeded,
    UnknownEvidence,
)

_JSON = frozenset({"application/json"})
_FORM = "application/x-www-form-urlencoded"
_REFUSED = frozenset({400, 401, 403, 404, 409, 410})
_TRIES = 2
"""A reply may get lost; the issuer gives the same credential again while the token lives."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What an offer gave, examined and not yet kept."""

    examined: tuple[Examined, ...]
    files: dict[tuple[str, str], bytes]
    documents: DocumentCache
    """What it took to examine them."""
    left_out: tuple[PassportError, ...]
    """Why a form that would have helped is not among them."""
    word: "Word"


@dataclass(slots=True)
class Word:
    """What the wallet still has to say to the issuer, with the token that it got."""

    url: str | None
    token: TokenResponse
    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


async def claim(opened: Opened, wallet: Wallet, outside: Outside, *, tx_code: str | None) -> Claimed:
    """Redeem the offer for credentials that are made out to this wallet's holder; keeps nothing yet.

    Whoever keeps it says so with `tell`; a refusal in here is told at once.

    Raises:
        TxCodeNeeded, OfferRefused, IssuerUnreachable, IssuerMismatch, NotOffered, and as `examine`.
    """
    if opened.offer.tx_code is not None and not tx_code:
        raise TxCodeNeeded
    # 1
    token = await _token(opened, outside, tx_code)
    word = Word(opened.metadata.notification_endpoint, token)
    claiming = _Claiming(opened, wallet, outside, word)
    try:
        return await claiming.run()
    except PassportError:
        await tell(word, outside, kept=False)
        raise


async def tell(word: Word, outside: Outside, *, kept: bool) -> None:
    """Say what became of what was claimed. Nothing hangs on whether the issuer hears it."""
    if word.url is None:
        return
    failed = word.refused if kept else [*word.refused, *word.kept]
    said = [(each, Event.FAILURE) for each in failed]
    said += [(each, Event.ACCEPTED) for each in word.kept] if kept else []
    for identifier, event in said:
        body = dump(NotificationRequest(identifier, event).to_json())
        try:
            await _post(word.url, body, "application/json", outside, word.token)
        except PassportError:
            continue


@dataclass(slots=True)
class _Claiming:
    opened: Opened
    wallet: Wallet
    outside: Outside
    word: Word
    taken: DocumentCache = field(default_factory=DocumentCache)
    left_out: list[PassportError] = field(default_factory=list)

    async def run(self) -> Claimed:
        found: list[Examined] = []
        for credential in self.opened.wanted:
            # 2
            one, note = await self._fetched(credential.first)
            self.word.kept += note
            # 3
            together = [one]
            for form in credential.helping:
                together = await self._joined(together, form)
            found += together
        # 4
        files = await _files(found, self.word.token, self.opened, self.outside)
        return Claimed(joined(found), files, self.taken, tuple(self.left_out), self.word)

    async def _joined(self, found: list[Examined], form: CredentialConfiguration) -> list[Examined]:
        note: list[str] = []
        try:
            one, note = await self._fetched(form)
            together = list(joined([*found, one]))
        except PassportError as error:
            self.left_out.append(error)
            self.word.refused += note
            return found
        self.word.kept += note
        return together

    async def _fetched(self, configuration: CredentialConfiguration) -> tuple[Examined, list[str]]:
        """A credential in one form, examined, and the name under which the issuer wants to hear of it."""
        response = await self._response(configuration)
        note = [] if response.notification_id is None else [response.notification_id]
        try:
            issuer = _issuer_did(response.credential, self.opened)
            offered = Offered(issuer, configuration.types, self.opened.host, configuration.form)
            one, documents = await self.outside.examine(
                lambda at_hand: examine(response.credential, at_hand, self.wallet, offered=offered),
                self.wallet.documents(),
            )
        except PassportError:
            self.word.refused += note
            raise
        self.taken.at_hand.update(documents.at_hand)
        return one, note

    async def _response(self, configuration: CredentialConfiguration) -> CredentialResponse:
        for _ in range(_TRIES - 1):
            try:
                return await self._ask(configuration)
            except IssuerUnreachable:
                continue
        return await self._ask(configuration)

    async def _ask(self, configuration: CredentialConfiguration) -> CredentialResponse:
        metadata, holder, outside = self.opened.metadata, self.wallet.holder, self.outside
        if metadata.nonce_endpoint is None:
            raise IssuerUnreachable
        nonce = parse_nonce_response(await _post(metadata.nonce_endpoint, b"", _FORM, outside))
        proof = create_key_proof(
            holder.signer,
            verification_method=holder.verification_method,
            audience=metadata.credential_issuer,
            nonce=nonce,
            issued_at=self.wallet.now(),
        )
        request = dump(CredentialRequest(configuration.id, proof).to_json())
        return parse_credential_response(
            await _post(metadata.credential_endpoint, request, "application/json", outside, self.word.token)
        )


async def _token(opened: Opened, outside: Outside, tx_code: str | None) -> TokenResponse:
    request = TokenRequest(opened.offer.pre_authorized_code, tx_code if opened.offer.tx_code else None)
    body = urlencode(request.to_form()).encode("ascii")
    return parse_token_response(await _post(opened.token_endpoint, body, _FORM, outside))


def _issuer_did(source: bytes, opened: Opened) -> str:
    """The DID that the credential names as its issuer, when that DID lives where the offer came from.

    A did:web names its host and perhaps a path; on a host with several issuers each answers for its own path.
    Any other DID can't be tied to a place and is not taken from a link.
    """
    try:
        issuer = read_credential(source).issuer.id
    except Invalid:
        raise NotOffered from None
    if not issuer.startswith("did:web:"):
        raise IssuerMismatch
    there = urlsplit(did_web_url(issuer))
    folder = there.path.removesuffix("/did.json").removesuffix("/.well-known")
    path = urlsplit(opened.offer.credential_issuer).path
    if there.netloc != opened.host or not f"{path}/".startswith(f"{folder}/"):
        raise IssuerMismatch
    return issuer


async def _files(
    examined: Sequence[Examined], token: TokenResponse, opened: Opened, outside: Outside
) -> dict[tuple[str, str], bytes]:
    """The evidence files that the issuer holds ready; one that is not what was signed is left out."""
    found: dict[tuple[str, str], bytes] = {}
    for one in examined:
        parsed = one.report.parsed
        for resource in () if parsed is None or one.answer is not Answer.YES else parsed.related_resources:
            if _authority(resource.id) != opened.host:
                continue
            try:
                answered = await outside.exchange.get(
                    resource.id, accept=None, authorization=f"Bearer {token.access_token}"
                )
                if answered.is_success:
                    found.update(evidence_record(one.report, resource.id, answered.body))
            except (NotFetched, AttachmentMismatch, UnknownEvidence, TooLarge):
                continue
    return found


def _authority(identifier: str) -> str | None:
    try:
        return urlsplit(identifier).netloc
    except ValueError:
        return None  # an identifier need not be an address


async def _post(
    url: str, body: bytes, media_type: str, outside: Outside, token: TokenResponse | None = None
) -> bytes:
    authorization = None if token is None else f"Bearer {token.access_token}"
    try:
        answered: Answered = await outside.exchange.post(
            url, body, media_type=media_type, accept=_JSON, authorization=authorization
        )
    except AddressRefused:
        raise AddressNotAllowed from None
    except NotFetched as error:
        raise IssuerUnreachable(reason=error.code) from error
    if answered.status in _REFUSED:
        raise OfferRefused
    if not answered.is_success:
        raise IssuerUnreachable
    return answered.body
