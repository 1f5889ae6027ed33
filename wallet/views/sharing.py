"""Pages of share links: what anybody could read, the link, and the list of them. Pure."""

from collections.abc import Sequence

from passport.texts import Language
from wallet.core.claims_unread import claims_shown
from wallet.core.plain_text import plain_name
from wallet.core.sharing import DAYS, TIMES, SharedLink, Sharing, shared_links
from wallet.core.shelf import kept
from wallet.core.wallet import Wallet
from wallet.views.pages import card, written
from wallet.views.rendering import Page, Renderer


def share(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    found: Sharing,
    *,
    hide: Sequence[str] = (),
    host: str = "",
    known: str = "",
    days: int = DAYS,
    error: str = "",
    status: int = 200,
) -> Page:
    """What anybody with the link would read, and the choice of how long and where.

    `known` is the host that this wallet would choose; without one the page says what to fill in.
    """
    leaving = []
    for one in found.leaving:
        about = card(one.kept, wallet)
        leaving.append(
            {
                "name": about.name,
                "issuer": about.issuer,
                "self_made": about.self_made,
                "claims": claims_shown(one),
                "hidden": [plain_name(each.target_name) for each in one.hidden],
                "document": written(one.document),
            }
        )
    return renderer.page(
        "share.html",
        language,
        status=status,
        here="/show",
        again=None,
        leaving=leaving,
        chosen=[one.kept.id for one in found.leaving],
        hide=hide,
        mark=found.mark,
        times=TIMES,
        days=days,
        host=host,
        known=known,
        error=error,
    )


def made(renderer: Renderer, language: Language, one: SharedLink) -> Page:
    return renderer.page(
        "share-made.html",
        language,
        here=f"/shared/{one.id}",
        id=one.id,
        link=one.link.text,
        until=one.until,
    )


def links(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    gone: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    names = {one.id: card(one, wallet).name for one in kept(wallet)}
    now = wallet.now()
    return renderer.page(
        "shared.html",
        language,
        status=status,
        here="/shared",
        links=[
            {
                "id": one.id,
                "names": [names[each] for each in one.credentials if each in names],
                "host": one.link.host,
                "made_at": one.made_at,
                "until": one.until,
                "ended": now >= one.until,
            }
            for one in shared_links(wallet)
        ],
        gone=gone,
        error=error,
    )
