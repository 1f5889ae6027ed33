"""OpenID4VP: where wallets read requests and send answers, and what programs of employers do with it."""

from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from passport import limits
from passport.errors.openid4vp_response import MalformedVpResponse
from passport.oauth.urls import check_url
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.request_build import MEDIA_TYPE
from passport.openid4vp.response_read import FORM_TYPE
from passport.web import document_body, strict_body
from passport.web.idempotency import IdempotentRoute
from verifier.openid4vp_states import Answered, Created, Refused, State
from verifier.routes.api import told
from verifier.routes.bodies import Collected, NewTransaction
from verifier.routes.parts import AsEmployer, Service, once_as_employer

public = APIRouter(prefix="/openid4vp", tags=["public"])
api = APIRouter(prefix="/api/openid4vp", tags=["employers"], route_class=IdempotentRoute)
Json = dict[str, Any]
_REQUEST_OBJECT: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {}}, "description": "The signed request"}
}
_ANSWER = 3 * limits.PRESENTATION.size
"""Bytes: in a form every quotation mark is three characters."""
_WALLET = 16_384
"""Bytes of what a wallet says about itself."""
_MOST_NONCE = 512


@public.get(
    "/{transaction}/request",
    summary="The request, signed (OpenID4VP 1.0, section 5.10)",
    response_class=Response,
    responses=_REQUEST_OBJECT,
)
async def request_object(transaction: str, service: Service) -> Response:
    return _signed(await service.openid4vp.request_object(transaction))


@public.post(
    "/{transaction}/request",
    summary="The request, signed, with the wallet's nonce in it (section 5.10.1)",
    response_class=Response,
    responses=_REQUEST_OBJECT,
)
async def request_object_for(
    transaction: str,
    service: Service,
    data: Annotated[bytes, document_body(most=_WALLET, media_types=(FORM_TYPE,))],
) -> Response:
    return _signed(await service.openid4vp.request_object(transaction, _wallet_nonce(data)))


@public.post("/{transaction}/response", summary="A wallet's answer: direct_post, direct_post.jwt (section 8)")
async def take_response(
    transaction: str,
    service: Service,
    data: Annotated[bytes, document_body(most=_ANSWER, media_types=(FORM_TYPE,))],
) -> dict[str, str]:
    """The wallet learns where to send the browser, if anywhere; what is decided it does not learn here."""
    return await service.openid4vp.respond(transaction, data)


@api.post(
    "",
    status_code=201,
    summary="Ask other wallets, over OpenID4VP 1.0",
    dependencies=[once_as_employer],
)
async def create_transaction(
    service: Service, employer: AsEmployer, body: Annotated[NewTransaction, strict_body(NewTransaction)]
) -> Json:
    """With `redirectUri` for a wallet on the same device: the answer is collected with the code that comes
    back there. Without, for another device. `dcqlQuery` asks something else than the profile's skills.
    """
    if body.redirect_uri is not None:
        check_url(body.redirect_uri, query=True)
    profile = await service.profiles.get(employer.id, body.profile, body.version)
    query = None if body.dcql_query is None else parse_dcql(body.dcql_query)
    question = await service.requests.create(employer, profile, service.clock())
    created = await service.openid4vp.ask(
        employer,
        question,
        prefix=body.client_id_prefix,
        response_mode=body.response_mode,
        query=query,
        return_to=body.redirect_uri,
    )
    return _shown(created, service)


@api.get("/{transaction}", summary="A transaction in its state")
async def get_transaction(transaction: str, service: Service, employer: AsEmployer) -> Json:
    found = await service.openid4vp.transactions.get(transaction, service.clock(), employer)
    return _shown(found, service)


@api.get("/{transaction}/result", summary="The report of a transaction that was answered")
async def get_result(request: Request, transaction: str, service: Service, employer: AsEmployer) -> Json:
    """404 until there is one; who waits for it asks for the state."""
    found = await service.openid4vp.transactions.get(transaction, service.clock(), employer)
    report = found.report if isinstance(found, Answered) else found.request
    return told(request, await service.reports.get(report, employer))


@api.post("/{transaction}/collect", summary="Collect an answer from the same device with its response_code")
async def collect_answer(
    request: Request,
    transaction: str,
    service: Service,
    employer: AsEmployer,
    body: Annotated[Collected, strict_body(Collected)],
) -> Json:
    """Once. Hold it against the session that you began it in: that the code came back there shows that the
    answer is of whoever sits at that browser (OpenID4VP 1.0, section 14.2).
    """
    found = await service.openid4vp.collect(transaction, body.response_code, employer)
    return told(request, await service.reports.get(found.report, employer))


def _signed(token: str) -> Response:
    return Response(token, media_type=MEDIA_TYPE)


def _wallet_nonce(data: bytes) -> str | None:
    """What to repeat; the rest of what a wallet says about itself changes nothing here (section 5.10.1)."""
    try:
        pairs = parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=16, errors="strict")
    except ValueError:
        raise MalformedVpResponse(member="wallet_nonce") from None
    nonces = [value for name, value in pairs if name == "wallet_nonce"]
    if len(nonces) > 1 or any(not 0 < len(each) <= _MOST_NONCE or not each.isprintable() for each in nonces):
        raise MalformedVpResponse(member="wallet_nonce")
    return nonces[0] if nonces else None


def _shown(state: State, service: Service) -> Json:
    shown: Json = {"id": state.id, "state": type(state).__name__.lower(), "request": state.request}
    if isinstance(state, Created):
        shown |= {
            "clientId": state.asking.client_id,
            "link": service.openid4vp.link(state),
            "requestUri": service.openid4vp.transactions.request_uri(state),
            "dcqlQuery": state.query.to_json(),
            "validUntil": state.valid_until,
        }
    if isinstance(state, Answered):
        shown["report"] = state.report
    if isinstance(state, Refused):
        shown["error"] = state.error
    return shown
