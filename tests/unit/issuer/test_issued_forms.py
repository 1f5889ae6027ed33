"""The forms of an issued credential: their names in OpenID4VCI, and how many a wallet can take in."""

import pytest

from issuer import limits
from issuer.issuance.forms import (
    FORMS,
    IssuedForm,
    configuration_id,
    configuration_ids,
    configurations,
    file_name,
    form_of,
    media_type,
)
from passport.json import dump
from passport.limits import FETCH
from passport.openid4vc import IssuerMetadata, parse_issuer_metadata

ISSUER = "https://school.example/o/school"
ACHIEVEMENT = "0123456789abcdef0123456789abcdef"


def offered(count, name="Lassen"):
    return [(f"{number:032x}", name, f"{ISSUER}/achievements/{number:032x}/type") for number in range(count)]


@pytest.mark.parametrize("form", FORMS)
def test_a_configuration_names_its_form_and_no_other_achievement(form):
    name = configuration_id(ACHIEVEMENT, form)
    assert form_of(ACHIEVEMENT, name) is form
    assert form_of("f" * 32, name) is None
    assert media_type(form).startswith("application/")


def test_the_first_configuration_is_the_achievement_itself():
    assert configuration_ids(ACHIEVEMENT)[0] == ACHIEVEMENT
    assert len(set(configuration_ids(ACHIEVEMENT))) == len(IssuedForm)
    for other in ("", f"{ACHIEVEMENT}_", f"{ACHIEVEMENT}_ldp_vc", f"{ACHIEVEMENT}_mso_mdoc"):
        assert form_of(ACHIEVEMENT, other) is None


def test_every_form_has_a_file_name_of_its_own():
    names = [file_name(ACHIEVEMENT, form) for form in FORMS]
    assert names[0] == "credential-01234567.json"
    assert len(set(names)) == len(FORMS)
    assert all(name.replace("-", "").replace(".", "").replace("_", "").isalnum() for name in names)


@pytest.mark.parametrize("name", ["Lassen", "é" * 256])
def test_a_wallet_can_fetch_what_an_issuer_says_of_itself(name):
    found = configurations(offered(1_000, name))
    assert list(found)[: len(FORMS)] == list(configuration_ids("0" * 32))
    metadata = IssuerMetadata(ISSUER, f"{ISSUER}/credential", f"{ISSUER}/nonce", "School", found)
    written = dump(metadata.to_json())
    assert len(written) < FETCH.size
    assert len(parse_issuer_metadata(written, expected_issuer=ISSUER).configurations) == len(found)


def test_the_last_achievement_that_fits_is_listed_and_the_next_is_not(monkeypatch):
    whole = sum(len(dump({one.id: one.to_json()})) for one in configurations(offered(2)).values())
    for room, listed in ((whole, 2), (whole - 1, 1)):
        monkeypatch.setattr("issuer.issuance.forms.METADATA_SIZE", room)
        assert len(configurations(offered(3))) == listed * len(FORMS)
    assert FETCH.size > limits.METADATA_SIZE
