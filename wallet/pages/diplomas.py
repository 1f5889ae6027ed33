"""Routes of diplomas: take one in, look at it, tick what follows from it; maps and licences."""

from collections.abc import Callable
from typing import Annotated

from passport.attachment import attachment
from passport.errors import PassportError
from passport.evidence.derived import DerivedSkill
from passport.http_status import status_of
from wallet.core.deriving import derivable, derive, ground_of_credential, ground_of_file
from wallet.core.imported import (
    Described,
    Imported,
    imported_file,
    imported_one,
    remove_imported,
)
from wallet.core.learning_route import LearningRoute
from wallet.core.shelf import kept_one
from wallet.core.wallet import Wallet
from wallet.desk.importing import import_file, take_map
from wallet.desk.stacking import ask_for_stack, look_at_stack
from wallet.errors import NothingReceived
from wallet.pages.answer import Answer, as_file, redirect
from wallet.pages.parameters import File, Form, Query
from wallet.pages.routing import Router
from wallet.pages.visit import Upload, Visit
from wallet.views import diplomas as views
from wallet.views import door

router = Router(prefix="/diplomas")

Short = Annotated[str, Form(max_length=2_048)]
Asked = Annotated[str, Query(max_length=2_048)]
Ticked = Annotated[list[str] | None, Form(max_length=128)]


@router.get("")
def get_diplomas(visit: Visit) -> Answer:
    with visit.desk.wallet() as wallet:
        return visit.html(views.diplomas(visit.renderer, visit.language, wallet))


@router.post("")
def post_diploma(
    visit: Visit,
    file: Annotated[Upload, File()],
    *,
    title: Short = "",
    institution: Short = "",
    date: Short = "",
    qualification: Short = "",
    route: Short = "formal",
) -> Answer:
    """A credential goes its usual way; everything else is kept as evidence, and said to be unchecked."""
    desk = visit.desk
    way = LearningRoute(route) if route in set(LearningRoute) else LearningRoute.FORMAL
    described = Described(title, institution, date, qualification, way)
    with desk.wallet() as wallet:
        try:
            taken = import_file(desk, wallet, file.data, file.name, described)
        except PassportError as error:
            return _again(visit, wallet, error, described)
        if isinstance(taken, Imported):
            return redirect(f"/diplomas/{taken.id}")
        page = door.received(
            visit.renderer,
            visit.language,
            taken.credentials,
            did=wallet.did,
            files=taken.files,
            evidence=taken.evidence,
            left_out=bool(taken.left_out),
        )
        return visit.html(page)


@router.post("/maps")
def post_map(visit: Visit, file: Annotated[bytes, File()] = b"") -> Answer:
    """Use a map from qualifications to skills."""
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            if not file:
                raise NothingReceived
            take_map(desk, wallet, file)
        except PassportError as error:
            return _again(visit, wallet, error, about="map")
    return redirect("/diplomas")


@router.get("/stack")
def get_stack(visit: Visit) -> Answer:
    with visit.desk.wallet():
        return visit.html(views.stack(visit.renderer, visit.language))


@router.post("/stack")
def post_stack(visit: Visit, address: Short = "", mark: Short = "") -> Answer:
    """First what the organisation asks and what would leave; with the mark of that, send it."""
    desk, renderer, language = visit.desk, visit.renderer, visit.language
    with desk.wallet() as wallet:
        try:
            if mark:
                received = ask_for_stack(desk, wallet, address, mark=mark)
                page = door.received(
                    renderer,
                    language,
                    received.credentials,
                    did=wallet.did,
                    files=received.files,
                    evidence=received.evidence,
                    left_out=bool(received.left_out),
                )
                return visit.html(page)
            asked = look_at_stack(desk, wallet, address)
        except PassportError as error:
            page = views.stack(
                renderer,
                language,
                address=address,
                error=visit.sentence(error),
                status=status_of(error),
            )
            return visit.html(page)
        page = views.stack(
            renderer,
            language,
            address=asked.stack.url,
            host=asked.host,
            organisation=asked.found.organisation.name,
            found=asked.here,
        )
        return visit.html(page)


def _of_file(wallet: Wallet, record: str, asked: views.Asked) -> views.Subject:
    one = imported_one(wallet, record)
    return views.Subject(ground_of_file(one), asked, f"/diplomas/{record}", one)


def _of_credential(wallet: Wallet, record: str, asked: views.Asked) -> views.Subject:
    ground = ground_of_credential(kept_one(wallet, record))
    return views.Subject(ground, asked, f"/diplomas/credential/{record}")


def _pages_of(path: str, subject_of: Callable[[Wallet, str, views.Asked], views.Subject]) -> None:
    """What follows from it: the skills to tick, and the claim of those that were ticked."""

    @router.get(path)
    def look(
        visit: Visit, record: str, q: Asked = "", occupation: Asked = "", qualification: Asked = ""
    ) -> Answer:
        asked = views.Asked(occupation, q, qualification)
        with visit.desk.wallet() as wallet:
            return _shown(visit, wallet, subject_of(wallet, record, asked))

    @router.post(path)
    def claim(
        visit: Visit,
        record: str,
        skill: Ticked = None,
        occupation: Short = "",
        qualification: Short = "",
    ) -> Answer:
        asked = views.Asked(occupation, "", qualification)
        with visit.desk.wallet() as wallet:
            return _derived(visit, wallet, subject_of(wallet, record, asked), skill or [])


_pages_of("/{record}", _of_file)
_pages_of("/credential/{record}", _of_credential)


@router.get("/{record}/file")
def get_file(visit: Visit, record: str) -> Answer:
    """A copy, to be saved: whatever stands in it, no page of ours shows or runs it."""
    with visit.desk.wallet() as wallet:
        data = imported_file(wallet, record)
    return as_file(data, "application/octet-stream", attachment("diploma"))


@router.post("/{record}/remove")
def post_remove(visit: Visit, record: str) -> Answer:
    desk = visit.desk
    with desk.wallet() as wallet:
        try:
            desk.undo.keep(remove_imported(wallet, record))
        except PassportError as error:
            return _again(visit, wallet, error)
    return redirect("/diplomas")


def _offered(visit: Visit, wallet: Wallet, subject: views.Subject) -> tuple[DerivedSkill, ...]:
    return derivable(
        wallet,
        subject.ground,
        visit.desk.taxonomy,
        language=visit.language,
        occupation=subject.asked.occupation,
        qualification=subject.asked.qualification,
    )


def _shown(
    visit: Visit,
    wallet: Wallet,
    subject: views.Subject,
    *,
    ticked: list[str] | None = None,
    error: PassportError | None = None,
) -> Answer:
    page = views.diploma(
        visit.renderer,
        visit.language,
        subject,
        _offered(visit, wallet, subject),
        visit.desk.taxonomy,
        ticked=ticked or (),
        error="" if error is None else visit.sentence(error),
        status=200 if error is None else status_of(error),
    )
    return visit.html(page)


def _derived(visit: Visit, wallet: Wallet, subject: views.Subject, skills: list[str]) -> Answer:
    language = visit.language
    offered = _offered(visit, wallet, subject)
    try:
        made = derive(wallet, subject.ground, skills, offered, language=language, say=visit.say)
    except PassportError as error:
        return _shown(visit, wallet, subject, ticked=skills, error=error)
    return redirect(f"/credentials/{made.id}")


def _again(
    visit: Visit, wallet: Wallet, error: PassportError, described: Described | None = None, about: str = ""
) -> Answer:
    page = views.diplomas(
        visit.renderer,
        visit.language,
        wallet,
        described=described,
        error=visit.sentence(error, about),
        status=status_of(error),
    )
    return visit.html(page)
