"""The VC API of a verifier: strict, as everywhere in the product. The issuer's DID must hold the key.

For programs that keep challenges themselves: nothing is stored, no report is made, and whoever gave out a
challenge sees to it that it is answered once.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from passport import limits
from passport.answers import Answer, Check
from passport.errors import PassportError
from passport.json import dump
from passport.web import document_body, language_of
from passport.web.vc_api import VcApiRoute, problems_of, read_body, refused, verified
from verifier.errors import NotInForce
from verifier.routes.parts import AsEmployer, Service

router = APIRouter(tags=["vc-api"], route_class=VcApiRoute)
_PRESENTATION_BODY = limits.JsonLimits(size=limits.PRESENTATION.size + 65_536)


@router.post("/credentials/verify", summary="Verify a credential (VC API)", response_model=None)
async def verify_credential(
    request: Request, service: Service, _employer: AsEmployer, source: Annotated[bytes, document_body()]
) -> dict[str, Any] | Response:
    """Everything must hold: the proof, the issuer's key, the period and the status."""
    body = read_body(source, "verifiableCredential")
    report = await service.checker.credential(dump(body.subject))
    if report.answer is not Answer.YES:
        return _refused(request, report.checks, report.error)
    return verified(document=body.subject, checks=[check.code for check in report.checks])


@router.post("/presentations/verify", summary="Verify a presentation (VC API)", response_model=None)
async def verify_presentation(
    request: Request,
    service: Service,
    _employer: AsEmployer,
    source: Annotated[bytes, document_body(most=_PRESENTATION_BODY.size)],
) -> dict[str, Any] | Response:
    """An answer to `options.challenge` for `options.domain`; without, shown unasked and made just now."""
    body = read_body(source, "verifiablePresentation", _PRESENTATION_BODY)
    report = await service.checker.presentation(
        dump(body.subject), challenge=body.options.challenge, domain=body.options.domain
    )
    checks = [*report.checks, *(check for each in report.credentials for check in each.checks)]
    if report.answer is not Answer.YES:
        return _refused(request, checks, report.error)
    return verified(document=body.subject, checks=[check.code for check in checks])


def _refused(request: Request, checks: Iterable[Check], error: PassportError | None) -> Response:
    """A genuine credential that expired or was withdrawn has problems and no error of its own."""
    return refused(request, error or NotInForce(), problems_of(checks, language_of(request)))
