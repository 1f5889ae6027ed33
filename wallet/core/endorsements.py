"""What others confirmed (EndorsementCredential, Open Badges 3.0, section B.1.6), kept beside the credentials.

An endorsement does not name the person: it names a claim by its id and digest, and the claim names the
person. So it is kept only when that very claim is in this wallet. It never changes the claim.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from passport.answers import Answer
from passport.clock import format_datetime, parse_datetime
from passport.credentials import Endorsement
from passport.credentials.digest import digested_form
from passport.documents import DocumentCache, Documents
from passport.encoding import check_digest_multibase
from passport.errors import Invalid
from passport.verification import Context, EndorsementReport, VerifiedEndorsement, verify_endorsement
from wallet.core import limits
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept, kept_one
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors import NothingReceived, UnknownRecord
from wallet.errors_claims import (
    EndorsedByHolder,
    EndorsementNotGenuine,
    EndorsementNotGood,
    EndorsementOfNothingHere,
    EndorsementOfOtherContent,
    EndorsementWithoutDigest,
    TooManyEndorsements,
)

_STANDING = frozenset({"validity_period", "status"})


@dataclass(frozen=True, slots=True)
class ExaminedEndorsement:
    """An endorsement that may be kept. `answer` is cannot tell for one that is only put aside."""

    id: str
    source: bytes
    report: EndorsementReport
    confirms: tuple[str, ...]
    """The wallet's ids of the credentials that it names, by id and digest."""

    @property
    def answer(self) -> Answer:
        return _answer(self.report)


@dataclass(frozen=True, slots=True)
class KeptEndorsement:
    """One endorsement of the wallet and what is known of it at this moment."""

    id: str
    source: bytes
    report: EndorsementReport
    received_at: datetime
    host: str | None
    confirms: tuple[str, ...]

    @property
    def verified(self) -> VerifiedEndorsement | None:
        return self.report.endorsement

    @property
    def answer(self) -> Answer:
        """Yes only for a genuine endorsement in good standing."""
        return _answer(self.report)


def examine_endorsement(source: bytes, documents: Documents, wallet: Wallet) -> ExaminedEndorsement:
    """Verify what came in, against what is here; writes nothing.

    1. genuine: proved false is refused, could not be checked is put aside
    2. made by somebody else than the holder
    3. names a credential of this wallet, by id and digest, and a skill of it or the whole
    4. in good standing on the day that it comes in

    Raises:
        NothingReceived, EndorsementNotGenuine, EndorsedByHolder, EndorsementOfNothingHere,
        EndorsementWithoutDigest, EndorsementOfOtherContent, EndorsementNotGood.
    """
    report = verify_endorsement(source, Context(documents, wallet.now()))
    # 1
    if report.parsed is None:
        raise NothingReceived from report.error
    if report.endorsement is None:
        refused = next((check for check in report.checks if check.answer is Answer.NO), None)
        if refused is not None and refused.code not in _STANDING:
            raise EndorsementNotGenuine(check=refused.code, reason=refused.reason.code) from report.error
    # 2
    if report.parsed.issuer.id == wallet.did:
        raise EndorsedByHolder
    # 3
    confirms = _confirmed(wallet, report.parsed)
    # 4
    if report.endorsement is not None and report.endorsement.standing is Answer.NO:
        raise EndorsementNotGood(reason=report.endorsement.standing_reasons[0].code)
    held = report.parsed.source
    return ExaminedEndorsement(hashlib.sha256(held).hexdigest()[:32], held, report, confirms)


def keep_endorsements(
    wallet: Wallet, examined: Collection[ExaminedEndorsement], *, host: str | None = None
) -> None:
    """Write all of them in one revision; the same endorsement again changes nothing.

    Raises:
        TooManyEndorsements, VaultNotSaved, VaultTooLarge: nothing is kept.
    """
    here = wallet.vault.of_kind(Kind.ENDORSEMENT)
    fresh = {one.id: one for one in examined if one.id not in here}
    if len(here) + len(fresh) > limits.ENDORSEMENTS:
        raise TooManyEndorsements(most=limits.ENDORSEMENTS)
    put: dict[tuple[str, str], bytes] = {}
    for one in fresh.values():
        put[Kind.ENDORSEMENT, one.id] = one.source
        put[Kind.RECEIPT, one.id] = as_json({"receivedAt": format_datetime(wallet.now()), "host": host})
    if put:
        wallet.save(put)


def endorsements(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[KeptEndorsement, ...]:
    """Every endorsement, the latest first; `documents` as for `shelf.kept`."""
    cache = wallet.documents() if documents is None else documents
    found = [
        _kept(wallet, record, source, cache)
        for record, source in wallet.vault.of_kind(Kind.ENDORSEMENT).items()
    ]
    return tuple(sorted(found, key=lambda one: (one.received_at, one.id), reverse=True))


def endorsements_of(
    wallet: Wallet, record: str, documents: DocumentCache | None = None
) -> tuple[KeptEndorsement, ...]:
    """Those that confirm the credential with this id of the wallet's."""
    return tuple(one for one in endorsements(wallet, documents) if record in one.confirms)


def endorsement(wallet: Wallet, identifier: str) -> KeptEndorsement:
    """Raises UnknownRecord."""
    source = wallet.vault.of_kind(Kind.ENDORSEMENT).get(identifier)
    if source is None:
        raise UnknownRecord
    return _kept(wallet, identifier, source, wallet.documents())


def endorser(one: KeptEndorsement) -> str:
    """Who confirms, by their own words."""
    parsed = one.report.parsed
    return "" if parsed is None else plain_name(parsed.issuer.name or parsed.issuer.id)


def genuine_endorsements(found: Collection[KeptEndorsement]) -> tuple[VerifiedEndorsement, ...]:
    return tuple(one.verified for one in found if one.verified is not None)


def remove_endorsement(wallet: Wallet, identifier: str) -> Records:
    """Forget an endorsement for good; gives what was removed. Raises UnknownRecord."""
    endorsement(wallet, identifier)
    return wallet.erase(frozenset({(Kind.ENDORSEMENT, identifier), (Kind.RECEIPT, identifier)}))


def named_by_digest(parsed: Endorsement, one: Kept) -> bool:
    """Whether a document names this very credential: its id, and the digest of a form in which it is here."""
    credential = one.report.parsed
    return credential is not None and any(
        _is_digest_of(resource.digest_multibase, one)
        for resource in parsed.related_resources
        if resource.id == credential.id and resource.digest_multibase is not None
    )


def _confirmed(wallet: Wallet, parsed: Endorsement) -> tuple[str, ...]:
    bound = {resource.id: resource.digest_multibase for resource in parsed.related_resources}
    other = unbound = False
    found = []
    for record, one in _named(wallet, {*bound, parsed.subject_id}):
        assert one.report.parsed is not None
        identifier = one.report.parsed.id
        if bound.get(identifier) is None:
            unbound = True
        elif not named_by_digest(parsed, one):
            other = True
        elif parsed.subject_id in {identifier, *_skills(one)}:
            found.append(record)
    if found:
        return tuple(found)
    if other:
        raise EndorsementOfOtherContent
    if unbound:
        raise EndorsementWithoutDigest
    raise EndorsementOfNothingHere


def _named(wallet: Wallet, identifiers: Collection[str]) -> Iterator[tuple[str, Kept]]:
    """The credentials here with one of these ids."""
    for record in wallet.vault.of_kind(Kind.CREDENTIAL):
        one = kept_one(wallet, record)
        if one.report.parsed is not None and one.report.parsed.id in identifiers:
            yield record, one


def _skills(one: Kept) -> list[str]:
    assert one.report.parsed is not None
    return [each.target_url for each in one.report.parsed.subject.achievement.alignments]


def _is_digest_of(digest: str, one: Kept) -> bool:
    for form in one.forms:
        try:
            check_digest_multibase(digested_form(form.source), digest)
        except Invalid:
            continue
        return True
    return False


def _kept(wallet: Wallet, record: str, source: bytes, cache: DocumentCache) -> KeptEndorsement:
    receipt = json.loads(wallet.vault.get(Kind.RECEIPT, record))
    now = wallet.now()
    key = ("endorsement", record, now.replace(second=0, microsecond=0), frozenset(cache.at_hand))
    report: EndorsementReport | None = wallet.memory.get(key)
    if report is None:
        report = verify_endorsement(source, Context(cache, now))
        if not cache.wanted:
            wallet.memory[key] = report
    try:
        confirms = () if report.parsed is None else _confirmed(wallet, report.parsed)
    except (EndorsementOfNothingHere, EndorsementOfOtherContent, EndorsementWithoutDigest):
        confirms = ()  # what it confirmed was removed
    return KeptEndorsement(
        record, source, report, parse_datetime(receipt["receivedAt"]), receipt["host"], confirms
    )


def _answer(report: EndorsementReport) -> Answer:
    if report.endorsement is not None:
        return report.endorsement.standing
    return Answer.NO if report.answer is Answer.NO else Answer.CANNOT_TELL
