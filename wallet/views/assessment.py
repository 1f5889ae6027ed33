"""The pages of the self-assessment: the whole list, one question after another, and the result. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.intake.assessment import LEVELS, SHORT_FORM
from matching.onet.items import ITEMS, OnetItem
from matching.onet.model import Onet
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import SkillKind
from passport.texts import Language
from wallet.core.assessed_sources import from_assessment
from wallet.core.intake_answers import answers_given, fitting_work, how_far, levels
from wallet.core.wallet import Wallet
from wallet.views.rendering import Page, Renderer

HERE = "/intake/assess"
PER_PAGE = 10
PAGES = len(SHORT_FORM) // PER_PAGE
NAMED = 5
"""Items that the result names as the strongest and the weakest."""
ESCO_SHOWN = 4
_BY_ID = {item.id: item for item in ITEMS}


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is asked."""

    id: str
    name: str
    kind: str
    """skill or knowledge: which five levels are said."""
    level: int | None


def start(renderer: Renderer, language: Language, wallet: Wallet, onet: Onet) -> Page:
    given = levels(wallet)
    todo = [place for place, item in enumerate(SHORT_FORM) if item not in given]
    return renderer.page(
        "assess-start.html",
        language,
        here=HERE,
        count=len(given),
        page=(todo[0] // PER_PAGE if todo else 0) + 1,
        attribution=onet.attribution,
    )


def whole_list(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    page: int,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """Ten questions; `page` counts from 1."""
    items = SHORT_FORM[(page - 1) * PER_PAGE : page * PER_PAGE]
    return renderer.page(
        "assess-list.html",
        language,
        status=status,
        here=f"{HERE}/list",
        again=[("page", str(page))],
        page=page,
        pages=PAGES,
        first=(page - 1) * PER_PAGE,
        questions=_questions(items, levels(wallet), language),
        levels=LEVELS,
        error=error,
    )


def one_question(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    onet: Onet,
    item: str,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """The question that tells most next."""
    given = levels(wallet)
    return renderer.page(
        "assess-next.html",
        language,
        status=status,
        here=f"{HERE}/next",
        question=_questions((item,), given, language)[0],
        number=len(given) + 1,
        progress=how_far(wallet, onet),
        levels=LEVELS,
        error=error,
    )


def result(renderer: Renderer, language: Language, wallet: Wallet, onet: Onet, taxonomy: Taxonomy) -> Page:
    given = levels(wallet)
    questions = _questions(tuple(given), given, language)
    ordered = sorted(questions, key=lambda one: (-(one.level or 0), one.name))
    work = [
        {
            "place": one.place,
            "title": one.title,
            "difference": f"{one.difference:.1f}".replace(".", "," if language is Language.NL else "."),
            "esco": [
                (iri, taxonomy.label(iri, language), str(match))
                for iri, match in one.esco
                if iri in taxonomy.occupations
            ][:ESCO_SHOWN],
        }
        for one in fitting_work(wallet, onet)
    ]
    half = len(ordered) // 2
    return renderer.page(
        "assess-result.html",
        language,
        here=f"{HERE}/result",
        count=len(given),
        at=max((each.at for each in answers_given(wallet)), default=None),
        work=work,
        strong=ordered[: min(NAMED, half)],
        weak=ordered[-min(NAMED, half) :][::-1] if half else [],
        answers=ordered,
        skills=any(from_assessment(wallet, taxonomy)),
        attribution=onet.attribution,
    )


def _questions(items: Sequence[str], given: dict[str, int], language: Language) -> list[Question]:
    return [_question(_BY_ID[item], given.get(item), language) for item in items]


def _question(item: OnetItem, level: int | None, language: Language) -> Question:
    kind = "skill" if item.kind is SkillKind.SKILL else "knowledge"
    name = item.label(language)
    return Question(item.id, name[:1].upper() + name[1:], kind, level)
