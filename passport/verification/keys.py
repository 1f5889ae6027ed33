"""Whose key: the DID of every verification method must be the one who is said to have signed."""

from collections.abc import Iterable

from passport.credentials import Form
from passport.dids import resolve_did
from passport.dids.jwt_vc_issuer import check_issuer_keys, is_web_issuer, issuer_method
from passport.dids.syntax import did_of
from passport.documents import Documents
from passport.errors import PassportError
from passport.errors.verification import SignerNotADid
from passport.proofs import MethodSource, method_source


def check_resolvable(identifier: str, documents: Documents, form: Form = Form.LDP_VC) -> None:
    """Resolve who signed.

    Raises:
        SignerNotADid: an https URL or urn says nothing about a key, but for an SD-JWT VC.
        PassportError: what `resolve_did` or `check_issuer_keys` raise; NotFetched where nothing is at hand.
    """
    if form is Form.DC_SD_JWT and is_web_issuer(identifier):
        check_issuer_keys(identifier, documents)
        return
    if not identifier.startswith("did:"):
        raise SignerNotADid
    resolve_did(identifier, documents)


def method_source_of(issuer: str, form: Form, documents: Documents) -> MethodSource:
    """Where the keys of an issuer come from: its DID, or the address that an SD-JWT VC names."""
    if form is Form.DC_SD_JWT and is_web_issuer(issuer):
        return lambda method, _purpose: issuer_method(issuer, method, documents)
    return method_source(documents)


def check_keys_of(
    did: str, methods: Iterable[str], refusal: type[PassportError], form: Form = Form.LDP_VC
) -> None:
    """Every signature is by a key of this DID, so nobody else's DID document is ever looked at.

    A further proof by somebody else is refused as well: what it would add has a credential of its own.

    Raises:
        PassportError: `refusal`, MalformedDidUrl.
    """
    web = form is Form.DC_SD_JWT and is_web_issuer(did)
    for method in methods:
        if (method.partition("#")[0] if web else did_of(method)) != did:
            raise refusal
