"""Sessions end by the clock, are few for one account, and are fresh for a quarter of an hour."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from issuer.app import create
from issuer.errors import WrongApiKey
from issuer.limits import SESSION_SECONDS
from issuer.organisations.manage import NewOrganisation, create_organisation
from issuer.settings import Settings
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.records import ConsoleSession, Passkey, Way
from issuer.sign_in.sessions import begin, find
from issuer.sign_in.sweep import sweep
from passport.storage.secret_files import create_secret_file
from tests.simulators.authenticator import Authenticator, question_on

ORIGIN = "http://localhost:8101"
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
            with pytest.raises(WrongApiKey):
                await find(secret, now + timedelta(seconds=SESSION_SECONDS))
            for wrong in ("", "x" * 43, secret[:-1], secret + "A"):
                with pytest.raises(WrongApiKey):
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
                assert (await browser.post("/console/me/passkeys", data=form)).status_code == 400
            assert len(await Passkey.of(owner.id)) == SIGN_IN.passkeys

            for number in range(SIGN_IN.sessions + 2):
                await begin(owner, Way.PASSPHRASE, now + timedelta(seconds=number + 1))
            assert len(await ConsoleSession.of(owner.id)) == SIGN_IN.sessions
            with pytest.raises(WrongApiKey):
                await find(secret, now)
            await sweep(now + timedelta(days=1))
            assert await ConsoleSession.of(owner.id) == []

    asyncio.run(play())
