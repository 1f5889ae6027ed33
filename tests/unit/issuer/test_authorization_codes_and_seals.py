"""What the authorization server makes and knows again without storing it: states, nonces, refresh tokens, ids."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.authorization.grants import grant_of_token, new_access_token, read_refresh_token, refresh_token
from issuer.authorization.identifiers import (
    achievement_of,
    credential_identifier,
    read_credential_identifier,
)
from issuer.authorization.issuer_state import issuer_state, offer_of_state
from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.proofs import is_nonce, new_nonce
from issuer.issuance.forms import FORMS, configuration_id
from issuer.learners.mailbox import mailbox_digest, open_mailbox, seal_mailbox
from issuer.mail.address import parse_address
from issuer.secrets import MasterSecret
from passport.errors.oauth import InvalidAccessToken, InvalidGrant
from passport.errors.storage import SealBroken

MASTER, OTHER = MasterSecret("m" * 43), MasterSecret("o" * 43)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OFFER = "0" * 32


def test_a_state_names_its_offer_for_its_own_organisation():
    state = issuer_state(MASTER, "school", OFFER)
    assert state == issuer_state(MASTER, "school", OFFER)
    assert offer_of_state(MASTER, "school", state) == OFFER
    assert offer_of_state(MASTER, "other", state) is None
    assert offer_of_state(OTHER, "school", state) is None


@given(st.text(max_size=80))
def test_no_other_text_is_a_state_a_nonce_or_a_refresh_token(text):
    assert offer_of_state(MASTER, "school", text) is None
    assert not is_nonce(MASTER, "school", text, NOW)
    with pytest.raises(InvalidGrant):
        read_refresh_token(MASTER, "school", text)


def test_a_nonce_lives_its_time_at_its_own_organisation():
    nonce = new_nonce(MASTER, "school", NOW)
    last = NOW + timedelta(seconds=AUTHORIZATION.nonce_lifetime)
    assert is_nonce(MASTER, "school", nonce, last - timedelta(seconds=1))
    assert not is_nonce(MASTER, "school", nonce, last)
    assert not is_nonce(MASTER, "other", nonce, NOW)
    assert nonce != new_nonce(MASTER, "school", NOW)


def test_a_refresh_token_names_its_grant_and_its_number():
    token = refresh_token(MASTER, "school", OFFER, 12)
    assert read_refresh_token(MASTER, "school", token) == (OFFER, 12)
    with pytest.raises(InvalidGrant):
        read_refresh_token(MASTER, "other", token)
    for number in ("012", "-1", "٣", "1" * 10, ""):
        with pytest.raises(InvalidGrant):
            read_refresh_token(MASTER, "school", f"{OFFER}.{number}.{token.rpartition('.')[2]}")


def test_of_an_access_token_only_the_digest_is_kept():
    token, digest = new_access_token(OFFER)
    assert grant_of_token(token) == OFFER
    assert token.encode() not in digest
    for wrong in ("", "x", f"{OFFER}.", ".x", "../x.y", "é.x"):
        with pytest.raises(InvalidAccessToken):
            grant_of_token(wrong)


@pytest.mark.parametrize("form", FORMS)
def test_a_credential_identifier_names_an_offer_in_a_form(form):
    configuration = configuration_id(OFFER, form)
    assert read_credential_identifier(credential_identifier(configuration, "1" * 32)) == (
        configuration,
        "1" * 32,
    )
    assert achievement_of(configuration) == OFFER


def test_a_mailbox_is_found_in_any_spelling_and_opened_for_its_offer_alone():
    address = parse_address("Learner@School.example")
    digest = mailbox_digest(MASTER, "school", address)
    assert digest == mailbox_digest(MASTER, "school", parse_address("learner@school.EXAMPLE"))
    assert digest != mailbox_digest(MASTER, "other", address)
    assert digest != mailbox_digest(OTHER, "school", address)
    sealed = seal_mailbox(MASTER, "school", OFFER, address)
    assert b"earner" not in sealed
    assert open_mailbox(MASTER, "school", OFFER, sealed) == "Learner@school.example"
    with pytest.raises(SealBroken):
        open_mailbox(MASTER, "school", "1" * 32, sealed)
