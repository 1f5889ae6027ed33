"""The JSON interface of plans and catalogues of modules: the same actions as the pages."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from matching.calendar_file import MEDIA_TYPE
from matching.plan.catalogue import Form, ModuleCatalogue
from matching.plan.cover_problem import Aim
from matching.plan.summary import catalogue_json
from matching.plan.wishes import Wishes
from passport import limits as shared
from passport.json import JsonObject, dump
from passport.web import Body, language_of, strict_body
from wallet.core.market_kept import outlooks
from wallet.core.plan.agenda import plan_calendar
from wallet.core.plan.catalogues import catalogue_record, catalogues, forget_catalogue, unchecked
from wallet.core.plan.outcome import outcome_json, switch_off, switch_on
from wallet.core.plan.plan_summary import plan_json, standing_json
from wallet.core.plan.planning import change_item, make_plan, propose, remove_item, set_wishes, take
from wallet.core.plan.plans import Status, forget_plan, plan_kept, plans
from wallet.core.plan.standing import standing
from wallet.core.wallet import Wallet
from wallet.desk.planning import take_catalogue, target_of
from wallet.desktop.api import desk_of, say_in
from wallet.desktop.bodies import Ids
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api", tags=["plan"], dependencies=our_script)

Short = Annotated[str, Field(max_length=2_048)]
Amount = Annotated[int | None, Field(ge=0)]


class PlanBody(Body):
    """One of: an occupation's IRI, or the wallet's id of a function profile."""

    occupation: Short = ""
    profile: Short = ""


class WishesBody(Body):
    hours: Amount = None
    cents: Amount = None
    aim: Aim = Aim.FEWEST
    form: Form | None = None
    online: bool = False
    optional: bool = False
    refused: Ids = Field(default_factory=list)


class PartsBody(Body):
    """Modules by id, and skills to learn at work without one."""

    modules: Ids = Field(default_factory=list)
    own: Ids = Field(default_factory=list)


class PartBody(Body):
    status: Status | None = None
    first: date | None = None
    last: date | None = None
    note: Short | None = None


class CatalogueBody(Body):
    catalogue: JsonObject


@router.get("/plans", summary="Every plan, and how far it is")
def get_plans(request: Request) -> JsonObject:
    desk, language = desk_of(request), language_of(request)
    with desk.wallet() as wallet:
        stands = [standing(wallet, each, desk.taxonomy, language=language) for each in plans(wallet)]
        return {"plans": [plan_json(each, desk.taxonomy, language) for each in stands]}


@router.post("/plans", summary="Begin a plan")
def post_plan(request: Request, body: Annotated[PlanBody, strict_body(PlanBody)]) -> JsonObject:
    desk, language = desk_of(request), language_of(request)
    with desk.wallet() as wallet:
        target = target_of(desk, wallet, occupation=body.occupation, profile=body.profile, language=language)
        return _shown(request, wallet, make_plan(wallet, target, desk.taxonomy).id)


@router.get("/plans/{record}", summary="One plan: its parts, what came in, and what is proposed")
def get_plan(request: Request, record: str) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return _shown(request, wallet, record)


@router.put("/plans/{record}/wishes", summary="Hours, money, and what the person would rather do")
def put_wishes(
    request: Request, record: str, body: Annotated[WishesBody, strict_body(WishesBody)]
) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        wishes = Wishes(
            body.hours,
            body.cents,
            body.aim,
            body.form,
            body.online,
            body.optional,
            frozenset(body.refused),
        )
        set_wishes(wallet, record, wishes)
        return _shown(request, wallet, record)


@router.post("/plans/{record}/parts", summary="Put modules, or skills to learn at work, in the plan")
def post_parts(
    request: Request, record: str, body: Annotated[PartsBody, strict_body(PartsBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        take(wallet, record, desk.taxonomy, modules=body.modules, own=body.own)
        return _shown(request, wallet, record)


@router.put("/plans/{record}/parts/{part}", summary="How far a part is, and when it is")
def put_part(
    request: Request, record: str, part: str, body: Annotated[PartBody, strict_body(PartBody)]
) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        change_item(
            wallet, record, part, status=body.status, first=body.first, last=body.last, note=body.note
        )
        return _shown(request, wallet, record)


@router.delete("/plans/{record}/parts/{part}", summary="Take a part out of the plan")
def delete_part(request: Request, record: str, part: str) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        remove_item(wallet, record, part)
        return _shown(request, wallet, record)


@router.get("/plans/{record}/calendar", summary="The plan's days as a calendar file (RFC 5545)")
def get_calendar(request: Request, record: str) -> Response:
    desk, language = desk_of(request), language_of(request)
    with desk.wallet() as wallet:
        stands = standing(wallet, plan_kept(wallet, record), desk.taxonomy, language=language)
        return Response(plan_calendar(wallet, stands, language), media_type=MEDIA_TYPE)


@router.delete("/plans/{record}", status_code=204, summary="Forget a plan for good")
def delete_plan(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_plan(wallet, record)
    return Response(status_code=204)


@router.get("/module-catalogues", summary="The catalogues of modules that are here")
def get_catalogues(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"catalogues": [_catalogue(each) for each in (*catalogues(wallet), *unchecked(wallet))]}


@router.post("/module-catalogues", summary="Take in a signed catalogue of modules")
def post_catalogue(
    request: Request, body: Annotated[CatalogueBody, strict_body(CatalogueBody, shared.PUBLISHED)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return _catalogue(take_catalogue(desk, wallet, dump(body.catalogue)))


@router.delete("/module-catalogues/{record}", status_code=204, summary="Forget a catalogue of modules")
def delete_catalogue(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_catalogue(wallet, record)
    return Response(status_code=204)


@router.get("/plan-outcome", summary="What was counted, where the person switched that on")
def get_outcome(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return outcome_json(wallet)


@router.put("/plan-outcome", summary="Count from now on")
def put_outcome(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        switch_on(wallet)
        return outcome_json(wallet)


@router.delete("/plan-outcome", status_code=204, summary="Stop counting, and erase what was counted")
def delete_outcome(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        switch_off(wallet)
    return Response(status_code=204)


def _shown(request: Request, wallet: Wallet, record: str) -> JsonObject:
    taxonomy, language = desk_of(request).taxonomy, language_of(request)
    stands = standing(wallet, plan_kept(wallet, record), taxonomy, language=language)
    occupation = stands.plan.target.occupation
    return standing_json(
        stands,
        propose(wallet, stands, taxonomy),
        None if occupation is None else outlooks(wallet, taxonomy)(occupation),
        taxonomy=taxonomy,
        language=language,
        today=wallet.now().date(),
        say=say_in(request),
    )


def _catalogue(found: ModuleCatalogue) -> JsonObject:
    return {"record": catalogue_record(found.id), **catalogue_json(found)}
