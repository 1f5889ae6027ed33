"""Pages of function profiles: several beside each other, and one opened with the proof as a second view."""

from matching.taxonomy.compact import Taxonomy
from passport.texts import Language
from wallet.core.match_profiles import match_profiles
from wallet.core.profile import profile_of
from wallet.core.profiles_kept import profile_kept
from wallet.core.wallet import Wallet
from wallet.views.match import TABS, compared
from wallet.views.rendering import Page, Renderer


def profiles(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    return renderer.page(
        "match-profiles.html",
        language,
        status=status,
        error=error,
        here="/match/profiles",
        tabs=TABS,
        tab="/match/profiles",
        profiles=match_profiles(wallet, taxonomy, language=language),
    )


def profile(
    renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy, identifier: str
) -> Page:
    """Raises UnknownProfile."""
    [found] = match_profiles(wallet, taxonomy, language=language, only=[profile_kept(wallet, identifier)])
    return compared(
        renderer,
        language,
        found.comparison,
        profile_of(wallet),
        taxonomy,
        here="/match/profile",
        again=[("id", identifier)],
        results=found.results,
        kept=found.kept,
        publisher=found.publisher,
    )
