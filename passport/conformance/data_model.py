"""What VC Data Model 2.0 (and 1.1) asks of any credential or presentation, badge or not.

The product's own reading (`passport.credentials`) asks more: an Open Badge, an identifier, closed contexts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from passport import limits
from passport.clock import parse_datetime
from passport.credentials.evidence import RelatedResource, check_bound_once
from passport.credentials.extension_points import check_extension_points
from passport.credentials.held_resources import Published, check_held_resources, published
from passport.credentials.language import LANGUAGE_MEMBERS, check_language_value
from passport.credentials.reading import is_url, mapping, objects, optional_text, types, url
from passport.credentials.status_entry import parse_status_entry
from passport.credentials.vocabulary import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    VERIFIABLE_CREDENTIAL,
    VERIFIABLE_PRESENTATION,
)
from passport.encoding import multibase_decode
from passport.errors import UnsupportedDigest
from passport.errors.credentials import (
    MalformedMember,
    MissingMember,
    NotAUrl,
    ValidityReversed,
    WrongContext,
)
from passport.json import JsonObject

_PERIOD = {CREDENTIALS_V1: ("issuanceDate", "expirationDate"), CREDENTIALS_V2: ("validFrom", "validUntil")}
_MULTIHASH = {b"\x12\x20": 34, b"\x20\x30": 50}
_PLAIN_DIGESTS = (32, 48)


def check_credential(document: JsonObject, held: Published = published) -> None:
    """Check the members that the data model defines.

    Raises:
        Invalid: the first rule that is broken.
    """
    version = check_context(document)
    types(document, VERIFIABLE_CREDENTIAL)
    check_identifiers(document)
    _check_issuer(document)
    _check_subjects(document)
    _check_period(document, version)
    check_extension_points(document)
    objects(document, "credentialStatus", parse_status_entry, limits.DOCUMENT.statuses)
    check_names(document)
    _check_related_resources(document, held)


def check_presentation(document: JsonObject) -> None:
    """Check a presentation; the credentials in it are checked one by one.

    Raises:
        Invalid: the first rule that is broken.
    """
    check_context(document)
    types(document, VERIFIABLE_PRESENTATION)
    check_identifiers({name: value for name, value in document.items() if name != "verifiableCredential"})
    holder(document)


def check_context(document: Mapping[str, Any]) -> str:
    """The version of the data model (section 4.3). Whether each context can be processed shows in JSON-LD.

    Raises:
        WrongContext
    """
    found = document.get("@context")
    if not isinstance(found, list) or not found or not isinstance(found[0], str) or found[0] not in _PERIOD:
        raise WrongContext
    if not all(isinstance(item, dict) or is_url(item) for item in found):
        raise WrongContext
    return str(found[0])


def holder(document: Mapping[str, Any]) -> str | None:
    """The holder's identifier, if one is named (section 4.13).

    Raises:
        NotAUrl, MissingMember, MalformedMember
    """
    return None if "holder" not in document else _identifier(document, "holder")


def issuer(document: Mapping[str, Any]) -> str:
    """The issuer's identifier (section 4.7); raises as `holder`."""
    return _identifier(document, "issuer")


def check_identifiers(document: JsonObject) -> None:
    """Every `id` is one URL (section 4.4); raises NotAUrl."""
    for value in _objects(document):
        if "id" in value and not is_url(value["id"]):
            raise NotAUrl(member="id")


def check_names(document: JsonObject) -> None:
    """Names and descriptions of the credential and its issuer (sections 4.6 and 11.1)."""
    named = [document, document["issuer"]] if isinstance(document["issuer"], dict) else [document]
    for value in named:
        for member in sorted(LANGUAGE_MEMBERS & value.keys()):
            if not isinstance(value[member], str):
                objects(value, member, check_language_value, limits.DOCUMENT.languages)


def _identifier(document: Mapping[str, Any], member: str) -> str:
    if isinstance(document.get(member), dict):
        return url(mapping(document, member), "id")
    return url(document, member)


def _check_issuer(document: JsonObject) -> None:
    issuer(document)


def _check_subjects(document: JsonObject) -> None:
    """Section 4.8: one or several, each with something that is said of it."""
    if "credentialSubject" not in document:
        raise MissingMember(member="credentialSubject")
    found = objects(document, "credentialSubject", dict, limits.CREDENTIAL.array)
    if not found or not all(found):
        raise MalformedMember(member="credentialSubject")


def _check_period(document: JsonObject, version: str) -> None:
    """Section 4.9; in 1.1 the date of issue must be there."""
    first, last = _PERIOD[version]
    if version == CREDENTIALS_V1 and first not in document:
        raise MissingMember(member=first)
    start, end = (parse_datetime(document[name]) if name in document else None for name in (first, last))
    if start is not None and end is not None and end < start:
        raise ValidityReversed


def _check_related_resources(document: JsonObject, held: Published) -> None:
    """Section 5.3."""
    found = objects(document, "relatedResource", _related_resource, limits.CREDENTIAL.array)
    check_bound_once(found)
    check_held_resources(found, held)


def _related_resource(value: JsonObject) -> RelatedResource:
    found = RelatedResource(
        id=url(value, "id"),
        digest_multibase=optional_text(value, "digestMultibase"),
        media_type=optional_text(value, "mediaType"),
        digest_sri=optional_text(value, "digestSRI"),
    )
    if not found.digest_multibase and not found.digest_sri:
        raise MissingMember(member="digestMultibase")
    if found.digest_multibase is not None:
        digest = multibase_decode(found.digest_multibase)
        if _MULTIHASH.get(digest[:2]) != len(digest) and len(digest) not in _PLAIN_DIGESTS:
            raise UnsupportedDigest
    return found


def _objects(root: JsonObject) -> Iterator[JsonObject]:
    """Every object but the contexts, whose members are terms."""
    todo: list[Any] = [root]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            yield value
            todo.extend(member for name, member in value.items() if name != "@context")
        elif isinstance(value, list):
            todo.extend(value)
