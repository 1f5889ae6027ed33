"""One recorded credential comes out in five forms, and all of them say the same, over real HTTP."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from passport.answers import Answer
from passport.credentials import Form
from passport.documents import DocumentCache
from passport.evidence.strength import weigh
from passport.fetch import Fetcher, gather_sync
from passport.openid4vc import issuer_metadata_url, parse_issuer_metadata
from passport.trust import TrustStore
from passport.verification import Context, verify_credential
from tests.simulators.issuing import ESCO, HTTP, HolderWallet, issuer_process, open_office

SKILLS = {
    f"{ESCO}15d76317-c71a-4fa2-aadc-2ecc34e627b1": "brood bakken",
    f"{ESCO}15d76317-c71a-4fa2-aadc-2ecc34e627b2": "deeg kneden 🍞",
    f"{ESCO}15d76317-c71a-4fa2-aadc-2ecc34e627b3": "een oven bedienen",
}
FORMS = ("ldp_vc", "ecdsa-sd-2023", "jwt_vc_json", "vc+sd-jwt", "dc+sd-jwt")
OF_THE_FORM = {"form", "source", "document", "statuses"}
"""Members of a parsed credential that are about its form, and the one to which dc+sd-jwt adds an entry."""


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("forms"), status_list_ttl="1") as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process)


@pytest.fixture
def achievement(office):
    return office.achievement(
        alignment=[
            {"targetUrl": skill, "targetName": name, "targetFramework": "ESCO 1.2.0"}
            for skill, name in SKILLS.items()
        ],
        resultDescription=[{"name": "Cijfer", "resultType": "ScaledScore"}],
    )


def claims(achievement):
    return {
        "achievement": achievement,
        "validUntil": "2036-01-31T00:00:00Z",
        "role": "leerling",
        "activityEndDate": "2026-06-30T00:00:00Z",
        "result": [{"value": "8", "status": "Completed"}],
        "evidence": [{"genre": "examination", "narrative": "Vier uur, twee beoordelaars."}],
        "source": {"id": "https://assessors.example/team", "name": "Examenbureau"},
    }


def verified(source, *, as_holder=True):
    return gather_sync(
        lambda documents: verify_credential(
            source, Context(documents, datetime.now(UTC), as_holder=as_holder)
        ),
        DocumentCache(),
        Fetcher(allow_loopback=True),
    )


def every_form(office, number):
    listed = office.get(f"/api/credentials/{number}/forms")
    assert [one["form"] for one in listed] == list(FORMS)
    answers = {one["form"]: office.ask("GET", one["path"]) for one in listed}
    for one in listed:
        assert answers[one["form"]].headers["content-type"] == one["media_type"]
    return {form: answer.content for form, answer in answers.items()}


def said(credential):
    members = asdict(credential)
    return {name: value for name, value in members.items() if name not in OF_THE_FORM}


def strengths(report):
    evidence = weigh([report.require()], trust=TrustStore([]), now=datetime.now(UTC))
    return {one.skill: (one.strength, one.answer, [link.rule for link in one.links]) for one in evidence}


def test_all_forms_say_the_same_with_the_same_strength_and_standing(office, achievement):
    wallet = HolderWallet()
    made = office.post("/api/credentials", claims(achievement) | {"subject": wallet.did})
    reports = {form: verified(source) for form, source in every_form(office, made["id"]).items()}
    for form, report in reports.items():
        assert report.answer is Answer.YES, (form, [c for c in report.checks if c.answer != "yes"])
    first = reports["ldp_vc"]
    for form, report in reports.items():
        assert said(report.parsed) == said(first.parsed), form
        assert set(first.parsed.statuses) <= set(report.parsed.statuses)
        assert strengths(report) == strengths(first), form
    assert len(strengths(first)) == len(SKILLS)
    assert [report.parsed.form for report in reports.values()] == [
        Form.LDP_VC,
        Form.LDP_VC,
        Form.JWT_VC,
        Form.VC_SD_JWT,
        Form.DC_SD_JWT,
    ]
    assert len(reports["dc+sd-jwt"].parsed.statuses) == 2, "the Token Status List, besides the bitstring"


def test_revoking_the_credential_ends_every_form(office, achievement):
    made = office.post("/api/credentials", claims(achievement) | {"subject": HolderWallet().did})
    forms = every_form(office, made["id"])
    office.post(f"/api/credentials/{made['id']}/revoke")
    for form, source in forms.items():
        report = verified(source)
        refused = [check.reason.code for check in report.checks if check.answer is Answer.NO]
        assert refused == ["revoked"] * (2 if form == "dc+sd-jwt" else 1), (form, report.checks)
    assert every_form(office, made["id"]) == forms


def test_a_form_is_signed_once_and_delivered_as_the_same_bytes(office, achievement):
    wallet = HolderWallet()
    offer = wallet.fetch_offer(office.post("/api/offers", claims(achievement))["link"])
    token = wallet.token(offer).json()["access_token"]
    got = {}
    for configuration in offer.credential_configuration_ids:
        first, again = (wallet.request(offer, token, configuration=configuration) for _ in range(2))
        assert first.status_code == 200, first.text
        assert first.content == again.content
        [found] = json.loads(first.content)["credentials"]
        got[configuration] = found["credential"]
    [number] = {
        one["id"] for one in office.get("/api/credentials")["credentials"] if one["subject"] == wallet.did
    }
    for source, delivered in zip(every_form(office, number).values(), got.values(), strict=True):
        assert (json.loads(source) if source.startswith(b"{") else source.decode()) == delivered
    thief = HolderWallet()
    for configuration in offer.credential_configuration_ids:
        answer = thief.request(offer, token, configuration=configuration)
        assert answer.json()["error"] == "credential_request_denied"


def test_an_offer_names_one_configuration_for_each_form(office, achievement):
    offer = HolderWallet().fetch_offer(office.post("/api/offers", claims(achievement))["link"])
    source = HTTP.get(issuer_metadata_url(office.issuer)).content
    metadata = parse_issuer_metadata(source, expected_issuer=office.issuer)
    found = [metadata.configuration(name) for name in offer.credential_configuration_ids]
    assert [(one.form, one.signing_algorithms) for one in found] == [
        (Form.LDP_VC, ("eddsa-rdfc-2022",)),
        (Form.LDP_VC, ("ecdsa-sd-2023",)),
        (Form.JWT_VC, ("ES256",)),
        (Form.VC_SD_JWT, ("ES256",)),
        (Form.DC_SD_JWT, ("ES256",)),
    ]
    assert offer.credential_configuration_ids[0] == achievement
    vct = found[-1].vct
    metadata = HTTP.get(vct).json()
    assert metadata["vct"] == vct
    assert metadata["name"] == "Brood bakken 🍞"
    assert {"path": ["credentialSubject", "achievement", "alignment", None], "sd": "always"} in metadata[
        "claims"
    ]
