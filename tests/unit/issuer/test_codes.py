"""Codes that carry their own proof: pre-authorized codes, nonces, transaction codes."""

from datetime import UTC, datetime, timedelta

import pytest

from issuer.offers.codes import (
    OfferCode,
    check_code,
    check_nonce,
    create_code,
    create_nonce,
    transaction_code,
)
from issuer.secrets import MasterSecret
from passport.errors.oauth import InvalidGrant
from passport.errors.openid4vc import InvalidNonce

MASTER = MasterSecret("m" * 43)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OFFER = "0" * 32


def test_a_code_names_its_offer_until_it_expires():
    code = create_code(MASTER, "school", OFFER, NOW + timedelta(seconds=600))
    said = OfferCode(OFFER, NOW + timedelta(seconds=600))
    assert check_code(MASTER, "school", code, NOW) == said
    assert check_code(MASTER, "school", code, NOW + timedelta(seconds=599)) == said
    with pytest.raises(InvalidGrant):
        check_code(MASTER, "school", code, NOW + timedelta(seconds=600))


def test_two_codes_of_one_offer_differ():
    until = NOW + timedelta(seconds=600)
    assert create_code(MASTER, "school", OFFER, until) != create_code(MASTER, "school", OFFER, until)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda code: code.replace("0", "1", 1),
        lambda code: code[:-1],
        lambda code: code + "A",
        lambda code: "",
        lambda code: "....",
        lambda code: "é.1.2.3",
        lambda code: "\udcff.1.2.3",
    ],
)
def test_a_changed_code_is_refused(spoil):
    code = create_code(MASTER, "school", OFFER, NOW + timedelta(seconds=600))
    with pytest.raises(InvalidGrant):
        check_code(MASTER, "school", spoil(code), NOW)


def test_a_code_of_another_organisation_or_service_is_refused():
    code = create_code(MASTER, "school", OFFER, NOW + timedelta(seconds=600))
    with pytest.raises(InvalidGrant):
        check_code(MASTER, "other", code, NOW)
    with pytest.raises(InvalidGrant):
        check_code(MasterSecret("n" * 43), "school", code, NOW)


def test_a_nonce_lives_five_minutes_at_one_organisation():
    nonce = create_nonce(MASTER, "school", NOW)
    lapses = NOW + timedelta(seconds=300)
    assert check_nonce(MASTER, "school", nonce, NOW + timedelta(seconds=299)) == lapses
    for slug, moment in (("school", NOW + timedelta(seconds=300)), ("other", NOW)):
        with pytest.raises(InvalidNonce):
            check_nonce(MASTER, slug, nonce, moment)


def test_a_code_is_no_nonce_and_a_nonce_no_code():
    code = create_code(MASTER, "school", OFFER, NOW + timedelta(seconds=600))
    with pytest.raises(InvalidNonce):
        check_nonce(MASTER, "school", code, NOW)
    with pytest.raises(InvalidGrant):
        check_code(MASTER, "school", create_nonce(MASTER, "school", NOW), NOW)


def test_a_transaction_code_has_six_digits_and_stays_the_same():
    codes = {transaction_code(MASTER, f"{number:032x}") for number in range(500)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 490
    assert transaction_code(MASTER, OFFER) == transaction_code(MASTER, OFFER)
