"""Slots: one for each cryptosuite and kind of key, each with a key that is made when the server starts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from contexts import Contexts
from passport.dids import create_did_key, key_method_id
from passport.json import JsonObject
from passport.jsonld.foreign import canonicalize_foreign
from passport.keys import KeyType, Signer, generate_signer
from passport.proofs import SUITES, Suite

VC_JOSE: Final = "vc-jose"
"""The suite whose credentials come in envelopes: VC-JOSE-COSE, not Data Integrity."""
BITSTRING: Final = "bitstring"
"""eddsa-rdfc-2022 with a status: what is issued can be looked up in a list, and withdrawn."""
_STATUS_SUITE = "eddsa-rdfc-2022"


@dataclass(frozen=True, slots=True)
class Slot:
    """One endpoint for the suites: `/{name}/{key}`."""

    name: str
    key: str
    suite: Suite | None
    """None for tokens."""
    signer: Signer
    did: str
    verification_method: str

    @property
    def path(self) -> str:
        return f"{self.name}/{self.key}"

    @property
    def key_type(self) -> KeyType:
        return self.signer.public_key.type

    @property
    def with_status(self) -> bool:
        return self.name == BITSTRING


def profile_suites(contexts: Contexts) -> Mapping[str, Suite]:
    """Our suites, with the canonical form of the profile in place of the product's."""

    def foreign(document: JsonObject, hash_name: str = "sha256", known: Contexts | None = None) -> bytes:
        return canonicalize_foreign(document, hash_name=hash_name, contexts=known or contexts).encode("utf-8")

    return {
        name: suite if suite.keeps_context else replace(suite, transform=foreign, contexts=contexts)
        for name, suite in SUITES.items()
    }


def make_slots(suites: Mapping[str, Suite]) -> Mapping[str, Slot]:
    """A slot for each cryptosuite with each kind of key that it takes, and those for tokens and status."""
    made = [
        _slot(name, suite, key_type)
        for name, suite in suites.items()
        for key_type in _in_order(suite.key_types)
    ]
    made += [_slot(VC_JOSE, None, key_type) for key_type in KeyType]
    made.append(_slot(BITSTRING, suites[_STATUS_SUITE], KeyType.ED25519))
    return {slot.path: slot for slot in made}


def _in_order(key_types: Iterable[KeyType]) -> list[KeyType]:
    return sorted(key_types)


def _slot(name: str, suite: Suite | None, key_type: KeyType) -> Slot:
    signer = generate_signer(key_type)
    did = create_did_key(signer.public_key)
    return Slot(name, key_type.lower(), suite, signer, did, key_method_id(did))
