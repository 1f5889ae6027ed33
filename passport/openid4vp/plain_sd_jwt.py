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
from passport.credentials.status_entry import parse_status_entry, token_status_entry
from passport.dids import resolve_did
from passport.errors import PassportError
from passport.errors.proofs import ChallengeMismatch, DomainMismatch
from passport.errors.sd_jwt import MalformedSdJwt
from passport.errors.verification import KeyNotOfIssuer, SignerNotADid
from passport.jose import jws
from passport.jose.claims import REGISTERED, Terms, read_terms, text
from passport.jose.key_id import verification_method
from passport.json import JsonObject
from passport.keys import PublicKey
from passport.proofs import method_source
from passport.sd_jwt import SdJwt, verify_key_binding
from passport.sd_jwt.credential import DC_TYPE, VC_TYPE
from passport.sd_jwt.key_binding import key_binding_terms
from passport.sd_jwt.processing import unfold
from passport.sd_jwt.token import parse
from passport.status import StatusLists, check_status
from passport.verification import Context
from passport.verification.checklist import Checklist
from passport.verification.genuine import CODES as OF_CREDENTIAL
from passport.verification.keys import check_keys_of, check_resolvable
from passport.verification.presentation import CODES

_ALWAYS_VISIBLE = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"})
_STANDING = frozenset({"validity_period", "status"})


@dataclass(frozen=True, slots=True)
class PlainReport:
    """What every check found of one SD-JWT VC and of its showing."""

    checks: tuple[Check, ...]
    """Of the showing, by the codes of a presentation."""
    credential_checks: tuple[Check, ...]
    issuer: str | None
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
    own = _verify_credential(sd_jwt, claims, context, lists)
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
    issuer = claims.get("iss")
    return PlainReport(
        checks=showing.checks(),
        credential_checks=own.checks(),
        issuer=issuer if isinstance(issuer, str) else None,
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


def _verify_credential(sd_jwt: SdJwt, claims: JsonObject, context: Context, lists: StatusLists) -> Checklist:
    checklist = Checklist(OF_CREDENTIAL)
    read = checklist.run("readable", lambda: _read(sd_jwt, claims))
    checklist.run("safe_structure", lambda: None)
    issuer, method, terms = read or ("", "", Terms())
    checklist.run("issuer_found", lambda: check_resolvable(issuer, context.documents))
    checklist.run("issuer_key", lambda: check_keys_of(issuer, (method,), KeyNotOfIssuer))
    checklist.run("proof_holds", lambda: _check_signature(sd_jwt, method, terms, context))
    if checklist.passed:
        _check_standing(claims, terms, checklist, lists, context.now)
    return checklist


def _read(sd_jwt: SdJwt, claims: JsonObject) -> tuple[str, str, Terms]:
    issuer = text(claims, "iss")
    if issuer is None or not issuer.startswith("did:"):
        raise SignerNotADid
    return issuer, verification_method(sd_jwt.jwt.header, issuer), read_terms(claims)


def _check_signature(sd_jwt: SdJwt, method_id: str, terms: Terms, context: Context) -> None:
    resolve_did(method_id.partition("#")[0], context.documents)
    method = method_source(context.documents)(method_id, "assertionMethod")
    method.check_usable(context.now)
    jws.verify(sd_jwt.jwt, method.public_key)
    if terms.issued_at is not None:
        Terms(issued_at=terms.issued_at).check(context.now, expected_nonce=None, expected_audience=None)


def _check_standing(
    claims: JsonObject, terms: Terms, checklist: Checklist, lists: StatusLists, now: datetime
) -> None:
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
    if "status" not in claims:
        checklist.add("status", Answer.YES, Reason("no_status_given"))
        return
    for entry in _entries(claims["status"]):
        try:
            found = check_status(parse_status_entry(entry), credential_issuer=claims["iss"], lists=lists)
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
