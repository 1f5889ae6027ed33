"""Claims, what confirms them, and requests about them as JSON for programs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from passport.clock import format_datetime
from passport.credentials import Evidence, RelatedResource
from passport.evidence.link import SkillEvidence
from passport.json import JsonObject
from wallet.core.asked import Asked
from wallet.core.asking import Asking, LeavingFile
from wallet.core.claims_made import ClaimMade
from wallet.core.endorsements import ExaminedEndorsement, KeptEndorsement
from wallet.core.learning_route import learning_route
from wallet.core.skills import certain_strength
from wallet.core.summary import Say, checks_json, kept_json, reasons_json
from wallet.core.wallet import Kind, Wallet


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A file that a claim or confirmation binds, and how much of it is here."""

    id: str
    name: str
    media_type: str
    size: int | None
    """Bytes; None where the file is not here."""


def bound_files(
    wallet: Wallet, evidence: Sequence[Evidence], resources: Sequence[RelatedResource]
) -> tuple[BoundFile, ...]:
    """The records among the related resources: those that are evidence, and not credentials."""
    here = wallet.vault.of_kind(Kind.FILE)
    named = {each.id: each.name or each.genre or "" for each in evidence if each.id is not None}
    return tuple(
        BoundFile(
            each.id,
            named[each.id],
            each.media_type or "",
            None if each.id not in here else len(here[each.id]),
        )
        for each in resources
        if each.id in named and not (each.media_type or "").startswith("application/vc")
    )


def claim_json(
    wallet: Wallet,
    claim: ClaimMade,
    confirmed: Collection[KeptEndorsement],
    evidence: Sequence[SkillEvidence],
    say: Say,
) -> JsonObject:
    """A claim with what confirms it, and per skill how strong the proof is now."""
    parsed = claim.kept.report.parsed
    assert parsed is not None
    subject, strengths = parsed.subject, {one.skill: one for one in evidence}
    route = learning_route(subject.achievement.tags)
    found = kept_json(claim.kept, say)
    return {
        **{name: found[name] for name in ("id", "answer", "credentialId", "name", "validFrom")},
        "withdrawn": None if claim.withdrawn is None else format_datetime(claim.withdrawn),
        "role": subject.role,
        "from": None if subject.activity_start is None else format_datetime(subject.activity_start),
        "until": None if subject.activity_end is None else format_datetime(subject.activity_end),
        "learningRoute": None if route is None else str(route),
        "words": [each.narrative for each in parsed.evidence if each.narrative],
        "skills": [
            {
                "skill": each.target_url,
                "label": each.target_name,
                "strength": None
                if each.target_url not in strengths
                else str(certain_strength(strengths[each.target_url])),
                "raiseBy": []
                if each.target_url not in strengths
                else reasons_json(strengths[each.target_url].raise_by, say),
            }
            for each in subject.achievement.alignments
        ],
        "files": [
            _file_json(each) for each in bound_files(wallet, parsed.evidence, parsed.related_resources)
        ],
        "confirmations": [endorsement_json(each, say) for each in confirmed],
    }


def endorsement_json(one: KeptEndorsement | ExaminedEndorsement, say: Say) -> JsonObject:
    parsed = one.report.parsed
    assert parsed is not None
    return {
        "id": one.id,
        "credentialId": parsed.id,
        "answer": str(one.answer),
        "genuine": one.report.endorsement is not None,
        "issuer": {"id": parsed.issuer.id, "name": parsed.issuer.name},
        "confirms": parsed.subject_id,
        "claims": list(one.confirms),
        "comment": parsed.comment,
        "validFrom": None if parsed.valid_from is None else format_datetime(parsed.valid_from),
        "records": [
            {"id": each.id, "name": each.name, "method": each.genre, "says": each.narrative}
            for each in parsed.evidence
        ],
        "checks": checks_json(one.report, say),
    }


def asking_json(found: Asking) -> JsonObject:
    """What a person is asked to agree to; `mark` names exactly that."""
    draft = found.draft
    return {
        "mark": found.mark,
        "sought": str(draft.sought),
        "organisation": {
            "url": draft.organisation.url,
            "host": draft.organisation.host,
            "did": draft.organisation.did,
            "claimedName": draft.organisation.name,
        },
        "skills": [{"skill": skill, "label": label} for skill, label in found.skills],
        "leaving": [
            {
                "id": each.id,
                "kind": each.kind,
                "name": each.name,
                "issuer": each.issuer,
                "claims": [{"what": claim.code, "value": claim.value} for claim in each.says],
                "document": each.document,
            }
            for each in found.parts
        ],
        "files": [_leaving_file(each) for each in found.files if each.leaves],
        "filesThatStay": [_leaving_file(each) for each in found.files if not each.leaves],
        "message": draft.message,
        "name": draft.name,
        "supervisor": draft.supervisor,
        "addsTo": draft.adds_to or None,
        "renews": draft.renews or None,
    }


def asked_json(one: Asked) -> JsonObject:
    """A request as it stands. The secret that leads to it stays in the wallet."""
    progress = one.progress
    return {
        "id": one.id,
        "sought": one.sought,
        "organisation": {"url": one.url, "did": one.did, "claimedName": one.name},
        "url": one.place,
        "at": format_datetime(one.at),
        "sent": str(one.state),
        "organisationSaid": one.said,
        "claims": list(one.claims),
        "skills": list(one.skills),
        "files": list(one.files),
        "state": None if progress is None else progress.state,
        "phase": None if progress is None else progress.phase,
        "deadline": None
        if progress is None or progress.deadline is None
        else format_datetime(progress.deadline),
        "offer": progress is not None and progress.offer is not None,
        "appealUntil": None
        if progress is None or progress.appeal_until is None
        else format_datetime(progress.appeal_until),
        "outcomes": []
        if progress is None
        else [
            {"skill": each.skill, "label": each.label, "outcome": each.outcome, "reason": each.reason}
            for each in progress.skills
        ],
        "reason": "" if progress is None else progress.reason,
        "lookedAt": None if one.looked_at is None else format_datetime(one.looked_at),
        "history": []
        if progress is None
        else [
            {
                "at": None if step.at is None else format_datetime(step.at),
                "what": step.what,
                "by": step.by,
                "reason": step.reason,
            }
            for step in progress.history
        ],
        "received": list(one.received),
        "renews": one.renews or None,
    }


def _leaving_file(one: LeavingFile) -> JsonObject:
    return {"id": one.id, "name": one.name, "mediaType": one.media_type, "size": len(one.data)}


def _file_json(one: BoundFile) -> JsonObject:
    return {"id": one.id, "name": one.name, "mediaType": one.media_type, "size": one.size}
