"""What is over is forgotten, and what may still be shown a second time is not. The clock is ours, all else real."""

import asyncio
import hashlib
from datetime import timedelta

from beanie import Document

from issuer.app import create
from issuer.authorization.grants import AccessGrant
from issuer.authorization.records import Authorization, Stage
from issuer.authorization.sweep import sweep
from issuer.learners.records import AskedCodes
from issuer.service import to_the_millisecond
from issuer.settings import Settings
from passport.storage import claim_once
from passport.storage.once import Once
from passport.storage.secret_files import create_secret_file

NOW = to_the_millisecond()


def visit(stage, ended):
    return Authorization(
        id=hashlib.sha256(f"{stage}{ended}".encode()).hexdigest()[:32],
        organisation="school",
        stage=stage,
        client_id="c",
        redirect_uri="https://wallet.example/back",
        code_challenge="x" * 43,
        created_at=NOW,
        expires_at=NOW - ended,
    )


def grant(number, token_until, refresh_until):
    return AccessGrant(
        id=str(number) * 32,
        organisation="school",
        offers=[],
        token=b"x",
        token_until=NOW + token_until,
        refresh_until=None if refresh_until is None else NOW + refresh_until,
        created_at=NOW,
    )


async def left(kind: type[Document]) -> int:
    return len(await kind.find().to_list())


def test_what_is_over_is_forgotten_and_nothing_else(tmp_path):
    settings = Settings(data_directory=tmp_path, allow_loopback=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)
    hour, day = timedelta(hours=1), timedelta(days=1)

    async def run():
        async with app.router.lifespan_context(app):
            for stage in Stage:
                for ended in (-hour, hour, 2 * day):
                    await visit(stage, ended).insert()
            for number, times in enumerate(
                [(hour, None), (-hour, None), (-2 * day, None), (-2 * day, day), (-3 * day, -2 * day)]
            ):
                await grant(number, *times).insert()
            for kind in ("dpop", "c_nonce", "pre-authorized_code"):
                await claim_once(kind, "lapsed", NOW - hour, keep_until=NOW - hour)
                await claim_once(kind, "good", NOW - hour, keep_until=NOW)
            for days in (0, 5):
                await AskedCodes.add("school", b"mailbox", NOW - timedelta(days=days))
            for _ in range(2):
                await sweep(NOW)
                stages = [each.stage for each in await Authorization.find().to_list()]
                assert {stage: stages.count(stage) for stage in Stage} == {
                    stage: 2 if stage in {Stage.GRANTED, Stage.REDEEMED} else 1 for stage in Stage
                }
                assert await left(AccessGrant) == 3
                assert await left(AskedCodes) == 1
                assert {each.id for each in await Once.find().to_list()} == {
                    "dpop:good",
                    "c_nonce:good",
                    "pre-authorized_code:good",
                }
            assert await AskedCodes.add("school", b"mailbox", NOW) == 2

    asyncio.run(run())
