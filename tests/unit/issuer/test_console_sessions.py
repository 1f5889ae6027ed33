"""Sessions end by the clock, are few for one account, and are fresh for a quarter of an hour."""

import asyncio
import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from issuer.app import create
from issuer.limits import SESSION_SECONDS
from issuer.organisations.manage import NewOrganisation, create_organisation
from issuer.settings import Settings
from issuer.sign_in.errors import NotSignedIn
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.records import ConsoleSession, Passkey, Way
from issuer.sign_in.sessions import begin, find
from issuer.sign_in.sweep import sweep
from passport.storage.secret_files import create_secret_file
from tests.simulators.authenticator import Authenticator, question_on

ORIGIN = "http://localhost:8101"
PASS = "kraan fiets maandag soep"
BROWSER = {"Origin": ORIGIN, "Accept": "text/html", "Accept-Language": "en"}


def test_sessions_end_and_what_opens_an_account_is_changed_in_fresh_ones_only(tmp_path):
    settings = Settings(data_directory=tmp_path, allow_loopback=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)

    async def play():
        async with app.router.lifespan_context(app):
            service, passed = app.state.service, [timedelta()]
            usual = service.clock
            service.clock = lambda: usual() + passed[0]
            _, owner, _ = await create_organisation(service, NewOrganisation("school", "A school"))
            now = service.clock()
            secret = await begin(owner, Way.KEY, now)
            assert (await find(secret, now))[1].id == owner.id
            with pytest.raises(NotSignedIn):
                await find(secret, now + timedelta(seconds=SESSION_SECONDS))
            for wrong in ("", "x" * 43, secret[:-1], secret + "A"):
                with pytest.raises(NotSignedIn):
                    await find(wrong, now)

            transport = httpx.ASGITransport(app=app)
            cookie = {"Cookie": f"console={secret}"}
            async with httpx.AsyncClient(
                transport=transport, base_url=ORIGIN, headers=BROWSER | cookie
            ) as browser:
                options, note = question_on(await browser.get("/console/me"))
                answer = Authenticator(ORIGIN).make(options)
                form = {"note": note, "answer": answer, "passkey_name": "My phone"}
                passed[0] = timedelta(seconds=SIGN_IN.fresh)
                stale = await browser.post("/console/me/passkeys", data=form)
                assert (stale.status_code, "within 15 minutes" in stale.text) == (403, True)
                passed[0] = timedelta(seconds=SIGN_IN.ceremony)
                late = await browser.post("/console/me/passkeys", data=form)
                assert late.status_code == 400, "the question ran out"
                passed[0] = timedelta()
                for number in range(SIGN_IN.passkeys):
                    options, note = question_on(await browser.get("/console/me"))
                    answer = Authenticator(ORIGIN).make(options)
                    form = {"note": note, "answer": answer, "passkey_name": f"Key {number}"}
                    made = await browser.post("/console/me/passkeys", data=form)
                    assert made.status_code == 303
                assert (await browser.post("/console/me/passkeys", data=form)).status_code == 413
            assert len(await Passkey.of(owner.id)) == SIGN_IN.passkeys

            for number in range(SIGN_IN.sessions + 2):
                await begin(owner, Way.PASSPHRASE, now + timedelta(seconds=number + 1))
            assert len(await ConsoleSession.of(owner.id)) == SIGN_IN.sessions
            with pytest.raises(NotSignedIn):
                await find(secret, now)
            await sweep(now + timedelta(days=1))
            assert await ConsoleSession.of(owner.id) == []

    asyncio.run(play())


def test_what_was_typed_is_kept_when_the_session_ended_meanwhile(tmp_path):
    """Two windows, and the other one signed out: it is sent again from the refusal, once somebody signed in."""
    settings = Settings(data_directory=tmp_path, allow_loopback=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)
    typed = {
        "name": 'Baking "by hand"',
        "description": "<b>Bread</b> of five kinds, by hand",
        "criteria": "An examiner looks along while the bread is made",
        "type": "Course",
        "then": "make",
    }

    async def play():
        async with app.router.lifespan_context(app):
            service, transport = app.state.service, httpx.ASGITransport(app=app)
            _, _, key = await create_organisation(service, NewOrganisation("school", "A school"))
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=BROWSER) as browser:
                refused = await browser.post("/console/achievements", data=typed)
                assert (refused.status_code, "still here" in refused.text) == (401, True)
                assert "<b>Bread" not in refused.text
                hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', refused.text)
                again = {name: unescape(value) for name, value in hidden}
                assert again == typed
                assert re.search(r'<form method="post" action="/console/achievements">', refused.text)
                for abroad in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                    answer = await browser.post("/console/achievements", data=typed, headers=abroad)
                    assert (answer.status_code, "by hand" in answer.text) == (403, False), (
                        "nobody else's form"
                    )
                program = await browser.post(
                    "/console/achievements", data=typed, headers={"Accept": "application/json"}
                )
                assert "by hand" not in program.text
                wrong = await browser.post("/console/me/passphrase", data={"name": "x y", "passphrase": PASS})
                assert PASS not in wrong.text, "what opens something is not repeated"
                await browser.post("/console/session", data={"api_key": key})
                assert (await browser.post("/console/achievements", data=again)).status_code == 303
                bare = {**typed, "criteria": ""}
                told = await browser.post("/console/achievements", data=bare)
                assert (told.status_code, "of five kinds, by hand" in told.text) == (400, True)

    asyncio.run(play())
