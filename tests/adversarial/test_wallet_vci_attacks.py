"""Hostile issuers and servers against the wallet's OpenID4VCI (A21, A22, A30, A37; RFC 9207, RFC 9449, RFC 9700).

The names in brackets are modules of the OpenID conformance suite's plan for wallets (docs/openid4vci.md).
"""

import json
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from passport.clock import utc_now
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import PassportError
from passport.jose import jws
from passport.keys import KeyType, generate_signer
from passport.oauth.client_attestation import create_client_attestation
from passport.openid4vc.key_attestation import create_key_attestation
from passport.openid4vc.signed_metadata import sign_metadata
from passport.sd_jwt import parse as parse_sd_jwt
from passport.texts import Language
from tests.simulators.asking import new_desk
from tests.simulators.parties import Party
from tests.simulators.vci_issuer import vci_issuer
from wallet.core.claiming.copies import copies_of
from wallet.core.claiming.key_use import KeyUse
from wallet.core.claiming.waiting import WaitingState, waiting
from wallet.core.forget import forget
from wallet.core.holder import confirmed_key
from wallet.core.shelf import kept
from wallet.core.wallet import Kind
from wallet.desktop.asking_again import ask_again, ask_all
from wallet.desktop.asking_credentials import Asker
from wallet.desktop.attestation import FILE
from wallet.desktop.claiming import claim, redeem
from wallet.desktop.offering import open_issuer, open_offer
from wallet.desktop.receiving import keep_claimed, receive_link
from wallet.desktop.signing_in import begin_sign_in, read_sign_in
from wallet.errors import IssuerMismatch, NotForThisHolder, NotOffered, OfferRefused
from wallet.errors_claiming import (
    AnotherVct,
    AttestationNeeded,
    AttestationUnreadable,
    MetadataNotSigned,
    NoCommonKey,
    NoGrant,
    ServerElsewhere,
    SignerNotTied,
    SignInMismatch,
    SignInNeeded,
    SignInOver,
    SignInRefused,
    TooEarly,
    WaitingEnded,
    WalletNotAccepted,
    WeakSignIn,
)
from wallet.views.rendering import Renderer

BACK = "http://127.0.0.1:49152/signed-in/a-place-of-this-sign-in"


@pytest.fixture(scope="module")
def served():
    with vci_issuer() as made:
        yield made


@pytest.fixture
def issuer(served):
    served.honest()
    return served


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="")


@pytest.fixture
def desk(tmp_path):
    made = new_desk(tmp_path / "wallet")
    yield made
    made.close()


@pytest.fixture
def wallet(desk):
    with desk.wallet() as opened:
        yield opened


def sign_in(desk, link):
    opened = desk.outside.run(open_offer(link, desk.outside))
    return desk.outside.run(begin_sign_in(opened, desk.channel(), redirect_uri=BACK))


def finish(desk, wallet, begun, url):
    signed_in = read_sign_in(begun, url)
    claimed = desk.outside.run(claim(begun.opened, wallet, begun.channel, signed_in=signed_in))
    return keep_claimed(desk, wallet, claimed)


def nothing_kept(wallet, renderer, error):
    for kind in (Kind.CREDENTIAL, Kind.RECEIPT, Kind.FILE, Kind.FORM, Kind.WAITING):
        assert wallet.vault.of_kind(kind) == {}
    for language in Language:
        said = renderer.error(error, language)
        assert said
        assert said != error.code


def refused(desk, wallet, renderer, work, code):
    with pytest.raises(code) as caught:
        work()
    nothing_kept(wallet, renderer, caught.value)


def paths(issuer):
    return [path for path, _, _ in issuer.seen]


# the honest way, so that each attack below differs from it in one thing


@pytest.mark.parametrize("form", ["badge", "token", "sd"])
def test_a_person_who_signs_in_gets_each_form(desk, wallet, issuer, form):
    """oid4vci-1_0-wallet-happy-flow, by authorization code with PAR, PKCE and DPoP."""
    begun = sign_in(desk, issuer.sign_in_link(form))
    got = finish(desk, wallet, begun, issuer.visit(begun.url))
    assert [one.answer for one in got.credentials] == ["yes"]
    assert [one.host for one in kept(wallet)] == [issuer.authority]
    pushed = dict(parse_qsl(next(body for path, _, body in issuer.seen if path == "/par").decode()))
    assert pushed["issuer_state"] == "an-offer"
    assert pushed["code_challenge_method"] == "S256"
    assert pushed["redirect_uri"] == BACK
    assert "code_challenge" not in begun.url
    assert issuer.told[-1]["event"] == "credential_accepted"


def test_an_issuer_without_an_offer_shows_what_it_has_in_the_persons_language(desk, wallet, issuer):
    found = desk.outside.run(open_issuer(issuer.address, desk.outside))
    assert found.name_in("nl") == "De Vakschool"
    assert found.name_in("en") == "The Trade School"
    assert {name for _, name in found.offered_in("nl")} == {"Lassen"}
    chosen = found.only(frozenset({found.offered_in("nl")[0][0]}))
    begun = desk.outside.run(begin_sign_in(chosen, desk.channel(), redirect_uri=BACK))
    assert finish(desk, wallet, begun, issuer.visit(begun.url)).credentials


def test_a_foreign_issuer_that_takes_only_es256_gets_the_second_key(desk, wallet, issuer):
    issuer.algorithms = ("ES256",)
    receive_link(desk, wallet, issuer.link("sd"))
    (one,) = kept(wallet)
    assert wallet.holder_for(one).public_key.type is KeyType.P256
    assert wallet.holder_for(one).did == wallet.holder_with(KeyType.P256).did


def test_an_issuer_that_binds_to_bare_keys_gets_a_bare_key(desk, wallet, issuer):
    issuer.algorithms, issuer.bindings = ("ES256",), ("jwk",)
    receive_link(desk, wallet, issuer.link("sd"))
    proof = json.loads(next(body for path, _, body in issuer.seen if path == "/credential"))["proofs"]["jwt"][
        0
    ]
    assert "kid" not in jws.parse(proof, most=8_192, own_key=True).header
    (one,) = kept(wallet)
    assert one.report.parsed.subject.id is None
    assert wallet.holder_for(one).public_key == wallet.holder_with(KeyType.P256).public_key


def test_requests_and_answers_are_encrypted_where_the_issuer_asks_for_it(desk, wallet, issuer):
    issuer.encrypted()
    assert receive_link(desk, wallet, issuer.link()).credentials
    body = next(body for path, _, body in issuer.seen if path == "/credential")
    assert body.count(b".") == 4


def test_credentials_are_asked_for_by_the_names_that_the_token_gives(desk, wallet, issuer):
    issuer.knobs["token"] = {
        "authorization_details": [
            {
                "type": "openid_credential",
                "credential_configuration_id": "badge",
                "credential_identifiers": ["badge.1", "badge.2"],
            }
        ]
    }
    assert len(receive_link(desk, wallet, issuer.link()).credentials) == 2
    asked = [json.loads(body) for path, _, body in issuer.seen if path == "/credential"]
    assert [one.get("credential_identifier") for one in asked] == ["badge.1", "badge.2"]
    assert not any("credential_configuration_id" in one for one in asked)


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


def test_what_the_maker_says_of_other_keys_is_not_sent(desk, wallet, issuer, renderer):
    attested(desk, wallet, keys=[Party("Other").signer.public_key])
    issuer.knobs["proof_type"] = {"key_attestations_required": {}}
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), AttestationNeeded)


@pytest.mark.parametrize("content", ["", "{}", '{"client_attestation": "x"}', "[1]"])
def test_a_makers_statement_that_can_not_be_read_stops_everything(desk, wallet, issuer, renderer, content):
    (desk.settings.folder / FILE).write_text(content)
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), AttestationUnreadable)


# the answer of a sign-in: mix-up, injection, reuse (RFC 9207, RFC 9700 section 4)

ANSWERS = {
    "another server's name: a mix-up (RFC 9207)": ({"iss": "https://other.example"}, SignInMismatch),
    "no name though one was promised": ({"iss": None}, SignInMismatch),
    "another state": ({"state": "a-state-of-somebody-else"}, SignInMismatch),
    "no state": ({"state": None}, SignInMismatch),
    "no code": ({"code": None}, SignInMismatch),
    "an error": ({"error": "access_denied", "code": None}, SignInRefused),
    "an error with script in it": ({"error": "<script>alert(1)</script>", "code": None}, SignInRefused),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_a_wrong_answer_of_the_sign_in_asks_for_no_token(desk, wallet, issuer, renderer, case):
    issuer.knobs["answer"], code = ANSWERS[case]
    begun = sign_in(desk, issuer.sign_in_link())
    refused(desk, wallet, renderer, lambda: finish(desk, wallet, begun, issuer.visit(begun.url)), code)
    assert "/token" not in paths(issuer)


@pytest.mark.parametrize(
    "injected",
    [
        BACK + "?code=stolen",
        BACK + "?code=stolen&state=guess&iss=https://other.example",
        BACK.replace("a-place-of-this-sign-in", "another-place") + "?code=stolen",
        BACK + "?code=a&code=b",
        BACK + "#code=stolen",
        "http://127.0.0.1.evil.example:49152/signed-in/a-place-of-this-sign-in?code=x",
    ],
)
def test_a_code_that_is_injected_into_the_loopback_address_is_refused(
    desk, wallet, issuer, renderer, injected
):
    begun = sign_in(desk, issuer.sign_in_link())
    refused(desk, wallet, renderer, lambda: finish(desk, wallet, begun, injected), SignInMismatch)
    assert "/token" not in paths(issuer)


def test_a_code_of_another_sign_in_is_of_no_use_here(desk, wallet, issuer, renderer):
    mine, theirs = (sign_in(desk, issuer.sign_in_link()) for _ in range(2))
    url = issuer.visit(theirs.url)
    stolen = dict(parse_qsl(urlsplit(url).query))["code"]
    assert mine.state != theirs.state
    assert mine.verifier != theirs.verifier
    own = issuer.visit(mine.url, code=stolen)
    with pytest.raises(PassportError) as caught:
        finish(desk, wallet, mine, own)
    nothing_kept(wallet, renderer, caught.value)


def test_a_sign_in_that_takes_too_long_is_over(desk, wallet, issuer, renderer):
    begun = sign_in(desk, issuer.sign_in_link())
    url = issuer.visit(begun.url)
    begun.channel.clock = lambda: utc_now() + timedelta(hours=1)
    refused(desk, wallet, renderer, lambda: finish(desk, wallet, begun, url), SignInOver)


def test_an_offer_that_wants_a_sign_in_is_not_taken_without(desk, wallet, issuer, renderer):
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.sign_in_link()), SignInNeeded)


# DPoP (RFC 9449)


def test_each_sign_in_has_a_key_of_its_own(desk, wallet, issuer):
    """oid4vci-1_0-wallet with sender_constrain=dpop."""
    for _ in range(2):
        receive_link(desk, wallet, issuer.link())
    keys = {
        jws.parse(headers["dpop"], most=8_192, own_key=True).header["jwk"]["x"]
        for path, headers, _ in issuer.seen
        if path == "/token"
    }
    assert len(keys) == 2
    assert not keys & {key.to_jwk()["x"] for key in wallet.keys}


def test_a_server_that_asks_for_a_nonce_gets_it_once_more_and_no_third_time(desk, wallet, issuer, renderer):
    """oid4vci-1_0-wallet-dpop-nonce: the server's nonce goes into the next proof (RFC 9449, section 8)."""
    issuer.knobs["dpop_nonce"] = "a-nonce-of-the-server"
    begun = sign_in(desk, issuer.sign_in_link())
    assert finish(desk, wallet, begun, issuer.visit(begun.url)).credentials
    assert paths(issuer).count("/par") == 2
    issuer.honest(dpop_nonce="one", headers={"DPoP-Nonce": "another"})
    wallet.save(remove=frozenset((Kind.CREDENTIAL, each) for each in wallet.vault.of_kind(Kind.CREDENTIAL)))
    wallet.save(remove=frozenset((Kind.RECEIPT, each) for each in wallet.vault.of_kind(Kind.RECEIPT)))
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), OfferRefused)
    assert paths(issuer).count("/token") == 2


def test_a_token_goes_to_the_issuer_alone_and_none_to_its_nonce_endpoint(desk, wallet, issuer):
    receive_link(desk, wallet, issuer.link())
    with_token = {path for path, headers, _ in issuer.seen if "authorization" in headers}
    assert with_token == {"/credential", "/notification"}


# who may be asked

SERVERS = {
    "no PKCE but plain": ({"code_challenge_methods_supported": ["plain"]}, WeakSignIn),
    "no place to sign in": ({"authorization_endpoint": None}, WeakSignIn),
    "no grant of ours": ({"grant_types_supported": ["client_credentials"]}, NoGrant),
    "another issuer in its metadata": ({"issuer": "https://other.example"}, IssuerMismatch),
    "a place to sign in on another host": (
        {"authorization_endpoint": "https://other.example/a"},
        IssuerMismatch,
    ),
}


@pytest.mark.parametrize("case", SERVERS)
def test_a_server_that_may_not_be_asked_is_told_nothing(desk, wallet, issuer, renderer, case):
    """oid4vci-1_0-wallet: authorization server metadata that does not fit."""
    changes, code = SERVERS[case]
    issuer.server_changes = changes
    if None in changes.values():
        served = issuer.server()
        issuer.server = lambda: {name: value for name, value in served.items() if value is not None}
    try:
        refused(desk, wallet, renderer, lambda: sign_in(desk, issuer.sign_in_link()), code)
    finally:
        issuer.__dict__.pop("server", None)
    assert paths(issuer) == ["/.well-known/openid-credential-issuer"]


def test_a_server_elsewhere_is_asked_only_where_the_token_is_bound_to_a_key(desk, wallet, issuer, renderer):
    """A hostile issuer that names an honest server would get a token that is good there (token phishing)."""
    with vci_issuer() as honest:
        issuer.metadata_changes = {"authorization_servers": [honest.address]}
        opened = desk.outside.run(open_offer(issuer.sign_in_link(), desk.outside))
        assert opened.server_host == honest.authority
        honest.server_changes = {"dpop_signing_alg_values_supported": []}
        refused(desk, wallet, renderer, lambda: sign_in(desk, issuer.sign_in_link()), ServerElsewhere)


def test_a_server_that_does_not_know_this_wallet_says_so(desk, wallet, issuer, renderer):
    issuer.knobs["par_error"] = "invalid_client"
    refused(desk, wallet, renderer, lambda: sign_in(desk, issuer.sign_in_link()), WalletNotAccepted)


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


# deferred issuance (section 9)


def later(desk, wallet, seconds):
    now = desk.keeper.clock()
    wallet.clock = lambda: now + timedelta(seconds=seconds)


def test_what_comes_later_is_kept_as_waiting_and_fetched_when_it_is_time(desk, wallet, issuer):
    """oid4vci-1_0-wallet-deferred."""
    issuer.pending = 2
    got = receive_link(desk, wallet, issuer.link())
    assert got.credentials == ()
    (one,) = waiting(wallet)
    assert one.name == "Lassen"
    with pytest.raises(TooEarly):
        ask_again(desk, wallet, one.id)
    assert "/deferred" not in paths(issuer)
    later(desk, wallet, 6)
    assert [each.received for each in ask_all(desk, wallet)] == [None]
    later(desk, wallet, 60)
    (answered,) = ask_all(desk, wallet)
    assert [each.answer for each in answered.received.credentials] == ["yes"]
    assert waiting(wallet) == ()
    assert [each.host for each in kept(wallet)] == [issuer.authority]
    assert issuer.told[-1] == {"notification_id": "note-2", "event": "credential_accepted"}


def test_what_comes_later_may_be_encrypted(desk, wallet, issuer):
    issuer.encrypted()
    issuer.pending = 1
    receive_link(desk, wallet, issuer.link("sd"))
    later(desk, wallet, 60)
    (answered,) = ask_all(desk, wallet)
    assert answered.received.credentials


def test_a_promise_is_kept_for_its_key_alone(desk, wallet, issuer):
    issuer.pending = 1
    receive_link(desk, wallet, issuer.link())
    issuer.knobs["subject"] = wallet.holder_with(KeyType.P256).did
    later(desk, wallet, 60)
    (one,) = waiting(wallet)
    with pytest.raises(NotForThisHolder):
        ask_again(desk, wallet, one.id)
    assert wallet.vault.of_kind(Kind.CREDENTIAL) == {}


def test_an_issuer_that_promises_for_ever_is_not_waited_for_for_ever(desk, wallet, issuer):
    issuer.pending, issuer.knobs["interval"] = 9, 31_536_000
    receive_link(desk, wallet, issuer.link())
    (one,) = waiting(wallet)
    assert one.ask_from - one.since <= timedelta(days=7)
    later(desk, wallet, 366 * 86_400)
    answered = ask_again(desk, wallet, one.id)
    assert answered.waiting.state is WaitingState.TOO_LONG
    with pytest.raises(WaitingEnded):
        ask_again(desk, wallet, one.id)
    assert ask_all(desk, wallet) == ()


@pytest.mark.parametrize("error", ["invalid_transaction_id", "credential_request_denied"])
def test_a_promise_that_is_taken_back_is_said_and_its_token_forgotten(desk, wallet, issuer, error):
    issuer.pending = 1
    receive_link(desk, wallet, issuer.link())
    issuer.knobs["deferred_error"] = error
    later(desk, wallet, 60)
    (one,) = waiting(wallet)
    with pytest.raises(WaitingEnded):
        ask_again(desk, wallet, one.id)
    (one,) = waiting(wallet)
    assert (one.state, one.access_token, one.dpop) == (WaitingState.REFUSED, "", None)


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
