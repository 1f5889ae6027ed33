"""Credentials as SD-JWTs: `vc+sd-jwt` (VC-JOSE-COSE, section 3.2) and `dc+sd-jwt` (SD-JWT VC).

The payload decides which: `@context` is a credential of VC 2.0, `vct` without it an SD-JWT VC. JSON pointers
name the same parts in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.credentials.form import Form
from passport.dids import VerificationMethod, resolve_did, split_method_id
from passport.documents import Documents
from passport.errors.credentials import NotACredential
from passport.errors.jose import CertificatesUnsupported
from passport.errors.sd_jwt import HolderKeyMismatch, MalformedSdJwt, ProtectedClaimHidden
from passport.jose import jws
from passport.jose.claims import REGISTERED, Terms, numeric_date, read_terms, text
from passport.jose.contents import check_agreement, identifier, repeats_validity
from passport.jose.key_id import verification_method as name_key
from passport.jose.vc_jwt import MethodSource
from passport.json import JsonObject
from passport.keys import PublicKey, Signer
from passport.sd_jwt.digital_credential import badge_claims, read_dc
from passport.sd_jwt.disclosable import check_disclosable
from passport.sd_jwt.issue import issue
from passport.sd_jwt.key_binding import verify_key_binding
from passport.sd_jwt.pointers import Place
from passport.sd_jwt.processing import Unfolded, unfold
from passport.sd_jwt.token import SdJwt, parse
from passport.x509 import certificate_id, named_by_certificate

__all__ = ["SdJwtDocument", "check_holder", "read", "read_dc", "sign_dc", "sign_vc", "verify"]

VC_TYPE = str(Form.VC_SD_JWT)
DC_TYPE = str(Form.DC_SD_JWT)
_OLDER_VC = "vc-ld+sd-jwt"
"""The name in drafts of VC-JOSE-COSE."""
_ALWAYS_VISIBLE: frozenset[Place] = frozenset(
    {(name,) for name in ("iss", "nbf", "exp", "vct", "vct#integrity", "issuer", "holder")}
    | {(name,) for name in ("validFrom", "validUntil", "issuanceDate", "expirationDate")}
    | {("issuer", "id")}
)
_WHOLLY_VISIBLE = frozenset({"@context", "type", "cnf", "status", "credentialStatus", "credentialSchema"})
"""Without these a check would end otherwise (SD-JWT VC, section 2.2.2.2; VC-JOSE-COSE, section 3.2.1)."""


@dataclass(frozen=True, slots=True)
class SdJwtDocument:
    """A credential out of an SD-JWT. Read is not verified.

    `document` has what is disclosed in its place, and no registered claims; those are in `terms`.
    """

    form: Form
    document: JsonObject
    verification_method: str
    algorithm: str
    terms: Terms
    sd_jwt: SdJwt
    hidden: frozenset[Place]
    """Objects and arrays of the document in which something is left out (or only seems to be)."""
    certified: bool = False
    """Whether a certificate alone says whose key signed it; `verification_method` is its digest then."""


def sign_vc(
    document: JsonObject,
    *,
    disclosable: Sequence[str],
    signer: Signer,
    verification_method: str,
    holder_key: PublicKey | None = None,
    issued_at: datetime | None = None,
    decoys: int = 0,
) -> str:
    """Secure a credential of VC 2.0: the claims are the credential, with `iss`.

    Raises:
        NotDisclosable, PointerNotFound: `disclosable`; see `disclosable_pointers`.
        NotACredential, ClaimsContradict, MalformedDidUrl, TooManyDisclosures, TokenTooLarge
    """
    issuer = identifier(document, "issuer")
    if issuer is None:
        raise NotACredential
    header = {"typ": VC_TYPE, "cty": "vc", "kid": verification_method}
    claims = {**document, "iss": issuer, **_issued(issued_at)}
    check_agreement(claims)
    check_disclosable(document, disclosable)
    split_method_id(verification_method)
    return issue(
        claims, disclosable=disclosable, signer=signer, header=header, holder_key=holder_key, decoys=decoys
    )


def sign_dc(
    document: JsonObject,
    *,
    vct: str,
    disclosable: Sequence[str],
    signer: Signer,
    verification_method: str,
    holder_key: PublicKey | None,
    status: JsonObject | None = None,
    issued_at: datetime | None = None,
    decoys: int = 0,
    certificates: Sequence[str] = (),
) -> str:
    """Secure an Open Badge as an SD-JWT VC; `disclosable` points into the badge.

    `status` is the `status` claim (Token Status List, section 6.2); entries of `credentialStatus` are kept
    beside it, and all of them count. `certificates` are of the signer's key, as `x5c` has them (RFC 7515,
    section 4.1.6): beside the DID, for verifiers that go by certificates (HAIP 1.0, section 6.1.1).

    Raises:
        NotDisclosable, PointerNotFound, NotAnOpenBadge, NotAUrl, MissingMember, MalformedDidUrl,
        TooManyDisclosures, TokenTooLarge
    """
    header: JsonObject = {"typ": DC_TYPE, "kid": verification_method}
    if certificates:
        header["x5c"] = list(certificates)
    claims = {**badge_claims(document, vct=vct, status=status), **_issued(issued_at)}
    check_disclosable(document, disclosable)
    split_method_id(verification_method)
    return issue(
        claims, disclosable=disclosable, signer=signer, header=header, holder_key=holder_key, decoys=decoys
    )


def read(token: str) -> SdJwtDocument:
    """Read a credential; nothing of it is verified.

    Raises:
        ProtectedClaimHidden: what a check needs came out of a disclosure, so it could have been left out.
        WrongTokenType, KeyIdMissing, MalformedClaim, ClaimsContradict, MalformedSdJwt, ChainRefused
        CertificatesUnsupported: only a certificate names the key, which is for SD-JWT VCs, and for no DID.
        Invalid, Indeterminate: what `parse` and `unfold` raise.
    """
    sd_jwt = parse(token)
    unfolded = unfold(sd_jwt)
    _check_visible(unfolded)
    claims = unfolded.claims
    if "@context" in claims:
        form = Form.VC_SD_JWT
        jws.check_type(sd_jwt.jwt, VC_TYPE, _OLDER_VC)
        check_agreement(claims)
        document = {name: value for name, value in claims.items() if name not in REGISTERED}
    elif "vct" in claims:
        form = Form.DC_SD_JWT
        jws.check_type(sd_jwt.jwt, DC_TYPE, VC_TYPE)  # vc+sd-jwt until draft 06
        document = read_dc(claims)
    else:
        raise MalformedSdJwt
    header = sd_jwt.jwt.header
    certified = _certified(form, header, identifier(document, "issuer"))
    return SdJwtDocument(
        form=form,
        document=document,
        verification_method=certificate_id(header) if certified else name_key(header, text(claims, "iss")),
        algorithm=header["alg"],
        terms=repeats_validity(document, read_terms(claims, of_credential=True)),
        sd_jwt=sd_jwt,
        hidden=unfolded.hidden,
        certified=certified,
    )


def verify(
    token_document: SdJwtDocument,
    *,
    method_for: MethodSource,
    expected_purpose: str,
    now: datetime,
    expected_challenge: str | None = None,
    expected_domain: str | None = None,
) -> VerificationMethod:
    """Verify the issuer's signature, and the holder's where there is one or one is asked for.

    A key binding that is there must hold in any case; asked for by a challenge or a domain, it must be there.

    Returns:
        The verification method that signed for the issuer.

    Raises:
        ProofExpired, ProofFromTheFuture, TokenNotYetValid, KeyNotForAlgorithm, SignatureMismatch
        PassportError: what `method_for` and `verify_key_binding` raise, and MethodRevoked, MethodExpired.
    """
    sd_jwt = token_document.sd_jwt
    token_document.terms.check(now, expected_nonce=None, expected_audience=None)
    method = method_for(token_document.verification_method, expected_purpose)
    method.check_usable(now)
    jws.verify(sd_jwt.jwt, method.public_key)
    if sd_jwt.key_binding is not None or expected_challenge is not None or expected_domain is not None:
        verify_key_binding(sd_jwt, nonce=expected_challenge, audience=expected_domain, now=now)
    return method


def check_holder(document: JsonObject, holder_key: PublicKey, documents: Documents) -> None:
    """Hold the key that signed the showing against who the credential is about.

    A credential without a subject's id is about whoever has the key.

    Raises:
        HolderKeyMismatch: the subject's DID has another key, or none for authentication.
        PassportError: what `resolve_did` raises.
    """
    subject = identifier(document, "credentialSubject")
    if subject is None:
        return
    resolved = resolve_did(subject, documents)
    allowed = resolved.relationships.get("authentication", frozenset())
    if not any(each.public_key == holder_key and each.id in allowed for each in resolved.methods):
        raise HolderKeyMismatch


def _certified(form: Form, header: JsonObject, issuer: str | None) -> bool:
    """Beside a DID that names the key, certificates are for others and say nothing to us."""
    certified = named_by_certificate(header, issuer)
    if certified and form is not Form.DC_SD_JWT:
        raise CertificatesUnsupported
    return certified


def _issued(at: datetime | None) -> JsonObject:
    return {} if at is None else {"iat": numeric_date(at)}


def _check_visible(unfolded: Unfolded) -> None:
    for place in unfolded.placed:
        if place in _ALWAYS_VISIBLE or place[0] in _WHOLLY_VISIBLE:
            raise ProtectedClaimHidden
