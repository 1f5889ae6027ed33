"""Asking an organisation to confirm or validate a claim: exactly what would leave, and the yes to it.

Nothing here opens a socket. `look` says what would leave; `approve` signs it for one organisation, after the
journal and the record of the request were written. What the person agreed to is named by a mark.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from passport.answers import Answer
from passport.credentials import VerifiableCredential
from passport.credentials.enveloped import envelope
from passport.encoding import base64url_encode
from passport.json import JsonObject, dump, parse_object
from passport.limits import CREDENTIAL
from wallet.core import limits
from wallet.core.asked import AskedState, added_record, asked_record, one_asked
from wallet.core.claims import Claim
from wallet.core.claims_made import claim_made
from wallet.core.claims_unread import claims_shown
from wallet.core.disclose import Disclosed, disclose
from wallet.core.earlier import case_of, earlier_validation
from wallet.core.endorsements import KeptEndorsement, endorsement
from wallet.core.journal import Way, journal_records
from wallet.core.present import sign_presentation, skills_in
from wallet.core.shelf import Kept, kept_one
from wallet.core.wallet import Kind, Records, Wallet
from wallet.errors import NothingChosen, NotToBeShown
from wallet.errors_claims import (
    AskingChanged,
    ClaimTextTooLong,
    FileNotOfChosenClaim,
    FileTooLargeToSend,
    NothingToAskWith,
    SkillNotOfChosenClaim,
    TooManyEvidenceFiles,
)


class Sought(StrEnum):
    """What is asked for."""

    CONFIRMATION = "confirmation"
    """Somebody who saw it says so: an employer, a supervisor."""
    VALIDATION = "validation"
    """An assessor judges it."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who is asked: `url` and `did` are of one place, `name` is what it calls itself."""

    url: str
    did: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.lower()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person chose: the wallet's ids of claims, confirmations and credentials, and ids of files."""

    sought: Sought
    organisation: Organisation
    claims: tuple[str, ...]
    skills: tuple[str, ...] = ()
    """The skills to be confirmed; all that the claim names where it is empty. An assessor is asked all."""
    endorsements: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    message: str = ""
    name: str = ""
    """What the supervisor knows the person by."""
    supervisor: str = ""
    """The mail address of the supervisor who should get the invitation."""
    adds_to: str = ""
    """The wallet's id of an open validation that gets these documents too."""
    renews: str = ""
    """The wallet's id of an earlier validation whose credential runs out."""


@dataclass(frozen=True, slots=True)
class LeavingPart:
    """One signed document that would leave: everything in it can be read by the organisation."""

    id: str
    kind: str
    """claim, endorsement or credential."""
    name: str
    issuer: str
    says: tuple[Claim, ...]
    document: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class LeavingFile:
    id: str
    name: str
    media_type: str
    data: bytes = field(repr=False)
    leaves: bool = True
    """False for one that belongs to what leaves, and stays at home."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person is asked to agree to."""

    draft: Draft
    parts: tuple[LeavingPart, ...]
    files: tuple[LeavingFile, ...]
    skills: tuple[tuple[str, str], ...]
    """Identifiers and labels of the skills that are asked about."""
    shown: tuple[Disclosed, ...] = field(repr=False)

    @property
    def leaving_files(self) -> tuple[LeavingFile, ...]:
        return tuple(one for one in self.files if one.leaves)

    @property
    def mark(self) -> str:
        """Names exactly what would leave, to whom."""
        draft = self.draft
        named = [
            [draft.sought, draft.organisation.url, draft.organisation.did],
            [draft.message, draft.name, draft.supervisor, draft.adds_to, draft.renews],
            [skill for skill, _ in self.skills],
            [_digest(dump(one.document)) for one in self.parts],
            [[one.id, one.name, one.media_type, _digest(one.data)] for one in self.leaving_files],
        ]
        return _digest(json.dumps(named).encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Approved:
    """What is sent, and the wallet's own id of the request."""

    id: str
    body: bytes = field(repr=False)


def look(wallet: Wallet, draft: Draft) -> Asking:
    """What would leave.

    Raises:
        NothingToAskWith: no claim, too many, or one that was withdrawn.
        TooManyEvidenceFiles, FileTooLargeToSend
        NotToBeShown: something that does not hold today or is not known to be genuine.
        FileNotOfChosenClaim, SkillNotOfChosenClaim, ClaimTextTooLong
        UnknownRecord, NotAClaim, UnknownAsked, EarlierRequestUnfit
    """
    most = 1 if draft.sought is Sought.CONFIRMATION else limits.ASKED_CLAIMS
    if not 0 < len(set(draft.claims)) <= most:
        raise NothingToAskWith(most=most)
    if any(len(text) > limits.CLAIM_TEXT for text in (draft.message, draft.name, draft.supervisor)):
        raise ClaimTextTooLong(most=limits.CLAIM_TEXT)
    claims = [claim_made(wallet, record) for record in dict.fromkeys(draft.claims)]
    if any(claim.withdrawn is not None for claim in claims):
        raise NothingToAskWith(most=most)
    others = [kept_one(wallet, record) for record in dict.fromkeys(draft.credentials)]
    confirmed = [endorsement(wallet, record) for record in dict.fromkeys(draft.endorsements)]
    organisation = draft.organisation
    for earlier in filter(None, (draft.adds_to, draft.renews)):
        earlier_validation(wallet, earlier, url=organisation.url, did=organisation.did)
    credentials = [*(claim.kept for claim in claims), *others]
    if len(credentials) > limits.CREDENTIALS_SHOWN or len(confirmed) > limits.ENDORSEMENTS_SHOWN:
        raise NothingChosen(most=limits.CREDENTIALS_SHOWN)
    shelved: tuple[Kept | KeptEndorsement, ...] = (*credentials, *confirmed)
    if any(one.verified is None or one.answer is Answer.NO for one in shelved):
        raise NotToBeShown
    shown = tuple(disclose(wallet, one, None) for one in credentials)
    parts = [
        _credential_part("claim" if place < len(claims) else "credential", part)
        for place, part in enumerate(shown)
    ]
    return Asking(
        draft,
        (*parts, *map(_endorsement_part, confirmed)),
        _files(wallet, draft, shelved),
        _skills(draft, [claim.kept for claim in claims]),
        shown,
    )


def approve(wallet: Wallet, draft: Draft, *, mark: str, challenge: str) -> Approved:
    """The person agrees. Signs for this organisation and its challenge; the journal has it before it leaves.

    Raises:
        AskingChanged: what would leave is not what the person saw.
        NoHolderKey, VaultNotSaved, and as `look`: nothing left the wallet.
    """
    asking = look(wallet, draft)
    if mark != asking.mark:
        raise AskingChanged
    organisation = draft.organisation
    signed = sign_presentation(
        wallet,
        asking.shown,
        challenge=challenge,
        domain=organisation.did,
        endorsements=[one.document for one in asking.parts if one.kind == "endorsement"],
    )
    identifier = draft.adds_to or wallet.new_id()
    wallet.save(
        {
            **_asked(wallet, identifier, asking),
            **journal_records(
                wallet,
                Way.ASKED,
                asker=organisation.did,
                host=organisation.host,
                credentials=[*draft.claims, *draft.credentials],
                skills=skills_in(asking.shown),
            ),
        }
    )
    return Approved(identifier, _body(wallet, signed, asking))


def _asked(wallet: Wallet, identifier: str, asking: Asking) -> Records:
    """The record of a request that is about to leave; what is added to one stands with what went before."""
    draft, organisation = asking.draft, asking.draft.organisation
    sent: dict[str, Sequence[str]] = {
        "claims": draft.claims,
        "endorsements": draft.endorsements,
        "credentials": draft.credentials,
        "skills": [skill for skill, _ in asking.skills],
        "files": [one.id for one in asking.leaving_files],
    }
    if draft.adds_to:
        return added_record(one_asked(wallet, draft.adds_to), sent)
    return asked_record(
        wallet,
        identifier,
        sought=draft.sought,
        organisation={"url": organisation.url, "did": organisation.did, "name": organisation.name},
        state=AskedState.UNCLEAR,
        supervisor=draft.supervisor,
        renews=draft.renews,
        sent=sent,
    )


def _body(wallet: Wallet, signed: bytes, asking: Asking) -> bytes:
    draft = asking.draft
    body: JsonObject = {
        "presentation": json.loads(signed),
        "files": [
            {
                "id": one.id,
                "name": one.name,
                "mediaType": one.media_type,
                "content": base64url_encode(one.data),
            }
            for one in asking.leaving_files
        ],
    }
    if draft.message.strip():
        body["message"] = draft.message.strip()
    if draft.renews:
        body["renews"] = case_of(one_asked(wallet, draft.renews))
    if draft.sought is Sought.CONFIRMATION:
        if draft.skills:
            body["skills"] = [skill for skill, _ in asking.skills]
        if draft.name.strip():
            body["name"] = draft.name.strip()
        if draft.supervisor.strip():
            body["supervisor"] = {"email": draft.supervisor.strip()}
    return dump(body)


def _credential_part(kind: str, part: Disclosed) -> LeavingPart:
    parsed = part.kept.report.parsed
    assert parsed is not None
    return LeavingPart(
        part.kept.id,
        kind,
        parsed.subject.achievement.name,
        parsed.issuer.name or parsed.issuer.id,
        claims_shown(part),
        part.document,
    )


def _endorsement_part(one: KeptEndorsement) -> LeavingPart:
    parsed = one.report.parsed
    assert parsed is not None
    issuer = parsed.issuer.name or parsed.issuer.id
    says = [Claim("claim-issuer", issuer), Claim("claim-confirms", parsed.subject_id)]
    if parsed.comment:
        says.append(Claim("claim-comment", parsed.comment))
    held = one.source.strip()
    document = parse_object(held, CREDENTIAL) if held.startswith(b"{") else envelope(held, parsed.form)
    return LeavingPart(
        one.id, "endorsement", parsed.comment or parsed.subject_id, issuer, tuple(says), document
    )


def _files(
    wallet: Wallet, draft: Draft, sources: Sequence[Kept | KeptEndorsement]
) -> tuple[LeavingFile, ...]:
    """The files of what leaves that are here; those that the person chose leave as well."""
    here = wallet.vault.of_kind(Kind.FILE)
    found: dict[str, LeavingFile] = {}
    for source in sources:
        parsed: VerifiableCredential | None = source.report.parsed
        assert parsed is not None
        names = {each.id: each.name or each.genre or "" for each in getattr(parsed, "evidence", ())}
        for resource in parsed.related_resources:
            if resource.id in here:
                found[resource.id] = LeavingFile(
                    resource.id,
                    names.get(resource.id) or resource.id,
                    resource.media_type or "application/octet-stream",
                    here[resource.id],
                    resource.id in draft.files,
                )
    if not set(draft.files) <= set(found):
        raise FileNotOfChosenClaim
    most = limits.SENT_TO_CONFIRM if draft.sought is Sought.CONFIRMATION else limits.OWN_FILES
    if len(set(draft.files)) > most:
        raise TooManyEvidenceFiles(most=most)
    if any(one.leaves and len(one.data) > limits.SENT_FILE for one in found.values()):
        raise FileTooLargeToSend(limit=limits.SENT_FILE)
    return tuple(found.values())


def _skills(draft: Draft, claims: Sequence[Kept]) -> tuple[tuple[str, str], ...]:
    named: dict[str, str] = {}
    for one in claims:
        assert one.report.parsed is not None
        for each in one.report.parsed.subject.achievement.alignments:
            named.setdefault(each.target_url, each.target_name)
    if not set(draft.skills) <= set(named):
        raise SkillNotOfChosenClaim
    return tuple(
        (skill, label) for skill, label in named.items() if not draft.skills or skill in draft.skills
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
