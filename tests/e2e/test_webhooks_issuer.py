"""Webhooks of an issuer over real HTTP: what happens is told, signed, in order, to whoever chose it."""

import time

import pytest

from tests.simulators.issuing import HolderWallet, issuer_process, open_office
from tests.simulators.receiving import listening


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("webhooks")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process, "teller")


@pytest.fixture(scope="module")
def every_event(office):
    return office.get("/api/webhooks/events")["events"]


def until(found, seconds=20.0):
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.05)


def test_what_happens_is_told_and_says_no_more_than_ids(office, every_event):
    wallet = HolderWallet()
    with listening() as listener:
        made = office.post("/api/webhooks", {"url": listener.url, "events": every_event})
        achievement = office.achievement(suspendable=True)
        issued = office.post("/api/credentials", {"achievement": achievement, "subject": wallet.did})
        offer = office.post("/api/offers", {"achievement": achievement})
        claim = wallet.claim_open(offer["link"])
        wallet.notify(claim, "credential_accepted")
        office.post(f"/api/credentials/{issued['id']}/suspend")
        office.post(f"/api/credentials/{issued['id']}/resume")
        office.post(f"/api/credentials/{issued['id']}/revoke")
        office.post(f"/api/credentials/{issued['id']}/revoke")
        text = f"reference,subject\n1,{wallet.did}\n2,{wallet.did}\n"
        batch = office.ask(
            "POST",
            f"/api/batches?achievement={achievement}",
            content=text.encode(),
            headers={"Content-Type": "text/csv"},
        ).json()
        until(lambda: len(listener.got) >= 9)
        told = listener.messages(made["secret"])
        by_type = sorted(type_ for type_, _ in told)
        assert by_type == sorted(
            ["credential.issued"] * 4
            + [
                "offer.accepted",
                "credential.suspended",
                "credential.resumed",
                "credential.revoked",
                "batch.finished",
            ]
        )
        assert ("credential.revoked", {"id": issued["id"], "achievement": achievement}) in told
        assert ("batch.finished", {"id": batch["id"], "achievement": achievement}) in told
        assert ("offer.accepted", {"id": offer["id"], "achievement": achievement}) in told
        assert not any(wallet.did.encode() in each.body for each in listener.got), "nobody is named"
        assert len(set(listener.ids())) == 9
        office.ask("DELETE", f"/api/webhooks/{made['id']}")


def test_only_chosen_events_are_told_and_only_to_their_organisation(process, office):
    other = open_office(process, "neighbour")
    with listening() as mine, listening() as theirs:
        own = office.post("/api/webhooks", {"url": mine.url, "events": ["credential.revoked"]})
        other.post("/api/webhooks", {"url": theirs.url, "events": ["credential.revoked"]})
        made = office.post(
            "/api/credentials", {"achievement": office.achievement(), "subject": HolderWallet().did}
        )
        office.post(f"/api/credentials/{made['id']}/revoke")
        until(lambda: mine.got)
        assert [type_ for type_, _ in mine.messages(own["secret"])] == ["credential.revoked"]
        assert theirs.got == []
        for method, path in (
            ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/test"), ("GET", "/deliveries"),
        ):  # fmt: skip
            answer = other.ask(
                method, f"/api/webhooks/{own['id']}{path}", **({} if method == "GET" else {"json": {}})
            )
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown_webhook")
        office.ask("DELETE", f"/api/webhooks/{own['id']}")


def test_the_secret_is_shown_once_and_replaced_without_a_gap(process, office):
    with listening() as listener:
        made = office.post(
            "/api/webhooks", {"url": listener.url, "events": ["batch.finished"]}, once="hook-1"
        )
        assert (
            office.post("/api/webhooks", {"url": listener.url, "events": ["batch.finished"]}, once="hook-1")
            == made
        )
        place = f"/api/webhooks/{made['id']}"
        renewed = office.post(f"{place}/secret")["secret"]
        office.post(f"{place}/test")
        until(lambda: listener.got)
        for secret in (made["secret"], renewed):
            assert listener.messages(secret) == [("webhook.test", {"id": made["id"]})]
        shown = [
            office.ask("GET", path).text
            for path in ("/api/webhooks", place, f"{place}/deliveries", "/api/audit")
        ]
        log = (process.folder / "issuer.log").read_text()
        for secret in (made["secret"], renewed):
            assert not any(secret[6:] in text for text in (*shown, log)), "the secret shows"
        office.ask("DELETE", place)


def test_a_delivery_is_logged_and_sent_again_under_its_id(office):
    with listening(answer=500) as listener:
        made = office.post("/api/webhooks", {"url": listener.url, "events": ["batch.finished"]})
        place = f"/api/webhooks/{made['id']}"
        office.post(f"{place}/test")
        until(lambda: listener.got)
        until(lambda: office.get(f"{place}/deliveries")["deliveries"][0]["attempts"])
        first = office.get(f"{place}/deliveries")["deliveries"][0]
        assert (first["state"], first["attempts"][0]["status"]) == ("waiting", 500)
        assert (
            office.ask("POST", f"{place}/deliveries/{first['id']}/again").json()["code"]
            == "delivery_under_way"
        )
        listener.answer = 204
        until(lambda: office.get(f"{place}/deliveries")["deliveries"][0]["state"] == "delivered")
        assert office.ask("POST", f"{place}/deliveries/{first['id']}/again").status_code == 202
        until(lambda: len(listener.got) >= 3)
        assert set(listener.ids()) == {first["id"]}
        office.ask("PATCH", place, json={"on": False})
        assert office.ask("POST", f"{place}/test").json()["code"] == "webhook_switched_off"
        office.ask("DELETE", place)


def test_a_receiver_that_is_gone_is_told_nothing_more(office):
    with listening(answer=410) as listener:
        made = office.post("/api/webhooks", {"url": listener.url, "events": ["batch.finished"]})
        place = f"/api/webhooks/{made['id']}"
        office.post(f"{place}/test")
        until(lambda: office.get(place)["off_because"] == "gone")
        assert any(event["action"] == "webhook.switched-off" for event in office.get("/api/audit")["events"])
        office.ask("DELETE", place)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "https://example.org/", "events": []}, "no_event_types"),
        ({"url": "https://example.org/", "events": ["everything"]}, "unknown_event_type"),
        ({"url": "http://example.org/", "events": ["batch.finished"]}, "webhook_address_refused"),
        ({"url": "https://10.0.0.1/", "events": ["batch.finished"]}, "webhook_address_refused"),
    ],
)
def test_a_webhook_that_can_not_be_is_refused(office, body, code):
    answer = office.ask("POST", "/api/webhooks", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_an_organisation_has_eight_webhooks_at_most(process):
    office = open_office(process, "talkative")
    bodies = [{"url": f"https://hr{n}.example.org/", "events": ["batch.finished"]} for n in range(9)]
    answers = [office.ask("POST", "/api/webhooks", json=body).status_code for body in bodies]
    assert answers == [201] * 8 + [413]
