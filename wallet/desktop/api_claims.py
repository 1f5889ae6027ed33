"""The JSON interface of claims and of requests about them: the same actions as the pages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from passport import limits as shared
from passport.json import JsonObject
from passport.web import Body, language_of, strict_body
from wallet.core import limits
from wallet.core.asked import all_asked, forget_asked, one_asked
from wallet.core.asking import Draft, Sought, look
from wallet.core.claims_made import ClaimDraft, claim_made, claims_made, make_claim, read_day, withdraw_claim
from wallet.core.claims_summary import asked_json, asking_json, claim_json, endorsement_json
from wallet.core.endorsements import endorsements_of
from wallet.core.evidence_files import own_file
from wallet.core.learning_route import LearningRoute
from wallet.core.skills import skill_evidence
from wallet.core.summary import examined_json
from wallet.core.wallet import Wallet
from wallet.desk import organisation_requests as requests
from wallet.desk.organisation import organisation_address
from wallet.desktop.api import desk_of, from_base64, say_in
from wallet.desktop.bodies import Ids, Long, Text
from wallet.desktop.photo_size import small_enough
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api", tags=["claims"], dependencies=our_script)
_FILES = shared.JsonLimits(size=limits.FILES_TOGETHER, string=limits.UPLOAD * 4 // 3)


class ClaimFileBody(Body):
    name: Text
    content: Long
    """In base64."""


class ClaimBody(Body):
    skills: Ids
    title: Text = ""
    words: Text = ""
    role: Text = ""
    where: Text = ""
    since: Annotated[Text, Field(alias="from")] = ""
    until: Text = ""
    route: LearningRoute | None = Field(default=None, strict=False)
    files: Annotated[list[ClaimFileBody], Field(max_length=limits.OWN_FILES)] = Field(default_factory=list)


class AskBody(Body):
    """A request to an organisation. Without the mark of what was seen nothing is sent."""

    sought: Annotated[Sought, Field(strict=False)]
    at: Text
    organisation: Text = ""
    claims: Ids
    skills: Ids = Field(default_factory=list)
    confirmations: Ids = Field(default_factory=list)
    credentials: Ids = Field(default_factory=list)
    files: Ids = Field(default_factory=list)
    message: Text = ""
    name: Text = ""
    supervisor: Text = ""
    adds_to: Annotated[Text, Field(alias="addsTo")] = ""
    """The id of an open request that gets this as well."""
    renews: Text = ""
    """The id of an earlier validation that runs out."""
    mark: Text | None = None


class AppealBody(Body):
    reason: Text


@router.get("/claims", summary="What the holder said, withdrawn claims among them")
def get_claims(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"claims": [_claim(request, wallet, each.id) for each in claims_made(wallet)]}


@router.post("/claims", status_code=201, summary="Say what one can do, with files of one's own")
def post_claim(request: Request, body: Annotated[ClaimBody, strict_body(ClaimBody, _FILES)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        sent = [small_enough(each.name, from_base64(each.content)) for each in body.files]
        draft = ClaimDraft(
            skills=tuple(body.skills),
            title=body.title,
            words=body.words,
            role=body.role,
            place=body.where,
            since=read_day(body.since),
            until=read_day(body.until),
            route=body.route,
            files=tuple(own_file(wallet.random, name, data) for name, data in sent),
        )
        made = make_claim(wallet, draft, desk.taxonomy, language=str(language_of(request)))
        return examined_json(made, say_in(request))


@router.get("/claims/{record}", summary="A claim with what confirms it")
def get_claim(request: Request, record: str) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return _claim(request, wallet, record)


@router.post("/claims/{record}/withdraw", summary="Stop using a claim")
def post_withdraw(request: Request, record: str) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        withdraw_claim(wallet, record)
        return _claim(request, wallet, record)


@router.post("/asked", summary="See what would leave for an organisation; with its mark, send it")
def post_ask(request: Request, body: Annotated[AskBody, strict_body(AskBody)]) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        found = requests.find(desk, organisation_address(body.at, body.organisation))
        draft = Draft(
            sought=body.sought,
            organisation=found.organisation,
            claims=tuple(body.claims),
            skills=tuple(body.skills),
            endorsements=tuple(body.confirmations),
            credentials=tuple(body.credentials),
            files=tuple(body.files),
            message=body.message,
            name=body.name,
            supervisor=body.supervisor,
            adds_to=body.adds_to,
            renews=body.renews,
        )
        consent = asking_json(look(wallet, draft))
        if body.mark is None:
            return {"consent": consent, "request": None}
        sent = requests.ask(desk, wallet, draft, mark=body.mark)
        return {"consent": consent, "request": asked_json(sent)}


@router.get("/asked", summary="Requests to organisations as they were last seen")
def get_asked(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"requests": [asked_json(each) for each in all_asked(wallet)]}


@router.post("/asked/{identifier}/look", summary="Ask how it stands; take in confirmations that are ready")
def post_look(request: Request, identifier: str) -> JsonObject:
    desk, say = desk_of(request), say_in(request)
    with desk.wallet() as wallet:
        followed = requests.follow(desk, wallet, identifier)
    confirmed = [endorsement_json(each, say) for each in followed.endorsements]
    return {**asked_json(followed.asked), "confirmations": confirmed, "filesFetched": followed.files}


@router.post("/asked/{identifier}/fetch", summary="Take the credential that is offered")
def post_fetch(
    request: Request,
    identifier: str,
    tx_code: Annotated[str | None, Query(alias="txCode", max_length=64)] = None,
) -> JsonObject:
    desk, say = desk_of(request), say_in(request)
    with desk.wallet() as wallet:
        received = requests.fetch_badge(desk, wallet, identifier, tx_code=tx_code)
        shown = [examined_json(each, say) for each in received.credentials]
        return {**asked_json(one_asked(wallet, identifier)), "credentials": shown}


@router.post("/asked/{identifier}/withdraw", summary="Take a request back")
def post_take_back(request: Request, identifier: str) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return asked_json(requests.withdraw(desk, wallet, identifier))


@router.post("/asked/{identifier}/appeal", summary="Ask another assessor to judge again")
def post_appeal(
    request: Request, identifier: str, body: Annotated[AppealBody, strict_body(AppealBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        return asked_json(requests.appeal(desk, wallet, identifier, body.reason))


@router.delete("/asked/{identifier}", status_code=204, summary="Forget a request")
def delete_asked(request: Request, identifier: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_asked(wallet, identifier)
    return Response(status_code=204)


def _claim(request: Request, wallet: Wallet, record: str) -> JsonObject:
    confirmed = endorsements_of(wallet, record)
    claim = claim_made(wallet, record)
    return claim_json(wallet, claim, confirmed, skill_evidence(wallet), say_in(request))
