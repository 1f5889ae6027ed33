"""Offers and the links that carry them (OpenID4VCI 1.0, section 4.1)."""

import json
from urllib.parse import quote

import pytest

from passport.errors import Invalid
from passport.errors.openid4vc import MalformedOffer, MalformedOfferLink
from passport.openid4vc import (
    CredentialOffer,
    OfferedAuthorizationCode,
    OfferReference,
    TxCode,
    offer_link,
    offer_link_by_value,
    parse_credential_offer,
    parse_offer_link,
)

ISSUER = "https://school.example/o/school"
GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
OFFER = CredentialOffer(ISSUER, ("welding",), "code", TxCode("numeric", 6, "In the letter"))


def test_an_offer_is_read_as_it_was_made():
    assert parse_credential_offer(json.dumps(OFFER.to_json()).encode()) == OFFER


def test_the_wire_names_are_the_specifications():
    assert OFFER.to_json() == {
        "credential_issuer": ISSUER,
        "credential_configuration_ids": ["welding"],
        "grants": {
            GRANT: {
                "pre-authorized_code": "code",
                "tx_code": {"input_mode": "numeric", "length": 6, "description": "In the letter"},
            }
        },
    }


def test_an_empty_tx_code_still_asks_for_one():
    value = CredentialOffer(ISSUER, ("welding",), "code").to_json()
    value["grants"][GRANT]["tx_code"] = {}
    assert parse_credential_offer(value).tx_code == TxCode()


@pytest.mark.parametrize(
    "offer",
    [
        CredentialOffer(ISSUER, ("welding",)),
        CredentialOffer(ISSUER, ("welding", "x"), authorization_code=OfferedAuthorizationCode()),
        CredentialOffer(ISSUER, ("welding",), authorization_code=OfferedAuthorizationCode("state", ISSUER)),
        CredentialOffer(ISSUER, ("a",), "code", None, OfferedAuthorizationCode("state"), ISSUER),
    ],
)
def test_an_offer_with_any_grants_travels_by_value_and_by_reference(offer):
    assert parse_credential_offer(json.dumps(offer.to_json()).encode()) == offer
    assert parse_offer_link(offer_link_by_value(offer)) == offer


def test_grants_that_we_do_not_know_are_ignored_beside_one_that_we_do():
    value = OFFER.to_json()
    value["grants"]["urn:example:grant"] = []
    assert parse_credential_offer(value) == OFFER


def test_unknown_members_are_ignored():
    assert parse_credential_offer(OFFER.to_json() | {"new": 1}) == OFFER


@pytest.mark.parametrize(
    "change",
    [
        {"credential_issuer": None},
        {"credential_issuer": "http://school.example"},
        {"credential_issuer": "https://a@school.example"},
        {"credential_issuer": "https://school.example/?x=1"},
        {"credential_issuer": "https://school.example/#x"},
        {"credential_issuer": "javascript:alert(1)"},
        {"credential_configuration_ids": []},
        {"credential_configuration_ids": "welding"},
        {"credential_configuration_ids": ["a", "a"]},
        {"credential_configuration_ids": [1]},
        {"credential_configuration_ids": [str(number) for number in range(17)]},
        {"grants": None},
        {"grants": {"urn:example:grant": {}}},
        {"grants": {"authorization_code": None}},
        {"grants": {"authorization_code": {"issuer_state": ""}}},
        {"grants": {"authorization_code": {"issuer_state": 1}}},
        {"grants": {"authorization_code": {"issuer_state": "x" * 2_049}}},
        {"grants": {"authorization_code": {"authorization_server": "http://school.example"}}},
        {"grants": {GRANT: {"pre-authorized_code": "x", "authorization_server": 1}}},
        {"grants": {GRANT: []}},
        {"grants": {GRANT: {}}},
        {"grants": {GRANT: {"pre-authorized_code": ""}}},
        {"grants": {GRANT: {"pre-authorized_code": 1}}},
        {"grants": {GRANT: {"pre-authorized_code": "x" * 513}}},
        {"grants": {GRANT: {"pre-authorized_code": "x", "tx_code": "123456"}}},
        {"grants": {GRANT: {"pre-authorized_code": "x", "tx_code": {"length": True}}}},
        {"grants": {GRANT: {"pre-authorized_code": "x", "tx_code": {"length": 65}}}},
        {"grants": {GRANT: {"pre-authorized_code": "x", "tx_code": {"input_mode": "html"}}}},
        {"grants": {GRANT: {"pre-authorized_code": "x", "tx_code": {"description": "x" * 301}}}},
    ],
)
def test_a_malformed_offer_is_refused(change):
    with pytest.raises(MalformedOffer):
        parse_credential_offer(OFFER.to_json() | change)


def test_a_link_by_reference_is_read_as_it_was_made():
    uri = f"{ISSUER}/offers/abc"
    link = offer_link(uri)
    assert link == "openid-credential-offer://?credential_offer_uri=" + quote(uri, safe="")
    assert parse_offer_link(link) == OfferReference(uri)


def test_a_link_by_value_carries_the_offer():
    text = "openid-credential-offer://?credential_offer=" + quote(json.dumps(OFFER.to_json()))
    assert parse_offer_link(text) == OFFER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://school.example/offers/abc",
        "openid-credential-offer:?credential_offer_uri=https%3A%2F%2Fa.example",
        "openid-credential-offer://",
        "openid-credential-offer://?x=1",
        "openid-credential-offer://?credential_offer_uri=http%3A%2F%2Fa.example",
        "openid-credential-offer://?credential_offer_uri=file%3A%2F%2F%2Fetc%2Fpasswd",
        "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example&credential_offer=%7B%7D",
        "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa&credential_offer_uri=https%3A%2F%2Fb",
        "openid-credential-offer://?credential_offer_uri=%FF",
        "openid-credential-offer://?" + "&".join(f"a{number}=1" for number in range(9)),
        "openid-credential-offer://?credential_offer_uri=" + "x" * 9000,
    ],
)
def test_another_kind_of_link_is_refused(text):
    with pytest.raises(MalformedOfferLink):
        parse_offer_link(text)


def test_a_link_with_an_offer_that_is_no_json_is_refused():
    with pytest.raises(Invalid):
        parse_offer_link("openid-credential-offer://?credential_offer=%7B%22a%22%3A1%2C%22a%22%3A2%7D")
