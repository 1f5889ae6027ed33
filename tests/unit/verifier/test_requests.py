"""A request's states, and who takes it when many answer."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from passport.encoding import base64url_decode
from passport.evidence import Demand, Purpose, Strength
from passport.evidence.request import parse_presentation_request
from passport.json import canonicalize
from passport.qr_text import unpack
from verifier.errors import (
    EmployerTaken,
    NoSuchEmployer,
    NoSuchProfile,
    NoSuchRequest,
    RequestAnswered,
    RequestExpired,
)
from verifier.openid4vp_records import SentRequest, Transaction
from verifier.profiles import Draft
from verifier.records import Employer, Report, Request
from verifier.requests import Answered, Created, Expired
from verifier.service import opened
from verifier.settings import Settings

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


@asynccontextmanager
async def story(folder):
    moment = [START]
    async with opened(Settings(data_directory=folder), clock=lambda: moment[0]) as service:
        employer, _ = await service.employers.create("ster", "De Ster", START)
        profile = await publish(service, employer)
        yield service, employer, profile, moment


async def publish(service, employer, key="baker"):
    draft = Draft(
        key=key,
        name={"en": "Baker"},
        purpose=Purpose.LABOUR_MARKET,
        taxonomy="ESCO 1.1.1",
        occupation=None,
        demands=[Demand("http://data.europa.eu/esco/skill/bread", "bread", minimum_strength=Strength.HARD)],
        valid_until=START + timedelta(days=100),
    )
    profile, _ = await service.profiles.publish(employer, draft, START)
    return profile


def test_a_request_goes_from_created_to_answered_and_no_further(tmp_path):
    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            created = await service.requests.create(employer, profile, START)
            assert isinstance(await service.requests.get(created.id, START), Created)
            await report(created.id).insert()
            await service.requests.answered(created, created.id)
            found = await service.requests.get(created.id, START)
            assert isinstance(found, Answered)
            assert found.report == created.id
            with pytest.raises(RequestAnswered):
                await service.requests.open(created.id, START)

    asyncio.run(test())


def test_a_report_without_its_last_step_closes_the_request_all_the_same(tmp_path):
    """The process ended between the insert of the report and the change of the request."""

    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            created = await service.requests.create(employer, profile, START)
            await report(created.id).insert()
            assert isinstance(await service.requests.get(created.id, START), Answered)

    asyncio.run(test())


def test_a_deleted_report_does_not_open_its_request_again(tmp_path):
    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            created = await service.requests.create(employer, profile, START)
            await report(created.id).insert()
            await service.requests.answered(created, created.id)
            await service.reports.delete(created.id, employer, START)
            with pytest.raises(RequestAnswered):
                await service.requests.open(created.id, START)

    asyncio.run(test())


def test_a_deletion_leaves_no_copy_and_nothing_to_make_the_report_from_again(tmp_path):
    """The process ended after the report was made from a held answer, and before that said so."""

    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            created = await service.requests.create(employer, profile, START)
            begun = Transaction(
                id="t" * 22,
                employer=employer.id,
                request=created.id,
                sent=SentRequest(
                    client_id="x",
                    response_mode="direct_post",
                    nonce="n",
                    state="s",
                    query={},
                    client_metadata={},
                    of_profile=True,
                    sealed_key=None,
                ),
                status="received",
                held={"verdict": "genuine"},
                response_code="digest",
                created_at=START,
                valid_until=created.valid_until,
            )
            await begun.insert()
            await report(created.id).insert()
            await service.reports.delete(created.id, employer, START)
            kept = await Transaction.get(begun.id)
            assert (kept.held, kept.response_code) == (None, None)
            with pytest.raises(RequestAnswered):
                await service.requests.open(created.id, START)

    asyncio.run(test())


@pytest.mark.parametrize(("seconds", "state"), [(299, Created), (300, Expired), (10_000, Expired)])
def test_a_request_lasts_five_minutes(tmp_path, seconds, state):
    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            created = await service.requests.create(employer, profile, START)
            later = START + timedelta(seconds=seconds)
            assert isinstance(await service.requests.get(created.id, later), state)
            if state is Expired:
                with pytest.raises(RequestExpired):
                    await service.requests.open(created.id, later)

    asyncio.run(test())


def test_every_request_has_a_challenge_of_its_own_of_128_bits(tmp_path):
    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            made = [await service.requests.create(employer, profile, START) for _ in range(20)]
            assert len({each.challenge for each in made}) == 20
            assert all(len(base64url_decode(each.challenge)) == 16 for each in made)
            parsed = parse_presentation_request(unpack(made[0].frames))
            assert parsed.domain == employer.did == "did:web:localhost%3A8102:e:ster"
            assert parsed.response_uri == f"http://localhost:8102/r/{made[0].id}"

    asyncio.run(test())


def test_somebody_elses_request_is_not_found(tmp_path):
    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            other, _ = await service.employers.create("other", "Other", START)
            created = await service.requests.create(employer, profile, START)
            for identifier, who in ((created.id, other), ("nothing", employer), ("x" * 100, employer)):
                with pytest.raises(NoSuchRequest):
                    await service.requests.get(identifier, START, who)

    asyncio.run(test())


def test_profiles_are_numbered_under_concurrency_and_served_by_version(tmp_path):
    async def test():
        async with story(tmp_path) as (service, employer, _, _):
            made = await asyncio.gather(*(publish(service, employer) for _ in range(4)))
            assert sorted(each.version for each in made) == [2, 3, 4, 5]
            assert (await service.profiles.get("ster", "baker")).version == 5
            assert (await service.profiles.get("ster", "baker", 1)).version == 1
            assert [each.version for each in await service.profiles.all("ster")] == [5]
            for key, version in (("baker", 6), ("nothing", None), ("../x", 1), ("Baker", None)):
                with pytest.raises(NoSuchProfile):
                    await service.profiles.get("ster", key, version)

    asyncio.run(test())


def test_an_employers_key_is_sealed_and_its_name_taken_once(tmp_path):
    async def test():
        async with story(tmp_path) as (service, employer, _, _):
            results = await asyncio.gather(
                *(service.employers.create("new", "New", START) for _ in range(8)), return_exceptions=True
            )
            assert sum(not isinstance(each, Exception) for each in results) == 1
            assert {type(each) for each in results if isinstance(each, Exception)} == {EmployerTaken}
            kept = await Employer.get("ster")
            assert kept is not None
            assert len(kept.keys[0].sealed) == 1 + 24 + 32 + 16
            assert kept.keys[0].sealed == employer.keys[0].sealed
            for slug in ("nobody", "../x", "", "STER"):
                with pytest.raises(NoSuchEmployer):
                    await service.employers.get(slug)

    asyncio.run(test())


def test_the_request_in_the_store_is_the_one_that_was_signed(tmp_path):
    async def test():
        async with story(tmp_path) as (service, employer, profile, _):
            created = await service.requests.create(employer, profile, START)
            kept = await Request.get(created.id)
            assert kept is not None
            assert canonicalize(kept.document) == canonicalize(created.document)

    asyncio.run(test())


def report(identifier: str) -> Report:
    return Report(
        id=identifier,
        employer="ster",
        request=identifier,
        content={"verdict": "genuine"},
        created_at=START,
        delete_at=START + timedelta(days=30),
    )
