"""Attacks on the host of share links: strangers who guess, fill, delete and read, and the operator (A24, A30, A52)."""

import base64
import os
import secrets
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import Request

from passport.share_link import deletion_digest, envelope, new_link, seal_shared
from passport.share_link.limits import SHARE_LINK
from passport.web.peer import networks_of
from tests.simulators.at_rest import at_rest, stands_in
from tests.simulators.sharing import open_host
from wallet.host.errors import TooManyUploads
from wallet.host.settings import HostSettings
from wallet.host.store import LinkStore

DOCUMENT = b'{"a":"b"}'


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    with open_host(tmp_path_factory.mktemp("host"), most_uploads=10_000) as made:
        yield made


def body(link=None, *, days=14, document=DOCUMENT, until=None, secret=None):
    secret = secret or secrets.token_hex(16)
    link = link or new_link("https://links.example", secret, secrets.token_bytes)
    until = until or datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
    sealed = envelope(seal_shared(document, link, until, secrets.token_bytes))
    own = {"deletion_digest": deletion_digest(secret)}
    return {name: sealed[name] for name in ("id", "until", "sealed")} | own


def test_the_same_again_is_answered_and_something_else_under_its_id_is_not(host):
    made = body()
    assert host.post("/api/links", json=made).status_code == 201
    assert host.post("/api/links", json=made).status_code == 201
    for change, refused in (
        ({"sealed": body()["sealed"]}, (409, "link_id_taken")),
        ({"deletion_digest": "0" * 64}, (400, "link_id_not_of_its_secret")),
    ):
        answer = host.post("/api/links", json=made | change)
        assert (answer.status_code, answer.json()["code"]) == refused
    assert host.get(f"/s/{made['id']}/sealed").json()["sealed"] == made["sealed"]


def test_nobody_deletes_without_the_secret(host):
    made = body(secret="right")
    host.post("/api/links", json=made)
    address = f"/api/links/{made['id']}/delete"
    tries = [{}, *({"Authorization": each} for each in (
        "", "Bearer", "Bearer wrong", "Basic right", "right", f"Bearer {made['deletion_digest']}",
    ))]  # fmt: skip
    for headers in tries:
        assert host.post(address, headers=headers).status_code in {400, 401}, headers
        assert host.get(f"/s/{made['id']}/sealed").status_code == 200
    assert host.post(address, headers={"Authorization": "Bearer right"}).status_code == 204
    assert host.get(f"/s/{made['id']}/sealed").status_code == 410
    assert host.post(address, headers={"Authorization": "Bearer right"}).status_code == 410


def test_what_was_taken_away_can_not_be_put_back_by_a_reader_who_kept_it(host):
    """They have the ciphertext and the key of the link, and choose a secret of their own."""
    made = body(secret="the owner's")
    assert host.post("/api/links", json=made).status_code == 201
    kept = host.get(f"/s/{made['id']}/sealed").json()
    headers = {"Authorization": "Bearer the owner's"}
    assert host.post(f"/api/links/{made['id']}/delete", headers=headers).status_code == 204
    again = {name: kept[name] for name in ("id", "until", "sealed")}
    for digest in (deletion_digest("the reader's"), "0" * 64, made["id"] * 2):
        answer = host.post("/api/links", json=again | {"deletion_digest": digest})
        assert (answer.status_code, answer.json()["code"]) == (400, "link_id_not_of_its_secret")
    assert host.get(f"/s/{made['id']}/sealed").status_code == 410


def test_guesses_find_nothing_and_learn_nothing(host):
    made = body(secret="a secret that nobody guesses")
    host.post("/api/links", json=made)
    host.post(
        f"/api/links/{made['id']}/delete", headers={"Authorization": "Bearer a secret that nobody guesses"}
    )
    gone = host.get(f"/s/{made['id']}/sealed")
    for _ in range(50):
        guess = host.get(f"/s/{os.urandom(16).hex()}/sealed")
        assert (guess.status_code, guess.json()["code"]) == (gone.status_code, gone.json()["code"])
    for path in (
        "/api/links",
        "/s/",
        "/s",
        f"/s/{'a' * 31}/sealed",
        f"/s/{'a' * 32}%00/sealed",
        "/s/../sealed",
    ):
        assert host.get(path).status_code in {400, 404, 405}


def test_a_huge_upload_and_one_that_is_no_ciphertext_are_refused(host):
    largest = body(document=b"x" * SHARE_LINK.document)
    assert host.post("/api/links", json=largest).status_code == 201
    assert host.post("/api/links", json=body() | {"sealed": "A" * 262_144}).status_code == 413
    assert (
        host.post(
            "/api/links", content=b"{" * 300_000, headers={"Content-Type": "application/json"}
        ).status_code
        == 413
    )
    for change in (
        {"sealed": ""},
        {"sealed": "*"},
        {"sealed": "AB=="},
        {"id": "x"},
        {"deletion_digest": "x"},
        {"until": "2026"},
        {"more": 1},
    ):
        assert host.post("/api/links", json=body() | change).status_code == 400, change


def test_a_link_is_not_for_ever_and_not_for_a_moment(host):
    now = datetime.now(UTC).replace(microsecond=0)
    for until in (
        now - timedelta(days=1),
        now + timedelta(minutes=50),
        now + timedelta(seconds=SHARE_LINK.most_seconds + 120),
    ):
        answer = host.post("/api/links", json=body(until=until))
        assert answer.json()["code"] == "link_not_that_long"
    assert host.post("/api/links", json=body(days=90)).status_code == 201


def test_limits_per_network_and_in_all_are_held(tmp_path):
    with open_host(tmp_path / "few", most_uploads=30, most_links=2) as host:
        assert [host.post("/api/links", json=body()).status_code for _ in range(4)] == [201, 201, 503, 429]
    with open_host(
        tmp_path / "few", most_bytes=3 * SHARE_LINK.step, most_links=100
    ) as host:  # what was there counts
        assert host.post("/api/links", json=body()).status_code == 503


def test_operator_reads_nothing_and_what_was_deleted_leaves_the_disk(tmp_path):
    words, secret = b"a worker who can weld pipes", "a secret that nobody guesses"
    document = b'{"says":"%b"}' % words
    stays, gone = body(document=document), body(document=document, secret=secret)
    folder = tmp_path / "host"
    with open_host(folder) as host:
        for each in (stays, gone):
            assert host.post("/api/links", json=each).status_code == 201
        assert stands_in(host.stored(), piece(gone))
        headers = {"Authorization": f"Bearer {secret}"}
        assert host.post(f"/api/links/{gone['id']}/delete", headers=headers).status_code == 204
        assert host.get(f"/s/{gone['id']}/sealed").status_code == 410
    for file in folder.rglob("*.db"):  # what the store does by itself every minute
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    stored = at_rest(folder)
    assert stands_in(stored, piece(stays))
    assert not stands_in(stored, piece(gone))
    assert not stands_in(stored, gone["id"].encode())
    for plain in (words, secret.encode(), b"127.0.0.1"):
        assert not stands_in(stored, plain)


def piece(link):
    """A part of its ciphertext."""
    return base64.urlsafe_b64decode(link["sealed"] + "=" * (-len(link["sealed"]) % 4))[600:699]


def test_the_page_of_a_link_is_stored_and_indexed_nowhere(host):
    page = host.get(f"/s/{'a' * 32}")
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert host.get(f"/s/{'a' * 32}/sealed").headers["cache-control"] == "no-store"


def test_one_network_can_not_fill_a_host(tmp_path):
    with open_host(tmp_path / "filling", most_uploads=10, most_links=10) as host:
        answers = [host.post("/api/links", json=body()).status_code for _ in range(8)]
    assert answers == [201] * 5 + [429] * 3  # from half full on a tenth of the usual


def test_households_in_one_network_share_what_they_may_put():
    one_network = [f"2001:db8:0:{number:x}::1" for number in range(22)]  # one /48: twenty households' worth
    one_household = [f"2001:db8:1::{number:x}" for number in range(5)]
    others = [f"2001:db8:{number:x}::1" for number in range(2, 5)]
    mapped = [f"::ffff:192.0.2.{number}" for number in range(3)]  # IPv4 on a listener for both
    now = datetime.now(UTC)
    links = LinkStore(HostSettings(most_uploads=1), lambda: now)
    for addresses, expected in ((one_network, 20), (one_household, 1), (others, 3), (mapped, 3)):
        taken = 0
        for each in addresses:
            with suppress(TooManyUploads):
                links._count_upload(networks_of(asking(each), behind_proxy=True), now)
                taken += 1
        assert taken == expected


def asking(address):
    """A request that a proxy passes on; whoever sent it wrote an address as well."""
    told = f"198.51.100.1, {address}".encode()
    return Request({"type": "http", "client": ("127.0.0.1", 9), "headers": [(b"x-forwarded-for", told)]})
