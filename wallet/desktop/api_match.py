"""The JSON interface of matching: what counts, chosen work, function profiles; the same as the pages."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from passport.json import JsonObject, dump
from passport.web import Body, language_of, strict_body
from wallet.core import limits
from wallet.core.chosen_work import choose_work, chosen_work, leave_work
from wallet.core.match_profiles import match_profiles
from wallet.core.match_summary import person_json, profile_match_json
from wallet.core.matches import match_chosen
from wallet.core.profile import profile_of
from wallet.core.profiles_kept import forget_profile
from wallet.core.summary import match_json
from wallet.core.wallet import Wallet
from wallet.desk.function_profiles import fetch_profile, take_profiles
from wallet.desktop.api import LARGE, desk_of, say_in
from wallet.desktop.bodies import Text
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api", tags=["matching"], dependencies=our_script)


class ProfilesBody(Body):
    """Function profiles, or the address of one."""

    profiles: Annotated[list[JsonObject], Field(default_factory=list, max_length=limits.PROFILES)]
    url: Text | None = None


class WorkBody(Body):
    occupation: Text


@router.get("/profile/skills", summary="What counts: every skill with weight, level, freshness, sources")
def get_skills(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return person_json(profile_of(wallet), say_in(request))


@router.get("/chosen-work", summary="The chosen occupations, the closest first")
def get_chosen(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        found = match_chosen(
            profile_of(wallet), chosen_work(wallet), desk.taxonomy, language=str(language_of(request))
        )
        return {"matches": [match_json(one, say_in(request)) for one in found]}


@router.post("/chosen-work", status_code=204, summary="Keep an eye on an occupation")
def post_chosen(request: Request, body: Annotated[WorkBody, strict_body(WorkBody)]) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        choose_work(wallet, body.occupation, desk.taxonomy)
    return Response(status_code=204)


@router.delete("/chosen-work", status_code=204, summary="No longer keep an eye on it")
def delete_chosen(request: Request, body: Annotated[WorkBody, strict_body(WorkBody)]) -> Response:
    with desk_of(request).wallet() as wallet:
        leave_work(wallet, body.occupation)
    return Response(status_code=204)


@router.get("/profiles", summary="All kept function profiles beside the person's skills and proof")
def get_profiles(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return _profiles(request, wallet)


@router.post("/profiles", summary="Take in signed function profiles, or fetch one, and compare all")
def post_profiles(
    request: Request, body: Annotated[ProfilesBody, strict_body(ProfilesBody, LARGE)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        take_profiles(desk, wallet, map(dump, body.profiles))
        if body.url is not None:
            fetch_profile(desk, wallet, body.url)
        return _profiles(request, wallet)


@router.delete("/profiles/{identifier}", status_code=204, summary="Remove a function profile")
def delete_profile(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_profile(wallet, identifier)
    return Response(status_code=204)


def _profiles(request: Request, wallet: Wallet) -> JsonObject:
    found = match_profiles(wallet, desk_of(request).taxonomy, language=str(language_of(request)))
    return {"profiles": [profile_match_json(one, say_in(request)) for one in found]}
