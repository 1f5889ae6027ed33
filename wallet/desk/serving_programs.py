"""What a program that was let in may do: read what is shared with it, and send badges for a yes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.errors.oauth import InsufficientScope
from passport.json import parse_object
from passport.open_badges_api.credentials_response import CredentialsResponse
from passport.open_badges_api.paging import Page
from passport.open_badges_api.scopes import BadgeScope
from wallet.core.badge_services.programs import Program, keep_program, program
from wallet.core.forms import FormName
from wallet.core.incoming import Found, Given, Keeping, keep_found, look
from wallet.core.journal import Way, journal, journal_records
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept, kept
from wallet.core.wallet import Kind, Wallet
from wallet.desk.desk import Desk
from wallet.desk.programs import Waiting
from wallet.errors import NotForThisHolder, NothingReceived
from wallet.errors_badge_services import BadgeBeingExamined, BadgeRefused, UnknownProgram

CREATED, REPLACED, _REFUSED = "created", "replaced", "refused"
_WAITS = frozenset({Keeping.CREDENTIAL, Keeping.ASIDE, Keeping.CONFIRMATION})


@dataclass(frozen=True, slots=True)
class Upserted:
    """201 created, 200 replaced: the person said yes. 202: nobody answered yet. 304: it is here."""

    status: int


def check_scope(one: Program, scope: BadgeScope) -> None:
    """Raises InsufficientScope."""
    if not one.may(scope):
        raise InsufficientScope


def shared_page(wallet: Wallet, one: Program, page: Page) -> tuple[int, CredentialsResponse]:
    """How many the program may read, and those of one page; the journal has it before they leave."""
    every = [each for each in kept(wallet) if each.id in one.shared and _source(each) is not None]
    if page.since is not None:
        every = [each for each in every if _issued_after(each, page)]
    every.sort(key=lambda each: (each.received_at, each.id))
    chosen = every[page.offset : page.offset + page.limit]
    _note(wallet, one, [each.id for each in chosen])
    sources = [source for each in chosen if (source := _source(each)) is not None]
    return len(every), CredentialsResponse(
        tuple(parse_object(each) for each in sources if each[:1] == b"{"),
        tuple(each.decode("ascii") for each in sources if each[:1] != b"{"),
    )


def upsert(desk: Desk, one: Program, source: bytes) -> Upserted:
    """Take a badge into the inbox, or say what became of it (Open Badges 3.0, section 6.2.3).

    1. what the person decided of it before: told once as 201 or 200, a no for ever as 403
    2. it waits already: 202 again
    3. room in the inbox, before anything is examined
    4. it is genuine, this person's, and one badge; a program learns that it is here only if it may read it

    To examine it other hosts are asked, as slow as they like: the person has the wallet meanwhile, one badge
    is examined at a time, and what was fetched is kept only for a badge that waits.

    Raises:
        BadgeRefused, TooManyBadgesWaiting, BadgeBeingExamined, UnknownProgram, NotForThisHolder,
        NothingReceived, and as `look` says of it.
    """
    with desk.wallet() as wallet:
        known = _known(desk, one, source)
    if known is not None:
        return known
    # 4
    if not desk.programs.examining.acquire(blocking=False):
        raise BadgeBeingExamined
    try:
        given, before = [Given(plain_name(one.name), source)], wallet.documents()
        found, fresh = desk.outside.run(
            desk.outside.examine(lambda documents: look(wallet, given, documents), before)
        )
    finally:
        desk.programs.examining.release()
    with desk.wallet() as wallet:
        program(wallet, one.id)  # it may have been shut out meanwhile
        return _wait(desk, wallet, one, source, found, fresh)


def _known(desk: Desk, one: Program, source: bytes) -> Upserted | None:
    # 1
    became = desk.programs.became(one.id, source)
    if became == _REFUSED:
        raise BadgeRefused
    if became is not None:
        desk.programs.told(one.id, source)
        return Upserted(201 if became == CREATED else 200)
    # 2
    if desk.programs.waits(one.id, source):
        return Upserted(202)
    # 3
    desk.programs.check_room(one.id)
    return None


def _wait(  # noqa: PLR0917 - what is asked, of what, and what came of it
    desk: Desk, wallet: Wallet, one: Program, source: bytes, found: Sequence[Found], fresh: DocumentCache
) -> Upserted:
    if len(found) != 1:
        raise NothingReceived
    (badge,) = found
    if badge.keeping is Keeping.HERE and _is_shared(wallet, one, source):
        return Upserted(304)
    if badge.keeping is Keeping.HERE:
        badge = replace(badge, keeping=Keeping.CREDENTIAL)
    _check(badge)
    wallet.keep_documents(fresh)
    desk.programs.put(one.id, source, badge)
    return Upserted(202)


def accept(desk: Desk, wallet: Wallet, waiting: Waiting) -> None:
    """The person says yes: kept as it was examined, and the program that sent it may read it.

    Raises:
        PassportError: what keeping raises; then it waits still.
    """
    examined = waiting.found.examined
    here = examined is not None and examined.id in wallet.vault.of_kind(Kind.CREDENTIAL)
    keep_found(wallet, [waiting.found], [0])
    desk.programs.decide(waiting, REPLACED if here else CREATED)
    try:
        sender = program(wallet, waiting.client_id)
    except UnknownProgram:
        return
    if examined is not None and sender.may(BadgeScope.CREDENTIAL_READONLY):
        keep_program(wallet, replace(sender, shared=tuple(dict.fromkeys((*sender.shared, examined.id)))))


def decline(desk: Desk, waiting: Waiting) -> None:
    """The person says no; the same badge from the same program is not asked about again."""
    desk.programs.decide(waiting, _REFUSED)


def _check(badge: Found) -> None:
    if badge.other_key:
        raise NotForThisHolder
    if isinstance(badge.error, PassportError):
        raise badge.error
    if badge.keeping not in _WAITS:
        raise NothingReceived


def _is_shared(wallet: Wallet, one: Program, source: bytes) -> bool:
    return any(form.source == source for each in kept(wallet) if each.id in one.shared for form in each.forms)


def _source(one: Kept) -> bytes | None:
    forms = {form.name: form.source for form in one.forms}
    return forms.get(FormName.LDP_VC) or forms.get(FormName.JWT_VC)


def _issued_after(one: Kept, page: Page) -> bool:
    assert page.since is not None
    issued = None if one.report.parsed is None else one.report.parsed.valid_from
    return (issued or one.received_at) > page.since


def _note(wallet: Wallet, one: Program, records: Sequence[str]) -> None:
    """What it reads for the first time today: a program asks every few minutes, in pages of its choice."""
    asker, today = plain_name(one.name), wallet.now().date()
    noted = {
        record
        for entry in journal(wallet)
        if entry.way is Way.READ and entry.asker == asker and entry.at.date() == today
        for record in entry.credentials
    }
    new = [record for record in records if record not in noted]
    if new:
        wallet.save(journal_records(wallet, Way.READ, asker=asker, credentials=new))
