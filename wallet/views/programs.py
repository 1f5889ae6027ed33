"""Pages for programs on this machine: who asks for what, what they sent, what they may. Pure."""

from collections.abc import Sequence

from passport.oauth.redirect_uri import RedirectUri
from passport.open_badges_api.scopes import OFFLINE_ACCESS, BadgeScope
from passport.texts import Language
from wallet.core.badge_services.programs import Program
from wallet.core.incoming import Found
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept
from wallet.views.badge_services import choices
from wallet.views.rendering import Page, Renderer


def program_list(
    renderer: Renderer,
    language: Language,
    found: Sequence[Program],
    *,
    waiting: Sequence[tuple[str, str, Found]],
    asks: Sequence[tuple[str, str]],
    base: str,
    error: str = "",
    status: int = 200,
) -> Page:
    """What programs sent and waits for an answer, who asks to be let in, and who was."""
    return renderer.page(
        "programs.html",
        language,
        status=status,
        here="/programs",
        again=None if error else (),
        error=error,
        base=base,
        asks=[(identifier, plain_name(name)) for identifier, name in asks],
        waiting=[
            {
                "id": identifier,
                "program": plain_name(name),
                "title": one.title,
                "issuer": one.issuer,
                "date": one.date,
                "keeping": str(one.keeping),
            }
            for identifier, name, one in waiting
        ],
        programs=[
            {
                "id": each.id,
                "name": plain_name(each.name),
                "since": each.since,
                "scopes": [BadgeScope(word).short for word in each.scope if word != OFFLINE_ACCESS],
                "shared": len(each.shared),
            }
            for each in found
        ],
    )


def ask(
    renderer: Renderer,
    language: Language,
    *,
    identifier: str,
    program: str,
    redirect: RedirectUri,
    scope: Sequence[str],
    credentials: Sequence[Kept],
    error: str = "",
    status: int = 200,
) -> Page:
    """What a program asks, for the person to choose from; nothing is ticked that shows something of them."""
    return renderer.page(
        "program-ask.html",
        language,
        status=status,
        again=None,
        id=identifier,
        program=plain_name(program),
        redirect=redirect,
        reads=BadgeScope.CREDENTIAL_READONLY if BadgeScope.CREDENTIAL_READONLY in scope else None,
        sends=BadgeScope.CREDENTIAL_UPSERT if BadgeScope.CREDENTIAL_UPSERT in scope else None,
        profile=BadgeScope.PROFILE_READONLY if BadgeScope.PROFILE_READONLY in scope else None,
        later=OFFLINE_ACCESS if OFFLINE_ACCESS in scope else None,
        credentials=choices(credentials),
        error=error,
    )


def arrived(renderer: Renderer, language: Language, identifier: str) -> Page:
    """Where a program's browser lands; without our cookie, so it goes on by itself."""
    return renderer.page("program-arrived.html", language, again=None, locked=True, id=identifier)


def answered(renderer: Renderer, language: Language, address: str, *, yes: bool) -> Page:
    """The way back to the program."""
    return renderer.page("program-answered.html", language, again=None, address=address, yes=yes)
