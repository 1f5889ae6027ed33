"""The page of consent to a request by OpenID4VP, in words of a person: what is asked, what stays, what is fixed."""

import pytest

from passport.evidence.profile import parse_function_profile
from passport.openid4vp.from_profile import SKILL_PATH, query_of_profile
from passport.openid4vp.profile_reference import verifier_info_of
from passport.texts import Language
from tests.simulators.forms import CUT, READ, WELD
from tests.simulators.vp_answering import Asked, badge, welding
from tests.simulators.wallets import Employer, demand
from wallet.core.claiming.copies import copy_records, new_copy_keys
from wallet.core.openid4vp_plan import read_choices
from wallet.core.openid4vp_words import path_in_words, word_of
from wallet.core.shelf import kept
from wallet.views.openid4vp import vp_consent
from wallet.views.rendering import Renderer

SELECTIVE = ("vc+sd-jwt", "dc+sd-jwt", "ecdsa-sd-2023")
PASSED, BARE = {"value": "8", "status": "Completed"}, {"value": "8"}
VALUE = "/credentialSubject/result/0/value"


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="")


def page(renderer, asked, found, language=Language.NL, **choices):
    chosen = read_choices(**choices)
    return vp_consent(renderer, language, asked.wallet, asked.consent(found, **choices), chosen).html


def of_profile(asked, **members):
    """The request that our own verifier makes for welding."""
    profile = Employer(asked.person.world).profile([demand(WELD, "lassen", **members)])
    asked.wallet.keep_documents(asked.person.world.cache)
    asked.query = query_of_profile(parse_function_profile(profile))
    return asked.put(
        asked.verifier.request(
            dcql_query=asked.query.to_json(), verifier_info=verifier_info_of(profile), iat=None, exp=None
        )
    )


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (SKILL_PATH, "skill"),
        (("credentialSubject", "achievement", "alignment", 0, "targetName"), "skill"),
        (("credentialSubject", "result", None, "value"), "result"),
        (("credentialSubject", "result", None, "status"), "passed"),
        (("credentialSubject", "activityEndDate"), "date"),
        (("credentialSubject", "achievement", "criteria", "narrative"), "criteria"),
        (("evidence", None, "name"), "evidence"),
        (("issuer", "id"), "issuer"),
        (("iss",), "issuer"),
        (("credentialSubject", "id"), "person"),
        (("vct",), "other"),
        ((None,), "other"),
    ],
)
def test_an_asked_claim_has_the_word_of_its_part(path, word):
    assert word_of(path) == word


def test_a_path_without_a_word_is_told_without_what_could_mislead():
    assert path_in_words(("a\u202e", None, 3, "b")) == "a / b"


@pytest.mark.parametrize("language", list(Language))
def test_the_page_names_parts_in_words_and_shows_no_path_or_format(renderer, language):
    asked = Asked("dc+sd-jwt", "vc+sd-jwt")
    sets = [{"options": [["a"], ["b"]]}]
    found = asked.ask(welding("dc+sd-jwt", id="a"), welding("vc+sd-jwt", id="b"), sets=sets)
    html = page(renderer, asked, found, language)
    assert {Language.NL: "de vaardigheid lassen", Language.EN: "the skill lassen"}[language] in html
    assert "credentialSubject / achievement" not in html
    options = html.partition('name="option"')[2].partition("</select>")[0]
    assert "sd-jwt" not in options
    assert options.count("(") == 2


def test_a_form_of_which_parts_can_stay_is_told_from_one_that_is_shown_whole(renderer):
    asked = Asked("ldp_vc", "dc+sd-jwt")
    found = asked.ask(welding("dc+sd-jwt", id="a"), welding(id="b"), sets=[{"options": [["a"], ["b"]]}])
    html = page(renderer, asked, found)
    assert "delen kunnen thuis blijven</option>" in html
    assert "alleen in zijn geheel</option>" in html
    assert "niets ervan kan thuis blijven" in page(renderer, asked, found, options=["0 1"])


def test_claims_of_one_kind_and_of_no_kind_are_told_apart_by_their_paths(renderer):
    asked = Asked("dc+sd-jwt")
    claims = [{"path": list(SKILL_PATH)}, {"path": [*SKILL_PATH[:-1], "targetName"]}, {"path": ["vct"]}]
    html = page(renderer, asked, asked.ask(badge(form="dc+sd-jwt", claims=claims)))
    assert "credentialSubject / achievement / alignment / targetName" in html
    assert "een ander gegeven" in html


@pytest.mark.parametrize("form", SELECTIVE)
@pytest.mark.parametrize("skill", [WELD, CUT, READ])
def test_a_result_that_nobody_asked_for_stays_at_home_as_by_way_b(form, skill):
    asked = Asked()
    asked.take(form, results=[PASSED])
    by_claims = asked.ask(badge(form=form, claims=[{"path": list(SKILL_PATH), "values": [skill]}]))
    (leaving,) = asked.consent(by_claims).leaving
    assert VALUE in {part.pointer for part in leaving.staying}
    assert "8" not in {claim.value for claim in leaving.claims}


@pytest.mark.parametrize("form", SELECTIVE)
def test_what_our_verifier_asks_for_a_profile_names_no_result(form):
    asked = Asked()
    asked.take(form, results=[PASSED])
    found = of_profile(asked)
    assert all(each.path == SKILL_PATH for query in asked.query.credentials for each in query.claims)
    (leaving,) = asked.consent(found).leaving
    assert VALUE in {part.pointer for part in leaving.staying}
    assert leaving.fixed == ("passed", "evidence")


@pytest.mark.parametrize("form", SELECTIVE)
def test_a_result_that_its_issuer_did_not_leave_to_the_holder_leaves_and_the_page_says_why(renderer, form):
    """A value without a status says whether it was passed, so no issuer of ours lets it be left out."""
    asked = Asked()
    asked.take(form, results=[BARE], achievement={"alignment": [{"targetUrl": WELD, "targetName": "lassen"}]})
    found = asked.ask(welding(form))
    (leaving,) = asked.consent(found).leaving
    assert (leaving.staying, leaving.fixed) == ((), ("result", "evidence"))
    html = page(renderer, asked, found)
    assert "De uitgever bepaalde dat dit altijd meegaat: het resultaat, het bewijsstuk." in html


class TestShownAgain:
    """Where no unused copy is left, the page says that the credential can be recognised."""

    def again(self, asked, number):
        found = asked.ask(welding("dc+sd-jwt"), nonce=f"a-nonce-of-verifier-{number}")
        (leaving,) = asked.consent(found).leaving
        asked.approve(found)
        return leaving.again

    def test_a_credential_is_used_again_once_it_was_shown_itself(self, renderer):
        asked = Asked("dc+sd-jwt")
        assert [self.again(asked, number) for number in range(2)] == [False, True]
        found = asked.ask(welding("dc+sd-jwt"), nonce="a-nonce-of-another-one")
        sentence = renderer.say("vp-shown-again", Language.NL)
        assert sentence in page(renderer, asked, found)

    def test_while_there_are_copies_none_is_used_again(self):
        asked = Asked("dc+sd-jwt")
        (one,) = kept(asked.wallet)
        for key in new_copy_keys(asked.wallet, 2):
            source = asked.school.sign("dc+sd-jwt", asked.school.unsigned(key.holder.did))
            asked.wallet.save(copy_records(one.id, [(key, source)]))
        assert [self.again(asked, number) for number in range(4)] == [False, False, False, True]

    def test_other_forms_have_no_copies_and_nothing_is_said(self):
        asked = Asked("vc+sd-jwt")
        for number in range(2):
            found = asked.ask(welding("vc+sd-jwt"), nonce=f"a-nonce-of-verifier-{number}")
            assert not asked.consent(found).leaving[0].again
            asked.approve(found)
