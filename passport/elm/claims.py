"""Claims of a European Digital Credential: what was achieved, who awarded it, which skills it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from passport import limits
from passport.elm.members import identifier, in_language, many, moment, notation, one
from passport.errors.elm import MalformedElm, TooManyInElm
from passport.json import JsonObject

ESCO_SKILL = "http://data.europa.eu/esco/skill/"
NON_FORMAL = "http://data.europa.eu/snb/learning-setting/e207a81fc7"
"""ELM's concept of non-formal learning, as the Commission's sample of a micro-credential has it."""
_ACHIEVEMENT = "LearningAchievement"


@dataclass(frozen=True, slots=True)
class AwardedSkill:
    """A skill that a learning outcome names (`relatedESCOSkill`, `relatedSkill`)."""

    id: str
    name: str
    esco: bool
    outcome: str
    """The learning outcome that names it."""


@dataclass(frozen=True, slots=True)
class LearningClaim:
    """One thing that the person is said to have achieved, done or been assessed in."""

    kind: str
    title: str
    awarding_body: str | None
    awarded: datetime | None
    level: str | None
    """Of the European Qualifications Framework, as the document words it."""
    credits: str | None
    outcomes: tuple[str, ...]
    skills: tuple[AwardedSkill, ...]
    specified_by: tuple[str, ...]
    """Identifiers of the qualification or learning achievement specification."""
    non_formal: bool = False
    """Whether the specification says that it is non-formal learning."""


def read_claims(subject: JsonObject) -> tuple[LearningClaim, ...]:
    """All claims of `credentialSubject.hasClaim`, the parts of each behind it.

    Raises:
        MalformedElm, TooManyInElm
    """
    found: list[LearningClaim] = []
    for claim in _with_parts(subject, "hasClaim", depth=1):
        found.append(_read(claim))
        if len(found) > limits.ELM.claims:
            raise TooManyInElm(member="hasClaim", limit=limits.ELM.claims)
    if sum(len(claim.skills) for claim in found) > limits.ELM.skills:
        raise TooManyInElm(member="relatedSkill", limit=limits.ELM.skills)
    return tuple(found)


def _with_parts(source: JsonObject, member: str, depth: int) -> Iterator[JsonObject]:
    for each in many(source, member):
        if depth > limits.ELM.depth:
            raise TooManyInElm(member=member, limit=limits.ELM.depth)
        yield each
        yield from _with_parts(each, "hasPart", depth + 1)


def _read(claim: JsonObject) -> LearningClaim:
    kind = claim.get("type")
    if not isinstance(kind, str):
        raise MalformedElm(member="type")
    title = in_language(claim, "title")
    if title is None:
        raise MalformedElm(member="title")
    awarded = one(claim, "awardedBy")
    specifications = many(claim, "specifiedBy")
    outcomes = [outcome for each in specifications for outcome in many(each, "learningOutcome")]
    body = None if awarded is None else one(awarded, "awardingBody")
    return LearningClaim(
        kind=kind[: limits.ELM.text],
        title=title,
        awarding_body=in_language(body, "legalName"),
        awarded=moment(awarded, "awardingDate"),
        level=next((level for each in specifications if (level := _level(each))), None),
        credits=next((points for each in specifications if (points := _credits(each))), None),
        outcomes=tuple(_outcome_title(each) for each in outcomes),
        skills=tuple(skill for each in outcomes for skill in _skills(each)) if kind == _ACHIEVEMENT else (),
        specified_by=tuple(name for each in specifications if (name := identifier(each))),
        non_formal=any(
            identifier(setting) == NON_FORMAL
            for each in specifications
            for setting in many(each, "learningSetting")
        ),
    )


def _level(specification: JsonObject) -> str | None:
    for member in ("eqfLevel", "EQFLevel"):
        level = one(specification, member)
        if level is not None:
            return in_language(level, "prefLabel") or notation(level, "notation")
    return None


def _credits(specification: JsonObject) -> str | None:
    """Points and their framework: `2 European Credit Transfer System`."""
    given = one(specification, "creditPoint")
    if given is None:
        return None
    words = (notation(given, "point"), in_language(one(given, "framework"), "prefLabel"))
    return " ".join(word for word in words if word) or None


def _outcome_title(outcome: JsonObject) -> str:
    title = in_language(outcome, "title")
    if title is None:
        raise MalformedElm(member="learningOutcome")
    return title


def _skills(outcome: JsonObject) -> Iterator[AwardedSkill]:
    """A concept without an identifier is a word only: it names no skill of a taxonomy."""
    for member in ("relatedESCOSkill", "relatedSkill"):
        for concept in many(outcome, member):
            name = identifier(concept)
            if name is not None:
                label = in_language(concept, "prefLabel") or name
                yield AwardedSkill(name, label, name.startswith(ESCO_SKILL), _outcome_title(outcome))
