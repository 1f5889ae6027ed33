"""Verification: the only producer of VerifiedCredential, VerifiedEndorsement and VerifiedPresentation.

Verification reads as numbered lists (`genuine`, `presentation`) and never raises for what a stranger wrote:
every check ends in yes, no or cannot tell, with its reason. Documents that are missing are listed by
the `Documents` port; the host fetches them and verifies again.
"""

from passport.verification.context import Context
from passport.verification.credential import CredentialReport, verify_credential
from passport.verification.endorsement import EndorsementReport, verify_endorsement
from passport.verification.presentation import PresentationReport, verify_presentation
from passport.verification.verified import VerifiedCredential, VerifiedEndorsement, VerifiedPresentation

__all__ = [
    "Context",
    "CredentialReport",
    "EndorsementReport",
    "PresentationReport",
    "VerifiedCredential",
    "VerifiedEndorsement",
    "VerifiedPresentation",
    "verify_credential",
    "verify_endorsement",
    "verify_presentation",
]
