"""What every verifiable credential says (VC Data Model 2.0, section 4; 1.1 is read as well)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passport import limits
from passport.clock import parse_datetime
from passport.credentials.description import check_description
from passport.credentials.evidence import RelatedResource, check_bound_once, parse_related_resource
from passport.credentials.extension_points import check_extension_points
from passport.credentials.form import Form
from passport.credentials.held_resources import check_held_resources
from passport.credentials.language import optional_name
from passport.credentials.profile import Profile, parse_issuer
from passport.credentials.reading import objects, types, url
from passport.credentials.status_entry import StatusEntry, parse_status_entry
from passport.credentials.vocabulary import CREDENTIALS_V1, CREDENTIALS_V2, VERIFIABLE_CREDENTIAL
from passport.errors.credentials import (
    MissingMember,
    MixedVersions,
    NotACredential,
    ValidityReversed,
    WrongContext,
    WrongType,
)
from passport.errors.jsonld import TooManyItems
from passport.json import JsonObject, dump, parse_object

_DATES = {
    CREDENTIALS_V1: ("issuanceDate", "expirationDate"),
    CREDENTIALS_V2: ("validFrom", "validUntil"),
}


@dataclass(frozen=True, slots=True)
class VerifiableCredential:
    """The members that all kinds of credentials share. Parsed is not verified.

    `document` is the JSON as parsed, or as a token says it, and must not be changed; `source` is the text as
    it came, in its `form`.
    """

    id: str
    types: tuple[str, ...]
    contexts: tuple[str, ...]
    name: str | None
    issuer: Profile
    valid_from: datetime | None
    valid_until: datetime | None
    statuses: tuple[StatusEntry, ...]
    related_resources: tuple[RelatedResource, ...]
    document: JsonObject
    source: bytes
    form: Form


def read_document(source: bytes | JsonObject, bounds: limits.JsonLimits) -> tuple[JsonObject, bytes]:
    """The JSON object and its text, from either; an object goes through the same strict reading."""
    text = source if isinstance(source, bytes) else dump(source)
    return parse_object(text, bounds), text


def parse_verifiable_credential(
    document: JsonObject, source: bytes, form: Form = Form.LDP_VC
) -> VerifiableCredential:
    """Read the shared members.

    Raises:
        Invalid: one of `passport.errors.credentials`, MalformedDateTime.
    """
    contexts = parse_contexts(document)
    try:
        found_types = types(document, VERIFIABLE_CREDENTIAL)
    except (WrongType, MissingMember):
        raise NotACredential from None
    check_description(document)
    check_extension_points(document)
    valid_from, valid_until = _validity(document, contexts[0])
    related = objects(document, "relatedResource", parse_related_resource, limits.CREDENTIAL.array)
    check_bound_once(related)
    check_held_resources(related)
    return VerifiableCredential(
        id=url(document, "id"),
        types=found_types,
        contexts=contexts,
        name=optional_name(document, "name"),
        issuer=parse_issuer(document),
        valid_from=valid_from,
        valid_until=valid_until,
        statuses=objects(document, "credentialStatus", parse_status_entry, limits.DOCUMENT.statuses),
        related_resources=related,
        document=document,
        source=source,
        form=form,
    )


def parse_contexts(document: JsonObject) -> tuple[str, ...]:
    """The `@context`: a list of addresses that begins with the one of W3C credentials, 1.1 or 2.0."""
    found: Any = document.get("@context")
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise WrongContext
    if len(found) > limits.DOCUMENT.contexts:
        raise TooManyItems(member="@context", limit=limits.DOCUMENT.contexts)
    if not found or found[0] not in _DATES or len(set(found)) != len(found):
        raise WrongContext
    return tuple(found)


def _validity(document: JsonObject, version: str) -> tuple[datetime | None, datetime | None]:
    for context, members in _DATES.items():
        if context != version and any(member in document for member in members):
            raise MixedVersions
    start, end = (parse_datetime(document[name]) if name in document else None for name in _DATES[version])
    if start is not None and end is not None and end < start:
        raise ValidityReversed
    return start, end
