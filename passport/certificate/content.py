"""What a certificate says, taken from the credential alone and put into a language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any, Final

from passport.certificate.plain import one_line, several_lines
from passport.credentials import AchievementSubject, Credential, Form
from passport.credentials.credential import credential_of
from passport.credentials.enveloped import MEDIA_TYPES
from passport.dids import host_of
from passport.securing import read_secured
from passport.texts import Catalogue, Language
from passport.texts.days import day_in_words

TEXTS: Final = Catalogue(files("passport.certificate.texts"))
_KNOWN_TYPES = frozenset(
    {
        *("Assessment", "Award", "Badge", "Certificate", "Competency", "Course", "Degree", "Diploma"),
        *("License", "MicroCredential", "QualityAssuranceCredential"),
    }
)
_METHODS = frozenset(
    {
        *("examination", "assessment", "validation", "observation", "work-record", "self-report", "derived"),
    }
)
_NAME_TYPES = frozenset({"name", "ext:name", "fullName"})
_MOST = 64
"""Skills, results and pieces of evidence that are printed of each; the file inside has them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something with a second line in small letters."""

    text: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """All texts are on one line and fit to print, but for `description`, `criteria` and `narrative`."""

    language: Language
    title: str
    kind: str
    issuer: str
    issuer_host: str
    """The host of the DID, or its beginning and end: what the issuer's name can be checked by."""
    issuer_id: str
    holder: str
    """The name in the credential, "" for one that is bound to a key alone."""
    holder_id: str
    skills: tuple[Line, ...]
    more_skills: int
    description: str
    criteria: str
    narrative: str
    results: tuple[Line, ...]
    proven: tuple[Line, ...]
    awarded: str
    awarded_at: datetime
    valid_until: str
    """A day, or that there is none."""
    ends: bool
    license_number: str
    number: str
    form: Form
    source: bytes = field(repr=False)

    def say(self, code: str, **values: str | int) -> str:
        return TEXTS.say(code, self.language, values)

    @property
    def media_type(self) -> str:
        return "application/vc" if self.form is Form.LDP_VC else MEDIA_TYPES[self.form]


def certificate_of(source: bytes, language: Language, *, holder: str = "") -> Certificate:
    """Read a credential for people.

    Args:
        source: the signed credential, in any form.
        language: of the words around what it says.
        holder: a name that is printed where the credential has none, as its holder wrote it.

    Raises:
        Invalid: it is no Open Badge that can be read.
    """
    secured = read_secured(source)
    credential = credential_of(secured.document, secured.source, secured.form)
    subject, achievement = credential.subject, credential.subject.achievement
    awarded = credential.awarded_date or subject.activity_end or credential.valid_from
    assert awarded is not None  # an Open Badge has a validFrom
    issuer = one_line(credential.issuer.name or "") or host_of(credential.issuer.id)
    return Certificate(
        language=language,
        title=one_line(achievement.name),
        kind=kind_in_words(achievement.achievement_type, language),
        issuer=issuer,
        issuer_host=one_line(host_of(credential.issuer.id)),
        issuer_id=one_line(credential.issuer.id),
        holder=one_line(_name(secured.document) or holder),
        holder_id=one_line(subject.id or ""),
        skills=tuple(
            Line(one_line(each.target_name), one_line(each.target_framework or ""))
            for each in achievement.alignments[:_MOST]
        ),
        more_skills=max(0, len(achievement.alignments) - _MOST),
        description=several_lines(achievement.description),
        criteria=several_lines(achievement.criteria_narrative or achievement.criteria_id or ""),
        narrative=several_lines(subject.narrative or ""),
        results=tuple(_results(subject))[:_MOST],
        proven=tuple(_proven(credential, language))[:_MOST],
        awarded=day_in_words(awarded, language),
        awarded_at=awarded,
        valid_until=_until(credential.valid_until, language),
        ends=credential.valid_until is not None,
        license_number=one_line(subject.license_number or ""),
        number=one_line(credential.id or ""),
        form=secured.form,
        source=secured.source,
    )


def _until(moment: datetime | None, language: Language) -> str:
    return TEXTS.say("valid-always", language) if moment is None else day_in_words(moment, language)


def kind_in_words(achievement_type: str | None, language: Language) -> str:
    """What kind of document it is, for people; one that we do not know is a badge."""
    known = achievement_type if achievement_type in _KNOWN_TYPES else "Badge"
    return TEXTS.say(f"kind-{known}", language)


def _results(subject: AchievementSubject) -> Iterator[Line]:
    described = {each.id: each for each in subject.achievement.result_descriptions}
    for result in subject.results:
        about = described.get(result.result_description or "")
        level = next(
            (one for each in described.values() for one in each.levels if one.id == result.achieved_level),
            None,
        )
        text = one_line((level.name if level else None) or result.value or "")
        if text:
            yield Line(text, one_line(about.name) if about else "")


def _proven(credential: Credential, language: Language) -> Iterator[Line]:
    """The way in words that are known; what stands in the evidence itself beside it, in its own words."""
    for each in credential.evidence:
        genre = (each.genre or "").strip()
        known = TEXTS.say(f"proven-{genre}", language) if genre in _METHODS else one_line(genre)
        told = " - ".join(filter(None, (one_line(each.name or ""), one_line(each.narrative or ""))))
        text = known or one_line(each.name or "") or TEXTS.say("proven-record", language)
        yield Line(text, told if told != text else "")


def _name(document: dict[str, Any]) -> str:
    """A name that the issuer signed: an IdentityObject of type name that is not hashed (B.1.14)."""
    found = document.get("credentialSubject", {}).get("identifier")
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, dict) and each.get("identityType") in _NAME_TYPES and not each.get("hashed"):
            name = each.get("identityHash")
            if isinstance(name, str):
                return name
    return ""
