"""What a holder who shows a part could have left out of it: whatever the issuer did not make mandatory."""

from collections.abc import Sequence

from contexts import Contexts
from passport.errors.proofs import PointerToNothing
from passport.json import JsonObject
from passport.jsonld.selecting import canonical_labels, labelled, name_nodes
from passport.proofs.ecdsa_sd.statements import Statements, label
from passport.proofs.ecdsa_sd.values import DerivedProof


def optional_pointers(
    document: JsonObject, proof: DerivedProof, pointers: Sequence[str], contexts: Contexts | None = None
) -> frozenset[str]:
    """Those pointers at which something may be missing: nothing is there, or what is there was not mandatory.

    Args:
        document: what is shown, without its proofs, and verified with `proof`.
        proof: the derived proof.
        pointers: JSON pointers into the document.
        contexts: as the suite has them.
    """
    named = name_nodes(document, contexts)
    labels = {
        name: label(proof.labels[int(canonical.removeprefix("c14n"))])
        for name, canonical in canonical_labels(named.quads).items()
    }
    shown = Statements(named, labels, labelled(named.quads, labels))
    mandatory = frozenset(proof.mandatory_indexes)
    return frozenset(pointer for pointer in pointers if not _all_mandatory(shown, pointer, mandatory))


def _all_mandatory(shown: Statements, pointer: str, mandatory: frozenset[int]) -> bool:
    try:
        return shown.group([pointer]).indexes <= mandatory
    except PointerToNothing:
        return False
