"""The page of published sets: what is followed, how old it is, and what was taken over."""

from passport.answers import Reason
from passport.texts import Language
from wallet.core.published_sets import followed
from wallet.core.published_summary import followed_json
from wallet.core.taxonomy_in_use import offered_taxonomy
from wallet.core.wallet import Wallet
from wallet.views.rendering import Page, Renderer


def sets(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    undo: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    """Every address that is followed."""
    found = [followed_json(wallet, one) for one in followed(wallet)]
    for one in found:
        for each in one["sets"]:
            each["why"] = [(renderer.reason(Reason(code), language), n) for code, n in each["left"].items()]
            each["failed"] = renderer.reason(Reason(each["error"]), language) if each["error"] else ""
    return renderer.page(
        "sets.html",
        language,
        status=status,
        here="/sets",
        error=error,
        followed=found,
        offered=offered_taxonomy(wallet) is not None,
        undo=undo,
    )
