"""What the wallet says of its list of occupations as JSON: the last upgrade, or the one that is offered."""

from matching.taxonomy.compact import Taxonomy
from matching.upgrade.personal import PersonalDiff
from matching.upgrade.summary import personal_json
from passport.json import JsonObject
from passport.texts import Language
from wallet.core.plain_text import plain_name
from wallet.core.taxonomy_in_use import offered_taxonomy
from wallet.core.taxonomy_upgrade import offer_of, upgrade_of, upgrade_untold
from wallet.core.wallet import Wallet


def told_upgrade(wallet: Wallet, taxonomy: Taxonomy, language: Language) -> PersonalDiff:
    """What is offered where something is, else what the last upgrade meant."""
    offer = offer_of(wallet, language=str(language))
    return upgrade_of(wallet, taxonomy, language=str(language)) if offer is None else offer


def taxonomy_json(wallet: Wallet, taxonomy: Taxonomy, language: Language) -> JsonObject:
    offered = offered_taxonomy(wallet)
    return {
        "inUse": {"name": taxonomy.name, "publisher": taxonomy.publisher},
        "offered": None
        if offered is None
        else {
            "name": offered.taxonomy.name,
            "publisher": offered.taxonomy.publisher,
            "from": plain_name(offered.named),
            "signatureHolds": str(offered.taxonomy.authentic),
        },
        "untold": upgrade_untold(wallet, taxonomy),
        **personal_json(told_upgrade(wallet, taxonomy, language), language),
    }
