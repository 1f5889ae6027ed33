"""Consent: who asks, what for, exactly what would leave, what stays, and what refusing costs.

Nothing here signs or sends. What the person agreed to is named by a mark; answering computes everything anew
and stops when the mark differs.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from passport.answers import Reason
from passport.credentials.enveloped import envelope, is_enveloped
from passport.evidence.board import Refusals
from passport.evidence.demand import Purpose
from passport.evidence.disclosure import RefusalCost, Shown, costs
from passport.evidence.parts import Part, Place, parts_of
from passport.evidence.policy import DemandResult
from passport.json import JsonObject, dump, parse_object
from passport.limits import CREDENTIAL
from passport.sd_jwt.pointers import parse_pointer
from passport.trust import TrustStore
from wallet.core.choosing import Chosen, choose, id_of
from wallet.core.claims import Claim
from wallet.core.claims_unread import claims_shown
from wallet.core.disclose import Disclosed
from wallet.core.endorsements import KeptEndorsement, endorsements
from wallet.core.forms import FormName
from wallet.core.plain_text import plain_name
from wallet.core.requests import OpenRequest
from wallet.core.shelf import Kept, kept, trust
from wallet.core.wallet import Wallet


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `host` and `did` are proved by the signature; `claimed_name` is what it calls itself."""

    did: str
    host: str | None
    claimed_name: str
    known_as: str | None
    """The name on a trust list that the person uses."""
    recognised_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CredentialPart:
    """One part of a credential that would leave, or that stays behind."""

    part: Part
    refusal: str
    """What names it in `refused`: the credential's id in this wallet, a space, and a JSON pointer."""
    can_stay: bool
    """Whether it can stay behind while the rest leaves."""
    cost: tuple[RefusalCost, ...]
    """What refusing this one part costs."""


@dataclass(frozen=True, slots=True)
class RefusedPart:
    """A part that the person ticked, of a credential that now stays at home altogether."""

    refusal: str
    name: str
    """Of the credential."""
    part: Part


@dataclass(frozen=True, slots=True)
class Leaving:
    """One credential that would leave: everything that stands in `disclosed` can be read by the asker."""

    credential_id: str
    disclosed: Disclosed
    claims: tuple[Claim, ...]
    shown: tuple[str, ...]
    """Labels of the skills that leave."""
    hidden: tuple[str, ...]
    """Labels of skills of it that stay behind."""
    beyond: tuple[str, ...]
    """Labels of skills that leave though they were not asked for: no form can leave them out."""
    parts: tuple[CredentialPart, ...]
    """All that leaves of it."""
    staying: tuple[CredentialPart, ...]
    """All of it that stays behind."""
    serves: tuple[str, ...]
    """Labels of the demands that it helps to meet."""
    cost: tuple[RefusalCost, ...]
    """What refusing this one credential costs."""
    instead: tuple[str, ...]
    """Names of what would leave in its place."""

    @property
    def kept(self) -> Kept:
        return self.disclosed.kept

    @property
    def format(self) -> str:
        form = self.disclosed.form
        return str(FormName.LDP_VC if form is FormName.ECDSA_SD else form)


@dataclass(frozen=True, slots=True)
class LeavingEndorsement:
    """An endorsement that would leave, since the proof of a demand is made with it."""

    credential_id: str
    kept: KeptEndorsement
    document: JsonObject
    serves: tuple[str, ...] = ()
    cost: tuple[RefusalCost, ...] = ()

    @property
    def format(self) -> str:
        return str(FormName.JWT_VC if is_enveloped(self.document) else FormName.LDP_VC)


@dataclass(frozen=True, slots=True)
class Consent:
    id: str
    asker: Asker
    purpose: Purpose
    profile_name: Mapping[str, str]
    publisher: str
    publisher_name: str
    valid_until: datetime
    answer_goes_to: str | None
    """The host that the answer is sent to; None where it is only shown as QR codes."""
    results: tuple[DemandResult, ...]
    raise_by: tuple[tuple[Reason, ...], ...]
    """For each result what would make it met, or the proof stronger."""
    proofs: tuple[tuple[str, ...], ...]
    """For each result the ids of the credentials and endorsements that give it."""
    leaving: tuple[Leaving, ...]
    confirming: tuple[LeavingEndorsement, ...]
    """What confirms them, and leaves as well."""
    hidden: tuple[Kept, ...]
    unmet: tuple[DemandResult, ...]
    beyond_occupation: tuple[Reason, ...]
    """Demands that do not belong to the occupation that the profile names: over-asking."""
    refused: tuple[str, ...]
    refused_parts: tuple[RefusedPart, ...]
    """Those of credentials that do not leave; the others stand among what stays behind of theirs."""
    cost: tuple[RefusalCost, ...]
    """What the refusals so far cost."""
    exact: bool
    apart: tuple[Kept, ...] = ()
    """Credentials that can't go with these: they are bound to another key of the wallet."""

    @property
    def mark(self) -> str:
        """Names exactly what would leave, to whom."""
        leaving = sorted((one.kept.id, _digest(dump(one.disclosed.document))) for one in self.leaving)
        leaving += sorted((one.kept.id, _digest(dump(one.document))) for one in self.confirming)
        return _digest(json.dumps([self.id, self.asker.did, leaving]).encode("utf-8"))


def consent(
    wallet: Wallet, found: OpenRequest, taxonomy: Taxonomy, *, refused: Collection[str] = ()
) -> Consent:
    """What the person is asked to agree to.

    `refused` names credentials and endorsements by the wallet's ids, skills by their identifiers, and parts
    by a credential's id, a space and a JSON pointer. What is refused stays hidden; a credential that can't be
    shown without it stays at home, and another one may take its place.
    """
    shelf, trusted = kept(wallet), trust(wallet)
    request = found.request
    chosen = choose(wallet, request.profile.demands, refusals_of(shelf, wallet, refused))
    disclosure = chosen.disclosure
    names = _names(shelf)
    labels = _labels(chosen)
    leaving = tuple(_leaving(chosen, shown, part, names, labels) for shown, part in chosen.credentials)
    gone = {one.kept.id for one in leaving}
    return Consent(
        id=found.id,
        asker=_asker(found, trusted, wallet.now()),
        purpose=request.purpose,
        profile_name={language: plain_name(name) for language, name in request.profile.name.items()},
        publisher=request.profile.publisher,
        publisher_name=plain_name(request.profile.publisher_name),
        valid_until=request.valid_until,
        answer_goes_to=None
        if request.response_uri is None
        else urlsplit(request.response_uri).netloc.lower(),
        results=disclosure.results,
        raise_by=disclosure.raise_by,
        proofs=disclosure.proofs,
        leaving=leaving,
        confirming=confirming(chosen),
        hidden=tuple(one for one in shelf if one.id not in gone),
        unmet=disclosure.unmet,
        beyond_occupation=_beyond_occupation(found, taxonomy),
        refused=tuple(sorted(refused)),
        refused_parts=tuple(_refused_parts(shelf, refused, gone)),
        cost=disclosure.cost,
        exact=disclosure.exact,
        apart=chosen.apart,
    )


def refusals_of(shelf: Sequence[Kept], wallet: Wallet, refused: Collection[str]) -> Refusals:
    """What the person ticked, in the words of the choice; an identifier of nothing here is a skill's."""
    ids = {one.id: one.verified.credential.id for one in shelf if one.verified is not None}
    ids |= {one.id: one.verified.endorsement.id for one in endorsements(wallet) if one.verified is not None}
    parts = [each.partition(" ")[::2] for each in refused]
    return Refusals(
        documents=frozenset(ids[each] for each in refused if each in ids),
        parts=frozenset(
            (ids[record], parse_pointer(pointer))
            for record, pointer in parts
            if record in ids and pointer.startswith("/")
        ),
        skills=frozenset(refused) - frozenset(ids),
    )


def _refused_parts(
    shelf: Sequence[Kept], refused: Collection[str], leaving: Collection[str]
) -> Iterator[RefusedPart]:
    for one in shelf:
        if one.verified is not None and one.id not in leaving:
            document = one.verified.credential.document
            for part in parts_of(document):
                refusal = f"{one.id} {part.pointer}"
                if refusal in refused:
                    yield RefusedPart(refusal, _names((one,))[one.verified.credential.id], part)


def _leaving(
    chosen: Chosen, shown: Shown, part: Disclosed, names: Mapping[str, str], labels: Mapping[str, str]
) -> Leaving:
    document = id_of(shown)
    return Leaving(
        credential_id=document,
        disclosed=part,
        claims=claims_shown(part),
        shown=tuple(each.target_name for each in part.shown),
        hidden=tuple(each.target_name for each in part.hidden),
        beyond=tuple(each.target_name for each in part.shown if each.target_url not in labels),
        parts=tuple(_part(chosen, part, document, each) for each in shown.shown),
        staying=tuple(_part(chosen, part, document, each) for each in shown.hidden),
        serves=tuple(labels[skill] for skill in shown.serves),
        cost=_cost(chosen, documents=frozenset({document})),
        instead=tuple(names[each] for each in chosen.instead_of(document) if each in names),
    )


def _part(chosen: Chosen, part: Disclosed, document: str, one: Part) -> CredentialPart:
    cost = _cost(chosen, parts=frozenset({(document, one.place)})) if one.optional else ()
    return CredentialPart(one, f"{part.kept.id} {one.pointer}", one.optional, cost)


def _labels(chosen: Chosen) -> Mapping[str, str]:
    return {demand.skill: demand.label for demand in chosen.board.demands}


def confirming(chosen: Chosen) -> tuple[LeavingEndorsement, ...]:
    """What would leave to confirm the credentials that were chosen, and what keeping it costs."""
    labels = _labels(chosen)
    return tuple(
        LeavingEndorsement(
            credential_id=id_of(shown),
            kept=one,
            document=document_of(one),
            serves=tuple(labels[skill] for skill in shown.serves),
            cost=_cost(chosen, documents=frozenset({id_of(shown)})),
        )
        for shown, one in chosen.endorsements
    )


def document_of(one: KeptEndorsement) -> JsonObject:
    """As it came: its digest and proof are over that."""
    held = one.source.strip()
    if held.startswith(b"{"):
        return parse_object(held, CREDENTIAL)
    assert one.report.parsed is not None
    return envelope(held, one.report.parsed.form)


def _cost(
    chosen: Chosen,
    *,
    documents: frozenset[str] = frozenset(),
    parts: frozenset[tuple[str, Place]] = frozenset(),
) -> tuple[RefusalCost, ...]:
    """What gets worse when this stays as well, and whatever is left may stand in for it."""
    had = chosen.refusals
    more = Refusals(had.documents | documents, had.parts | parts, had.skills)
    return costs(chosen.board.demands, chosen.board.answers(had), chosen.board.answers(more))


def _names(shelf: Sequence[Kept]) -> dict[str, str]:
    return {
        one.verified.credential.id: plain_name(one.verified.credential.subject.achievement.name)
        for one in shelf
        if one.verified is not None
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _asker(found: OpenRequest, trusted: TrustStore, now: datetime) -> Asker:
    request = found.request
    recognitions = trusted.recognitions(request.verifier, now)
    return Asker(
        did=request.verifier,
        host=found.host,
        claimed_name=plain_name(request.verifier_name),
        known_as=recognitions[0].entry.name if recognitions else None,
        recognised_as=tuple(sorted({str(one.recognition) for one in recognitions})),
    )


def _beyond_occupation(found: OpenRequest, taxonomy: Taxonomy) -> tuple[Reason, ...]:
    profile = found.request.profile
    if profile.occupation is None or profile.occupation not in taxonomy.occupations:
        return ()
    needed = {skill for grade in Grade for skill in taxonomy.skills_of(profile.occupation, grade)}
    return tuple(
        Reason("consent.beyond_occupation", {"skill": plain_name(demand.label)})
        for demand in profile.demands
        if demand.skill not in needed
    )
