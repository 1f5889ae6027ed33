"""Stacking and licences over real HTTP: parts become one badge, whose parts fall away; licences are renewed."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from passport.answers import Answer
from passport.clock import format_datetime
from passport.credentials.build import presentation
from passport.credentials.digest import credential_digest
from passport.documents import DocumentCache
from passport.evidence import EvidenceState, Strength, weigh
from passport.fetch import Fetcher, gather_sync
from passport.proofs import add_proof
from passport.trust import Recognition, TrustStore
from passport.verification import Context, verify_credential
from tests.simulators.issuing import ACHIEVEMENT, ESCO, HTTP, HolderWallet, issuer_process, open_office
from tests.simulators.parties import World, recognise

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("stacking")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture(scope="module")
def neighbour(process):
    """Another school on the same service, whose module counts too."""
    return open_office(process, "mill-school")


@pytest.fixture(scope="module")
def modules(office):
    return [office.achievement(name=f"Module {number}") for number in (1, 2)]


@pytest.fixture(scope="module")
def theirs(neighbour):
    identifier = neighbour.achievement(name="Module of the mill")
    return identifier, f"{neighbour.issuer}/achievements/{identifier}"


@pytest.fixture(scope="module")
def rule(office, neighbour, modules, theirs):
    """Two of three modules, one of them the neighbour's."""
    return office.post(
        "/api/stacks",
        {
            "achievement": ACHIEVEMENT | {"name": "Baker", "achievementType": "Certificate"},
            "parts": [
                *({"achievement": each} for each in modules),
                {"achievement": theirs[1], "name": "Mill", "issuers": [neighbour.did]},
            ],
            "least": 2,
        },
        once="the-stack",
    )


@pytest.fixture
def wallet():
    return HolderWallet()


def give(office, achievement, wallet, **claims):
    return office.post("/api/credentials", {"achievement": achievement, "subject": wallet.did} | claims)


def ask(office, rule, wallet, credentials, *, holder=None, challenge=None, domain=None):
    by = holder or wallet
    challenge = challenge or wallet.nonce(office.issuer)
    unsigned = presentation(
        presentation_id=f"urn:uuid:{uuid.uuid4()}", holder=by.did, credentials=credentials
    )
    signed = add_proof(
        unsigned,
        signer=by.signer,
        verification_method=f"{by.did}#{by.did.removeprefix('did:key:')}",
        created=datetime.now(UTC),
        proof_purpose="authentication",
        challenge=challenge,
        domain=domain or office.did,
        cryptosuite="eddsa-jcs-2022",
    )
    return HTTP.post(rule["url"], json={"presentation": signed})


def refused(answer, code):
    assert answer.status_code in {400, 409, 503}, answer.text
    assert answer.json()["code"] == code


def verified(credential):
    return gather_sync(
        lambda documents: verify_credential(
            json.dumps(credential).encode(), Context(documents, datetime.now(UTC))
        ),
        DocumentCache(),
        Fetcher(allow_loopback=True),
    )


def claimed(wallet, answer):
    return wallet.claim(answer.json()["offer"])


def test_the_rule_is_public(rule, office):
    shown = HTTP.get(rule["url"]).json()
    assert shown == rule
    assert (shown["issuer"], shown["least"], len(shown["parts"])) == (office.did, 2, 3)
    assert [each["name"] for each in shown["parts"]] == ["Module 1", "Module 2", "Mill"]
    assert office.get("/api/stacks") == [rule]


def test_parts_of_two_issuers_become_one_badge_that_names_them(
    rule, office, neighbour, modules, theirs, wallet
):
    one = give(office, modules[0], wallet)["credential"]
    mill = give(neighbour, theirs[0], wallet)["credential"]
    answer = ask(office, rule, wallet, [one, mill])
    assert answer.status_code == 201, answer.text
    assert ask(office, rule, wallet, [mill, one]).json()["id"] == answer.json()["id"]
    badge = claimed(wallet, answer)
    report = verified(badge)
    assert report.answer is Answer.YES
    credential = report.credential.credential
    bound = {each.id: each.digest_multibase for each in credential.related_resources}
    assert bound == {each["id"]: credential_digest(each) for each in (one, mill)}
    assert {each.id for each in credential.evidence} == {one["id"], mill["id"]}
    assert all(each.media_type == "application/vc" for each in credential.related_resources)
    refused(ask(office, rule, wallet, [one, mill]), "stacked_already")


def test_a_revoked_part_shows_as_fallen_under_the_stack(rule, office, modules, wallet):
    made = [give(office, each, wallet) for each in modules]
    parts = [each["credential"] for each in made]
    badge = claimed(wallet, ask(office, rule, wallet, parts))
    world = World(now=datetime.now(UTC))
    trust = world.trusting(recognise(office.did, Recognition.EDUCATOR))

    def state():
        reports = [verified(each).credential for each in (badge, *parts)]
        found = weigh(reports, trust=trust, now=datetime.now(UTC), holder=wallet.did)
        links = [each for each in found[0].links if each.credential_id == badge["id"]]
        return links[0]

    before = state()
    assert before.ceiling is Strength.HARD
    assert before.evidence_state is EvidenceState.MATCHES
    office.post(f"/api/credentials/{made[0]['id']}/revoke")
    after = state()
    assert after.evidence_state is EvidenceState.FALLEN
    assert "evidence.base_fallen" in {each.code for each in after.reasons}
    refused(ask(office, rule, wallet, parts), "parts_missing")


def test_several_of_one_part_count_once_and_one_never_for_two(rule, office, modules, wallet):
    one, again = (give(office, modules[0], wallet)["credential"] for _ in range(2))
    refused(ask(office, rule, wallet, [one, again]), "parts_missing")
    refused(ask(office, rule, wallet, [one]), "parts_missing")
    refused(ask(office, rule, wallet, [one, one]), "parts_missing")


def test_somebody_elses_parts_and_parts_by_another_issuer_count_for_nothing(
    rule, office, neighbour, modules, theirs, wallet
):
    thief = HolderWallet()
    parts = [give(office, each, wallet)["credential"] for each in modules]
    refused(ask(office, rule, wallet, parts, holder=thief), "stack_not_shown")
    copy = {"id": f"{office.issuer}/achievements/{modules[1]}"}
    forged = wallet_signed(wallet, parts[1] | {"issuer": {"id": wallet.did, "type": ["Profile"]}}, copy)
    refused(ask(office, rule, wallet, [parts[0], forged]), "parts_missing")


def wallet_signed(wallet, document, changes):
    """The part's very achievement, signed by its holder."""
    unsigned = {name: value for name, value in document.items() if name not in {"proof", "credentialStatus"}}
    unsigned["credentialSubject"]["achievement"] |= changes
    unsigned["id"] = f"urn:uuid:{uuid.uuid4()}"
    return add_proof(
        unsigned,
        signer=wallet.signer,
        verification_method=f"{wallet.did}#{wallet.did.removeprefix('did:key:')}",
        created=datetime.now(UTC),
        cryptosuite="eddsa-jcs-2022",
    )


def test_a_presentation_answers_a_nonce_of_ours_for_us_once(rule, office, neighbour, modules, wallet):
    parts = [give(office, each, wallet)["credential"] for each in modules]
    nonce = wallet.nonce(office.issuer)
    assert ask(office, rule, wallet, parts, challenge=nonce).status_code == 201
    refused(ask(office, rule, wallet, parts, challenge=nonce), "stack_challenge_not_ours")
    refused(ask(office, rule, wallet, parts, challenge="x" * 24), "stack_challenge_not_ours")
    theirs = wallet.nonce(neighbour.issuer)
    refused(ask(office, rule, wallet, parts, challenge=theirs), "stack_challenge_not_ours")
    refused(ask(office, rule, wallet, parts, domain=neighbour.did), "stack_not_shown")
    for junk in ({}, {"proof": []}, {"proof": {"challenge": 3}}):
        refused(HTTP.post(rule["url"], json={"presentation": junk}), "stack_challenge_not_ours")
    nonce = wallet.nonce(office.issuer)
    refused(HTTP.post(rule["url"], json={"presentation": {"proof": {"challenge": nonce}}}), "stack_not_shown")


@pytest.mark.parametrize(
    ("parts", "least"),
    [([0], None), ([0, 0], None), ([0, 1], 1), ([0, 1], 3), ([], None), (["https://x.example/a", 0], None)],
)
def test_a_rule_that_is_none_is_refused(office, modules, parts, least):
    listed = [{"achievement": modules[each] if isinstance(each, int) else each} for each in parts]
    body = {"achievement": ACHIEVEMENT, "parts": listed, "least": least}
    answer = office.ask("POST", "/api/stacks", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "stack_rule_wrong")


def test_an_unknown_stack_is_not_found(office, modules, rule):
    assert HTTP.get(rule["url"].replace(rule["id"], modules[0])).json()["code"] == "unknown_stack"


@pytest.fixture(scope="module")
def licence(office):
    return office.achievement(
        name="Fork-lift licence",
        achievementType="License",
        criteria={"narrative": "Eight hours of refresher training every five years."},
        alignment=[{"targetUrl": f"{ESCO}forklift", "targetName": "drive a fork-lift"}],
        suspendable=True,
    )


def until(days):
    return format_datetime(datetime.now(UTC).replace(microsecond=0) + days * DAY)


def test_a_licence_says_its_number_and_end_and_is_renewed_for_the_same_holder(office, licence, wallet):
    made = give(office, licence, wallet, licenseNumber="VH-2041", validUntil=until(40))
    subject = made["credential"]["credentialSubject"]
    assert subject["licenseNumber"] == "VH-2041"
    assert made["id"] in {each["id"] for each in office.get("/api/licences")}
    assert made["id"] not in {each["id"] for each in office.get("/api/licences?within=30")}
    body = {"validUntil": until(1_865), "evidence": [{"name": "Refresher", "genre": "examination"}]}
    offer = office.post(f"/api/licences/{made['id']}/renew", body)["offer"]
    assert office.post(f"/api/licences/{made['id']}/renew", body)["offer"]["id"] == offer["id"]
    new = wallet.claim(offer["link"])
    assert new["credentialSubject"]["licenseNumber"] == "VH-2041"
    assert new["validUntil"] == body["validUntil"]
    assert new["id"] != made["credential"]["id"]
    assert verified(new).answer is Answer.YES


def test_a_renewal_is_for_the_holders_key_alone(office, licence, wallet):
    made = give(office, licence, wallet, licenseNumber="VH-3", validUntil=until(40))
    offer = office.post(f"/api/licences/{made['id']}/renew", {"validUntil": until(400)})["offer"]
    thief = HolderWallet()
    taken = thief.fetch_offer(offer["link"])
    assert thief.request(taken, thief.token(taken).json()["access_token"]).status_code == 400


def test_what_is_no_licence_or_ends_no_later_or_is_revoked_is_not_renewed(office, licence, modules, wallet):
    def again(identifier, days):
        answer = office.ask("POST", f"/api/licences/{identifier}/renew", json={"validUntil": until(days)})
        return answer.status_code, answer.json()["code"]

    assert again(give(office, modules[0], wallet)["id"], 90) == (400, "not_a_licence")
    made = give(office, licence, wallet, licenseNumber="VH-1", validUntil=until(40))
    assert again(made["id"], 30) == (400, "renewal_too_short")
    office.post(f"/api/credentials/{made['id']}/revoke")
    assert again(made["id"], 90) == (409, "licence_revoked")


def test_a_suspended_licence_counts_for_nothing_until_it_is_resumed(office, licence, wallet):
    made = give(office, licence, wallet, licenseNumber="VH-7", validUntil=until(400))
    office.post(f"/api/credentials/{made['id']}/suspend")
    assert verified(made["credential"]).answer is Answer.NO
    [found] = [each for each in office.get("/api/licences?within=3000") if each["id"] == made["id"]]
    assert (found["standing"], found["licenseNumber"]) == ("suspended", "VH-7")
    office.post(f"/api/credentials/{made['id']}/resume")
    assert verified(made["credential"]).answer is Answer.YES


def test_a_licence_of_a_recognised_school_is_hard(office, licence, wallet):
    made = give(office, licence, wallet, licenseNumber="VH-9", validUntil=until(400))
    world = World(now=datetime.now(UTC))
    trust: TrustStore = world.trusting(recognise(office.did, Recognition.EDUCATOR))
    (found,) = weigh([verified(made["credential"]).credential], trust=trust, now=datetime.now(UTC))
    assert found.strength is Strength.HARD
