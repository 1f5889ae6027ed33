"""What a wallet sends: read strictly, bound to its request's state and key."""

import json
from urllib.parse import urlencode

import pytest

from passport.errors.openid4vp_response import (
    MalformedVpResponse,
    ResponseEncryptedUnasked,
    ResponseForAnotherKey,
    ResponseNotEncrypted,
    WrongState,
)
from passport.jose import jwe
from passport.json import dump
from passport.keys import generate_agreement_key
from passport.openid4vp.limits import RESPONSE
from passport.openid4vp.response_read import (
    ERRORS,
    Encryption,
    VpToken,
    WalletError,
    read_response,
    read_vp_token,
)

STATE = "s" * 22
ENCRYPTION = Encryption(generate_agreement_key(), "1", ("A128GCM", "A256GCM"))
TOKEN = {"a": ["e.y.J"], "b": [{"type": "VerifiablePresentation"}, "x~y"]}


def plain(**members):
    written = {"vp_token": json.dumps(TOKEN), "state": STATE, **members}
    return urlencode({name: value for name, value in written.items() if value is not None}).encode()


def encrypted(kid="1", enc="A128GCM", **members):
    key = {**ENCRYPTION.key.public_key.to_jwk(), **({} if kid is None else {"kid": kid})}
    content = dump({name: value for name, value in members.items() if value is not None})
    return urlencode({"response": jwe.encrypt(content, recipient=key, enc=enc, header={})}).encode()


def test_presentations_by_query_as_they_came():
    expected = {"a": (b"e.y.J",), "b": ({"type": "VerifiablePresentation"}, b"x~y")}
    found = read_response(plain(), state=STATE, encryption=None)
    assert isinstance(found, VpToken)
    assert dict(found.presentations) == expected
    again = read_response(encrypted(vp_token=TOKEN, state=STATE), state=STATE, encryption=ENCRYPTION)
    assert again == found


@pytest.mark.parametrize("error", [*sorted(ERRORS), "something_else", ""])
def test_a_wallet_says_no_encrypted_or_not(error):
    expected = WalletError(error if error in ERRORS else "other")
    told = plain(vp_token=None, error=error, error_description="no")
    assert read_response(told, state=STATE, encryption=None) == expected
    assert read_response(told, state=STATE, encryption=ENCRYPTION) == expected
    sealed = encrypted(error=error, state=STATE)
    assert read_response(sealed, state=STATE, encryption=ENCRYPTION) == expected


@pytest.mark.parametrize("state", [None, "", "s" * 21, "S" * 22])
def test_attack_another_state(state):
    with pytest.raises(WrongState):
        read_response(plain(state=state), state=STATE, encryption=None)
    with pytest.raises(WrongState):
        read_response(encrypted(vp_token=TOKEN, state=state), state=STATE, encryption=ENCRYPTION)
    with pytest.raises(WrongState):
        read_response(encrypted(vp_token=TOKEN, state=[STATE]), state=STATE, encryption=ENCRYPTION)


def test_attack_encrypted_otherwise_than_asked():
    with pytest.raises(ResponseNotEncrypted):
        read_response(plain(), state=STATE, encryption=ENCRYPTION)
    with pytest.raises(ResponseEncryptedUnasked):
        read_response(encrypted(vp_token=TOKEN, state=STATE), state=STATE, encryption=None)
    for kid in ("2", None):
        with pytest.raises(ResponseForAnotherKey):
            read_response(encrypted(kid, vp_token=TOKEN, state=STATE), state=STATE, encryption=ENCRYPTION)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"vp_token", b"\xff", b"&" * 20, b"state=s", plain(vp_token="{"), plain(vp_token="[]"), plain(vp_token=None),
        plain(error="access_denied"), plain() + b"&" + plain(), plain() + b"&state=" + STATE.encode(),
        plain() + b"".join(b"&x%d=1" % number for number in range(RESPONSE.fields - 1)),
    ],
)  # fmt: skip
def test_attack_malformed_form(body):
    with pytest.raises((MalformedVpResponse, WrongState)):
        read_response(body, state=STATE, encryption=None)


def test_attack_two_answers_in_one():
    both = encrypted(vp_token=TOKEN, state=STATE) + b"&vp_token=%7B%7D"
    with pytest.raises(MalformedVpResponse):
        read_response(both, state=STATE, encryption=ENCRYPTION)
    for content in (b"[]", b"{", b'{"state":"s","state":"s"}'):
        key = {**ENCRYPTION.key.public_key.to_jwk(), "kid": "1"}
        body = urlencode({"response": jwe.encrypt(content, recipient=key, enc="A128GCM", header={})}).encode()
        with pytest.raises(MalformedVpResponse):
            read_response(body, state=STATE, encryption=ENCRYPTION)


def test_unknown_parameters_are_ignored():
    body = plain() + b"".join(b"&x%d=1" % number for number in range(RESPONSE.fields - 2))
    assert isinstance(read_response(body, state=STATE, encryption=None), VpToken)


def test_limit_of_presentations():
    most = RESPONSE.presentations + RESPONSE.endorsements
    assert len(read_vp_token({"a": ["x"] * most}).presentations["a"]) == most
    with pytest.raises(MalformedVpResponse):
        read_vp_token({"a": ["x"] * most, "b": ["x"]})
