"""What happens to a confirmation as time passes: reminders, ends, removals. The clock is ours, all else is real."""

import asyncio
import re
import uuid
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes, policy

import httpx
import pytest

from issuer.app import create
from issuer.confirmations.files import ConfirmationFile
from issuer.confirmations.policy import ConfirmationPolicy
from issuer.confirmations.records import Confirmation
from issuer.confirmations.rounds import make_round
from issuer.mail import QueuedMail
from issuer.organisations.manage import NewOrganisation, create_organisation
from issuer.service import to_the_millisecond
from issuer.settings import Settings
from passport.storage.secret_files import create_secret_file
from tests.simulators.confirming import SHEET, SUPERVISOR, ConfirmedWorker, seen

ORIGIN = "http://localhost:8101"
ONE_DAY = timedelta(days=1)


class Bakery:
    """An issuer in this process, whose clock can be moved."""

    def __init__(self, folder):
        self.folder, self.passed = folder, timedelta(0)
        settings = Settings(data_directory=folder, allow_loopback=True)
        create_secret_file(settings.master_secret)
        create_secret_file(settings.bootstrap_secret)
        self.app = create(settings)
        self.service = self.app.state.service
        self.service.clock = lambda: to_the_millisecond() + self.passed
        self.did = self.service.addresses.did("bakery")
        self.issuer = self.service.addresses.issuer("bakery")
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app), base_url=ORIGIN, headers={"Origin": ORIGIN}
        )

    @asynccontextmanager
    async def opened(self):
        async with self.app.router.lifespan_context(self.app), self.client:
            self.owner, _, self.key = await create_organisation(
                self.service, NewOrganisation("bakery", "Bakkersschool Noord")
            )
            await ConfirmationPolicy(id="bakery", allowed=[SUPERVISOR], retention=30).save()
            yield self

    async def ask(self, worker, **more):
        nonce = (await self.client.post("/o/bakery/nonce")).json()["c_nonce"]
        vp = worker.present([worker.claim(files=more.get("sent", ()))], challenge=nonce, domain=self.did)
        body = {"presentation": vp, "supervisor": {"email": SUPERVISOR}} | more
        answer = await self.client.post("/o/bakery/confirmations", json=body)
        assert answer.status_code == 201, answer.text
        self.asked = answer.json()
        return self.asked["id"]

    async def told(self):
        return (await self.heard()).json()

    async def heard(self, path=""):
        headers = {"Authorization": f"Bearer {self.asked['token']}"}
        return await self.client.get(f"/o/bakery/confirmations/{self.asked['id']}{path}", headers=headers)

    async def mails(self, number=""):
        """The texts of all mails that were sent, the latest last; or of those with a link to one request."""
        while await QueuedMail.next_due() is not None:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.01)
        paths = sorted((self.folder / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        texts = [message_from_bytes(path.read_bytes(), policy=policy.default).get_content() for path in paths]
        return [text for text in texts if number in text]

    async def link(self):
        text = (await self.mails(self.asked["id"]))[-1]
        return re.search(r"/confirm/\S+", text)[0]

    async def code(self):
        found = [re.search(r"^(\d{6})\s*$", text, re.MULTILINE) for text in await self.mails()]
        return [each[1] for each in found if each][-1]

    async def sign_in(self):
        await self.page("/console/session", {"api_key": self.key})

    async def after(self, **length):
        self.passed += timedelta(**length)
        await make_round(self.service)

    async def page(self, path, fields=None, **more):
        return await self.client.post(path, data=fields or {}, follow_redirects=True, **more)

    async def proved(self, link):
        await self.page(f"{link}/code")
        return await self.page(f"{link}/session", {"code": await self.code()})

    async def answered(self, link):
        await self.proved(link)
        fields = {"skill-0": "work-record", "skill-1": "no", "role": "chef", "not-the-holder": "yes"}
        page = await self.page(f"{link}/statement", fields, files={"file": ("s.csv", SHEET, "text/csv")})
        return await self.page(f"{link}/send", {"seen": seen(page)})


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Tell a story in the bakery, which stays open: its clock goes on from where the last story left it."""
    with asyncio.Runner() as runner:
        opened = Bakery(tmp_path_factory.mktemp("bakery")).opened()
        bakery = runner.run(opened.__aenter__())
        try:
            yield lambda story: runner.run(story(bakery))
        finally:
            runner.run(opened.__aexit__(None, None, None))


def test_somebody_who_does_not_answer_is_reminded_once_and_then_no_more(told):
    async def story(bakery):
        await bakery.ask(ConfirmedWorker())
        link = await bakery.link()
        number = bakery.asked["id"]
        await bakery.after(days=6)
        assert len(await bakery.mails(number)) == 1
        await bakery.after(days=1)
        assert await bakery.link() == link, "the reminder has the same link"
        await bakery.after(days=6)
        assert len(await bakery.mails(number)) == 2
        assert (await bakery.client.get(link)).status_code == 200
        await bakery.after(days=1)
        assert (await bakery.client.get(link)).status_code == 410
        assert [entry["what"] for entry in (await bakery.told())["history"]] == [
            "asked",
            "invited",
            "reminded",
            "expired",
        ]

    told(story)


def test_a_request_that_nobody_looks_at_ends_in_a_quarter(told):
    async def story(bakery):
        await bakery.ask(ConfirmedWorker(), supervisor=None)
        await bakery.after(days=89)
        assert (await bakery.told())["state"] == "asked"
        await bakery.after(days=1)
        assert (await bakery.told())["state"] == "expired"
        assert await bakery.mails(bakery.asked["id"]) == []

    told(story)


def test_a_code_is_good_for_ten_minutes_and_a_session_for_two_hours(told):
    async def story(bakery):
        await bakery.ask(ConfirmedWorker())
        link = await bakery.link()
        await bakery.page(f"{link}/code")
        code = await bakery.code()
        await bakery.after(minutes=10)
        assert (await bakery.page(f"{link}/session", {"code": code})).status_code == 400
        assert (await bakery.proved(link)).status_code == 200
        await bakery.after(minutes=119)
        assert (await bakery.client.get(f"{link}/statement")).status_code == 200
        await bakery.after(minutes=1)
        assert (await bakery.client.get(f"{link}/statement")).status_code == 401

    told(story)


def test_files_are_removed_after_the_retention_and_what_was_signed_stays(told):
    async def story(bakery):
        number = await bakery.ask(ConfirmedWorker())
        await bakery.answered(await bakery.link())
        before = await bakery.told()
        assert len(before["credentials"]) == 1
        await bakery.after(days=29)
        assert (await bakery.heard("/files/1")).status_code == 200
        await bakery.after(days=1)
        after = await bakery.told()
        assert after["credentials"] == before["credentials"]
        assert (after["skills"], after["files"]) == ([], [])
        assert (await bakery.heard("/files/1")).status_code == 404
        (file,) = await ConfirmationFile.of(number)
        kept = await Confirmation.get(number)
        assert (file.sealed, file.about, kept.asked, kept.statement) == (None, None, None, None)
        assert kept.invitation is None, "whose mailbox it was is forgotten too"
        await bakery.sign_in()
        page = await bakery.client.get(f"/console/confirmations/{number}", headers={"Accept": "text/html"})
        assert "content was removed" in page.text
        made = uuid.UUID(after["credentials"][0]["id"]).hex
        await bakery.page(f"/console/confirmations/{number}/endorsements/{made}/revoke")
        assert (await bakery.told())["revoked"] == [after["credentials"][0]["id"]], "and can be revoked"

    told(story)


def test_the_coordinator_removes_files_when_it_is_over_and_not_before(told):
    async def story(bakery):
        number = await bakery.ask(ConfirmedWorker())
        await bakery.sign_in()
        remove = f"/console/confirmations/{number}/remove-files"
        assert (await bakery.page(remove)).status_code == 409
        await bakery.answered(await bakery.link())
        for _ in range(2):
            assert (await bakery.page(remove)).status_code == 200
        assert (await bakery.told())["files"] == []
        page = await bakery.client.get(f"/console/confirmations/{number}/files/1")
        assert page.status_code == 410

    told(story)


def test_a_refusal_reaches_the_worker_with_its_reason(told):
    async def story(bakery):
        await bakery.ask(ConfirmedWorker())
        link = await bakery.link()
        await bakery.proved(link)
        page = await bakery.page(f"{link}/refuse", {"reason": "I never saw this work."})
        assert "Nothing was signed" in page.text
        first = await bakery.told()
        assert (first["state"], first["reason"]) == ("refused", "I never saw this work.")
        number = await bakery.ask(ConfirmedWorker(), supervisor=None)
        await bakery.sign_in()
        refuse = f"/console/confirmations/{number}/refuse"
        assert (await bakery.page(refuse)).status_code == 400, "a reason is needed"
        assert (await bakery.page(refuse, {"reason": "Not here."})).status_code == 200
        assert (await bakery.told())["reason"] == "Not here."
        assert (await bakery.page(refuse, {"reason": "Again."})).status_code == 409

    told(story)


def test_who_confirms_nothing_signs_nothing(told):
    async def story(bakery):
        await bakery.ask(ConfirmedWorker())
        link = await bakery.link()
        await bakery.proved(link)
        fields = {"skill-0": "unknown", "skill-1": "no", "role": "chef", "not-the-holder": "yes"}
        page = await bakery.page(f"{link}/statement", fields)
        assert "I confirm none of it" in page.text
        page = await bakery.page(f"{link}/send", {"seen": seen(page)})
        assert "Nothing was signed" in page.text
        answer = await bakery.told()
        assert (answer["state"], answer["credentials"]) == ("refused", [])
        assert [skill["answer"] for skill in answer["skills"]] == ["unknown", "no"]

    told(story)


def test_a_withdrawn_request_leads_nowhere(told):
    async def story(bakery):
        await bakery.ask(ConfirmedWorker())
        link = await bakery.link()
        address = f"/o/bakery/confirmations/{bakery.asked['id']}/withdraw"
        headers = {"Authorization": f"Bearer {bakery.asked['token']}"}
        assert (await bakery.client.post(address, headers=headers)).json()["state"] == "withdrawn"
        assert (await bakery.client.post(address, headers=headers)).status_code == 409
        assert (await bakery.client.get(link)).status_code == 410

    told(story)


def test_files_without_a_request_are_swept(told):
    async def story(bakery):
        await bakery.ask(ConfirmedWorker())
        kept = await ConfirmationFile.of(bakery.asked["id"])
        assert kept == []
        left = ConfirmationFile(
            id="0" * 32 + "/1",
            confirmation="0" * 32,
            number=1,
            organisation="bakery",
            origin="worker",
            evidence_id="urn:uuid:0",
            media_type="text/csv",
            kind="document",
            size=1,
            digest_multibase="u",
            sealed=b"x",
            about=None,
            created_at=bakery.service.clock(),
        )
        await left.insert()
        await bakery.after(hours=23)
        assert await ConfirmationFile.get(left.id) is not None
        await bakery.after(hours=2)
        assert await ConfirmationFile.get(left.id) is None

    told(story)


def test_one_request_that_cannot_be_read_keeps_no_other_waiting(told):
    async def story(bakery):
        broken = await bakery.ask(ConfirmedWorker())
        other = await bakery.ask(ConfirmedWorker())
        await Confirmation.get_pymongo_collection().update_one(
            {"_id": broken}, {"$set": {"invitation.to": b"changed"}}
        )
        await bakery.after(days=8)
        assert len(await bakery.mails(other)) == 2
        assert len(await bakery.mails(broken)) == 1

    told(story)


@pytest.mark.parametrize(
    ("entries", "good"),
    [
        (["employer.example", "Chef@Bakery.example", "@shop.example"], True),
        (["not a domain"], False),
        (["a@b@c.example"], False),
        (["localhost"], False),
        ([f"a{number}.example" for number in range(201)], False),
    ],
)
def test_a_list_of_whom_to_invite_is_read_strictly(told, entries, good):
    async def story(bakery):
        await bakery.sign_in()
        fields = {"allowed": "\n".join(entries), "retention": "30"}
        answer = await bakery.page("/console/confirmations/policy", fields)
        assert answer.status_code == (200 if good else 400)
        kept = await ConfirmationPolicy.of("bakery")
        await ConfirmationPolicy(id="bakery", allowed=[SUPERVISOR], retention=30).save()
        expected = ["employer.example", "chef@bakery.example", "shop.example"] if good else [SUPERVISOR]
        assert kept.allowed == expected
        for days in ("0", "91", "x", "1.5"):
            assert (
                await bakery.page("/console/confirmations/policy", {"retention": days})
            ).status_code == 400

    told(story)
