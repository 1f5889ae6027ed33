"""Passphrases, links and sessions: what a thief, a guesser or a former colleague tries."""

import asyncio
import re
from contextlib import AsyncExitStack, contextmanager

import httpx
import pytest

from issuer.sign_in.errors import TooManyWrongTries
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.tries import Tries
from passport.clock import utc_now
from tests.simulators.counting import MemoryCounts
from tests.simulators.issuing import HTTP, open_office

PASSPHRASE = "kraan fiets maandag soep"


@pytest.fixture(scope="module")
def office(school_process):
    return open_office(school_process, "passphrase-school")


@contextmanager
def browser(office, **form):
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "en"}
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=office.url, headers=headers, timeout=60, limits=limits) as client:
        if form:
            assert client.post("/console/session", data=form).status_code == 303
        yield client


@pytest.fixture(scope="module")
def owner(office):
    with browser(office, api_key=office.api_key) as client:
        yield client


def invited(owner, name="A colleague", role="issuer"):
    page = owner.post("/console/accounts/people", data={"name": name, "role": role})
    return re.search(r"(/join/[\w-]{43})", page.text)[1], account_in(owner, name)


def account_in(owner, name):
    page = owner.get("/console/accounts").text
    return re.search(rf"<h2>{name}</h2>.*?([0-9a-f]{{16}})</span>", page, re.DOTALL)[1]


def joined(office, owner, sign_in_name, **more):
    link, account = invited(owner, **more)
    with browser(office) as client:
        answer = client.post(link, data={"name": sign_in_name, "passphrase": PASSPHRASE})
        assert answer.status_code == 303, answer.text
    return link, account


def tried(office, name, passphrase=PASSPHRASE):
    with browser(office) as client:
        return client.post("/console/session", data={"name": name, "passphrase": passphrase})


def test_an_invitation_is_good_once_and_looking_at_it_uses_nothing_up(office, owner):
    link, _ = invited(owner, "Invited")
    with browser(office) as client:
        for _ in range(2):
            assert "Welcome, Invited" in client.get(link).text
        form = {"name": "Invited@School.example", "passphrase": PASSPHRASE}
        answer = client.post(link, data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, "/console/me")
        assert client.get("/console/audit").status_code == 200
        assert client.get(link).status_code == 410
        assert client.post(link, data=form).status_code == 410
    assert tried(office, "invited@school.example").status_code == 303
    assert tried(office, " INVITED@school.example ").status_code == 303


WEAK = ["", "short", "a" * 40, "weak@school.example!", "my own weak name is it", "x" * 300]


def test_a_weak_passphrase_is_refused_and_the_link_stays_good(office, owner):
    link, _ = invited(owner)
    with browser(office) as client:
        for passphrase in WEAK:
            refused = client.post(link, data={"name": "weak@school.example", "passphrase": passphrase})
            assert refused.status_code == 400, passphrase
            assert passphrase == "" or passphrase not in refused.text
        assert client.get(link).status_code == 200


def test_nobody_takes_the_name_of_another(office, owner):
    joined(office, owner, "taken@school.example")
    link, _ = invited(owner)
    with browser(office) as client:
        for name in ("taken@school.example", "TAKEN@school.example", "a b", "x", "", "a\u0000b\u0001c"):
            answer = client.post(link, data={"name": name, "passphrase": PASSPHRASE})
            assert answer.status_code == 400
    assert tried(office, "taken@school.example").status_code == 303


def test_a_refusal_tells_nothing_of_who_has_an_account(office, owner):
    joined(office, owner, "known@school.example")
    answers = [tried(office, name, "not this one at all") for name in ("known@school.example", "nobody", "")]
    assert {answer.status_code for answer in answers} == {401}
    assert len({re.sub(r' (value|data-options)="[^"]*"', "", answer.text) for answer in answers}) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_wrong_tries_of_a_name_end_and_passkeys_go_on(office, owner):
    joined(office, owner, "guessed@school.example")
    for _ in range(SIGN_IN.failures_by_name):
        assert tried(office, "guessed@school.example", "guess").status_code == 401
    assert tried(office, "guessed@school.example").status_code == 429, "a right one waits as well"
    assert tried(office, "Guessed@School.example").status_code == 429
    assert tried(office, "known@school.example").status_code == 303


def tries_of(play):
    asyncio.run(play(Tries(MemoryCounts(), str)))


def test_wrong_tries_are_counted_by_network_and_forgotten_after_a_while():
    async def play(tries):
        now = utc_now().replace(hour=12, minute=0)
        for number in range(SIGN_IN.failures_by_network):
            counted = await tries.begin(f"name {number}", ["192.0.2.1"], now)
        with pytest.raises(TooManyWrongTries):
            await tries.begin("another", ["192.0.2.1"], now)
        await tries.begin("another", ["192.0.2.2"], now)
        await tries.was_right(counted)
        await tries.begin("another", ["192.0.2.1"], now)
        await tries.begin("one more", ["192.0.2.1"], now.replace(minute=15))

    tries_of(play)


def test_tries_at_the_same_moment_are_no_more_than_one_by_one():
    async def play(tries):
        now = utc_now()
        at_once = [tries.begin("one name", ["192.0.2.1"], now) for _ in range(SIGN_IN.failures_by_name + 5)]
        told = await asyncio.gather(*at_once, return_exceptions=True)
        assert sum(isinstance(each, TooManyWrongTries) for each in told) == 5

    tries_of(play)


def test_two_processes_of_one_service_let_no_more_guesses_through_than_one():
    async def play(tries):
        now = utc_now()
        other = Tries(tries._counts, str)
        for number in range(SIGN_IN.failures_by_name):
            await (tries, other)[number % 2].begin("one name", ["192.0.2.1"], now)
        for each in (tries, other):
            with pytest.raises(TooManyWrongTries):
                await each.begin("one name", ["192.0.2.1"], now)

    tries_of(play)


def test_what_is_refused_counts_for_nothing():
    async def play(tries):
        now = utc_now()
        for _ in range(SIGN_IN.failures_by_name):
            await tries.begin("one name", ["192.0.2.1"], now)
        kept = dict(tries._counts.kept)
        for _ in range(3):
            with pytest.raises(TooManyWrongTries):
                await tries.begin("one name", ["192.0.2.1"], now)
        assert {name: number for name, number in tries._counts.kept.items() if number} == kept

    tries_of(play)


def test_a_stranger_far_away_keeps_nobody_out():
    """Who knows a sign-in name and guesses all day is refused there; its person signs in elsewhere."""

    async def play(tries):
        now = utc_now()
        for _ in range(SIGN_IN.failures_by_name):
            await tries.begin("one name", ["2001:db8:1:1::/64", "2001:db8:1::/48"], now)
        with pytest.raises(TooManyWrongTries):
            await tries.begin("one name", ["2001:db8:1:2::/64", "2001:db8:1::/48"], now)
        await tries.was_right(await tries.begin("one name", ["192.0.2.2"], now))
        for number in range(SIGN_IN.failures_anywhere - SIGN_IN.failures_by_name):
            await tries.begin("one name", [f"198.51.100.{number}"], now)
        with pytest.raises(TooManyWrongTries):  # from many networks it is an attack on the name after all
            await tries.begin("one name", ["192.0.2.2"], now)

    tries_of(play)


def test_a_flood_of_passphrases_waits_in_no_endless_line():
    async def flood():
        tries = Tries(MemoryCounts(), str)
        async with AsyncExitStack() as stack:
            for _ in range(SIGN_IN.at_once):
                await stack.enter_async_context(tries.hashing())
            waiting = [asyncio.ensure_future(_one(tries)) for _ in range(SIGN_IN.waiting)]
            await asyncio.sleep(0)
            with pytest.raises(TooManyWrongTries):
                await _one(tries)
        return await asyncio.gather(*waiting, return_exceptions=True)

    refused = [each for each in asyncio.run(flood()) if each is not None]
    assert len(refused) == SIGN_IN.at_once
    assert all(isinstance(each, TooManyWrongTries) for each in refused)


async def _one(tries):
    async with tries.hashing():
        return


def test_signing_in_makes_a_new_session_and_ends_the_planted_one(office):
    with browser(office) as victim:
        form = {"api_key": office.api_key}
        planted = {"Cookie": "console=" + "p" * 43}
        assert (
            "p" * 43 not in victim.post("/console/session", data=form, headers=planted).headers["set-cookie"]
        )
        old = victim.cookies["console"]
        victim.post("/console/session", data=form)
        assert victim.cookies["console"] != old
        assert ask_audit(office, old) == 401


def ask_audit(office, cookie):
    return HTTP.get(f"{office.url}/console/audit", headers={"Cookie": f"console={cookie}"}).status_code


def test_signing_out_ends_the_session_also_for_a_copy_of_the_cookie(office):
    with browser(office, api_key=office.api_key) as client:
        copied = client.cookies["console"]
        assert ask_audit(office, copied) == 200
        client.post("/console/session/end")
    assert ask_audit(office, copied) == 401


@pytest.mark.parametrize("ending", ["suspend", "sign-out", "off", "passphrase", "link"])
def test_every_session_of_an_account_ends_at_once(office, owner, ending):
    name = f"ends-{ending}@school.example"
    link, account = joined(office, owner, name, name=f"Ends {ending}")
    with browser(office, name=name, passphrase=PASSPHRASE) as client, browser(office) as other:
        copied = client.cookies["console"]
        other.post("/console/session", data={"name": name, "passphrase": PASSPHRASE})
        if ending == "passphrase":
            form = {"name": name, "passphrase": "another four words here"}
            assert other.post("/console/me/passphrase", data=form).status_code == 303
            assert other.get("/console/me").status_code == 200, "the one that chose it goes on"
        elif ending == "link":
            made = owner.post(f"/console/accounts/{account}/link")
            link = re.search(r"(/join/[\w-]{43})", made.text)[1]
            assert ask_audit(office, copied) == 200, "not before it is used"
            other.post(link, data={"name": "other-" + name, "passphrase": PASSPHRASE})
            assert tried(office, name).status_code == 401, "the former name ends"
        else:
            assert owner.post(f"/console/accounts/{account}/{ending}").status_code == 200
        assert ask_audit(office, copied) == 401
    if ending == "suspend":
        assert tried(office, name).status_code == 401
        assert owner.post(f"/console/accounts/{account}/resume").status_code == 200
        assert tried(office, name).status_code == 303
        assert ask_audit(office, copied) == 401, "what was ended stays so"


def test_a_link_of_a_closed_account_or_a_replaced_one_opens_nothing(office, owner):
    first, account = invited(owner, "Replaced")
    second = re.search(r"(/join/[\w-]{43})", owner.post(f"/console/accounts/{account}/link").text)[1]
    with browser(office) as client:
        assert client.get(first).status_code == 410
        owner.post(f"/console/accounts/{account}/suspend")
        assert client.get(second).status_code == 410
        assert owner.post(f"/console/accounts/{account}/link").status_code == 404


def test_an_owner_keeps_nobody_in_who_is_not_theirs_and_never_shuts_the_last_door(
    office, owner, school_process
):
    other = open_office(school_process, "another-passphrase-school")
    foreign = other.get("/api/accounts")[0]["id"]
    own = account_in(owner, "Bakkersschool Noord")
    for what in ("link", "suspend", "resume", "sign-out", "off", "key", "role"):
        answer = owner.post(f"/console/accounts/{foreign}/{what}", data={"role": "reader"})
        assert answer.status_code == 404, what
    for what in ("suspend", "role", "sign-out"):
        answer = owner.post(f"/console/accounts/{own}/{what}", data={"role": "reader"})
        assert answer.status_code == 409, what
    _, second = joined(office, owner, "second@school.example", name="Second", role="owner")
    with browser(office, name="second@school.example", passphrase=PASSPHRASE) as client:
        assert client.post(f"/console/accounts/{own}/role", data={"role": "reader"}).status_code == 200
        assert owner.get("/console/accounts").status_code == 403, "at once"
        assert client.post(f"/console/accounts/{own}/role", data={"role": "owner"}).status_code == 200
    assert owner.post(f"/console/accounts/{second}/role", data={"role": "king"}).status_code == 400


def test_nothing_that_is_stored_tells_a_name_or_opens_an_account(office, owner, school_process):
    link, _ = joined(office, owner, "secret-name@school.example")
    stored = b"".join(
        each.read_bytes() for each in (school_process.folder / "data").rglob("*") if each.is_file()
    )
    for secret in ("secret-name", PASSPHRASE, link.rpartition("/")[2], owner.cookies["console"]):
        assert secret.encode() not in stored
