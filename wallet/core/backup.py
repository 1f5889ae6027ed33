"""What goes into a backup and comes out of one. The host seals it in age's passphrase format.

A backup is JSON, so that somebody with `age` and a text editor alone can still read what is theirs.
"""

import base64
import json
from typing import Any

from passport.clock import format_datetime
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Indeterminate, Invalid
from passport.json import JsonObject, parse_object
from passport.limits import JsonLimits
from wallet.core import limits
from wallet.core.wallet import FIRST, Kind, Records, Wallet, as_json, seed_records
from wallet.errors import MalformedBackup

TYPE = "SkillsPassportBackup"
_BOUNDS = JsonLimits(size=2 * limits.VAULT.size, array=limits.VAULT.records, string=2 * limits.VAULT.record)
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
"""Kinds that hold UTF-8 text; files are written in base64."""


def write_backup(wallet: Wallet, *, with_seed: bool) -> bytes:
    """Credentials, their files, journal, profile and lists; the seed only where the person says so."""
    document: JsonObject = {
        "type": TYPE,
        "version": 1,
        "made": format_datetime(wallet.now()),
        "did": wallet.did,
        "otherDids": _other_dids(wallet),
        "records": {kind: _texts(wallet, kind) for kind in _TEXT},
        "files": {
            evidence: base64.b64encode(data).decode("ascii")
            for evidence, data in wallet.vault.of_kind(Kind.FILE).items()
        },
    }
    if with_seed:
        document["seed"] = base64url_encode(wallet.vault.get(Kind.SEED, FIRST))
        document["otherSeeds"] = {
            record: base64url_encode(secret)
            for record, secret in wallet.vault.of_kind(Kind.SEED).items()
            if record != FIRST
        }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def read_backup(data: bytes) -> Records:
    """The records of a backup, for a new wallet. Credentials in it are verified again whenever they are used.

    Raises:
        MalformedBackup: not written by `write_backup`.
    """
    try:
        document = parse_object(data, _BOUNDS)
        if document["type"] != TYPE or document["version"] != 1:
            raise MalformedBackup
        records: dict[tuple[str, str], bytes] = {}
        for kind in _TEXT:
            for record, text in _table(document["records"].get(kind, {})).items():
                records[kind, record] = text.encode("utf-8")
        for evidence, text in _table(document["files"]).items():
            records[Kind.FILE, evidence] = base64.b64decode(text, validate=True)
        dids = {FIRST: str(document["did"]), **_table(document.get("otherDids", {}))}
        seeds = _table(document.get("otherSeeds", {}))
        if "seed" in document:
            seeds = {FIRST: document["seed"], **seeds}
        for record, did in dids.items():
            records[Kind.IDENTITY, record] = as_json({"did": did})
            resolve_did(did, DocumentCache())
        for record, seed in seeds.items():
            records |= _key(record, seed, dids[record])
    except (Invalid, Indeterminate, KeyError, TypeError, ValueError, AttributeError):
        raise MalformedBackup from None
    return records


def _texts(wallet: Wallet, kind: str) -> dict[str, str]:
    return {record: data.decode("utf-8") for record, data in wallet.vault.of_kind(kind).items()}


def _table(found: Any) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise MalformedBackup
    return found


def _other_dids(wallet: Wallet) -> JsonObject:
    """Of the keys beside the first: what says which credentials are this person's, without the keys."""
    return {
        record: str(json.loads(data)["did"])
        for record, data in wallet.vault.of_kind(Kind.IDENTITY).items()
        if record != FIRST
    }


def _key(record: str, seed: str, did: str) -> Records:
    """The records of a key, when it is the key of the DID that the backup names beside it."""
    found = seed_records(base64url_decode(seed), record)
    if found[Kind.IDENTITY, record] != as_json({"did": did}):
        raise MalformedBackup
    return found
