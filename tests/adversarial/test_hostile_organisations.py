"""Organisations that are not what they say: other documents, other places, redirects, script (A21, A37, A52)."""

import json
from datetime import timedelta

import pytest
from fastapi import Response

from passport.clock import utc_now
from passport.errors import PassportError
from tests.simulators.asking import (
    RECORD,
    SKILLS,
    ask,
    claimed,
    draft,
    new_desk,
    signed,
    small_organisation,
)
from tests.simulators.chains import confirm
from tests.simulators.parties import Party
from wallet.core.asked import AskedState, all_asked, one_asked
from wallet.core.endorsements import endorsements
from wallet.core.journal import journal
from wallet.desk import organisation_requests as requests
from wallet.desk.organisation import organisation_address, within
from wallet.errors import AddressNotAllowed
from wallet.errors_claims import (
    OrganisationAddress,
    OrganisationMismatch,
    OrganisationRefused,
    OrganisationUnreachable,
    UnexpectedDocument,
)


@pytest.fixture
def yard():
    with small_organisation() as made:
        yield made


@pytest.fixture
def desk(tmp_path):
    made = new_desk(tmp_path / "wallet")
    yield made
    made.close()


@pytest.fixture
def wallet(desk):
    with desk.wallet() as opened:
        yield opened


def test_a_record_that_is_not_the_one_that_was_signed_for_is_left_out(desk, wallet, yard):
    made, _ = claimed(wallet)
    sent = ask(desk, wallet, yard, made)
    yard.credentials = signed(yard, made.report.parsed.document, files=[RECORD])
    yard.files = {1: (yard.credentials[0]["evidence"][0]["id"], b"another"), 2: ("urn:x", RECORD)}
    followed = requests.follow(desk, wallet, sent.id)
    assert (len(followed.endorsements), followed.files) == (1, 0)


def test_an_organisation_that_sends_other_documents_than_asked(desk, wallet, yard):
    made, _ = claimed(wallet)
    other, _ = claimed(wallet, words="another")
    sent = ask(desk, wallet, yard, made)
    mine = made.report.parsed.document
    good = signed(yard, mine)
    holder = wallet.holder
    myself = Party("X", holder.signer, holder.did, holder.verification_method)
    for odd in (
        signed(yard, other.report.parsed.document),
        signed(yard, {**mine, "id": "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b11"}),
        signed(yard, {**mine, "name": "other"}),
        [yard.party.issue(wallet.did, SKILLS)],
        [{**good[0], "name": "changed"}],
        [confirm(myself, mine, at=utc_now() - timedelta(minutes=1))],
        ["<script>alert(1)</script>"],
        [7],
        "no list",
        [good[0]] * 65,
    ):
        yard.credentials = odd if isinstance(odd, str) or len(odd) > 1 else [*good, *odd]
        with pytest.raises(UnexpectedDocument):
            requests.follow(desk, wallet, sent.id)
        assert endorsements(wallet) == ()
    yard.credentials = good
    assert len(requests.follow(desk, wallet, sent.id).endorsements) == 1


def test_an_organisation_that_answers_with_script_in_every_field(desk, wallet, yard):
    made, _ = claimed(wallet)
    sent = ask(desk, wallet, yard, made)
    script = "<script>alert(1)</script>\u202e"
    yard.answers["show"] = lambda usual: {
        **usual,
        "state": script,
        "phase": script,
        "deadline": script,
        "reason": script,
        "history": [{"at": script, "what": script, "note": script, "role": script}, script, 7],
        "skills": [{"id": script, "name": script, "answer": script, "remark": script}, script],
    }
    progress = requests.follow(desk, wallet, sent.id).asked.progress
    assert (progress.state, progress.phase, progress.deadline) == ("unknown", "unknown", None)
    assert [(each.what, each.at) for each in progress.history] == [("unknown", None)]
    assert "\u202e" not in progress.reason + progress.skills[0].label
    for odd in ([], {"history": "x"}, {"skills": {}}, {"offer": 7}, {"history": [{}] * 1_001}):
        yard.answers["show"] = lambda _usual, odd=odd: odd
        with pytest.raises((OrganisationUnreachable, PassportError)):
            requests.follow(desk, wallet, sent.id)
    assert one_asked(wallet, sent.id).progress == progress


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_organisation_that_redirects_gets_nothing_twice(desk, wallet, yard, status):
    made, _ = claimed(wallet)
    away = Response(status_code=status, headers={"location": f"{yard.origin}/elsewhere"})
    yard.answers["metadata"] = away
    with pytest.raises(OrganisationUnreachable):
        draft(desk, yard, made)
    del yard.answers["metadata"]
    yard.answers["nonce"] = away
    with pytest.raises(OrganisationUnreachable):
        ask(desk, wallet, yard, made)
    assert (yard.bodies, journal(wallet), all_asked(wallet)) == ([], (), ())
    del yard.answers["nonce"]
    yard.answers["take"] = away
    with pytest.raises(OrganisationRefused):
        ask(desk, wallet, yard, made)
    assert len(yard.bodies) == 1
    assert "/elsewhere" not in " ".join(yard.asked)
    [one] = all_asked(wallet)
    assert (one.state, one.place) == (AskedState.REFUSED, None)


def test_metadata_that_names_or_leads_to_somebody_else(desk, wallet, yard):
    made, _ = claimed(wallet)
    for changes in (
        {"credential_issuer": "https://other.example/o/yard"},
        {"nonce_endpoint": "https://other.example/nonce"},
        {"nonce_endpoint": f"{yard.origin}/o/other/nonce"},
        {"nonce_endpoint": f"{yard.url}/../other/nonce"},
        {"nonce_endpoint": None},
    ):
        yard.answers["metadata"] = lambda usual, changes=changes: {**usual, **changes}
        with pytest.raises((OrganisationMismatch, OrganisationUnreachable)):
            draft(desk, yard, made)
    assert yard.bodies == []


def test_a_place_that_is_not_the_organisations_own_is_never_followed(desk, wallet, yard):
    made, _ = claimed(wallet)
    for changes in (
        {"url": "https://other.example/o/yard/confirmations/1"},
        {"url": f"{yard.origin}/o/other/confirmations/1"},
        {"url": f"{yard.url}/confirmations/../x"},
        {"url": f"{yard.url}/confirmations/1?to=x"},
        {"url": 7},
        {"token": "short"},
        {"token": "line\r\nbreak: " + "x" * 20},
        {"token": None},
    ):
        yard.answers["take"] = lambda usual, changes=changes: {**usual, **changes}
        with pytest.raises(UnexpectedDocument):
            ask(desk, wallet, yard, made)
    assert {one.place for one in all_asked(wallet)} == {None}
    assert not any(each.startswith("GET /o/") for each in yard.asked)


def test_a_refusal_is_told_in_the_organisations_words_as_plain_text(desk, wallet, yard):
    made, _ = claimed(wallet)
    problem = json.dumps({"title": "Not \u202enow <b>please</b>", "code": "x"})
    yard.answers["take"] = Response(problem, 409, media_type="application/problem+json")
    with pytest.raises(OrganisationRefused) as refused:
        ask(desk, wallet, yard, made)
    assert "please" not in str(refused.value)
    [one] = all_asked(wallet)
    assert (one.state, one.said) == (AskedState.REFUSED, "Not now <b>please</b>")


def test_private_addresses_and_odd_links_are_refused(tmp_path, yard):
    strict = new_desk(tmp_path / "strict", allow_loopback=False)
    for address in (yard.url, "https://192.168.1.1/o/yard", "https://printer.local/o/yard"):
        with pytest.raises(AddressNotAllowed):
            requests.find(strict, organisation_address(address))
    strict.close()
    assert yard.asked == []
    for odd in (
        "yard",
        "",
        "ftp://yard.example/o/yard",
        "https://yard.example",
        "https://yard.example/o/yard?x=1",
        "https://yard.example/o/yard#x",
        "https://yard.example/o/../yard",
        "https://yard.example/o/Yard%2F",
        "javascript:alert(1)",
        "https://[::1",
    ):
        with pytest.raises(OrganisationAddress):
            organisation_address(odd)
    with pytest.raises(OrganisationAddress):
        organisation_address("https://yard.example", "../x")
    assert organisation_address("https://Yard.example/o/yard/") == "https://yard.example/o/yard"


def test_an_address_lies_below_another_in_one_spelling_only():
    folder = "https://a.example/o/yard"
    assert within(f"{folder}/nonce", folder)
    for odd in (
        folder,
        f"{folder}/",
        f"{folder}//x",
        f"{folder}/x/",
        f"{folder}x/y",
        f"{folder}/%2e%2e/x",
        f"{folder}/../x",
        f"{folder}/./x",
    ):
        assert not within(odd, folder)
