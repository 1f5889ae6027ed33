"""The pages of free text, vacancies, and motives and wishes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.intake.free_text import Offered, read_text, read_work
from matching.taxonomy.compact import Taxonomy
from passport.texts import Language
from wallet.core import intake_wishes as wished
from wallet.core.intake_skills import LEVELS
from wallet.core.intake_vacancies import Vacancy, vacancies
from wallet.core.matches import match_demands
from wallet.core.plain_text import plain_text
from wallet.core.profile import profile_of
from wallet.core.wallet import Wallet
from wallet.views.pages import Named
from wallet.views.rendering import Page, Renderer
from wallet.views.skill_names import EnglishNames

HERE = "/intake"


@dataclass(frozen=True, slots=True)
class Found:
    """A skill with the words of the sentence that found it."""

    iri: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the skills that it seems to be about."""

    quote: str
    skills: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form, as it was typed."""

    text: str = ""
    title: str = ""
    source: str = ""


def text(
    renderer: Renderer,
    language: Language,
    taxonomy: Taxonomy,
    typed: Typed,
    *,
    kind: str = "text",
    error: str = "",
    status: int = 200,
) -> Page:
    """Write, or paste a vacancy, and see which skills are in it. Raises FreeTextTooLong.

    `kind`: text for what the person does, vacancy for what somebody asks.
    """
    found = read_text(typed.text, taxonomy) if typed.text else ()
    works = read_work(typed.text, taxonomy) if typed.text and kind == "text" else ()
    return renderer.page(
        "intake-text.html",
        language,
        status=status,
        here=f"{HERE}/{kind}",
        again=None if typed.text else (),
        kind=kind,
        typed=typed,
        sentences=_sentences(found, taxonomy, language),
        names=EnglishNames(taxonomy, language),
        works=[Named(each, taxonomy.label(each, language)) for each in works],
        levels=LEVELS,
        error=error,
    )


def vacancy_list(renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy) -> Page:
    person = profile_of(wallet)
    found = []
    for one in vacancies(wallet):
        demands = one.demands(taxonomy, str(language))
        compared = match_demands(person, demands, taxonomy, language=str(language), name=one.title)
        found.append((one, compared.essential))
    return renderer.page("intake-vacancies.html", language, here=f"{HERE}/vacancies", found=found)


def one_vacancy(
    renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy, one: Vacancy
) -> Page:
    """What it asks beside what the person has, each with the sentence that it came from."""
    demands = one.demands(taxonomy, str(language))
    compared = match_demands(profile_of(wallet), demands, taxonomy, language=str(language), name=one.title)
    has = {each.skill for each in compared.overlap}
    return renderer.page(
        "intake-vacancy.html",
        language,
        here=f"{HERE}/vacancies/{one.id}",
        one=one,
        coverage=compared.essential,
        names=EnglishNames(taxonomy, language, [each.skill for each in one.asked]),
        lines=[
            (each.skill, taxonomy.label(each.skill, language), each.skill in has, plain_text(each.quote))
            for each in one.asked
        ],
    )


def wishes(
    renderer: Renderer, language: Language, wallet: Wallet, *, error: str = "", status: int = 200
) -> Page:
    """Motives, attitude and wishes in one page of three forms."""
    return renderer.page(
        "intake-wishes.html",
        language,
        status=status,
        here=f"{HERE}/wishes",
        motives=wished.motives(wallet),
        attitude=wished.attitude(wallet),
        wishes=wished.wishes(wallet),
        all_motives=wished.MOTIVES,
        most=wished.MOST_MOTIVES,
        attitudes=wished.ATTITUDES,
        levels=wished.LEVELS,
        times=wished.TIMES,
        error=error,
    )


def _sentences(found: Sequence[Offered], taxonomy: Taxonomy, language: Language) -> list[Sentence]:
    grouped: dict[str, list[Found]] = {}
    for one in found:
        skill = Found(one.skill, taxonomy.label(one.skill, language), " ".join(one.words))
        grouped.setdefault(one.quote, []).append(skill)
    return [Sentence(quote, tuple(skills)) for quote, skills in grouped.items()]
