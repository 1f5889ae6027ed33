"""Routes of matching: all work, one occupation, near work, chosen work, function profiles, what counts.

Nothing of it leaves: only the address of a function profile that the person typed is asked for that profile.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from matching.taxonomy.compact import Taxonomy
from passport.errors import PassportError
from passport.http_status import status_of
from passport.texts import Language
from wallet.core import limits
from wallet.core.chosen_work import choose_work, leave_work
from wallet.core.profiles_kept import forget_profile
from wallet.core.wallet import Wallet
from wallet.desk.function_profiles import fetch_profile, take_profiles
from wallet.errors_matching import NoFileChosen
from wallet.pages.answer import Answer, redirect
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Visit
from wallet.views import function_profiles, match
from wallet.views.rendering import Page, Renderer

router = Router(prefix="/match")

Text = Annotated[str, Form(max_length=2_048)]
Query_ = Annotated[str, Query(max_length=2_048)]
Files = Annotated[list[bytes] | None, File(max_length=limits.PROFILES)]
_View = Callable[[Renderer, Language, Wallet, Taxonomy], Page]


@router.get("")
def get_match(visit: Visit, q: Query_ = "", test: Query_ = "") -> Answer:
    """`test`: count the self-assessment as well."""
    return _page(visit, partial(match.match, query=q, test=bool(test)))


@router.get("/occupation")
def get_occupation(visit: Visit, iri: Query_) -> Answer:
    return _page(visit, partial(match.occupation, iri=iri))


@router.get("/near")
def get_near(visit: Visit, iri: Query_) -> Answer:
    return _page(visit, partial(match.near, iri=iri))


@router.get("/chosen")
def get_chosen(visit: Visit) -> Answer:
    return _page(visit, match.chosen)


@router.post("/choose")
def post_choose(visit: Visit, iri: Text = "", leave: Text = "") -> Answer:
    """Keep an eye on an occupation, or no longer."""
    desk = visit.desk
    with desk.wallet() as wallet:
        if leave:
            leave_work(wallet, iri)
        else:
            choose_work(wallet, iri, desk.taxonomy)
    return redirect("/match/chosen")


@router.get("/skills")
def get_skills(visit: Visit) -> Answer:
    return _page(visit, match.skills)


@router.get("/number")
def get_number(visit: Visit) -> Answer:
    desk = visit.desk
    return visit.html(match.number(visit.renderer, visit.language, desk.taxonomy))


@router.get("/profiles")
def get_profiles(visit: Visit) -> Answer:
    return _page(visit, function_profiles.profiles)


@router.get("/profile")
def get_profile(visit: Visit, id: Query_) -> Answer:  # noqa: A002  # the name in the address
    return _page(visit, partial(function_profiles.profile, identifier=id))


@router.post("")
def post_profiles(visit: Visit, profile: Files = None, address: Text = "") -> Answer:
    """Take in function profiles that employers published, and compare."""
    desk = visit.desk
    sources = [source for source in profile or () if source]
    about = "profile"
    with desk.wallet() as wallet:
        try:
            kept = take_profiles(desk, wallet, sources)
            if address.strip():
                about = "address"
                kept += (fetch_profile(desk, wallet, address.strip()),)
            if not kept:
                raise NoFileChosen
        except PassportError as error:
            said, status = visit.sentence(error, about), status_of(error)
            return _page(visit, partial(function_profiles.profiles, error=said, status=status))
    if len(kept) == 1:
        return _page(visit, partial(function_profiles.profile, identifier=kept[0].id))
    return redirect("/match/profiles")


@router.post("/forget")
def post_forget(visit: Visit, id: Text = "") -> Answer:  # noqa: A002  # the name in the form
    with visit.desk.wallet() as wallet:
        forget_profile(wallet, id)
    return redirect("/match/profiles")


def _page(visit: Visit, view: _View) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        page = view(visit.renderer, visit.language, wallet, desk.taxonomy)
        return visit.html(page)
