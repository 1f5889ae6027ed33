"""StatusEntry: where to look whether a credential was withdrawn (Bitstring Status List 1.0, section 2.1)."""

import re
from dataclasses import dataclass

from passport.credentials.reading import optional_url, text, types, url, whole
from passport.credentials.vocabulary import BITSTRING_ENTRY
from passport.errors.credentials import MalformedMember
from passport.json import JsonObject

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One entry of `credentialStatus`.

    Only the members of a BitstringStatusListEntry are read; an entry of another type keeps its type, so
    that the check of it ends in "cannot tell" and never in "good".
    """

    id: str | None
    type: str
    status_purpose: str = ""
    status_list_index: int = 0
    status_list_credential: str = ""
    status_size: int = 1


def parse_status_entry(source: JsonObject) -> StatusEntry:
    found = types(source)
    identifier = optional_url(source, "id")
    if BITSTRING_ENTRY not in found:
        return StatusEntry(identifier, found[0])
    index = text(source, "statusListIndex")
    if _INDEX.fullmatch(index) is None:
        raise MalformedMember(member="statusListIndex")
    return StatusEntry(
        id=identifier,
        type=BITSTRING_ENTRY,
        status_purpose=text(source, "statusPurpose"),
        status_list_index=int(index),
        status_list_credential=url(source, "statusListCredential"),
        status_size=whole(source, "statusSize") or 1,
    )


def status_entry(*, url: str, index: int, purpose: str) -> JsonObject:
    """Write the `credentialStatus` entry for one place in a status list."""
    return {
        "id": f"{url}#{index}",
        "type": BITSTRING_ENTRY,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }
