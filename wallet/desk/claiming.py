"""Claim what is offered: OpenID4VCI 1.0, as the wallet's side, when there is a code of either flow.

1. the code for an access token
2. for each credential the form to read: fetched, verified, not kept yet
3. the forms that help to show less, with the same token; one that is not in order is left out
4. the evidence files that the issuer holds ready
5. only when all of it is kept does the wallet say that it accepted (section 11); what it refused it says as
   well, so that the issuer can hand over the same credential again
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from passport.credentials import Form
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.json import dump
from passport.oauth.token_request import AuthorizationCodeGrant, PreAuthorizedCodeGrant
from passport.oauth.token_response import parse_token_response
from passport.openid4vc import CredentialConfiguration, CredentialResponse, Event, NotificationRequest
from wallet.core import limits
from wallet.core.accept import Examined, joined
from wallet.core.claiming.copies import CopyKey, copy_records, new_copy_keys
from wallet.core.claiming.grants import Flow, check_token
from wallet.core.claiming.key_use import KeyUse, key_type_for, use_key
from wallet.core.claiming.waiting import Waiting
from wallet.core.holding import is_bound_to
from wallet.core.wallet import Wallet
from wallet.core.wanted import Wanted
from wallet.desk.asking_credentials import Asker, Got
from wallet.desk.channel import Channel
from wallet.desk.examining import Examiner
from wallet.desk.issuer_files import issuer_files
from wallet.desk.offering import Opened
from wallet.desk.progress import QUIET, Progress, Step
from wallet.desk.signing_in import SignedIn
from wallet.errors import NotForThisHolder, TxCodeNeeded
from wallet.errors_claiming import SignInNeeded


@dataclass(slots=True)
class Word:
    """What the wallet still has to say to the issuer, in the conversation that it has with it."""

    url: str | None
    channel: Channel = field(repr=False)
    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What an offer gave, examined and not yet kept."""

    examined: tuple[Examined, ...]
    files: dict[tuple[str, str], bytes]
    documents: DocumentCache
    """What it took to examine them."""
    left_out: tuple[PassportError, ...]
    """Why a form that would have helped is not among them."""
    word: Word
    waiting: tuple[Waiting, ...] = ()
    """What the issuer promised for later."""
    untied: tuple[str, ...] = ()
    """Who signed some of it and is not known to belong to the place that offered it."""
    erased: int = 0
    """How often something was removed from the wallet for good, when it was asked for."""


async def claim(
    opened: Opened,
    wallet: Wallet,
    channel: Channel,
    *,
    tx_code: str | None = None,
    signed_in: SignedIn | None = None,
    progress: Progress = QUIET,
    copies: int = 1,
) -> Claimed:
    """Redeem the offer for credentials that are bound to keys of this wallet; keeps nothing yet.

    Whoever keeps it says so with `tell`; a refusal in here is told at once.

    Args:
        opened: what the person said yes to.
        wallet: whose keys.
        channel: a new conversation, or that of the sign-in.
        tx_code: the code that came to the person by another way.
        signed_in: for an offer that wants the person to sign in.
        progress: is told of each step, and may raise TakingCancelled.
        copies: of each SD-JWT VC, under keys of their own, as far as the issuer has that.

    Raises:
        TxCodeNeeded, SignInNeeded, OfferRefused, IssuerUnreachable, IssuerMismatch, NotOffered, NoCommonKey,
        AttestationNeeded, WalletNotAccepted, TakingCancelled, and as `examine`.
    """
    keys = prepare_keys(opened, wallet)  # before the code is spent
    # 1
    progress(Step.TOKEN)
    await redeem(opened, channel, tx_code, signed_in)
    word = Word(opened.metadata.notification_endpoint, channel)
    claiming = _Claiming(opened, wallet, channel, word, progress, copies=copies)
    try:
        return await claiming.run(keys)
    except PassportError:
        await tell(word, kept=False)
        raise


async def tell(word: Word, *, kept: bool) -> None:
    """Say what became of what was claimed. Nothing hangs on whether the issuer hears it."""
    if word.url is None:
        return
    failed = word.refused if kept else [*word.refused, *word.kept]
    said = [(each, Event.FAILURE) for each in failed]
    said += [(each, Event.ACCEPTED) for each in word.kept] if kept else []
    for identifier, event in said:
        body = dump(NotificationRequest(identifier, event).to_json())
        try:
            await word.channel.post(word.url, body, "application/json")
        except PassportError:
            continue


async def redeem(opened: Opened, channel: Channel, tx_code: str | None, signed_in: SignedIn | None) -> None:
    """The code for an access token, which stays in the conversation (RFC 6749, 4.1.3; OpenID4VCI, 6.1)."""
    channel.bind(opened.server)
    if opened.flow is Flow.SIGN_IN:
        if signed_in is None:
            raise SignInNeeded
        sign_in = signed_in.sign_in
        form = AuthorizationCodeGrant(
            signed_in.code, sign_in.redirect_uri, sign_in.verifier, sign_in.client_id
        ).to_form()
    else:
        if opened.offer.tx_code is not None and not tx_code:
            raise TxCodeNeeded
        assert opened.offer.pre_authorized_code is not None  # that is what the flow says
        attestation = channel.attested_to(opened.server)
        form = PreAuthorizedCodeGrant(
            opened.offer.pre_authorized_code,
            tx_code if opened.offer.tx_code else None,
            None if attestation is None else attestation.client_id,
        ).to_form()
    answer = await channel.post_form(opened.server.token_endpoint, form, server=opened.server)
    token = parse_token_response(answer)
    check_token(token, server=opened.server.issuer, credential_issuer=opened.metadata.credential_issuer)
    channel.token = token


def prepare_keys(opened: Opened, wallet: Wallet) -> list[KeyUse]:
    """The key for each credential that is offered; one that is not here yet is made and kept.

    Raises:
        NoCommonKey, NoHolderKey, VaultNotSaved
    """
    return [_key(one, wallet) for one in opened.wanted]


def _key(one: Wanted, wallet: Wallet) -> KeyUse:
    forms = (one.first, *one.helping)
    bindings = [set(each.bindings) for each in forms if each.bindings]
    common = set.intersection(*bindings) if bindings else set()
    return use_key(wallet, key_type_for(forms), common or one.first.bindings)


@dataclass(slots=True)
class _Claiming:
    opened: Opened
    wallet: Wallet
    channel: Channel
    word: Word
    progress: Progress
    left_out: list[PassportError] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    copies: int = 1
    copied: dict[tuple[str, str], bytes] = field(default_factory=dict, repr=False)

    async def run(self, keys: Sequence[KeyUse]) -> Claimed:
        erased = self.wallet.erased
        asker = Asker(self.opened, self.wallet, self.channel)
        examiner = Examiner(self.opened.offer.credential_issuer, self.wallet, self.channel.outside)
        found: list[Examined] = []
        wanted = self.opened.wanted
        for number, (credential, key) in enumerate(zip(wanted, keys, strict=True), 1):
            self.progress(Step.CREDENTIAL, number, len(wanted))
            # 2
            together: list[Examined] = []
            for identifier in self._identifiers(credential.first):
                keys_of_copies = self._copy_keys(credential.first)
                more = tuple(KeyUse(each.holder, as_jwk=key.as_jwk) for each in keys_of_copies)
                got = await asker.ask(credential.first, identifier, key, *more)
                found_here = await self._examined(examiner, got, credential.first, key)
                together += found_here
                if isinstance(got, CredentialResponse) and found_here:
                    await self._copied(examiner, got, credential.first, keys_of_copies, found_here[0].id)
            # 3
            for form in credential.helping if together else ():
                together = await self._joined(together, asker, examiner, form, key)
            found += together
        # 4
        self.progress(Step.FILES)
        files = await issuer_files(found, self.channel, self.opened.host)
        return Claimed(
            joined(found),
            {**files, **self.copied},
            examiner.taken,
            tuple(self.left_out),
            self.word,
            tuple(self.waiting),
            tuple(sorted(examiner.untied)),
            erased,
        )

    def _copy_keys(self, configuration: CredentialConfiguration) -> tuple[CopyKey, ...]:
        wanted = min(self.copies, self.opened.metadata.batch_size, limits.COPIES) - 1
        apart = configuration.form is Form.DC_SD_JWT and configuration.key_attestations_required is None
        return new_copy_keys(self.wallet, wanted) if apart and wanted > 0 else ()

    async def _copied(
        self,
        examiner: Examiner,
        got: CredentialResponse,
        configuration: CredentialConfiguration,
        keys: Sequence[CopyKey],
        record: str,
    ) -> None:
        """The further copies, each for one of the keys that were proved; in whatever order they came."""
        left = list(keys)
        for source in got.credentials[1:]:
            key = next((each for each in left if is_bound_to(source, each.holder.public_key)), None)
            if key is None:
                raise NotForThisHolder
            left.remove(key)
            await examiner.examine(source, configuration, key.holder)
            self.copied |= copy_records(record, [(key, source)])

    def _identifiers(self, configuration: CredentialConfiguration) -> Sequence[str | None]:
        """What the token is for: a kind of credential, or each of some by its own name (section 6.2)."""
        token = self.channel.token
        assert token is not None
        if not token.authorization_details:
            return (None,)
        named = [
            identifier
            for detail in token.authorization_details
            if detail.credential_configuration_id == configuration.id
            for identifier in detail.credential_identifiers
        ]
        return named[: limits.IDENTIFIERS]

    async def _examined(
        self, examiner: Examiner, got: Got, configuration: CredentialConfiguration, key: KeyUse
    ) -> list[Examined]:
        if isinstance(got, Waiting):
            self.waiting.append(got)
            return []
        note = [] if got.notification_id is None else [got.notification_id]
        try:
            one = await examiner.examine(got.credentials[0], configuration, key.holder)
        except PassportError:
            self.word.refused += note
            raise
        self.word.kept += note
        return [one]

    async def _joined(
        self,
        found: list[Examined],
        asker: Asker,
        examiner: Examiner,
        form: CredentialConfiguration,
        key: KeyUse,
    ) -> list[Examined]:
        together = found
        for identifier in self._identifiers(form):
            try:
                got = await asker.ask(form, identifier, key)
                if isinstance(got, Waiting):
                    continue  # the form to read is here; this one only helps to show less
                note = [] if got.notification_id is None else [got.notification_id]
                try:
                    one = await examiner.examine(got.credential, form, key.holder)
                    if len(joined([*together, one])) > len(joined(together)):
                        # made anew for every request: a credential of its own, and no form of what is here
                        self.word.refused += note
                        continue
                    together = list(joined([*together, one]))
                except PassportError:
                    self.word.refused += note
                    raise
                self.word.kept += note
            except PassportError as error:
                self.left_out.append(error)
        return together
