"""The form for a function profile, without scripts: each button sends the whole form and gets it back."""

import asyncio

from fastapi import APIRouter, Request, Response

from matching.bundle import load_bundle
from matching.errors import SearchTextTooLong
from matching.search import Found, Table, search
from matching.starting import start_from
from passport.evidence import Strength
from passport.evidence.demand import Purpose
from passport.json import JsonObject, dump
from passport.trust import Recognition
from passport.web import language_of
from passport.web.forms import same_origin
from verifier.profile_form import LEVELS, draft_of, from_occupation, with_skill, without_skill
from verifier.routes.parts import Service, SignedIn
from verifier.routes.profiles import look

router = APIRouter(prefix="/profiles/form", include_in_schema=False)
_FIELDS = 2_048
_PART = 4_096
_FOUND = 8
_STARTED = 15
"""Skills that an occupation brings to the form: more than the linter calls wise is no start."""


@router.get("")
async def empty(request: Request, _employer: SignedIn) -> Response:
    return _page(request, draft_of({}))


@router.post("", dependencies=[same_origin])
async def step(request: Request, service: Service, employer: SignedIn) -> Response:
    """`do` says which button it was: occupation, start …, search, add …, remove …, or look.

    The last goes on to the findings.
    """
    sent = await request.form(max_files=0, max_fields=_FIELDS, max_part_size=_PART)
    form = {name: value for name, value in sent.items() if isinstance(value, str)}
    draft, (verb, _, what) = draft_of(form), form.get("do", "search").partition(" ")
    words = form.get("words", "").strip()
    work = form.get("work", "").strip() if verb == "occupation" else ""
    found: tuple[Found, ...] = ()
    occupations: tuple[Found, ...] = ()
    if verb == "look":
        return await look(request, service, employer, dump(draft).decode(), None)
    if verb == "add":
        draft = with_skill(draft, what, await asyncio.to_thread(_labels, what))
    elif verb == "start":
        draft = await asyncio.to_thread(_started, draft, what)
    elif verb == "remove":
        draft = without_skill(draft, int(what) if what.isdecimal() else -1)
    elif work:
        occupations = await asyncio.to_thread(_search, Table.OCCUPATIONS, work, str(language_of(request)))
    elif words:
        found = await asyncio.to_thread(_search, Table.SKILLS, words, str(language_of(request)))
    return _page(request, draft, words=words, found=found, work=work, occupations=occupations)


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


def _page(
    request: Request,
    draft: JsonObject,
    *,
    words: str = "",
    found: tuple[Found, ...] = (),
    work: str = "",
    occupations: tuple[Found, ...] = (),
) -> Response:
    response: Response = request.app.state.pages.respond(
        request,
        "profile-form.html",
        draft=draft,
        words=words,
        found=found,
        work=work,
        occupations=occupations,
        purposes=tuple(Purpose),
        strengths=tuple(Strength),
        levels=LEVELS,
        recognitions=tuple(Recognition),
    )
    return response
