"""One proof for many documents: a class of learners, signed at one moment with one key."""

from datetime import datetime
from typing import Any, TypeGuard

from passport.json import JsonObject
from passport.keys import Signer
from passport.proofs.add import add_proof
from passport.proofs.suites import SUITES, Suite, whole
from passport.proofs.unsecured import proof_config


class PreparedProof:
    """Adds what `add_proof` adds; the proof configuration, the same for all, is hashed once.

    It is prepared by the first document, and again by one with other contexts, which belong to it.
    """

    def __init__(
        self,
        *,
        signer: Signer,
        verification_method: str,
        created: datetime,
        cryptosuite: str | Suite = "eddsa-rdfc-2022",
        proof_purpose: str = "assertionMethod",
    ) -> None:
        self._signer = signer
        self._verification_method = verification_method
        self._created = created
        self._cryptosuite = cryptosuite
        self._proof_purpose = proof_purpose
        self._suite: Suite | None = None
        self._options: JsonObject = {}
        self._context: list[str] = []
        self._config_hash = b""

    def add_to(self, document: JsonObject) -> JsonObject:
        """Return a copy of the document with the proof; raises what `add_proof` raises."""
        suite = self._suite
        if suite is None or "proof" in document or document.get("@context") != self._context:
            return self._first(document)
        document_hash = whole.hash_part(suite, document, self._signer.public_key.type)
        value = whole.sign(self._signer, self._config_hash + document_hash)
        proof = {**self._options, "proofValue": value}
        if "@context" in proof:
            proof["@context"] = document["@context"]
        return {**document, "proof": proof}

    def _first(self, document: JsonObject) -> JsonObject:
        signed = add_proof(
            document,
            signer=self._signer,
            verification_method=self._verification_method,
            created=self._created,
            cryptosuite=self._cryptosuite,
            proof_purpose=self._proof_purpose,
        )
        suite = self._cryptosuite if isinstance(self._cryptosuite, Suite) else SUITES[self._cryptosuite]
        context = document.get("@context")
        if "proof" not in document and suite.secure is whole.secure and _are_addresses(context):
            options = signed["proof"].copy()
            del options["proofValue"]
            config = proof_config(document, options, suite)
            self._config_hash = whole.hash_part(suite, config, self._signer.public_key.type)
            self._suite, self._options, self._context = suite, options, context.copy()
        return signed


def _are_addresses(context: Any) -> TypeGuard[list[str]]:
    """Texts are the same only when they are equal; 1 and True are equal as well."""
    return isinstance(context, list) and all(isinstance(address, str) for address in context)
