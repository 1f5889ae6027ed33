"""What is shown, and how its holder signed that: a presentation with a signature of its own, or one SD-JWT.

An SD-JWT with a key binding shows one credential; the binding is what a presentation's proof is elsewhere: by
the holder's key, with the verifier's challenge and name, over exactly what is shown (RFC 9901, section 4.3).
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from passport.credentials import Presentation
from passport.credentials.credential import credential_of
from passport.credentials.enveloped import envelope
from passport.credentials.presentation import presentation_of
from passport.dids import resolve_did
from passport.documents import Documents
from passport.errors.credentials import MissingMember
from passport.errors.sd_jwt import HolderKeyMismatch
from passport.json import JsonObject
from passport.keys.twins import one_form
from passport.limits import PRESENTATION
from passport.proofs import SUITES, VerifiedProof, method_source
from passport.sd_jwt import SdJwt, verify_key_binding
from passport.sd_jwt.credential import SdJwtDocument
from passport.sd_jwt.key_binding import holder_key, key_binding_terms
from passport.securing import Secured, mark, read_secured, verification_methods, verify_secured
from passport.verification.context import Context

_PURPOSE = "authentication"
_ACCEPTED = tuple(suite for suite in SUITES.values() if not suite.selective)
"""A holder signs all of what is shown, and with a suite of today."""


class Showing(Protocol):
    @property
    def presentation(self) -> Presentation: ...

    @property
    def document(self) -> JsonObject: ...

    def methods(self, documents: Documents) -> tuple[str, ...]:
        """The verification methods that are said to have signed for the holder."""
        ...

    def verify(self, context: Context) -> tuple[VerifiedProof, ...]:
        """Verify the holder's signatures; raises what is wrong with them."""
        ...

    def mark(self, proofs: tuple[VerifiedProof, ...]) -> bytes:
        """Names this one showing, however the text around the signatures is written."""
        ...


def read_showing(source: bytes | JsonObject) -> Showing:
    """Read what is shown.

    Raises:
        PassportError: no presentation, or one that is not well-formed.
    """
    secured = read_secured(source, PRESENTATION)
    if isinstance(secured.token, SdJwtDocument):
        return _bound(secured, secured.token.sd_jwt)
    return SignedPresentation(presentation_of(secured.document, secured.source), secured.document, secured)


@dataclass(frozen=True, slots=True)
class SignedPresentation:
    """A presentation in JSON with a proof, or in a JWT."""

    presentation: Presentation
    document: JsonObject
    secured: Secured

    def methods(self, _documents: Documents) -> tuple[str, ...]:
        return verification_methods(self.secured, _ACCEPTED)

    def verify(self, context: Context) -> tuple[VerifiedProof, ...]:
        return verify_secured(
            self.secured,
            method_for=method_source(context.documents),
            expected_purpose=_PURPOSE,
            now=context.now,
            accepted=_ACCEPTED,
        )

    def mark(self, proofs: tuple[VerifiedProof, ...]) -> bytes:
        return mark(self.secured, proofs)


@dataclass(frozen=True, slots=True)
class BoundCredential:
    """One credential as an SD-JWT, with the key binding that its holder made for who asked."""

    presentation: Presentation
    document: JsonObject
    sd_jwt: SdJwt

    def methods(self, documents: Documents) -> tuple[str, ...]:
        """The holder's method with the key to which the issuer bound the credential.

        Raises:
            HolderKeyMismatch: the one that the credential is about has no such key for authentication.
        """
        key = holder_key(self.sd_jwt.claims)
        holder = resolve_did(self.presentation.holder, documents)
        allowed = holder.relationships.get(_PURPOSE, frozenset())
        for method in holder.methods:
            if method.public_key == key and method.id in allowed:
                return (method.id,)
        raise HolderKeyMismatch

    def verify(self, context: Context) -> tuple[VerifiedProof, ...]:
        (method_id,) = self.methods(context.documents)
        method = method_source(context.documents)(method_id, _PURPOSE)
        method.check_usable(context.now)
        key = verify_key_binding(self.sd_jwt, nonce=None, audience=None, now=context.now)
        terms = key_binding_terms(self.sd_jwt)
        proof = VerifiedProof(
            verification_method=method_id,
            proof_purpose=_PURPOSE,
            cryptosuite="kb+jwt",
            created=terms.issued_at,
            expires=terms.expires,
            challenge=terms.nonce,
            domain=terms.audience,
            proof_id=None,
            previous_proof=(),
            public_key=key,
        )
        return (proof,)

    def mark(self, proofs: tuple[VerifiedProof, ...]) -> bytes:
        binding = self.sd_jwt.key_binding
        assert binding is not None  # it was verified
        return hashlib.sha256(one_form(proofs[0].public_key.type, binding.signature)).digest()


def _bound(secured: Secured, sd_jwt: SdJwt) -> BoundCredential:
    """The holder is who the credential is about."""
    credential = credential_of(secured.document, secured.source, secured.form)
    holder = credential.subject.id
    if holder is None:
        raise MissingMember(member="credentialSubject.id")
    issued = envelope(sd_jwt.without_key_binding.encode("ascii"), secured.form)
    shown = Presentation(holder, (issued,), secured.document, secured.source)
    return BoundCredential(shown, secured.document, sd_jwt)
