"""Routes of matching: all work, one occupation, near work, chosen work, function profiles, what counts.

Nothing of it leaves: only the address of a function profile that the person typed is asked for that profile.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from matching.taxonomy.compact import Taxonomy
from passport.errors import PassportError
from passport.texts import Language
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core import limits
from wallet.core.chosen_work import choose_work, leave_work
from wallet.core.profiles_kept import forget_profile
from wallet.core.wallet import Wallet
from wallet.desk.function_profiles import fetch_profile, take_profiles
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors_matching import NoFileChosen
from wallet.views import function_profiles, match
from wallet.views.rendering import Page, Renderer

router = APIRouter(prefix="/match", include_in_schema=False)

Text = Annotated[str, Form(max_length=2_048)]
Query_ = Annotated[str, Query(max_length=2_048)]
Files = Annotated[list[bytes] | None, File(max_length=limits.PROFILES)]
_View = Callable[[Renderer, Language, Wallet, Taxonomy], Page]


@router.get("", dependencies=ours)
def get_match(request: Request, q: Query_ = "", test: Query_ = "") -> Response:
    """`test`: count the self-assessment as well."""
    return _page(request, partial(match.match, query=q, test=bool(test)))


@router.get("/occupation", dependencies=ours)
def get_occupation(request: Request, iri: Query_) -> Response:
    return _page(request, partial(match.occupation, iri=iri))


@router.get("/near", dependencies=ours)
def get_near(request: Request, iri: Query_) -> Response:
    return _page(request, partial(match.near, iri=iri))


@router.get("/chosen", dependencies=ours)
def get_chosen(request: Request) -> Response:
    return _page(request, match.chosen)


@router.post("/choose", dependencies=our_form)
def post_choose(request: Request, iri: Text = "", leave: Text = "") -> Response:
    """Keep an eye on an occupation, or no longer."""
    desk = desk_of(request)
    with desk.wallet() as wallet:
        if leave:
            leave_work(wallet, iri)
        else:
            choose_work(wallet, iri, desk.taxonomy)
    return RedirectResponse("/match/chosen", SEE_OTHER)


@router.get("/skills", dependencies=ours)
def get_skills(request: Request) -> Response:
    return _page(request, match.skills)


@router.get("/number", dependencies=ours)
def get_number(request: Request) -> Response:
    desk = desk_of(request)
    return html(match.number(renderer_of(request), language_of(request), desk.taxonomy), request)


@router.get("/profiles", dependencies=ours)
def get_profiles(request: Request) -> Response:
    return _page(request, function_profiles.profiles)


@router.get("/profile", dependencies=ours)
def get_profile(request: Request, id: Query_) -> Response:  # noqa: A002  # the name in the address
    return _page(request, partial(function_profiles.profile, identifier=id))


@router.post("", dependencies=our_form)
def post_profiles(request: Request, profile: Files = None, address: Text = "") -> Response:
    """Take in function profiles that employers published, and compare."""
    desk = desk_of(request)
    sources = [source for source in profile or () if source]
    with desk.wallet() as wallet:
        try:
            kept = take_profiles(desk, wallet, sources)
            if address.strip():
                kept += (fetch_profile(desk, wallet, address.strip()),)
            if not kept:
                raise NoFileChosen
        except PassportError as error:
            said, status = sentence(request, error), status_of(error)
            return _page(request, partial(function_profiles.profiles, error=said, status=status))
    if len(kept) == 1:
        return _page(request, partial(function_profiles.profile, identifier=kept[0].id))
    return RedirectResponse("/match/profiles", SEE_OTHER)


@router.post("/forget", dependencies=our_form)
def post_forget(request: Request, id: Text = "") -> Response:  # noqa: A002  # the name in the form
    with desk_of(request).wallet() as wallet:
        forget_profile(wallet, id)
    return RedirectResponse("/match/profiles", SEE_OTHER)


def _page(request: Request, view: _View) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        page = view(renderer_of(request), language_of(request), wallet, desk.taxonomy)
        return html(page, request)
