"""The credentials that a validation names as what it builds on, each with the digest of what was signed."""

from collections.abc import Collection, Sequence

from issuer.validation.checking import Examined
from issuer.validation.words import Words
from passport.answers import Answer
from passport.credentials import Credential
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
    digests = {credential_digest(source): source for source in sources}
    found: dict[str, JsonObject] = {}
    claims: list[Credential] = []
    others: list[Credential] = []
    for verified in examined.credentials:
        credential = verified.credential
        named = {each.target_url for each in credential.subject.achievement.alignments}
        if verified.standing is Answer.NO or named.isdisjoint(skills):
            continue
        (claims if credential.issuer.id == holder else others).append(credential)
    for credential in (*claims, *others)[:_MOST]:
        digest = credential_digest(credential.source)
        name = words.claim if credential.issuer.id == holder else words.credential
        found.setdefault(
            credential.id,
            {
                "id": credential.id,
                "digestMultibase": digest,
                "mediaType": media_type(digests.get(digest)),
                "name": name,
            },
        )
    return list(found.values())


def media_type(source: JsonObject | None) -> str:
    """The media type of a credential as it was presented."""
    if source is None or not is_enveloped(source):
        return _MEDIA_TYPE
    return MEDIA_TYPES[unwrap(source)[0]]
