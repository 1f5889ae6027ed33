"""Attacks on share links: readers, operators and strangers who want more than the link gives (A24, A30, A37, A52)."""

import os
import secrets
from datetime import timedelta

import pytest

from passport.credentials.build import presentation
from passport.encoding import base64url_encode
from passport.errors.share_link import (
    MalformedShared,
    NotAShareLink,
    SharedTampered,
    SharedTooLarge,
    ShareLinkEnded,
)
from passport.json import dump
from passport.proofs import add_proof
from passport.share_link import (
    ShareLink,
    deletion_digest,
    envelope,
    link_id,
    looks_like_link,
    new_link,
    open_shared,
    parse_link,
    read_envelope,
    seal_shared,
)
from passport.share_link.limits import SHARE_LINK
from passport.verification import Context, verify_presentation
from tests.simulators.parties import NOW, Party, World

SECRET = "a secret"
UNTIL = NOW + timedelta(days=14)
LINK = new_link("https://links.example", SECRET, secrets.token_bytes)
DOCUMENT = b'{"a":"b"}'
SHARED = seal_shared(DOCUMENT, LINK, UNTIL, secrets.token_bytes)


# --- the link itself


def test_ids_and_keys_have_at_least_128_random_bits():
    drawn = []
    made = new_link("https://links.example", SECRET, lambda size: drawn.append(size) or os.urandom(size))
    assert drawn == [32]
    assert len({link_id(deletion_digest(str(number))) for number in range(200)}) == 200
    assert len(bytes.fromhex(made.id)) == 16
    assert parse_link(made.text) == made


ID, KEY = "a" * 32, "B" * 42 + "A"
GOOD = f"https://links.example/s/{ID}#{KEY}"


@pytest.mark.parametrize(
    "text",
    [
        "", "#", ID, f"https://links.example/s/{ID}", f"https://links.example/s/{ID}#", GOOD[:-1], f"{GOOD}A",
        f"https://links.example/s/{ID[:-1]}#{KEY}", f"https://links.example/s/{ID}?a=b#{KEY}",
        f"https://links.example/x/{ID}#{KEY}", f"https://links.example/s/../{ID}#{KEY}", GOOD.replace("B", "+"),
        f"http://links.example/s/{ID}#{KEY}", f"ftp://links.example/s/{ID}#{KEY}", f"javascript:alert(1)//s/{ID}#{KEY}",
        f"https://links.example/s/{ID}#{'B' * 43}", f"https://links.example/s/{'g' * 32}#{KEY}", f"{GOOD} {GOOD}",
    ],
)  # fmt: skip
def test_what_is_no_whole_link_is_refused(text):
    assert parse_link(GOOD).id == ID
    with pytest.raises(NotAShareLink):
        parse_link(text)


@pytest.mark.parametrize(
    "host",
    [
        "links.example@evil.example", "evil.example\\@links.example", "links.example:80:80", "links.example:0",
        "lınks.example", "links.examp\u200ble", "links\u202e.example", "LINKS.example", "links..example",
        "-links.example", "links.example.", "[::1]", "1.2.3.4@links.example", "links.example%2f", "links_.example",
        "links.example/..", " links.example", "links.example\n",
    ],
)  # fmt: skip
def test_a30_a_host_that_looks_like_another_is_refused_or_shown_in_ascii(host):
    with pytest.raises(NotAShareLink):
        parse_link(f"https://{host}/s/{ID}#{KEY}")
    shown = parse_link(f"https://xn--lnks-gya.example/s/{ID}#{KEY}")
    assert shown.host == "xn--lnks-gya.example"


@pytest.mark.parametrize(
    "origin", ["", "links.example", "https://", "https://a/b", "http://links.example", "https://a#b"]
)
def test_no_link_is_made_for_what_is_no_origin(origin):
    with pytest.raises(NotAShareLink):
        new_link(origin, SECRET, secrets.token_bytes)


def test_a_key_is_in_no_repr():
    for each in (LINK, SHARED):
        assert base64url_encode(LINK.key) not in repr(each)
        assert repr(LINK.key) not in repr(each)


def test_what_looks_like_a_link_is_told_from_other_texts():
    assert looks_like_link(f" {GOOD}\n")
    assert looks_like_link(f"https://links.example/s/{ID}")
    for text in ("", "{}", "SP1/1/1/01234567/AB/", "https://school.example/o/1", GOOD * 10):
        assert not looks_like_link(text)


# --- the ciphertext


def test_it_opens_with_its_own_link_only_and_only_until_it_ends():
    assert open_shared(SHARED, LINK, NOW) == DOCUMENT
    assert open_shared(read_envelope(dump(envelope(SHARED))), LINK, UNTIL - timedelta(seconds=1)) == DOCUMENT
    with pytest.raises(ShareLinkEnded):
        open_shared(SHARED, LINK, UNTIL)


def test_a_tampered_ciphertext_is_refused_at_every_byte():
    for place in range(len(SHARED.sealed)):
        changed = bytearray(SHARED.sealed)
        changed[place] ^= 1
        if place % 97 == 0 or place < 40 or place > len(changed) - 20:
            with pytest.raises(SharedTampered):
                open_shared(type(SHARED)(SHARED.id, UNTIL, bytes(changed)), LINK, NOW)


def test_a_ciphertext_of_another_id_is_refused():
    """An operator who serves one link's ciphertext at another's address, or under its name."""
    other = ShareLink(LINK.origin, os.urandom(16).hex(), LINK.key)
    moved = type(SHARED)(other.id, UNTIL, SHARED.sealed)
    for shared, link in ((SHARED, other), (moved, other), (moved, LINK)):
        with pytest.raises(SharedTampered):
            open_shared(shared, link, NOW)


def test_an_operator_can_move_no_end():
    for until in (UNTIL + timedelta(days=365), UNTIL + timedelta(seconds=1), UNTIL - timedelta(days=1)):
        with pytest.raises(SharedTampered):
            open_shared(type(SHARED)(SHARED.id, until, SHARED.sealed), LINK, NOW)


def test_its_length_tells_little_of_what_is_in_it():
    lengths = {
        len(seal_shared(b"{" + b" " * n + b"}", LINK, UNTIL, os.urandom).sealed) for n in range(0, 4000, 99)
    }
    assert len(lengths) == 1


def test_size_is_bounded_at_n_and_n_plus_1():
    assert seal_shared(b"x" * SHARE_LINK.document, LINK, UNTIL, os.urandom).id == LINK.id
    with pytest.raises(SharedTooLarge):
        seal_shared(b"x" * (SHARE_LINK.document + 1), LINK, UNTIL, os.urandom)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Other"}, {"sealed": ""}, {"sealed": 3}, {"sealed": "AAAA"}, {"sealed": "+" * 64}, {"until": "soon"},
        {"until": None}, {"id": 5}, {"extra": 1}, {"sealed": "A" * 300_000}, {"sealed": ["A"]},
    ],
)  # fmt: skip
def test_what_no_host_gives_is_refused(change):
    with pytest.raises(MalformedShared):
        read_envelope(dump(envelope(SHARED) | change))
    for data in (b"", b"[]", b"<html>", b"null", b'{"type":"SkillsPassportShared"}'):
        with pytest.raises(MalformedShared):
            read_envelope(data)


# --- what is inside


@pytest.fixture(scope="module")
def shared_presentation():
    """A presentation as a wallet makes it for a link, with the world in which it can be checked."""
    world, school, worker = World(), Party.on_the_web("School", "school.example"), Party("A worker")
    world.publish(school.did_document())
    badge = school.issue(worker, {"https://skills.example/1": "welding"})
    unsigned = presentation(
        holder=worker.did,
        credentials=[badge],
        presentation_id="urn:uuid:00000000-0000-4000-8000-000000000001",
    )
    signed = add_proof(
        unsigned,
        signer=worker.signer,
        verification_method=worker.method,
        created=world.now,
        proof_purpose="authentication",
        domain=LINK.url,
        expires=world.now + timedelta(days=14),
    )
    return world, dump(signed)


def refused(world, source, **expected):
    found = verify_presentation(source, Context(world.cache, world.now), **expected)
    assert found.presentation is None
    return {each.code for each in found.checks if each.answer == "no"}


def test_a24_the_content_of_a_link_is_no_answer_to_a_challenge_and_nothing_shown_now(shared_presentation):
    world, source = shared_presentation
    long = timedelta(seconds=SHARE_LINK.most_seconds)
    found = verify_presentation(
        source,
        Context(world.cache, world.now),
        expected_challenge=None,
        expected_domain=LINK.url,
        lifetime=long,
    )
    assert {each.code: str(each.answer) for each in found.checks if each.code in {"domain", "challenge", "freshness"}} == {
        "domain": "yes", "challenge": "yes", "freshness": "yes",
    }  # fmt: skip
    assert "challenge" in refused(
        world, source, expected_challenge="c" * 22, expected_domain="employer.example"
    )
    assert "challenge" in refused(world, source, expected_challenge="c" * 22, expected_domain=LINK.url)
    assert "domain" in refused(world, source, expected_challenge=None, expected_domain=None)
    assert "domain" in refused(world, source, expected_challenge=None, expected_domain=None, lifetime=long)
    assert "freshness" in refused(world, source, expected_challenge=None, expected_domain=LINK.url)


def test_a24_the_content_of_a_link_behind_another_link_is_refused(shared_presentation):
    """Somebody who read it puts it behind a link of their own, with a later end."""
    world, source = shared_presentation
    other = new_link("https://links.example", "another secret", secrets.token_bytes)
    long = timedelta(seconds=SHARE_LINK.most_seconds)
    assert "domain" in refused(
        world, source, expected_challenge=None, expected_domain=other.url, lifetime=long
    )
