"""The JSON interface of the check-up: the same actions as the pages."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from matching.checkup.snapshot import Statement
from matching.limits import CHECK_UP
from passport.json import JsonObject, parse_object
from passport.web import Body, language_of, strict_body
from wallet.core.checkup.kept import check_up_kept, check_ups, forget_check_up, keep_check_up
from wallet.core.checkup.looking import Said, filled_in, look
from wallet.core.checkup.reminder import due_of, remind, snooze
from wallet.core.checkup.summary import due_json, found_json, kept_json
from wallet.desktop.api import desk_of, say_in
from wallet.desktop.session import our_script
from wallet.pages.checkup import read_answers

router = APIRouter(prefix="/api/checkup", tags=["check-up"], dependencies=our_script)

Places = Annotated[list[int], Field(max_length=CHECK_UP.actions)]


class CheckUpBody(Body):
    """Answers from 1 to 5; places of suggestions that are chosen and of earlier actions that are done.

    `form` is the id of what was looked at: sent twice, one is kept.
    """

    answers: dict[str, int] = Field(default_factory=dict)
    actions: Places = Field(default_factory=list)
    own: Annotated[list[str], Field(max_length=CHECK_UP.own_actions)] = Field(default_factory=list)
    done: Places = Field(default_factory=list)
    form: Annotated[str, Field(max_length=64)] = ""


class ReminderBody(Body):
    """Days from now on which nothing is said, or reminders on or off."""

    days: int | None = None
    on: bool = True


@router.get("", summary="When the next check-up is due, and those that were made")
def get_state(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {
            "due": due_json(due_of(wallet)),
            "made": [kept_json(one) for one in check_ups(wallet)],
        }


@router.get("/new", summary="What is found today; nothing is kept")
def get_new(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return found_json(look(wallet, desk.taxonomy, language_of(request)), desk.taxonomy, say_in(request))


@router.post("", summary="Sign and keep a check-up")
def post_check_up(request: Request, body: Annotated[CheckUpBody, strict_body(CheckUpBody)]) -> JsonObject:
    desk = desk_of(request)
    given = {each: body.answers.get(each) for each in Statement}
    with desk.wallet() as wallet:
        found = look(wallet, desk.taxonomy, language_of(request), form=body.form)
        said = Said(read_answers(given), body.actions, body.own, body.done)
        return kept_json(keep_check_up(wallet, filled_in(found, said)))


@router.put("/reminder", summary="Say nothing for some days, or turn reminders on or off")
def put_reminder(request: Request, body: Annotated[ReminderBody, strict_body(ReminderBody)]) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        if body.days is None:
            remind(wallet, on=body.on)
        else:
            snooze(wallet, body.days)
        return due_json(due_of(wallet))


@router.get("/{record}", summary="A check-up as the holder signed it")
def get_check_up(request: Request, record: str) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return parse_object(check_up_kept(wallet, record).source)


@router.delete("/{record}", status_code=204, summary="Remove a check-up for good")
def delete_check_up(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_check_up(wallet, record)
    return Response(status_code=204)
