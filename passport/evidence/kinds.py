"""The words of evidence: strength, method, state of a record, kind of proof."""

from enum import StrEnum


class Strength(StrEnum):
    """How well a claim is proven; ordered. Nothing to do with the kind of skill (occupational or generic)."""

    SOFT = "soft"
    SEMI_HARD = "semi-hard"
    HARD = "hard"

    @property
    def rank(self) -> int:
        return _RANK[self.value]

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Strength) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, Strength) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, Strength) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, Strength) else NotImplemented


_RANK = {"soft": 0, "semi-hard": 1, "hard": 2}


class Method(StrEnum):
    """How it was established (`evidence[].genre`): the signer says it, the rules say what it counts for."""

    EXAMINATION = "examination"
    ASSESSMENT = "assessment"
    VALIDATION = "validation"
    OBSERVATION = "observation"
    WORK_RECORD = "work-record"
    SELF_REPORT = "self-report"
    DERIVED = "derived"


AT_WORK = frozenset({Method.WORK_RECORD, Method.OBSERVATION})
ASSESSED = frozenset({Method.ASSESSMENT, Method.VALIDATION, Method.EXAMINATION})
"""An exam body is a recognised validator, and an examination is its way to assess."""


class EvidenceState(StrEnum):
    """What is known of a record: the signer bound it by a digest or not, and its file was seen or not."""

    MATCHES = "matches"
    NOT_SHOWN = "not-shown"
    """Bound by the signer; the file stays with the holder, who need not hand over time sheets."""
    UNREACHABLE = "unreachable"
    """Bound, asked for, and it could not be fetched."""
    CHANGED = "changed"
    UNBOUND = "unbound"
    FALLEN = "fallen"
    """Another credential, shown: revoked, expired, about somebody else, or resting on nothing that holds."""
    HIDDEN = "hidden"
    """Another credential, not shown: nobody can say whether it holds."""
    UNCERTAIN = "uncertain"
    """Another credential, shown; whether it is in force can't be checked."""


class SignedBy(StrEnum):
    HOLDER = "holder"
    UNKNOWN = "unknown"
    RELATED = "related"
    """Employer, work-placement company, supervisor, adviser."""
    INDEPENDENT = "independent"


class Assessor(StrEnum):
    """Who assessed, as `AchievementSubject.source` says."""

    UNNAMED = "unnamed"
    HOLDER = "holder"
    RELATED = "related"
    INDEPENDENT = "independent"


FORMAL_PROOF = frozenset(
    {
        "ApprenticeshipCertificate",
        "AssociateDegree",
        "BachelorDegree",
        "Certificate",
        "Certification",
        "Degree",
        "Diploma",
        "DoctoralDegree",
        "GeneralEducationDevelopment",
        "JourneymanCertificate",
        "License",
        "MasterCertificate",
        "MasterDegree",
        "MicroCredential",
        "ProfessionalDoctorate",
        "ResearchDoctorate",
        "SecondarySchoolDiploma",
    }
)
"""`achievementType` (Open Badges 3.0, B.2.1) of a diploma, certificate or micro-credential.

A CertificateOfCompletion says that somebody was there, not what was shown.
"""

LABELS = {f"evidence-strength:{strength}": strength for strength in Strength}
"""`Achievement.tag` by which a signer calls its own proof weaker; it can't call it stronger."""

PASSED = frozenset({None, "Completed"})
"""`Result.status` (Open Badges 3.0, B.2.4) that counts as an outcome: absent or Completed."""
