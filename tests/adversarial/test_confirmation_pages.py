"""What people try with forms and files; and that nothing personal is told or kept in the open."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import httpx
from PIL import Image

from tests.simulators.at_rest import at_rest, stands_in
from tests.simulators.confirming import (
    BREAD,
    SHEET,
    SKILLS,
    SUPERVISOR,
    ConfirmedWorker,
    SupervisorBrowser,
    invited,
    number_of,
    seen,
)
from tests.simulators.issuing import HTTP, open_office
from tests.simulators.markup import without_our_script

SCRIPT = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}"


# forms


def test_forms_of_other_sites_do_nothing(employer, employer_outbox, employer_console):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    page = supervisor.fill_in("observation", "observation")
    number = number_of(worker)
    for origin in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        for name in (
            "code",
            "session",
            "wallet",
            "statement",
            "files",
            "files/1/remove",
            "send",
            "send-own",
            "refuse",
        ):
            answer = supervisor.post(name, {"seen": seen(page), "reason": "x"}, headers=origin)
            assert answer.status_code == 403, name
        for name in ("invite", "take-back", "refuse", "remove-files", f"endorsements/{number}/revoke"):
            assert (
                employer_console.post(f"/console/confirmations/{number}/{name}", headers=origin).status_code
                == 403
            )
        assert employer_console.post("/console/confirmations/policy", headers=origin).status_code == 403
    assert worker.told()["state"] == "invited"


def test_a_script_in_any_field_is_text_on_every_page(employer, employer_outbox, employer_console):
    worker = ConfirmedWorker()
    claim = worker.claim({f"{BREAD}?{number}": SCRIPT for number in range(2)}, narrative=SCRIPT)
    worker.ask(employer, claim, supervisor={"email": SUPERVISOR}, name=SCRIPT[:100], message=SCRIPT)
    supervisor = SupervisorBrowser(employer_outbox.link(number_of(worker)), employer_outbox)
    fields = {"role": SCRIPT[:100], "text": SCRIPT, "remark-0": SCRIPT}
    number = number_of(worker)
    pages = [supervisor.prove()]
    pages.append(
        supervisor.fill_in("work-record", "unknown", file=(f"{SCRIPT}.csv", SHEET, "text/csv"), **fields)
    )
    pages.append(supervisor.get("statement"))
    pages.append(supervisor.fill_in("work-record", "x", **fields))
    pages.append(employer_console.get(f"/console/confirmations/{number}"))
    pages.append(supervisor.send(supervisor.get("preview")))
    pages += [
        employer_console.get(f"/console/confirmations/{number}"),
        employer_console.get("/console/confirmations"),
    ]
    other, refusing = invited(employer, employer_outbox)
    refusing.prove()
    pages.append(refusing.post("refuse", {"reason": SCRIPT}))
    pages.append(employer_console.get(f"/console/confirmations/{number_of(other)}"))
    for page in pages:
        assert "<script" not in without_our_script(page.text)
        assert "<img src=x" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
    assert any("&lt;script&gt;" in page.text for page in pages)
    assert other.told()["reason"] == SCRIPT


def test_however_often_the_button_is_pressed_each_skill_is_signed_once(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    page = supervisor.fill_in("observation", "observation")
    with ThreadPoolExecutor(8) as presses:
        answers = list(presses.map(lambda _: supervisor.send(page).status_code, range(8)))
    assert 200 in answers
    assert set(answers) <= {200, 409}
    told = worker.told()
    assert [each["credentialSubject"]["id"] for each in told["credentials"]] == list(SKILLS)
    assert len({each["credentialStatus"]["id"] for each in told["credentials"]}) == 2


def test_two_windows_send_what_they_show_or_nothing(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    first = supervisor.fill_in("observation", "observation")
    second = supervisor.fill_in("no", "observation")
    assert supervisor.send(first).status_code == 409
    assert worker.told()["state"] == "invited"
    assert supervisor.send(second).status_code == 200
    assert [skill["answer"] for skill in worker.told()["skills"]] == ["no", "observation"]


NOT_WHOLE = [
    {"skill-0": "observation", "skill-1": "observation", "role": "chef"},
    {"skill-0": "observation", "skill-1": "observation", "not-the-holder": "yes"},
    {"skill-0": "observation", "role": "chef", "not-the-holder": "yes"},
    {"skill-0": "diploma", "skill-1": "no", "role": "chef", "not-the-holder": "yes"},
    {"skill-0": "examination", "skill-1": "no", "role": "chef", "not-the-holder": "yes"},
    {"skill-0": "no", "skill-1": "no", "role": "x" * 101, "not-the-holder": "yes"},
    {"skill-0": "no", "skill-1": "no", "role": "\u202ex", "not-the-holder": "yes"},
    {"skill-0": "no", "skill-1": "no", "role": "x", "not-the-holder": "yes", "start": "2999-01-01"},
    {"skill-0": "no", "skill-1": "no", "role": "x", "not-the-holder": "yes", "start": "31-1-2026"},
    {
        "skill-0": "no",
        "skill-1": "no",
        "role": "x",
        "not-the-holder": "yes",
        "start": "2026-02-01",
        "end": "2026-01-01",
    },
]


def test_a_form_that_is_not_whole_becomes_no_statement(employer, employer_outbox):
    _, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    for fields in NOT_WHOLE:
        page = supervisor.post("statement", fields)
        assert page.status_code == 400, fields
        assert 'role="alert"' in page.text
    assert "What can you confirm?" in supervisor.get("preview").text


# files


def zeros_png(side):
    made = io.BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    return made.getvalue()


def test_bombs_are_refused_and_what_was_filled_in_stays(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    long_sheet = b"date,hours,task\n" + b"2026-03-02,0.01,x\n" * 2_001
    for content in (
        zeros_png(10_000),
        long_sheet,
        b"date,hours,task\n" + b"x" * 300_000,
        b"PK\x03\x04" + b"\x00" * 1_000,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-" + b"x" * 2_097_152,
    ):
        page = supervisor.fill_in("work-record", "no", file=("x.csv", content, "text/csv"), text="still here")
        assert page.status_code in {400, 413}, page.status_code
        assert "still here" in page.text
    too_much = supervisor.fill_in(
        "work-record", "no", file=("x.jpg", b"\xff\xd8\xff" + b"x" * 9_500_000, "image/jpeg")
    )
    assert too_much.status_code == 413
    assert worker.told()["files"] == []


def test_a_confirmation_has_few_files_and_the_same_one_once(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    page = supervisor.fill_in("work-record", "no")
    for number in range(5):
        page = supervisor.post(
            "files", file=("x.pdf", b"%PDF-1.7 " + bytes([65 + number]), "application/pdf")
        )
        assert page.status_code == 200
    assert supervisor.post("files", file=("x.pdf", b"%PDF-1.7 Z", "application/pdf")).status_code == 413
    page = supervisor.post("files/1/remove")
    for _ in range(2):
        page = supervisor.post("files", file=("x.pdf", b"%PDF-1.7 A", "application/pdf"))
    supervisor.send(page)
    told = worker.told()
    assert len(told["files"]) == 5
    digests = [each["digestMultibase"] for each in told["credentials"][0]["relatedResource"]]
    assert len(set(digests)) == len(digests) == 6
    assert worker.hears("/files/1").status_code == 404, "what was left out is not handed over"


def test_a_formula_in_a_time_sheet_runs_in_no_spreadsheet(employer, employer_outbox):
    worker, supervisor = invited(employer, employer_outbox)
    supervisor.prove()
    sheet = b'date,hours,task\n2026-03-02,8,"=HYPERLINK(""https://evil.example"")"\n2026-03-03,8,@SUM(A1)\n'
    supervisor.send(supervisor.fill_in("work-record", "no", file=("=cmd.csv", sheet, "text/csv")))
    (file,) = worker.told()["files"]
    record = worker.hears(f"/files/{file['n']}")
    assert b"'=HYPERLINK" in record.content
    assert b",=" not in record.content
    assert b'"=' not in record.content
    assert record.headers["content-disposition"] == "attachment"
    assert record.headers["x-content-type-options"] == "nosniff"
    assert not file["name"].startswith("=")


# what is told to nobody


def test_the_log_and_the_audit_name_nobody(employer_process, employer, employer_outbox, employer_console):
    worker, supervisor = invited(employer, employer_outbox, message="A very private message")
    supervisor.prove()
    supervisor.fill_in("work-record", "no", text="A very private remark")
    supervisor.post("refuse", {"reason": "A very private reason"})
    worker.hears()
    worker.ask(employer, supervisor={"email": "private.person@elsewhere.example"})
    log = (employer_process.folder / "issuer.log").read_text()
    audit = json.dumps(employer.get("/api/audit"))
    secret = supervisor.link.rpartition("/")[2]
    for private in (
        worker.supervisor,
        "private",
        "A worker",
        worker.did,
        worker.token.partition(".")[2],
        secret,
        number_of(worker),
        SKILLS[BREAD],
    ):
        assert private not in log, private
        if private != number_of(worker):
            assert private not in audit, private


def test_what_is_stored_is_sealed(employer_process, employer, employer_outbox, employer_console):
    worker = ConfirmedWorker()
    worker.ask(employer, message="A discreet message")
    form = {"email": "discreet@employer.example"}
    employer_console.post(f"/console/confirmations/{number_of(worker)}/invite", data=form)
    supervisor = SupervisorBrowser(employer_outbox.link(number_of(worker)), employer_outbox)
    supervisor.prove()
    supervisor.fill_in("work-record", "no", text="A discreet remark", role="discreet role")
    store = at_rest(employer_process.folder / "data")
    assert number_of(worker).encode() in store
    secret, token = supervisor.link.rpartition("/")[2], worker.token.partition(".")[2]
    for private in (b"discreet", secret.encode(), token.encode(), b"baking bread"):
        assert not stands_in(store, private), private


def test_every_page_of_the_console_needs_somebody_who_may(employer, employer_outbox):
    worker, _ = invited(employer, employer_outbox)
    number = number_of(worker)
    made = employer.post("/api/accounts", {"name": "R", "role": "reader"})
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(
        base_url=employer.url, headers={"Origin": employer.url, "Accept": "text/html"}, limits=limits
    ) as reader:
        assert reader.get(f"/console/confirmations/{number}").status_code == 401
        reader.post("/console/session", data={"api_key": made["api_key"]})
        assert reader.get("/console/confirmations").status_code == 200
        assert reader.get(f"/console/confirmations/{number}").status_code == 403, "what was asked is personal"
        for name in ("invite", "take-back", "refuse", "remove-files"):
            assert (
                reader.post(f"/console/confirmations/{number}/{name}", data={"reason": "x"}).status_code
                == 403
            )
        assert reader.post("/console/confirmations/policy", data={"retention": "9"}).status_code == 403


def test_another_organisation_sees_nothing_of_it(employer_process, employer, employer_outbox):
    worker, _ = invited(employer, employer_outbox)
    other = open_office(employer_process, "neighbour")
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(
        base_url=other.url, headers={"Origin": other.url, "Accept": "text/html"}, limits=limits
    ) as employer_console:
        employer_console.post("/console/session", data={"api_key": other.api_key})
        assert employer_console.get(f"/console/confirmations/{number_of(worker)}").status_code == 404
        assert number_of(worker) not in employer_console.get("/console/confirmations").text
    elsewhere = worker.url.replace("/o/bakery/", "/o/neighbour/")
    assert HTTP.get(elsewhere, headers={"Authorization": f"Bearer {worker.token}"}).status_code == 401
