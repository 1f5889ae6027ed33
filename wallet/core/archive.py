"""Everything in the vault as one document, and back. The host seals it in age's passphrase format.

It is JSON, so that somebody with `age` and a text editor alone can still read what is theirs:

    records    by kind and id, the text exactly as it is kept: a signed credential is there byte for byte
    bytes      the same for records that are no text, in base64; evidence files among them
    keys       the secret keys, in base64url; only where the person says so
    signature  by the person's own key, over all of the above: so another wallet of theirs knows whose it is

Whatever kind of record the vault gets later is in it by construction. What a backup must not hold is named
in LEFT_OUT with the reason.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from passport.clock import format_datetime
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Indeterminate, Invalid
from passport.json import JsonObject, parse_object
from passport.keys import verify_signature
from passport.limits import JsonLimits
from wallet.core import limits
from wallet.core.backup import key_record, read_first_version, table
from wallet.core.vault.sealing import RecordKey
from wallet.core.wallet import FIRST, Kind, Records, Wallet
from wallet.errors import MalformedBackup, UnknownRecord
from wallet.errors_leaving import NewerBackup

TYPE = "SkillsPassportBackup"
VERSION = 2
KEYS = frozenset({Kind.SEED})
LEFT_OUT: Mapping[str, str] = {}
"""Kinds that no backup holds, each with its reason."""
_ABOUT = (
    "A backup of a skills passport: everything that its owner keeps. Each text under 'records' is a document "
    "exactly as it was received; credentials are signed, so changing one makes it worthless. 'bytes' holds "
    "files in base64. 'keys', if it is there, can act as the owner: show this file to nobody."
)
_KINDS = frozenset(value for name, value in vars(Kind).items() if name.isupper())
_BOUNDS = JsonLimits(size=limits.BACKUP, array=limits.VAULT.records, string=2 * limits.VAULT.record)


_SIGNED_AS = b"skills-passport backup\n"
"""What a signature over a backup begins with: no credential or proof is signed over such bytes."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that was read."""

    records: Records
    by_holder: bool
    """Made by who has the holder's key: it is signed with it, or holds it. Anybody can write the rest, who
    knows the holder's DID."""


def write_archive(wallet: Wallet, *, with_seed: bool) -> bytes:
    """The document; the secret keys only where the person says so.

    Raises:
        UnknownRecord: the keys are wanted and not here.
    """
    if with_seed and not wallet.has_key:
        raise UnknownRecord
    texts: dict[str, dict[str, str]] = {}
    others: dict[str, dict[str, str]] = {}
    for key, record in sorted(wallet.vault.records.items()):
        if key.kind in KEYS or key.kind in LEFT_OUT:
            continue
        text = _text(key, record.data)
        place = others if text is None else texts
        written = base64.b64encode(record.data).decode("ascii") if text is None else text
        place.setdefault(key.kind, {})[key.id] = written
    document: JsonObject = {
        "type": TYPE,
        "version": VERSION,
        "about": _ABOUT,
        "made": format_datetime(wallet.now()),
        "did": wallet.did,
        "records": texts,
        "bytes": others,
    }
    if with_seed:
        document["keys"] = {record: base64url_encode(secret) for record, secret in wallet.secrets().items()}
    if wallet.has_key:
        held = {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}
        document["signature"] = base64url_encode(wallet.holder.signer.sign(_to_sign(held)))
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def read_archive(data: bytes) -> Records:
    """The records of a backup, as `open_archive`."""
    return open_archive(data).records


def open_archive(data: bytes) -> Archive:
    """A backup of this version or the first.

    `trial.check_records` then says whether a wallet works with its records.

    Raises:
        MalformedBackup: not written by a wallet, or its keys are not those of its identifiers.
        NewerBackup
    """
    try:
        document = parse_object(data, _BOUNDS)
        records = _read(document)
        return Archive(records, (Kind.SEED, FIRST) in records or _is_signed(document, records))
    except NewerBackup:
        raise
    except (Invalid, Indeterminate, KeyError, TypeError, ValueError, AttributeError):
        raise MalformedBackup from None


def _is_signed(document: JsonObject, records: Records) -> bool:
    """Raises Invalid for a signature that does not fit: somebody changed the backup."""
    if "signature" not in document:
        return False
    did = json.loads(records[Kind.IDENTITY, FIRST])["did"]
    key = resolve_did(did, DocumentCache()).methods[0].public_key
    verify_signature(key, _to_sign(records), base64url_decode(document["signature"]))
    return True


def _to_sign(records: Records) -> bytes:
    """All but the secret keys, in one order, each part with its length in front."""
    digest = hashlib.sha256()
    for (kind, record), data in sorted(records.items()):
        if kind not in KEYS and kind not in LEFT_OUT:
            for part in (kind.encode(), record.encode(), data):
                digest.update(len(part).to_bytes(8, "big") + part)
    return _SIGNED_AS + digest.digest()


def _read(document: JsonObject) -> Records:
    if document["type"] != TYPE:
        raise MalformedBackup
    if document["version"] == 1:
        return read_first_version(document)
    if document["version"] != VERSION:
        raise NewerBackup
    records = dict(_records(document))
    for record, secret in table(document.get("keys", {})).items():
        records |= key_record(records, record, secret)
    if (Kind.IDENTITY, FIRST) not in records or len(records) > limits.VAULT.records:
        raise MalformedBackup
    return records


def _text(key: RecordKey, data: bytes) -> str | None:
    """The record as text, where reading it back gives the same bytes; files are never written as text."""
    if key.kind == Kind.FILE:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _records(document: JsonObject) -> Iterator[tuple[tuple[str, str], bytes]]:
    for member in ("records", "bytes"):
        for kind, found in document[member].items():
            if kind not in _KINDS:
                raise NewerBackup
            if kind in KEYS or kind in LEFT_OUT:
                raise MalformedBackup
            for record, text in table(found).items():
                held = text.encode("utf-8") if member == "records" else base64.b64decode(text, validate=True)
                if len(record) > limits.VAULT.identifier or len(held) > limits.VAULT.record:
                    raise MalformedBackup
                yield (kind, record), held
