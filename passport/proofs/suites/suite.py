"""What a cryptosuite is: the record in which suites differ (Data Integrity 1.0, section 3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from contexts import Contexts
from passport.json import JsonObject
from passport.keys import KeyType, PublicKey, Signer
from passport.proofs.suites import whole


class Transform(Protocol):
    """The canonical form of an unsecured document, or of a proof configuration, as bytes."""

    def __call__(
        self, document: JsonObject, hash_name: str = "sha256", contexts: Contexts | None = None, /
    ) -> bytes: ...


class Unsecured(NamedTuple):
    """What a proof is made over."""

    suite: "Suite"
    document: JsonObject
    """The document without proofs but those that this one builds on."""
    config: JsonObject
    """The proof without its value."""
    mandatory_pointers: Sequence[str] = ()
    """What every derived proof must show: for selective suites, when a proof is made."""


def hash_name_of(key_type: KeyType) -> str:
    """As strong as the key: SHA-384 for P-384, else SHA-256 (ECDSA Cryptosuites, section 3)."""
    return "sha384" if key_type is KeyType.P384 else "sha256"


def _never(_value: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Suite:
    """How a proof of one kind is made and checked.

    Most transform document and proof configuration, hash both and sign that (`whole`): those say only how,
    and with which keys. A suite that does otherwise brings functions of its own.
    """

    cryptosuite: str
    transform: Transform
    key_types: frozenset[KeyType]
    keeps_context: bool
    """Whether the proof carries the @context that it was made under (jcs) or takes the document's (rdfc)."""
    proof_type: str = "DataIntegrityProof"
    hash_name: Callable[[KeyType], str] = hash_name_of
    """The hash for a key, also for the one inside the canonicalisation."""
    secure: Callable[[Unsecured, Signer], str] = whole.secure
    """Makes the proof value."""
    decode: Callable[[str], Any] = whole.decode
    """Reads a proof value strictly; raises MalformedProofValue."""
    verify: Callable[[Unsecured, PublicKey, Any], None] = whole.verify
    """Checks what `decode` read; raises SignatureMismatch."""
    selective: bool = False
    """Whether the holder can show a part: then what the issuer makes is a base proof, for the holder only."""
    is_base: Callable[[Any], bool] = _never
    """Whether what `decode` read is a base proof."""
    chains: bool = True
    """Whether such a proof can build on an earlier one."""
    contexts: Contexts | None = None
    """The contexts that documents may name; those that are shipped, when None."""

    def canonical(self, document: JsonObject, key_type: KeyType) -> bytes:
        return self.transform(document, self.hash_name(key_type), self.contexts)
