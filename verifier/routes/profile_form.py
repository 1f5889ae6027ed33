"""The form for a function profile, without scripts: each button sends the whole form and gets it back."""

import asyncio

from fastapi import APIRouter, Request, Response

from matching.bundle import load_bundle
from matching.errors import SearchTextTooLong
from matching.search import Found, Table, search
from passport.evidence import Strength
from passport.evidence.demand import Purpose
from passport.json import JsonObject, dump
from passport.trust import Recognition
from passport.web import language_of
from passport.web.forms import same_origin
from verifier.profile_form import LEVELS, draft_of, with_skill, without_skill
from verifier.routes.parts import Service, SignedIn
from verifier.routes.profiles import look

router = APIRouter(prefix="/profiles/form", include_in_schema=False)
_FIELDS = 2_048
_PART = 4_096
_FOUND = 8


@router.get("")
async def empty(request: Request, _employer: SignedIn) -> Response:
    return _page(request, draft_of({}))


@router.post("", dependencies=[same_origin])
async def step(request: Request, service: Service, employer: SignedIn) -> Response:
    """`do` says which button it was: search, add …, remove …, or look, which goes on to the findings."""
    sent = await request.form(max_files=0, max_fields=_FIELDS, max_part_size=_PART)
    form = {name: value for name, value in sent.items() if isinstance(value, str)}
    draft, (verb, _, what) = draft_of(form), form.get("do", "search").partition(" ")
    words = form.get("words", "").strip()
    found: tuple[Found, ...] = ()
    if verb == "look":
        return await look(request, service, employer, dump(draft).decode(), None)
    if verb == "add":
        draft = with_skill(draft, what, await asyncio.to_thread(_labels, what))
    elif verb == "remove":
        draft = without_skill(draft, int(what) if what.isdecimal() else -1)
    elif words:
        found = await asyncio.to_thread(_search, words, str(language_of(request)))
    return _page(request, draft, words, found)


def _search(words: str, language: str) -> tuple[Found, ...]:
    try:
        return search(load_bundle(), Table.SKILLS, words, language, top=_FOUND)
    except SearchTextTooLong:
        return ()


def _labels(skill: str) -> dict[str, str]:
    """What the taxonomy calls it; a skill of another taxonomy is for the expert's way."""
    concepts = load_bundle().skills
    if skill not in concepts.iris:
        return {"en": skill}
    number = concepts.iris.index(skill)
    return {language: concepts.label(number, language) for language in ("nl", "en")}


def _page(request: Request, draft: JsonObject, words: str = "", found: tuple[Found, ...] = ()) -> Response:
    response: Response = request.app.state.pages.respond(
        request,
        "profile-form.html",
        draft=draft,
        words=words,
        found=found,
        purposes=tuple(Purpose),
        strengths=tuple(Strength),
        levels=LEVELS,
        recognitions=tuple(Recognition),
    )
    return response
