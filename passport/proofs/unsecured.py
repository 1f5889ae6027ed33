"""What a proof secures: the document and the proof itself, without what was not there when it was made."""

from collections.abc import Sequence
from typing import Any

from passport.errors.proofs import ProofContextMismatch
from passport.json import JsonObject
from passport.proofs.suites import Suite


def proof_config(document: JsonObject, proof: JsonObject, suite: Suite) -> JsonObject:
    """The proof without its value, under the context that its suite prescribes (EdDSA 3.2.5 and 3.3.5).

    Raises:
        ProofContextMismatch: the proof brings a context of its own that the document does not begin with.
    """
    config = proof.copy()
    config.pop("proofValue", None)
    if not suite.keeps_context:
        if "@context" in config and config["@context"] != document.get("@context"):
            raise ProofContextMismatch
        if "@context" in document:
            config["@context"] = document["@context"]
    return config


def unsecured(
    document: JsonObject, config: JsonObject, suite: Suite, previous: Sequence[JsonObject] = ()
) -> JsonObject:
    """The document as one proof secures it: without proofs but those that it builds on.

    With a suite that keeps its context, contexts may have been added behind the signed ones (EdDSA 3.3.2).

    Raises:
        ProofContextMismatch: the document's contexts don't begin with the signed ones.
    """
    bare = document.copy()
    bare.pop("proof", None)
    if suite.keeps_context and "@context" in config:
        if not _begins_with(document.get("@context"), config["@context"]):
            raise ProofContextMismatch
        bare["@context"] = config["@context"]
    if previous:
        bare["proof"] = list(previous)
    return bare


def _begins_with(contexts: Any, signed: Any) -> bool:
    contexts, signed = (value if isinstance(value, list) else [value] for value in (contexts, signed))
    return bool(signed) and contexts[: len(signed)] == signed
