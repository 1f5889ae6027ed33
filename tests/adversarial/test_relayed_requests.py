"""A24, A27: nobody gets an answer out of the wallet that counts with somebody else."""

import secrets

import pytest

from passport.json import dump
from tests.simulators.parties import ESCO, Party, World
from tests.simulators.wallets import Employer, Person, demand
from wallet.core.requests import OpenRequest, open_requests, take_request
from wallet.errors import RequestNotGenuine

WELD = f"{ESCO}weld"
BANK = "https://bank.example"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def person(world: World) -> Person:
    return Person(world)


def put(person: Person, asker: Employer, **changes: str) -> OpenRequest:
    return take_request(person.wallet, dump(asker.request([demand(WELD)], **changes)), person.world.cache)


def test_a_bare_key_asks_for_itself(person: Person, world: World) -> None:
    asker = Employer(world, Party("Stranger"))
    assert put(person, asker).request.domain == asker.party.did


@pytest.mark.parametrize(
    "domain",
    [
        BANK,
        f"{BANK}/",
        "bank.example",
        "did:web:bank.example",
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "employer.example",
    ],
)
def test_a_bare_key_that_passes_on_the_challenge_of_a_bank_is_refused(
    person: Person, world: World, domain: str
) -> None:
    """The answer would be signed for the bank's challenge and domain, so it would hold there."""
    stranger = Employer(world, Party("Stranger"))
    with pytest.raises(RequestNotGenuine):
        put(person, stranger, domain=domain, challenge=secrets.token_urlsafe(24))
    assert open_requests(person.wallet) == ()


NEIGHBOUR = "did:web:host.example:e:neighbour"


def test_a24_who_shares_a_host_asks_for_itself_alone(person: Person, world: World) -> None:
    """A did:web below a host proves no host: another one may be below it, whose challenge it could pass on."""
    tenant = Employer(world, Party("A tenant").also("did:web:host.example:e:tenant"))
    asked = put(person, tenant, domain=tenant.party.did, response_uri="https://host.example/r/1")
    assert (asked.request.domain, asked.host) == (tenant.party.did, "host.example")
    for domain in ("https://host.example", "host.example", NEIGHBOUR, "did:web:host.example"):
        with pytest.raises(RequestNotGenuine):
            put(person, tenant, domain=domain, challenge=secrets.token_urlsafe(24))


@pytest.mark.parametrize("domain", ["http://[", "[", "https://[::1", "https://employer.example]", "//"])
def test_a_domain_that_is_no_address_is_refused(person: Person, world: World, domain: str) -> None:
    for asker in (Employer(world), Employer(world, Party("Stranger"))):
        with pytest.raises(RequestNotGenuine):
            put(person, asker, domain=domain)
