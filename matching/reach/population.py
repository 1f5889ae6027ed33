"""Made-up people whose work lies near a profile, and what they could prove. Nobody of them exists.

Proof belongs to people and not to single skills: an employer confirms somebody's work, an assessor looks at
somebody's experience. So each demand on proof keeps out other people. The shares are assumptions, chosen to
be simple and said with every result; no survey stands behind them.
Only `Random.random` is used, whose numbers are the same on every host and version of Python.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from matching.score import rank
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from passport.answers import Answer
from passport.evidence.kinds import EvidenceState, Method, Strength
from passport.evidence.link import Link, SkillEvidence
from passport.trust import Recognition

_MONTH = timedelta(days=30.4375)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Who the made-up people are. Shares between 0 and 1."""

    occupations: int = 10
    """They work in one of so many occupations, those closest to the profile."""
    has_essential: float = 0.85
    """Of the essential skills of their work."""
    has_optional: float = 0.4
    """Of the optional ones."""
    learned_elsewhere: float = 0.1
    """Of the skills asked that are not part of their work: from earlier work, or from life."""
    diploma: float = 0.4
    """Have a diploma that names the essential skills of their work."""
    confirmed: float = 0.35
    """Have an employer who confirmed their work, with records of it."""
    validated: float = 0.1
    """Were assessed by a recognised validator."""
    covered: float = 0.9
    """Of the skills of somebody who was confirmed or assessed: so many are in it."""
    diploma_years: int = 35
    """A diploma is at most so old, evenly spread."""
    record_years: int = 8
    highest_level: int = 6
    """Levels are spread evenly from 1."""


ASSUMED = Assumptions()


@dataclass(frozen=True, slots=True)
class Someone:
    """One made-up person: what they could prove of the skills that are asked."""

    evidence: tuple[SkillEvidence, ...]


def people(
    asked: Collection[str],
    taxonomy: Taxonomy,
    *,
    count: int,
    seed: int,
    now: datetime,
    assumed: Assumptions = ASSUMED,
) -> Iterator[Someone]:
    """So many people, the same for the same seed; every person draws the same number of times."""
    chance = Random(seed)  # noqa: S311  # made-up people, no secret
    near = rank(asked, taxonomy)[: assumed.occupations]
    skills = sorted(set(asked))
    for _ in range(count):
        occupation = near[int(chance.random() * len(near))].occupation
        essential = set(taxonomy.skills_of(occupation, Grade.ESSENTIAL))
        optional = {
            skill
            for grade in Grade
            if grade is not Grade.ESSENTIAL
            for skill in taxonomy.skills_of(occupation, grade)
        }
        graduate, years = chance.random() < assumed.diploma, chance.random()
        confirmed, validated = chance.random() < assumed.confirmed, chance.random() < assumed.validated
        found = []
        for skill in skills:
            has, proof, age, level = (chance.random() for _ in range(4))
            part = skill in essential
            share = assumed.has_essential if part else assumed.learned_elsewhere
            share = assumed.has_optional if skill in optional else share
            if has < share:
                schooled, covered = graduate and part, proof < assumed.covered
                backing = _VALIDATED if validated else _RECORD if confirmed else _OWN
                found.append(
                    _evidence(
                        skill,
                        _DIPLOMA if schooled else backing if covered else _OWN,
                        12 * (years * assumed.diploma_years if schooled else age * assumed.record_years),
                        1 + int(level * assumed.highest_level),
                        now,
                    )
                )
        yield Someone(tuple(found))


@dataclass(frozen=True, slots=True)
class _Proof:
    rule: str
    strength: Strength
    recognised: Recognition | None


_DIPLOMA = _Proof("diploma", Strength.HARD, Recognition.EDUCATOR)
_RECORD = _Proof("work-record", Strength.SEMI_HARD, Recognition.EMPLOYER)
_VALIDATED = _Proof("independent-assessment", Strength.HARD, Recognition.VALIDATOR)
_OWN = _Proof("holder", Strength.SOFT, None)


def _evidence(skill: str, proof: _Proof, months: float, level: int, now: datetime) -> SkillEvidence:
    recognised = frozenset() if proof.recognised is None else frozenset({proof.recognised})
    date = now - months * _MONTH
    link = Link(
        credential_id="urn:synthetic",
        credential_digest="",
        issuer="urn:synthetic",
        issuer_name="",
        signer="urn:synthetic",
        rule=proof.rule,
        ceiling=proof.strength,
        certain=proof.strength,
        method=Method.SELF_REPORT if proof.recognised is None else None,
        evidence_state=EvidenceState.NOT_SHOWN,
        digests=frozenset(),
        date=date,
        age_months=int(months),
        level=level,
        standing=Answer.YES,
        recognised_as=recognised,
        recognised_certainly=recognised,
        same_evidence=False,
        reasons=(),
        raise_by=(),
    )
    return SkillEvidence(
        skill=skill,
        label="",
        framework=None,
        strength=proof.strength,
        answer=Answer.YES,
        strength_without=proof.strength,
        links=(link,),
        reasons=(),
        raise_by=(),
        obtained=date,
        level=level,
        signers=1,
        records=0,
    )
