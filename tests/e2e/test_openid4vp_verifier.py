"""An employer asks other wallets over OpenID4VP, over real HTTP: every form, every state, one report.

Longer than most: one running service.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from passport.credentials import Form
from passport.jose import jws
from passport.keys import PublicKey
from passport.openid4vp.profile_reference import profile_in
from passport.sd_jwt.disclosable import disclosable_pointers
from tests.simulators.markup import without_our_script
from tests.simulators.openid4vp_wallet import (
    HTTP,
    Asked,
    answer,
    form_of,
    link_parameters,
    program,
    read_link,
    secured,
    send,
    shown_jwt,
    shown_ldp,
    shown_sd_jwt,
)
from tests.simulators.parties import Party
from tests.simulators.showing import BREAD, TEAM, Story, open_story
from tests.simulators.vp_employer import made_request, report_of, transaction_of

BREAD_POINTER = "/credentialSubject/achievement/alignment/0"


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    with open_story(tmp_path_factory.mktemp("verifier")) as made:
        yield made


def both_in_json(story: Story, asked: Asked) -> dict[str, list[Any]]:
    return {
        "skill1-ldp": [shown_ldp(asked, story.worker, [story.diploma()])],
        "skill2-ldp": [shown_ldp(asked, story.worker, [story.reference()])],
    }


def both_as_jwt(story: Story, asked: Asked) -> dict[str, list[Any]]:
    tokens = [
        secured(story.diploma(), Form.JWT_VC, story.school, story.worker),
        secured(story.reference(), Form.JWT_VC, story.boss, story.worker),
    ]
    return {
        f"skill{number}-jwt": [shown_jwt(asked, story.worker, [token])]
        for number, token in enumerate(tokens, 1)
    }


def as_sd_jwt(form: Form, short: str):
    def made(story: Story, asked: Asked) -> dict[str, list[Any]]:
        shown = {}
        documents = ((story.diploma(), story.school), (story.reference(), story.boss))
        for number, (document, issuer) in enumerate(documents, 1):
            token = secured(document, form, issuer, story.worker)
            pointers = [each for each in disclosable_pointers(document) if "/alignment/" in each]
            shown[f"skill{number}-{short}"] = [shown_sd_jwt(asked, story.worker, token, pointers)]
        return shown

    return made


@pytest.mark.parametrize("mode", ["direct_post", "direct_post.jwt"])
@pytest.mark.parametrize(
    "shown",
    [both_in_json, both_as_jwt, as_sd_jwt(Form.VC_SD_JWT, "vcsd"), as_sd_jwt(Form.DC_SD_JWT, "dcsd")],
    ids=["ldp_vc", "jwt_vc_json", "vc+sd-jwt", "dc+sd-jwt"],
)
def test_every_form_gives_the_report_of_way_b(story, shown, mode):
    made = made_request(story, responseMode=mode)
    asked = read_link(made["link"])
    answered = answer(asked, shown(story, asked))
    assert (answered.status_code, answered.json()) == (200, {}), answered.text
    assert transaction_of(story, made)["state"] == "answered"
    report = report_of(story, made)
    assert (report["way"], report["verdict"], report["met"]) == ("C", "genuine", "yes"), report
    assert [(each["label"], each["strength"]) for each in report["demands"]] == [
        ("bake bread", "hard"),
        ("work in teams", "semi-hard"),
    ]
    assert all(each["answer"] == "yes" and each["about"] for each in report["checks"])


@pytest.mark.parametrize("enc", ["A128GCM", "A256GCM"])
def test_both_offered_encryptions_are_read(story, enc):
    asked = read_link(made_request(story)["link"])
    assert asked.claims["client_metadata"]["encrypted_response_enc_values_supported"] == [
        "A128GCM",
        "A256GCM",
    ]
    assert answer(asked, both_in_json(story, asked), enc=enc).status_code == 200


def test_the_request_object_is_signed_by_the_employers_did(story):
    made = made_request(story)
    asked = read_link(made["link"], wallet_nonce="a-nonce-of-the-wallet")
    assert asked.header["typ"] == "oauth-authz-req+jwt"
    did = asked.client_id.removeprefix("decentralized_identifier:")
    assert asked.header["kid"] == f"{did}#key-1"
    assert asked.claims["aud"] == "https://self-issued.me/v2"
    assert asked.claims["wallet_nonce"] == "a-nonce-of-the-wallet"
    assert asked.claims["exp"] - asked.claims["iat"] <= 300
    [method] = HTTP.get(f"{story.verifier}/e/ster/did.json").json()["verificationMethod"]
    again = HTTP.get(link_parameters(made["link"])["request_uri"]).text
    jws.verify(jws.parse(again), PublicKey.from_multikey(method["publicKeyMultibase"]))


def test_the_profile_travels_with_the_query_that_it_became_and_with_no_other(story):
    asked = read_link(made_request(story)["link"])
    profile = profile_in(asked.claims)
    assert profile is not None
    assert [each["skill"] for each in profile["demands"]] == [BREAD, TEAM]
    assert profile_in(read_link(made_request(story, dcqlQuery=LICENCE)["link"]).claims) is None


def test_every_request_has_its_own_nonce_state_and_key(story):
    asked = [read_link(made_request(story)["link"]) for _ in range(2)]
    for of in (
        lambda each: each.nonce,
        lambda each: each.claims["state"],
        lambda each: each.claims["response_uri"],
        lambda each: each.claims["client_metadata"]["jwks"]["keys"][0]["x"],
    ):
        first, second = map(of, asked)
        assert first != second
        assert len(first) >= 22  # 128 bits in base64url


def test_a_request_by_redirect_uri_is_unsigned_and_all_in_the_link(story):
    made = made_request(story, clientIdPrefix="redirect_uri", responseMode="direct_post")
    asked = read_link(made["link"])
    assert asked.client_id == f"redirect_uri:{asked.claims['response_uri']}"
    assert HTTP.get(made["requestUri"]).status_code == 404
    assert answer(asked, both_in_json(story, asked)).status_code == 200
    assert report_of(story, made)["verdict"] == "genuine"


@pytest.mark.parametrize("prefix", ["x509_hash", "x509_san_dns"])
def test_a_service_without_a_certificate_asks_with_none(story, prefix):
    client = program(story.verifier, story.key)
    found = client.post("/api/openid4vp", json={"profile": "baker", "clientIdPrefix": prefix})
    assert (found.status_code, found.json()["code"]) == (409, "no_certificate")


def test_the_states_of_a_transaction_as_a_program_sees_them(story):
    made = made_request(story)
    assert made["state"] == "created"
    asked = read_link(made["link"])
    assert transaction_of(story, made)["state"] == "fetched"
    client = program(story.verifier, story.key)
    assert client.get(f"/api/openid4vp/{made['id']}/result").status_code == 404
    answer(asked, both_in_json(story, asked))
    assert transaction_of(story, made) == {
        "id": made["id"], "state": "answered", "request": made["request"], "report": made["request"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("access_denied", "access_denied"),
        ("vp_formats_not_supported", "vp_formats_not_supported"),
        ("wallet_unavailable", "wallet_unavailable"),
        ("<script>", "other"),
    ],
)
@pytest.mark.parametrize("encrypted", [False, True])
def test_a_wallet_that_says_no_is_believed_and_its_own_words_are_not_kept(story, error, told, encrypted):
    made = made_request(story)
    asked = read_link(made["link"])
    body = form_of(asked, {"error": error, "error_description": "<b>no</b>"}, encrypted=encrypted)
    assert send(asked, body).status_code == 200
    state = transaction_of(story, made)
    assert (state["state"], state["error"]) == ("refused", told)
    assert "<b>" not in str(state)
    late = answer(asked, both_in_json(story, asked))
    assert (late.status_code, late.json()["code"]) == (409, "transaction_refused")


def test_one_answer_closes_every_way_of_a_request(story):
    made = made_request(story)
    asked = read_link(made["link"])
    client = program(story.verifier, story.key)
    question = client.get(f"/api/requests/{made['request']}").json()
    way_b = HTTP.post(
        question["responseUri"],
        content=story.answer(question["request"], [story.diploma()]),
        headers={"Content-Type": "application/vp"},
    )
    assert way_b.status_code == 200
    late = answer(asked, both_in_json(story, asked))
    assert (late.status_code, late.json()["code"]) == (409, "request_answered")
    assert report_of(story, made)["way"] == "B"


def test_a_profile_with_a_level_and_strength_is_decided_by_the_policy_not_by_the_query(story):
    """DCQL can't say "hard": somebody's own word meets the query, and not the profile."""
    asked_before = made_request(story)
    asked = read_link(asked_before["link"])
    own = story.worker.issue(story.worker, {BREAD: "bake bread"})
    team = story.reference()
    shown = {
        "skill1-ldp": [shown_ldp(asked, story.worker, [own])],
        "skill2-ldp": [shown_ldp(asked, story.worker, [team])],
    }
    assert answer(asked, shown).status_code == 200
    report = report_of(story, asked_before)
    assert report["met"] == "no"
    assert [each["answer"] for each in report["demands"]] == ["no", "yes"]


def test_the_same_device_collects_the_answer_once_with_its_code(story):
    made = made_request(story, redirectUri="https://shop.example/done?order=1")
    asked = read_link(made["link"])
    answered = answer(asked, both_in_json(story, asked))
    address, _, code = answered.json()["redirect_uri"].partition("&response_code=")
    assert address == "https://shop.example/done?order=1"
    assert len(code) >= 22
    assert transaction_of(story, made)["state"] == "received"
    client = program(story.verifier, story.key)
    assert client.get(f"/api/openid4vp/{made['id']}/result").status_code == 404
    wrong = client.post(f"/api/openid4vp/{made['id']}/collect", json={"responseCode": "x" * 22})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_response_code")
    right = client.post(f"/api/openid4vp/{made['id']}/collect", json={"responseCode": code})
    assert (right.status_code, right.json()["verdict"]) == (200, "genuine"), right.text
    again = client.post(f"/api/openid4vp/{made['id']}/collect", json={"responseCode": code})
    assert (again.status_code, again.json()["code"]) == (403, "wrong_response_code")
    assert report_of(story, made)["met"] == "yes"


LICENCE = {
    "credentials": [
        {
            "id": "licence",
            "format": "dc+sd-jwt",
            "meta": {"vct_values": ["https://registry.example/licence"]},
            "claims": [{"path": ["category"]}],
        }
    ]
}


def licence(issuer: Party, holder: Party, **claims: Any) -> bytes:
    from passport.sd_jwt.issue import issue

    return issue(
        {"iss": issuer.did, "vct": "https://registry.example/licence", "category": "forklift", **claims},
        disclosable=["/category"],
        signer=issuer.signer,
        header={"typ": "dc+sd-jwt", "kid": issuer.method},
        holder_key=holder.signer.public_key,
    ).encode()


def test_an_sd_jwt_vc_that_is_no_badge_is_told_as_what_it_is(story):
    made = made_request(story, dcqlQuery=LICENCE)
    asked = read_link(made["link"])
    token = shown_sd_jwt(asked, story.worker, licence(story.boss, story.worker), ["/category"])
    assert answer(asked, {"licence": [token]}).status_code == 200
    report = report_of(story, made)
    [other] = report["others"]
    assert (report["verdict"], report["met"], report["skills"]) == ("unrecognised", "no", [])
    assert (other["issuer"], other["genuine"], other["standing"]) == (story.boss.did, "yes", "yes")
    assert other["claims"] == [{"name": "category", "value": "forklift"}]


def test_a52_what_a_foreign_credential_says_is_text_on_the_page(story):
    made = made_request(story, dcqlQuery=LICENCE)
    asked = read_link(made["link"])
    named = {"<img src=x onerror=alert(1)>": "<script>alert(1)</script>", "more": {"a.b": ["$where", 1]}}
    token = licence(story.boss, story.worker, **named)
    assert (
        answer(asked, {"licence": [shown_sd_jwt(asked, story.worker, token, ["/category"])]}).status_code
        == 200
    )
    with httpx.Client(base_url=story.verifier, headers={"Origin": story.verifier}) as browser:
        browser.post("/sign-in", data={"key": story.key})
        page = browser.get(f"/reports/{made['request']}", headers={"Accept": "text/html"}).text
    assert "&lt;script&gt;" in page
    assert "<script" not in without_our_script(page)
    assert "<img src=x" not in page


def test_an_sd_jwt_vc_by_nobody_we_can_look_up_is_not_called_genuine(story):
    made = made_request(story, dcqlQuery=LICENCE)
    asked = read_link(made["link"])
    foreign = licence(story.boss, story.worker, iss="https://registry.example")
    token = shown_sd_jwt(asked, story.worker, foreign, ["/category"])
    assert answer(asked, {"licence": [token]}).status_code == 200
    report = report_of(story, made)
    assert (report["verdict"], report["others"][0]["claims"]) == ("cannot-tell", [])


def test_team_and_bread_may_come_in_one_presentation_of_several(story):
    made = made_request(story)
    asked = read_link(made["link"])
    second = story.school.issue(
        story.worker, {BREAD: "bake bread", TEAM: "work in teams"}, genres=["examination"]
    )
    shown = {
        "skill1-ldp": [
            shown_ldp(asked, story.worker, [story.diploma()]),
            shown_ldp(asked, story.worker, [second]),
        ],
        "skill2-ldp": [shown_ldp(asked, story.worker, [second])],
    }
    answered = answer(asked, shown)
    assert answered.status_code == 200, answered.text
    assert report_of(story, made)["met"] == "yes"
