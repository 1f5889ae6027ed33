"""The supervisor's answer: fill in, look at it, send it; or refuse. All after the proof, none by a GET."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from issuer.confirmations.build import Basis
from issuer.confirmations.content import Asked, Statement, Word
from issuer.confirmations.ending import refuse
from issuer.confirmations.endorse import finish, send
from issuer.confirmations.errors import OwnSignatureRefused, WalletNotProved
from issuer.confirmations.files import ConfirmationFile, Origin, open_bytes, shown_file
from issuer.confirmations.forms import SentForm, read_sent_form
from issuer.confirmations.handing_over import reason_of
from issuer.confirmations.intake import WrongSheet, take_in
from issuer.confirmations.invite import INVITED
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.own_signature import check_own_signatures, to_be_signed
from issuer.confirmations.records import Confirmation
from issuer.confirmations.statement import (
    add_record,
    asked_of,
    digest_of,
    read_form,
    reason_text,
    save_draft,
    statement_of,
    with_record,
    without_record,
)
from issuer.routes.access import ServiceOf
from issuer.routes.confirming_access import Proved, led_to, shown
from issuer.routes.evidence import file_response
from issuer.service import Service
from passport.errors import Invalid, NotAllowed
from passport.json import dump
from passport.web import language_of
from passport.web.forms import same_origin
from passport.web.refused_page import beside_its_field

router = APIRouter(prefix="/confirm/{confirmation_id}/{secret}", include_in_schema=False)
FileNumber = Annotated[int, Path(ge=1, le=CONFIRMATION.numbers)]


@router.get("/statement")
async def show_form(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    if confirmation.state not in INVITED:
        return led_to(request, "done")
    draft = statement_of(service, confirmation)
    return await _form_page(request, confirmation, service, fields=_fields(draft))


@router.post("/statement", dependencies=[same_origin])
async def fill_in(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    """Keep what was filled in as a draft, with one record; what is wrong is said on the form."""
    form = await read_sent_form(request)
    asked, draft = asked_of(service, confirmation), statement_of(service, confirmation)
    try:
        files = await ConfirmationFile.of(confirmation.id)
        statement = read_form(
            form.fields,
            asked,
            records=_chosen(form.fields, draft, files),
            language=language_of(request),
            now=service.clock(),
        )
        statement, sheet = await _with_file(service, confirmation, statement, form)
    except (Invalid, NotAllowed) as error:
        page = await _form_page(request, confirmation, service, fields=form.fields)
        return await beside_its_field(request, page, error)
    if sheet is not None:
        return await _form_page(request, confirmation, service, fields=form.fields, sheet=sheet)
    await save_draft(service, confirmation, statement)
    return led_to(request, "preview")


@router.get("/preview")
async def preview(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    if confirmation.state not in INVITED:
        return led_to(request, "done")
    statement = statement_of(service, confirmation)
    if statement is None:
        return led_to(request, "statement")
    return await _preview_page(request, confirmation, service, statement)


@router.post("/files", dependencies=[same_origin])
async def add_file(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    """One more record."""
    form = await read_sent_form(request)
    statement = statement_of(service, confirmation)
    if statement is None:
        return led_to(request, "statement")
    try:
        changed, sheet = await _with_file(service, confirmation, statement, form)
    except (Invalid, NotAllowed) as error:
        page = await _preview_page(request, confirmation, service, statement)
        return await beside_its_field(request, page, error)
    if sheet is not None:
        return await _preview_page(request, confirmation, service, statement, sheet=sheet)
    await save_draft(service, confirmation, changed)
    return led_to(request, "preview")


@router.post("/files/{number}/remove", dependencies=[same_origin])
async def remove_file(
    request: Request, confirmation: Proved, number: FileNumber, service: ServiceOf
) -> Response:
    statement = statement_of(service, confirmation)
    if statement is not None:
        await save_draft(service, confirmation, without_record(statement, number))
    return led_to(request, "preview")


@router.get("/files/{number}")
async def show_file(confirmation: Proved, number: FileNumber, service: ServiceOf) -> Response:
    """A record as it is kept; a photo without where it was taken."""
    file = await ConfirmationFile.find_or_fail(confirmation.id, number)
    return file_response(open_bytes(service, file), file.media_type)


@router.post("/send", dependencies=[same_origin])
async def send_it(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    """Send what was shown: recorded, then signed by the organisation, a skill at a time.

    Sent again, it finishes what a crash left unsigned.
    """
    if confirmation.state not in INVITED:
        await finish(service, confirmation)
        return led_to(request, "done")
    form = await read_sent_form(request)
    await send(service, confirmation, seen=form.fields.get("seen", ""))
    service.faults.reach("before-reply")
    return led_to(request, "done")


@router.post("/send-own", dependencies=[same_origin])
async def send_own(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    """Send what the supervisor's own wallet signed."""
    if confirmation.state not in INVITED:
        return led_to(request, "done")
    form = await read_sent_form(request)
    statement = statement_of(service, confirmation)
    wallet = None if confirmation.invitation is None else confirmation.invitation.wallet
    if wallet is None:
        raise WalletNotProved
    if statement is None:
        return led_to(request, "statement")
    basis = await _basis(service, confirmation, statement)
    try:
        signed = await asyncio.to_thread(
            check_own_signatures, service, basis, wallet, form.fields.get("signed", "")
        )
    except OwnSignatureRefused as error:
        page = await _preview_page(request, confirmation, service, statement)
        return await beside_its_field(request, page, error)
    await send(service, confirmation, seen=form.fields.get("seen", ""), own=signed)
    return led_to(request, "done")


@router.post("/refuse", dependencies=[same_origin])
async def refuse_it(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    """Confirm nothing, and say why: the worker sees the reason."""
    form = await read_sent_form(request)
    reason = reason_text(form.fields)
    await refuse(service, confirmation, reason, by="supervisor", account="supervisor")
    return led_to(request, "done")


@router.get("/done")
async def done(request: Request, confirmation: Proved, service: ServiceOf) -> Response:
    if confirmation.state in INVITED:
        return led_to(request, "statement")
    statement = statement_of(service, confirmation)
    return await shown(
        request,
        "confirm_done.html",
        confirmation,
        state=confirmation.state,
        confirmed=0 if statement is None else len(statement.confirmed),
        told_why=reason_of(service, confirmation),
    )


async def _with_file(
    service: Service, confirmation: Confirmation, statement: Statement, form: SentForm
) -> tuple[Statement, WrongSheet | None]:
    if form.file is None:
        return statement, None
    async with service.turns.here("records"):  # a large photo takes much memory for a moment
        taken = await asyncio.to_thread(take_in, form.file, form.file_name, service.clock().date())
    if isinstance(taken, WrongSheet):
        return statement, taken
    with_record(statement, CONFIRMATION.numbers + 1)  # is there room for one more
    return with_record(statement, await add_record(service, confirmation, taken)), None


def _chosen(
    fields: Mapping[str, str], draft: Statement | None, files: list[ConfirmationFile]
) -> tuple[int, ...]:
    """The records of the draft, and those of the worker that are ticked as known and right."""
    own = {file.number for file in files if file.origin is Origin.SUPERVISOR}
    kept = () if draft is None else tuple(number for number in draft.records if number in own)
    known = tuple(
        file.number
        for file in files
        if file.origin is Origin.WORKER and fields.get(f"known-{file.number}") == "yes"
    )
    return (*known, *kept)


def _fields(draft: Statement | None) -> dict[str, str]:
    """A draft as the fields of its form."""
    if draft is None:
        return {}
    fields = {"role": draft.role, "text": draft.text, "not-the-holder": "yes"}
    fields |= {} if draft.start is None else {"start": draft.start.isoformat()}
    fields |= {} if draft.end is None else {"end": draft.end.isoformat()}
    for number, answer in enumerate(draft.answers):
        fields |= {f"skill-{number}": answer.word.value, f"remark-{number}": answer.remark}
    return fields | {f"known-{number}": "yes" for number in draft.records}


async def _form_page(
    request: Request,
    confirmation: Confirmation,
    service: Service,
    *,
    fields: Mapping[str, str],
    sheet: WrongSheet | None = None,
) -> Response:
    asked: Asked = asked_of(service, confirmation)
    files = await ConfirmationFile.of(confirmation.id)
    return await shown(
        request,
        "confirm_statement.html",
        confirmation,
        status=200 if sheet is None else 400,
        asked=asked,
        words=tuple(Word),
        fields=fields,
        sent_along=[shown_file(service, file) for file in files if file.origin is Origin.WORKER],
        sheet=sheet,
    )


async def _preview_page(
    request: Request,
    confirmation: Confirmation,
    service: Service,
    statement: Statement,
    *,
    sheet: WrongSheet | None = None,
) -> Response:
    basis = await _basis(service, confirmation, statement)
    wallet = None if confirmation.invitation is None else confirmation.invitation.wallet
    own = [] if wallet is None else [item.document for item in to_be_signed(service, basis, wallet)]
    return await shown(
        request,
        "confirm_preview.html",
        confirmation,
        status=200 if sheet is None else 400,
        asked=basis.asked,
        statement=statement,
        records=[shown_file(service, file) for file in basis.bound],
        room=len(statement.records) < CONFIRMATION.records,
        seen=digest_of(statement),
        wallet=wallet,
        own=dump(own).decode() if own else "",
        sheet=sheet,
    )


async def _basis(service: Service, confirmation: Confirmation, statement: Statement) -> Basis:
    files = await ConfirmationFile.of(confirmation.id)
    return Basis(confirmation, asked_of(service, confirmation), statement, files)
