"""A program that drives the wallet is told all that the page says, in the same words."""

import json

import pytest

from passport.openid4vp.from_profile import SKILL_PATH
from passport.texts import Language
from tests.simulators.forms import WELD
from tests.simulators.vp_answering import Asked, badge, welding
from wallet.core.openid4vp_plan import read_choices
from wallet.core.openid4vp_summary import vp_consent_json
from wallet.core.openid4vp_words import word_of
from wallet.views.openid4vp import vp_consent
from wallet.views.rendering import Renderer

BARE = {"value": "8"}
ONLY_WELDING = {"alignment": [{"targetUrl": WELD, "targetName": "lassen"}]}


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="")


@pytest.fixture(params=list(Language), ids=str)
def both(renderer, request):
    """The page of a request and what a program is told of it, in one language."""

    def said(asked, found, **choices):
        chosen, consent = read_choices(**choices), asked.consent(found, **choices)
        html = vp_consent(renderer, request.param, asked.wallet, consent, chosen).html
        told = vp_consent_json(consent, lambda reason: renderer.reason(reason, request.param))
        assert json.loads(json.dumps(told)) == told
        return html, told, lambda key: renderer.say(key, request.param)

    return said


def test_what_always_leaves_is_said_with_the_words_of_the_page(both):
    asked = Asked()
    asked.take("dc+sd-jwt", results=[BARE], achievement=ONLY_WELDING)
    html, told, say = both(asked, asked.ask(welding("dc+sd-jwt")))
    [leaving] = told["asked"][0]["leaving"]
    assert [each["part"] for each in leaving["fixed"]] == ["result", "evidence"]
    assert leaving["showsParts"]
    assert f"{say('vp-leaves-always')} {', '.join(each['says'] for each in leaving['fixed'])}." in html


def test_a_credential_that_is_known_again_is_told(both):
    asked = Asked("dc+sd-jwt")
    for number in range(2):
        found = asked.ask(welding("dc+sd-jwt"), nonce=f"a-nonce-of-verifier-{number}")
        html, told, say = both(asked, found)
        [leaving] = told["asked"][0]["leaving"]
        assert leaving["again"] is (number > 0) is (say("vp-shown-again") in html)
        asked.approve(found)


def test_what_is_asked_has_the_word_of_its_part_and_leaving_has_a_name(both):
    asked = Asked("dc+sd-jwt")
    claims = [{"path": list(SKILL_PATH), "values": [WELD]}, {"path": ["vct"]}]
    html, told, say = both(asked, asked.ask(badge(form="dc+sd-jwt", claims=claims)))
    [query] = told["asked"]
    assert [each["part"] for each in query["claims"]] == [word_of(SKILL_PATH), "other"]
    assert [each["says"] for each in query["claims"]] == [say("vp-part-skill"), say("vp-part-other")]
    assert all(each["says"] in html for each in query["claims"])
    [leaving], [other] = query["leaving"], query["alternatives"]
    assert leaving["name"] == other["name"]
    assert f"<h3>{leaving['name']}</h3>" in html
    assert leaving["issuer"] == asked.school.did


def test_a_form_that_is_shown_whole_is_told_before_it_is_chosen(both):
    asked = Asked("ldp_vc", "dc+sd-jwt")
    html, told, say = both(asked, asked.ask(welding("dc+sd-jwt", id="a"), welding(id="b")))
    parts = {each["query"]: each["alternatives"][0]["showsParts"] for each in told["asked"]}
    assert parts == {"a": True, "b": False}
    assert say("vp-leaves-whole") in html
