"""Strangers who begin permissions without end: by network and by organisation, no more than there is room for."""

import asyncio
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx
import pytest

from issuer.app import create
from issuer.authorization.begun import Begun
from issuer.authorization.errors import TooManyPermissionsBegun
from issuer.authorization.limits import AuthorizationLimits
from issuer.authorization.records import Authorization
from issuer.open_badges_api.visit import BadgeVisit
from issuer.organisations.manage import NewOrganisation, create_organisation
from issuer.organisations.records import Organisation
from issuer.settings import Settings
from passport.storage.secret_files import create_secret_file
from tests.simulators.authorizing import AskingWallet

ORIGIN = "http://localhost:8101"
NOW = datetime.fromisoformat("2026-11-22T10:00:00+00:00")
LIMITS = AuthorizationLimits(begun=4, begun_by_network=3, households=1)


def refused(begun, slug, network, now=NOW):
    with pytest.raises(TooManyPermissionsBegun) as caught:
        begun.count(slug, [network], now)
    return caught.value.details["seconds"]


def test_one_network_begins_as_many_as_it_may_and_keeps_nobody_else_out():
    begun = Begun(LIMITS)
    for _ in range(3):
        begun.count("school", ["192.0.2.1"], NOW)
    assert refused(begun, "school", "192.0.2.1") == 1_800
    begun.count("school", ["192.0.2.2"], NOW)
    begun.count("bakery", ["192.0.2.1"], NOW)


def test_many_networks_begin_no_more_than_an_organisation_has_room_for():
    begun = Begun(LIMITS)
    for number in range(4):
        begun.count("school", [f"192.0.2.{number}"], NOW)
    refused(begun, "school", "192.0.2.9")
    begun.count("bakery", ["192.0.2.9"], NOW)


def test_who_has_thousands_of_households_of_ipv6_is_one_network_still():
    begun = Begun(AuthorizationLimits(begun=100, begun_by_network=3, households=2))
    for number in range(6):
        begun.count("school", [f"2001:db8:0:{number}::/64", "2001:db8::/48"], NOW)
    with pytest.raises(TooManyPermissionsBegun):
        begun.count("school", ["2001:db8:0:6::/64", "2001:db8::/48"], NOW)
    begun.count("school", ["2001:db8:1:6::/64", "2001:db8:1::/48"], NOW)


def test_what_was_refused_prolongs_nothing_and_the_next_window_is_empty():
    begun, later = Begun(LIMITS), NOW + timedelta(seconds=1_799)
    for _ in range(3):
        begun.count("school", ["192.0.2.1"], NOW)
    assert refused(begun, "school", "192.0.2.1", later) == 1
    for _ in range(3):
        begun.count("school", ["192.0.2.1"], NOW + timedelta(seconds=1_800))


@asynccontextmanager
async def issuer(folder, **more):
    settings = Settings(data_directory=folder, base_url=ORIGIN, allow_loopback=True, **more)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)
    app.state.service.begun = Begun(LIMITS)
    async with app.router.lifespan_context(app):
        if await Organisation.get("school") is None:
            await create_organisation(app.state.service, NewOrganisation("school", "A school"))
        yield app


def caller(app, address, **headers):
    transport = httpx.ASGITransport(app=app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers)


async def program(client):
    """A program that registers itself; that anybody may do, and the oldest of too many go."""
    body = {"client_name": "A backpack", "redirect_uris": ["https://wallet.example/back"]}
    made = await client.post("/o/school/ims/ob/v3p0/register", json=body)
    return made.json()["client_id"]


def test_pushes_pages_and_programs_count_together_and_the_last_gets_no_page_of_its_own(tmp_path):
    wallet = AskingWallet(f"{ORIGIN}/o/school", signer=None)
    form = dict(wallet.request().to_form())

    async def run():
        async with issuer(tmp_path) as app, caller(app, "192.0.2.1") as flood:
            pushed = await flood.post("/o/school/par", data=form)
            assert pushed.status_code == 201
            assert (await flood.get(wallet.front())).status_code == 303
            registered = await program(flood)
            asked = form | {"client_id": registered}
            at_badges = f"/o/school/ims/ob/v3p0/authorize?{httpx.QueryParams(asked)}"
            assert (await flood.get(at_badges)).status_code == 303

            beyond = await flood.post("/o/school/par", data=form)
            assert (beyond.status_code, beyond.json()["error"]) == (429, "temporarily_unavailable")
            assert 0 < int(beyond.headers["retry-after"]) <= LIMITS.visit
            for page in (wallet.front(), at_badges):
                refused = await flood.get(page, headers={"Accept": "text/html", "Accept-Language": "nl"})
                assert refused.status_code == 429
                assert "Wacht een half uur" in refused.text
            assert await Authorization.find().count() == 2
            assert await BadgeVisit.find().count() == 1

            # what was pushed in time is opened after that, and others are let in
            assert (await flood.get(wallet.page(pushed.json()["request_uri"]))).status_code == 303
            async with caller(app, "192.0.2.2") as other:
                assert (await other.post("/o/school/par", data=form)).status_code == 201
            async with caller(app, "192.0.2.3") as other:
                assert (await other.post("/o/school/par", data=form)).status_code == 429

    asyncio.run(run())


def test_a_header_that_anybody_can_write_makes_nobody_another_network(tmp_path):
    form = dict(AskingWallet(f"{ORIGIN}/o/school", signer=None).request().to_form())

    async def statuses(app, addresses):
        found = []
        for address in addresses:
            async with caller(app, "192.0.2.1", **{"X-Forwarded-For": address}) as client:
                found.append((await client.post("/o/school/par", data=form)).status_code)
        return found

    async def run():
        several = [f"198.51.100.{number}" for number in range(4)]
        async with issuer(tmp_path) as app:
            assert await statuses(app, several) == [201, 201, 201, 429]
        async with issuer(tmp_path, behind_proxy=True) as app:
            # the proxy writes the last one; what a stranger put before it counts for nothing
            assert await statuses(app, [f"{each}, 203.0.113.1" for each in several]) == [201, 201, 201, 429]
            households = [f"2001:db8:0:{number}::1" for number in range(4)]
            app.state.service.begun = Begun(AuthorizationLimits(begun_by_network=3, households=1))
            assert await statuses(app, households) == [201, 201, 201, 429]

    asyncio.run(run())
