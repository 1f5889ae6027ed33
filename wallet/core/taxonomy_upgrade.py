"""A renewed list of occupations and skills: whether the person was told, and what it means for them.

The release before is taken from the shipped one and a small signed difference, so nothing is fetched and no
ranking has to be remembered.
"""

import json
from collections.abc import Sequence

from matching.bundle import load_previous
from matching.taxonomy.compact import Taxonomy
from matching.upgrade.personal import PersonalDiff, explain_upgrade
from passport.evidence.link import SkillEvidence
from wallet.core.chosen_work import chosen_work
from wallet.core.profile import profile_of
from wallet.core.skills import skill_evidence
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
    """The upgrade to the shipped release as it is for this person, and for the work that they chose."""
    return explain_upgrade(
        profile_of(wallet).weights,
        load_previous(),
        taxonomy,
        language=language,
        followed=chosen_work(wallet),
    )
