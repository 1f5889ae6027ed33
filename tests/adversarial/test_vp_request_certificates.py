"""A27 and A30 by OpenID4VP: who asks by a certificate is who stands in it, by an authority that may say so."""

import json
from datetime import timedelta

import pytest

from passport.certificate_chains import NativeCertificates
from passport.encoding import base64url_encode
from passport.errors import SignatureMismatch
from passport.errors.openid4vp import (
    CertificateNameMismatch,
    CertificateRefused,
    ResponseUriNotOfClient,
)
from passport.errors.x509 import ChainRefused
from passport.limits import X5C
from passport.x509 import NoCertificates
from tests.simulators.vp_asking import (
    HOST,
    NOW,
    Authority,
    CertifiedVerifier,
    members,
    x5c,
)
from tests.simulators.vp_requests import ANCHORED, CERTIFIED, SAN, verified


def chained():
    """A leaf, an authority between, and a root."""
    root = Authority(name="A root")
    between = Authority()
    return root, between, CertifiedVerifier(between)


def test_a_chain_over_an_authority_between_is_followed():
    root, between, asks = chained()
    middle = root.issue(between.key, subject=between.name, ca=True, path_length=0)
    chain = NativeCertificates([root.certificate()]).verify([asks.leaf, middle], NOW)
    assert chain.anchored
    assert (
        NativeCertificates([root.certificate()]).verify([asks.leaf, middle, root.certificate()], NOW).anchored
    )
    assert not NativeCertificates([Authority().certificate()]).verify([asks.leaf, middle], NOW).anchored
    assert not NativeCertificates([root.certificate(path_length=0)]).verify([asks.leaf, middle], NOW).anchored
    assert not NativeCertificates([root.certificate(ca=False)]).verify([asks.leaf, middle], NOW).anchored


def test_a27_an_authority_for_some_names_vouches_for_no_others():
    """RFC 5280, section 4.2.1.10: also where the extension is not critical, as some authorities have it."""
    root, between, asks = chained()
    for below in (
        "school.example",
        HOST,
    ):  # which names it may is not worked out: nobody needs such a chain here
        limits = {"subject": between.name, "ca": True, "path_length": 0, "only_below": below}
        middle = root.issue(between.key, **limits)
        with pytest.raises(ChainRefused):
            NativeCertificates([root.certificate()]).verify([asks.leaf, middle], NOW)
        assert not NativeCertificates([middle]).verify([asks.leaf], NOW).anchored


def leaf(**more):
    return CertifiedVerifier(CERTIFIED.authority, CERTIFIED.key, more).leaf


CHAINS = {
    "expired certificate": [leaf(end=NOW - timedelta(seconds=1))],
    "certificate of tomorrow": [leaf(start=NOW + timedelta(days=1))],
    "an authority as leaf": [leaf(ca=True)],
    "a leaf that may not sign": [leaf(usage="key_encipherment")],
    "a critical extension that is not known": [leaf(unknown_critical=True)],
    "not issued by the next": [CERTIFIED.leaf, Authority().certificate()],
    "issued by who is no authority": [CERTIFIED.leaf, CERTIFIED.authority.certificate(ca=False)],
    "no certificate": [b"rubbish"],
    "bytes behind it": [CERTIFIED.leaf + b"\x00"],
}


@pytest.mark.parametrize("name", CHAINS)
def test_a27_a_certificate_that_does_not_hold_is_refused(name):
    with pytest.raises(CertificateRefused):
        verified(CERTIFIED.request(chain=CHAINS[name]), SAN)


def with_x5c(value):
    from passport.jose import jws

    header = {"typ": "oauth-authz-req+jwt", "x5c": value}
    return jws.sign(json.dumps(members(SAN)).encode(), signer=CERTIFIED.signer, header=header)


@pytest.mark.parametrize(
    "value",
    [None, [], "x", [7], [""], ["%"], [base64url_encode(CERTIFIED.leaf)], x5c([CERTIFIED.leaf]) * (X5C.certificates + 1), ["A" * (X5C.certificate + 4)]],
)  # fmt: skip
def test_a27_x5c_of_a_wrong_form_is_refused(value):
    with pytest.raises(CertificateRefused):
        verified(with_x5c(value), SAN)


def test_a27_the_signature_must_be_by_the_leaf():
    other = CertifiedVerifier(CERTIFIED.authority)
    with pytest.raises(SignatureMismatch):
        verified(other.request(chain=[CERTIFIED.leaf]), SAN)


@pytest.mark.parametrize(
    ("client_id", "dns"),
    [
        ("x509_san_dns:other.example", (HOST,)),
        (SAN, ("*.example",)),
        (SAN, ()),
        (f"x509_hash:{base64url_encode(b'0' * 32)}", (HOST,)),
    ],
)
def test_a27_the_certificate_must_be_of_who_asks(client_id, dns):
    asks = CertifiedVerifier(CERTIFIED.authority, CERTIFIED.key, {"dns": dns})
    with pytest.raises(CertificateNameMismatch):
        verified(asks.request(client_id), client_id)


def test_a27_by_certificate_the_answer_goes_to_the_host_in_it():
    for elsewhere in ("https://evil.example/", f"https://api.{HOST}/"):
        with pytest.raises(ResponseUriNotOfClient):
            verified(CERTIFIED.request(response_uri=elsewhere), SAN)
    digest = base64url_encode(ANCHORED.verify([CERTIFIED.leaf], NOW).sha256)
    with pytest.raises(ResponseUriNotOfClient):
        verified(
            CERTIFIED.request(f"x509_hash:{digest}", response_uri="https://evil.example/"),
            f"x509_hash:{digest}",
        )


def test_a_host_without_certificates_refuses_them_all():
    with pytest.raises(CertificateRefused):
        verified(CERTIFIED.request(), SAN, certificates=NoCertificates())
