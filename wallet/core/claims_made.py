"""What a person says they can do: an Open Badge about the holder that the holder signs. Always soft.

A claim names skills of the taxonomy, what the person did in their own words, where and when, how it was
learned, and binds the person's own files by their digests. It is never changed: what others confirm names its
digest. Whoever no longer stands by it withdraws it; then the wallet neither shows nor counts it.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime
from passport.credentials.build import achievement_credential
from passport.evidence.kinds import Method
from passport.json import JsonObject, dump
from passport.proofs import add_proof
from wallet.core import limits
from wallet.core.accept import Examined, examine, keep
from wallet.core.evidence_files import OwnFile, file_records
from wallet.core.learning_route import LearningRoute
from wallet.core.shelf import Kept, kept_one, withdrawn
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors import NothingChosen, UnknownSkill
from wallet.errors_claims import ClaimPeriod, ClaimTextTooLong, ClaimWithdrawn, NotAClaim

_TEXTS = {
    "nl": ("Wat ik kan", "Wat iemand van zichzelf zegt te kunnen.", "Volgens de persoon zelf."),
    "en": ("What I can do", "What somebody says they can do.", "According to the person."),
}
_NAMED = 3
"""Skills in the name of a claim that was given none."""


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What a person fills in."""

    skills: tuple[str, ...]
    title: str = ""
    words: str = ""
    role: str = ""
    place: str = ""
    """Where: a company, a household, a club."""
    since: datetime | None = None
    until: datetime | None = None
    route: LearningRoute | None = None
    files: tuple[OwnFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """A claim of the holder's own, and since when it is withdrawn."""

    kept: Kept
    withdrawn: datetime | None

    @property
    def id(self) -> str:
        return self.kept.id


def make_claim(wallet: Wallet, draft: ClaimDraft, taxonomy: Taxonomy, *, language: str) -> Examined:
    """Sign and keep a claim with its files, in one revision of the vault.

    Raises:
        NothingChosen: no skill, or more than a badge should list.
        UnknownSkill: not in this taxonomy.
        ClaimPeriod, ClaimTextTooLong, TooManyEvidenceFiles, EvidenceFileTooLarge
        NoHolderKey: nothing to sign with.
    """
    skills = list(dict.fromkeys(draft.skills))
    if not 0 < len(skills) <= limits.ASSESSED_SKILLS:
        raise NothingChosen(most=limits.ASSESSED_SKILLS)
    if any(skill not in taxonomy.skills for skill in skills):
        raise UnknownSkill
    if any(len(text) > limits.CLAIM_TEXT for text in (draft.title, draft.words, draft.role, draft.place)):
        raise ClaimTextTooLong(most=limits.CLAIM_TEXT)
    _check_period(draft, wallet.now())
    files = file_records(wallet, draft.files)
    holder = wallet.holder
    signed = add_proof(
        _document(wallet, draft, skills, taxonomy, language),
        signer=holder.signer,
        verification_method=holder.verification_method,
        created=wallet.now(),
    )
    examined = examine(dump(signed), wallet.documents(), wallet)
    keep(wallet, (examined,), files)
    return examined


def read_day(text: str) -> datetime | None:
    """A day that a person filled in, as the moment that it begins; none where it is empty.

    Raises:
        ClaimPeriod
    """
    text = text.strip()
    if not text:
        return None
    try:
        found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ClaimPeriod from None
    if found.strftime("%Y-%m-%d") != text:
        raise ClaimPeriod
    return found


def claims_made(wallet: Wallet) -> tuple[ClaimMade, ...]:
    """Every claim of the holder's own, the latest first, withdrawn ones among them."""
    since = withdrawn(wallet)
    found = []
    for record in wallet.vault.of_kind(Kind.CREDENTIAL):
        one = kept_one(wallet, record)
        if is_claim(wallet, one):
            found.append(ClaimMade(one, since.get(record)))
    return tuple(sorted(found, key=lambda made: (made.kept.received_at, made.id), reverse=True))


def claim_made(wallet: Wallet, record: str) -> ClaimMade:
    """One's own claim; raises UnknownRecord or NotAClaim."""
    one = kept_one(wallet, record)
    if not is_claim(wallet, one):
        raise NotAClaim
    return ClaimMade(one, withdrawn(wallet).get(record))


def is_claim(wallet: Wallet, one: Kept) -> bool:
    """Whether the holder signed it, about the holder."""
    if one.verified is None:
        return False
    credential = one.verified.credential
    return credential.issuer.id == credential.subject.id == wallet.did


def withdraw_claim(wallet: Wallet, record: str) -> None:
    """Stop using a claim; it stays in the wallet, so that the person can see what was said and when.

    Raises:
        UnknownRecord, NotAClaim, ClaimWithdrawn
    """
    if claim_made(wallet, record).withdrawn is not None:
        raise ClaimWithdrawn
    wallet.save({(Kind.WITHDRAWN, record): as_json({"at": format_datetime(wallet.now())})})


def _check_period(draft: ClaimDraft, now: datetime) -> None:
    if draft.since is not None and draft.since > now:
        raise ClaimPeriod
    if draft.since is not None and draft.until is not None and draft.until < draft.since:
        raise ClaimPeriod


def _document(
    wallet: Wallet, draft: ClaimDraft, skills: list[str], taxonomy: Taxonomy, language: str
) -> JsonObject:
    name, description, criteria = _TEXTS[language]
    labels = [taxonomy.label(skill, language) for skill in skills]
    own_words = _own_words(wallet, draft, name)
    return achievement_credential(
        credential_id=_new_urn(wallet),
        issuer={"id": wallet.did},
        subject_id=wallet.did,
        achievement={
            "id": _new_urn(wallet),
            "name": draft.title.strip() or ", ".join(labels[:_NAMED]),
            "description": description,
            "achievementType": "Competency",
            "criteria": {"narrative": criteria},
            **({} if draft.route is None else {"tag": [draft.route.tag]}),
            "alignment": [
                {
                    "targetUrl": skill,
                    "targetName": label,
                    "targetFramework": taxonomy.name,
                    "targetType": "CFItem",
                }
                for skill, label in zip(skills, labels, strict=True)
            ],
        },
        valid_from=wallet.now().replace(microsecond=0),
        role=draft.role.strip() or None,
        activity_start=draft.since,
        activity_end=draft.until,
        evidence=[own_words, *(one.evidence() for one in draft.files)],
        related_resources=[one.related_resource() for one in draft.files],
    )


def _own_words(wallet: Wallet, draft: ClaimDraft, name: str) -> JsonObject:
    found: JsonObject = {"id": _new_urn(wallet), "name": name, "genre": str(Method.SELF_REPORT)}
    if draft.words.strip():
        found["narrative"] = draft.words.strip()
    if draft.place.strip():
        found["description"] = draft.place.strip()
    return found


def _new_urn(wallet: Wallet) -> str:
    return f"urn:uuid:{uuid.UUID(bytes=wallet.random(16), version=4)}"
