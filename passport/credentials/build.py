"""Builders of unsigned documents; `passport.proofs.add_proof` signs them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from passport.clock import format_datetime
from passport.credentials.vocabulary import (
    CREDENTIALS_V2,
    OPEN_BADGES,
    VERIFIABLE_CREDENTIAL,
    VERIFIABLE_PRESENTATION,
)
from passport.errors.credentials import EmptyPresentation
from passport.json import JsonObject, JsonValue


def achievement_credential(
    *,
    credential_id: str,
    issuer: JsonObject,
    subject_id: str,
    achievement: JsonObject,
    valid_from: datetime,
    valid_until: datetime | None = None,
    evidence: Sequence[JsonObject] = (),
    related_resources: Sequence[JsonObject] = (),
    status: Sequence[JsonObject] = (),
    results: Sequence[JsonObject] = (),
    role: str | None = None,
    activity_start: datetime | None = None,
    activity_end: datetime | None = None,
    source: JsonObject | None = None,
    license_number: str | None = None,
    name: str | None = None,
) -> JsonObject:
    """Build an unsigned Open Badge 3.0 (section B.1.4) on the contexts of VC 2.0 and OB 3.0.3.

    Types of the parts (Profile, Achievement, Evidence, Result …) are filled in where they are missing. One
    status entry is written as an object, as the badge's JSON Schema wants it; VC 2.0 allows several, which
    are written as a list.
    """
    subject = _present(
        id=subject_id,
        type=["AchievementSubject"],
        role=role,
        licenseNumber=license_number,
        activityStartDate=_moment(activity_start),
        activityEndDate=_moment(activity_end),
        source=None if source is None else _typed("Profile", source),
        achievement=_achievement(achievement),
        result=[_typed("Result", item) for item in results],
    )
    return _present(
        **{"@context": [CREDENTIALS_V2, OPEN_BADGES]},
        id=credential_id,
        type=[VERIFIABLE_CREDENTIAL, "OpenBadgeCredential"],
        name=name if name is not None else achievement.get("name"),
        issuer=_typed("Profile", issuer),
        validFrom=format_datetime(valid_from),
        validUntil=_moment(valid_until),
        credentialSubject=subject,
        evidence=[_typed("Evidence", item) for item in evidence],
        relatedResource=list(related_resources),
        credentialStatus=status[0] if len(status) == 1 else list(status),
    )


def endorsement_credential(
    *,
    credential_id: str,
    name: str,
    issuer: JsonObject,
    subject_id: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    comment: str | None = None,
    evidence: Sequence[JsonObject] = (),
    related_resources: Sequence[JsonObject] = (),
    status: Sequence[JsonObject] = (),
    awarded: datetime | None = None,
) -> JsonObject:
    """Build an unsigned EndorsementCredential (Open Badges 3.0, section B.1.6).

    `related_resources` name by digest what is endorsed and the records of `evidence`, see `related_resource`.
    """
    subject = _present(id=subject_id, type=["EndorsementSubject"], endorsementComment=comment)
    return _present(
        **{"@context": [CREDENTIALS_V2, OPEN_BADGES]},
        id=credential_id,
        type=[VERIFIABLE_CREDENTIAL, "EndorsementCredential"],
        name=name,
        issuer=_typed("Profile", issuer),
        validFrom=format_datetime(valid_from),
        validUntil=_moment(valid_until),
        awardedDate=_moment(awarded),
        credentialSubject=subject,
        evidence=[_typed("Evidence", item) for item in evidence],
        relatedResource=list(related_resources),
        credentialStatus=status[0] if len(status) == 1 else list(status),
    )


def related_resource(*, resource_id: str, digest: str, media_type: str | None = None) -> JsonObject:
    """What a credential binds by its digest (VC 2.0, section 5.3): a file, or a credential that it builds on.

    The media type of a credential, `application/vc` or that of its form, is what tells the two apart.
    """
    return _present(id=resource_id, digestMultibase=digest, mediaType=media_type)


def presentation(*, holder: str, credentials: Sequence[JsonObject], presentation_id: str) -> JsonObject:
    """Build an unsigned presentation (VC 2.0, section 4.13).

    Raises:
        EmptyPresentation: nothing to show.
    """
    if not credentials:
        raise EmptyPresentation
    return {
        "@context": [CREDENTIALS_V2],
        "id": presentation_id,
        "type": [VERIFIABLE_PRESENTATION],
        "holder": holder,
        "verifiableCredential": list(credentials),
    }


def _achievement(source: JsonObject) -> JsonObject:
    typed = _typed("Achievement", source)
    parts = {
        "alignment": "Alignment",
        "resultDescription": "ResultDescription",
    }
    for member, kind in parts.items():
        if member in typed:
            typed[member] = [_typed(kind, item) for item in typed[member]]
    return typed


def _typed(kind: str, source: Mapping[str, JsonValue]) -> JsonObject:
    return {"type": [kind], **source}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment)


def _present(**members: JsonValue) -> JsonObject:
    """The members that say something: no null and no empty list is ever signed."""
    return {name: value for name, value in members.items() if value is not None and value != []}
