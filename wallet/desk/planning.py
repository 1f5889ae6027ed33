"""Catalogues of modules as they come in, and what a plan is for; only the publisher's key is fetched."""

from matching.plan.catalogue import ModuleCatalogue
from matching.plan.example import EXAMPLE, example_catalogue
from passport.keys import generate_signer
from wallet.core.plan.catalogues import (
    catalogue_record,
    forget_catalogue,
    keep_catalogue,
    verify_catalogue,
)
from wallet.core.plan.plans import plans
from wallet.core.plan.target import Target, compare_with, occupation_target, profile_target
from wallet.core.profile import profile_of
from wallet.core.profiles_kept import profile_kept
from wallet.core.wallet import Kind, Wallet
from wallet.desk.desk import Desk
from wallet.errors_plan import NoPlanTarget


def take_catalogue(desk: Desk, wallet: Wallet, source: bytes) -> ModuleCatalogue:
    """Verify and keep a catalogue; only the publisher's key is fetched.

    Raises:
        PassportError: as verify_catalogue and keep_catalogue.
    """
    found = desk.examine(wallet, lambda documents: verify_catalogue(wallet, source, documents))
    keep_catalogue(wallet, found, source)
    return found


def fetch_catalogue(desk: Desk, wallet: Wallet, address: str) -> ModuleCatalogue:
    """The same for one at an address; it is fetched whole. Raises NotFetched."""
    return take_catalogue(desk, wallet, desk.reach(desk.outside.fetcher.get(address)).body)


def take_example(desk: Desk, wallet: Wallet) -> ModuleCatalogue:
    """Make up modules for what the plans miss, signed by a key that is forgotten at once.

    Raises:
        NoPlanTarget: there is no plan, or nothing is missing.
    """
    person, taxonomy = profile_of(wallet), desk.taxonomy
    groups = [
        [one.skill for one in compare_with(each.target, person, taxonomy, "en").shortage]
        for each in plans(wallet)
    ]
    if not any(skill in taxonomy.skills for group in groups for skill in group):
        raise NoPlanTarget
    source = example_catalogue(groups, taxonomy, signer=generate_signer(), now=wallet.now())
    if catalogue_record(EXAMPLE) in wallet.vault.of_kind(Kind.CATALOGUE):
        forget_catalogue(wallet, catalogue_record(EXAMPLE))
    return take_catalogue(desk, wallet, source)


def target_of(desk: Desk, wallet: Wallet, *, occupation: str, profile: str, language: str) -> Target:
    """What somebody chose: an occupation by its IRI, or a function profile that the wallet keeps.

    Raises:
        NoPlanTarget, UnknownProfile
    """
    if profile:
        return profile_target(profile_kept(wallet, profile).profile, language)
    if occupation:
        return occupation_target(occupation, desk.taxonomy)
    raise NoPlanTarget
