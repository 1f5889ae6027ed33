"""What is to be said of a draft while it is made: findings, whom it reaches, what its occupation brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from pydantic import ValidationError

from matching.asked import occupation_skills
from matching.bundle import load_bundle
from passport.errors import PassportError
from passport.json import JsonObject, dump
from passport.web import language_of
from verifier.linting import findings_content
from verifier.reach import shown_reach
from verifier.records import Employer
from verifier.rendering import with_sentences
from verifier.routes.bodies import NewProfile
from verifier.service import Verifier


@dataclass(frozen=True, slots=True)
class Looked:
    """Of a draft that can't be read yet, nothing."""

    findings: tuple[Mapping[str, Any], ...] = ()
    reach: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Belongs:
    """The occupation that a draft names, and which of its skills are that occupation's."""

    label: str = ""
    essential: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


async def look_at(draft: JsonObject, request: Request, service: Verifier, employer: Employer) -> Looked:
    """Findings and reach; a draft without name or skills has none.

    Forms are looked at one after another: whoever types fast holds up other forms, and nothing else.
    """
    if not (draft["demands"] and draft["name"]):
        return Looked()
    now, language = service.clock(), language_of(request)
    try:
        read = NewProfile.model_validate_json(dump(draft)).draft()
        async with service.looking:
            found = await service.profiles.lint(employer, read, now)
            reach = await shown_reach(read.demands, now, language)
    except (ValidationError, PassportError):
        return Looked()  # publishing says what is wrong with it
    told = with_sentences(findings_content(found), request.app.state.pages, language)
    return Looked(tuple(told), () if reach is None else (*reach.lines, *reach.sentences))


def occupation_of(draft: JsonObject, language: str) -> Belongs:
    """Which occupation it starts from, as the shipped taxonomy knows it."""
    occupation = draft.get("occupation")
    shipped = load_bundle()
    skills = occupation_skills(occupation, shipped.name)
    if skills is None or occupation is None:
        return Belongs()
    return Belongs(shipped.label(occupation, language), skills.essential, skills.optional)
