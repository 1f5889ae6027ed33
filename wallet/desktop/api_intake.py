"""The JSON interface of intake: the same actions as the pages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from matching.intake.adaptive import next_item
from matching.intake.past import PastKind
from matching.onet import load_onet
from matching.onet.items import ITEMS
from passport.json import JsonObject
from passport.web import Body, language_of, strict_body
from wallet.core.intake_answers import forget_answers, keep_answers, levels, skipped
from wallet.core.intake_pasts import PastDraft, forget_past, keep_past, past_kept, pasts_kept
from wallet.core.intake_skills import Ticked, forget_skill, keep_skills
from wallet.core.intake_state import intake_state
from wallet.core.intake_summary import past_json, result_json, skills_json, state_json
from wallet.desktop.api import desk_of, say_in
from wallet.desktop.bodies import Ids, Text
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/intake", tags=["intake"], dependencies=our_script)


class PastBody(Body):
    """Work, or a school or course; the years as four digits, no end while it goes on."""

    kind: Annotated[PastKind, Field(strict=False)]
    occupations: Ids
    since: Text
    until: Text = ""
    title: Text = ""
    level: Text = ""


class SkillsBody(Body):
    skills: Ids
    mine: bool = True
    level: int | None = None


class AnswersBody(Body):
    """By O*NET's identifier of the item."""

    answers: Annotated[dict[str, int | None], Field(max_length=len(ITEMS))]


@router.get("", summary="Which parts of is, can and wants are filled in, and since when")
def get_state(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return state_json(intake_state(wallet))


@router.get("/past", summary="Past work and schooling")
def get_past(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        now = wallet.now().year
        language = str(language_of(request))
        return {"past": [past_json(each, desk.taxonomy, language, now=now) for each in pasts_kept(wallet)]}


@router.post("/past", status_code=201, summary="Keep past work or schooling")
def post_past(request: Request, body: Annotated[PastBody, strict_body(PastBody)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        draft = PastDraft(body.kind, tuple(body.occupations), body.since, body.until, body.title, body.level)
        made = past_kept(wallet, keep_past(wallet, draft, desk.taxonomy).id)
        return past_json(made, desk.taxonomy, str(language_of(request)), now=wallet.now().year)


@router.put("/past/{record}", summary="Change past work or schooling")
def put_past(request: Request, record: str, body: Annotated[PastBody, strict_body(PastBody)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        draft = PastDraft(body.kind, tuple(body.occupations), body.since, body.until, body.title, body.level)
        keep_past(wallet, draft, desk.taxonomy, record=record)
        made = past_kept(wallet, record)
        return past_json(made, desk.taxonomy, str(language_of(request)), now=wallet.now().year)


@router.delete("/past/{record}", status_code=204, summary="Forget past work or schooling")
def delete_past(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_past(wallet, record)
    return Response(status_code=204)


@router.get("/skills", summary="The skills that follow or were ticked, each with its reasons and age")
def get_skills(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return skills_json(wallet, desk.taxonomy, str(language_of(request)), say_in(request))


@router.post("/skills", status_code=201, summary="Say which skills are one's own, or are not")
def post_skills(request: Request, body: Annotated[SkillsBody, strict_body(SkillsBody)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        ticked = [Ticked(each) for each in body.skills]
        keep_skills(wallet, ticked, desk.taxonomy, mine=body.mine, level=body.level)
        return skills_json(wallet, desk.taxonomy, str(language_of(request)), say_in(request))


@router.delete("/skills", status_code=204, summary="Forget what was said of a skill")
def delete_skill(request: Request, skill: Annotated[str, Query(max_length=2_048)]) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_skill(wallet, skill)
    return Response(status_code=204)


@router.get("/assessment", summary="The answers, and the work that they fit")
def get_assessment(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return result_json(wallet, load_onet(), desk.taxonomy, str(language_of(request)))


@router.get("/assessment/next", summary="The question that tells most next; none when all were asked")
def get_next(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"item": next_item(levels(wallet), load_onet(), skipped=skipped(wallet))}


@router.post("/assessment", status_code=201, summary="Answer questions: 1 to 5, or null to skip")
def post_assessment(request: Request, body: Annotated[AnswersBody, strict_body(AnswersBody)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        keep_answers(wallet, body.answers)
        return result_json(wallet, load_onet(), desk.taxonomy, str(language_of(request)))


@router.delete("/assessment", status_code=204, summary="Forget all answers")
def delete_assessment(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_answers(wallet)
    return Response(status_code=204)
