"""Issue whatever the data model allows, in the name of whoever it says: proof-only, see the package."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from contexts import Contexts
from passport import limits
from passport.conformance.data_model import check_context, check_credential, check_presentation
from passport.conformance.envelopes import enveloped_presentation
from passport.conformance.inline_contexts import with_addresses
from passport.conformance.slots import Slot
from passport.credentials.enveloped import envelope
from passport.credentials.form import Form
from passport.credentials.held_resources import Published
from passport.credentials.vocabulary import CREDENTIALS_V1
from passport.errors.conformance import NotForThisSuite
from passport.errors.vc_api import AlreadySecured
from passport.jose import vc_jwt
from passport.json import JsonObject
from passport.jsonld.foreign import canonicalize_foreign
from passport.proofs import add_proof
from passport.proofs.selective import derive

_DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
_LIFETIME = timedelta(seconds=limits.TIME.presentation_lifetime)


def issue(
    credential: JsonObject,
    slot: Slot,
    *,
    contexts: Contexts,
    held: Published,
    now: datetime,
    mandatory_pointers: Sequence[str] = (),
) -> JsonObject:
    """Secure a credential with the slot's key; what comes back is the credential, or an envelope of a token.

    Raises:
        AlreadySecured: it has a proof.
        Invalid: it breaks a rule of the data model, or its contexts do not define all of it.
    """
    if "proof" in credential:
        raise AlreadySecured
    check_credential(credential, held)
    canonicalize_foreign(credential, contexts=contexts)  # the suites that sign text hold to the model as well
    if slot.suite is None:
        token = vc_jwt.sign_credential(
            credential, signer=slot.signer, verification_method=slot.verification_method, issued_at=now
        )
        return envelope(token.encode("ascii"), Form.JWT_VC)
    document, suite = with_proof_terms(credential), slot.suite
    addressed, known = with_addresses(document, contexts)
    secured = add_proof(
        addressed if suite.selective else document,
        signer=slot.signer,
        verification_method=slot.verification_method,
        created=now,
        cryptosuite=replace(suite, contexts=known) if suite.selective else suite,
        mandatory_pointers=mandatory_pointers,
    )
    return {**secured, "@context": document["@context"]}


def derived(
    document: JsonObject, slot: Slot, *, contexts: Contexts, selective_pointers: Sequence[str]
) -> JsonObject:
    """The part of a credential that the pointers select, with what its issuer made mandatory.

    Raises:
        NotForThisSuite: the slot's suite shows all or nothing.
        Invalid: the base proof, or a pointer.
    """
    if slot.suite is None or not slot.suite.selective:
        raise NotForThisSuite
    check_credential(document)
    addressed, known = with_addresses(document, contexts)
    shown = derive(addressed, selective_pointers=selective_pointers, contexts=known)
    return {**shown, "@context": document["@context"]}


def present(
    presentation: JsonObject, slot: Slot, *, challenge: str | None, domain: str | None, now: datetime
) -> JsonObject:
    """Secure a presentation with the slot's key.

    Raises:
        AlreadySecured, Invalid
    """
    if "proof" in presentation:
        raise AlreadySecured
    check_presentation(presentation)
    if slot.suite is None:
        token = vc_jwt.sign_presentation(
            presentation,
            signer=slot.signer,
            verification_method=slot.verification_method,
            issued_at=now,
            expires=now + _LIFETIME,
            challenge=challenge,
            domain=domain,
        )
        return enveloped_presentation(token)
    if slot.suite.selective:
        raise NotForThisSuite
    return add_proof(
        with_proof_terms(presentation),
        signer=slot.signer,
        verification_method=slot.verification_method,
        created=now,
        cryptosuite=slot.suite,
        proof_purpose="authentication",
        challenge=challenge,
        domain=domain,
    )


def with_proof_terms(document: JsonObject) -> JsonObject:
    """A document of 1.1 with the context that defines proofs; that of 2.0 does (Data Integrity, 2.4.3)."""
    if check_context(document) != CREDENTIALS_V1 or _DATA_INTEGRITY in document["@context"]:
        return document
    return {**document, "@context": [*document["@context"], _DATA_INTEGRITY]}
