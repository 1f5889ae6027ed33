"""Where the keys of an issuer come from: its DID, its address, or a certificate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from passport.answers import Reason
from passport.credentials import Form
from passport.dids import VerificationMethod
from passport.documents import Documents
from passport.errors.verification import KeyNotOfIssuer
from passport.json import JsonObject
from passport.proofs import MethodSource
from passport.sd_jwt.credential import SdJwtDocument
from passport.securing import Secured
from passport.verification.context import Context
from passport.verification.keys import check_keys_of, check_resolvable, method_source_of
from passport.x509 import (
    CertificateChain,
    check_speaks_for,
    issuer_name,
    verify_chain,
)

_IN_ORDER = Reason("in_order")


class IssuerKeys(Protocol):
    @property
    def name(self) -> str:
        """Who it is, once the keys are found."""
        ...

    def find(self) -> Reason:
        """Find the keys, and say how; raises why they can't be had."""
        ...

    def check(self, methods: Iterable[str]) -> None:
        """Raises what shows that a signature is by nobody's key or somebody else's."""
        ...

    @property
    def source(self) -> MethodSource:
        """The keys, once they are found."""
        ...


@dataclass(frozen=True, slots=True)
class NamedKeys:
    """Of an issuer with a DID, or with an address that says its keys."""

    issuer: str
    form: Form
    documents: Documents

    @property
    def name(self) -> str:
        return self.issuer

    def find(self) -> Reason:
        check_resolvable(self.issuer, self.documents, self.form)
        return _IN_ORDER

    def check(self, methods: Iterable[str]) -> None:
        check_keys_of(self.issuer, methods, KeyNotOfIssuer, self.form)

    @property
    def source(self) -> MethodSource:
        return method_source_of(self.issuer, self.form, self.documents)


class CertifiedKeys:
    """Of an issuer by certificate alone (SD-JWT VC, section 2.5; HAIP 1.0, section 6.1.1)."""

    def __init__(
        self, issuer: str | None, header: JsonObject, issued_at: datetime | None, context: Context
    ) -> None:
        self._issuer, self._header, self._issued_at, self._context = issuer, header, issued_at, context

    @cached_property
    def chain(self) -> CertificateChain:
        """Verified; raises as `verify_chain`."""
        context = self._context
        return verify_chain(self._header, context.certificates, now=context.now, issued_at=self._issued_at)

    @property
    def name(self) -> str:
        """Who it is: as the credential names it, else as the certificate does."""
        return issuer_name(self.chain) if self._issuer is None else self._issuer

    def find(self) -> Reason:
        return Reason("issuer_certified", {"subject": self.chain.subject, "authority": self.chain.issuer})

    def check(self, methods: Iterable[str]) -> None:  # noqa: ARG002  # the leaf is the one method
        check_speaks_for(self.chain, self.name)

    @property
    def source(self) -> MethodSource:
        return lambda method, _purpose: VerificationMethod(
            method, "X509Certificate", self.name, self.chain.public_key
        )


def issuer_keys(secured: Secured, issuer: str, context: Context) -> IssuerKeys:
    """Where the keys of the issuer of a document come from."""
    token = secured.token
    if isinstance(token, SdJwtDocument) and token.certified:
        return CertifiedKeys(issuer, token.sd_jwt.jwt.header, token.terms.issued_at, context)
    return NamedKeys(issuer, secured.form, context.documents)
