"""What people try with an invitation: guessed, found and forwarded links, guessed codes, other addresses."""

import base64
import re
import uuid
from urllib.parse import urlsplit

import pytest

from tests.simulators.confirming import (
    SUPERVISOR,
    ConfirmedWorker,
    SupervisorBrowser,
    invited,
    number_of,
)

# the link


def test_a_guessed_link_says_what_any_dead_link_says(employer, employer_outbox):
    _, supervisor = invited(employer, employer_outbox)
    whole, _, secret = supervisor.link.rpartition("/")
    other = whole.rpartition("/")[0] + "/" + uuid.uuid4().hex
    refusals = set()
    for link in (
        f"{whole}/{'A' * 22}",
        f"{whole}/{secret[:-1]}",
        f"{whole}/{secret}x",
        f"{other}/{secret}",
        f"{whole}/%ff",
    ):
        page = SupervisorBrowser(link, employer_outbox).get()
        assert page.status_code == 410, link
        refusals.add(re.sub(r"[0-9a-f-]{36}", "", page.text).replace(link, ""))
        refusals = {re.sub(r"/confirm/\S+?\?", "", each) for each in refusals}
    assert len(refusals) == 1, "one refusal says more than another"
    assert len(base64.urlsafe_b64decode(f"{secret}==")) == 16


def test_a_link_of_which_the_invitation_was_taken_back_is_dead_and_a_new_one_is_another(
    employer, employer_outbox, employer_console
):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    supervisor.fill_in("observation", "observation")
    employer_console.post(f"/console/confirmations/{number_of(worker)}/take-back")
    for page in (supervisor.get(), supervisor.get("statement"), supervisor.post("send", {"seen": "x"})):
        assert page.status_code == 410
    employer_console.post(
        f"/console/confirmations/{number_of(worker)}/invite", data={"email": "chef@employer.example"}
    )
    fresh = SupervisorBrowser(employer_outbox.link(number_of(worker)), employer_outbox)
    assert fresh.link != supervisor.link
    fresh.client.cookies = supervisor.client.cookies
    assert fresh.get("statement").status_code == 401, "the session of the former invitation"
    page = fresh.prove()
    assert "checked" not in page.text, "and its draft"


def test_a_used_link_opens_nothing_for_whoever_finds_it(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    page = supervisor.fill_in("observation", "no")
    supervisor.send(page)
    finder = SupervisorBrowser(supervisor.link, employer_outbox)
    before = employer_outbox.count()
    assert finder.get().status_code == 410
    assert finder.get("done").status_code == 401
    assert finder.post("code").status_code in {409, 410}
    assert employer_outbox.count() == before
    assert supervisor.get("statement").text.count("Thank you") >= 1
    assert "Thank you" in supervisor.send(page).text
    assert len(worker.told()["credentials"]) == 1


def test_programs_that_follow_every_link_in_a_mail_change_nothing(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    before = (worker.told(), employer_outbox.count())
    scanner = SupervisorBrowser(supervisor.link, employer_outbox)
    for page in (
        "",
        "code",
        "session",
        "wallet",
        "statement",
        "preview",
        "send",
        "send-own",
        "refuse",
        "files",
        "done",
    ):
        assert scanner.get(page).status_code in {200, 401, 405}, page
        assert scanner.client.head(f"{scanner.link}/{page}").status_code < 500
    assert (worker.told(), employer_outbox.count()) == before


# the code


def test_a_forwarded_link_needs_the_code_and_shows_nobody_until_then(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    stranger = SupervisorBrowser(supervisor.link, employer_outbox)
    for page in ("statement", "preview", "done", "files/1", "wallet"):
        shown = stranger.get(page)
        assert shown.status_code == 401
        assert "A worker" not in shown.text
    for page in ("statement", "send", "send-own", "refuse", "files", "files/1/remove"):
        assert stranger.post(page, {"reason": "x", "seen": "x"}).status_code == 401
    typed = "Somebody whose two hours were over while they were typing."
    kept = stranger.post("statement", {"reason": typed, "code": ""}).text
    assert typed not in kept, "a form with a code is not shown again"
    kept = stranger.post("statement", {"reason": typed}).text
    assert kept.count(typed) == 2
    assert f'href="{urlsplit(supervisor.link).path}" target' in kept, (
        "back to the invitation, not to the console"
    )
    assert worker.told()["state"] == "invited"


def test_after_five_wrong_codes_the_right_one_is_wrong_too(employer, employer_outbox):
    _, supervisor = invited(employer, employer_outbox)
    supervisor.post("code")
    code = employer_outbox.code()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        assert supervisor.post("session", {"code": wrong}).status_code == 400
    assert supervisor.post("session", {"code": code}).status_code == 400
    assert supervisor.get("statement").status_code == 401
    assert "What can you confirm?" in supervisor.prove().text, "a new code works"


def test_a_code_works_once_and_for_its_own_invitation(employer, employer_outbox):
    _, first = invited(employer, employer_outbox)
    _, second = invited(employer, employer_outbox)
    first.post("code")
    code = employer_outbox.code()
    second.post("code")
    other = employer_outbox.code()
    if code != other:
        assert second.post("session", {"code": code}).status_code == 400
    assert first.post("session", {"code": code}).status_code == 200
    again = SupervisorBrowser(first.link, employer_outbox)
    assert again.post("session", {"code": code}).status_code == 400, "used"


def test_a_mailbox_is_not_flooded_with_codes(employer, employer_outbox):
    _, supervisor = invited(employer, employer_outbox)
    before = employer_outbox.count()
    answers = [supervisor.post("code").status_code for _ in range(8)]
    assert answers == [200] * 5 + [409] * 3
    for _ in range(5):
        employer_outbox.code()
    assert employer_outbox.count() == before + 5


def test_what_is_no_code_is_a_wrong_code(employer, employer_outbox):
    _, supervisor = invited(employer, employer_outbox)
    supervisor.post("code")
    employer_outbox.code()
    for code in ("", "\uff10" * 6, "-1", "1e5", "\u0661" * 6, "x" * 1_000, "000000\r\nX: y"):
        assert supervisor.post("session", {"code": code}).status_code == 400, code


# who is asked


@pytest.mark.parametrize(
    "email",
    [
        "friend@elsewhere.example",
        "supervisor@sub.employer.example",
        "supervisor@employer.example.evil.example",
        "other@employer.example",
        "x@trusted.example.evil.example",
        "x@nottrusted.example",
    ],
)
def test_nobody_outside_the_list_is_invited_without_the_coordinator(employer, employer_outbox, email):
    before = employer_outbox.count()
    asked = ConfirmedWorker().ask(employer, supervisor={"email": email})
    assert (asked.status_code, asked.json()["code"]) == (403, "address_not_allowed")
    assert employer_outbox.count() == before


@pytest.mark.parametrize(
    "email",
    [
        "supervisor@employer.example\r\nBcc: everybody@elsewhere.example",
        "supervisor@employer.example,friend@elsewhere.example",
        "supervisor@employer.example>, <friend@elsewhere.example",
        '"supervisor@employer.example"@elsewhere.example',
        "friend@elsewhere.example(supervisor@employer.example)",
        "@trusted.example",
        "x@trusted.example\x00",
        "х@trusted.example",
    ],
)
def test_an_address_that_would_be_read_in_two_ways_is_no_address(
    employer, employer_console, employer_outbox, email
):
    before = employer_outbox.count()
    asked = ConfirmedWorker().ask(employer, supervisor={"email": email})
    assert (asked.status_code, asked.json()["code"]) == (400, "malformed_address")
    worker = ConfirmedWorker()
    worker.ask(employer)
    refused = employer_console.post(
        f"/console/confirmations/{number_of(worker)}/invite", data={"email": email}
    )
    assert refused.status_code == 400
    assert employer_outbox.count() == before


def test_a_name_cannot_begin_another_header(employer_process, employer, employer_console, employer_outbox):
    """The organisation's name stands in the subject; what a worker writes stands in no mail at all."""
    worker = ConfirmedWorker()
    worker.ask(
        employer,
        supervisor={"email": SUPERVISOR},
        name="A worker",
        message="x\nBcc: friend@elsewhere.example",
    )
    mail = employer_outbox.next(number_of(worker))
    assert {name.lower() for name in mail} == {
        *("from", "to", "subject", "date", "message-id", "auto-submitted"),
        *("mime-version", "content-type", "content-transfer-encoding"),
    }
    assert "Bcc" not in mail.as_string()


def test_a_mailbox_is_not_flooded_with_invitations_by_many_invented_holders(employer, employer_outbox):
    before = employer_outbox.count()
    address = {"email": "many@trusted.example"}
    states = [ConfirmedWorker().ask(employer, supervisor=address).json()["state"] for _ in range(12)]
    assert states == ["invited"] * 10 + ["asked"] * 2, "the rest waits for the coordinator"
    for _ in range(10):
        employer_outbox.next("/confirm/")
    assert employer_outbox.count() == before + 10
