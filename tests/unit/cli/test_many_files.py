"""`passport verify` and `passport issue` with very many documents: in order, and one bad one spoils nothing."""

import io
import json
import sys
import uuid
from collections.abc import Sequence

import pytest

from passport.cli import verdicts
from passport.cli.worker_choice import FEW, workers_for
from passport.clock import utc_now
from passport.credentials import build
from passport.proofs import add_proof
from tests.simulators.parties import Party


@pytest.fixture
def badges(desk):
    """Unsigned badges, each with an id of its own."""
    document = json.loads(desk.unsigned.read_bytes())
    return [{**document, "id": f"urn:uuid:{uuid.UUID(int=number)}"} for number in range(20)]


@pytest.fixture
def folder(desk, badges):
    made = desk.folder / "unsigned"
    made.mkdir()
    for number, badge in enumerate(badges):
        (made / f"{number:02}.json").write_text(json.dumps(badge))
    return made


def lines(text: str) -> Sequence[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_is_signed_and_verified_in_order(passport, desk, folder, badges, jobs):
    signed = desk.folder / "signed"
    ran = passport("issue", folder, "--key", desk.key, "-o", signed, "--jobs", jobs, "--json")
    assert ran.json == {"output": str(signed), "signed": 20, "refused": 0}
    ran = passport("verify", signed, "--jsonl", "--jobs", jobs)
    assert ran.code == 0
    assert [each["file"] for each in lines(ran.out)] == [f"{number:02}.json" for number in range(20)]
    assert [json.loads((signed / f"{n:02}.json").read_text())["id"] for n in range(20)] == [
        badge["id"] for badge in badges
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_line_spoils_no_other(passport, desk, badges, jobs):
    source = desk.folder / "unsigned.jsonl"
    written = [json.dumps(badge) for badge in badges]
    written[3] = json.dumps({**badges[3], "issuer": {"id": Party("Other").did, "type": ["Profile"]}})
    written[5] = '{"broken'
    written.insert(7, "")
    source.write_text("\n".join(written))
    target = desk.folder / "signed.jsonl"
    ran = passport("issue", source, "--key", desk.key, "-o", target, "--jobs", jobs)
    assert ran.code == 1
    assert "unsigned.jsonl:4: The credential names another issuer" in ran.err
    found = lines(target.read_text())
    assert [found[3]["error"]["code"], found[5]["error"]["code"]] == ["issuer_is_another", "malformed_json"]
    assert [each.get("id") for each in found] == [
        None if number in {3, 5} else badge["id"] for number, badge in enumerate(badges)
    ]
    ran = passport("verify", target, "--json", "--jobs", jobs)
    assert ran.code == 1
    assert [each["answer"] for each in ran.json] == [
        "no" if number in {3, 5} else "yes" for number in range(20)
    ]


def test_many_are_summed_up_in_a_table(passport, desk, folder, monkeypatch):
    monkeypatch.setattr(verdicts, "_NAMED", 1)
    (folder / "03.json").write_text("{}")
    (folder / "09.json").write_text("nonsense")
    signed = desk.folder / "signed.jsonl"
    assert passport("issue", folder, "--key", desk.key, "-o", signed).code == 1
    shown = passport("verify", signed)
    assert shown.code == 1
    assert "signed.jsonl:4" in shown.out
    assert "… and 1 more" in shown.out
    assert [line.split() for line in shown.out.splitlines()[-3:]] == [
        ["good", "18"],
        ["not", "good", "2"],
        ["cannot", "tell", "0"],
    ]
    assert "readable" not in shown.out


@pytest.mark.parametrize("form", ["one line each", "one document", "tokens as strings"])
def test_standard_input_is_lines_or_one_document(passport, desk, monkeypatch, form):
    document = json.loads(desk.signed.read_bytes())
    text, count = {
        "one line each": (f"{json.dumps(document)}\n\n{json.dumps(document)}\n", 2),
        "one document": (json.dumps(document, indent=2), 1),
        "tokens as strings": ('"not.a.token"\nnot.a.token\n"broken\n', 3),
    }[form]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    ran = passport("verify", "-", "--json")
    assert len(ran.json) == count
    assert {each["answer"] for each in ran.json} == {"no" if form == "tokens as strings" else "yes"}


def test_a_line_that_is_too_long_is_refused_and_the_next_one_is_read(passport, desk):
    good = desk.signed.read_bytes()
    path = desk.write("lines.jsonl", b'{"x": "' + b"a" * 2_000_000 + b'"}\n' + good + b"\n")
    ran = passport("verify", path, "--json")
    assert [each["answer"] for each in ran.json] == ["no", "yes"]
    assert ran.json[0]["error"]["code"] == "json_too_large"


def test_an_empty_folder_is_told(passport, desk):
    empty = desk.folder / "empty"
    empty.mkdir()
    ran = passport("verify", empty, "--json")
    assert ran.json["error"]["code"] == "nothing_to_read"


def test_an_empty_file_of_lines_is_told(passport, desk):
    ran = passport("verify", desk.write("none.jsonl", b"\n\n"), "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "nothing_given"


def test_of_two_files_with_one_name_both_are_kept(passport, desk, badges):
    for number in (1, 2):
        inside = desk.folder / "both" / str(number)
        inside.mkdir(parents=True)
        (inside / "badge.json").write_text(json.dumps(badges[number]))
    signed = desk.folder / "signed"
    assert passport("issue", desk.folder / "both", "--key", desk.key, "-o", signed).code == 0
    assert sorted(each.name for each in signed.iterdir()) == ["badge-2.json", "badge.json"]


def test_a_presentation_lists_its_checks_under_the_name_of_each_credential(passport, desk):
    genuine = json.loads(desk.signed.read_bytes())
    changed = {**genuine, "name": "Tampered"}
    made = build.presentation(
        holder=desk.worker.did, credentials=[genuine, changed], presentation_id="urn:uuid:1"
    )
    signed = add_proof(
        made,
        signer=desk.worker.signer,
        verification_method=desk.worker.method,
        created=utc_now(),
        cryptosuite="eddsa-jcs-2022",
        proof_purpose="authentication",
        challenge="wRVJ3ogYzKnYk1bO",
        domain="employer.example",
    )
    path = desk.write("presentation.json", signed)
    asked = ("--challenge", "wRVJ3ogYzKnYk1bO", "--domain", "employer.example")
    [found] = passport("verify", path, *asked, "--json").json
    assert [each["answer"] for each in found["credentials"]] == ["yes", "no"]
    assert len(found["checks"]) == 10
    shown = passport("verify", path, *asked).out
    assert shown.index("credential 1: ") < shown.index("credential 2: Tampered, from ")
    assert shown.count(" 7. ") == 3


def test_what_is_on_this_machine_says_which_option_asks_it(passport, desk):
    party = Party.on_the_web("Elsewhere", "localhost:1")
    path = desk.write("web.json", party.issue(desk.worker, ["x:1"], at=utc_now()))
    assert "--allow-loopback" in passport("verify", path).err
    assert "--allow-loopback" not in passport("verify", path, "--allow-loopback").err
    assert "--allow-loopback" not in passport("verify", path, "--offline").err


def test_few_are_verified_here_and_many_by_processes():
    with workers_for(None, FEW) as few:
        assert few.jobs == 1
    with workers_for(3, 1) as many:
        assert many.jobs == 3
        assert len(many.process_ids) == 3
