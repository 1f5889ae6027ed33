"""Several keys in one request, copies, and what a wallet's maker attests (OpenID4VCI 1.0, 8.2, D and E)."""

import json
from datetime import timedelta

import pytest

from passport.clock import utc_now
from passport.encoding import base64url_decode, base64url_encode
from passport.jose import jws
from passport.keys import KeyType, generate_signer
from passport.oauth.client_attestation import create_client_attestation
from passport.openid4vc.key_attestation import create_key_attestation
from passport.sd_jwt import parse as parse_sd_jwt
from tests.simulators.parties import Party
from tests.simulators.vci_wallets import finish, refused, sign_in
from wallet.core.claiming.copies import copies_of
from wallet.core.claiming.key_use import KeyUse
from wallet.core.forget import forget
from wallet.core.holder import confirmed_key
from wallet.core.shelf import kept
from wallet.core.wallet import Kind
from wallet.desk.asking_credentials import Asker
from wallet.desk.attestation import FILE
from wallet.desk.claiming import claim, redeem
from wallet.desk.offering import open_offer
from wallet.desk.receiving import keep_claimed, receive_link
from wallet.errors import NotForThisHolder
from wallet.errors_claiming import (
    AttestationNeeded,
    AttestationUnreadable,
    NoCommonKey,
)


def test_one_request_may_prove_several_keys(desk, wallet, issuer):
    """oid4vci-1_0-wallet-test-batch-credential-issuance: distinct keys, no more than announced (section 8.2)."""
    issuer.metadata_changes = {"batch_credential_issuance": {"batch_size": 2}}
    opened = desk.outside.run(open_offer(issuer.link("sd"), desk.outside))
    assert opened.metadata.batch_size == 2
    channel = desk.channel()
    desk.outside.run(redeem(opened, channel, "", None))
    keys = (KeyUse(wallet.holder), KeyUse(wallet.holder_with(KeyType.P256)))
    asker = Asker(opened, wallet, channel)
    got = desk.outside.run(asker.ask_for(opened.configurations[0], None, keys))
    bound = [confirmed_key(parse_sd_jwt(each.decode())) for each in got.credentials]
    assert bound == [key.holder.public_key for key in keys]
    with pytest.raises(NoCommonKey):
        desk.outside.run(asker.ask_for(opened.configurations[0], None, (*keys, keys[0])))


def with_copies(desk, wallet, issuer, copies):
    opened = desk.outside.run(open_offer(issuer.link("sd"), desk.outside))
    claimed = desk.outside.run(claim(opened, wallet, desk.channel(), copies=copies))
    return keep_claimed(desk, wallet, claimed)


@pytest.mark.parametrize("order", ["as asked", "reversed"])
def test_copies_come_each_under_a_key_of_its_own(desk, wallet, issuer, order):
    issuer.metadata_changes = {"batch_credential_issuance": {"batch_size": 3}}
    issuer.algorithms, issuer.bindings = ("ES256",), ("jwk",)
    issuer.knobs["order"] = order
    with_copies(desk, wallet, issuer, 9)
    (one,) = kept(wallet)
    copies = copies_of(wallet, one.id)
    keys = {wallet.holder_for(one).public_key, *(each.holder.public_key for each in copies)}
    assert (len(copies), len(keys)) == (2, 3)
    for each in copies:
        assert confirmed_key(parse_sd_jwt(each.source.decode())) == each.holder.public_key
    forget(wallet, one.id)
    assert wallet.vault.of_kind(Kind.COPY) == {}
    assert len(wallet.holders) == 2


def test_a_copy_for_another_key_is_kept_by_nobody(desk, wallet, issuer, renderer):
    issuer.metadata_changes = {"batch_credential_issuance": {"batch_size": 2}}
    issuer.algorithms, issuer.bindings = ("ES256",), ("jwk",)
    issuer.knobs["second_cnf"] = Party("Thief").signer.public_key
    refused(desk, wallet, renderer, lambda: with_copies(desk, wallet, issuer, 2), NotForThisHolder)
    assert wallet.vault.of_kind(Kind.COPY) == {}
    assert len(wallet.holders) == 2


def attested(desk, wallet, *, keys=()):
    """A wallet whose maker vouches for it: a statement in its folder, made for the test."""
    provider, instance = generate_signer(KeyType.P256), generate_signer(KeyType.P256)
    now = utc_now()
    attestation = create_client_attestation(
        provider,
        provider="https://maker.example",
        client_id="a-wallet-of-the-maker",
        instance_key=instance.public_key,
        issued_at=now,
        expires=now + timedelta(days=1),
    )
    private = {**instance.public_key.to_jwk(), "d": base64url_encode(instance.secret)}
    vouched = create_key_attestation(
        provider,
        keys or [wallet.holder_with(KeyType.P256).public_key],
        key_id="1",
        nonce=None,
        issued_at=now,
        expires=now + timedelta(days=1),
        key_storage=["iso_18045_moderate"],
    )
    document = {"client_attestation": attestation, "instance_key": private, "key_attestations": [vouched]}
    (desk.settings.folder / FILE).write_text(json.dumps(document))
    return vouched


def test_what_the_wallets_maker_says_is_sent_to_an_issuer_that_asks(desk, wallet, issuer):
    """oid4vci-1_0-wallet-test-client-attestation-challenge, and key attestation as HAIP 1.0 asks."""
    vouched = attested(desk, wallet)
    issuer.server_changes["token_endpoint_auth_methods_supported"] = ["attest_jwt_client_auth"]
    issuer.algorithms = ("ES256",)
    issuer.knobs["proof_type"] = {"key_attestations_required": {"key_storage": ["iso_18045_moderate"]}}
    issuer.knobs["challenge"] = "a-challenge-of-the-server"
    begun = sign_in(desk, issuer.sign_in_link("sd"))
    assert begun.client_id == "a-wallet-of-the-maker"
    assert finish(desk, wallet, begun, issuer.visit(begun.url)).credentials
    proofs = [
        headers["oauth-client-attestation-pop"]
        for path, headers, _ in issuer.seen
        if path in {"/par", "/token"}
    ]
    assert len(set(proofs)) == len(proofs) == 3  # the challenge costs one more
    assert json.loads(jws.parse(proofs[-1], most=8_192).payload)["challenge"] == "a-challenge-of-the-server"
    proof = json.loads(next(body for path, _, body in issuer.seen if path == "/credential"))["proofs"]["jwt"][
        0
    ]
    header = json.loads(base64url_decode(proof.partition(".")[0]))
    assert header["key_attestation"] == vouched


def test_no_server_knows_a_wallet_again_by_what_its_maker_says_unless_it_asks_for_that(desk, wallet, issuer):
    attested(desk, wallet)
    begun = sign_in(desk, issuer.sign_in_link("sd"))
    assert finish(desk, wallet, begun, issuer.visit(begun.url)).credentials
    assert receive_link(desk, wallet, issuer.link()).credentials
    for path, headers, body in issuer.seen:
        assert not [name for name in headers if name.startswith("oauth-client-attestation")], path
        assert b"a-wallet-of-the-maker" not in body


def test_what_the_maker_says_of_other_keys_is_not_sent(desk, wallet, issuer, renderer):
    attested(desk, wallet, keys=[Party("Other").signer.public_key])
    issuer.knobs["proof_type"] = {"key_attestations_required": {}}
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), AttestationNeeded)


@pytest.mark.parametrize("content", ["", "{}", '{"client_attestation": "x"}', "[1]"])
def test_a_makers_statement_that_can_not_be_read_stops_everything(desk, wallet, issuer, renderer, content):
    (desk.settings.folder / FILE).write_text(content)
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), AttestationUnreadable)
