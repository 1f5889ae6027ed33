"""The form for a function profile. Each button sends the whole form and gets it back, without any script.

With one (static/profile.js) what is typed brings suggestions, and what is chosen is looked at as it stands.
"""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from matching.bundle import load_bundle
from matching.called_in_list import skill_called
from matching.errors import SearchTextTooLong
from matching.search import Found, Table, search
from matching.starting import start_from
from passport.errors import PassportError
from passport.evidence import Strength
from passport.evidence.demand import Purpose
from passport.json import JsonObject, dump, parse_object
from passport.trust import Recognition
from passport.web import language_of
from passport.web.forms import same_origin
from verifier.errors import MalformedDraft
from verifier.profile_form import LEVELS, draft_from, draft_of, from_occupation, with_skill, without_skill
from verifier.records import Employer
from verifier.routes.parts import Service, SignedIn
from verifier.routes.profile_look import look_at, occupation_of
from verifier.routes.profiles import look
from verifier.static import WITH_SCRIPT, script_path

router = APIRouter(prefix="/profiles/form", include_in_schema=False)
_FIELDS = 2_048
_PART = 262_144
_FOUND = 8
_STARTED = 15
"""Skills that an occupation brings to the form: more than the linter calls wise is no start."""
_Table = Literal["skills", "occupations"]


@router.get("")
async def empty(
    request: Request,
    service: Service,
    employer: SignedIn,
    profile: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """An empty form, or one with a published profile in it: to change it is to publish its next version."""
    draft = draft_of({})
    if profile:
        draft = draft_from((await service.profiles.get(employer.id, profile)).document)
    return await _page(request, service, employer, draft)


@router.post("", dependencies=[same_origin])
async def step(request: Request, service: Service, employer: SignedIn) -> Response:
    """`do` says which button it was: occupation, start …, search, add …, remove …, mend, or look.

    Enter in a field is `search`, for whatever was typed: an occupation, a skill, or both.
    The last goes on to the findings; from there `mend` comes back with the draft as JSON.
    """
    form = await _form(request)
    draft, (verb, _, what) = draft_of(form), form.get("do", "search").partition(" ")
    words = form.get("words", "").strip()
    work = form.get("work", "").strip() if verb in {"occupation", "search"} else ""
    more: dict[str, Any] = {"words": words, "work": work}
    language = str(language_of(request))
    if verb == "look":
        return await look(request, service, employer, dump(draft).decode(), None, by_form=True)
    if verb == "mend":
        draft = _mended(form.get("content", ""))
    elif verb == "add":
        draft = with_skill(draft, what, await asyncio.to_thread(_labels, what))
    elif verb == "start":
        before = {row["skill"] for row in draft["demands"]}
        draft = await asyncio.to_thread(_started, draft, what)
        more["added"] = [row for row in draft["demands"] if row["skill"] not in before]
    elif verb == "remove":
        draft = without_skill(draft, int(what) if what.isdecimal() else -1)
    if work:
        more["occupations"] = await asyncio.to_thread(_search, Table.OCCUPATIONS, work, language)
    if words and verb == "search":
        more["found"] = await asyncio.to_thread(_search, Table.SKILLS, words, language)
    return await _page(request, service, employer, draft, **more)


@router.get("/suggest")
async def suggest(
    request: Request,
    _employer: SignedIn,
    q: Annotated[str, Query(max_length=100)] = "",
    table: _Table = "skills",
) -> dict[str, list[dict[str, str]]]:
    """What a few letters may be the beginning of."""
    if not q.strip():
        return {"found": []}
    language = str(language_of(request))
    found = await asyncio.to_thread(_search, Table(table), q.strip(), language)
    return {"found": [_named(each, language) for each in found]}


def _named(found: Found, language: str) -> dict[str, str]:
    """`lang` where its list has no name in the language of the page."""
    name = skill_called(found.iri, found.label, language)
    return {"iri": found.iri, "label": name.text} | ({"lang": name.lang} if name.lang else {})


@router.post("/live", dependencies=[same_origin])
async def live(request: Request, service: Service, employer: SignedIn) -> dict[str, Any]:
    """What is to be said of the form as it stands: findings, and whom it reaches."""
    looked = await look_at(draft_of(await _form(request)), request, service, employer)
    return {
        "findings": [{"severity": one["severity"], "sentence": one["sentence"]} for one in looked.findings],
        "reach": list(looked.reach),
    }


async def _form(request: Request) -> dict[str, str]:
    sent = await request.form(max_files=0, max_fields=_FIELDS, max_part_size=_PART)
    return {name: value for name, value in sent.items() if isinstance(value, str)}


def _mended(text: str) -> JsonObject:
    try:
        return draft_from(parse_object(text.encode("utf-8", errors="replace")))
    except PassportError:
        raise MalformedDraft from None


def _search(table: Table, words: str, language: str) -> tuple[Found, ...]:
    try:
        return search(load_bundle(), table, words, language, top=_FOUND)
    except SearchTextTooLong:
        return ()


def _started(draft: JsonObject, occupation: str) -> JsonObject:
    """What an occupation needs, to cut down from; an occupation of another taxonomy changes nothing."""
    taxonomy = load_bundle()
    if occupation not in taxonomy.occupations:
        return draft
    name = {language: taxonomy.label(occupation, language) for language in ("nl", "en")}
    return from_occupation(draft, occupation, name, start_from(occupation, taxonomy, most=_STARTED))


def _labels(skill: str) -> dict[str, str]:
    """What the taxonomy calls it; a skill of another taxonomy is for the expert's way."""
    concepts = load_bundle().skills
    if skill not in concepts.iris:
        return {"en": skill}
    number = concepts.iris.index(skill)
    return {language: concepts.label(number, language) for language in ("nl", "en")}


async def _page(
    request: Request, service: Service, employer: Employer, draft: JsonObject, **more: Any
) -> Response:
    language = str(language_of(request))
    values = {"words": "", "work": "", "found": (), "occupations": (), "added": (), **more}
    response: Response = request.app.state.pages.respond(
        request,
        "profile-form.html",
        employer=employer,
        draft=draft,
        version=await service.profiles.next_version(employer, draft["key"]),
        belongs=await asyncio.to_thread(occupation_of, draft, language),
        looked=await look_at(draft, request, service, employer),
        purposes=tuple(Purpose),
        strengths=tuple(Strength),
        levels=LEVELS,
        recognitions=tuple(Recognition),
        page_script=script_path("profile"),
        **values,
    )
    response.headers.update(WITH_SCRIPT)
    return response
