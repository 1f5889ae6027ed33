"""Free text, vacancies, and motives and wishes as JSON: the same for the interface and the commands."""

from matching.intake.free_text import read_text, read_work, written_in
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime
from passport.json import JsonObject
from wallet.core.intake_vacancies import Vacancy
from wallet.core.intake_wishes import attitude, motives, wishes
from wallet.core.matches import match_demands
from wallet.core.profile_skills import PersonProfile
from wallet.core.summary import Say, comparison_json
from wallet.core.wallet import Wallet


def text_json(text: str, taxonomy: Taxonomy, language: str) -> JsonObject:
    """What a text seems to be about, to tick; nothing of it is kept. Raises FreeTextTooLong."""
    return {
        "writtenIn": written_in(text),
        "skills": [
            {
                "skill": one.skill,
                "label": taxonomy.label(one.skill, language),
                "score": one.score,
                "quote": one.quote,
                "words": list(one.words),
            }
            for one in read_text(text, taxonomy)
        ],
        "occupations": [
            {"occupation": each, "label": taxonomy.label(each, language)}
            for each in read_work(text, taxonomy)
        ],
    }


def vacancy_json(
    one: Vacancy, person: PersonProfile, taxonomy: Taxonomy, language: str, say: Say
) -> JsonObject:
    """What a vacancy asks, each with its sentence, beside what the person has."""
    demands = one.demands(taxonomy, language)
    compared = match_demands(person, demands, taxonomy, language=language, name=one.title)
    has = {each.skill for each in compared.overlap}
    return {
        "id": one.id,
        "title": one.title,
        "source": one.source,
        "digest": one.digest,
        "taxonomy": one.taxonomy,
        "at": format_datetime(one.at),
        "asks": [
            {
                "skill": each.skill,
                "label": taxonomy.label(each.skill, language),
                "has": each.skill in has,
                "quote": each.quote,
            }
            for each in one.asked
        ],
        **comparison_json(compared, say),
    }


def wishes_json(wallet: Wallet) -> JsonObject:
    """Motives, attitude and wishes; null for what was not said."""
    drives, manner, wanted = motives(wallet), attitude(wallet), wishes(wallet)
    return {
        "motives": drives and {"chosen": list(drives.chosen), "at": format_datetime(drives.at)},
        "attitude": manner and {"levels": dict(manner.levels), "at": format_datetime(manner.at)},
        "wishes": wanted
        and {
            "hours": wanted.hours,
            "travel": wanted.travel,
            "learn": wanted.learn,
            "times": list(wanted.times),
            "note": wanted.note,
            "at": format_datetime(wanted.at),
        },
    }
