"""A mark of what was signed once: whoever writes the text around a signature anew does not make it new."""

import hashlib
from collections.abc import Sequence

from passport.jose.vc_jwt import JwtDocument
from passport.keys.twins import one_form
from passport.proofs import READABLE, VerifiedProof
from passport.proofs.shape import parse_proofs
from passport.securing.secured import Secured


def mark(secured: Secured, proofs: Sequence[VerifiedProof]) -> bytes:
    """32 bytes that name the signatures under a presentation, in whatever text, order or twin they come.

    Args:
        secured: a presentation with proofs of suites that sign the whole, or in a JWT.
        proofs: as `verify_secured` returned them for it.
    """
    if isinstance(secured.token, JwtDocument):
        found = [secured.token.jws.signature]
    else:
        found = [proof.suite.decode(proof.proof_value) for proof in parse_proofs(secured.document, READABLE)]
    forms = [
        one_form(proof.public_key.type, signature) for proof, signature in zip(proofs, found, strict=True)
    ]
    return hashlib.sha256(b"".join(sorted(forms))).digest()
