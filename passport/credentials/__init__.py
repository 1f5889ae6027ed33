"""Credentials and presentations as typed values: Open Badges 3.0 on VC Data Model 2.0 (1.1 is read as well).

Parsed once, from bytes or a JSON object, into frozen values; the document is kept as it came. Nothing here
says that a credential is genuine: that is `passport.verification`.
"""

from passport.credentials.achievement import Achievement, Alignment, ResultDescription, RubricCriterionLevel
from passport.credentials.credential import Credential, parse_credential
from passport.credentials.digest import credential_digest
from passport.credentials.endorsement import Endorsement, parse_endorsement
from passport.credentials.evidence import Evidence, RelatedResource
from passport.credentials.form import Form
from passport.credentials.presentation import Presentation, parse_presentation
from passport.credentials.profile import Profile
from passport.credentials.status_entry import StatusEntry, status_entry
from passport.credentials.subject import AchievementSubject, Result
from passport.credentials.verifiable_credential import VerifiableCredential

__all__ = [
    "Achievement",
    "AchievementSubject",
    "Alignment",
    "Credential",
    "Endorsement",
    "Evidence",
    "Form",
    "Presentation",
    "Profile",
    "RelatedResource",
    "Result",
    "ResultDescription",
    "RubricCriterionLevel",
    "StatusEntry",
    "VerifiableCredential",
    "credential_digest",
    "parse_credential",
    "parse_endorsement",
    "parse_presentation",
    "status_entry",
]
