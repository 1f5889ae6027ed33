"""Showing credentials: a presentation that the holder signs (VC 2.0, 4.13), by the suite of the holder's key.

Way A has no challenge: whoever sees it can pass it on, so it ends after two minutes. Way B answers one.
"""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from passport import limits
from passport.answers import Answer
from passport.credentials.build import presentation
from passport.json import JsonObject, dump
from passport.proofs import add_proof
from wallet.core import limits as bounds
from wallet.core.disclose import Disclosed, disclose
from wallet.core.holder import Holder
from wallet.core.journal import Way, journal_records
from wallet.core.shelf import Kept, kept_one
from wallet.core.wallet import Wallet
from wallet.errors import NoneOfItsSkills, NothingChosen, NotToBeShown, OnlyWhole
from wallet.errors_holding import HoldersMixed, NotInPresentations


def show(
    wallet: Wallet, records: Sequence[str], skills: Mapping[str, Collection[str]] = MappingProxyType({})
) -> bytes:
    """Way A: the chosen credentials, without a challenge, for two minutes. Noted in the journal first.

    `skills` names for a credential the skills to show; one that it does not name is shown whole.

    Raises:
        NothingChosen: none, or more than a presentation holds.
        NoneOfItsSkills: no skill of one of them.
        NotToBeShown: one of them does not hold today, or is not known to be genuine.
        OnlyWhole: a credential that can't be shown without the other skills.
        HoldersMixed, NotInPresentations: they are not bound to one key, or to a key that has no name.
        UnknownRecord, NoHolderKey, VaultNotSaved.
    """
    leaving = leaving_of(wallet, records, skills)
    signed = sign_presentation(wallet, leaving)
    chosen = [one.kept.id for one in leaving]
    wallet.save(journal_records(wallet, Way.SHOWN, credentials=chosen, skills=skills_in(leaving)))
    return signed


def leaving_of(
    wallet: Wallet, records: Sequence[str], skills: Mapping[str, Collection[str]] = MappingProxyType({})
) -> list[Disclosed]:
    """The chosen credentials as they would leave, without a question; nothing leaves by this.

    Raises:
        NothingChosen, NoneOfItsSkills, NotToBeShown, OnlyWhole, UnknownRecord
    """
    chosen = list(dict.fromkeys(records))
    if not 0 < len(chosen) <= bounds.CREDENTIALS_SHOWN:
        raise NothingChosen(most=bounds.CREDENTIALS_SHOWN)
    credentials = [kept_one(wallet, record) for record in chosen]
    if any(one.answer is Answer.NO or one.verified is None for one in credentials):
        raise NotToBeShown
    return [_chosen(wallet, one, skills.get(one.id)) for one in credentials]


def left_over(wallet: Wallet, hidden: Sequence[str]) -> dict[str, list[str]]:
    """The skills to show when some are hidden, each written as a credential's id, a space, and the skill."""
    marked = {tuple(each.partition(" ")[::2]) for each in hidden}
    shown: dict[str, list[str]] = {}
    for record in {record for record, _ in marked}:
        parsed = kept_one(wallet, record).report.parsed
        alignments = () if parsed is None else parsed.subject.achievement.alignments
        shown[record] = [each.target_url for each in alignments if (record, each.target_url) not in marked]
    return shown


def _chosen(wallet: Wallet, one: Kept, skills: Collection[str] | None) -> Disclosed:
    part = disclose(wallet, one, skills)
    if skills is None:
        return part
    shown = {each.target_url for each in part.shown}
    if shown.isdisjoint(skills):
        raise NoneOfItsSkills
    if not shown <= set(skills):
        raise OnlyWhole
    return part


def sign_presentation(
    wallet: Wallet,
    credentials: Sequence[Disclosed],
    *,
    challenge: str | None = None,
    domain: str | None = None,
    endorsements: Sequence[JsonObject] = (),
    until: datetime | None = None,
) -> bytes:
    """Sign a presentation of these credentials and what confirms them; nothing leaves by this alone.

    A presentation has one holder, so the credentials must be bound to one key, by one name. It ends after two
    minutes, or `until` then where it lies behind a link.

    Raises:
        HoldersMixed, NotInPresentations: of them.
        NoHolderKey
    """
    holder = _holder(wallet, credentials)
    now = wallet.now().replace(microsecond=0)
    unsigned = presentation(
        holder=holder.did,
        credentials=[*(one.document for one in credentials), *endorsements],
        presentation_id=f"urn:uuid:{uuid.UUID(bytes=wallet.random(16), version=4)}",
    )
    signed = add_proof(
        unsigned,
        signer=holder.signer,
        verification_method=holder.verification_method,
        created=now,
        cryptosuite=holder.cryptosuite,
        proof_purpose="authentication",
        expires=until or now + timedelta(seconds=limits.TIME.presentation_lifetime),
        challenge=challenge,
        domain=domain,
    )
    return dump(signed)


def _holder(wallet: Wallet, credentials: Sequence[Disclosed]) -> Holder:
    subjects = {None if one.report.parsed is None else one.report.parsed.subject.id for one in credentials}
    if not subjects:
        return wallet.holder
    if None in subjects:
        raise NotInPresentations
    if len(subjects) > 1:
        raise HoldersMixed
    return wallet.holder_named(str(subjects.pop()))


def skills_in(credentials: Sequence[Disclosed]) -> list[str]:
    """The identifiers of the skills that leave."""
    return sorted({each.target_url for one in credentials for each in one.shown})


def summary(signed: bytes) -> JsonObject:
    """The presentation as JSON, for a program that drives the wallet."""
    found: JsonObject = json.loads(signed)
    return found
