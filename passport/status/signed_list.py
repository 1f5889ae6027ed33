"""A status list that its issuer signed: read, its signature checked, its bits decoded.

All of this depends on the text and on the keys alone. What depends on the moment is in `lists`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.credentials.vocabulary import TOKEN_STATUS_LIST_ENTRY
from passport.dids.syntax import did_of
from passport.documents import Fetched
from passport.errors.proofs import ProofExpired
from passport.errors.status import MalformedStatusList, StatusListIssuerMismatch, StatusListMismatch
from passport.jose import jws
from passport.keys import PublicKey
from passport.proofs import MethodSource
from passport.securing import read_secured, verify_secured
from passport.status import token_list
from passport.status.credential import status_list_of
from passport.x509 import (
    CertificateChain,
    Certificates,
    check_speaks_for,
    issuer_name,
    speaks_for,
    verify_chain,
)

_PURPOSE = "assertionMethod"


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose key a signature held with."""

    verification_method: str
    public_key: PublicKey
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list whose signatures held. Whether it may be relied on at a moment is another question."""

    entry_type: str
    url: str
    issuer: str
    purposes: tuple[str, ...]
    size: int
    """Bits of an entry where the list says it itself (Token Status List), else 1."""
    bits: bytes
    valid_from: datetime | None
    valid_until: datetime | None
    ttl: timedelta | None
    signatures: tuple[Signature, ...]
    verified_at: datetime
    chain: CertificateChain | None = None
    """Of who signed by a certificate alone."""

    def speaks_for(self, issuer: str) -> bool:
        """Whether it is a list of this issuer; raises IssuerNotAnAddress."""
        return issuer == self.issuer or (self.chain is not None and speaks_for(self.chain, issuer))

    def still_holds(self, method_for: MethodSource, now: datetime) -> bool:
        """Whether the same keys still stand for it; False asks for it to be verified anew.

        Raises:
            PassportError: a key that is gone, revoked, expired or not for this purpose any more.
            ProofExpired
        """
        if now < self.verified_at:
            return False
        for signature in self.signatures:
            method = method_for(signature.verification_method, _PURPOSE)
            method.check_usable(now)
            if method.public_key != signature.public_key:
                return False
            if signature.expires is not None and now >= signature.expires:
                raise ProofExpired
        return True


def read_signed_list(
    fetched: Fetched,
    entry_type: str,
    *,
    method_for: MethodSource,
    now: datetime,
    certificates: Certificates | None = None,
) -> SignedList:
    """Read and verify the list that entries of a type point into.

    Raises:
        PassportError: it is no such list, another one than its address says, or not signed by its issuer.
    """
    if entry_type == TOKEN_STATUS_LIST_ENTRY:
        return _token(fetched, method_for, now, certificates)
    return _credential(fetched, entry_type, method_for, now)


def _token(
    fetched: Fetched, method_for: MethodSource, now: datetime, certificates: Certificates | None
) -> SignedList:
    """Token Status List, section 8.3."""
    token = token_list.parse(fetched.body)
    if token.uri != fetched.url:
        raise StatusListMismatch
    key, issuer, chain = _signer(token, method_for, now, certificates)
    jws.verify(token.jws, key)
    return SignedList(
        entry_type=TOKEN_STATUS_LIST_ENTRY,
        url=fetched.url,
        issuer=issuer,
        purposes=(),
        size=token.size,
        bits=token.decode(),
        valid_from=token.issued_at,
        valid_until=token.expires,
        ttl=token.ttl,
        signatures=(Signature(token.verification_method, key, None),),
        verified_at=now,
        chain=chain,
    )


def _signer(
    token: token_list.TokenStatusList,
    method_for: MethodSource,
    now: datetime,
    certificates: Certificates | None,
) -> tuple[PublicKey, str, CertificateChain | None]:
    """The key, whose it is, and the chain where a certificate alone says so (HAIP 1.0, section 6.1)."""
    if not token.certified:
        method = method_for(token.verification_method, _PURPOSE)
        method.check_usable(now)
        return method.public_key, did_of(token.verification_method), None
    chain = verify_chain(token.jws.header, certificates, now=now, issued_at=token.issued_at)
    issuer = issuer_name(chain) if token.issuer is None else token.issuer
    check_speaks_for(chain, issuer)
    return chain.public_key, issuer, chain


def _credential(fetched: Fetched, entry_type: str, method_for: MethodSource, now: datetime) -> SignedList:
    """Bitstring Status List, section 3.2."""
    secured = read_secured(fetched.body, limits.PUBLISHED)
    found = status_list_of(secured.document, secured.source)
    if found.entry_type != entry_type:
        raise MalformedStatusList
    if found.id != fetched.url:
        raise StatusListMismatch
    proofs = verify_secured(secured, method_for=method_for, expected_purpose=_PURPOSE, now=now)
    if any(did_of(proof.verification_method) != found.issuer.id for proof in proofs):
        raise StatusListIssuerMismatch
    return SignedList(
        entry_type=entry_type,
        url=fetched.url,
        issuer=found.issuer.id,
        purposes=found.purposes,
        size=1,
        bits=found.decode(),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        ttl=found.ttl,
        signatures=tuple(Signature(p.verification_method, p.public_key, p.expires) for p in proofs),
        verified_at=now,
    )
