"""The members of a proof, read strictly (Data Integrity 1.0, section 2.1)."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from passport import limits
from passport.clock import parse_datetime
from passport.errors import MalformedDateTime
from passport.errors.proofs import (
    DuplicateProofId,
    MalformedProof,
    PreviousProofNotForCryptosuite,
    ProofMissing,
    TooManyProofs,
    UnsupportedCryptosuite,
)
from passport.json import JsonObject
from passport.proofs.suites import READABLE, Suite

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\"<>\\^`{|}]+")


class Proof(NamedTuple):
    """One proof of a document: its members, and the proof as it came.

    A tuple is made in a third of the time that a frozen dataclass of so many fields takes.
    """

    suite: Suite
    verification_method: str
    proof_purpose: str
    proof_value: str
    created: datetime | None
    expires: datetime | None
    challenge: str | None
    domain: tuple[str, ...]
    id: str | None
    previous_proof: tuple[str, ...]
    source: JsonObject


def parse_proofs(document: JsonObject, accepted: Collection[Suite] = READABLE) -> tuple[Proof, ...]:
    """Read the proofs of a secured document, at least one.

    Raises:
        ProofMissing: no proof, or an empty set of them.
        MalformedProof, UnsupportedCryptosuite, TooManyProofs, DuplicateProofId
        PreviousProofNotForCryptosuite: a chained proof of a suite that has none.
    """
    found = document.get("proof")
    if found is None or found == []:
        raise ProofMissing
    entries = found if isinstance(found, list) else [found]
    if len(entries) > limits.DOCUMENT.proofs:
        raise TooManyProofs(limit=limits.DOCUMENT.proofs)
    proofs = tuple([_parse_proof(entry, accepted) for entry in entries])
    if len(proofs) > 1:
        _check_ids(proofs)
    return proofs


def _check_ids(proofs: Sequence[Proof]) -> None:
    ids = [proof.id for proof in proofs if proof.id is not None]
    if len(set(ids)) != len(ids):
        raise DuplicateProofId


def _parse_proof(entry: Any, accepted: Collection[Suite]) -> Proof:
    if not isinstance(entry, dict):
        raise MalformedProof
    if "nonce" in entry:
        _text(entry, "nonce")
    suite = _suite(entry, accepted)
    if "previousProof" in entry and not suite.chains:
        raise PreviousProofNotForCryptosuite
    return Proof(
        suite,
        _text(entry, "verificationMethod"),
        _text(entry, "proofPurpose"),
        _text(entry, "proofValue"),
        created=_moment(entry, "created") if "created" in entry else None,
        expires=_moment(entry, "expires") if "expires" in entry else None,
        challenge=_text(entry, "challenge") if "challenge" in entry else None,
        domain=_texts(entry, "domain") if "domain" in entry else (),
        id=_url(_text(entry, "id")) if "id" in entry else None,
        previous_proof=tuple(map(_url, _texts(entry, "previousProof"))) if "previousProof" in entry else (),
        source=entry,
    )


def _suite(entry: JsonObject, accepted: Collection[Suite]) -> Suite:
    proof_type = _text(entry, "type")
    cryptosuite = _text(entry, "cryptosuite") if "cryptosuite" in entry else ""
    for suite in accepted:
        if suite.cryptosuite == cryptosuite and suite.proof_type == proof_type:
            return suite
    if proof_type == "DataIntegrityProof" and not cryptosuite:
        raise MalformedProof
    raise UnsupportedCryptosuite


def _text(entry: JsonObject, name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise MalformedProof(member=name)
    return value


def _texts(entry: JsonObject, name: str) -> tuple[str, ...]:
    """A string or a list of different ones; an empty list is malformed."""
    value = entry[name]
    values = value if isinstance(value, list) else [value]
    if (
        not values
        or not all(isinstance(text, str) and text for text in values)
        or len(set(values)) < len(values)
    ):
        raise MalformedProof(member=name)
    return tuple(values)


def _moment(entry: JsonObject, name: str) -> datetime:
    try:
        return parse_datetime(entry[name])
    except MalformedDateTime:
        raise MalformedProof(member=name) from None


def _url(text: str) -> str:
    if not _URL.fullmatch(text):
        raise MalformedProof(member="id")
    return text
