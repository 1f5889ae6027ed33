"""Skills by search in the taxonomy: ticks under a field; as somebody types, where scripts run."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from issuer.console.session import IssuerSignedIn
from matching.bundle import load_bundle
from matching.errors import SearchTextTooLong
from passport.texts import Language
from passport.web import language_of

router = APIRouter(prefix="/console/skills")
_RESULTS = 8
_QUERY = 80
"""Characters: a skill's name, and no text to search through."""
_ESCO = "http://data.europa.eu/esco/"


@dataclass(frozen=True, slots=True)
class ChosenSkill:
    iri: str
    name: str
    listed: bool = True
    """Ticked, and so from the taxonomy; else it was typed."""

    @property
    def value(self) -> str:
        """As a form carries it: the address, a space, the name."""
        return f"{self.iri} {self.name}"

    def alignment(self) -> dict[str, str]:
        """The skill in the words of Open Badges; what the taxonomy has is called by its own name."""
        taxonomy = load_bundle() if self.listed else None
        if taxonomy is None or self.iri not in taxonomy.skills.numbers:
            return {"targetUrl": self.iri, "targetName": self.name or self.iri}
        kind = {"targetType": "ext:ESCOSkill"} if self.iri.startswith(_ESCO) else {}
        name = self.name or taxonomy.label(self.iri)
        return {"targetUrl": self.iri, "targetName": name, "targetFramework": taxonomy.name, **kind}


async def read_skills(ticked: Iterable[str], typed: Iterable[str]) -> list[ChosenSkill]:
    """Each line an address, a space and a name; what stands there twice is taken once."""
    found: dict[str, ChosenSkill] = {}
    for listed, lines in ((True, ticked), (False, typed)):
        for line in lines:
            iri, _, name = line.strip().partition(" ")
            if iri:
                found.setdefault(iri, ChosenSkill(iri, name.strip(), listed))
    if any(each.listed for each in found.values()):
        await asyncio.to_thread(load_bundle)  # it takes a second, once
    return list(found.values())


async def search(text: str, language: Language, without: Sequence[ChosenSkill] = ()) -> list[ChosenSkill]:
    """What the taxonomy has for some words; nothing for none."""
    if not text.strip():
        return []
    known = {each.iri for each in without}
    return await asyncio.to_thread(_search, text[:_QUERY], language, known)


def _search(text: str, language: Language, known: set[str]) -> list[ChosenSkill]:
    try:
        found = load_bundle().search_skills(text, language.value, top=_RESULTS + len(known))
    except SearchTextTooLong:
        return []
    fresh = [ChosenSkill(each.iri, each.label) for each in found if each.iri not in known]
    return fresh[:_RESULTS]


@router.get("")
async def suggest(
    request: Request, _account: IssuerSignedIn, q: Annotated[str, Query(max_length=_QUERY)] = ""
) -> Response:
    """A piece of a page: ticks for what was found."""
    found = await search(q, language_of(request))
    response: Response = request.app.state.pages.respond(request, "skills_found.html", found=found)
    return response
