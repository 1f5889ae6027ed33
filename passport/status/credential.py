"""A status list as a credential of its issuer (Bitstring Status List 1.0, section 2.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from passport import limits
from passport.clock import format_datetime
from passport.credentials.credential import shared_members
from passport.credentials.reading import mapping, text, texts, types, whole
from passport.credentials.verifiable_credential import (
    VerifiableCredential,
    parse_verifiable_credential,
    read_document,
)
from passport.credentials.vocabulary import CREDENTIALS_V2, VERIFIABLE_CREDENTIAL
from passport.errors.credentials import MissingMember
from passport.errors.status import MalformedStatusList, StatusListHasStatus
from passport.json import JsonObject

REVOCATION: Final = "revocation"
"""For good: a bit that is on stays on."""
SUSPENSION: Final = "suspension"
"""For a while: a bit may go off again."""

_LIST_CREDENTIAL = "BitstringStatusListCredential"
_LIST = "BitstringStatusList"


@dataclass(frozen=True, slots=True)
class StatusList(VerifiableCredential):
    """A parsed status list. Parsed is not verified."""

    purposes: tuple[str, ...]
    encoded_list: str
    ttl: timedelta | None


def build_status_list(
    *,
    url: str,
    issuer: str,
    purpose: str,
    encoded_list: str,
    valid_from: datetime,
    valid_until: datetime,
    ttl: timedelta | None = None,
) -> JsonObject:
    """Build an unsigned BitstringStatusListCredential; `url` is where it will be served."""
    subject: JsonObject = {
        "id": f"{url}#list",
        "type": _LIST,
        "statusPurpose": purpose,
        "encodedList": encoded_list,
    }
    if ttl is not None:
        subject["ttl"] = ttl // timedelta(milliseconds=1)
    return {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": [VERIFIABLE_CREDENTIAL, _LIST_CREDENTIAL],
        "issuer": issuer,
        "validFrom": format_datetime(valid_from),
        "validUntil": format_datetime(valid_until),
        "credentialSubject": subject,
    }


def parse_status_list(source: bytes | JsonObject) -> StatusList:
    """Read a status list credential; its bitstring is decoded when it is needed.

    Raises:
        Invalid: of `passport.errors.parsing`, `passport.errors.credentials` or `passport.errors.status`;
            StatusListHasStatus where it names a status of its own (a chain without end).
    """
    document, came_as = read_document(source, limits.PUBLISHED)
    base = parse_verifiable_credential(document, came_as)
    if _LIST_CREDENTIAL not in base.types or base.contexts[0] != CREDENTIALS_V2:
        raise MalformedStatusList
    if "credentialStatus" in document:
        raise StatusListHasStatus
    subject = mapping(document, "credentialSubject")
    types(subject, _LIST)
    purposes = texts(subject, "statusPurpose", limits.DOCUMENT.statuses)
    if not purposes:
        raise MissingMember(member="statusPurpose")
    ttl = whole(subject, "ttl")
    return StatusList(
        **shared_members(base),
        purposes=purposes,
        encoded_list=text(subject, "encodedList"),
        ttl=None if ttl is None else timedelta(milliseconds=ttl),
    )
