"""The forms of an issued credential: their names in OpenID4VCI, and how many a wallet can take in."""

import pytest

from issuer import limits
from issuer.issuance.forms import (
    FORMS,
    HAIP_FORMS,
    IssuedForm,
    configuration_id,
    configuration_ids,
    file_name,
    form_of,
    media_type,
)
from issuer.issuance.key_policy import Terms
from issuer.issuance.metadata import Offered, configurations
from issuer.offers.proofs import ProofRules
from issuer.organisations.appearance import Look
from passport.json import dump
from passport.limits import FETCH
from passport.openid4vc import IssuerMetadata, parse_issuer_metadata

ISSUER = "https://school.example/o/school"
ACHIEVEMENT = "0123456789abcdef0123456789abcdef"


TERMS = Terms(FORMS, ProofRules(("EdDSA", "ES256")))
PLAIN = Offered("0" * 32, "Lassen", "", "https://a.example/v", "https://a.example/p")
LOOK = Look(logo="https://school.example/logo.png", logo_alt="A loaf", background_color="#12107c")


def offered(count, name="Lassen"):
    described = [
        Offered(
            f"{number:032x}",
            name,
            "Joins metal. " * 30,
            f"{ISSUER}/achievements/{number:032x}/type",
            f"{ISSUER}/achievements/{number:032x}/picture",
        )
        for number in range(count)
    ]
    return configurations(described, LOOK, TERMS)


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
    names = [file_name("Lasser-01234567", form) for form in FORMS]
    assert names[0] == "Lasser-01234567.json"
    assert len(set(names)) == len(FORMS)
    assert all(name.replace("-", "").replace(".", "").replace("_", "").isalnum() for name in names)


@pytest.mark.parametrize("name", ["Lassen", "é" * 256])
def test_a_wallet_can_fetch_what_an_issuer_says_of_itself(name):
    found = offered(1_000, name)
    assert list(found)[: len(FORMS)] == list(configuration_ids("0" * 32))
    metadata = IssuerMetadata(ISSUER, f"{ISSUER}/credential", f"{ISSUER}/nonce", "School", found)
    written = dump(metadata.to_json())
    assert len(written) < FETCH.size
    assert len(parse_issuer_metadata(written, expected_issuer=ISSUER).configurations) == len(found)


def test_the_last_achievement_that_fits_is_listed_and_the_next_is_not(monkeypatch):
    whole = sum(len(dump({one.id: one.to_json()})) for one in offered(2).values())
    monkeypatch.setattr("issuer.issuance.metadata._DESCRIBED", 1)
    for room, listed in ((whole, 2), (whole - 1, 1)):
        monkeypatch.setattr("issuer.issuance.metadata.METADATA_SIZE", room)
        assert len(offered(3)) == listed * len(FORMS)
    assert FETCH.size > limits.METADATA_SIZE


def test_the_newest_are_described_and_the_others_named_so_that_there_is_room_for_more():
    found = list(offered(1_000).values())
    assert (len(found[0].display), len(found[0].claims)) == (2, 4)
    assert {one.locale for one in found[0].display} == {"nl", "en"}
    assert len(found[0].display[0].description) == limits.DESCRIPTION_SHOWN
    assert (found[-1].display, found[-1].claims) == ((), ())
    assert len(found) > 500 * len(FORMS)


def test_under_haip_the_form_that_it_is_about_comes_first_and_all_are_signed_with_es256():
    terms = Terms(HAIP_FORMS, ProofRules(("ES256",)))
    found = list(configurations([PLAIN], Look(), terms).values())
    assert found[0].form == "dc+sd-jwt"
    assert all(one.proof_algorithms == ("ES256",) for one in found)
    assert {name for one in found for name in one.signing_algorithms} == {"ES256", "ecdsa-sd-2023"}


def test_a_picture_that_stands_in_metadata_itself_stands_there_once():
    look = Look(logo="data:image/png;base64,AAAA")
    assert look.display("School")[0].logo.uri == look.logo
    (first, *_) = configurations([PLAIN], look, TERMS).values()
    assert {one.logo.uri for one in first.display} == {PLAIN.picture}
