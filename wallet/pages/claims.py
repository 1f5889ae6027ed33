"""Routes of one's own claims: say something, look at it with what others confirm, withdraw it."""

from typing import Annotated

from passport.errors import PassportError
from passport.http_status import status_of
from wallet.core import limits
from wallet.core.claims_made import ClaimDraft, claim_made, make_claim, read_day, withdraw_claim
from wallet.core.claims_summary import bound_files
from wallet.core.endorsements import remove_endorsement
from wallet.core.evidence_files import OwnFile, own_file
from wallet.core.learning_route import LearningRoute
from wallet.core.wallet import Kind, Wallet
from wallet.core.withdrawing import withdrawing
from wallet.desk.tools import Photos
from wallet.errors import UnknownRecord
from wallet.errors_claims import TooManyEvidenceFiles
from wallet.pages.answer import Answer, as_file, redirect
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Upload, Visit
from wallet.views import claims as views

router = Router(prefix="/claims")

Text = Annotated[str, Form(max_length=16_384)]
Chosen = Annotated[list[str] | None, Query(max_length=limits.ASSESSED_SKILLS)]
_OPAQUE = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@router.get("")
def get_claims(visit: Visit) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(views.claims(visit.renderer, visit.language, wallet))


@router.get("/new")
def get_new(
    visit: Visit,
    q: Annotated[str, Query(max_length=2_048)] = "",
    work: Annotated[str, Query(max_length=2_048)] = "",
    skill: Chosen = None,
) -> Answer:
    desk = visit.desk
    with desk.wallet():
        page = views.choose(
            visit.renderer, visit.language, desk.taxonomy, query=q, work=work, ticked=skill or ()
        )
        return visit.html(page)


@router.get("/describe")
def get_describe(visit: Visit, skill: Chosen = None) -> Answer:
    desk = visit.desk
    if not skill:
        return redirect("/claims/new")
    with desk.wallet():
        page = views.describe(visit.renderer, visit.language, desk.taxonomy, skill)
        return visit.html(page)


@router.post("")
def post_claim(
    visit: Visit,
    *,
    skill: Annotated[list[str] | None, Form(max_length=limits.ASSESSED_SKILLS)] = None,
    title: Text = "",
    words: Text = "",
    role: Text = "",
    where: Text = "",
    since: Text = "",
    until: Text = "",
    route: Text = "",
    files: Annotated[list[Upload] | None, File()] = None,
) -> Answer:
    desk, language = visit.desk, visit.language
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
                files=_files(desk.tools.photos, wallet, files or []),
            )
            made = make_claim(wallet, draft, desk.taxonomy, language=language)
    except PassportError as error:
        page = views.describe(
            visit.renderer,
            language,
            desk.taxonomy,
            skill or (),
            said=views.Said(title, words, role, where, since, until, route),
            error=visit.sentence(error),
            status=status_of(error),
        )
        return visit.html(page)
    return redirect(f"/claims/{made.id}")


@router.get("/{record}")
def get_claim(visit: Visit, record: str) -> Answer:
    with visit.desk.wallet() as wallet:
        one = claim_made(wallet, record)
        return visit.html(views.claim(visit.renderer, visit.language, wallet, one))


@router.get("/{record}/file")
def get_file(visit: Visit, record: str, id: Annotated[str, Query(max_length=2_048)]) -> Answer:  # noqa: A002  # the query's own name
    """One of one's own files, as a download that no page shows or runs."""
    with visit.desk.wallet() as wallet:
        parsed = claim_made(wallet, record).kept.report.parsed
        assert parsed is not None
        for file in bound_files(wallet, parsed.evidence, parsed.related_resources):
            if file.id == id and file.size is not None:
                data = wallet.vault.get(Kind.FILE, id)
                name = f'attachment; filename="{_plain(file.name)}"'
                return as_file(data, "application/octet-stream", {**_OPAQUE, "Content-Disposition": name})
    raise UnknownRecord


@router.get("/{record}/withdraw")
def get_withdraw(visit: Visit, record: str) -> Answer:
    with visit.desk.wallet() as wallet:
        cost = withdrawing(wallet, record)
        return visit.html(views.withdraw(visit.renderer, visit.language, wallet, cost))


@router.post("/{record}/withdraw")
def post_withdraw(visit: Visit, record: str) -> Answer:
    with visit.desk.wallet() as wallet:
        withdraw_claim(wallet, record)
    return redirect(f"/claims/{record}")


@router.post("/{record}/confirmations/{identifier}/remove")
def post_remove_confirmation(visit: Visit, record: str, identifier: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        desk.undo.keep(remove_endorsement(wallet, identifier))
    return redirect(f"/claims/{record}")


def _files(photos: Photos, wallet: Wallet, sent: list[Upload]) -> tuple[OwnFile, ...]:
    """A browser sends one empty file where none was chosen."""
    chosen = [each for each in sent if each.name]
    if len(chosen) > limits.OWN_FILES:
        raise TooManyEvidenceFiles(most=limits.OWN_FILES)
    taken = []
    for each in chosen:
        name, data = photos.small_enough(each.name, each.data[: limits.UPLOAD + 1])
        taken.append(own_file(wallet.random, name, data))
    return tuple(taken)


def _plain(name: str) -> str:
    """A name for a header: letters, digits, dots and dashes alone."""
    kept = "".join(each if each.isascii() and (each.isalnum() or each in ".-_") else "_" for each in name)
    return kept or "file"
