"""The page of the list of occupations: an upgrade explained to its person, or one that is offered. Pure."""

from matching.taxonomy.compact import Taxonomy
from matching.upgrade.personal import PersonalDiff, Stage
from passport.texts import Language
from wallet.core.plain_text import plain_name
from wallet.core.taxonomy_in_use import USED, offered_taxonomy
from wallet.core.taxonomy_summary import told_upgrade
from wallet.core.taxonomy_upgrade import upgrade_untold
from wallet.core.wallet import Kind, Wallet
from wallet.views.rendering import Page, Renderer


def taxonomy_upgrade(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """What is offered where something is, else what the last upgrade meant."""
    offered = offered_taxonomy(wallet)
    found = told_upgrade(wallet, taxonomy, language)
    shown = taxonomy if offered is None else offered.taxonomy
    return renderer.page(
        "taxonomy.html",
        language,
        status=status,
        here="/match",
        error=error,
        found=found,
        counts=_counts(found),
        offered=offered is not None,
        named="" if offered is None else plain_name(offered.named),
        fetched=shown is taxonomy and USED in wallet.vault.of_kind(Kind.TAXONOMY),
        began=found.stage is Stage.BEGAN,
        untold=offered is None and upgrade_untold(wallet, taxonomy),
        publisher=shown.publisher,
        attribution=shown.attribution,
        authentic=str(shown.authentic),
    )


def _counts(found: PersonalDiff) -> dict[str, dict[str, int]]:
    """Only what happened: a fate that no concept had is not shown."""
    return {
        table: {fate: count for fate, count in fates.items() if count}
        for table, fates in found.release.counts().items()
    }
