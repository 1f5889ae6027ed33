"""The credentials that a validation names as what it builds on, each with the digest of what was signed."""

from collections.abc import Collection, Sequence

from issuer.validation.checking import Examined
from issuer.validation.words import Words
from passport.answers import Answer
from passport.credentials import Credential, VerifiableCredential
from passport.credentials.digest import credential_digest
from passport.credentials.enveloped import MEDIA_TYPES, is_enveloped, unwrap
from passport.json import JsonObject

_MOST = 8
"""More links in one chain help nobody to judge it."""
_MEDIA_TYPE = "application/vc"


def built_on(
    sources: Sequence[JsonObject], examined: Examined, holder: str, skills: Collection[str], words: Words
) -> list[JsonObject]:
    """Claims first, then what others signed: those that are in force and about one of the skills."""
    by_digest = {credential_digest(source): source for source in sources}
    badges = [
        each.credential
        for each in examined.credentials
        if each.standing is not Answer.NO and not _skills(each.credential).isdisjoint(skills)
    ]
    claims = [each for each in badges if each.issuer.id == holder]
    named = {each.id for each in claims} | set(skills)
    confirmations = [
        each.endorsement
        for each in examined.endorsements
        if each.standing is not Answer.NO and each.endorsement.subject_id in named
    ]
    others = [each for each in badges if each.issuer.id != holder]
    in_order: list[tuple[VerifiableCredential, str]] = [
        *((each, words.claim) for each in claims),
        *((each, words.confirmation) for each in confirmations),
        *((each, words.credential) for each in others),
    ]
    found: dict[str, JsonObject] = {}
    for credential, name in in_order[:_MOST]:
        digest = credential_digest(credential.source)
        members = {
            "id": credential.id,
            "digestMultibase": digest,
            "mediaType": media_type(by_digest.get(digest)),
            "name": name,
        }
        found.setdefault(credential.id, members)
    return list(found.values())


def _skills(credential: Credential) -> set[str]:
    return {each.target_url for each in credential.subject.achievement.alignments}


def media_type(source: JsonObject | None) -> str:
    """The media type of a credential as it was presented."""
    if source is None or not is_enveloped(source):
        return _MEDIA_TYPE
    return MEDIA_TYPES[unwrap(source)[0]]
