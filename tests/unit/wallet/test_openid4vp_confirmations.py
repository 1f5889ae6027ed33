"""What confirms a claim leaves by OpenID4VP as by QR codes: as the demands need it, seen, refused, noted."""

from dataclasses import replace

import pytest

from passport.answers import Answer
from passport.credentials import Form
from passport.evidence import Strength
from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.endorsement_query import endorsement_queries
from tests.simulators.parties import ESCO
from tests.simulators.vp_confirming import Confirmed
from tests.simulators.wallets import demand
from wallet.core.endorsements import endorsements
from wallet.core.journal import journal
from wallet.core.openid4vp_summary import vp_consent_json
from wallet.core.wallet import Kind
from wallet.errors import NothingToShow

TEAM, PLAN = f"{ESCO}team", f"{ESCO}plan"
SEMI_HARD = [demand(TEAM, strength=Strength.SEMI_HARD)]


@pytest.fixture
def work():
    made = Confirmed()
    made.claim = made.claims(TEAM, PLAN)
    return made


@pytest.fixture
def confirmed(work):
    work.confirmed(work.claim, TEAM)
    return work


@pytest.mark.parametrize("form", [Form.LDP_VC, Form.JWT_VC])
def test_a_confirmed_claim_is_semi_hard_by_openid4vp_as_by_qr_codes(work, form):
    work.confirmed(work.claim, TEAM, form=form)
    found = work.ask(SEMI_HARD)
    agreed = work.consent(found)
    assert [each.result.answer for each in agreed.demands] == [Answer.YES]
    [(query, one)] = agreed.confirming
    assert (query, one.serves) == (f"confirms-{'ldp' if form is Form.LDP_VC else 'jwt'}", ("team",))
    report = work.report(work.token(found), found)
    assert [each for each in report.together.checks if each.answer is not Answer.YES] == []
    assert work.strengths(report) == work.strengths_by_code(work.ask_by_code(SEMI_HARD))
    assert work.strengths(report)[TEAM][:2] == ("semi-hard", "yes")


def test_it_comes_as_it_is_beside_the_presentation_of_the_claim(confirmed):
    token = confirmed.token(confirmed.ask(SEMI_HARD))
    assert token.keys() == {"skill1-ldp", "confirms-ldp"}
    [shown], [alone] = token["skill1-ldp"], token["confirms-ldp"]
    assert len(shown["verifiableCredential"]) == 1
    assert "EndorsementCredential" in alone["type"]
    assert "challenge" not in alone["proof"]


def test_it_stays_where_no_demand_needs_it(confirmed):
    found = confirmed.ask([demand(TEAM)])
    assert confirmed.consent(found).confirming == ()
    assert confirmed.token(found).keys() == {"skill1-ldp"}


def test_refused_it_stays_and_the_person_sees_what_that_costs(confirmed):
    optional = [demand(PLAN), demand(TEAM, strength=Strength.SEMI_HARD, required=False)]
    found = confirmed.ask(optional)
    [(_, one)] = confirmed.consent(found).confirming
    assert [str(each.without) for each in one.cost] == ["no"]
    kept = confirmed.consent(found, refused=[one.kept.id])
    assert (kept.confirming, kept.can_be_answered) == ((), True)
    assert [each.demand.skill for each in kept.cost] == [TEAM]
    assert [str(each.result.answer) for each in kept.demands] == ["yes", "no"]
    assert "confirms-ldp" not in confirmed.token(found, refused=[one.kept.id])
    [entry] = journal(confirmed.person.wallet)
    assert one.kept.id in entry.refused
    assert one.kept.id not in entry.credentials


def test_what_needs_it_is_not_answered_without_it(confirmed):
    found = confirmed.ask(SEMI_HARD)
    [one] = endorsements(confirmed.person.wallet)
    assert not confirmed.consent(found, refused=[one.id]).can_be_answered
    with pytest.raises(NothingToShow):
        confirmed.token(found, refused=[one.id])


@pytest.mark.parametrize("missing", ["query", "format", "choice"])
def test_where_it_can_not_leave_nothing_is_promised_with_it(confirmed, missing):
    optional = [demand(PLAN), demand(TEAM, strength=Strength.SEMI_HARD, required=False)]
    query = confirmed.ask(optional).verified.request.query
    terms, choices = {}, {}
    if missing == "query":
        terms["query"] = DcqlQuery(query.credentials[:-2], query.credential_sets[:-1])
    elif missing == "format":
        terms["query"] = DcqlQuery(
            (*query.credentials[:-2], query.credentials[-1]),
            (*query.credential_sets[:-1], replace(query.credential_sets[-1], options=(("confirms-jwt",),))),
        )
    else:
        choices["options"] = ["2 none"]
    found = confirmed.ask(optional, **terms)
    agreed = confirmed.consent(found, **choices)
    assert agreed.by_profile
    assert agreed.confirming == ()
    assert [str(each.result.answer) for each in agreed.demands] == ["yes", "no"]
    assert not {"confirms-ldp", "confirms-jwt"} & confirmed.token(found, **choices).keys()


def test_what_the_asker_can_not_check_stays(confirmed):
    formats = {"ldp_vc": {"cryptosuite_values": ["eddsa-rdfc-2022"]}}
    found = confirmed.ask(
        query=DcqlQuery(endorsement_queries((Form.LDP_VC,))),
        client_metadata={"vp_formats_supported": formats},
    )
    assert not confirmed.consent(found).can_be_answered


def test_the_journal_names_it_and_says_no_values(confirmed):
    confirmed.token(confirmed.ask(SEMI_HARD))
    [entry] = journal(confirmed.person.wallet)
    [one] = endorsements(confirmed.person.wallet)
    assert one.id in entry.credentials
    [record] = confirmed.person.wallet.vault.of_kind(Kind.JOURNAL).values()
    assert b"I saw this done" not in record


def test_the_mark_names_it(confirmed):
    found = confirmed.ask(SEMI_HARD)
    before = confirmed.consent(found)
    [one] = endorsements(confirmed.person.wallet)
    less = replace(before, asked=tuple(replace(each, confirming=()) for each in before.asked))
    assert less.mark != before.mark
    said = vp_consent_json(before, str)["asked"]
    assert [each["id"] for query in said for each in query["confirming"]] == [one.id]


class TestForeignQuery:
    """Somebody who asks for an endorsement by itself gets it as any credential, where no holder is asked."""

    def test_it_leaves_alone_and_whole(self, confirmed):
        found = confirmed.ask(query=DcqlQuery(endorsement_queries((Form.LDP_VC,))))
        agreed = confirmed.consent(found)
        assert (agreed.leaving, agreed.can_be_answered) == ((), True)
        assert confirmed.token(found).keys() == {"confirms-ldp"}

    def test_nobody_can_prove_to_be_its_holder(self, confirmed):
        [query] = endorsement_queries((Form.LDP_VC,))
        asked = replace(query, require_cryptographic_holder_binding=True)
        assert not confirmed.consent(confirmed.ask(query=DcqlQuery((asked,)))).can_be_answered

    def test_the_person_chooses_which(self, confirmed):
        confirmed.confirmed(confirmed.claim, PLAN)
        found = confirmed.ask(query=DcqlQuery(endorsement_queries((Form.LDP_VC,))))
        [asked] = confirmed.consent(found).asked
        assert (len(asked.alternatives), len(asked.confirming)) == (2, 1)
        both = [f"confirms-ldp {each.kept.id}" for each in asked.alternatives]
        assert len(confirmed.token(found, credentials=both)["confirms-ldp"]) == 2
