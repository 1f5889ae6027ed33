"""The suites with Ed25519 (Data Integrity EdDSA Cryptosuites 1.0).

eddsa-rdfc-2022: section 3.2. eddsa-jcs-2022: section 3.3. Ed25519Signature2020: appendix.
"""

from passport.keys import KeyType
from passport.proofs.suites.suite import Suite
from passport.proofs.suites.transforms import jcs, rdfc

_ED25519 = frozenset({KeyType.ED25519})

EDDSA_RDFC_2022 = Suite(
    cryptosuite="eddsa-rdfc-2022", transform=rdfc, key_types=_ED25519, keeps_context=False
)
EDDSA_JCS_2022 = Suite(cryptosuite="eddsa-jcs-2022", transform=jcs, key_types=_ED25519, keeps_context=True)

ED25519_SIGNATURE_2020 = Suite(
    cryptosuite="",
    transform=rdfc,
    key_types=_ED25519,
    keeps_context=False,
    proof_type="Ed25519Signature2020",
)
"""The predecessor of eddsa-rdfc-2022, on older badges: for reading, never for signing."""

SUITES = (EDDSA_RDFC_2022, EDDSA_JCS_2022)
