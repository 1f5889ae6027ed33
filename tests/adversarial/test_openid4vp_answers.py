"""Attacks on a verifier over OpenID4VP: replay, other people's credentials, other shapes, fixation, withdrawal.

Longer than most: one running service. Every refused answer leaves the request open; the names in brackets are
those of the conformance suite's modules, docs/openid4vp.md says which are which.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from passport.credentials import Form
from passport.encoding import base64url_decode, base64url_encode
from passport.keys import generate_agreement_key
from passport.sd_jwt.disclosable import disclosable_pointers
from passport.sd_jwt.key_binding import sign_key_binding
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
from tests.simulators.parties import Party, status_entry
from tests.simulators.showing import BREAD, TEAM, Story, open_story
from tests.simulators.vp_employer import made_request, report_of, transaction_of

ONE = {
    "credentials": [
        {
            "id": "bread",
            "format": "ldp_vc",
            "meta": {"type_values": [["VerifiableCredential"]]},
            "claims": [
                {
                    "path": ["credentialSubject", "achievement", "alignment", None, "targetUrl"],
                    "values": [BREAD],
                }
            ],
        }
    ]
}


def asking_for(form: str, **more: Any) -> dict[str, Any]:
    meta = {} if form == "dc+sd-jwt" else ONE["credentials"][0]["meta"]
    return {"credentials": [{**ONE["credentials"][0], "format": form, "meta": meta, **more}]}


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    with open_story(tmp_path_factory.mktemp("verifier")) as made:
        yield made


@pytest.fixture(scope="module")
def waiting(story) -> dict[str, Asked]:
    """A request in each mode that every refused answer leaves open."""
    return {mode: ask(story, responseMode=mode)[1] for mode in ("direct_post", "direct_post.jwt")}


def ask(story: Story, query: Any = ONE, **body: Any) -> tuple[dict[str, Any], Asked]:
    made = made_request(story, **({} if query is None else {"dcqlQuery": query}), **body)
    return made, read_link(made["link"])


def state_of(story: Story, made: dict[str, Any]) -> str:
    return str(transaction_of(story, made)["state"])


def refused(response: httpx.Response, code: str, status: int = 400) -> dict[str, Any]:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json().get("details", {})
    return found


def bread(story: Story, asked: Asked, **changed: Any) -> dict[str, Any]:
    return {"bread": [shown_ldp(asked, story.worker, [story.diploma()], **changed)]}


# A24: replay


def test_a24_replay_of_an_answer(story):
    made, asked = ask(story)
    body = form_of(asked, {"vp_token": bread(story, asked)})
    assert send(asked, body).status_code == 200
    refused(send(asked, body), "request_answered", 409)
    assert state_of(story, made) == "answered"


def test_a24_fifty_concurrent_posts_of_one_answer_are_one_report(story):
    made, asked = ask(story)
    body = form_of(asked, {"vp_token": bread(story, asked)})
    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(lambda _: send(asked, body).status_code, range(50)))
    assert sorted(found) == [200, *[409] * 49]
    client = program(story.verifier, story.key)
    reports = [each for each in client.get("/api/reports").json() if each["id"] == made["request"]]
    assert len(reports) == 1


def test_a24_vp_token_replayed_in_another_transaction(story):
    """[invalid-kb-jwt-nonce, replay] The nonce is the other request's; so is the state, unless it is changed."""
    _, first = ask(story)
    made, second = ask(story)
    stolen = bread(story, first)
    assert refused(answer(second, stolen), "not_the_holder")["check"] == "challenge"
    assert state_of(story, made) == "fetched"
    assert answer(second, bread(story, second)).status_code == 200


def test_a24_answer_sent_to_another_response_uri(story):
    (_, first), (_, second) = ask(story), ask(story)
    body = form_of(first, {"vp_token": bread(story, first)})
    refused(send(first, body, to=second.claims["response_uri"]), "decryption_failed")
    (_, first), (_, second) = (ask(story, responseMode="direct_post") for _ in range(2))
    body = form_of(first, {"vp_token": bread(story, first)})
    refused(send(first, body, to=second.claims["response_uri"]), "wrong_state")


@pytest.mark.parametrize("mode", ["direct_post", "direct_post.jwt"])
@pytest.mark.parametrize("state", [None, "", "x" * 22, "swapped"])
def test_a24_swapped_or_missing_state(story, waiting, mode, state):
    asked, (other,) = waiting[mode], [each for name, each in waiting.items() if name != mode]
    said = other.claims["state"] if state == "swapped" else state
    body = form_of(asked, {"vp_token": bread(story, asked), "state": said})
    refused(send(asked, body), "wrong_state")


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("wrong", ["nonce", "audience", "audience without its prefix"])
def test_a24_made_for_another_asking(story, form, wrong):
    """[invalid-kb-jwt-nonce, invalid-kb-jwt-aud]"""
    _, asked = ask(story, asking_for(str(form)))
    sd = form in {Form.VC_SD_JWT, Form.DC_SD_JWT}
    if wrong == "nonce":
        changed = {"nonce" if sd else "challenge": "x" * 22}
    else:
        said = "did:web:other.example" if wrong == "audience" else asked.client_id.partition(":")[2]
        changed = {"audience" if sd else "domain": said}
    details = refused(answer(asked, {"bread": [shown(story, asked, form, **changed)]}), "not_the_holder")
    assert details["check"] == ("challenge" if wrong == "nonce" else "domain")


def shown(story: Story, asked: Asked, form: Form, holder: Party | None = None, **changed: Any) -> Any:
    diploma, who = story.diploma(), holder or story.worker
    if form is Form.LDP_VC:
        return shown_ldp(asked, who, [diploma], **changed)
    token = secured(diploma, form, story.school, story.worker)
    if form is Form.JWT_VC:
        return shown_jwt(asked, who, [token], **changed)
    mine = shown_sd_jwt(asked, story.worker, token, disclosable_pointers(diploma), **changed)
    return mine if holder is None else bound_by(holder, mine, asked)


def bound_by(holder: Party, mine: str, asked: Asked) -> str:
    """The same, with a key binding by somebody else."""
    told = f"{mine.rpartition('~')[0]}~"
    terms = {"nonce": asked.nonce, "audience": asked.client_id, "now": datetime.now(UTC)}
    return told + sign_key_binding(told, algorithm="sha-256", holder=holder.signer, **terms)


@pytest.mark.parametrize("minutes", [-7, 5])
def test_a24_key_binding_that_was_not_made_now(story, minutes):
    """[kb-jwt-iat-in-past, kb-jwt-iat-in-future]"""
    _, asked = ask(story, asking_for("dc+sd-jwt"))
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    refused(answer(asked, {"bread": [shown(story, asked, Form.DC_SD_JWT, now=at)]}), "not_the_holder")


def test_a24_key_binding_over_other_disclosures(story):
    """[invalid-sd-hash] A disclosure taken away behind the holder's back."""
    _, asked = ask(story, asking_for("dc+sd-jwt"))
    parts = shown(story, asked, Form.DC_SD_JWT).split("~")
    refused(answer(asked, {"bread": ["~".join([parts[0], *parts[2:]])]}), "not_the_holder")


# A25: holder binding


@pytest.mark.parametrize("form", list(Form))
def test_a25_stolen_credential_without_its_key(story, form):
    """[invalid-kb-jwt-signature]"""
    made, asked = ask(story, asking_for(str(form)))
    stolen = shown(story, asked, form, holder=story.stranger)
    details = refused(answer(asked, {"bread": [stolen]}), "not_the_holder")
    assert details["check"] in {"holder_binding", "proof_holds", "holder_key"}
    assert state_of(story, made) == "fetched"


@pytest.mark.parametrize("form", [Form.VC_SD_JWT, Form.DC_SD_JWT])
def test_a25_no_key_binding_at_all(story, form):
    """[no-key-binding-jwt]"""
    _, asked = ask(story, asking_for(str(form)))
    bare = secured(story.diploma(), form, story.school, story.worker).decode()
    refused(answer(asked, {"bread": [bare]}), "not_the_holder")


def test_a25_bare_credential_without_a_presentation(story):
    _, asked = ask(story)
    refused(answer(asked, {"bread": [story.diploma()]}), "not_the_holder")


def test_a25_signed_by_nobody_and_by_somebody_else(story):
    _, asked = ask(story)
    whole = shown_ldp(asked, story.worker, [story.diploma()])
    bare = {name: value for name, value in whole.items() if name != "proof"}
    refused(answer(asked, {"bread": [bare]}), "not_the_holder")
    refused(answer(asked, {"bread": [{**whole, "holder": story.stranger.did}]}), "not_the_holder")


def test_a25_two_holders_never_add_up(story):
    """Each shows their own and signs it: two people, one answer, or one person with two keys."""
    team = story.boss.issue(story.stranger, {TEAM: "work in teams"}, genres=["work-record"])
    for own, met in (([], "cannot-tell"), ([story.reference()], "yes")):
        made, asked = ask(story, None)
        token = {
            "skill1-ldp": [shown_ldp(asked, story.worker, [story.diploma()])],
            "skill2-ldp": [
                shown_ldp(asked, story.stranger, [team]),
                *(shown_ldp(asked, story.worker, [each]) for each in own),
            ],
        }
        assert answer(asked, token).status_code == 200
        found = program(story.verifier, story.key).get(f"/api/openid4vp/{made['id']}/result").json()
        assert (found["verdict"], found["met"]) == ("genuine", met)
        assert [each["answer"] for each in found["demands"]] == ["yes", met]
        [one_holder] = [each for each in found["checks"] if each["code"] == "one_holder"]
        assert (one_holder["answer"], one_holder["reason"]["code"]) == ("cannot-tell", "several_holders")
        [reason, *_] = found["demands"][1]["reasons"]
        assert ("another key" in reason["sentence"]) is (met == "cannot-tell")


def test_a25_two_holders_of_whom_one_shows_what_is_not_theirs(story):
    _, asked = ask(story, asking_for("ldp_vc", multiple=True))
    stolen = shown_ldp(asked, story.stranger, [story.diploma()])
    right = shown_ldp(asked, story.worker, [story.diploma()])
    assert refused(answer(asked, {"bread": [right, stolen]}), "not_the_holder")["check"] == "holder_binding"


def test_a25_one_credential_of_another_person_in_ones_own_presentation(story):
    _, asked = ask(story, asking_for("ldp_vc", multiple=True))
    theirs = story.school.issue(story.stranger, {BREAD: "bake bread"})
    mixed = shown_ldp(asked, story.worker, [story.diploma(), theirs])
    assert refused(answer(asked, {"bread": [mixed]}), "not_the_holder")["check"] == "holder_binding"


# A26: shapes


def test_a26_nothing_unasked_is_taken_silently(story):
    made, asked = ask(story)
    right = shown_ldp(asked, story.worker, [story.diploma()])
    other = shown_ldp(asked, story.worker, [story.reference()])
    beside = shown_ldp(asked, story.worker, [story.diploma(), story.reference()])
    for token in (
        {"bread": [right], "team": [other]},
        {"bread": [right, other]},
        {"bread": [other]},
        {"bread": [beside]},
        {"bread": [right, right]},
        {"team": [right]},
        {"bread": [shown_jwt(asked, story.worker, [secured(story.diploma(), Form.JWT_VC, story.school, story.worker)])]},
    ):  # fmt: skip
        details = refused(answer(asked, token), "not_the_holder")
        assert (details["check"], details["reason"]) == ("as_asked", "not_what_was_asked")
    assert state_of(story, made) == "fetched"


def test_a26_query_that_is_not_satisfied(story):
    """Of two uses that are required one is answered; of one that is optional none need be."""
    two = {
        "credentials": [
            {**ONE["credentials"][0], "id": name, "claims": [{**ONE["credentials"][0]["claims"][0], "values": [skill]}]}
            for name, skill in (("bread", BREAD), ("team", TEAM))
        ]
    }  # fmt: skip
    _, asked = ask(story, two)
    details = refused(answer(asked, bread(story, asked)), "not_the_holder")
    assert details["reason"] == "not_what_was_asked"
    sets = [{"options": [["bread"]]}, {"options": [["team"]], "required": False}]
    _, asked = ask(story, {**two, "credential_sets": sets})
    assert answer(asked, bread(story, asked)).status_code == 200


def test_a26_claim_that_was_asked_and_is_not_shown(story):
    _, asked = ask(story, asking_for("dc+sd-jwt"))
    token = secured(story.diploma(), Form.DC_SD_JWT, story.school, story.worker)
    hidden = shown_sd_jwt(asked, story.worker, token, [])
    assert refused(answer(asked, {"bread": [hidden]}), "not_the_holder")["reason"] == "not_what_was_asked"


def test_a26_credential_of_another_type_than_the_one_asked(story):
    _, asked = ask(
        story, {"credentials": [{"id": "bread", "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:x"]}}]}
    )
    token = shown(story, asked, Form.DC_SD_JWT)
    assert refused(answer(asked, {"bread": [token]}), "not_the_holder")["reason"] == "not_what_was_asked"


@pytest.mark.parametrize(
    "token",
    [
        {}, [], "x", None, 1, {"bread": []}, {"bread": {}}, {"bread": "eyJ.eyJ.x"}, {"bread": [None]},
        {"bread": [[]]}, {"bread": [""]}, {"bread": ["{}"]}, {"bread": ["é"]}, {"bread": [1]},
        {"bread": ["a.b.c"] * 49}, {f"q{number}": ["a.b.c"] for number in range(49)},
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", ["direct_post", "direct_post.jwt"])
def test_a26_vp_token_of_another_shape(waiting, token, mode):
    asked = waiting[mode]
    refused(answer(asked, token), "malformed_vp_response")


@pytest.mark.parametrize(
    "junk", [{}, {"type": "VerifiablePresentation"}, "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "a~b"]
)
def test_a26_presentation_that_is_none(waiting, junk):
    asked = waiting["direct_post.jwt"]
    refused(answer(asked, {"bread": [junk]}), "not_the_holder")


def test_a26_seventeen_presentations(waiting):
    details = refused(answer(waiting["direct_post"], {"bread": ["a.b.c"] * 17}), "not_the_holder")
    assert details["reason"] == "malformed_vp_response"


def test_a26_seventeen_credentials_in_one_presentation(story):
    _, asked = ask(story, asking_for("ldp_vc", multiple=True))
    many = [story.diploma() for _ in range(17)]
    refused(answer(asked, {"bread": [shown_ldp(asked, story.worker, many)]}), "not_the_holder")


@pytest.mark.parametrize("tampered", ["proof", "subject"])
def test_a26_tampered_credential_is_no_answer(story, tampered):
    """[invalid-credential-signature] The holder is who they say; what they show is not (section 8.6)."""
    made, asked = ask(story)
    diploma = json.loads(json.dumps(story.diploma()))
    if tampered == "proof":
        diploma["proof"]["proofValue"] = story.diploma()["proof"]["proofValue"]
    else:
        diploma["credentialSubject"]["achievement"]["name"] = "Doctor"
    token = {"bread": [shown_ldp(asked, story.worker, [diploma])]}
    assert refused(answer(asked, token), "not_the_holder")["check"] == "credentials_genuine"
    assert state_of(story, made) == "fetched"


# How it is written and encrypted


def test_unencrypted_answer_where_encryption_was_asked(story):
    made, asked = ask(story)
    refused(answer(asked, bread(story, asked), encrypted=False), "response_not_encrypted")
    assert state_of(story, made) == "fetched"


def test_encrypted_answer_where_none_was_asked(story):
    _, other = ask(story)
    _, asked = ask(story, responseMode="direct_post")
    key = other.claims["client_metadata"]["jwks"]["keys"][0]
    refused(
        answer(asked, bread(story, asked), encrypted=True, key=key, enc="A128GCM"),
        "response_encrypted_unasked",
    )


def test_answer_encrypted_for_another_key(story):
    _, asked = ask(story)
    stranger = generate_agreement_key().public_key.to_jwk()
    own = asked.claims["client_metadata"]["jwks"]["keys"][0]
    refused(answer(asked, bread(story, asked), key={**stranger, "kid": own["kid"]}), "decryption_failed")
    refused(answer(asked, bread(story, asked), key={**own, "kid": "another"}), "response_for_another_key")
    nameless = {name: value for name, value in own.items() if name != "kid"}
    refused(answer(asked, bread(story, asked), key=nameless), "response_for_another_key")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"alg": "none"}, "encryption_refused"),
        ({"alg": "dir"}, "encryption_refused"),
        ({"alg": "RSA-OAEP-256"}, "encryption_refused"),
        ({"enc": "A128CBC-HS256"}, "encryption_refused"),
        ({"zip": "DEF"}, "encryption_refused"),
        ({"epk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}, "malformed_key"),
        ({"crit": ["exp"]}, "critical_header"),
    ],
)
def test_answer_encrypted_in_another_way(story, waiting, changed, code):
    asked = waiting["direct_post.jwt"]
    token = form_of(asked, {"vp_token": bread(story, asked)}).partition("=")[2]
    header, rest = token.split(".", 1)
    header = base64url_encode(json.dumps({**json.loads(base64url_decode(header)), **changed}).encode())
    refused(send(asked, f"response={header}.{rest}"), code)


def test_parameters_that_stand_twice_or_contradict(story):
    _, asked = ask(story, responseMode="direct_post")
    right = form_of(asked, {"vp_token": bread(story, asked)})
    for body in (
        f"{right}&{right}",
        f"{right}&state={asked.claims['state']}",
        f"{right}&error=access_denied",
        f"state={asked.claims['state']}",
        f"{right}&broken=%FF",
        "\u00e9".encode() + right.encode(),
        f"{right}{'&x=1' * 20}",
    ):
        refused(send(asked, body), "malformed_vp_response")
    assert send(asked, f"{right}&iss=https%3A%2F%2Fwallet.example").status_code == 200


def test_duplicate_keys_in_the_vp_token_or_what_was_decrypted(story):
    _, asked = ask(story, responseMode="direct_post")
    one = json.dumps(shown_ldp(asked, story.worker, [story.diploma()]))
    twice = f'{{"bread":[{one}],"bread":[{one}]}}'
    body = httpx.QueryParams({"vp_token": twice, "state": asked.claims["state"]})
    refused(send(asked, str(body)), "malformed_vp_response")


@pytest.mark.parametrize("path", ["response", "request"])
def test_oversized_and_mistyped_bodies(story, path):
    _, asked = ask(story)
    where = asked.claims["response_uri"].replace("/response", f"/{path}")
    with suppress(httpx.ReadError, httpx.WriteError):  # hung up on before it was all sent: refused as well
        assert send(asked, "x" * (3 * 1_048_576 + 70_000), to=where).status_code == 413
    typed = HTTP.post(where, content=b"{}", headers={"Content-Type": "application/json"})
    assert typed.status_code == 415


def test_oversized_presentation(story):
    _, asked = ask(story, responseMode="direct_post")
    refused(answer(asked, {"bread": ["a." * 140_000]}), "json_too_large", 413)


# A28: fixation and other people's transactions


def test_a28_another_employers_transaction_is_not_there(story):
    made, _ = ask(story)
    bootstrap = (story.folder / "bootstrap.secret").read_text().strip()
    other = HTTP.post(
        f"{story.verifier}/api/employers",
        json={"slug": "andere", "name": "Andere"},
        headers={"Authorization": f"Bearer {bootstrap}"},
    ).json()["apiKey"]
    for method, path in (("GET", ""), ("GET", "/result"), ("POST", "/collect")):
        found = HTTP.request(
            method,
            f"{story.verifier}/api/openid4vp/{made['id']}{path}",
            headers={"Authorization": f"Bearer {other}"},
            json={"responseCode": "x"} if method == "POST" else None,
        )
        refused(found, "no_such_transaction", 404)
    assert HTTP.get(f"{story.verifier}/api/openid4vp/{made['id']}").status_code == 401


@pytest.mark.parametrize("name", ["x", "x" * 22, "x" * 300, "..%2F", "%00", "\u00e9"])
def test_a28_guessed_transaction(story, name):
    assert HTTP.get(f"{story.verifier}/openid4vp/{name}/request").status_code in {400, 404}
    found = HTTP.post(f"{story.verifier}/openid4vp/{name}/response", data={"state": "x", "vp_token": "{}"})
    assert found.status_code in {400, 404}


def test_a28_ids_have_128_bits(story):
    made, asked = ask(story)
    for each in (made["id"], asked.nonce, asked.claims["state"]):
        assert len(base64url_decode(each)) >= 16


def test_a28_session_fixation_needs_the_code_and_shows_nothing_before(story):
    """The attacker begins in their own browser and has the victim answer: without the code there is nothing."""
    made, asked = ask(story, redirectUri="https://shop.example/done")
    code = answer(asked, bread(story, asked)).json()["redirect_uri"].partition("response_code=")[2]
    client = program(story.verifier, story.key)
    assert client.get(f"/api/openid4vp/{made['id']}/result").status_code == 404
    assert made["request"] not in {each["id"] for each in client.get("/api/reports").json()}
    shown_state = client.get(f"/api/openid4vp/{made['id']}").text
    assert code not in shown_state
    assert "bake" not in shown_state


def test_a28_fifty_concurrent_collections_are_one(story):
    made, asked = ask(story, redirectUri="https://shop.example/done")
    code = answer(asked, bread(story, asked)).json()["redirect_uri"].partition("response_code=")[2]

    def collect(_: int) -> int:
        client = program(story.verifier, story.key)
        return client.post(f"/api/openid4vp/{made['id']}/collect", json={"responseCode": code}).status_code

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(collect, range(20)))
    assert found.count(200) == 1
    assert set(found) <= {200, 403, 409}


def test_a28_return_address_that_no_browser_should_be_sent_to(story):
    for address in ("http://shop.example/", "javascript:alert(1)", "https://a@shop.example/", "//shop.example", "https://shop.example/#x"):  # fmt: skip
        client = program(story.verifier, story.key)
        made = client.post("/api/openid4vp", json={"profile": "baker", "redirectUri": address})
        assert made.status_code == 400, (address, made.text)


def test_a27_request_is_read_a_few_times_and_not_after_its_answer(story):
    made, asked = ask(story)
    address = link_parameters(made["link"])["request_uri"]
    found = [HTTP.get(address).status_code for _ in range(8)]
    assert found == [200] * 7 + [403]
    assert answer(asked, bread(story, asked)).status_code == 200
    refused(HTTP.get(address), "request_answered", 409)


@pytest.mark.parametrize("body", ["wallet_nonce=", "wallet_nonce=a&wallet_nonce=b", f"wallet_nonce={'x' * 513}", "wallet_nonce=%0A", "wallet_nonce=%FF"])  # fmt: skip
def test_a27_wallet_nonce_of_another_form(story, body):
    made, asked = ask(story)
    refused(send(asked, body, to=link_parameters(made["link"])["request_uri"]), "malformed_vp_response")


# A32, A33: withdrawal


def test_a_credential_without_a_status_is_taken_as_its_issuer_made_it(story):
    """[present-credential-without-status] Nothing says that it can be withdrawn, so nothing says that it was."""
    made, asked = ask(story)
    badge = story.school.issue(
        story.worker, {BREAD: "bake bread"}, genres=["examination"], cryptosuite="eddsa-rdfc-2022"
    )
    assert "credentialStatus" not in badge
    assert answer(asked, {"bread": [shown_ldp(asked, story.worker, [badge])]}).status_code == 200
    assert report_of(story, made)["verdict"] == "genuine"


def test_a33_withdrawn_credential_is_told_so(story):
    """[status-list-revoked]"""
    made, asked = ask(story)
    story.publish(revoked=(7,))
    try:
        assert answer(asked, bread(story, asked)).status_code == 200
    finally:
        story.publish()
    report = report_of(story, made)
    assert (report["verdict"], report["met"]) == ("withdrawn", "no")


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a33_each_of_three_statuses_is_looked_up(story, which):
    made, asked = ask(story)
    many = story.school.issue(
        story.worker,
        {BREAD: "bake bread"},
        genres=["examination"],
        status=[status_entry(story.status_url, 20 + number) for number in range(3)],
    )
    story.publish(revoked=(20 + which,))
    try:
        assert answer(asked, {"bread": [shown_ldp(asked, story.worker, [many])]}).status_code == 200
    finally:
        story.publish()
    assert report_of(story, made)["verdict"] == "withdrawn"


def test_a32_status_list_of_another_issuer_or_out_of_reach_is_never_good(story):
    for listed in ("status/other", "status/missing"):
        address = story.status_url.replace("status/1", listed)
        if listed == "status/other":
            story.site.documents[listed] = story.stranger.status_list(address, at=datetime.now(UTC)).body
        made, asked = ask(story)
        badge = story.school.issue(story.worker, {BREAD: "bake bread"}, status=[status_entry(address, 3)])
        assert answer(asked, {"bread": [shown_ldp(asked, story.worker, [badge])]}).status_code == 200
        report = report_of(story, made)
        assert report["verdict"] in {"standing-unknown", "cannot-tell"}
        assert report["met"] != "yes"
