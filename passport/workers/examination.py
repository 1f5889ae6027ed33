"""A worker's task: verify one document, weigh what it shows, and say it all in plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from passport.answers import Answer, Check
from passport.certificate_chains import NativeCertificates
from passport.credentials import Credential, Endorsement
from passport.credentials.digest import CREDENTIAL_MEDIA_TYPES
from passport.documents import DocumentCache
from passport.evidence import SkillEvidence, weigh
from passport.json import JsonObject
from passport.limits import TIME
from passport.texts import Language, render_reason, shared
from passport.trust import TrustStore, open_trust_lists
from passport.verification import (
    Context,
    CredentialReport,
    EndorsementReport,
    VerifiedCredential,
    VerifiedEndorsement,
    verify_credential,
    verify_endorsement,
    verify_presentation,
)
from passport.workers.documents import fetched
from passport.workers.items import Plain
from passport.workers.kinds import Kind, kind_of

TASK = f"{__name__}:Examination"


@dataclass(frozen=True, slots=True)
class Expected:
    """What every document of one run is held to."""

    now: datetime
    challenge: str | None = None
    domain: str | None = None
    trust: tuple[bytes, ...] = ()
    """Trust lists as their publishers signed them; each worker verifies them itself."""
    publishers: tuple[str, ...] = ()
    """Those that were chosen; lists of their delegates may be among the others."""
    language: Language = Language.EN
    last_seen: Mapping[str, datetime] = field(default_factory=dict)
    """The newest `validFrom` that was ever relied on, by the address of a status list."""
    authorities: tuple[bytes, ...] = ()
    """Certificates of authorities that are trusted to know issuers without a DID, as DER."""
    lifetime: int = TIME.presentation_lifetime
    """Seconds for which a presentation without a challenge may be made: longer behind a link (way D)."""

    def plain(self) -> Plain:
        return (
            self.now.timestamp(),
            self.challenge,
            self.domain,
            list(self.trust),
            list(self.publishers),
            str(self.language),
            {url: moment.timestamp() for url, moment in self.last_seen.items()},
            list(self.authorities),
            self.lifetime,
        )

    @classmethod
    def read(cls, values: Plain) -> "Expected":
        now, challenge, domain, trust, publishers, language, last_seen, authorities, lifetime = values
        return cls(
            datetime.fromtimestamp(now, UTC),
            challenge,
            domain,
            tuple(trust),
            tuple(publishers),
            Language(language),
            {url: datetime.fromtimestamp(moment, UTC) for url, moment in last_seen.items()},
            tuple(authorities),
            lifetime,
        )


class Examination:
    """The task.

    An outcome is the report, the addresses of documents that would tell more, and when the status lists that
    were relied on began to be valid.
    """

    def __init__(self, setup: Plain) -> None:
        self._expected = Expected.read(setup)
        self._documents = DocumentCache()
        self._trust: TrustStore | None = None
        self._certificates = NativeCertificates(self._expected.authorities)

    def share(self, found: Plain) -> None:
        self._documents.put(fetched(found))

    def work(self, item: Plain) -> Plain:
        """Raises PassportError where the document can't even be read."""
        self._documents.wanted.clear()
        context = Context(
            self._documents,
            self._expected.now,
            last_seen_status=self._expected.last_seen,
            certificates=self._certificates,
        )
        examine = {
            Kind.CREDENTIAL: self._credential,
            Kind.ENDORSEMENT: self._endorsement,
            Kind.PRESENTATION: self._presentation,
        }
        report, seen = examine[kind_of(item)](item, context)
        return report, sorted(self._documents.wanted), {url: at.timestamp() for url, at in seen.items()}

    def _credential(self, source: bytes, context: Context) -> tuple[JsonObject, Mapping[str, datetime]]:
        report = verify_credential(source, context)
        skills = self._skills([report.credential] if report.credential else [])
        said: JsonObject = {
            "kind": "credential",
            "form": str(report.parsed.form) if report.parsed else None,
            "answer": str(report.answer),
            "names": [name_of(report.parsed)] if report.credential and report.parsed else [],
            "issuers": [report.parsed.issuer.id] if report.credential and report.parsed else [],
            "checks": self._said(report.checks),
            "skills": skills,
        }
        return said, report.status_seen

    def _endorsement(self, source: bytes, context: Context) -> tuple[JsonObject, Mapping[str, datetime]]:
        """One without the claim that it confirms: genuine or not, alone it is no proof of any skill."""
        report = verify_endorsement(source, context)
        genuine = report.endorsement.endorsement if report.endorsement else None
        said: JsonObject = {
            "kind": "endorsement",
            "form": str(report.parsed.form) if report.parsed else None,
            "answer": str(report.answer),
            "names": [genuine.name or ""] if genuine else [],
            "issuers": [genuine.issuer.id] if genuine else [],
            "endorses": genuine.subject_id if genuine else None,
            "builds_on": _builds_on(genuine) if genuine else [],
            "note": shared().say(_note(genuine), self._expected.language),
            "checks": self._said(report.checks),
            "skills": [],
        }
        return said, report.status_seen

    def _presentation(self, source: bytes, context: Context) -> tuple[JsonObject, Mapping[str, datetime]]:
        shown = verify_presentation(
            source,
            context,
            expected_challenge=self._expected.challenge,
            expected_domain=self._expected.domain,
            lifetime=timedelta(seconds=self._expected.lifetime),
        )
        presented = shown.presentation
        genuine = presented.credentials if presented else ()
        said: JsonObject = {
            "kind": "presentation",
            "answer": str(shown.answer),
            "names": [name_of(each.credential) for each in genuine],
            "issuers": [each.credential.issuer.id for each in genuine],
            "checks": self._said(shown.checks),
            "credentials": [self._shown(report) for report in shown.credentials],
            "endorsements": [self._endorsed(report) for report in shown.endorsements],
            "skills": self._skills(genuine, presented.endorsements if presented else (), shown.holder),
        }
        return said, shown.status_seen

    def _endorsed(self, report: EndorsementReport) -> JsonObject:
        """One beside the badges; what it confirms is among the skills."""
        parsed = report.parsed
        return {
            "issuer": None if parsed is None else parsed.issuer.id,
            "form": None if parsed is None else str(parsed.form),
            "answer": str(report.answer),
            "checks": self._said(report.checks),
        }

    def _shown(self, report: CredentialReport) -> JsonObject:
        """One of a presentation, under its own name; of one that can't be read there is none."""
        parsed = report.parsed
        return {
            "name": None if parsed is None else name_of(parsed),
            "issuer": None if parsed is None else parsed.issuer.id,
            "form": None if parsed is None else str(parsed.form),
            "answer": str(report.answer),
            "checks": self._said(report.checks),
        }

    def _said(self, checks: Sequence[Check]) -> list[JsonObject]:
        return [
            {
                "number": check.number,
                "code": check.code,
                "answer": str(check.answer),
                "reason": check.reason.code,
                "text": self._sentence(check),
            }
            for check in checks
        ]

    def _sentence(self, check: Check) -> str:
        """What was found; where all is in order, what was looked at."""
        if check.reason.code == "in_order":
            return shared().say(check.code, self._expected.language)
        return render_reason(check.reason, self._expected.language)

    def _skills(
        self,
        genuine: Sequence[VerifiedCredential],
        endorsements: Sequence[VerifiedEndorsement] = (),
        holder: str | None = None,
    ) -> list[JsonObject]:
        if not genuine:
            return []
        weighed = weigh(
            genuine, trust=self.trust, now=self._expected.now, holder=holder, endorsements=endorsements
        )
        return [self._skill(skill) for skill in weighed]

    def _skill(self, skill: SkillEvidence) -> JsonObject:
        return {
            "skill": skill.skill,
            "label": skill.label,
            "strength": str(skill.strength),
            "answer": str(skill.answer),
            "reasons": [render_reason(reason, self._expected.language) for reason in skill.reasons],
        }

    @property
    def trust(self) -> TrustStore:
        """Who is recognised as what; made at the first need, when the documents for it are here."""
        if self._trust is None:
            context = Context(self._documents, self._expected.now)
            self._trust = open_trust_lists(
                self._expected.trust, context=context, expected_publishers=self._expected.publishers
            )
        return self._trust


def _builds_on(endorsement: Endorsement) -> list[JsonObject]:
    """The credentials that an endorsement names by their digests."""
    return [
        {"id": each.id, "digestMultibase": each.digest_multibase}
        for each in endorsement.related_resources
        if each.media_type in CREDENTIAL_MEDIA_TYPES
    ]


def _note(endorsement: Endorsement | None) -> str:
    """What an endorsement without its claim is: said in words, since its checks speak of itself alone."""
    if endorsement is None:
        return "endorsement_not_genuine"
    return "endorsement_alone" if _builds_on(endorsement) else "endorsement_of_nothing"


def name_of(credential: Credential) -> str:
    return credential.name or credential.subject.achievement.name


def good(report: JsonObject) -> bool:
    return bool(report["answer"] == Answer.YES)
