"""The desktop wallet as a real process over real HTTP: door, receive, match, consent, answer by QR and POST.

Longer than most: one story with one running process.
"""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from passport.clock import utc_now
from passport.dids import create_did_web
from passport.documents import DocumentCache, Fetched
from passport.encoding import base64url_encode
from passport.json import dump
from passport.openid4vc.presentation_submission import read_response
from passport.pictures.qr import draw_loop, draw_png, read_image
from passport.qr_text import pack, unpack
from passport.trust import Recognition, build_trust_list
from passport.verification import Context, verify_presentation
from tests.simulators.markup import without_our_script
from tests.simulators.offering import SKILL, Answer, Offering, offering_school
from tests.simulators.parties import Party, World, recognise
from tests.simulators.serving import bound, serving
from tests.simulators.wallets import Employer, demand

PASSPHRASE = "een korte zin van mij"
TOKEN = "a-token-for-the-test-of-the-wallet-0000001"
BROWSER = {"accept": "text/html", "accept-language": "nl"}


@dataclass
class Running:
    folder: Path
    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def client(self, **more) -> httpx.Client:
        return httpx.Client(base_url=self.address, trust_env=False, timeout=30, **more)


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """`passport wallet serve` with a vault in `folder`."""
    folder.mkdir(exist_ok=True)
    secret, token, log = folder / "passphrase", folder / "token", folder / "log"
    secret.write_text(PASSPHRASE)
    token.write_text(TOKEN)
    probe = bound()
    port = probe.getsockname()[1]
    probe.close()
    words = [
        "wallet",
        "serve",
        "--port",
        str(port),
        "--token-file",
        str(token),
        "--unlocked",
        "--allow-loopback",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "passport", *words, "--wallet", str(folder / "vault")],
            env={**os.environ, "PASSPORT_WALLET_PASSPHRASE_FILE": str(secret)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until and process.poll() is None:
            try:
                if httpx.get(f"{address}/healthz", trust_env=False).is_success:
                    break
            except httpx.HTTPError:
                time.sleep(0.05)
        assert process.poll() is None, log.read_text()
        yield Running(folder, address, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


@pytest.fixture(scope="module")
def wallet(tmp_path_factory):
    with running(tmp_path_factory.mktemp("wallet")) as made:
        yield made


@pytest.fixture(scope="module")
def session(wallet):
    """A script that entered with the one-time token."""
    with wallet.client(headers={"accept-language": "nl"}) as client:
        assert client.post("/api/session", json={"token": "wrong"}).status_code == 401
        assert client.post("/api/session", json={"token": TOKEN}).status_code == 204
        yield client


@pytest.fixture(scope="module")
def school():
    with offering_school() as made:
        yield made


@dataclass
class Desk:
    """An employer's service: publishes its DID document and takes answers."""

    employer: Employer
    address: str
    answers: list[bytes] = field(default_factory=list)
    status: int = 200


@pytest.fixture(scope="module")
def employer():
    listener = bound()
    authority = f"localhost:{listener.getsockname()[1]}"
    world = World(utc_now())
    party = Party("Staalbouw", did=create_did_web(authority))
    made = Desk(Employer(world, party), f"http://{authority}")
    app = FastAPI()

    @app.get("/.well-known/did.json")
    async def did() -> Response:
        return Response(party.did_document().body, media_type="application/did+json")

    @app.post("/answers")
    async def answer(request: Request) -> Response:
        made.answers.append(await request.body())
        return Response(b"{}", made.status, media_type="application/json")

    with serving(app, listener):
        yield made


def mark_in(page: str) -> str:
    """What names the offer that a page shows."""
    return re.search(r'name="accepted" value="([0-9a-f]{64})"', page)[1]


def request_of(desk: Desk, *demands, **members):
    desk.employer.world.now = utc_now()
    given = {
        "domain": desk.address,
        "profile": desk.employer.profile(
            demands, valid_from=utc_now() - timedelta(days=1), valid_until=utc_now() + timedelta(days=9)
        ),
    }
    return desk.employer.party.sign(
        {k: v for k, v in desk.employer.request([], **given, **members).items() if k != "proof"}, at=utc_now()
    )


class TestDoor:
    def test_without_the_cookie_nothing_is_told(self, wallet, session):
        with wallet.client() as stranger:
            for path in ("/", "/api/wallet", "/api/skills", "/journal", "/show", "/api/journal"):
                answer = stranger.get(path)
                assert answer.status_code == 401, path
                assert "did:key" not in answer.text

    def test_the_token_works_once_by_page_and_by_script(self, wallet, session):
        with wallet.client() as second:
            assert second.post("/api/session", json={"token": TOKEN}).status_code == 401
            assert second.get("/open", params={"token": TOKEN}).status_code == 401

    def test_the_cookie_is_strict_and_out_of_reach_of_scripts(self, tmp_path):
        with running(tmp_path / "other") as other, other.client() as client:
            answer = client.get("/open", params={"token": TOKEN}, headers=BROWSER)
            cookie = answer.headers["set-cookie"]
            assert "SameSite=strict" in cookie
            assert "HttpOnly" in cookie
            assert answer.headers["refresh"] == "0; url=/"
            assert client.get("/", headers=BROWSER).status_code == 200

    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "0.0.0.0"]
    )
    def test_a_rebound_name_is_refused(self, wallet, session, host):
        answer = session.get("/api/wallet", headers={"host": host})
        assert answer.status_code in {403, 421}
        assert "did:key" not in answer.text

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "http://127.0.0.1:1"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ],
    )
    def test_other_origins_get_nothing_done(self, wallet, session, headers):
        for path, body in (("/api/lock", {}), ("/api/present", {"credentials": []})):
            assert session.post(path, json=body, headers=headers).status_code == 403
        form = session.post("/lock", data={}, headers={**BROWSER, **headers})
        assert form.status_code == 403

    def test_a_form_without_any_word_of_its_origin_is_refused(self, session):
        assert session.post("/lock", data={}).status_code == 403

    def test_pages_can_not_be_framed_and_run_our_script_alone(self, session):
        answer = session.get("/", headers=BROWSER)
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "<script" not in without_our_script(answer.text)

    def test_it_listens_on_loopback_only(self, wallet):
        port = int(wallet.address.rsplit(":", 1)[1])
        listening = Path("/proc/net/tcp").read_text()
        assert f"0100007F:{port:04X}" in listening
        assert f"00000000:{port:04X}" not in listening

    def test_a_second_program_is_told_that_the_wallet_is_open(self, wallet, session):
        found = subprocess.run(
            [sys.executable, "-m", "passport", "wallet", "list", "--wallet", str(wallet.folder / "vault")],
            env={**os.environ, "PASSPORT_WALLET_PASSPHRASE_FILE": str(wallet.folder / "passphrase")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert found.returncode == 1
        assert found.stderr.strip().count("\n") == 0
        assert "open in another program" in found.stderr


@pytest.fixture(scope="module")
def received(session, school):
    """A credential by link, a trust list that recognises its school, and a statement of one's own."""
    answer = session.post("/api/receive", json={"link": school.link})
    assert answer.status_code == 200, answer.text
    before = {one["skill"]: one for one in session.get("/api/skills").json()["skills"]}
    assert before[SKILL]["certainStrength"] == "soft"
    registrar = Party("Register")
    listed = build_trust_list(
        list_id="https://register.example/list",
        version=1,
        name={"en": "Register", "nl": "Register"},
        publisher=registrar.did,
        publisher_name=registrar.name,
        valid_from=utc_now() - timedelta(days=1),
        valid_until=utc_now() + timedelta(days=30),
        entries=[recognise(school.school, Recognition.EDUCATOR)],
    )
    taken = session.post("/api/trust-lists", json={"trustList": registrar.sign(listed, at=utc_now())})
    assert taken.status_code == 200, taken.text
    found = session.get("/api/search", params={"q": "welding"}).json()["skills"]
    made = session.post(
        "/api/assess", json={"skills": [one["skill"] for one in found[:3]], "narrative": "Elke week."}
    )
    assert made.status_code == 200
    return answer.json()


@pytest.mark.usefixtures("received")
class TestStory:
    def test_a_credential_comes_in_by_link(self, received, school: Offering):
        (one,) = received["credentials"]
        assert one["answer"] == "yes"
        assert received["files"] == 1
        assert one["host"] == school.authority

    def test_another_comes_in_by_a_picture_of_the_qr(self, session, school: Offering):
        school.used = False
        picture = draw_png(school.link)
        files = {"file": ("qr.png", picture, "image/png")}
        headers = {**BROWSER, "origin": str(session.base_url).rstrip("/")}
        offer = session.post("/receive", files=files, headers=headers)
        assert offer.status_code == 200
        assert school.authority in offer.text
        assert not school.used  # looking at an offer redeems nothing
        taken = session.post(
            "/receive",
            data={"text": school.link, "accepted": mark_in(offer.text)},
            files={"file": ("", b"")},
            headers=headers,
        )
        assert taken.status_code == 303, taken.text
        done = session.get(taken.headers["location"])
        assert done.status_code == 200, done.text
        assert school.used

    def test_a_skill_that_is_not_in_the_list_is_not_assessed(self, session):
        assert session.post("/api/assess", json={"skills": ["urn:x"]}).status_code == 404

    def test_skills_are_weighed_with_the_trust_list(self, session):
        skills = {one["skill"]: one for one in session.get("/api/skills").json()["skills"]}
        assert skills[SKILL]["certainStrength"] == "hard"
        assert skills[SKILL]["reasons"][0]["text"]

    def test_all_occupations_are_matched(self, session):
        found = session.post("/api/match", json={"most": 5}).json()
        assert found["occupations"] == 3_007
        assert len(found["matches"]) == 5
        best = found["matches"][0]
        assert best["essential"]["of"] >= best["essential"]["met"] >= 1
        one = session.post("/api/match", json={"occupation": best["occupation"]}).json()
        assert one["label"] == best["label"]

    def test_a_request_is_consented_to_and_answered_by_qr(self, session, employer):
        document = request_of(employer, demand(SKILL, "lassen"))
        picture = draw_loop(pack(dump(document)))
        import base64

        taken = session.post("/api/requests", json={"picture": base64.b64encode(picture).decode()})
        assert taken.status_code == 201, taken.text
        consent = taken.json()
        assert consent["asker"]["host"] == employer.address.partition("://")[2]
        assert [one["answer"] for one in consent["demands"]] == ["yes"]
        assert len(consent["leaving"]) == 1
        before = len(employer.answers)
        journal_before = session.get("/api/journal").json()["entries"]
        answer = session.post(f"/api/requests/{consent['id']}/approve", json={"mark": consent["mark"]})
        assert answer.status_code == 200, answer.text
        shown = answer.json()
        texts = [text for address in shown["pictures"] for text in read_image(session.get(address).content)]
        assert unpack(texts) == dump(shown["presentation"])
        assert unpack(read_image(session.get(shown["animation"]).content)) == unpack(texts)
        assert shown["sent"] is None
        assert len(employer.answers) == before
        entries = session.get("/api/journal").json()["entries"]
        assert len(entries) == len(journal_before) + 1
        again = session.post(f"/api/requests/{consent['id']}/approve", json={})
        assert again.status_code == 410
        assert again.headers["content-type"] == "application/problem+json"

    def test_an_answer_is_posted_where_the_request_asks_for_it(self, session, employer, school):
        document = request_of(employer, demand(SKILL, "lassen"), response_uri=f"{employer.address}/answers")
        taken = session.post("/api/requests", json={"frames": list(pack(dump(document)))})
        assert taken.status_code == 201, taken.text
        consent = taken.json()
        assert consent["answerGoesTo"] == employer.address.partition("://")[2]
        before = len(employer.answers)
        answer = session.post(f"/api/requests/{consent['id']}/approve", json={}).json()
        assert answer["sent"] == "yes"
        (posted,) = employer.answers[before:]
        presentation, hints = read_response(posted, definition_id=document["id"])
        assert hints == {SKILL: (0,)}
        cache = DocumentCache.of(
            [
                Fetched(found.url, found.body, utc_now(), found.media_type)
                for found in (
                    school.school.did_document(),
                    school.school.status_list(
                        f"{school.issuer}/status/1", at=utc_now() - timedelta(minutes=1)
                    ),
                )
            ]
        )
        report = verify_presentation(
            presentation,
            Context(cache, utc_now()),
            expected_challenge=document["challenge"],
            expected_domain=document["domain"],
        )
        assert str(report.answer) == "yes", report.checks

    def test_an_answer_that_is_not_taken_is_said_so(self, session, employer):
        document = request_of(employer, demand(SKILL, "lassen"), response_uri=f"{employer.address}/answers")
        consent = session.post("/api/requests", json={"request": document}).json()
        employer.status = 503
        answer = session.post(f"/api/requests/{consent['id']}/approve", json={}).json()
        employer.status = 200
        assert (answer["sent"], answer["sentStatus"]) == ("no", 503)
        assert answer["frames"]

    def test_consent_in_the_browser_needs_no_script(self, session, employer):
        headers = {**BROWSER, "origin": str(session.base_url).rstrip("/")}
        document = request_of(employer, demand(SKILL, "lassen"))
        frames = "\n".join(pack(dump(document)))
        taken = session.post("/request", data={"text": frames}, headers=headers)
        assert taken.status_code == 303, taken.text
        page = session.get(taken.headers["location"], headers=BROWSER)
        assert employer.address.partition("://")[2] in page.text
        mark = re.search(r'name="mark" value="([0-9a-f]+)"', page.text)[1]
        wrong = session.post(
            taken.headers["location"], data={"decision": "approve", "mark": "0" * 64}, headers=headers
        )
        assert wrong.status_code == 409
        done = session.post(
            taken.headers["location"], data={"decision": "approve", "mark": mark}, headers=headers
        )
        assert done.status_code == 200
        assert "all.gif" in done.text

    def test_a_request_is_refused_in_the_browser_and_nothing_is_sent(self, session, employer):
        headers = {**BROWSER, "origin": str(session.base_url).rstrip("/")}
        before = len(employer.answers)
        document = request_of(employer, demand(SKILL, "lassen"), response_uri=f"{employer.address}/answers")
        taken = session.post("/request", data={"text": json.dumps(document)}, headers=headers)
        done = session.post(taken.headers["location"], data={"decision": "refuse"}, headers=headers)
        assert done.status_code == 303
        assert session.get("/api/journal").json()["entries"][0]["way"] == "refused"
        assert len(employer.answers) == before

    def test_a_function_profile_is_compared_on_the_page_and_by_script(self, session, employer):
        employer.employer.world.now = utc_now()
        times = {"valid_from": utc_now() - timedelta(days=1), "valid_until": utc_now() + timedelta(days=9)}
        profile = employer.employer.profile(
            [demand(SKILL, "lassen"), demand("urn:x:y", "iets anders")], **times
        )
        found = session.post("/api/match", json={"profile": profile}).json()
        assert found["essential"] == {"met": 1, "of": 2}
        assert [one["answer"] for one in found["demands"]] == ["yes", "no"]
        headers = {**BROWSER, "origin": str(session.base_url).rstrip("/")}
        page = session.post("/match", files={"profile": ("p.json", dump(profile))}, headers=headers)
        assert page.status_code == 200
        assert "1 van 2" in page.text
        changed = dump({**profile, "version": 2})
        assert (
            session.post("/match", files={"profile": ("p.json", changed)}, headers=headers).status_code == 400
        )

    def test_a_revocation_and_an_unreachable_list_are_noticed_when_looked_up_again(
        self, session, school: Offering
    ):
        def lassen():
            assert session.post("/api/refresh").status_code == 200
            credentials = session.get("/api/credentials").json()["credentials"]
            skills = {one["skill"]: one for one in session.get("/api/skills").json()["skills"]}
            answers = {one["answer"] for one in credentials if one["name"] == "Lassen"}
            assert len(answers) == 1
            return answers.pop(), skills[SKILL]["answer"]

        assert lassen() == ("yes", "yes")
        school.revoked.add(7)
        assert lassen() == ("no", "no")
        school.revoked.clear()
        school.answers["/o/school/status/1"] = Answer(b"{}", 503)
        assert lassen() != ("yes", "yes")  # what was revoked when last seen is not good again for being away
        del school.answers["/o/school/status/1"]
        assert lassen() == ("yes", "yes")

    def test_every_page_is_there_in_both_languages(self, session):
        record = session.get("/api/credentials").json()["credentials"][0]["id"]
        pages = [
            "/",
            "/receive",
            "/assess?q=weld",
            "/match",
            "/match?q=baker",
            "/show",
            "/journal",
            "/backup",
        ]
        for page in [*pages, f"/credentials/{record}", f"/skill?iri={SKILL}"]:
            for language in ("nl", "en"):
                answer = session.get(page, headers={"accept": "text/html", "accept-language": language})
                assert answer.status_code == 200, page
                assert f'<html lang="{language}">' in answer.text

    def test_a_backup_comes_out_and_the_wallet_locks(self, session):
        asked = {"passphrase": "zin voor de kopie", "withSeed": True}
        made = session.post("/api/backup", json={**asked, "current": PASSPHRASE})
        assert made.content.startswith(b"age-encryption.org/v1\n")
        assert session.post("/api/lock").status_code == 204
        assert session.get("/api/skills").status_code == 401
        assert session.post("/api/unlock", json={"passphrase": "een verkeerde zin"}).status_code == 403
        assert session.post("/api/unlock", json={"passphrase": PASSPHRASE}).status_code == 200
        assert session.get("/api/skills").status_code == 200

    def test_bad_bodies_get_a_problem_and_no_echo(self, session):
        marker = secrets.token_hex(8)
        routes = [
            "/api/receive",
            "/api/assess",
            "/api/match",
            "/api/present",
            "/api/requests",
            "/api/backup",
            "/api/unlock",
        ]
        for route in routes:
            for body in (
                b"",
                b"[]",
                b"{",
                b'{"a":1,"a":2}',
                b'{"x":NaN}',
                f'{{"x":"{marker}"}}'.encode(),
                b'{"link":"\\ud800"}',
            ):
                answer = session.post(route, content=body, headers={"content-type": "application/json"})
                assert 400 <= answer.status_code < 500, (route, body)
                assert answer.headers["content-type"] == "application/problem+json"
                assert marker not in answer.text

    def test_the_log_holds_no_secrets_and_no_paths_of_records(self, wallet, session):
        text = wallet.log.read_text()
        record = session.get("/api/credentials").json()["credentials"][0]["id"]
        for secret in (PASSPHRASE, TOKEN, "zin voor de kopie", record, base64url_encode(b"seed")):
            assert secret not in text
        assert "Traceback" not in text
