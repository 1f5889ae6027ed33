"""Verifying what secures a document, whatever its form; what comes out is the same for all of them."""

from collections.abc import Collection
from datetime import datetime

from passport.dids import VerificationMethod
from passport.jose import vc_jwt
from passport.jose.vc_jwt import JwtDocument
from passport.proofs import READABLE, MethodSource, Suite, VerifiedProof, verify_proofs
from passport.proofs.shape import parse_proofs
from passport.sd_jwt import credential
from passport.sd_jwt.credential import SdJwtDocument
from passport.securing.secured import Secured


def verification_methods(secured: Secured, accepted: Collection[Suite] = READABLE) -> tuple[str, ...]:
    """Who is said to have signed: the verification method of each proof, or of the token; not verified.

    Raises:
        PassportError: the proofs can't be read.
    """
    if secured.token is not None:
        return (secured.token.verification_method,)
    return tuple(proof.verification_method for proof in parse_proofs(secured.document, accepted))


def verify_secured(
    secured: Secured,
    *,
    method_for: MethodSource,
    expected_purpose: str,
    now: datetime,
    accepted: Collection[Suite] = READABLE,
    allow_base_proof: bool = False,
) -> tuple[VerifiedProof, ...]:
    """Verify the signatures; all must hold, and there is at least one.

    Of a token, `cryptosuite` is its algorithm, `created` its `iat`, `challenge` its `nonce` and `domain` its
    `aud`. It says no purpose of its own: the key must be allowed for the one that is expected.

    Raises:
        PassportError: what `verify_proofs`, `vc_jwt.verify` or `sd_jwt.verify` raise.
    """
    if secured.token is None:
        return verify_proofs(
            secured.document,
            method_for=method_for,
            expected_purpose=expected_purpose,
            now=now,
            accepted=accepted,
            allow_base_proof=allow_base_proof,
        )
    token = secured.token
    if isinstance(token, SdJwtDocument):
        method = credential.verify(token, method_for=method_for, expected_purpose=expected_purpose, now=now)
    else:
        method = vc_jwt.verify(token, method_for=method_for, expected_purpose=expected_purpose, now=now)
    return (_of_token(token, method, expected_purpose),)


def _of_token(token: JwtDocument | SdJwtDocument, method: VerificationMethod, purpose: str) -> VerifiedProof:
    return VerifiedProof(
        verification_method=token.verification_method,
        proof_purpose=purpose,
        cryptosuite=token.algorithm,
        created=token.terms.issued_at,
        expires=token.terms.expires,
        challenge=token.terms.nonce,
        domain=token.terms.audience,
        proof_id=None,
        previous_proof=(),
        public_key=method.public_key,
    )
