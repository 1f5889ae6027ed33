"""The page that explains a renewed list of occupations and skills to its person. Pure."""

from matching.taxonomy.compact import Taxonomy
from matching.upgrade.personal import PersonalDiff
from passport.texts import Language
from wallet.core.taxonomy_upgrade import upgrade_of, upgrade_untold
from wallet.core.wallet import Wallet
from wallet.views.rendering import Page, Renderer


def taxonomy_upgrade(renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy) -> Page:
    found = upgrade_of(wallet, taxonomy, language=str(language))
    return renderer.page(
        "taxonomy.html",
        language,
        here="/match",
        found=found,
        counts=_counts(found),
        untold=upgrade_untold(wallet, taxonomy),
        attribution=taxonomy.attribution,
        authentic=str(taxonomy.authentic),
    )


def _counts(found: PersonalDiff) -> dict[str, dict[str, int]]:
    """Only what happened: a fate that no concept had is not shown."""
    return {
        table: {fate: count for fate, count in fates.items() if count}
        for table, fates in found.release.counts().items()
    }
