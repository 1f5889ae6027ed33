"""SD-JWT VCs that are no badges: genuine or not, from whom, and which claims were shown.

A wallet may hold proof of identity, or a licence of another kind, beside badges. It names no skill in a way
that can be weighed, so it counts for none; what can be said of it is said. The checks are those of a
presentation with one credential in it, that is bound to a key and to no name (SD-JWT VC, section 2.2.2.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passport.answers import Answer, Check, Reason, together
from passport.clock import format_datetime
from passport.credentials import Form
from passport.credentials.status_entry import parse_status_entry, token_status_entry
from passport.errors import PassportError
from passport.errors.proofs import ChallengeMismatch, DomainMismatch
from passport.errors.sd_jwt import MalformedSdJwt
from passport.errors.verification import SignerNotADid
from passport.jose import jws
from passport.jose.claims import REGISTERED, Terms, read_terms, text
from passport.jose.key_id import verification_method
from passport.json import JsonObject
from passport.keys import PublicKey
from passport.proofs import MethodSource
from passport.sd_jwt import SdJwt, verify_key_binding
from passport.sd_jwt.credential import DC_TYPE, VC_TYPE
from passport.sd_jwt.key_binding import key_binding_terms
from passport.sd_jwt.processing import unfold
from passport.sd_jwt.token import parse
from passport.status import StatusLists, check_status
from passport.verification import Context
from passport.verification.checklist import Checklist
from passport.verification.genuine import CODES as OF_CREDENTIAL
from passport.verification.issuer_keys import CertifiedKeys, IssuerKeys, NamedKeys
from passport.verification.presentation import CODES
from passport.x509 import certificate_id, named_by_certificate

_ALWAYS_VISIBLE = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"})
_STANDING = frozenset({"validity_period", "status"})


@dataclass(frozen=True, slots=True)
class PlainReport:
    """What every check found of one SD-JWT VC and of its showing."""

    checks: tuple[Check, ...]
    """Of the showing, by the codes of a presentation."""
    credential_checks: tuple[Check, ...]
    issuer: str | None
    """As it is named; as its certificate names it, where nothing else does."""
    vct: str
    claims: JsonObject
    """As shown. Genuine only where `genuine` is yes."""
    error: PassportError | None
    holder_key: PublicKey | None
    """To which its issuer bound it, once the holder has proved that it is theirs."""

    @property
    def genuine(self) -> Answer:
        return together(check.answer for check in self.credential_checks if check.code not in _STANDING)

    @property
    def standing(self) -> Answer:
        return together(check.answer for check in self.credential_checks if check.code in _STANDING)


def read_plain(token: str) -> tuple[SdJwt, JsonObject] | None:
    """An SD-JWT VC without a badge in it, and its claims as shown; None for anything else.

    Raises:
        PassportError: what `parse` and `unfold` raise.
    """
    sd_jwt = parse(token)
    unfolded = unfold(sd_jwt)
    claims = unfolded.claims
    if "@context" in claims or "credentialSubject" in claims or not isinstance(claims.get("vct"), str):
        return None
    jws.check_type(sd_jwt.jwt, DC_TYPE, VC_TYPE)
    if any(place[0] in _ALWAYS_VISIBLE for place in unfolded.placed):
        raise MalformedSdJwt
    return sd_jwt, claims


def verify_plain(
    sd_jwt: SdJwt, claims: JsonObject, context: Context, lists: StatusLists, *, nonce: str, audience: str
) -> PlainReport:
    """Verify one that `read_plain` read. Whatever stands in it, this returns a report and raises nothing."""
    own, issuer = _verify_credential(sd_jwt, claims, context, lists)
    showing = Checklist(CODES)
    for code in ("readable", "safe_structure", "holder_found", "holder_key"):
        showing.add(code, Answer.YES, Reason("in_order"))
    key = showing.run(
        "proof_holds", lambda: verify_key_binding(sd_jwt, nonce=None, audience=None, now=context.now)
    )
    showing.run("challenge", lambda: _check_challenge(sd_jwt, nonce))
    showing.run("domain", lambda: _check_domain(sd_jwt, audience))
    for code in ("freshness", "holder_binding"):
        showing.run(code, lambda: None)  # the binding is fresh, and by the key that the issuer bound it to
    genuine = together(check.answer for check in own.checks() if check.code not in _STANDING)
    if showing.passed:
        codes = {Answer.YES: "in_order", Answer.NO: "some_not_genuine"}
        code = codes.get(genuine, "some_not_known_genuine")
        values = {} if genuine is Answer.YES else {"count": 1, "of": 1}
        showing.add("credentials_genuine", genuine, Reason(code, values))
    return PlainReport(
        checks=showing.checks(),
        credential_checks=own.checks(),
        issuer=issuer,
        vct=claims["vct"],
        claims={name: value for name, value in claims.items() if name not in REGISTERED | {"status", "vct"}},
        error=showing.error or own.error,
        holder_key=key,
    )


def _check_challenge(sd_jwt: SdJwt, nonce: str) -> None:
    if key_binding_terms(sd_jwt).nonce != nonce:
        raise ChallengeMismatch


def _check_domain(sd_jwt: SdJwt, audience: str) -> None:
    if key_binding_terms(sd_jwt).audience != (audience,):
        raise DomainMismatch


def _verify_credential(
    sd_jwt: SdJwt, claims: JsonObject, context: Context, lists: StatusLists
) -> tuple[Checklist, str | None]:
    """The checks, and who its issuer is."""
    checklist = Checklist(OF_CREDENTIAL)
    named = claims.get("iss")
    issuer = named if isinstance(named, str) else None
    read = checklist.run("readable", lambda: _read(sd_jwt, claims, context))
    if read is None:
        return checklist, issuer
    keys, method, terms = read
    checklist.run("safe_structure", lambda: None)
    checklist.run("issuer_found", keys.find, lambda how: how)
    checklist.run("issuer_key", lambda: keys.check([method]))
    checklist.run("proof_holds", lambda: _check_signature(sd_jwt, keys.source, method, terms, context))
    if checklist.passed:
        issuer = keys.name
        _check_period(terms, checklist, context.now)
        _check_status(claims, issuer, checklist, lists)
    return checklist, issuer


def _read(sd_jwt: SdJwt, claims: JsonObject, context: Context) -> tuple[IssuerKeys, str, Terms]:
    issuer, header, terms = text(claims, "iss"), sd_jwt.jwt.header, read_terms(claims)
    if named_by_certificate(header, issuer):
        return CertifiedKeys(issuer, header, terms.issued_at, context), certificate_id(header), terms
    if issuer is None or not issuer.startswith("did:"):
        raise SignerNotADid
    return (
        NamedKeys(issuer, Form.DC_SD_JWT, context.documents),
        verification_method(header, issuer),
        terms,
    )


def _check_signature(
    sd_jwt: SdJwt, source: MethodSource, method_id: str, terms: Terms, context: Context
) -> None:
    method = source(method_id, "assertionMethod")
    method.check_usable(context.now)
    jws.verify(sd_jwt.jwt, method.public_key)
    if terms.issued_at is not None:
        Terms(issued_at=terms.issued_at).check(context.now, expected_nonce=None, expected_audience=None)


def _check_period(terms: Terms, checklist: Checklist, now: datetime) -> None:
    try:
        Terms(not_before=terms.not_before, expires=terms.expires).check(
            now, expected_nonce=None, expected_audience=None
        )
        checklist.add(
            "validity_period",
            Answer.YES,
            Reason("valid_without_end" if terms.expires is None else "in_order"),
        )
    except PassportError as error:
        checklist.add("validity_period", Answer.NO, Reason(error.code, error.details))


def _check_status(claims: JsonObject, issuer: str, checklist: Checklist, lists: StatusLists) -> None:
    if "status" not in claims:
        checklist.add("status", Answer.YES, Reason("no_status_given"))
        return
    for entry in _entries(claims["status"]):
        try:
            found = check_status(parse_status_entry(entry), credential_issuer=issuer, lists=lists)
        except PassportError as error:
            checklist.add("status", Answer.CANNOT_TELL, Reason(error.code, error.details))
        else:
            checklist.add("status", found.answer, found.reason)


def _until(end: datetime | None) -> Reason:
    if end is None:
        return Reason("valid_without_end")
    return Reason("valid_until", {"until": format_datetime(end)})


def _entries(status: Any) -> list[JsonObject]:
    """Each way that the status is told (Token Status List, section 6.2); of another kind it can't be told."""
    if not isinstance(status, Mapping) or not status:
        return [{"type": "OtherTokenStatus"}]
    told = []
    for name, value in status.items():
        known = name == "status_list" and isinstance(value, Mapping) and {"idx", "uri"}.issubset(value)
        told.append(
            token_status_entry(uri=value["uri"], idx=value["idx"]) if known else {"type": "OtherTokenStatus"}
        )
    return told
