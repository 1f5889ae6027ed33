"""The suites with P-256 and P-384 (Data Integrity ECDSA Cryptosuites 1.0, sections 3.2 and 3.3).

Every signature (r, s) has a twin (r, n - s) that is as good. FIPS 186-5 and the specification prefer
neither and other implementations write both, so both are accepted: a proof value does not identify a proof.
"""

from passport.keys import KeyType
from passport.proofs.suites.suite import Suite
from passport.proofs.suites.transforms import jcs, rdfc

_NIST_CURVES = frozenset({KeyType.P256, KeyType.P384})

ECDSA_RDFC_2019 = Suite(
    cryptosuite="ecdsa-rdfc-2019", transform=rdfc, key_types=_NIST_CURVES, keeps_context=False
)
ECDSA_JCS_2019 = Suite(
    cryptosuite="ecdsa-jcs-2019", transform=jcs, key_types=_NIST_CURVES, keeps_context=True
)

SUITES = (ECDSA_RDFC_2019, ECDSA_JCS_2019)
