"""StatusEntry: where to look whether a credential was withdrawn.

Bitstring Status List 1.0 section 2.1; Status List 2021 and the 1EdTech revocation list, of older
credentials; Token Status List section 6.2, of credentials that came as `dc+sd-jwt`.
"""

import re
from dataclasses import dataclass

from passport.credentials.reading import is_url, objects, optional_url, text, texts, types, url, whole
from passport.credentials.vocabulary import (
    BITSTRING_ENTRY,
    REVOCATION_LIST_ENTRY,
    STATUS_LIST_2021_ENTRY,
    TOKEN_STATUS_LIST_ENTRY,
)
from passport.errors.credentials import MalformedMember, MissingMember, NotAUrl
from passport.json import JsonObject
from passport.limits import CREDENTIAL, DOCUMENT

LARGEST_STATUS_SIZE = 8
"""Bits. A larger entry would name more messages than a credential may hold."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_LAST_INDEX = 9_999_999_999
_STATUS = re.compile(r"0x[0-9a-fA-F]{1,2}")


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """What its issuer means by a status value: for developers, not for people (section 2.1)."""

    status: int
    message: str


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One entry of `credentialStatus`.

    An entry of a type that is not known keeps its type, so that the check of it ends in "cannot tell" and
    never in "good".
    """

    id: str | None
    type: str
    status_purpose: str = ""
    status_list_index: int = 0
    status_list_credential: str = ""
    """The address of the list, whatever kind of list it is."""
    status_size: int = 1
    status_messages: tuple[StatusMessage, ...] = ()
    status_references: tuple[str, ...] = ()


def parse_status_entry(source: JsonObject) -> StatusEntry:
    found = types(source)
    identifier = optional_url(source, "id")
    if BITSTRING_ENTRY in found:
        return _bitstring(source, identifier)
    if STATUS_LIST_2021_ENTRY in found:
        return StatusEntry(
            id=identifier,
            type=STATUS_LIST_2021_ENTRY,
            status_purpose=text(source, "statusPurpose"),
            status_list_index=_index(source),
            status_list_credential=url(source, "statusListCredential"),
        )
    if TOKEN_STATUS_LIST_ENTRY in found:
        return StatusEntry(
            id=identifier,
            type=TOKEN_STATUS_LIST_ENTRY,
            status_list_index=_idx(source),
            status_list_credential=url(source, "uri"),
        )
    if REVOCATION_LIST_ENTRY in found and identifier is not None:
        return StatusEntry(identifier, REVOCATION_LIST_ENTRY, status_list_credential=identifier)
    return StatusEntry(identifier, found[0])


def status_entry(*, url: str, index: int, purpose: str) -> JsonObject:
    """Write the `credentialStatus` entry for one place in a status list."""
    return {
        "id": f"{url}#{index}",
        "type": BITSTRING_ENTRY,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def token_status_entry(*, uri: str, idx: int) -> JsonObject:
    """The entry that stands for `status.status_list` of a token (Token Status List, section 6.2).

    No context defines it: it is how the claims of a `dc+sd-jwt` read as a credential, and never signed so.
    """
    return {"type": TOKEN_STATUS_LIST_ENTRY, "idx": idx, "uri": uri}


def _bitstring(source: JsonObject, identifier: str | None) -> StatusEntry:
    size = whole(source, "statusSize") or 1
    return StatusEntry(
        id=identifier,
        type=BITSTRING_ENTRY,
        status_purpose=text(source, "statusPurpose"),
        status_list_index=_index(source),
        status_list_credential=url(source, "statusListCredential"),
        status_size=size,
        status_messages=_messages(source, size) if size <= LARGEST_STATUS_SIZE else (),
        status_references=_references(source),
    )


def _index(source: JsonObject) -> int:
    found = text(source, "statusListIndex")
    if _INDEX.fullmatch(found) is None:
        raise MalformedMember(member="statusListIndex")
    return int(found)


def _idx(source: JsonObject) -> int:
    found = source.get("idx")
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= _LAST_INDEX:
        raise MalformedMember(member="idx")
    return found


def _messages(source: JsonObject, size: int) -> tuple[StatusMessage, ...]:
    """One message for every possible value; they may be left out where there are but two."""
    if "statusMessage" not in source:
        if size > 1:
            raise MissingMember(member="statusMessage")
        return ()
    if not isinstance(source["statusMessage"], list):
        raise MalformedMember(member="statusMessage")
    found = objects(source, "statusMessage", _message, CREDENTIAL.array)
    if len(found) != 2**size or {item.status for item in found} != set(range(2**size)):
        raise MalformedMember(member="statusMessage")
    return found


def _message(source: JsonObject) -> StatusMessage:
    status = text(source, "status")
    if _STATUS.fullmatch(status) is None:
        raise MalformedMember(member="status")
    return StatusMessage(int(status, 16), text(source, "message"))


def _references(source: JsonObject) -> tuple[str, ...]:
    found = texts(source, "statusReference", DOCUMENT.statuses)
    if not all(is_url(item) for item in found):
        raise NotAUrl(member="statusReference")
    return found
