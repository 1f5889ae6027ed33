"""Hostile issuers: wrong keys, wrong credentials, strange signers, forged metadata, private addresses (A21, A22, A30, A37)."""

import json
from datetime import timedelta

import pytest

from passport.clock import utc_now
from passport.errors import PassportError
from passport.jose import jws
from passport.openid4vc.signed_metadata import sign_metadata
from tests.simulators.asking import new_desk
from tests.simulators.parties import Party
from tests.simulators.vci_wallets import paths, refused
from wallet.desk.offering import open_issuer, open_offer
from wallet.desk.receiving import receive_link
from wallet.errors import NotForThisHolder, NotOffered
from wallet.errors_claiming import (
    AnotherVct,
    AttestationNeeded,
    MetadataNotSigned,
    NoCommonKey,
    SignerNotTied,
)

# what an issuer asks of keys and sends back

ODD = {
    "a proof for another audience is not made: replay at another issuer": (
        {"audience": "https://other.example"},
        {},
        PassportError,
    ),
    "about another subject": ({"subject": Party("Thief").did}, {}, NotForThisHolder),
    "bound to another key": ({"cnf": Party("Thief").signer.public_key, "has": ["sd"]}, {}, NotForThisHolder),
    "of another vct": ({"vct": "https://issuer.example/vct/other", "has": ["sd"]}, {}, AnotherVct),
    "two instead of one": ({"times": 2}, {}, PassportError),
    "of another kind": ({"document": {"type": ["VerifiableCredential"]}}, {}, NotOffered),
    "no kind of key that we have": ({}, {"algorithms": ("ES512",)}, NoCommonKey),
    "no name for a key that we have": ({}, {"bindings": ("did:ebsi",)}, NoCommonKey),
    "an attested key": ({"proof_type": {"key_attestations_required": {}}}, {}, AttestationNeeded),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_not_as_offered_is_not_kept(desk, wallet, issuer, renderer, case):
    """oid4vci-1_0-wallet-fail-… : invalid credential, wrong binding, more than asked."""
    issuer.knobs, changes, code = ODD[case]
    for name, value in changes.items():
        setattr(issuer, name, value)
    form = "sd" if "has" in issuer.knobs else "badge"
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link(form)), code)


def test_a_proof_names_the_issuer_that_it_is_for_and_no_other(desk, wallet, issuer):
    receive_link(desk, wallet, issuer.link())
    proof = json.loads(next(body for path, _, body in issuer.seen if path == "/credential"))["proofs"]["jwt"][
        0
    ]
    assert json.loads(jws.parse(proof, most=8_192).payload)["aud"] == issuer.address


def test_a_nonce_that_has_ended_is_replaced_once(desk, wallet, issuer):
    """oid4vci-1_0-wallet-invalid-nonce: a new nonce is fetched after `invalid_nonce` (section 8.3.1.2)."""
    issuer.knobs["stale_nonce"] = True
    assert receive_link(desk, wallet, issuer.link()).credentials
    assert paths(issuer).count("/nonce") == 2


def test_an_answer_that_should_be_encrypted_and_is_not_is_refused(desk, wallet, issuer, renderer):
    issuer.encrypted()
    issuer.knobs["plain"] = True
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), PassportError)
    issuer.knobs = {"encrypt_for": issuer.decryption.public_key.to_jwk()}
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), PassportError)


def test_a_signer_who_is_tied_to_nothing_needs_a_clear_yes(desk, wallet, issuer, renderer):
    issuer.by = Party("Somebody")
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), SignerNotTied)
    assert issuer.told[-1]["event"] == "credential_failure"
    got = receive_link(desk, wallet, issuer.link(), signers=[issuer.by.did])
    assert [one.answer for one in got.credentials] == ["yes"]


# signed metadata (section 12.2.3)


def signed_by(party, issuer, **changes):
    now = utc_now()
    return sign_metadata(
        {**issuer.metadata(), **changes},
        signer=party.signer,
        verification_method=party.method,
        issued_at=now,
        expires=now + timedelta(days=1),
    )


def test_signed_metadata_are_verified(desk, wallet, issuer):
    issuer.knobs["signed_metadata"] = signed_by(issuer.school, issuer)
    opened = desk.outside.run(open_offer(issuer.link(), desk.outside))
    assert opened.signed_by == issuer.school.did
    assert receive_link(desk, wallet, issuer.link()).credentials


SIGNERS = {
    "a bare key": (lambda issuer: signed_by(Party("Anybody"), issuer), MetadataNotSigned),
    "another host": (lambda issuer: signed_by(Party.on_the_web("O", "o.example"), issuer), MetadataNotSigned),
    "a key that the issuer does not have": (
        lambda issuer: signed_by(Party("Forger", did=issuer.school.did), issuer),
        MetadataNotSigned,
    ),
    "no token at all": (lambda _: "not.a.token", MetadataNotSigned),
    "for another issuer": (
        lambda issuer: signed_by(issuer.school, issuer, credential_issuer="https://other.example"),
        MetadataNotSigned,
    ),
}


@pytest.mark.parametrize("case", SIGNERS)
def test_metadata_that_somebody_else_signed_are_refused(desk, wallet, issuer, renderer, case):
    """oid4vci-1_0-wallet with signed metadata: a signature that does not hold is no lesser metadata."""
    made, code = SIGNERS[case]
    issuer.knobs["signed_metadata"] = made(issuer)
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), code)


# addresses (A30, A37)

PRIVATE = [
    "https://10.0.0.1",
    "https://169.254.169.254",
    "https://[::1]",
    "https://2130706433",
    "https://x.local",
]


@pytest.mark.parametrize("private", PRIVATE)
def test_no_private_address_is_asked_because_of_metadata(desk, wallet, issuer, renderer, private):
    """Authorization server, endpoints, keys: A37's sinks."""
    for changes in (
        {"authorization_servers": [private]},
        {"credential_endpoint": f"{private}/credential"},
        {"nonce_endpoint": f"{private}/nonce"},
        {"deferred_credential_endpoint": f"{private}/deferred"},
    ):
        issuer.metadata_changes = changes
        refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), PassportError)
    with pytest.raises(PassportError):
        desk.outside.run(open_issuer(private, desk.outside))
    assert set(paths(issuer)) == {"/.well-known/openid-credential-issuer"}


def test_nothing_on_this_machine_is_asked_unless_that_was_set(tmp_path, issuer):
    desk = new_desk(tmp_path / "other", allow_loopback=False)
    for link in (issuer.link(), issuer.sign_in_link()):
        with desk.wallet() as wallet, pytest.raises(PassportError):
            receive_link(desk, wallet, link)
    with pytest.raises(PassportError):
        desk.outside.run(open_issuer(issuer.address, desk.outside))
    assert issuer.seen == []
    desk.close()


@pytest.mark.parametrize(
    "address",
    [
        "https://user@school.example",
        "https://school.example#x",
        "javascript:alert(1)",
        "https://schoоl.example",
        "",
        "https://school.example/?a",
    ],
)
def test_an_address_that_is_not_plain_is_not_visited(desk, address):
    with pytest.raises(PassportError):
        desk.outside.run(open_issuer(address, desk.outside))
