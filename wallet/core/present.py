"""Showing credentials: a presentation that the holder signs (VC 2.0, 4.13), eddsa-jcs-2022.

Way A has no challenge: whoever sees it can pass it on, so it ends after two minutes. Way B answers one.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import timedelta

from passport import limits
from passport.answers import Answer
from passport.credentials.build import presentation
from passport.json import JsonObject, dump, parse_object
from passport.proofs import add_proof
from wallet.core import limits as bounds
from wallet.core.journal import Way, journal_records
from wallet.core.shelf import Kept, kept_one
from wallet.core.wallet import Wallet
from wallet.errors import NothingChosen, NotToBeShown


def show(wallet: Wallet, records: Sequence[str]) -> bytes:
    """Way A: the chosen credentials, without a challenge, for two minutes. Noted in the journal first.

    Raises:
        NothingChosen: none, or more than a presentation holds.
        NotToBeShown: one of them does not hold today, or is not known to be genuine.
        UnknownRecord, NoHolderKey, VaultNotSaved.
    """
    chosen = list(dict.fromkeys(records))
    if not 0 < len(chosen) <= bounds.CREDENTIALS_SHOWN:
        raise NothingChosen(most=bounds.CREDENTIALS_SHOWN)
    credentials = [kept_one(wallet, record) for record in chosen]
    if any(one.answer is Answer.NO or one.verified is None for one in credentials):
        raise NotToBeShown
    signed = sign_presentation(wallet, credentials)
    wallet.save(journal_records(wallet, Way.SHOWN, credentials=chosen, skills=skills_in(credentials)))
    return signed


def sign_presentation(
    wallet: Wallet, credentials: Sequence[Kept], *, challenge: str | None = None, domain: str | None = None
) -> bytes:
    """Sign a presentation of these credentials; nothing leaves by this alone."""
    holder = wallet.holder
    now = wallet.now().replace(microsecond=0)
    unsigned = presentation(
        holder=holder.did,
        credentials=[_document(one) for one in credentials],
        presentation_id=f"urn:uuid:{uuid.UUID(bytes=wallet.random(16), version=4)}",
    )
    signed = add_proof(
        unsigned,
        signer=holder.signer,
        verification_method=holder.verification_method,
        created=now,
        cryptosuite="eddsa-jcs-2022",
        proof_purpose="authentication",
        expires=now + timedelta(seconds=limits.TIME.presentation_lifetime),
        challenge=challenge,
        domain=domain,
    )
    return dump(signed)


def skills_in(credentials: Sequence[Kept]) -> list[str]:
    """The identifiers of the skills that these credentials name."""
    return sorted(
        {
            alignment.target_url
            for one in credentials
            if one.report.parsed is not None
            for alignment in one.report.parsed.subject.achievement.alignments
        }
    )


def _document(one: Kept) -> JsonObject:
    """As it came; never rebuilt from the parsed view."""
    return parse_object(one.source, limits.CREDENTIAL)


def summary(signed: bytes) -> JsonObject:
    """The presentation as JSON, for a program that drives the wallet."""
    found: JsonObject = json.loads(signed)
    return found
