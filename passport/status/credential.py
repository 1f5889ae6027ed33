"""A status list as a credential of its issuer (Bitstring Status List 1.0, section 2.2; Status List 2021)."""

from collections.abc import Sequence
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
from passport.credentials.vocabulary import (
    BITSTRING_ENTRY,
    CREDENTIALS_V2,
    STATUS_LIST_2021_ENTRY,
    VERIFIABLE_CREDENTIAL,
)
from passport.errors.credentials import MissingMember
from passport.errors.status import MalformedStatusList, StatusListHasStatus
from passport.json import JsonObject
from passport.status import bitstring

REVOCATION: Final = "revocation"
"""For good: a bit that is on stays on."""
SUSPENSION: Final = "suspension"
"""For a while: a bit may go off again."""
REFRESH: Final = "refresh"
"""A newer credential can be had; this one stays as good as it was."""
MESSAGE: Final = "message"
"""A value that the issuer gives a meaning of its own."""

_BITSTRING: Final = ("BitstringStatusListCredential", "BitstringStatusList")
_2021: Final = ("StatusList2021Credential", "StatusList2021")


@dataclass(frozen=True, slots=True)
class StatusList(VerifiableCredential):
    """A parsed status list. Parsed is not verified."""

    entry_type: str
    """Of the entries that may point into it."""
    purposes: tuple[str, ...]
    encoded_list: str
    ttl: timedelta | None

    def decode(self) -> bytes:
        """Its bits.

        Raises:
            MalformedStatusList, StatusListTooShort, StatusListTooLarge
        """
        if self.entry_type == STATUS_LIST_2021_ENTRY:
            return bitstring.decode_2021(self.encoded_list)
        return bitstring.decode(self.encoded_list)


def build_status_list(
    *,
    url: str,
    issuer: str,
    purpose: str | Sequence[str],
    encoded_list: str,
    valid_from: datetime,
    valid_until: datetime,
    ttl: timedelta | None = None,
) -> JsonObject:
    """Build an unsigned BitstringStatusListCredential; `url` is where it will be served.

    The size of its entries stands in the credentials that point into it (statusSize).
    """
    subject: JsonObject = {
        "id": f"{url}#list",
        "type": _BITSTRING[1],
        "statusPurpose": purpose if isinstance(purpose, str) else list(purpose),
        "encodedList": encoded_list,
    }
    if ttl is not None:
        subject["ttl"] = ttl // timedelta(milliseconds=1)
    return {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": [VERIFIABLE_CREDENTIAL, _BITSTRING[0]],
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
    return status_list_of(document, came_as)


def status_list_of(document: JsonObject, source: bytes) -> StatusList:
    """Read a status list credential from its document; raises as `parse_status_list`."""
    base = parse_verifiable_credential(document, source)
    entry_type, list_type = _kind(base)
    if "credentialStatus" in document:
        raise StatusListHasStatus
    subject = mapping(document, "credentialSubject")
    types(subject, list_type)
    purposes = texts(subject, "statusPurpose", limits.DOCUMENT.statuses)
    if not purposes:
        raise MissingMember(member="statusPurpose")
    ttl = whole(subject, "ttl")
    return StatusList(
        **shared_members(base),
        entry_type=entry_type,
        purposes=purposes,
        encoded_list=text(subject, "encodedList"),
        ttl=None if ttl is None else timedelta(milliseconds=ttl),
    )


def _kind(base: VerifiableCredential) -> tuple[str, str]:
    """The type of the entries and of the subject: of one kind, not of both."""
    bitstring_list, list_2021 = _BITSTRING[0] in base.types, _2021[0] in base.types
    if bitstring_list and not list_2021 and base.contexts[0] == CREDENTIALS_V2:
        return BITSTRING_ENTRY, _BITSTRING[1]
    if list_2021 and not bitstring_list:
        return STATUS_LIST_2021_ENTRY, _2021[1]
    raise MalformedStatusList
