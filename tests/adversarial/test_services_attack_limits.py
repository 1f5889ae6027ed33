"""Limits hold for many at the same moment, and nothing is told to whoever signed nothing."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from issuer.confirmations.errors import PhotoTooLarge
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.photos import clean_photo
from issuer.validation.limits import CASE
from tests.simulators.confirming import SUPERVISOR, ConfirmedWorker
from tests.simulators.issuing import HTTP, open_office
from tests.simulators.validating import BREAD, Colleague, Provider, Worker

AT_ONCE = 16


def post_together(address, bodies):
    with ThreadPoolExecutor(len(bodies)) as threads:
        return list(threads.map(lambda body: HTTP.post(address, json=body), bodies))


def test_of_many_requests_at_once_no_more_are_open_than_one_holder_may_have(employer):
    worker = ConfirmedWorker()
    bodies = [worker.body(employer, worker.claim()) for _ in range(AT_ONCE)]
    answers = post_together(f"{employer.issuer}/confirmations", bodies)
    assert [each.status_code for each in answers].count(201) == CONFIRMATION.open_requests


def test_many_at_once_flood_no_mailbox_with_invitations(employer):
    workers = [ConfirmedWorker() for _ in range(AT_ONCE)]
    to = {"email": "flooded@trusted.example"}
    bodies = [each.body(employer, each.claim(), supervisor=to) for each in workers]
    answers = post_together(f"{employer.issuer}/confirmations", bodies)
    states = [each.json()["state"] for each in answers]
    assert states.count("invited") == CONFIRMATION.open_invitations


def test_one_presentation_that_is_sent_by_many_at_once_is_one_request(employer):
    worker = ConfirmedWorker()
    body = worker.body(employer, worker.claim())
    answers = post_together(f"{employer.issuer}/confirmations", [body] * 50)
    assert [each.status_code for each in answers].count(201) == 1


def test_whom_an_organisation_lists_is_told_to_nobody_who_signed_nothing(employer):
    told = {
        HTTP.post(
            f"{employer.issuer}/confirmations", json={"presentation": {}, "supervisor": {"email": email}}
        ).json()["code"]
        for email in (SUPERVISOR, "x@trusted.example", "x@nowhere.example")
    }
    assert len(told) == 1


def test_of_many_validations_at_once_no_more_are_open_than_one_holder_may_have(employer_process):
    office = open_office(employer_process, "limited")
    account = office.get("/api/accounts")[0]["id"]
    owner = Colleague(office.url, account, office.api_key)
    body = {"roles": ["coordinator"], "name": "A coordinator"}
    owner.ask("PUT", f"/api/validation-staff/{account}", json=body)
    provider, worker = Provider(office.url, "limited", office.did, owner), Worker()
    bodies = [provider.body(worker, [worker.claim(BREAD)]) for _ in range(AT_ONCE)]
    answers = post_together(f"{provider.issuer}/validations", bodies)
    codes = [each.status_code for each in answers]
    assert (codes.count(201), codes.count(409)) == (CASE.open_of_holder, AT_ONCE - CASE.open_of_holder)
    taken = next(body for body, answer in zip(bodies, answers, strict=True) if answer.status_code == 201)
    again = provider.body(worker, taken["presentation"]["verifiableCredential"])
    assert provider.post(again).status_code == 201, "the same request again is the same case"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_is_decoded_whole_has_fewer_pixels_than_a_photo(kind, monkeypatch):
    """A few kilobytes that take 650 MB when they are decoded: refused by the header."""
    sent = io.BytesIO()
    Image.new("L" if kind == "PNG" else "RGB", (4_000, 4_001)).save(sent, format=kind)
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(PhotoTooLarge):
        clean_photo(sent.getvalue())


@pytest.mark.parametrize(
    "box", ["asked.{}", "asked+{}"], ids=["taken back each time", "with a tag each time"]
)
def test_no_way_of_asking_again_and_again_floods_a_mailbox(employer, box):
    states = []
    for number in range(CONFIRMATION.open_invitations + 3):
        worker = ConfirmedWorker()
        name = box.format("again") if "+" not in box else box.format(number)
        asked = worker.ask(employer, supervisor={"email": f"{name}@trusted.example"})
        states.append(asked.json()["state"])
        if "+" not in box:
            assert worker.hears("/withdraw", "POST").status_code == 200
    assert states.count("invited") == CONFIRMATION.open_invitations


@pytest.mark.parametrize("folder", ["confirmations", "validations"])
def test_megabytes_of_empty_lists_are_refused_before_they_are_read(employer, folder):
    """They took 2.8 seconds of the one thread that serves everybody."""
    many = ",".join(["[]"] * 250)
    body = f'{{"presentation":{{"a":[{",".join([f"[{many}]"] * 250)}]}}}}'
    headers = {"Content-Type": "application/json"}
    answer = HTTP.post(f"{employer.issuer}/{folder}", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "json_too_large")
