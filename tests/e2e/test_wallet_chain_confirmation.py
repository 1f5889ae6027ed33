"""A wallet asks an organisation to confirm a claim, over real HTTP."""

import json

import pytest
from fastapi import Response

from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.encoding import base64url_decode
from passport.verification import Context, verify_presentation
from tests.simulators.asking import (
    HOURS,
    RECORD,
    SKILLS,
    ask,
    claimed,
    draft,
    new_desk,
    signed,
    small_organisation,
)
from wallet.core.asked import AskedState, all_asked, forget_asked, one_asked
from wallet.core.asking import look
from wallet.core.claims_made import withdraw_claim
from wallet.core.endorsements import endorsements_of
from wallet.core.evidence_files import own_file
from wallet.core.journal import Way, journal
from wallet.core.wallet import Kind
from wallet.desk import organisation_requests as requests
from wallet.errors_claims import (
    FileNotOfChosenClaim,
    FileTooLargeToSend,
    NothingToAskWith,
    RequestPerhapsSent,
    SkillNotOfChosenClaim,
    TooManyEvidenceFiles,
    UnknownAsked,
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


def test_exactly_what_was_chosen_leaves_for_the_organisation_alone(desk, wallet, yard):
    made, files = claimed(wallet)
    other, _ = claimed(wallet, words="Secret.")
    assert yard.bodies == []
    sent = ask(
        desk,
        wallet,
        yard,
        made,
        skills=(SKILLS[0],),
        files=(files[0].id,),
        message=" Please ",
        name="A worker",
        supervisor="boss@yard.example",
    )
    [body] = yard.bodies
    assert set(body) == {"presentation", "files", "message", "name", "skills", "supervisor"}
    assert (body["message"], body["skills"]) == ("Please", [SKILLS[0]])
    assert body["supervisor"] == {"email": "boss@yard.example"}
    [file] = body["files"]
    assert (file["id"], file["mediaType"]) == (files[0].id, "text/csv")
    assert base64url_decode(file["content"]) == HOURS
    report = verify_presentation(
        body["presentation"],
        Context(DocumentCache(), utc_now()),
        expected_challenge="a-fresh-challenge-of-the-yard-01",
        expected_domain=yard.party.did,
    )
    assert [each.credential.id for each in report.presentation.credentials] == [made.report.parsed.id]
    assert "Secret." not in json.dumps(body)
    [entry] = journal(wallet)
    assert (entry.way, entry.host, entry.credentials) == (
        Way.ASKED,
        f"localhost:{yard.port}",
        (made.id,),
    )
    assert sent.state is AskedState.SENT
    assert other.id not in sent.claims


def test_before_the_yes_only_the_public_page_is_read(desk, wallet, yard):
    made, _ = claimed(wallet)
    look(wallet, draft(desk, yard, made))
    assert yard.asked == ["GET /.well-known/openid-credential-issuer/o/yard"]
    assert journal(wallet) == ()


def test_confirmations_and_copies_of_records_come_in_when_they_are_ready(desk, wallet, yard):
    made, _ = claimed(wallet)
    sent = ask(desk, wallet, yard, made)
    assert requests.follow(desk, wallet, sent.id).endorsements == ()
    document = made.report.parsed.document
    yard.credentials = signed(yard, document, *SKILLS, files=[RECORD])
    yard.files = {
        number: (each["evidence"][0]["id"], RECORD) for number, each in enumerate(yard.credentials, 1)
    }
    yard.state = "confirmed"
    followed = requests.follow(desk, wallet, sent.id)
    assert (len(followed.endorsements), followed.files) == (2, 2)
    assert {each.id for each in endorsements_of(wallet, made.id)} == set(followed.asked.received)
    assert RECORD in wallet.vault.of_kind(Kind.FILE).values()
    again = requests.follow(desk, wallet, sent.id)
    assert (again.endorsements, again.files) == ((), 0)


def test_no_clear_answer_is_said_to_be_none(desk, wallet, yard):
    made, _ = claimed(wallet)
    yard.answers["take"] = Response("{}", 503, media_type="application/json")
    with pytest.raises(RequestPerhapsSent):
        ask(desk, wallet, yard, made)
    [one] = all_asked(wallet)
    assert one.state is AskedState.UNCLEAR
    assert len(journal(wallet)) == 1
    forget_asked(wallet, one.id)
    with pytest.raises(UnknownAsked):
        one_asked(wallet, one.id)


def test_what_may_not_go_along(desk, wallet, yard):
    large = own_file(wallet.random, "large.csv", b"x" * 1_048_577)
    many = [own_file(wallet.random, f"{number}.txt", b"x") for number in range(5)]
    made, files = claimed(wallet, large, *many)
    other, theirs = claimed(wallet, words="other")
    gone, _ = claimed(wallet, words="gone")
    withdraw_claim(wallet, gone.id)
    for error, members in (
        (FileTooLargeToSend, {"files": (large.id,)}),
        (TooManyEvidenceFiles, {"files": tuple(each.id for each in many)}),
        (FileNotOfChosenClaim, {"files": (theirs[0].id,)}),
        (SkillNotOfChosenClaim, {"skills": ("http://data.europa.eu/esco/skill/x",)}),
        (NothingToAskWith, {"claims": ()}),
        (NothingToAskWith, {"claims": (made.id, other.id)}),
        (NothingToAskWith, {"claims": (gone.id,)}),
    ):
        with pytest.raises(error):
            look(wallet, draft(desk, yard, made, **members))
    assert len(look(wallet, draft(desk, yard, made)).files) == len(files)


def test_a_request_is_taken_back(desk, wallet, yard):
    made, _ = claimed(wallet)
    sent = ask(desk, wallet, yard, made)
    assert requests.withdraw(desk, wallet, sent.id).progress.state == "withdrawn"
