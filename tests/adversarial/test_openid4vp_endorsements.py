"""Attacks with what confirms a claim, over OpenID4VP: it counts with the very claim that it names, or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from passport.answers import Answer
from passport.credentials import Form
from passport.credentials.build import presentation
from passport.evidence import Strength
from passport.json import parse_object
from passport.openid4vp.limits import RESPONSE
from passport.proofs import add_proof
from tests.simulators.chains import claim
from tests.simulators.parties import ESCO, Party, status_entry
from tests.simulators.vp_confirming import Confirmed
from tests.simulators.wallets import demand

TEAM, PLAN = f"{ESCO}team", f"{ESCO}plan"
DEMANDS = [demand(TEAM), demand(PLAN, required=False)]


@pytest.fixture
def work():
    made = Confirmed()
    made.claim = made.claims(TEAM, PLAN)
    return made


@pytest.fixture
def asked(work):
    """A request, and an answer in which nothing confirms the claim yet."""
    found = work.ask(DEMANDS)
    return found, work.token(found)


def strength(work, found, token):
    report = work.report(token, found)
    return report.together, work.strengths(report)[TEAM][:2]


def confirming(work, claimed, skill=TEAM, **more):
    return parse_object(work.confirmation(claimed, skill, **more))


def signed(work, found, credentials, by=None):
    """A presentation by the worker, or by another, for this request."""
    holder = by or work.worker
    return add_proof(
        presentation(holder=holder.did, credentials=credentials, presentation_id="urn:uuid:of-these"),
        signer=holder.signer,
        verification_method=holder.method,
        created=work.person.world.now,
        cryptosuite="eddsa-jcs-2022",
        proof_purpose="authentication",
        challenge=found.verified.request.nonce,
        domain=str(found.verified.request.client_id),
    )


def test_an_honest_one_counts(work, asked):
    found, token = asked
    report, counted = strength(work, found, {**token, "confirms-ldp": [confirming(work, work.claim)]})
    assert counted == ("semi-hard", "yes")
    assert all(check.answer is Answer.YES for check in report.checks)


def test_a_wallet_that_knows_none_of_it_answers_as_before(work, asked):
    found, token = asked
    report, counted = strength(work, found, token)
    assert counted == ("soft", "yes")
    assert all(check.answer is Answer.YES for check in report.checks)


def test_an_endorsement_of_another_claim_counts_for_nothing(work, asked):
    found, token = asked
    other = claim(work.worker, [TEAM])
    report, counted = strength(work, found, {**token, "confirms-ldp": [confirming(work, other)]})
    assert counted == ("soft", "yes")
    assert all(check.answer is Answer.YES for check in report.checks)


def test_an_endorsement_of_somebody_elses_claim_counts_for_nothing(work, asked):
    found, token = asked
    theirs = claim(Party("Other"), [TEAM, PLAN], credential_id=work.claim["id"])
    _, counted = strength(work, found, {**token, "confirms-ldp": [confirming(work, theirs)]})
    assert counted == ("soft", "yes")


def test_somebody_elses_claim_that_was_confirmed_is_not_shown_by_who_has_copied_both(work, asked):
    found, _ = asked
    other = Party("Other")
    theirs = claim(other, [TEAM])
    stolen = {
        "skill1-ldp": [signed(work, found, [theirs])],
        "confirms-ldp": [confirming(work, theirs)],
    }
    report = work.report(stolen, found)
    assert report.presentations == ()
    assert [check.code for check in report.together.checks if check.answer is Answer.NO] == ["holder_binding"]


def test_the_endorsement_counts_with_who_shows_the_claim_and_not_with_who_shows_another(work, asked):
    found, token = asked
    other = Party("Other")
    both = {
        "skill1-ldp": [*token["skill1-ldp"], signed(work, found, [claim(other, [TEAM])], by=other)],
        "confirms-ldp": [confirming(work, claim(other, [PLAN]))],
    }
    report = work.report(both, found)
    assert work.strengths(report)[TEAM][:2] == ("soft", "yes")


@pytest.mark.parametrize("change", ["comment", "subject", "digest"])
def test_a_changed_endorsement_makes_the_answer_fall(work, asked, change):
    found, token = asked
    made = confirming(work, claim(work.worker, [TEAM]))
    if change == "comment":
        made["credentialSubject"]["endorsementComment"] = "Better than anybody."
    elif change == "subject":
        made["credentialSubject"]["id"] = PLAN
    else:
        made["relatedResource"] = confirming(work, work.claim)["relatedResource"]
    report, counted = strength(work, found, {**token, "confirms-ldp": [made]})
    assert counted == ("soft", "yes")
    [genuine] = [check for check in report.checks if check.code == "credentials_genuine"]
    assert genuine.answer is Answer.NO


def test_an_expired_endorsement_counts_for_nothing_and_is_told(work, asked):
    found, token = asked
    now = work.person.world.now
    over = confirming(work, work.claim, at=now - timedelta(days=3), valid_until=now - timedelta(days=1))
    report, counted = strength(work, found, {**token, "confirms-ldp": [over]})
    assert counted == ("soft", "yes")
    assert report.endorsements[0].endorsement.standing is Answer.NO


def test_the_worker_does_not_confirm_their_own_claim(work, asked):
    found, token = asked
    own = confirming(work, work.claim, by=work.worker)
    _, counted = strength(work, found, {**token, "confirms-ldp": [own]})
    assert counted == ("soft", "yes")


@pytest.mark.parametrize("number", [RESPONSE.endorsements, RESPONSE.endorsements + 1])
def test_thirty_three_endorsements_are_too_many(work, asked, number):
    found, token = asked
    one = confirming(work, work.claim)
    report = work.report({**token, "confirms-ldp": [one] * number}, found)
    as_asked = next(check for check in report.together.checks if check.code == "as_asked")
    assert (as_asked.answer is Answer.YES) is (number == RESPONSE.endorsements)
    assert len(report.together.endorsements) == (number if number == RESPONSE.endorsements else 0)


def test_endorsements_do_not_make_room_for_badges(work, asked):
    found, token = asked
    report = work.report({"skill1-ldp": token["skill1-ldp"] * (RESPONSE.presentations + 1)}, found)
    assert report.together.credentials == ()
    assert [check.code for check in report.together.checks if check.answer is Answer.NO] == ["as_asked"]


def test_a_badge_is_not_taken_where_endorsements_are_asked(work, asked):
    """It would be a badge that nobody showed to be theirs."""
    found, token = asked
    for badge in (work.claim, {**work.claim, "type": [*work.claim["type"], "EndorsementCredential"]}):
        report = work.report({**token, "confirms-ldp": [badge]}, found)
        assert report.together.checks[0].answer is Answer.NO
        assert report.endorsements == ()
    shown = work.report({**token, "confirms-ldp": [signed(work, found, [work.claim])]}, found)
    assert "as_asked" in {check.code for check in shown.together.checks if check.answer is Answer.NO}


def test_an_endorsement_is_not_taken_where_a_badge_is_asked(work, asked):
    found, _ = asked
    report = work.report({"skill1-ldp": [confirming(work, work.claim)]}, found)
    assert report.presentations == ()
    assert report.together.checks[0].answer is Answer.NO


def test_endorsements_alone_are_nobodys_answer(work, asked):
    found, _ = asked
    report = work.report({"confirms-ldp": [confirming(work, work.claim)]}, found)
    checks = {check.code: check.answer for check in report.together.checks}
    assert checks["as_asked"] is Answer.NO
    assert checks["holder_binding"] is Answer.CANNOT_TELL


def test_another_wallet_may_sign_that_it_shows_them(work, asked):
    found, token = asked
    shown = signed(work, found, [confirming(work, work.claim)])
    report, counted = strength(work, found, {**token, "confirms-ldp": [shown]})
    assert counted == ("semi-hard", "yes")
    assert all(check.answer is Answer.YES for check in report.checks)


def test_another_wallet_may_put_them_beside_the_claim(work, asked):
    found, _ = asked
    shown = signed(work, found, [work.claim, confirming(work, work.claim)])
    report, counted = strength(work, found, {"skill1-ldp": [shown]})
    assert counted == ("semi-hard", "yes")
    assert all(check.answer is Answer.YES for check in report.checks)


def test_one_endorsement_three_times_is_one_party(work, asked):
    found, token = asked
    one = confirming(work, work.claim)
    shown = signed(work, found, [work.claim, one])
    report = work.report({"skill1-ldp": [shown], "confirms-ldp": [one, one]}, found)
    assert work.strengths(report) == work.strengths(work.report({**token, "confirms-ldp": [one]}, found))


def test_a_token_that_is_none_is_refused(work, asked):
    found, token = asked
    made = work.confirmation(work.claim, TEAM, form=Form.JWT_VC).decode()
    assert strength(work, found, {**token, "confirms-jwt": [made]})[1] == ("semi-hard", "yes")
    head, body, _ = made.split(".")
    for junk in (f"{head}.{body}.{'A' * 86}", "a.b.c", "x"):
        report = work.report({**token, "confirms-jwt": [junk]}, found)
        assert Answer.NO in {check.answer for check in report.together.checks}
    wrong = work.report({**token, "confirms-ldp": [made]}, found)
    assert "as_asked" in {check.code for check in wrong.together.checks if check.answer is Answer.NO}


def test_the_wallet_does_not_show_what_was_withdrawn(work):
    now = work.person.world.now
    work.confirmed(work.claim, TEAM, valid_until=now + timedelta(hours=1))
    semi_hard = [replace(DEMANDS[0], minimum_strength=Strength.SEMI_HARD, required=False), demand(PLAN)]
    assert len(work.consent(work.ask(semi_hard)).confirming) == 1
    work.person.world.now += timedelta(hours=2)
    later = work.consent(work.ask(semi_hard))
    assert later.confirming == ()
    assert [str(each.result.answer) for each in later.demands] == ["no", "yes"]


# A32, A33: whoever confirmed takes it back by a status list, after the worker has it


LISTS = {
    "revocation": "https://employer.example/status/1",
    "suspension": "https://employer.example/status/2",
}
CONFIRMS = {Form.LDP_VC: "confirms-ldp", Form.JWT_VC: "confirms-jwt"}
ASKED = [replace(demand(TEAM), minimum_strength=Strength.SEMI_HARD, required=False), DEMANDS[1]]


def published(work, purpose, places=(), by=None, **more):
    listed = (by or work.boss).status_list(LISTS[purpose], revoked=places, purpose=purpose, **more)
    work.person.world.publish(listed)


@pytest.fixture(params=CONFIRMS, ids=["ldp", "jwt"])
def shown(request, work):
    """A confirmation that stands in two lists, in good standing, and the answer that shows it."""
    for purpose in LISTS:
        published(work, purpose)
    status = [status_entry(url, 7, purpose) for purpose, url in LISTS.items()]
    work.confirmed(work.claim, TEAM, form=request.param, status=status)
    found = work.ask(ASKED)
    token = work.token(found)
    assert CONFIRMS[request.param] in token
    report, counted = strength(work, found, token)
    assert (counted, report.endorsements[0].endorsement.standing) == (("semi-hard", "yes"), Answer.YES)
    return found, token


@pytest.mark.parametrize("purpose", LISTS)
def test_a33_an_endorsement_that_was_withdrawn_counts_for_nothing_and_is_told(work, shown, purpose):
    found, token = shown
    published(work, purpose, [7])
    report, counted = strength(work, found, token)
    assert counted == ("soft", "yes")
    assert report.endorsements[0].endorsement.standing is Answer.NO


@pytest.mark.parametrize("told", ["stale", "anothers", "of-another-purpose"])
def test_a32_an_endorsement_whose_list_tells_nothing_never_counts_as_good(work, shown, told):
    found, token = shown
    if told == "stale":
        published(work, "revocation", at=work.person.world.now - timedelta(days=3))
    elif told == "anothers":
        published(work, "revocation", by=Party("Other"))
    else:
        url = LISTS["revocation"]
        work.person.world.publish(work.boss.status_list(url, purpose="suspension"))
    report, counted = strength(work, found, token)
    assert report.endorsements[0].endorsement.standing is Answer.CANNOT_TELL
    assert counted in {("soft", "yes"), ("semi-hard", "cannot-tell")}


def test_a33_the_wallet_does_not_send_what_was_withdrawn_since(work, shown):
    published(work, "revocation", [7])
    work.person.wallet.keep_documents(work.person.world.cache)
    found = work.ask(ASKED)
    assert work.consent(found).confirming == ()
    assert not set(CONFIRMS.values()) & set(work.token(found))
