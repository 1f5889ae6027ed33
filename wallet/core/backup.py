"""Backups of the first version: they still restore. New ones are written by `wallet.core.archive`."""

import base64
from typing import Any

from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.encoding import base64url_decode
from passport.json import JsonObject
from wallet.core.wallet import FIRST, Kind, Records, as_json, seed_records
from wallet.errors import MalformedBackup

_TEXT = (
    Kind.CREDENTIAL,
    Kind.FORM,
    Kind.RECEIPT,
    Kind.WITHDRAWN,
    Kind.ENDORSEMENT,
    Kind.ASKED,
    Kind.IMPORTED,
    Kind.SKILL_MAP,
    Kind.JOURNAL,
    Kind.PROFILE,
    Kind.TRUST_LIST,
    Kind.DOCUMENT,
)
"""Kinds that the first version wrote as text; files it wrote in base64, and one secret key."""


def read_first_version(document: JsonObject) -> Records:
    """The records of a backup of version 1, read as JSON.

    Raises:
        MalformedBackup, Invalid, Indeterminate, KeyError, TypeError, ValueError, AttributeError: it is none.
    """
    records: dict[tuple[str, str], bytes] = {}
    for kind in _TEXT:
        for record, text in table(document["records"].get(kind, {})).items():
            records[kind, record] = text.encode("utf-8")
    for evidence, text in table(document["files"]).items():
        records[Kind.FILE, evidence] = base64.b64decode(text, validate=True)
    did = str(document["did"])
    resolve_did(did, DocumentCache())
    records[Kind.IDENTITY, FIRST] = as_json({"did": did})
    if "seed" in document:
        records |= key_record(records, FIRST, document["seed"])
    return records


def key_record(records: Records, record: str, secret: str) -> Records:
    """The record of a secret key, when it is the key of the identifier that stands beside it."""
    found = seed_records(base64url_decode(secret), record)
    if records[Kind.IDENTITY, record] != found[Kind.IDENTITY, record]:
        raise MalformedBackup
    return {(Kind.SEED, record): found[Kind.SEED, record]}


def table(found: Any) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise MalformedBackup
    return found
