"""The cryptosuites: a small record each. A new one is a record here, and nothing else.

eddsa-rdfc-2022 and eddsa-jcs-2022: Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and 3.3.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from passport import json
from passport.json import JsonObject
from passport.keys import KeyType


@dataclass(frozen=True, slots=True)
class Suite:
    """How a proof of one kind is made: transform document and proof configuration, hash both, sign that."""

    cryptosuite: str
    transform: Callable[[JsonObject], bytes]
    """The canonical form of an unsecured document, or of a proof configuration, as bytes."""
    digest: Callable[[bytes], Any]
    key_types: frozenset[KeyType]
    keeps_context: bool
    """Whether the proof carries the @context that it was made under (jcs) or takes the document's (rdfc)."""
    proof_type: str = "DataIntegrityProof"


def _rdfc_sha256(document: JsonObject) -> bytes:
    from passport.jsonld.canonical import canonicalize  # PyLD takes a moment to load; jcs does without

    return canonicalize(document, hash_name="sha256").encode("utf-8")


EDDSA_RDFC_2022 = Suite(
    cryptosuite="eddsa-rdfc-2022",
    transform=_rdfc_sha256,
    digest=hashlib.sha256,
    key_types=frozenset({KeyType.ED25519}),
    keeps_context=False,
)
EDDSA_JCS_2022 = Suite(
    cryptosuite="eddsa-jcs-2022",
    transform=json.canonicalize,
    digest=hashlib.sha256,
    key_types=frozenset({KeyType.ED25519}),
    keeps_context=True,
)
ED25519_SIGNATURE_2020 = Suite(
    cryptosuite="",
    transform=_rdfc_sha256,
    digest=hashlib.sha256,
    key_types=frozenset({KeyType.ED25519}),
    keeps_context=False,
    proof_type="Ed25519Signature2020",
)
"""The predecessor of eddsa-rdfc-2022, on older badges: only for who accepts those, never for signing."""

SUITES: Mapping[str, Suite] = {suite.cryptosuite: suite for suite in (EDDSA_RDFC_2022, EDDSA_JCS_2022)}
"""What we sign with, and what is accepted where nothing else is asked for."""
