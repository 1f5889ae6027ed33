"""Who is recognised as what: signed trust lists, and the store that asks them."""

from passport.trust.entry import Revocation, TrustEntry
from passport.trust.opening import open_trust_lists
from passport.trust.recognition import Recognised, Recognition, RecognitionClass, counted, in_order, word_of
from passport.trust.standing import Delegation, Standing
from passport.trust.store import NO_TRUST, Delegator, RecognitionFound, TrustStore, check_newer
from passport.trust.trust_list import (
    TrustList,
    VerifiedTrustList,
    build_trust_list,
    parse_trust_list,
    verify_trust_list,
)

__all__ = [
    "NO_TRUST",
    "Delegation",
    "Delegator",
    "Recognised",
    "Recognition",
    "RecognitionClass",
    "RecognitionFound",
    "Revocation",
    "Standing",
    "TrustEntry",
    "TrustList",
    "TrustStore",
    "VerifiedTrustList",
    "build_trust_list",
    "check_newer",
    "counted",
    "in_order",
    "open_trust_lists",
    "parse_trust_list",
    "verify_trust_list",
    "word_of",
]
