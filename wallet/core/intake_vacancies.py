"""What a vacancy asks, as the person ticked it from its text: with the sentence of each (R76).

It is no statement about the person: it is compared with, and never counted as a skill of theirs.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.explain import Demanded
from matching.intake.limits import INTAKE
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime, parse_datetime
from wallet.core.intake_skills import Ticked
from wallet.core.plain_text import plain_text
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_intake import (
    IntakeTextTooLong,
    NotASkill,
    NothingTicked,
    TooManyVacancies,
    UnknownVacancy,
)


@dataclass(frozen=True, slots=True)
class Vacancy:
    id: str
    title: str
    source: str
    """Where the person found it, in their words."""
    digest: str
    """SHA-256 of the text that was read, in hexadecimal; the text itself is not kept."""
    asked: tuple[Ticked, ...]
    taxonomy: str
    at: datetime

    def demands(self, taxonomy: Taxonomy, language: str) -> tuple[Demanded, ...]:
        """As matching compares: all of them required, since a text does not say which are not."""
        return tuple(Demanded(each.skill, label=taxonomy.label(each.skill, language)) for each in self.asked)


def keep_vacancy(
    wallet: Wallet, text: str, ticked: Sequence[Ticked], taxonomy: Taxonomy, *, title: str, source: str = ""
) -> Vacancy:
    """Keep what a vacancy asks, as ticked.

    Raises:
        NothingTicked, NotASkill, IntakeTextTooLong, TooManyVacancies
    """
    chosen = {each.skill: each for each in ticked}
    if not chosen:
        raise NothingTicked
    if any(skill not in taxonomy.skills for skill in chosen):
        raise NotASkill
    named, found = plain_text(title), plain_text(source)
    if max(len(named), len(found)) > INTAKE.title:
        raise IntakeTextTooLong(limit=INTAKE.title)
    if len(wallet.vault.of_kind(Kind.VACANCY)) >= INTAKE.vacancies:
        raise TooManyVacancies(limit=INTAKE.vacancies)
    made = Vacancy(
        wallet.new_id(),
        named,
        found,
        hashlib.sha256(text.encode("utf-8")).hexdigest(),
        tuple(Ticked(each.skill, plain_text(each.quote)[: INTAKE.quote]) for each in chosen.values()),
        taxonomy.name,
        wallet.now(),
    )
    wallet.save({(Kind.VACANCY, made.id): _written(made)})
    return made


def vacancies(wallet: Wallet) -> tuple[Vacancy, ...]:
    """The latest first."""
    found = [_parsed(record, data) for record, data in wallet.vault.of_kind(Kind.VACANCY).items()]
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))


def vacancy(wallet: Wallet, record: str) -> Vacancy:
    """Raises UnknownVacancy."""
    data = wallet.vault.of_kind(Kind.VACANCY).get(record)
    if data is None:
        raise UnknownVacancy
    return _parsed(record, data)


def forget_vacancy(wallet: Wallet, record: str) -> Records:
    """Raises UnknownVacancy."""
    vacancy(wallet, record)
    return wallet.erase(frozenset({(Kind.VACANCY, record)}))


def _written(one: Vacancy) -> bytes:
    return as_json(
        {
            "title": one.title,
            "source": one.source,
            "digest": one.digest,
            "asked": [{"skill": each.skill, "quote": each.quote} for each in one.asked],
            "taxonomy": one.taxonomy,
            "at": format_datetime(one.at),
        }
    )


def _parsed(record: str, data: bytes) -> Vacancy:
    kept = json.loads(data)
    return Vacancy(
        record,
        str(kept["title"]),
        str(kept["source"]),
        str(kept["digest"]),
        tuple(Ticked(str(each["skill"]), str(each["quote"])) for each in kept["asked"]),
        str(kept["taxonomy"]),
        parse_datetime(kept["at"]),
    )
