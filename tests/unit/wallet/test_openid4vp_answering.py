"""A request by OpenID4VP in the wallet: what is offered, chosen, kept back, signed, and never twice (A24, A27, A29).

Longer than most: one story, from the question to the answer.
"""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from passport.answers import Answer
from passport.errors import DecryptionFailed
from passport.errors.openid4vp import RequestReplayed
from passport.errors.openid4vp_response import NoKeyToEncryptFor
from passport.evidence.profile import parse_function_profile
from passport.jose import jwe
from passport.json import dump
from passport.keys import KeyType, generate_agreement_key
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.from_profile import query_of_profile
from passport.openid4vp.profile_reference import verifier_info_of
from passport.openid4vp.response_read import Encryption
from passport.sd_jwt import parse, processed
from passport.trust import Recognition
from tests.simulators.forms import CUT, FORMS, READ, SKILLS, WELD
from tests.simulators.parties import Party
from tests.simulators.vp_answering import Asked, badge, welding
from tests.simulators.vp_asking import HOST, NOW, RESPONSE_URI
from tests.simulators.wallets import Employer, demand
from wallet.core.journal import journal
from wallet.core.openid4vp_answer import refuse_vp
from wallet.core.openid4vp_requests import vp_request
from wallet.core.wallet import Kind
from wallet.errors import ConsentChanged, NothingToShow, RequestClosed, UnknownRequest

SKILL = ["credentialSubject", "achievement", "alignment", None, "targetUrl"]
BADGE = ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"]


@pytest.mark.parametrize("form", FORMS)
def test_each_format_is_answered_so_that_our_verifier_takes_it(form):
    asked = Asked(form)
    found = asked.ask(welding(form))
    report = asked.verified(asked.approve(found), found)
    assert [
        (check.code, check.answer) for check in report.together.checks if check.answer is not Answer.YES
    ] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_credential_of_the_second_key_is_shown_by_that_key(form):
    asked = Asked()
    asked.take(form, subject=asked.wallet.holder_with(KeyType.P256).did)
    found = asked.ask(welding(form))
    report = asked.verified(asked.approve(found), found)
    assert all(check.answer is Answer.YES for check in report.together.checks)


@pytest.mark.parametrize(
    ("values", "suite"),
    [
        (None, "eddsa-rdfc-2022"),
        (["eddsa-jcs-2022", "eddsa-rdfc-2022"], "eddsa-rdfc-2022"),
    ],
)
def test_the_presentation_is_signed_as_the_verifier_can_check(values, suite):
    asked = Asked("ldp_vc")
    formats = {"ldp_vc": {} if values is None else {"cryptosuite_values": values}}
    found = asked.ask(welding(), client_metadata={"vp_formats_supported": formats})
    (shown,) = asked.token(asked.approve(found))["badge"]
    assert shown["proof"]["cryptosuite"] == suite
    assert shown["proof"]["challenge"] == found.verified.request.nonce
    assert shown["proof"]["domain"] == str(found.verified.request.client_id)


def test_what_the_verifier_can_not_check_is_not_offered():
    asked = Asked("ldp_vc")
    for formats in ({"ldp_vc": {"cryptosuite_values": ["bbs-2023"]}}, {"dc+sd-jwt": {}}):
        found = asked.ask(
            welding(),
            nonce=f"n-of-its-own-{len(formats)}-{next(iter(formats))[:2]}",
            client_metadata={"vp_formats_supported": formats},
        )
        assert not asked.consent(found).can_be_answered
        with pytest.raises(NothingToShow):
            asked.approve(found)


@pytest.mark.parametrize("form", ["vc+sd-jwt", "dc+sd-jwt", "ecdsa-sd-2023"])
def test_only_the_asked_claims_leave(form):
    asked = Asked(form)
    found = asked.ask(welding(form))
    (leaving,) = asked.consent(found).leaving
    assert {part.skill for part in leaving.staying} >= {CUT, READ}
    answer = asked.approve(found)
    document = asked.token(answer)["badge"][0]
    said = (
        dump(document).decode() if isinstance(document, dict) else dump(processed(parse(document))).decode()
    )
    assert WELD in said
    assert CUT not in said
    assert READ not in said
    assert SKILLS[CUT] not in said


@pytest.mark.parametrize("form", ["vc+sd-jwt", "dc+sd-jwt", "ecdsa-sd-2023"])
def test_without_claims_whatever_can_stay_stays(form):
    asked = Asked(form)
    found = asked.ask(badge(form=form))
    shown = asked.token(asked.approve(found))["badge"][0]
    said = dump(shown).decode() if isinstance(shown, dict) else dump(processed(parse(shown))).decode()
    assert not any(skill in said for skill in SKILLS)


def test_the_form_that_shows_least_leaves():
    asked = Asked("ldp_vc", "ecdsa-sd-2023")
    found = asked.ask(welding())
    (leaving,) = asked.consent(found).leaving
    assert str(leaving.disclosed.form) == "ecdsa-sd-2023"
    plain = asked.ask(
        welding(),
        nonce="another-nonce-0123456789",
        client_metadata={"vp_formats_supported": {"ldp_vc": {"cryptosuite_values": ["eddsa-rdfc-2022"]}}},
    )
    (leaving,) = asked.consent(plain).leaving
    assert str(leaving.disclosed.form) == "ldp_vc"


def test_without_a_proof_of_the_holder_the_credential_alone_is_given():
    for form in FORMS:
        asked = Asked(form)
        found = asked.ask(welding(form, require_cryptographic_holder_binding=False))
        (leaving,) = asked.consent(found).leaving
        assert not leaving.bound
        (shown,) = asked.token(asked.approve(found))["badge"]
        if isinstance(shown, dict):
            assert "holder" not in shown
        elif "~" in shown:
            assert shown.endswith("~")


@pytest.mark.parametrize("state", ["a-state", None])
def test_a_request_without_state_is_answered_without_one(state):
    """oid4vp-1final-wallet-happy-flow-no-state"""
    asked = Asked("ldp_vc")
    found = asked.ask(welding(), state=state)
    assert parse_qs(asked.approve(found).body.decode()).get("state") == (state and [state])


def test_a29_nothing_leaves_and_nothing_is_noted_before_a_yes():
    asked = Asked("ldp_vc")
    found = asked.ask(welding())
    asked.consent(found)
    assert journal(asked.wallet) == ()


def test_a29_the_journal_says_who_what_and_when_without_values():
    asked = Asked("ldp_vc")
    found = asked.ask(welding())
    asked.approve(found)
    (entry,) = journal(asked.wallet)
    assert (entry.way, entry.asker, entry.host) == ("openid4vp", asked.verifier.client_id, HOST)
    assert len(entry.credentials) == 1
    (record,) = asked.wallet.vault.of_kind(Kind.JOURNAL).values()
    assert b"Lasser" not in record
    assert b"De Vakschool" not in record


def test_a29_a_refusal_leaves_no_trace_at_the_verifier_unless_the_person_wants_it():
    asked = Asked("ldp_vc")
    assert refuse_vp(asked.wallet, asked.ask(welding()).id, **asked.ports) is None
    found = asked.ask(welding(), nonce="another-nonce-0123456789")
    answer = refuse_vp(asked.wallet, found.id, **asked.ports, tell=True)
    assert parse_qs(answer.body.decode()) == {"error": ["access_denied"], "state": ["a-state"]}
    assert {entry.way for entry in journal(asked.wallet)} == {"refused"}


def test_a24_a_request_is_answered_at_most_once():
    asked = Asked("ldp_vc")
    found = asked.ask(welding())
    asked.approve(found)
    with pytest.raises(RequestClosed):
        asked.approve(found)
    with pytest.raises(RequestClosed):
        asked.ask(welding())
    with pytest.raises(RequestClosed):
        refuse_vp(asked.wallet, found.id, **asked.ports)


def test_a27_the_same_nonce_with_another_question_is_refused():
    asked = Asked("ldp_vc")
    token = asked.verifier.request(iat=None, exp=None)
    first = asked.put(token)
    assert asked.put(token).id == first.id
    with pytest.raises(RequestReplayed):
        asked.ask(welding())
    refuse_vp(asked.wallet, first.id, **asked.ports)
    with pytest.raises(RequestClosed):
        asked.put(token)


def test_the_same_question_may_be_scanned_twice_though_it_is_signed_anew_each_time():
    asked = Asked("ldp_vc")
    question = {"dcql_query": {"credentials": [welding()]}, "exp": None}
    first = asked.put(asked.verifier.request(**question, iat=int(NOW.timestamp())))
    again = asked.put(asked.verifier.request(**question, iat=int(NOW.timestamp()) - 1))
    assert (again.id, again.verified.request.members) == (first.id, first.verified.request.members)
    for change in ({"response_uri": f"{RESPONSE_URI}/other"}, {"response_mode": "direct_post.jwt"}, {"state": "b"}, {"client_metadata": {"vp_formats_supported": {}, "client_name": "x"}}):  # fmt: skip
        with pytest.raises(RequestReplayed):
            asked.put(asked.verifier.request(**question, **change))


def test_a27_a_request_that_is_over_is_not_answered():
    asked = Asked("ldp_vc")
    found = asked.ask(welding())
    asked.person.world.now += timedelta(seconds=601)
    with pytest.raises(RequestClosed):
        asked.approve(found)
    with pytest.raises(UnknownRequest):
        vp_request(asked.wallet, "other", **asked.ports)


def test_requests_that_are_over_are_forgotten_after_a_month():
    asked = Asked("ldp_vc")
    asked.ask(welding())
    asked.person.world.now += timedelta(days=31)
    asked.put(asked.verifier.request(iat=None, exp=None, nonce="another-nonce-0123456789"))
    assert len(asked.wallet.vault.of_kind(Kind.VP_REQUEST)) == 1


def test_a29_what_changed_since_it_was_seen_does_not_leave():
    asked = Asked("ldp_vc")
    found = asked.ask(badge())
    mark = asked.consent(found).mark
    asked.take(
        "ldp_vc", credential_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b99", at=asked.person.world.now
    )
    chosen = asked.consent(found)
    other = next(one.kept.id for one in chosen.asked[0].alternatives if not one.chosen)
    with pytest.raises(ConsentChanged):
        asked.approve(found, mark=mark, credentials=[f"badge {other}" if chosen.mark == mark else ""])
    asked.approve(found, mark=chosen.mark)


def test_the_person_chooses_among_credentials_that_would_do():
    asked = Asked("ldp_vc")
    asked.take("ldp_vc", credential_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b99")
    found = asked.ask(badge())
    (one,) = asked.consent(found).asked
    assert len(one.alternatives) == 2
    for alternative in one.alternatives:
        chosen = asked.consent(found, credentials=[f"badge {alternative.kept.id}"])
        assert [each.kept.id for each in chosen.leaving] == [alternative.kept.id]
    both = [f"badge {each.kept.id}" for each in one.alternatives]
    assert len(asked.consent(found, credentials=both).leaving) == 1
    several = asked.ask(badge(multiple=True), nonce="another-nonce-0123456789")
    assert len(asked.consent(several).leaving) == 1
    assert len(asked.consent(several, credentials=both).leaving) == 2


def test_a_kept_claim_takes_another_combination_or_keeps_the_credential():
    asked = Asked("dc+sd-jwt")
    claims = [
        {"id": "all", "path": SKILL},
        {"id": "name", "path": ["credentialSubject", "achievement", "name"]},
    ]
    found = asked.ask(badge(form="dc+sd-jwt", claims=claims, claim_sets=[["all", "name"], ["name"]]))
    (leaving,) = asked.consent(found, without=["badge 0"]).leaving
    assert {part.skill for part in leaving.staying} >= set(SKILLS)
    assert not asked.consent(found, without=["badge 1"]).can_be_answered
    with pytest.raises(NothingToShow):
        asked.approve(found, without=["badge 1"])


def test_what_is_optional_leaves_only_when_the_person_adds_it():
    asked = Asked("ldp_vc", "jwt_vc_json")
    sets = [{"options": [["a"], ["b"]]}, {"options": [["b"]], "required": False}]
    found = asked.ask(badge("a"), badge("b", "jwt_vc_json"), sets=sets)
    assert [one.query for one in asked.consent(found).leaving] == ["a"]
    assert [one.query for one in asked.consent(found, options=["0 1"]).leaving] == ["b"]
    assert [one.query for one in asked.consent(found, options=["1 0"]).leaving] == ["a", "b"]
    assert [one.query for one in asked.consent(found, options=["1 none", "x y", "99 0"]).leaving] == ["a"]


def test_an_encrypted_answer_is_for_the_key_in_the_signed_request_only():
    asked, key, other = Asked("ldp_vc"), generate_agreement_key(), generate_agreement_key()
    jwk = {**key.public_key.to_jwk(), "kid": "k1", "use": "enc", "alg": "ECDH-ES"}
    metadata = {
        "vp_formats_supported": {"ldp_vc": {}},
        "jwks": {"keys": [jwk]},
        "encrypted_response_enc_values_supported": ["A256GCM"],
    }
    found = asked.ask(welding(), response_mode="direct_post.jwt", client_metadata=metadata)
    assert asked.consent(found).encrypted
    answer = asked.approve(found)
    assert parse_qs(answer.body.decode()).keys() == {"response"}
    report = asked.verified(answer, found, Encryption(key, "k1", ("A256GCM",)))
    assert all(check.answer is Answer.YES for check in report.together.checks)
    token = parse_qs(answer.body.decode())["response"][0]
    assert jwe.parse(token).kid == "k1"
    with pytest.raises(DecryptionFailed):
        jwe.decrypt(token, key=other, allowed_enc=("A256GCM",))


def test_an_answer_that_can_not_be_encrypted_stays_and_the_request_stays_open():
    asked = Asked("ldp_vc")
    found = asked.ask(welding(), response_mode="direct_post.jwt")
    with pytest.raises(NoKeyToEncryptFor):
        asked.approve(found)
    assert journal(asked.wallet) == ()
    assert vp_request(asked.wallet, found.id, **asked.ports).id == found.id


def test_a_credential_that_was_withdrawn_is_not_offered():
    asked = Asked("ldp_vc")
    asked.person.world.now += timedelta(hours=1)
    asked.school.publish(asked.person.world, revoked=[7])
    asked.wallet.keep_documents(asked.person.world.cache)
    found = asked.ask(welding())
    assert asked.consent(found).asked[0].alternatives == ()


def test_types_are_asked_by_their_expanded_names():
    asked = Asked("ldp_vc", "jwt_vc_json", "vc+sd-jwt")
    for form in ("ldp_vc", "jwt_vc_json", "vc+sd-jwt"):
        for number, types in enumerate([BADGE, ["OpenBadgeCredential"], ["https://example.org/Other"]]):
            found = asked.ask(
                badge(form=form, meta={"type_values": [types]}),
                nonce=f"nonce-{form[:2]}-{number}-0123456789",
            )
            assert bool(asked.consent(found).leaving) is (number < 2)


def test_who_asks_is_shown_by_where_the_answer_goes():
    asked = Asked("ldp_vc")
    metadata = {"vp_formats_supported": {"ldp_vc": {}}, "client_name": "The \u202eKing"}
    asker = asked.consent(asked.ask(welding(), client_metadata=metadata)).asker
    assert (asker.host, asker.proved_by) == (HOST, "key")
    assert "\u202e" not in asker.claimed_name


def test_an_asker_on_a_trust_list_is_shown_by_the_name_there():
    asked = Asked("ldp_vc")
    found = asked.ask(welding())
    assert asked.consent(found).asker.known_as == ""
    asked.person.trust((Party("Staalbouw", asked.verifier.signer, asked.verifier.did), Recognition.EMPLOYER))
    assert asked.consent(found).asker.known_as == "Staalbouw"


class TestFromAProfile:
    """A request that our own verifier makes from a function profile is answered as by way B."""

    def ask(self, *forms, demands, query=None):
        asked = Asked(*forms)
        employer = Employer(asked.person.world)
        asked.wallet.keep_documents(asked.person.world.cache)
        profile = employer.profile(demands)
        asked.query = query or query_of_profile(parse_function_profile(profile))
        token = asked.verifier.request(
            dcql_query=asked.query.to_json(), verifier_info=verifier_info_of(profile), iat=None, exp=None
        )
        return asked, asked.put(token)

    @pytest.mark.parametrize("form", FORMS)
    def test_the_person_sees_what_each_demand_is_worth(self, form):
        asked, found = self.ask(form, demands=[demand(WELD, "lassen")])
        consent = asked.consent(found)
        assert [str(each.result.answer) for each in consent.demands] == ["yes"]
        (leaving,) = consent.leaving
        if form not in {"ldp_vc", "jwt_vc_json"}:
            assert {part.skill for part in leaving.staying} >= {CUT, READ}
        report = asked.verified(asked.approve(found), found)
        assert [check for check in report.together.checks if check.answer is not Answer.YES] == []
        (entry,) = journal(asked.wallet)
        assert entry.purpose == "labour-market"

    def test_a_credential_stands_under_every_demand_that_it_meets(self):
        asked, found = self.ask(
            "dc+sd-jwt", demands=[demand(WELD, "lassen"), demand(CUT, "snijden", required=False)]
        )
        consent = asked.consent(found)
        assert [one.query for one in consent.leaving] == ["skill1-dcsd", "skill2-dcsd"]
        assert len({one.kept.id for one in consent.leaving}) == 1
        report = asked.verified(asked.approve(found), found)
        assert [check for check in report.together.checks if check.answer is not Answer.YES] == []

    def test_a_refused_skill_stays_and_a_required_one_stops_the_answer(self):
        asked, found = self.ask(
            "dc+sd-jwt", demands=[demand(WELD, "lassen"), demand(CUT, "snijden", required=False)]
        )
        kept_back = asked.consent(found, refused=[CUT])
        assert [one.query for one in kept_back.leaving] == ["skill1-dcsd"]
        assert {part.skill for part in kept_back.leaving[0].staying} >= {CUT}
        assert not asked.consent(found, refused=[WELD]).can_be_answered
        one = kept_back.leaving[0].kept.id
        assert not asked.consent(found, refused=[one]).can_be_answered

    def test_what_no_query_takes_does_not_leave(self):
        query = parse_dcql({"credentials": [badge(form="dc+sd-jwt", claims=[{"path": ["nothing"]}])]})
        asked, found = self.ask("dc+sd-jwt", demands=[demand(WELD, "lassen")], query=query)
        assert asked.consent(found).leaving == ()
        assert not asked.consent(found).can_be_answered

    def test_a_profile_that_nobody_signed_is_not_looked_at(self):
        asked = Asked("dc+sd-jwt")
        profile = Employer(asked.person.world).profile([demand(WELD, "lassen")])
        forged = {**profile, "name": {"en": "Other", "nl": "Ander"}}
        found = asked.ask(welding("dc+sd-jwt"), verifier_info=verifier_info_of(forged))
        assert found.profile is None
        assert asked.consent(found).can_be_answered
