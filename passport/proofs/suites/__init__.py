"""The cryptosuites: a small record each, one file a family.

A new suite is a record in the file of its family, and nothing else. A suite of one's own need not be listed
here: `add_proof` and `verify_proofs` take records as well.
"""

from collections.abc import Mapping

from passport.proofs.suites import ecdsa, ecdsa_sd, eddsa
from passport.proofs.suites.ecdsa import ECDSA_JCS_2019, ECDSA_RDFC_2019
from passport.proofs.suites.ecdsa_sd import ECDSA_SD_2023
from passport.proofs.suites.eddsa import ED25519_SIGNATURE_2020, EDDSA_JCS_2022, EDDSA_RDFC_2022
from passport.proofs.suites.suite import Suite, Unsecured

__all__ = [
    "ECDSA_JCS_2019",
    "ECDSA_RDFC_2019",
    "ECDSA_SD_2023",
    "ED25519_SIGNATURE_2020",
    "EDDSA_JCS_2022",
    "EDDSA_RDFC_2022",
    "READABLE",
    "SUITES",
    "Suite",
    "Unsecured",
]

SUITES: Mapping[str, Suite] = {
    suite.cryptosuite: suite for family in (eddsa, ecdsa, ecdsa_sd) for suite in family.SUITES
}
"""What proofs are made with, by cryptosuite; all of them are accepted."""

READABLE = (*SUITES.values(), ED25519_SIGNATURE_2020)
"""What is accepted: what we make, and what older badges bear."""
