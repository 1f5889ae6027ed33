"""The pages of diplomas and licences. All that a document says is shown as plain text. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.taxonomy.compact import Taxonomy
from passport.elm import EuropeanCredential, LearningClaim
from passport.evidence.derived import DerivedSkill
from passport.texts import Language
from wallet.core.deriving import Ground
from wallet.core.finding import find_occupations
from wallet.core.imported import Described, Imported, imported
from wallet.core.learning_route import LearningRoute
from wallet.core.licences import licences
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.qualified_work import suggested_work
from wallet.core.skill_maps import skill_maps, unchecked_maps
from wallet.core.stacking import Stackable
from wallet.core.wallet import Wallet
from wallet.views.rendering import Page, Renderer

HERE = "/diplomas"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked on the page of one diploma: a work, a search for one, another code."""

    occupation: str = ""
    query: str = ""
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about. `one` is None where skills are derived from a credential of the wallet."""

    ground: Ground
    asked: Asked
    address: str
    one: Imported | None = None


def diplomas(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    described: Described | None = None,
    error: str = "",
    status: int = 200,
) -> Page:
    return renderer.page(
        "diplomas.html",
        language,
        status=status,
        here=HERE,
        diplomas=imported(wallet),
        licences=licences(wallet),
        maps=[
            {
                "name": plain_name(one.name.get(language) or next(iter(one.name.values()))),
                "publisher": plain_name(one.publisher_name),
                "key": one.publisher,
                "since": one.valid_from,
                "until": one.valid_until,
                "count": len(one.entries),
                "checked": checked,
            }
            for checked, every in ((True, skill_maps(wallet)), (False, unchecked_maps(wallet)))
            for one in every
        ],
        routes=tuple(LearningRoute),
        said=described or Described(),
        error=error,
    )


def diploma(
    renderer: Renderer,
    language: Language,
    subject: Subject,
    offered: Sequence[DerivedSkill],
    taxonomy: Taxonomy,
    *,
    ticked: Sequence[str] = (),
    error: str = "",
    status: int = 200,
) -> Page:
    """One diploma: what it says, and the skills that may be ticked, each with its reasons."""
    ground, asked, one = subject.ground, subject.asked, subject.one
    again = [("occupation", asked.occupation), ("q", asked.query), ("qualification", asked.qualification)]
    return renderer.page(
        "diploma.html",
        language,
        status=status,
        here=subject.address,
        again=[(name, value) for name, value in again if value],
        title=plain_text(ground.title),
        institution=plain_text(ground.institution),
        date=ground.date,
        one=one,
        said=_said(one.european) if one is not None and one.european is not None else None,
        sure=[_tick(each) for each in offered if each.sure],
        usual=[_tick(each) for each in offered if not each.sure],
        ticked=set(ticked),
        asked=asked,
        occupation=taxonomy.label(asked.occupation, language) if asked.occupation else "",
        found=find_occupations(taxonomy, asked.query, language) if asked.query else (),
        suggested=()
        if asked.occupation or asked.query
        else suggested_work((*ground.names, asked.qualification), ground.title, taxonomy, language=language),
        address=subject.address,
        error=error,
    )


def _tick(skill: DerivedSkill) -> dict[str, object]:
    return {"skill": skill.skill, "label": plain_name(skill.name), "reasons": skill.reasons}


def _said(document: EuropeanCredential) -> dict[str, object]:
    return {
        "seal": str(document.seal),
        "holder": plain_text(document.holder_name or ""),
        "until": document.valid_until,
        "claims": [_claim(each) for each in document.claims],
    }


def _claim(claim: LearningClaim) -> dict[str, object]:
    return {
        "title": plain_text(claim.title),
        "body": plain_text(claim.awarding_body or ""),
        "awarded": claim.awarded,
        "level": plain_text(claim.level or ""),
        "credits": plain_text(claim.credits or ""),
        "outcomes": [plain_text(each) for each in claim.outcomes],
    }


def stack(
    renderer: Renderer,
    language: Language,
    *,
    address: str = "",
    host: str = "",
    organisation: str = "",
    found: Stackable | None = None,
    error: str = "",
    status: int = 200,
) -> Page:
    """A stacked credential: which parts are needed, which are here, and what would be shown to whom."""
    return renderer.page(
        "stack.html",
        language,
        status=status,
        here="/diplomas/stack",
        again=() if found is None else None,
        address=address,
        host=host,
        organisation=plain_name(organisation),
        found=found,
        parts=[]
        if found is None
        else [
            {"name": part.name, "id": None if one is None else one.id, "here": one is not None}
            for part, one in found.found
        ],
        error=error,
    )
