"""Programs that register themselves: a flood pushes those out that nobody agreed to, and none that somebody did."""

import asyncio
import base64
import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.requests import Request

from issuer.app import create
from issuer.authorization.records import Proof, Stage
from issuer.open_badges_api import clients
from issuer.open_badges_api.clients import BadgeClient, register
from issuer.open_badges_api.tokens import redeem
from issuer.open_badges_api.visit import BadgeVisit, agree
from issuer.service import to_the_millisecond
from issuer.settings import Settings
from passport.errors.oauth import InvalidClient
from passport.json import dump
from passport.oauth.pkce import code_challenge, create_code_verifier
from passport.oauth.token_request import AuthorizationCodeGrant
from passport.open_badges_api.scopes import BadgeScope
from passport.storage.secret_files import create_secret_file

BACK, SLUG = "https://platform.example/back", "school"
ROOM = 3
METADATA = dump({"redirect_uris": [BACK], "client_name": "A platform", "grant_types": ["authorization_code"]})
SCOPE = str(BadgeScope.CREDENTIAL_READONLY)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An issuer's store and service in this process, where few programs that nobody agreed to have room."""
    monkeypatch.setattr(clients, "BADGE_PROVIDER", replace(clients.BADGE_PROVIDER, unused_clients=ROOM))
    settings = Settings(data_directory=tmp_path, allow_loopback=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)

    def run(play):
        async def inside():
            async with app.router.lifespan_context(app):
                began, ticks = to_the_millisecond(), itertools.count()
                app.state.service.clock = lambda: began + timedelta(seconds=next(ticks))
                await play(app.state.service)

        asyncio.run(inside())

    return run


def as_program(registered):
    pair = base64.b64encode(f"{registered.client_id}:{registered.client_secret}".encode())
    return Request({"type": "http", "headers": [(b"authorization", b"Basic " + pair)]})


async def visited(client_id, verifier):
    """Somebody at the page for permission, whose mailbox is proved."""
    now = to_the_millisecond()
    visit = BadgeVisit(
        id="0" * 32,
        organisation=SLUG,
        stage=Stage.PROVED,
        proof=Proof.MAILBOX,
        mailbox=b"m" * 32,
        client_id=client_id,
        client_name="A platform",
        redirect_uri=BACK,
        code_challenge=code_challenge(verifier),
        scope=[SCOPE],
        created_at=now,
        expires_at=now + timedelta(minutes=10),
    )
    await visit.insert()
    return visit


def test_a_program_is_not_pushed_out_between_a_persons_yes_and_its_token(office):
    async def play(service):
        verifier = create_code_verifier(b"v" * 32)
        agreed = await register(service, SLUG, METADATA)
        waiting = await register(service, SLUG, METADATA)
        visit = await visited(agreed.client_id, verifier)
        back = await agree(service, visit, [SCOPE])
        for _ in range(ROOM):
            await register(service, SLUG, METADATA)
        assert await BadgeClient.get(waiting.client_id) is None
        code = back.partition("code=")[2].partition("&")[0]
        asked = AuthorizationCodeGrant(code=code, redirect_uri=BACK, client_id=None, code_verifier=verifier)
        assert (await redeem(service, SLUG, as_program(agreed), asked)).access_token
        with pytest.raises(InvalidClient):
            await redeem(service, SLUG, as_program(waiting), asked)

    office(play)


def test_at_most_so_many_programs_wait_for_a_first_yes(office):
    async def play(service):
        made = [await register(service, SLUG, METADATA) for _ in range(ROOM + 1)]
        assert await BadgeClient.get(made[0].client_id) is None
        assert all([await BadgeClient.get(each.client_id) for each in made[1:]])
        await register(service, "another-school", METADATA)
        assert await BadgeClient.get(made[1].client_id) is not None

    office(play)
