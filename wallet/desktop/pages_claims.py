"""Routes of one's own claims: say something, look at it with what others confirm, withdraw it."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.problems import status_of
from wallet.core import limits
from wallet.core.claims_made import ClaimDraft, claim_made, make_claim, read_day, withdraw_claim
from wallet.core.claims_summary import bound_files
from wallet.core.endorsements import remove_endorsement
from wallet.core.evidence_files import OwnFile, own_file
from wallet.core.learning_route import LearningRoute
from wallet.core.wallet import Kind, Wallet
from wallet.core.withdrawing import withdrawing
from wallet.desktop.api import desk_of
from wallet.desktop.html import html, renderer_of, sentence
from wallet.desktop.photo_size import small_enough
from wallet.desktop.session import SEE_OTHER, our_form, ours
from wallet.errors import UnknownRecord
from wallet.errors_claims import TooManyEvidenceFiles
from wallet.views import claims as views

router = APIRouter(prefix="/claims", include_in_schema=False)

Text = Annotated[str, Form(max_length=16_384)]
Chosen = Annotated[list[str] | None, Query(max_length=limits.ASSESSED_SKILLS)]
_OPAQUE = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@router.get("", dependencies=ours)
def get_claims(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        return html(views.claims(renderer_of(request), language_of(request), wallet), request)


@router.get("/new", dependencies=ours)
def get_new(
    request: Request,
    q: Annotated[str, Query(max_length=2_048)] = "",
    work: Annotated[str, Query(max_length=2_048)] = "",
    skill: Chosen = None,
) -> Response:
    desk = desk_of(request)
    with desk.wallet():
        page = views.choose(
            renderer_of(request), language_of(request), desk.taxonomy, query=q, work=work, ticked=skill or ()
        )
        return html(page, request)


@router.get("/describe", dependencies=ours)
def get_describe(request: Request, skill: Chosen = None) -> Response:
    desk = desk_of(request)
    if not skill:
        return RedirectResponse("/claims/new", SEE_OTHER)
    with desk.wallet():
        page = views.describe(renderer_of(request), language_of(request), desk.taxonomy, skill)
        return html(page, request)


@router.post("", dependencies=our_form)
def post_claim(
    request: Request,
    *,
    skill: Annotated[list[str] | None, Form(max_length=limits.ASSESSED_SKILLS)] = None,
    title: Text = "",
    words: Text = "",
    role: Text = "",
    where: Text = "",
    since: Text = "",
    until: Text = "",
    route: Text = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    desk, language = desk_of(request), language_of(request)
    try:
        with desk.wallet() as wallet:
            draft = ClaimDraft(
                skills=tuple(skill or ()),
                title=title,
                words=words,
                role=role,
                place=where,
                since=read_day(since),
                until=read_day(until),
                route=LearningRoute(route) if route in set(LearningRoute) else None,
                files=_files(wallet, files or []),
            )
            made = make_claim(wallet, draft, desk.taxonomy, language=language)
    except PassportError as error:
        page = views.describe(
            renderer_of(request),
            language,
            desk.taxonomy,
            skill or (),
            said=views.Said(title, words, role, where, since, until, route),
            error=sentence(request, error),
            status=status_of(error),
        )
        return html(page, request)
    return RedirectResponse(f"/claims/{made.id}", SEE_OTHER)


@router.get("/{record}", dependencies=ours)
def get_claim(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        one = claim_made(wallet, record)
        return html(views.claim(renderer_of(request), language_of(request), wallet, one), request)


@router.get("/{record}/file", dependencies=ours)
def get_file(request: Request, record: str, id: Annotated[str, Query(max_length=2_048)]) -> Response:  # noqa: A002  # the query's own name
    """One of one's own files, as a download that no page shows or runs."""
    with desk_of(request).wallet() as wallet:
        parsed = claim_made(wallet, record).kept.report.parsed
        assert parsed is not None
        for file in bound_files(wallet, parsed.evidence, parsed.related_resources):
            if file.id == id and file.size is not None:
                data = wallet.vault.get(Kind.FILE, id)
                return Response(
                    data,
                    media_type="application/octet-stream",
                    headers={**_OPAQUE, "Content-Disposition": f'attachment; filename="{_plain(file.name)}"'},
                )
    raise UnknownRecord


@router.get("/{record}/withdraw", dependencies=ours)
def get_withdraw(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        cost = withdrawing(wallet, record)
        return html(views.withdraw(renderer_of(request), language_of(request), wallet, cost), request)


@router.post("/{record}/withdraw", dependencies=our_form)
def post_withdraw(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        withdraw_claim(wallet, record)
    return RedirectResponse(f"/claims/{record}", SEE_OTHER)


@router.post("/{record}/confirmations/{identifier}/remove", dependencies=our_form)
def post_remove_confirmation(request: Request, record: str, identifier: str) -> Response:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        desk.undo.keep(remove_endorsement(wallet, identifier))
    return RedirectResponse(f"/claims/{record}", SEE_OTHER)


def _files(wallet: Wallet, sent: list[UploadFile]) -> tuple[OwnFile, ...]:
    """A browser sends one empty file where none was chosen."""
    chosen = [each for each in sent if each.filename]
    if len(chosen) > limits.OWN_FILES:
        raise TooManyEvidenceFiles(most=limits.OWN_FILES)
    taken = []
    for each in chosen:
        name, data = small_enough(each.filename or "", each.file.read(limits.UPLOAD + 1))
        taken.append(own_file(wallet.random, name, data))
    return tuple(taken)


def _plain(name: str) -> str:
    """A name for a header: letters, digits, dots and dashes alone."""
    kept = "".join(each if each.isascii() and (each.isalnum() or each in ".-_") else "_" for each in name)
    return kept or "file"
