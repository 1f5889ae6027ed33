"""Badges of Open Badges 2.0: what they say is read, with addresses where there are only addresses."""

import base64

import pytest

from passport.baking.older import parse_older_badge
from passport.errors import Invalid
from passport.errors.baking import MalformedOlderBadge
from passport.json import dump
from tests.simulators.badge_files import OLDER, OLDER_BYTES, signed


def test_a_hosted_badge_says_what_was_earned():
    badge = parse_older_badge(OLDER_BYTES)
    assert (badge.name, badge.issuer, badge.host, badge.signed) == (
        "Printen in drie lagen",
        "Een makersplaats",
        "badges.example",
        False,
    )
    assert badge.issued.year == 2019
    assert badge.recipient == ""  # hashed


def test_a_signed_badge_is_read_from_its_payload():
    token = b"eyJhbGciOiJSUzI1NiJ9." + base64.urlsafe_b64encode(OLDER_BYTES).rstrip(b"=") + b".c2ln"
    badge = parse_older_badge(token)
    assert (badge.name, badge.signed) == ("Printen in drie lagen", True)


def test_a_badge_that_gives_addresses_has_its_host():
    badge = parse_older_badge(
        dump(OLDER | {"badge": "https://badges.example/badges/5", "issuedOn": 1558083600})
    )
    assert (badge.name, badge.issuer, badge.host, badge.issued) == ("", "", "badges.example", None)
    named = parse_older_badge(
        dump(OLDER | {"recipient": {"type": "email", "identity": "a@b.example", "hashed": False}})
    )
    assert named.recipient == "a@b.example"


@pytest.mark.parametrize(
    "change",
    [{"badge": 5}, {"badge": {"name": 5}}, {"recipient": []}, {"id": {}}, {"badge": {"issuer": [1]}}],
)
def test_a_part_of_the_wrong_form_is_refused(change):
    with pytest.raises(MalformedOlderBadge):
        parse_older_badge(dump(OLDER | change))


def test_what_is_no_older_badge_is_refused():
    for source in (signed(), b"{}", b"hello", b"a.b.c"):
        with pytest.raises(Invalid):
            parse_older_badge(source)


def test_addresses_that_are_none_have_no_host():
    assert (
        parse_older_badge(dump({"type": "Assertion", "id": "https://[::1", "badge": "urn:uuid:5"})).host == ""
    )
