"""The names that credentials are written with: contexts, types, members."""

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_VERSIONS = frozenset(
    {
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        OPEN_BADGES,
    }
)

VERIFIABLE_CREDENTIAL = "VerifiableCredential"
VERIFIABLE_PRESENTATION = "VerifiablePresentation"
ENVELOPED_CREDENTIAL = "EnvelopedVerifiableCredential"
OPEN_BADGE_TYPES = frozenset({"AchievementCredential", "OpenBadgeCredential"})
ENDORSEMENT_CREDENTIAL = "EndorsementCredential"
BITSTRING_ENTRY = "BitstringStatusListEntry"
STATUS_LIST_2021_ENTRY = "StatusList2021Entry"
REVOCATION_LIST_ENTRY = "1EdTechRevocationList"
TOKEN_STATUS_LIST_ENTRY = "TokenStatusList"  # noqa: S105 - a type, no secret

CLASSES = frozenset(
    {
        VERIFIABLE_CREDENTIAL,
        VERIFIABLE_PRESENTATION,
        "AchievementSubject",
        "EndorsementSubject",
        "Achievement",
        "Alignment",
        "Evidence",
        "Profile",
        "Related",
        "Result",
        "ResultDescription",
        "RubricCriterionLevel",
        BITSTRING_ENTRY,
        STATUS_LIST_2021_ENTRY,
        REVOCATION_LIST_ENTRY,
        TOKEN_STATUS_LIST_ENTRY,
    }
)
"""Classes that say different things about what they describe; one object is of one of them."""
