"""Pages for badge platforms, and for programs on this machine that exchange badges with the wallet. Pure."""

from collections.abc import Sequence

from passport.open_badges_api.paths import origin_of
from passport.texts import Language
from wallet.core.badge_services.platforms import Platform
from wallet.core.forms import FormName
from wallet.core.plain_text import plain_name
from wallet.core.shelf import Kept
from wallet.views.rendering import Page, Renderer

_ADDRESS = 2_048
_SENT = {FormName.LDP_VC, FormName.JWT_VC}


def platform_list(
    renderer: Renderer,
    language: Language,
    found: Sequence[tuple[Platform, bool]],
    *,
    address: str = "",
    said: str = "",
    error: str = "",
    status: int = 200,
) -> Page:
    """The platforms that are connected, each with whether badges may go there; and a field for another."""
    return renderer.page(
        "platforms.html",
        language,
        status=status,
        here="/platforms",
        again=None if said or error else (),
        address=address[:_ADDRESS],
        said=said,
        error=error,
        platforms=[
            {
                "id": each.id,
                "name": plain_name(each.title),
                "host": origin_of(each.base)[1],
                "since": each.since,
                "sends": sends,
            }
            for each, sends in found
        ],
    )


def platform(
    renderer: Renderer,
    language: Language,
    *,
    address: str,
    host: str,
    title: str,
    takes_badges: bool,
    terms: str | None,
    privacy: str | None,
    mark: str,
) -> Page:
    """A platform that was looked at, before anything is asked of it; `mark` names exactly this."""
    return renderer.page(
        "platform.html",
        language,
        again=None,
        address=address,
        host=host,
        calls_itself=plain_name(title),
        takes_badges=takes_badges,
        terms=terms,
        privacy=privacy,
        mark=mark,
    )


def to_platform(renderer: Renderer, language: Language, *, go: str, host: str) -> Page:
    """The way to the platform's own page."""
    return renderer.page("platform-go.html", language, again=None, go=go, host=host)


def connected(renderer: Renderer, language: Language) -> Page:
    """Where a browser lands that comes back; without our cookie, so it goes on by itself."""
    return renderer.page("platform-connected.html", language, again=None, locked=True)


def send(renderer: Renderer, language: Language, to: Platform, credentials: Sequence[Kept]) -> Page:
    """Choose one credential to send."""
    return renderer.page(
        "platform-send.html",
        language,
        again=None,
        id=to.id,
        calls_itself=plain_name(to.title),
        host=origin_of(to.base)[1],
        credentials=choices(credentials),
    )


def choices(credentials: Sequence[Kept]) -> list[tuple[str, str, str]]:
    """Id, name and issuer of what is here in a form that this exchange knows; no issuer: the person's own."""
    return [
        (
            one.id,
            plain_name(one.report.parsed.subject.achievement.name),
            ""
            if one.report.parsed.issuer.id == one.report.parsed.subject.id
            else plain_name(one.report.parsed.issuer.name or one.report.parsed.issuer.id),
        )
        for one in credentials
        if one.report.parsed is not None and _SENT & {form.name for form in one.forms}
    ]
