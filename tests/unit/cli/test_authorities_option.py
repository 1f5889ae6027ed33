"""Issuers by certificate, at the commands that look at a proof (docs/decisions/0032)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from passport.keys import KeyType, generate_signer
from tests.simulators.parties import Party
from tests.simulators.vp_asking import Authority
from tests.simulators.warm import ran
from tests.simulators.x5c_issuing import SKILL, CertifiedIssuer

AT = datetime.now(UTC)
IN_FORCE = {"start": AT - timedelta(days=1), "end": AT + timedelta(days=30)}
AUTHORITY = Authority()
REGISTRY = CertifiedIssuer(AUTHORITY, more=IN_FORCE)
HOLDER = Party("Somebody", generate_signer(KeyType.P256))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("authorities")
    for name, authority in (("trusted", AUTHORITY), ("others", Authority())):
        certificate = x509.load_der_x509_certificate(authority.certificate(**IN_FORCE))
        (made / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (made / "badge.jwt").write_text(REGISTRY.badge(HOLDER.signer.public_key, HOLDER.did, at=AT))
    ran("keys", "new", made / "employer.key")
    return made


COMMANDS = {
    "verify": ("verify", "badge.jwt"),
    "weigh": ("weigh", "badge.jwt"),
    "status": ("status", "show", "badge.jwt"),
    "endorse": ("endorse", "badge.jwt", "--key", "employer.key", "--skill", SKILL, "-o", "made.json"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_badge_by_certificate_is_genuine_by_the_authority_that_was_named_alone(folder, command):
    words = [*COMMANDS[command], "--offline"]
    for more in ([], ["--authorities", "others.pem"]):
        assert ran(*words, *more, folder=folder).returncode != 0
    good = ran(*words, "--authorities", "trusted.pem", folder=folder)
    assert good.returncode == 0, good.stderr


def test_the_weight_says_that_nobody_recognises_who_a_certificate_names(folder):
    told = ran("weigh", "badge.jwt", "--offline", "--authorities", "trusted.pem", "--json", folder=folder)
    (skill,) = json.loads(told.stdout)["skills"]
    assert skill["strength"] == "soft"


def test_authorities_that_can_not_be_read_end_the_command(folder):
    (folder / "rubbish.pem").write_text("-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n")
    for command in COMMANDS.values():
        assert ran(*command, "--offline", "--authorities", "rubbish.pem", folder=folder).returncode != 0
