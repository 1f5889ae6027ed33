"""A wallet's desk that asks an organisation, for tests over real HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from matching.bundle import load_bundle
from passport.clock import utc_now
from passport.json import JsonObject
from tests.simulators.chains import confirm
from tests.simulators.organisation import SmallOrganisation
from tests.simulators.serving import bound, serving
from tests.simulators.wallets import QuickSodium
from wallet.core.accept import Examined
from wallet.core.asked import Asked
from wallet.core.asking import Draft, Sought, look
from wallet.core.claims_made import ClaimDraft, make_claim
from wallet.core.evidence_files import OwnFile, own_file
from wallet.core.wallet import Wallet
from wallet.desk import organisation_requests as requests
from wallet.desk.organisation import organisation_address
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

TAXONOMY = load_bundle()
SKILLS = (
    "http://data.europa.eu/esco/skill/29d762da-1711-4a3c-b424-f0a404f4bf2d",
    "http://data.europa.eu/esco/skill/4e8ce455-9dbb-4ada-b79b-2f89021f4947",
)
"""What ESCO finds first for "welding"; to search for it takes a second of whoever imports this."""
HOURS = b"date,hours,task\n2026-03-02,8,welding\n"
RECORD = b"date,hours,task\n2026-03-02,8,welding hulls\n"


@contextmanager
def small_organisation() -> Iterator[SmallOrganisation]:
    socket = bound()
    made = SmallOrganisation(socket.getsockname()[1])
    with serving(made.app(), socket):
        yield made


def new_desk(folder: Path, *, allow_loopback: bool = True) -> Desk:
    made = Desk(
        WalletSettings(folder, allow_loopback=allow_loopback), keeper=Keeper(folder, crypto=QuickSodium())
    )
    made.create("een korte zin van mij")
    return made


def claimed(wallet: Wallet, *more: OwnFile, words: str = "Hulls.") -> tuple[Examined, tuple[OwnFile, ...]]:
    files = (own_file(wallet.random, "hours.csv", HOURS), *more)
    return make_claim(wallet, ClaimDraft(SKILLS, words=words, files=files), TAXONOMY, language="en"), files


def draft(desk: Desk, yard: SmallOrganisation, made: Examined, **members: Any) -> Draft:
    organisation = requests.find(desk, organisation_address(yard.origin, "yard")).organisation
    return Draft(Sought.CONFIRMATION, organisation, **{"claims": (made.id,), **members})


def ask(desk: Desk, wallet: Wallet, yard: SmallOrganisation, made: Examined, **members: Any) -> Asked:
    wanted = draft(desk, yard, made, **members)
    return requests.ask(desk, wallet, wanted, mark=look(wallet, wanted).mark)


def signed(yard: SmallOrganisation, document: JsonObject, *subjects: str, **members: Any) -> list[JsonObject]:
    """Confirmations, issued a minute ago by this machine's clock."""
    at = utc_now().replace(microsecond=0) - timedelta(minutes=1)
    return [confirm(yard.party, document, each, at=at, **members) for each in subjects or (SKILLS[0],)]
