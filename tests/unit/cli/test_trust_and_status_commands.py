"""`passport trust` and `passport status`: whose list, who is on it; and whether a badge was withdrawn."""

import pytest
from fastapi import FastAPI, Response

from passport.clock import utc_now
from passport.json import parse_object
from tests.simulators.parties import Party, status_entry
from tests.simulators.serving import bound, serving

LIST = "https://registrar.example/list"


def make(passport, desk, *entries, **options):
    more = [word for name, value in options.items() for word in (f"--{name}", value)]
    path = desk.folder / "list.json"
    key = () if "key" in options else ("--key", desk.key)
    words = ("--name", "List", "--publisher-name", "Registrar", "-o", path, "--json", *key)
    return passport("trust", "make", LIST, *entries, *words, *more)


@pytest.fixture
def trust_list(passport, desk):
    made = make(passport, desk, f"{desk.school.did}=educator,validator=The school [of [red]brackets[/]]")
    assert made.json == {
        "file": str(desk.folder / "list.json"),
        "id": LIST,
        "publisher": desk.school.did,
        "entries": 1,
        "version": 1,
    }
    return desk.folder / "list.json"


def test_a_list_that_was_made_is_shown(passport, desk, trust_list):
    shown = passport("trust", "show", trust_list, "--publisher", desk.school.did, "--json").json
    assert shown["fresh"] is True
    [entry] = shown["list"]["entries"]
    assert entry["id"] == desk.school.did
    assert set(entry["recognisedAs"]) == {"educator", "validator"}


def test_people_see_names_as_they_are_written(passport, desk, trust_list):
    shown = passport("trust", "show", trust_list, "--publisher", desk.school.did)
    assert shown.code == 0
    assert "Registrar, version 1" in shown.out
    assert "[red]" in shown.out


def test_the_list_of_a_publisher_that_nobody_named_is_refused(passport, desk, trust_list):
    ran = passport("trust", "show", trust_list, "--publisher", desk.worker.did, "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "unexpected_publisher"
    ran = passport("trust", "show", trust_list, "--json")
    assert ran.json["error"]["code"] == "no_publisher"
    ran = passport("verify", desk.signed, "--trust", trust_list, "--json")
    assert ran.json["error"]["code"] == "no_publisher"


def test_a_changed_list_is_refused(passport, desk, trust_list):
    trust_list.write_bytes(trust_list.read_bytes().replace(b"validator", b"employer"))
    ran = passport("trust", "show", trust_list, "--publisher", desk.school.did, "--json")
    assert ran.json["error"]["code"] == "signature_mismatch"


def test_a_recognised_issuer_weighs_more(passport, desk):
    registrar = passport("keys", "new", desk.folder / "registrar.key", "--json").json["did"]
    made = make(passport, desk, f"{desk.school.did}=educator=School", key=desk.folder / "registrar.key")
    trust_list = made.json["file"]

    def strength(*more):
        [found] = passport("verify", desk.signed, "--json", *more).json
        return found["skills"][0]["reasons"]

    assert strength() != strength("--trust", trust_list, "--publisher", registrar)


def test_a_school_that_recognises_itself_weighs_no_more(passport, desk, trust_list):
    def strength(*more):
        [found] = passport("verify", desk.signed, "--json", *more).json
        return found["skills"][0]["reasons"]

    assert strength() == strength("--trust", trust_list, "--publisher", desk.school.did)


@pytest.mark.parametrize("entry", ["nobody", "did:web:a.example=educator", "did:web:a.example=king=Name", ""])
def test_an_entry_in_another_form_is_refused_with_an_example(passport, desk, entry):
    ran = make(passport, desk, entry)
    assert ran.code == 1
    assert ran.json["error"]["code"] == "malformed_entry"


@pytest.mark.parametrize(
    "entry", ["nonsense=educator=Name", "did:web:a.example=educator=", "did:web:a.example=educator=\x1b[2J"]
)
def test_a_list_that_could_not_be_read_is_not_made(passport, desk, entry):
    ran = make(passport, desk, entry)
    assert ran.code == 1
    assert ran.json["error"]["code"] == "malformed_trust_list"
    assert not (desk.folder / "list.json").exists()


def test_a_badge_without_a_status_list_is_in_order(passport, desk):
    ran = passport("status", "show", desk.signed, "--json")
    assert ran.code == 0
    assert ran.json["standing"] == "yes"
    assert "no way to withdraw it" in passport("status", "show", desk.signed).out


def test_a_forged_badge_has_no_standing(passport, desk):
    path = desk.write("forged.json", desk.signed.read_bytes().replace(b"weld", b"Weld"))
    ran = passport("status", "show", path, "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "signature_mismatch"


@pytest.mark.parametrize(
    ("revoked", "offline", "standing", "reason", "code"),
    [
        ([], False, "yes", "not_revoked", 0),
        ([94], False, "no", "revoked", 1),
        ([95], False, "yes", "not_revoked", 0),
        ([94], True, "cannot-tell", None, 1),
    ],
)
def test_the_list_of_the_issuer_decides(passport, desk, revoked, offline, standing, reason, code):
    listener = bound()
    url = f"https://localhost:{listener.getsockname()[1]}/status/1"
    badge = desk.school.issue(desk.worker, ["x:1"], status=[status_entry(url, 94)], at=utc_now())
    path = desk.write("badge.json", badge)
    published = desk.school.status_list(url, revoked=revoked, at=utc_now())
    app = FastAPI()

    @app.get("/status/1")
    def answer():
        return Response(published.body, media_type="application/vc")

    with serving(app, listener):
        ran = passport(
            "status", "show", path, "--allow-loopback", "--json", *(["--offline"] if offline else [])
        )
        seen = passport("verify", path, "--allow-loopback", *(["--offline"] if offline else []))
    assert ran.json["standing"] == standing
    assert ran.code == seen.code == code
    assert reason in {None, ran.json["checks"][-1]["reason"]}


def test_every_entry_is_shown_with_where_it_was_looked_up(passport, desk):
    """The issuer's word for a status code is for programs, and no line that a person reads."""
    listener = bound()
    url = f"https://localhost:{listener.getsockname()[1]}/status/1"
    message = status_entry(url, 3) | {
        "id": f"{url}#m",
        "statusPurpose": "message",
        "statusMessage": [{"status": "0x0", "message": "pending"}, {"status": "0x1", "message": "done"}],
        "statusReference": "https://school.example/dictionary",
    }
    badge = desk.school.issue(desk.worker, ["x:1"], status=[status_entry(url, 94), message], at=utc_now())
    path = desk.write("badge.json", badge)
    both = desk.school.status_list(url, revoked=[3], purpose=["revocation", "message"], at=utc_now())
    app = FastAPI()

    @app.get("/status/1")
    def answer():
        return Response(both.body, media_type="application/vc")

    with serving(app, listener):
        ran = passport("status", "show", path, "--allow-loopback", "--json")
        seen = passport("status", "show", path, "--allow-loopback").out
    assert ran.json["standing"] == "yes"
    assert [check["entry"] for check in ran.json["checks"] if check["code"] == "status"] == [
        {"type": "BitstringStatusListEntry", "purpose": "revocation", "list": url, "index": 94},
        {
            "type": "BitstringStatusListEntry",
            "purpose": "message",
            "list": url,
            "index": 3,
            "status": "0x1",
            "message": "done",
            "references": ["https://school.example/dictionary"],
        },
    ]
    assert f"BitstringStatusListEntry, revocation, place 94 of {url}" in seen
    assert "status code 0x1" in seen
    assert "done" not in seen


def test_this_machine_is_asked_nothing_unless_it_is_allowed(passport, desk):
    url = "https://localhost:1/status/1"
    badge = desk.school.issue(desk.worker, ["x:1"], status=[status_entry(url, 94)], at=utc_now())
    ran = passport("status", "show", desk.write("badge.json", badge), "--json")
    assert ran.json["standing"] == "cannot-tell"


def test_the_party_that_signs_is_the_publisher(passport, desk, trust_list):
    assert parse_object(trust_list.read_bytes())["publisher"]["id"] == Party("x", desk.school.signer).did
