"""Signing documents that are not badges: trust lists and function profiles, by the publisher they name."""

from datetime import datetime
from pathlib import Path

from passport import statements
from passport.dids import did_of
from passport.dids.did_key import create_did_key, key_method_id
from passport.errors import Invalid
from passport.json import JsonObject
from passport.key_files import load_key_file


class KeyOfAnother(Invalid):
    code = "key_of_another"
    sentence = (
        "The document names another publisher than this key. For a did:web, name its key with --method."
    )


def sign_statement(document: JsonObject, key: Path, method: str, now: datetime) -> bytes:
    """Sign in place of whatever signature is there; raises KeyOfAnother."""
    signer = load_key_file(key)
    named = method or key_method_id(create_did_key(signer.public_key))
    if did_of(named) != document["publisher"]["id"]:
        raise KeyOfAnother
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    return statements.sign_statement(unsigned, signer=signer, created=now, verification_method=named)


def publisher_of(key: Path | None, publisher: str | None, method: str) -> str:
    """Whose document it is: as told, or of the verification method, or of the key; raises NoKey."""
    if publisher:
        return publisher
    if method:
        return did_of(method)
    if key is None:
        raise NoKey
    return create_did_key(load_key_file(key).public_key)


class NoKey(Invalid):
    code = "no_key"
    sentence = "Give --key to sign, or --publisher with the DID of who will sign later."
