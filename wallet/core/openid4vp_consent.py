"""Consent to a request by OpenID4VP: who asks and how that is proved, what would leave, and what stays.

Nothing here signs or sends. What the person agreed to is named by a mark; answering computes everything anew
and stops when the mark differs.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.evidence.disclosure import RefusalCost
from passport.evidence.parts import Part, parts_of
from passport.evidence.profile import FunctionProfile
from passport.json import JsonObject, dump
from passport.openid4vp.client_id import Prefix
from passport.openid4vp.dcql import ClaimsQuery, CredentialQuery, CredentialSetQuery
from passport.openid4vp.dcql_select import Selection
from passport.openid4vp.request_object import ProvedBy
from passport.openid4vp.request_parameters import ResponseMode
from passport.sd_jwt.pointers import Place
from wallet.core.claims import Claim
from wallet.core.claims_unread import claims_shown
from wallet.core.consent import LeavingEndorsement, document_of
from wallet.core.disclose import Disclosed, disclose_places
from wallet.core.endorsements import KeptEndorsement
from wallet.core.forms import SELECTIVE
from wallet.core.openid4vp_copies import SpareCopies
from wallet.core.openid4vp_holdings import HeldEndorsement, Holding, held_endorsements, holdings
from wallet.core.openid4vp_plan import Choices, Held, Planned, plan
from wallet.core.openid4vp_profile import AskedDemand, ProfilePlan, plan_by_profile
from wallet.core.openid4vp_requests import VpRequest
from wallet.core.openid4vp_words import path_in_words, word_of, words_of_fixed
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.separable import Opened, opened
from wallet.core.shelf import Kept, trust
from wallet.core.wallet import Wallet

_VALUE = 80


@dataclass(frozen=True, slots=True)
class VpAsker:
    """Who asks. `host` is where the answer goes, and sure; `claimed_name` is what it calls itself."""

    host: str
    client_id: str
    proved_by: ProvedBy
    claimed_name: str
    known_as: str = ""
    """The name on a trust list that the person uses, of a client that is a DID."""
    certified_name: str = ""
    """What its certificate calls it."""
    certified_by: str = ""
    """Who issued the certificate, by its own words."""


@dataclass(frozen=True, slots=True)
class AskedClaim:
    """A claim that is asked, in words of the credential."""

    refusal: str
    """What names it when the person keeps it."""
    word: str
    """What kind of part it is; wallet.core.openid4vp_words."""
    path: str
    values: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class VpLeaving:
    """One credential that would leave: everything in `disclosed` can be read by the asker."""

    query: str
    disclosed: Disclosed
    claims: tuple[Claim, ...]
    staying: tuple[Part, ...]
    """What of it stays behind."""
    fixed: tuple[str, ...]
    """What of it always leaves, in words: its issuer did not leave it to the holder."""
    bound: bool
    """Whether the holder signs that it is shown; else whoever gets it can show it again."""
    again: bool
    """Whether it was shown before, and no copy is left that was not."""

    @property
    def shows_parts(self) -> bool:
        return self.disclosed.form in SELECTIVE

    @property
    def kept(self) -> Kept:
        return self.disclosed.kept


@dataclass(frozen=True, slots=True)
class Alternative:
    """A credential, or an endorsement, that would do for a query."""

    kept: Kept | KeptEndorsement
    chosen: bool
    shows_parts: bool
    """Whether the form that would leave is one of which parts can stay behind."""


@dataclass(frozen=True, slots=True)
class AskedCredential:
    """One credential query, and what answers it."""

    query: CredentialQuery
    claims: tuple[AskedClaim, ...]
    alternatives: tuple[Alternative, ...]
    leaving: tuple[VpLeaving, ...]
    confirming: tuple[LeavingEndorsement, ...] = ()
    """Endorsements that would leave, each whole: they name no holder, so nobody signs that they are shown."""


@dataclass(frozen=True, slots=True)
class VpConsent:
    """What the person is asked to agree to."""

    id: str
    asker: VpAsker
    until: datetime
    encrypted: bool
    asked: tuple[AskedCredential, ...]
    selection: Selection
    sets: tuple[CredentialSetQuery, ...] = ()
    """What the selection chose from."""
    profile: FunctionProfile | None = None
    """What the request was made from, where that is known; then `demands` says what the asker would find."""
    demands: tuple[AskedDemand, ...] = ()
    by_profile: bool = False
    """Whether the demands chose what leaves. They can't where this wallet does not know that they are met,
    for want of a trust list; the asker may know better, and the query says what to show."""
    cost: tuple[RefusalCost, ...] = ()

    @property
    def can_be_answered(self) -> bool:
        """Whether all that is required can be shown, and something is."""
        return self.selection.can_be_answered and bool(self.leaving or self.confirming)

    @property
    def leaving(self) -> tuple[VpLeaving, ...]:
        return tuple(one for each in self.asked for one in each.leaving)

    @property
    def confirming(self) -> tuple[tuple[str, LeavingEndorsement], ...]:
        """Endorsements that would leave, with the query that each answers."""
        return tuple((each.query.id, one) for each in self.asked for one in each.confirming)

    @property
    def mark(self) -> str:
        """Names exactly what would leave, to whom."""
        leaving = [[one.query, one.kept.id, _digest(one.disclosed.document)] for one in self.leaving]
        leaving += [[query, one.kept.id, _digest(one.document)] for query, one in self.confirming]
        named = json.dumps([self.id, self.asker.client_id, self.asker.host, leaving])
        return hashlib.sha256(named.encode("utf-8")).hexdigest()


def _digest(document: JsonObject) -> str:
    return hashlib.sha256(dump(document)).hexdigest()


def vp_consent(wallet: Wallet, found: VpRequest, choices: Choices) -> VpConsent:
    """What the person is asked to agree to, as chosen so far.

    Raises:
        DcqlTooMuchWork
    """
    request = found.verified.request
    held: tuple[Held, ...] = (
        *holdings(wallet, request.metadata),
        *held_endorsements(wallet, request.metadata),
    )
    of_profile = None
    if found.profile is not None:
        of_profile = plan_by_profile(wallet, request.query, found.profile, held, choices)
        if of_profile.selection.can_be_answered or choices.refused:
            return _by_profile(wallet, found, found.profile, of_profile)
    made = plan(request.query, held, choices)
    copies = SpareCopies(wallet, request)
    asked = tuple(_asked(wallet, each, choices, copies) for each in made.planned)
    return VpConsent(
        id=found.id,
        asker=asker_of(wallet, found),
        until=found.until,
        encrypted=request.response_mode is ResponseMode.DIRECT_POST_JWT,
        asked=asked,
        selection=made.selection,
        sets=request.query.credential_sets,
        profile=found.profile,
        demands=() if of_profile is None else of_profile.demands,
    )


def _by_profile(wallet: Wallet, found: VpRequest, profile: FunctionProfile, made: ProfilePlan) -> VpConsent:
    request = found.verified.request
    copies = SpareCopies(wallet, request)
    hidden = {
        part.kept.id: tuple(each for each in shown.hidden if each.optional)
        for shown, part in made.chosen.credentials
    }
    return VpConsent(
        id=found.id,
        asker=asker_of(wallet, found),
        until=found.until,
        encrypted=request.response_mode is ResponseMode.DIRECT_POST_JWT,
        asked=tuple(
            AskedCredential(
                query=query,
                claims=(),
                alternatives=(),
                leaving=tuple(
                    _would_leave(query, each, hidden[each.kept.id], copies)
                    for each in made.by_query.get(query.id, ())
                ),
                confirming=made.confirming.get(query.id, ()),
            )
            for query in request.query.credentials
        ),
        selection=made.selection,
        sets=request.query.credential_sets,
        profile=profile,
        demands=made.demands,
        by_profile=True,
        cost=made.cost,
    )


def asker_of(wallet: Wallet, found: VpRequest) -> VpAsker:
    """Who asks, as it was proved, and as the person's trust lists know it."""
    verified = found.verified
    chain, client = verified.chain, verified.request.client_id
    known = (
        trust(wallet).recognitions(client.identifier, wallet.now())
        if client.prefix is Prefix.DECENTRALIZED_IDENTIFIER
        else ()
    )
    return VpAsker(
        host=found.host,
        client_id=str(client),
        proved_by=verified.proved_by,
        claimed_name=plain_name(verified.request.metadata.client_name or ""),
        known_as=plain_name(known[0].entry.name) if known else "",
        certified_name="" if chain is None else plain_name(chain.subject),
        certified_by="" if chain is None else plain_name(chain.issuer),
    )


def _asked(wallet: Wallet, planned: Planned, choices: Choices, copies: SpareCopies) -> AskedCredential:
    query = planned.query
    chosen = {each.holding.kept.id for each in planned.chosen}
    return AskedCredential(
        query=query,
        claims=tuple(_claim(query, number, claim, choices) for number, claim in enumerate(query.claims)),
        alternatives=tuple(
            Alternative(each.holding.kept, each.holding.kept.id in chosen, each.holding.shows_parts)
            for each in planned.found
        ),
        leaving=tuple(
            one
            for each in planned.chosen
            if isinstance(each.holding, Holding)
            for one in (_leaving(wallet, query, each.holding, each.match.places, copies=copies),)
            if one is not None
        ),
        confirming=tuple(
            LeavingEndorsement(each.candidate.id, each.kept, document_of(each.kept))
            for each in (found.holding for found in planned.chosen)
            if isinstance(each, HeldEndorsement)
        ),
    )


def _claim(query: CredentialQuery, number: int, claim: ClaimsQuery, choices: Choices) -> AskedClaim:
    return AskedClaim(
        refusal=f"{query.id} {number}",
        word=word_of(claim.path),
        path=path_in_words(claim.path),
        values=tuple(plain_text(str(value))[:_VALUE] for value in claim.values),
        refused=(query.id, number) in choices.without,
    )


def _leaving(
    wallet: Wallet,
    query: CredentialQuery,
    holding: Holding,
    places: tuple[Place, ...],
    *,
    copies: SpareCopies,
) -> VpLeaving | None:
    one, form = holding.kept, holding.form
    disclosed = disclose_places(wallet, one, form, places)
    if disclosed is None or disclosed.report.credential is None:
        places = _whole_parts(holding, places)
        disclosed = disclose_places(wallet, one, form, places)
    if disclosed is None:
        return None
    return _would_leave(query, disclosed, tuple(_staying(holding, places)), copies)


def _would_leave(
    query: CredentialQuery, disclosed: Disclosed, staying: tuple[Part, ...], copies: SpareCopies
) -> VpLeaving:
    bound = query.require_cryptographic_holder_binding
    form = next((each for each in opened(disclosed.kept) if each.form.name is disclosed.form), None)
    return VpLeaving(
        query=query.id,
        disclosed=disclosed,
        claims=claims_shown(disclosed),
        staying=staying,
        fixed=() if form is None else words_of_fixed(parts_of(form.tree, form.optional)),
        bound=bound,
        again=bound and copies.shows_again(disclosed),
    )


def _whole_parts(holding: Holding, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The asked places, each with all of the part that it stands in.

    A skill without its name is no Alignment (Open Badges 3.0, B.1.3): nobody could take the badge for one.
    """
    form = _opened(holding)
    parts = () if form is None else tuple(form.optional)
    return tuple(next((part for part in parts if place[: len(part)] == part), place) for place in places)


def _opened(holding: Holding) -> Opened | None:
    return next((each for each in opened(holding.kept) if each.form is holding.form), None)


def _staying(holding: Holding, shown: Sequence[Place]) -> Sequence[Part]:
    """The parts that can stay and are not asked, in the form that leaves."""
    form = _opened(holding)
    if form is None:
        return ()
    return [
        part
        for part in parts_of(form.tree, form.optional)
        if part.optional and not _touches(part.place, shown)
    ]


def _touches(place: Place, shown: Sequence[Place]) -> bool:
    """Whether an asked place stands in this one, or this one in an asked place."""
    return any(place[: len(each)] == each or each[: len(place)] == place for each in shown)
