"""Skills that follow from a diploma: what may be ticked and why, and the claim of what was ticked.

The claim is the holder's own and has the genre `derived`, so it is soft whatever it rests on. It binds the
file, or names the credential that it derives from by the digest of what its issuer signed.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from passport.answers import Reason
from passport.credentials import Form
from passport.credentials.build import achievement_credential
from passport.credentials.digest import credential_digest
from passport.credentials.enveloped import MEDIA_TYPES
from passport.evidence.derived import (
    DerivedSkill,
    from_badge,
    from_european,
    from_map,
    from_occupation,
    together,
)
from passport.evidence.kinds import Method
from passport.json import JsonObject, dump
from passport.proofs import add_proof
from wallet.core import limits
from wallet.core.accept import Examined, examine, keep
from wallet.core.imported import Imported
from wallet.core.learning_route import LearningRoute, learning_route
from wallet.core.plain_text import plain_text
from wallet.core.shelf import Kept
from wallet.core.skill_maps import skill_maps
from wallet.core.wallet import Wallet
from wallet.errors import NothingChosen
from wallet.errors_imports import NotDerivedHere

Say = Callable[[Reason], str]
"""Renders a reason in the language that the claim is written in."""

_TEXTS = {
    "nl": (
        "Afgeleid van {title}",
        "Vaardigheden die iemand afleidt uit een diploma of bewijs.",
        "Afgeleid door de persoon zelf. Niemand heeft gekeken of de persoon dit kan.",
    ),
    "en": (
        "Derived from {title}",
        "Skills that somebody derives from a diploma or credential.",
        "Derived by the person. Nobody looked whether the person can do it.",
    ),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What skills are derived from: a file in the wallet, or a credential in it."""

    evidence_id: str
    title: str
    institution: str
    date: datetime | None
    digest: str
    media_type: str
    route: LearningRoute | None
    names: tuple[str, ...]
    """Addresses and codes of the qualification, as maps may know it."""
    named: tuple[DerivedSkill, ...]
    """Skills that the document itself names."""
    proves: frozenset[str] = frozenset()
    """Skills that it proves itself, as a credential: nothing is derived for those."""


def ground_of_file(one: Imported) -> Ground:
    european = one.european
    names = () if european is None else european.qualifications
    return Ground(
        evidence_id=one.evidence_id,
        title=one.title,
        institution=one.institution,
        date=one.date,
        digest=one.digest,
        media_type=one.media_type,
        route=one.route,
        names=(*names, *([one.qualification] if one.qualification else ())),
        named=() if european is None else from_european(european),
    )


def ground_of_credential(one: Kept) -> Ground:
    """A credential of the wallet. One that is genuine proves its own skills; nothing is derived for those."""
    credential = one.report.parsed
    assert credential is not None  # nothing else is kept
    achievement, subject = credential.subject.achievement, credential.subject
    named = from_badge(credential)
    return Ground(
        evidence_id=credential.id,
        title=achievement.name,
        institution=credential.issuer.name or credential.issuer.id,
        date=subject.activity_end or credential.awarded_date or credential.valid_from,
        digest=credential_digest(one.source),
        media_type=_media_type(credential.form),
        route=learning_route(achievement.tags),
        names=tuple(name for name in (achievement.id, achievement.human_code) if name),
        named=named,
        proves=frozenset() if one.verified is None else frozenset(each.skill for each in named),
    )


def derivable(
    wallet: Wallet,
    ground: Ground,
    taxonomy: Taxonomy,
    *,
    language: str,
    occupation: str = "",
    qualification: str = "",
) -> tuple[DerivedSkill, ...]:
    """The skills that may be ticked: named by the document, mapped from its qualification, usual in a job.

    `occupation` is the work that the diploma leads to, as the person chooses it; `qualification` another code
    to look up in the maps.

    Raises:
        matching's UnknownOccupation.
    """
    names = (*ground.names, *([qualification.strip()] if qualification.strip() else ()))
    mapped = [
        from_map(found, entry, language)
        for found in skill_maps(wallet)
        for name in dict.fromkeys(names)
        if (entry := found.find(name)) is not None
    ]
    usual: tuple[DerivedSkill, ...] = ()
    if occupation:
        needed = taxonomy.skills_of(occupation, Grade.ESSENTIAL)
        usual = from_occupation(
            taxonomy.label(occupation, language),
            [(skill, taxonomy.label(skill, language)) for skill in needed],
            taxonomy.name,
        )
    found = together(ground.named, *mapped, usual)
    return tuple(_in_taxonomy(each, taxonomy, language) for each in found if each.skill not in ground.proves)


def derive(
    wallet: Wallet,
    ground: Ground,
    skills: Sequence[str],
    offered: Iterable[DerivedSkill],
    *,
    language: str,
    say: Say,
) -> Examined:
    """Sign and keep the claim of the skills that the person ticked, of those that were offered.

    Raises:
        NothingChosen: none, or more than a badge should list.
        NotDerivedHere: one that the document does not lead to.
        NoHolderKey: nothing to sign with.
    """
    chosen = list(dict.fromkeys(skills))
    if not 0 < len(chosen) <= limits.ASSESSED_SKILLS:
        raise NothingChosen(most=limits.ASSESSED_SKILLS)
    by_skill = {each.skill: each for each in offered}
    if not by_skill.keys() >= set(chosen):
        raise NotDerivedHere
    holder = wallet.holder
    signed = add_proof(
        _document(wallet, ground, [by_skill[skill] for skill in chosen], language, say),
        signer=holder.signer,
        verification_method=holder.verification_method,
        created=wallet.now(),
    )
    examined = examine(dump(signed), wallet.documents(), wallet)
    keep(wallet, (examined,))
    return examined


def _document(
    wallet: Wallet, ground: Ground, skills: Sequence[DerivedSkill], language: str, say: Say
) -> JsonObject:
    name, description, criteria = _TEXTS[language]
    why = "\n".join(
        f"{plain_text(each.name)}: {' '.join(say(reason) for reason in each.reasons)}" for each in skills
    )
    evidence: JsonObject = {
        "id": ground.evidence_id,
        "name": plain_text(ground.title),
        "genre": str(Method.DERIVED),
        "narrative": why,
    }
    if ground.institution:
        evidence["description"] = plain_text(ground.institution)
    return achievement_credential(
        credential_id=_new_urn(wallet),
        issuer={"id": wallet.did},
        subject_id=wallet.did,
        achievement={
            "id": _new_urn(wallet),
            "name": name.format(title=plain_text(ground.title)[: limits.DIPLOMA_TEXT]),
            "description": description,
            "achievementType": "Competency",
            "criteria": {"narrative": criteria},
            **({} if ground.route is None else {"tag": [ground.route.tag]}),
            "alignment": [_alignment(each) for each in skills],
        },
        valid_from=wallet.now().replace(microsecond=0),
        activity_end=ground.date,
        evidence=[evidence],
        related_resources=[
            {
                "id": ground.evidence_id,
                "digestMultibase": ground.digest,
                "mediaType": ground.media_type,
            }
        ],
    )


def _alignment(skill: DerivedSkill) -> JsonObject:
    framework = {} if skill.framework is None else {"targetFramework": plain_text(skill.framework)}
    return {
        "targetUrl": skill.skill,
        "targetName": plain_text(skill.name) or skill.skill,
        **framework,
        "targetType": "CFItem",
    }


def _in_taxonomy(skill: DerivedSkill, taxonomy: Taxonomy, language: str) -> DerivedSkill:
    """A skill of the taxonomy is called as the taxonomy calls it."""
    if skill.skill not in taxonomy.skills:
        return skill
    return DerivedSkill(
        skill.skill, taxonomy.label(skill.skill, language), taxonomy.name, skill.reasons, skill.sure
    )


def _media_type(form: Form) -> str:
    return MEDIA_TYPES.get(form, "application/vc")


def _new_urn(wallet: Wallet) -> str:
    return f"urn:uuid:{uuid.UUID(bytes=wallet.random(16), version=4)}"
