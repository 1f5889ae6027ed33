"""Mails in the store: sent once, tried again, given up, taken up after a crash; sealed while they wait."""

import asyncio
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from issuer.faults import Faults
from issuer.mail import Mail, Mailer, MailState, QueuedMail
from issuer.mail.errors import MailRefused, MailUnavailable
from issuer.mail.transport import FolderOutbox
from issuer.secrets import MasterSecret
from passport.storage import connect

MASTER = MasterSecret("m" * 43)
MAIL = Mail("supervisor@employer.example", "A question", "https://employer.example/confirm/x\n")


class Moments:
    def __init__(self):
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **length):
        self.now += timedelta(**length)


class Difficult:
    """A way out that refuses as it is told, then gives in."""

    def __init__(self, *errors):
        self.errors, self.sent = list(errors), []

    def deliver(self, name, sender, to, message):
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((name, to))


@pytest.fixture(scope="module")
def in_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mails")

    def run(story):
        async def whole():
            async with connect("embedded", folder, (QueuedMail,)):
                await QueuedMail.delete_all()
                return await story()

        return asyncio.run(whole())

    return run


def mailer(transport, clock):
    return Mailer(
        master=MASTER,
        transport=transport,
        sender="no-reply@employer.example",
        clock=clock,
        faults=Faults(None),
    )


def test_a_mail_that_is_queued_twice_is_sent_once_and_then_forgotten(in_store):
    out, clock = Difficult(), Moments()

    async def story():
        post = mailer(out, clock)
        first = await post.queue(MAIL, key="invitation 1")
        assert await post.queue(MAIL, key="invitation 1") == first
        assert await post.state(first) is MailState.WAITING
        waiting = await QueuedMail.get(first)
        assert b"supervisor" not in waiting.sealed
        await post.send_due()
        await post.queue(MAIL, key="invitation 1")
        await post.send_due()
        assert await post.state(first) is MailState.SENT
        assert (await QueuedMail.get(first)).sealed == b""
        clock.pass_by(days=91)
        await post.send_due()
        assert await post.state(first) is None
        return first

    assert out.sent == [(in_store(story), MAIL.to)]


def test_a_server_that_is_away_is_tried_five_times_and_no_more(in_store):
    out, clock = Difficult(*[MailUnavailable()] * 9), Moments()

    async def story():
        post = mailer(out, clock)
        mail_id = await post.queue(MAIL, key="x")
        for _ in range(10):
            await post.send_due()
            await post.send_due()
            clock.pass_by(hours=6)
        found = await QueuedMail.get(mail_id)
        assert (found.state, found.tries, found.failure) == (MailState.FAILED, 5, "mail_unavailable")
        assert found.sealed == b""

    in_store(story)
    assert len(out.errors) == 4


def test_a_mail_arrives_after_all_when_the_server_comes_back(in_store):
    out, clock = Difficult(MailUnavailable()), Moments()

    async def story():
        post = mailer(out, clock)
        mail_id = await post.queue(MAIL, key="x")
        await post.send_due()
        assert await post.state(mail_id) is MailState.WAITING
        clock.pass_by(minutes=1)
        await post.send_due()
        assert await post.state(mail_id) is MailState.SENT

    in_store(story)
    assert len(out.sent) == 1


def test_an_address_that_is_refused_is_not_tried_again(in_store):
    out, clock = Difficult(MailRefused()), Moments()

    async def story():
        post = mailer(out, clock)
        mail_id = await post.queue(MAIL, key="x")
        await post.send_due()
        return await post.state(mail_id)

    assert in_store(story) is MailState.FAILED


def test_a_mail_that_was_changed_in_the_store_is_given_up_and_the_next_is_sent(in_store):
    out, clock = Difficult(), Moments()

    async def story():
        post = mailer(out, clock)
        spoilt = await post.queue(MAIL, key="x")
        good = await post.queue(MAIL, key="y")
        moved = (await QueuedMail.get(good)).sealed
        await QueuedMail.get_pymongo_collection().update_one({"_id": spoilt}, {"$set": {"sealed": moved}})
        await post.send_due()
        assert await post.state(spoilt) is MailState.FAILED
        assert await post.state(good) is MailState.SENT

    in_store(story)


def test_a_mail_whose_sender_died_is_sent_by_the_next_and_by_two_at_once_only_once(in_store):
    out, clock = Difficult(), Moments()

    async def story():
        post = mailer(out, clock)
        mail_id = await post.queue(MAIL, key="x")
        assert await QueuedMail.take(mail_id, clock(), clock() + timedelta(seconds=120)) is not None
        await post.send_due()
        assert out.sent == [], "somebody else is at it"
        await QueuedMail.end_leases(clock())
        await asyncio.gather(*(mailer(out, clock).send_due() for _ in range(5)))
        assert len(out.sent) == 1

    in_store(story)


def test_the_worker_sends_what_is_queued_while_it_runs(in_store, tmp_path):
    clock = Moments()

    async def story():
        post = mailer(FolderOutbox(tmp_path), clock)
        post.start()
        try:
            mail_id = await post.queue(MAIL, key="x")
            while await post.state(mail_id) is not MailState.SENT:  # noqa: ASYNC110 - the store tells nobody
                await asyncio.sleep(0.01)
        finally:
            await post.stop()
        return mail_id

    mail_id = in_store(story)
    read = message_from_bytes((tmp_path / f"{mail_id}.eml").read_bytes(), policy=policy.default)
    assert read["To"] == MAIL.to
    assert read["Message-ID"].endswith("@employer.example>")
    assert mail_id not in read["Message-ID"]


def test_a_worker_that_is_woken_as_it_is_stopped_stops(in_store):
    async def story():
        post = mailer(Difficult(), Moments())
        post.start()
        await asyncio.sleep(0.1)  # it waits by now
        stopped, _ = await asyncio.wait({asyncio.create_task(woken_and_stopped(post))}, timeout=10)
        assert stopped

    async def woken_and_stopped(post):
        await post.queue(MAIL, key="y")
        await post.stop()

    in_store(story)


def test_a_worker_that_never_started_stops(in_store):
    asyncio.run(mailer(Difficult(), Moments()).stop())
