"""A renewed list of occupations and skills: whether the person was told, and what it means for them.

The release before the shipped one is taken from it and a small signed difference, so that no ranking has to
be remembered. A newer one than the shipped comes in a published set (wallet.core.taxonomy_in_use).
"""

import json
from collections.abc import Sequence

from matching.taxonomy.compact import Taxonomy
from matching.upgrade.personal import PersonalDiff, Stage, explain_upgrade
from passport.evidence.link import SkillEvidence
from wallet.core.chosen_work import chosen_work
from wallet.core.profile import profile_by
from wallet.core.skills import skill_evidence
from wallet.core.taxonomy_in_use import offered_taxonomy, taxonomy_before, taxonomy_in_use, use_taxonomy
from wallet.core.wallet import Kind, Wallet, as_json

_SEEN = "taxonomy-seen"


def release_seen(wallet: Wallet) -> str:
    """The release that the person last saw explained; empty where none was."""
    found = wallet.vault.of_kind(Kind.SETTING).get(_SEEN)
    return "" if found is None else str(json.loads(found)["release"])


def keep_release_seen(wallet: Wallet, taxonomy: Taxonomy) -> None:
    """Do not bring this upgrade up again."""
    if release_seen(wallet) != taxonomy.name:
        wallet.save({(Kind.SETTING, _SEEN): as_json({"release": taxonomy.name})})


def upgrade_untold(
    wallet: Wallet, taxonomy: Taxonomy, evidence: Sequence[SkillEvidence] | None = None
) -> bool:
    """Whether there is an upgrade that concerns this person and that they did not see explained.

    A wallet that never showed one has something to tell only when its credentials name an older release.
    """
    seen = release_seen(wallet)
    if seen:
        return seen != taxonomy.name
    weighed = skill_evidence(wallet) if evidence is None else evidence
    scheme = f"{taxonomy.scheme} "
    named = {one.framework for one in weighed if one.framework is not None}
    return any(name.startswith(scheme) and name != taxonomy.name for name in named)


def upgrade_of(wallet: Wallet, taxonomy: Taxonomy, *, language: str) -> PersonalDiff:
    """The upgrade to the release in use as it is for this person, and for the work that they chose."""
    moved = upgrade_untold(wallet, taxonomy) or bool(release_seen(wallet))
    return _explained(
        wallet,
        taxonomy_before(wallet),
        taxonomy,
        language,
        Stage.MOVED if moved else Stage.BEGAN,
    )


def offer_of(wallet: Wallet, *, language: str) -> PersonalDiff | None:
    """What the offered release would change for this person; None where none is offered."""
    offered = offered_taxonomy(wallet)
    if offered is None:
        return None
    return _explained(wallet, taxonomy_in_use(wallet), offered.taxonomy, language, Stage.OFFERED)


def take_offer(wallet: Wallet, publisher: str | None = None) -> Taxonomy:
    """Count with the offered release from now on; what it means was shown with the offer.

    Raises:
        NoTaxonomyOffered, TaxonomyNotChecked, VaultNotSaved, VaultTooLarge
    """
    taken = use_taxonomy(wallet, publisher)
    keep_release_seen(wallet, taken)
    return taken


def _explained(wallet: Wallet, older: Taxonomy, newer: Taxonomy, language: str, stage: Stage) -> PersonalDiff:
    return explain_upgrade(
        profile_by(wallet, newer).weights,
        older,
        newer,
        earlier=profile_by(wallet, older).weights,
        language=language,
        followed=chosen_work(wallet),
        stage=stage,
    )
