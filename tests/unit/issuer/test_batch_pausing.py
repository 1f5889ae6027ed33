"""A batch is held between two stretches of rows, goes on or ends there, and issues no row twice."""

import asyncio

import pytest

from issuer.achievements.manage import create_achievement
from issuer.achievements.requests import NewAchievement
from issuer.app import create
from issuer.batches import run
from issuer.batches.manage import pause_batch, resume_batch, start_batch, stop_batch, take_batch
from issuer.batches.records import Batch, BatchState
from issuer.errors import BatchNotRunning, BatchStarted
from issuer.offers.records import Offer
from issuer.organisations.manage import NewOrganisation, create_organisation
from issuer.settings import Settings
from passport.storage.secret_files import create_secret_file

ROWS = 210
ACHIEVEMENT = {"name": "x", "description": "x", "criteria": {"narrative": "x"}, "achievementType": "Course"}


def test_a_batch_is_held_goes_on_and_is_stopped(tmp_path, monkeypatch):
    settings = Settings(data_directory=tmp_path, allow_loopback=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)

    async def play():
        async with app.router.lifespan_context(app):
            service = app.state.service
            _, owner, _ = await create_organisation(service, NewOrganisation("school", "A school"))
            achievement = await create_achievement(
                service, owner, NewAchievement.model_validate(ACHIEVEMENT), None
            )
            data = "reference\n" + "".join(f"learner-{number}\n" for number in range(ROWS))
            made = await take_batch(
                service,
                owner,
                data.encode(),
                achievement=achievement.id,
                tx_code=False,
                expires_in=3_600,
                draft=True,
                idempotency_key=None,
            )
            for act in (pause_batch, resume_batch, stop_batch):
                with pytest.raises(BatchNotRunning):
                    await act(service, owner, made.id)
            await app.state.batches.stop()  # the test is the one who works on it
            batch = await start_batch(service, owner, made.id)
            issue, held = run.issue_chunk, [1, 2]

            async def held_meanwhile(*arguments):
                done = await issue(*arguments)
                held.pop() if held else None
                if len(held) == 1:
                    await pause_batch(service, owner, made.id)
                return done

            monkeypatch.setattr(run, "issue_chunk", held_meanwhile)
            await run.run_batch(service, batch)
            batch = await Batch.find_or_fail("school", made.id)
            assert (batch.state, batch.next_row) == (BatchState.PAUSED, 0)
            assert await Batch.waiting(service.clock()) == []
            await resume_batch(service, owner, made.id)
            assert await Batch.waiting(service.clock()) == [made.id]
            await run.run_batch(service, batch)
            batch = await Batch.find_or_fail("school", made.id)
            assert (batch.state, batch.next_row, batch.offered) == (BatchState.DONE, ROWS, ROWS)
            assert len(await Offer.find({"batch": made.id}).to_list()) == ROWS
            with pytest.raises(BatchNotRunning):
                await stop_batch(service, owner, made.id)
            await Batch.move(made.id, BatchState.DONE, BatchState.RUNNING)
            await stop_batch(service, owner, made.id)
            assert await Batch.waiting(service.clock()) == []
            with pytest.raises(BatchNotRunning):
                await resume_batch(service, owner, made.id)
            with pytest.raises(BatchStarted):
                await start_batch(service, owner, made.id)

    asyncio.run(play())
