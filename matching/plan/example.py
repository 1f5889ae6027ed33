"""An example catalogue, made up: modules for some groups of skills, the same on every machine.

Nobody offers these modules. The catalogue says so (`synthetic`), and so does the title of each module.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from matching.plan.catalogue import Form, Module, Start, TaughtSkill
from matching.plan.publishing import build_module_catalogue, sign_module_catalogue
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from passport.dids.did_key import create_did_key
from passport.keys import Signer

_AT = "https://modules.example"
_PLACES = ("Utrecht", "Zwolle", "Tilburg", "Rotterdam", "Groningen")
_WHO = {
    Form.SCHOOL: (
        "Example school for technology",
        "Example centre for evening courses",
        "Example online school",
    ),
    Form.WORK: ("Example workplace with a trainer", "Example company academy"),
}
_DAYS = 365
_OPTIONAL = 6
EXAMPLE = f"{_AT}/catalogue"
"""The id of the example: a new one takes the place of the one before."""


def example_catalogue(
    groups: Iterable[Iterable[str]], taxonomy: Taxonomy, *, signer: Signer, now: datetime
) -> bytes:
    """A signed catalogue of modules for these groups of skills, in force for a year."""
    document = build_module_catalogue(
        catalogue_id=EXAMPLE,
        version=1,
        name={"nl": "Voorbeeld: verzonnen modules", "en": "Example: made-up modules"},
        publisher=create_did_key(signer.public_key),
        publisher_name="Example, made up",
        taxonomy=taxonomy.name,
        valid_from=now,
        valid_until=now + timedelta(days=_DAYS),
        modules=example_modules(groups, taxonomy, now.date()),
        synthetic=True,
    )
    return sign_module_catalogue(document, signer=signer, created=now)


def example_modules(groups: Iterable[Iterable[str]], taxonomy: Taxonomy, today: date) -> tuple[Module, ...]:
    """For each group modules of one to four of its skills, some of which overlap."""
    found: dict[str, Module] = {}
    for group in groups:
        skills = sorted({skill for skill in group if skill in taxonomy.skills}, key=_drawn)
        place = number = 0
        while place < len(skills):
            size = 1 + _drawn(f"{skills[place]} {number}") % 4
            module = _module(skills[place : place + size], taxonomy, today)
            found[module.id] = module
            place, number = place + max(1, size - number % 2), number + 1
    return tuple(found[identifier] for identifier in sorted(found))


def skills_for_example(occupation: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """What an occupation needs, and some of what is only useful to it; raises UnknownOccupation."""
    return (
        *taxonomy.skills_of(occupation, Grade.ESSENTIAL),
        *taxonomy.skills_of(occupation, Grade.OPTIONAL)[:_OPTIONAL],
    )


def _module(skills: Sequence[str], taxonomy: Taxonomy, today: date) -> Module:
    drawn = _drawn(" ".join(skills))
    form = Form.WORK if drawn % 5 < 2 else Form.SCHOOL  # noqa: PLR2004  # two of five are at work
    names = _WHO[form]
    provider = names[drawn // 5 % len(names)]
    online = "online" in provider
    name = f"{drawn:016x}"
    first = taxonomy.label(skills[0], "nl"), taxonomy.label(skills[0], "en")
    return Module(
        id=f"{_AT}/m/{name}",
        title={"nl": f"Voorbeeld: {first[0]}", "en": f"Example: {first[1]}"},
        provider=provider,
        skills=tuple(
            TaughtSkill(skill, taxonomy.label(skill, "en"), 1 + (drawn >> 8) % 4) for skill in skills
        ),
        hours=len(skills) * (8 + 4 * (drawn // 7 % 12)),
        cents=0 if form is Form.WORK else len(skills) * 2_500 * (1 + drawn // 11 % 12),
        form=form,
        online=online,
        place=None if online else _PLACES[drawn // 13 % len(_PLACES)],
        achievement=None if drawn % 7 == 0 else f"{_AT}/achievements/{name}",
        starts=()
        if form is Form.WORK
        else tuple(
            Start(first, first + timedelta(days=7 * (2 + drawn // 17 % 16)))
            for month in (2, 9)
            for first in (_first_monday(today, month),)
        ),
    )


def _first_monday(today: date, month: int) -> date:
    """The next first Monday of this month."""
    for year in (today.year, today.year + 1):
        first = date(year, month, 1)
        monday = first + timedelta(days=-first.weekday() % 7)
        if monday >= today:
            return monday
    raise AssertionError(month)  # that of next year is always to come


def _drawn(text: str) -> int:
    """A number that looks drawn and is the same everywhere."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
