"""The JSON interface of help from an adviser: visits with their logs, and what was proposed.

While a visit goes on this interface is refused, as everything is that the adviser may not open.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from passport.json import JsonObject
from passport.web import Body, language_of, strict_body
from wallet.core import advice
from wallet.core.advice import Sees
from wallet.core.advice_summary import advice_json, proposal_json, visit_json
from wallet.desktop.api import desk_of
from wallet.desktop.bodies import Text
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/intake/advice", tags=["intake"], dependencies=our_script)


class VisitBody(Body):
    """Who may look at what, and for how many minutes."""

    name: Text
    organisation: Text = ""
    sees: Annotated[list[Annotated[Sees, Field(strict=False)]], Field(max_length=len(Sees))]
    proposes: bool = False
    minutes: int = 60


class DecisionBody(Body):
    accept: bool
    level: int | None = None


@router.get("", summary="Visits of advisers with their logs, and proposals")
def get_advice(request: Request) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return advice_json(wallet, desk.taxonomy, str(language_of(request)))


@router.post("/visits", status_code=201, summary="Let an adviser in: everything else is shut until the end")
def post_visit(request: Request, body: Annotated[VisitBody, strict_body(VisitBody)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        visit = advice.let_in(
            wallet,
            name=body.name,
            organisation=body.organisation,
            sees=body.sees,
            proposes=body.proposes,
            minutes=body.minutes,
        )
        desk.guest.begin(visit)
        return visit_json(visit)


@router.delete("/visits/{record}", status_code=204, summary="Forget a visit with its log and proposals")
def delete_visit(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        advice.forget_visit(wallet, record)
    return Response(status_code=204)


@router.post("/proposals/{record}", summary="Take a proposal over, or not")
def post_decision(
    request: Request, record: str, body: Annotated[DecisionBody, strict_body(DecisionBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        made = advice.decide(wallet, record, desk.taxonomy, accept=body.accept, level=body.level)
        return proposal_json(made, desk.taxonomy, str(language_of(request)))
