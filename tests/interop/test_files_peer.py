"""A public library takes credentials out of our pictures, and ours out of its: PyPI openbadgeslib."""

import base64
import json
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from passport.baking import bake, credentials_in
from passport.json import parse_object
from tests.simulators.badge_files import SUBJECT, SVG, png
from tests.simulators.forms import SchoolOfForms
from tests.simulators.other_parties import PEERS, peer_python

FORMS = ("ldp_vc", "jwt_vc_json")


@pytest.fixture(scope="module")
def told():
    """What the other library says of our pictures, and the pictures that it bakes."""
    school = SchoolOfForms()
    credentials = {form: school.sign(form, school.unsigned(SUBJECT)) for form in FORMS}
    plain = {"png": png(), "svg": SVG}
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), school.p256.public_key.raw)
    asked = {
        "pictures": {
            f"{form}-{name}": base64.b64encode(bake(picture, credential)).decode()
            for name, picture in plain.items()
            for form, credential in credentials.items()
        },
        "plain": {name: base64.b64encode(picture).decode() for name, picture in plain.items()},
        "credentials": {form: credential.decode() for form, credential in credentials.items()},
        "key": key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    }
    done = subprocess.run(
        [str(peer_python()), str(PEERS / "files_openbadgeslib.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return credentials, json.loads(done.stdout)


@pytest.mark.parametrize("picture", ["png", "svg"])
@pytest.mark.parametrize("form", FORMS)
def test_it_takes_the_credential_out_of_our_picture(told, form, picture):
    credentials, answer = told
    assert answer["extracted"][f"{form}-{picture}"].encode() == credentials[form]


@pytest.mark.parametrize("picture", ["png", "svg"])
@pytest.mark.parametrize("form", FORMS)
def test_we_take_the_credential_out_of_its_picture(told, form, picture):
    credentials, answer = told
    (inside,) = credentials_in(base64.b64decode(answer["baked"][f"{form}-{picture}"]))
    if form == "ldp_vc":
        assert parse_object(inside.source) == parse_object(credentials[form])
    else:
        assert inside.source == credentials[form]


def test_it_verifies_the_token_that_is_in_our_pictures(told):
    assert told[1]["verified"] is True
