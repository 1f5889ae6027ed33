"""A29: what an asker could read stands on the page before the yes, also what has no name of its own in this wallet."""

import json

import pytest

from passport.sd_jwt import parse, processed
from passport.sd_jwt.digital_credential import badge_claims
from passport.sd_jwt.issue import issue
from tests.simulators.vp_answering import FORMAT, Asked
from wallet.core.accept import examine, keep
from wallet.core.claims import claims_of
from wallet.core.shelf import kept

LEVEL, SCALE = (f"urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b1{number}" for number in (2, 3))
SECRETS = {
    "a mail address": "learner@school.example",
    "a story": "Begon opnieuw na een lange ziekte.",
    "study points": "42.5",
    "the level that was reached": "Met moeite",
    "who assessed, by mail": "assessor@school.example",
    "where the evidence is": "https://school.example/files/of-this-learner",
    "how it ended": "Withdrew",
    "a picture": "data:image/png",
}


def badge(asked):
    found = asked.school.unsigned(
        asked.wallet.did,
        results=[{"value": "8", "status": "Withdrew", "achievedLevel": LEVEL, "resultDescription": SCALE}],
        source={"id": "https://school.example/a", "name": "Assessor", "email": SECRETS["who assessed, by mail"]},
        evidence=[{"id": SECRETS["where the evidence is"], "name": "Proefstuk"}],
    )  # fmt: skip
    level = {"id": LEVEL, "type": ["RubricCriterionLevel"], "name": SECRETS["the level that was reached"]}
    subject = found["credentialSubject"]
    subject["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": SECRETS["a mail address"],
            "identityType": "emailAddress",
        }
    ]
    subject["narrative"] = SECRETS["a story"]
    subject["creditsEarned"] = 42.5
    subject["image"] = {
        "id": "https://school.example/p",
        "type": "Image",
        "caption": "data:image/png;base64,x",
    }
    subject["achievement"]["resultDescription"] = [
        {
            "id": SCALE,
            "type": ["ResultDescription"],
            "name": "Eindtoets",
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [level],
        }
    ]
    return found


SELECTIVE = ("ecdsa-sd-2023", "vc+sd-jwt", "dc+sd-jwt")


def holding(form):
    """A person with the badge in one form."""
    found = Asked()
    world = found.person.world
    source = found.school.sign(form, badge(found))
    keep(found.wallet, [examine(source, world.cache, found.wallet)])
    found.wallet.keep_documents(world.cache)
    paths = [["credentialSubject", name] for name in ("identifier", "narrative", "creditsEarned", "image")]
    found.question = {
        "id": "all",
        "format": FORMAT.get(form, form),
        "meta": {},
        "claims": [{"path": path} for path in paths],
    }
    return found


@pytest.mark.parametrize("form", [*SELECTIVE, "ldp_vc", "jwt_vc_json"])
def test_a29_everything_that_leaves_stands_on_the_page_in_every_form(form):
    asked = holding(form)
    found = asked.ask(asked.question)
    consent = asked.consent(found)
    shown = " ".join(claim.value for one in consent.leaving for claim in one.claims)
    assert [what for what, value in SECRETS.items() if value not in shown] == []
    left = asked.token(asked.approve(found, mark=consent.mark))["all"][0]
    if "sd-jwt" in form:
        assert SECRETS["a mail address"] in json.dumps(processed(parse(left)))


@pytest.mark.parametrize("form", SELECTIVE)
def test_a_claim_that_stays_does_not_stand_among_those_that_leave(form):
    asked = holding(form)
    question = {**asked.question, "claims": [{"path": ["credentialSubject", "achievement", "name"]}]}
    consent = asked.consent(asked.ask(question))
    shown = " ".join(claim.value for one in consent.leaving for claim in one.claims)
    assert SECRETS["a mail address"] not in shown
    assert SECRETS["a story"] not in shown


def test_what_a_token_calls_the_person_is_shown_where_its_badge_does_not_say_it():
    asked = Asked()
    unsigned = badge(asked)
    del unsigned["credentialSubject"]["id"]
    token = issue(
        {**badge_claims(unsigned, vct="https://school.example/types/1", status=None), "sub": "student 12345"},
        disclosable=[],
        signer=asked.school.p256,
        header={"typ": "dc+sd-jwt", "kid": f"{asked.school.did}#p256-1"},
        holder_key=next(iter(asked.wallet.keys)),
    )
    found = examine(token.encode(), asked.person.world.cache, asked.wallet)
    assert "sub: student 12345" in {claim.value for claim in claims_of(found.report)}


def test_what_is_said_by_name_is_not_said_twice():
    (one,) = kept(holding("ldp_vc").wallet)
    claims = claims_of(one.report)
    values = [claim.value for claim in claims if claim.code == "claim-other"]
    assert not any("Lasser" in value or "Proefstuk" in value or "Evidence" in value for value in values)


NAME = "/credentialSubject/achievement/name"


@pytest.mark.parametrize("form", ["vc+sd-jwt", "dc+sd-jwt"])
@pytest.mark.parametrize("withheld", [[NAME, "/name"], ["/credentialSubject/achievement"]])
def test_a29_what_leaves_without_the_name_of_its_badge_is_shown_all_the_same(form, withheld):
    """Another issuer leaves more to the holder than we do: then nobody reads it as a badge, and all of it can be read."""
    asked = Asked()
    unsigned = badge(asked)
    claims = {**unsigned, "iss": asked.school.did}
    if form == "dc+sd-jwt":
        claims = badge_claims(unsigned, vct="https://school.example/types/1", status=None)
    token = issue(
        claims,
        disclosable=withheld,
        signer=asked.school.p256,
        header={"typ": form, "kid": f"{asked.school.did}#p256-1"} | ({"cty": "vc"} if form[0] == "v" else {}),
        holder_key=next(iter(asked.wallet.keys)),
    )
    keep(asked.wallet, [examine(token.encode(), asked.person.world.cache, asked.wallet)])
    asked.wallet.keep_documents(asked.person.world.cache)
    found = asked.ask(
        {
            "id": "all",
            "format": form,
            "meta": {},
            "claims": [{"path": ["credentialSubject", "creditsEarned"]}],
        }
    )
    consent = asked.consent(found)
    (leaving,) = consent.leaving
    shown = " ".join(claim.value for claim in leaving.claims)
    left = processed(parse(asked.token(asked.approve(found, mark=consent.mark))["all"][0]))
    everything = json.dumps(left)
    for value in (
        *SECRETS.values(),
        "De Vakschool",
        asked.wallet.did,
        "lassen",
        "Vier uur, twee beoordelaars.",
    ):
        assert (value in everything) == (value in shown), value
    assert "claim-valid-until" in {claim.code for claim in leaving.claims}
    assert leaving.disclosed.report.parsed is None
