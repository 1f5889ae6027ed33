"""Credentials of issuers by certificate in a wallet: taken, kept, asked for by their authority, shown (HAIP 1.0)."""

import pytest

from passport.answers import Answer
from passport.certificate_chains import NativeCertificates
from passport.encoding import base64url_encode
from passport.openid4vp.client_metadata import parse_client_metadata
from tests.simulators.vp_answering import Asked
from tests.simulators.vp_asking import Authority
from tests.simulators.x5c_issuing import HOST, ISSUER, VCT, CertifiedIssuer
from wallet.core.accept import examine, keep
from wallet.core.openid4vp_holdings import holdings
from wallet.core.shelf import kept
from wallet.errors import CredentialNotGenuine

KEY_ID = b"\x07" * 20
AUTHORITY = Authority()
REGISTRY = CertifiedIssuer(AUTHORITY, more={"authority_key": KEY_ID})
TRUSTING = NativeCertificates([AUTHORITY.certificate()])
UNSTATED = parse_client_metadata(
    {
        "vp_formats_supported": {
            "dc+sd-jwt": {"sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256", "EdDSA"]}
        }
    }
)
AKI = {"type": "aki", "values": [base64url_encode(KEY_ID)]}


@pytest.fixture
def asked():
    made = Asked()
    made.wallet.certificates = TRUSTING
    return made


def take(asked, issuer=REGISTRY, **more):
    wallet = asked.wallet
    source = issuer.badge(wallet.holder.public_key, wallet.did, **more).encode()
    keep(wallet, [examine(source, asked.person.world.cache, wallet)])
    (one,) = kept(wallet)
    return one


def query(**more):
    return {"id": "shown", "format": "dc+sd-jwt", "meta": {"vct_values": [VCT]}, **more}


def test_it_is_taken_and_kept_in_good_standing(asked):
    one = take(asked)
    assert (one.answer, one.report.parsed.issuer.id) == (Answer.YES, ISSUER)


def test_it_is_shown_to_who_asks_for_it_and_verified_there(asked):
    take(asked)
    found = asked.ask(query())
    made = asked.approve(found)
    shown = asked.verified(made, found, certificates=TRUSTING)
    assert shown.together.checks[0].answer is Answer.YES
    [report] = shown.together.credentials
    assert report.parsed.issuer.id == ISSUER


def test_it_is_found_by_the_authority_above_its_issuer(asked):
    take(asked)
    asked.approve(asked.ask(query(trusted_authorities=[AKI])))
    other = {"type": "aki", "values": [base64url_encode(b"\x08" * 20)]}
    found = asked.ask(query(trusted_authorities=[other]), nonce="another-nonce-of-22-chars")
    assert not asked.consent(found).can_be_answered


def test_without_certificates_the_host_has_no_authority_to_match(asked):
    one = take(asked)
    (held,) = holdings(asked.wallet, UNSTATED)
    assert held.candidate.authority_keys == {base64url_encode(KEY_ID)}
    asked.wallet.certificates = None
    asked.wallet.memory.clear()
    assert holdings(asked.wallet, UNSTATED) == ()
    (put_aside,) = kept(asked.wallet)
    assert (put_aside.id, put_aside.answer) == (one.id, Answer.CANNOT_TELL)


@pytest.mark.parametrize("certificates", [None, NativeCertificates()])
def test_attack_by_whom_cannot_be_told_is_put_aside_and_shown_to_nobody(asked, certificates):
    asked.wallet.certificates = certificates
    one = take(asked)
    assert (one.verified, one.answer) == (None, Answer.CANNOT_TELL)
    assert holdings(asked.wallet, UNSTATED) == ()
    assert not asked.consent(asked.ask(query())).can_be_answered


@pytest.mark.parametrize("more", [{"dns": ("other.example",)}, {"ca": True}, {"dns": (f"*.{HOST}",)}])
def test_attack_a_certificate_that_does_not_hold_is_not_taken(asked, more):
    with pytest.raises(CredentialNotGenuine):
        take(asked, CertifiedIssuer(AUTHORITY, more=more))
    assert kept(asked.wallet) == ()
