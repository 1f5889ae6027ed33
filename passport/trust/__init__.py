"""Who is recognised as what: signed trust lists, and the store that asks them."""

from passport.trust.members import Members
from passport.trust.statement import verify_statement
from passport.trust.store import NO_TRUST, RecognitionFound, TrustStore
from passport.trust.trust_list import (
    Recognition,
    TrustEntry,
    TrustList,
    VerifiedTrustList,
    build_trust_list,
    parse_trust_list,
    verify_trust_list,
)

__all__ = [
    "NO_TRUST",
    "Members",
    "Recognition",
    "RecognitionFound",
    "TrustEntry",
    "TrustList",
    "TrustStore",
    "VerifiedTrustList",
    "build_trust_list",
    "parse_trust_list",
    "verify_statement",
    "verify_trust_list",
]
