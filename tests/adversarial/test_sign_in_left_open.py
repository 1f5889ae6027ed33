"""A console that was left open, a flood at its door, a link that went astray: none of them is a way in."""

import asyncio
import re
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx

from issuer.app import create
from issuer.organisations.manage import NewOrganisation, create_organisation
from issuer.organisations.records import Role
from issuer.settings import Settings
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.records import SignInLink, Way
from issuer.sign_in.sessions import begin
from passport.storage import Once
from passport.storage.secret_files import create_secret_file
from tests.simulators.authenticator import Authenticator, question_on

ORIGIN = "http://localhost:8101"
BROWSER = {"Origin": ORIGIN, "Accept": "text/html", "Accept-Language": "en"}
PASSPHRASE = "kraan fiets maandag soep"


class School:
    """A service, its owner signed in, and a clock that can be put on."""

    def __init__(self, app, service, owner, secret):
        self.app, self.service, self.owner, self.cookie = app, service, owner, {"Cookie": f"console={secret}"}
        self.passed = timedelta()

    def browser(self, headers=None):
        transport = httpx.ASGITransport(app=self.app)
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=BROWSER | (headers or {}))


@asynccontextmanager
async def school(folder):
    settings = Settings(data_directory=folder, allow_loopback=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)
    async with app.router.lifespan_context(app):
        service = app.state.service
        _, owner, _ = await create_organisation(service, NewOrganisation("school", "A school"))
        made = School(app, service, owner, await begin(owner, Way.KEY, service.clock()))
        usual = service.clock
        service.clock = lambda: usual() + made.passed
        yield made


def link_on(page):
    return re.search(r"/join/[\w-]{43}", page.text)[0]


def test_a_console_that_was_left_open_lets_nobody_in(tmp_path):
    """Neither a key nor a link, for oneself or another, nor a role that gives more."""

    async def play():
        async with school(tmp_path) as here, here.browser(here.cookie) as browser:
            page = await browser.post(
                "/console/accounts/people", data={"name": "Colleague", "role": "reader"}
            )
            colleague = re.search(r"<h2>Colleague</h2>.*?([0-9a-f]{16})</span>", page.text, re.DOTALL)[1]
            here.passed = timedelta(seconds=SIGN_IN.fresh)
            assert (await browser.get("/console/accounts")).status_code == 200
            form = {"name": "Mine", "role": str(Role.OWNER)}
            for path in ("", "/people", f"/{colleague}/role", f"/{colleague}/link", f"/{colleague}/key",
                         f"/{here.owner.id}/key", f"/{here.owner.id}/link", f"/{colleague}/resume"):  # fmt: skip
                answer = await browser.post(f"/console/accounts{path}", data=form)
                assert (answer.status_code, "within 15 minutes" in answer.text) == (403, True), path
                assert "/join/" not in answer.text
            for path in ("suspend", "sign-out", "off"):
                answer = await browser.post(f"/console/accounts/{colleague}/{path}")
                assert answer.status_code == 200, "to keep somebody out is never late"

    asyncio.run(play())


def test_a_flood_at_the_door_burns_nobodys_invitation(tmp_path):
    async def play():
        async with school(tmp_path) as here, here.browser(here.cookie) as browser, here.browser() as guest:
            page = await browser.post(
                "/console/accounts/people", data={"name": "Colleague", "role": "reader"}
            )
            link, form = link_on(page), {"name": "colleague@school.example", "passphrase": PASSPHRASE}
            flood = [here.service.tries.hashing() for _ in range(SIGN_IN.waiting)]
            under_way = [asyncio.ensure_future(each.__aenter__()) for each in flood]
            await asyncio.sleep(0)
            assert (await guest.post(link, data=form)).status_code == 429
            for each, held in zip(flood, under_way, strict=True):
                await held
                await each.__aexit__(None, None, None)
            assert (await guest.post(link, data=form)).status_code == 303

    asyncio.run(play())


def test_a_link_that_went_astray_ends_with_a_new_passphrase_and_with_keeping_out(tmp_path):
    async def play():
        async with school(tmp_path) as here, here.browser(here.cookie) as browser, here.browser() as guest:
            page = await browser.post(
                "/console/accounts/people", data={"name": "Colleague", "role": "reader"}
            )
            colleague = re.search(r"<h2>Colleague</h2>.*?([0-9a-f]{16})</span>", page.text, re.DOTALL)[1]
            for step in ("suspend", "resume"):
                assert (await browser.post(f"/console/accounts/{colleague}/{step}")).status_code == 200
            assert (await guest.get(link_on(page))).status_code == 410
            page = await browser.post(f"/console/accounts/{here.owner.id}/link")
            astray = link_on(page)
            assert (await guest.get(astray)).status_code == 200
            form = {"name": "owner@school.example", "passphrase": PASSPHRASE}
            assert (await browser.post("/console/me/passphrase", data=form)).status_code == 303
            assert (await guest.get(astray)).status_code == 410
            assert await SignInLink.find_all().count() == 0

    asyncio.run(play())


def test_a_flood_of_answers_by_no_passkey_stores_nothing(tmp_path):
    async def play():
        async with school(tmp_path) as here, here.browser() as guest:
            kept = await Once.find_all().count()
            for _ in range(3):
                options, note = question_on(await guest.get("/console"))
                answer = Authenticator(ORIGIN, user=b"nobody").use(options)
                sent = await guest.post("/console/session", data={"note": note, "answer": answer})
                assert sent.status_code == 401
            assert await Once.find_all().count() == kept

    asyncio.run(play())
