"""Does a wallet work with these records? Read each of them once, as a wallet does, before any is kept.

A backup comes from outside. One record that a page trips over would shut its owner out of all the others.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from passport.clock import Clock, parse_datetime
from passport.errors import PassportError
from passport.securing import read_secured
from wallet.core.advice import check_advice
from wallet.core.asked import all_asked
from wallet.core.badge_services.platforms import platforms
from wallet.core.badge_services.programs import programs
from wallet.core.checkup.kept import check_ups
from wallet.core.checkup.reminder import due_of
from wallet.core.chosen_work import chosen_work
from wallet.core.claiming.waiting import waiting
from wallet.core.forms import FormName, read_credential
from wallet.core.imported import imported
from wallet.core.intake_answers import answers_given
from wallet.core.intake_pasts import pasts_kept
from wallet.core.intake_skills import own_skills
from wallet.core.intake_vacancies import vacancies
from wallet.core.intake_wishes import check_wishes
from wallet.core.journal import journal
from wallet.core.market_kept import market_in_use, reach
from wallet.core.plan.catalogues import lapsed
from wallet.core.plan.outcome import outcome
from wallet.core.plan.plans import plans
from wallet.core.ports import Crypto, Random
from wallet.core.profiles_kept import profiles_kept
from wallet.core.published_sets import check_followed
from wallet.core.requests import State, open_request
from wallet.core.settings_kept import lock_minutes
from wallet.core.sharing import shared_links
from wallet.core.shelf import trust, withdrawn
from wallet.core.skill_maps import skill_maps
from wallet.core.taxonomy_in_use import taxonomy_in_use
from wallet.core.taxonomy_upgrade import release_seen
from wallet.core.trust_lists import check_decisions
from wallet.core.vault import Header, Record, Vault
from wallet.core.vault.sealing import RecordKey
from wallet.core.wallet import Kind, Records, Wallet
from wallet.errors import MalformedBackup, VaultNotSaved


@dataclass(frozen=True, slots=True)
class _Nowhere:
    """A store that keeps nothing."""

    def read(self) -> bytes:
        return b""

    def write(self, data: bytes, revision: int) -> None:
        del data, revision
        raise VaultNotSaved

    write_alone = write


def check_records(records: Records, *, clock: Clock, random: Random) -> Wallet:
    """A wallet in memory with these records, which is never written.

    Raises:
        MalformedBackup: a record that no wallet can read.
    """
    held = {RecordKey(*key): Record(data, 1, b"") for key, data in records.items()}
    vault = Vault(Header(bytes(16), 1, ()), cast("Crypto", None), random, b"", MappingProxyType(held))
    wallet = Wallet(vault, _Nowhere(), clock, random)
    try:
        for look in _LOOKS:
            look(wallet)
    except (
        PassportError,
        LookupError,
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
        RecursionError,
    ):
        raise MalformedBackup from None
    return wallet


def _identities(wallet: Wallet) -> None:
    _ = wallet.did, wallet.keys
    _ = wallet.holders


def _receipts(wallet: Wallet) -> None:
    receipts = wallet.vault.of_kind(Kind.RECEIPT)
    for record in _received(wallet):
        receipt = json.loads(receipts[record])
        parse_datetime(receipt["receivedAt"])
        if not isinstance(receipt["host"], str | None):
            raise MalformedBackup


def _received(wallet: Wallet) -> Iterator[str]:
    yield from wallet.vault.of_kind(Kind.CREDENTIAL)
    yield from wallet.vault.of_kind(Kind.ENDORSEMENT)


def _credentials(wallet: Wallet) -> None:
    for source in wallet.vault.of_kind(Kind.CREDENTIAL).values():
        read_credential(source)
    for source in wallet.vault.of_kind(Kind.ENDORSEMENT).values():
        read_secured(source)


def _forms(wallet: Wallet) -> None:
    for identifier in wallet.vault.of_kind(Kind.FORM):
        FormName(identifier.partition(" ")[2])


def _requests(wallet: Wallet) -> None:
    for identifier, data in wallet.vault.of_kind(Kind.REQUEST).items():
        open_request(wallet, identifier)
        parse_datetime(json.loads(data)["until"])


def _online_requests(wallet: Wallet) -> None:
    for data in wallet.vault.of_kind(Kind.VP_REQUEST).values():
        record = json.loads(data)
        parse_datetime(record["until"])
        if State(record["state"]) is State.OPEN:
            source = record["source"]
            _ = str(source["client_id"]), source["token"], source["parameters"], source["wallet_nonce"]


_LOOKS: tuple[Callable[[Wallet], object], ...] = (
    _identities,
    _receipts,
    _credentials,
    _forms,
    _requests,
    _online_requests,
    withdrawn,
    journal,
    all_asked,
    waiting,
    imported,
    lock_minutes,
    release_seen,
    Wallet.documents,
    trust,
    check_decisions,
    chosen_work,
    profiles_kept,
    skill_maps,
    platforms,
    programs,
    shared_links,
    lapsed,
    plans,
    outcome,
    pasts_kept,
    own_skills,
    answers_given,
    vacancies,
    check_wishes,
    check_advice,
    market_in_use,
    reach,
    check_ups,
    due_of,
    check_followed,
    taxonomy_in_use,
)
