"""Verification: the only producer of VerifiedCredential and VerifiedPresentation.

`verify_credential` and `verify_presentation` read as numbered lists and never raise for what a stranger
wrote: every check ends in yes, no or cannot tell, with its reason. Documents that are missing are listed by
the `Documents` port; the host fetches them and verifies again.
"""

from passport.verification.context import Context
from passport.verification.credential import CredentialReport, verify_credential
from passport.verification.presentation import PresentationReport, verify_presentation
from passport.verification.verified import VerifiedCredential, VerifiedPresentation

__all__ = [
    "Context",
    "CredentialReport",
    "PresentationReport",
    "VerifiedCredential",
    "VerifiedPresentation",
    "verify_credential",
    "verify_presentation",
]
