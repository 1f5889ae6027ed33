"""A wallet asks an organisation to confirm a claim, over real HTTP; and organisations that are not what they say."""

import json
from datetime import timedelta

import pytest
from fastapi import Response

from matching.bundle import load_bundle
from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.encoding import base64url_decode
from passport.errors import PassportError
from passport.verification import Context, verify_presentation
from tests.simulators.chains import confirm
from tests.simulators.organisation import SmallOrganisation
from tests.simulators.parties import Party
from tests.simulators.serving import bound, serving
from tests.simulators.wallets import QuickSodium
from wallet.core.asked import AskedState, all_asked, forget_asked, one_asked
from wallet.core.asking import Draft, Sought, look
from wallet.core.claims_made import ClaimDraft, make_claim, withdraw_claim
from wallet.core.endorsements import endorsements, endorsements_of
from wallet.core.evidence_files import own_file
from wallet.core.finding import find_skills
from wallet.core.journal import Way, journal
from wallet.core.wallet import Kind
from wallet.desktop import organisation_requests as requests
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.organisation import organisation_address, within
from wallet.desktop.settings import WalletSettings
from wallet.errors import AddressNotAllowed
from wallet.errors_claims import (
    FileNotOfChosenClaim,
    FileTooLargeToSend,
    NothingToAskWith,
    OrganisationAddress,
    OrganisationMismatch,
    OrganisationRefused,
    OrganisationUnreachable,
    RequestPerhapsSent,
    SkillNotOfChosenClaim,
    TooManyEvidenceFiles,
    UnexpectedDocument,
    UnknownAsked,
)

TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]
HOURS = b"date,hours,task\n2026-03-02,8,welding\n"
RECORD = b"date,hours,task\n2026-03-02,8,welding hulls\n"


@pytest.fixture
def yard():
    socket = bound()
    made = SmallOrganisation(socket.getsockname()[1])
    with serving(made.app(), socket):
        yield made


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "wallet"
    made = Desk(WalletSettings(folder, allow_loopback=True), keeper=Keeper(folder, crypto=QuickSodium()))
    made.create("een korte zin van mij")
    yield made
    made.close()


@pytest.fixture
def wallet(desk):
    with desk.wallet() as opened:
        yield opened


def claimed(wallet, *more, words="Hulls."):
    files = (own_file(wallet.random, "hours.csv", HOURS), *more)
    return make_claim(wallet, ClaimDraft(SKILLS, words=words, files=files), TAXONOMY, language="en"), files


def draft(desk, yard, made, **members):
    organisation = requests.find(desk, organisation_address(yard.origin, "yard")).organisation
    return Draft(Sought.CONFIRMATION, organisation, **{"claims": (made.id,), **members})


def ask(desk, wallet, yard, made, **members):
    wanted = draft(desk, yard, made, **members)
    return requests.ask(desk, wallet, wanted, mark=look(wallet, wanted).mark)


def signed(yard, document, *subjects, **members):
    """Confirmations, issued a minute ago by this machine's clock."""
    at = utc_now().replace(microsecond=0) - timedelta(minutes=1)
    return [confirm(yard.party, document, each, at=at, **members) for each in subjects or (SKILLS[0],)]


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
    with pytest.raises(OrganisationRefused):
        ask(desk, wallet, yard, made)
    [one] = all_asked(wallet)
    assert (one.state, one.said) == (AskedState.REFUSED, "Not now <b>please</b>")


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


def test_private_addresses_and_odd_links_are_refused(tmp_path, yard):
    folder = tmp_path / "strict"
    strict = Desk(WalletSettings(folder), keeper=Keeper(folder, crypto=QuickSodium()))
    strict.create("een korte zin van mij")
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
