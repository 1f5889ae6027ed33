"""Our wallet takes credentials from issuers that others wrote: PyPI `openid4vci`, npm `@openid4vc/openid4vci`."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from passport.encoding import base64url_encode
from passport.keys import KeyType
from tests.simulators.asking import new_desk
from tests.simulators.other_parties import PEERS, peer_python, start_node
from tests.simulators.vci_issuer import offer_link, visit
from tests.simulators.vp_asking import x5c
from tests.simulators.x5c_issuing import ISSUER, CertifiedIssuer
from wallet.core.claiming.waiting import waiting
from wallet.core.shelf import kept, trust
from wallet.core.wallet import Kind
from wallet.desk.asking_again import ask_again
from wallet.desk.claiming import claim
from wallet.desk.offering import open_issuer, open_offer
from wallet.desk.receiving import keep_claimed, receive_link
from wallet.desk.signing_in import begin_sign_in, read_sign_in
from wallet.desktop.authorities import FILE
from wallet.errors import OfferRefused
from wallet.errors_claiming import SignerNotTied

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
AT = datetime.now(UTC)
IN_FORCE = {"start": AT - timedelta(days=1), "end": AT + timedelta(days=30)}
CERTIFIED = CertifiedIssuer(more=IN_FORCE)
BACK = "http://127.0.0.1:49152/signed-in/a-place"


def ended(process):
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


@pytest.fixture(scope="module")
def python_issuer():
    process = subprocess.Popen(
        [str(peer_python()), str(PEERS / "vci_wallet_issuer.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield json.loads(process.stdout.readline())
    ended(process)


@pytest.fixture(scope="module")
def node_issuer():
    numbers = CERTIFIED.key.private_numbers()
    jwk = {
        **CERTIFIED.signer.public_key.to_jwk(),
        "d": base64url_encode(numbers.private_value.to_bytes(32, "big")),
    }
    known = {"jwk": jwk, "x5c": x5c([CERTIFIED.leaf]), "iss": ISSUER}
    process = start_node(PEERS / "vci_wallet_issuer.mjs", json.dumps(known))
    yield json.loads(process.stdout.readline())
    ended(process)


@pytest.fixture
def desk(tmp_path):
    made = new_desk(tmp_path / "wallet")
    yield made
    made.close()


@pytest.fixture
def wallet(desk):
    with desk.wallet() as opened:
        yield opened


def with_code(issuer, *ids):
    grant = {"pre-authorized_code": "code", "tx_code": {"length": 4, "input_mode": "numeric"}}
    return offer_link(issuer["address"], ids, {PRE_AUTHORIZED: grant})


def nobody_knows(wallet, one):
    return trust(wallet).recognitions(one.report.parsed.issuer.id, wallet.now()) == ()


@pytest.mark.parametrize("form", ["sd", "jwt"])
def test_openid4vci_for_python_with_a_code_by_another_way(desk, wallet, python_issuer, form):
    """Its signer is a did:jwk, which nothing ties to its host: kept after a clear yes, by nobody's list."""
    link = with_code(python_issuer, form)
    with pytest.raises(OfferRefused):
        receive_link(desk, wallet, link, tx_code="1234")
    with pytest.raises(SignerNotTied):
        receive_link(desk, wallet, link, tx_code="4711")
    assert wallet.vault.of_kind(Kind.CREDENTIAL) == {}
    receive_link(desk, wallet, link, tx_code="4711", signers=[python_issuer["did"]])
    (one,) = kept(wallet)
    assert (one.answer, one.forms[0].name) == ("yes", {"sd": "dc+sd-jwt", "jwt": "jwt_vc_json"}[form])
    assert one.report.parsed.subject.achievement.name == "Lassen"
    assert wallet.holder_for(one).public_key == wallet.holder_with(KeyType.P256).public_key
    assert nobody_knows(wallet, one)
    told = httpx.get(f"{python_issuer['address']}/told").json()
    assert [each["event"] for each in told[-2:]] == ["credential_failure", "credential_accepted"]


def test_openid4vci_for_python_gives_one_later(desk, wallet, python_issuer):
    got = receive_link(desk, wallet, with_code(python_issuer, "later"), tx_code="4711")
    assert got.credentials == ()
    (one,) = waiting(wallet)
    now = desk.keeper.clock()
    wallet.clock = lambda: now + timedelta(seconds=30)
    answered = ask_again(desk, wallet, one.id, signers=(python_issuer["did"],))
    assert [each.answer for each in answered.received.credentials] == ["yes"]


@pytest.mark.parametrize("form", ["sd", "jwt"])
def test_openid4vc_for_node_with_a_code_by_another_way(desk, wallet, node_issuer, form):
    """Its signer is a did:web of its own host; the SD-JWT is signed by @sd-jwt."""
    link = with_code(node_issuer, form)
    with pytest.raises(OfferRefused):
        receive_link(desk, wallet, link, tx_code="1234")
    receive_link(desk, wallet, link, tx_code="4711")
    (one,) = kept(wallet)
    assert one.answer == "yes"
    assert one.host == node_issuer["address"].partition("://")[2]
    assert nobody_knows(wallet, one)


@pytest.mark.parametrize("form", ["sd", "jwt"])
def test_openid4vc_for_node_with_a_sign_in(desk, wallet, node_issuer, form):
    """PAR, PKCE and DPoP are checked by @openid4vc/oauth2."""
    link = offer_link(node_issuer["address"], [form], {"authorization_code": {"issuer_state": "this"}})
    opened = desk.outside.run(open_offer(link, desk.outside))
    begun = desk.outside.run(begin_sign_in(opened, desk.channel(), redirect_uri=BACK))
    signed_in = read_sign_in(begun, visit(begun.url))
    claimed = desk.outside.run(claim(opened, wallet, begun.channel, signed_in=signed_in))
    keep_claimed(desk, wallet, claimed)
    assert begun.channel.token.token_type == "DPoP"
    assert [one.answer for one in kept(wallet)] == ["yes"]


@pytest.mark.parametrize("trusted", [True, False])
def test_openid4vc_for_node_by_a_certificate_alone(desk, wallet, node_issuer, trusted):
    """HAIP 1.0, section 6.1.1: no DID. Nothing ties the name in the certificate to the place of the offer: kept
    after a clear yes; good where the person trusts the authority, else put aside.
    """
    if trusted:
        authority = x509.load_der_x509_certificate(CERTIFIED.authority.certificate(**IN_FORCE))
        (desk.settings.folder / FILE).write_bytes(authority.public_bytes(Encoding.PEM))
    link = with_code(node_issuer, "x5c")
    with pytest.raises(SignerNotTied):
        receive_link(desk, wallet, link, tx_code="4711")
    assert wallet.vault.of_kind(Kind.CREDENTIAL) == {}
    receive_link(desk, wallet, link, tx_code="4711", signers=[ISSUER])
    (one,) = kept(wallet)
    assert (one.answer, one.report.parsed.issuer.id) == ("yes" if trusted else "cannot-tell", ISSUER)
    assert nobody_knows(wallet, one)


def test_openid4vc_for_node_without_an_offer(desk, node_issuer):
    found = desk.outside.run(open_issuer(node_issuer["address"], desk.outside))
    assert [name for _, name in found.offered_in("nl")] == ["Lassen", "Lassen"]
