"""A case that rests on a badge of an issuer with a certificate and no DID (docs/decisions/0032)."""

import asyncio
from datetime import UTC, datetime, timedelta

from issuer.validation.checking import Checker
from passport.certificate_chains import NativeCertificates
from passport.keys import KeyType, generate_signer
from tests.simulators.parties import Party
from tests.simulators.vp_asking import Authority
from tests.simulators.x5c_issuing import SKILL, CertifiedIssuer

AT = datetime.now(UTC)
IN_FORCE = {"start": AT - timedelta(days=1), "end": AT + timedelta(days=30)}
AUTHORITY = Authority()
HOLDER = Party("Somebody", generate_signer(KeyType.P256))


def examined(*trusted):
    token = CertifiedIssuer(AUTHORITY, more=IN_FORCE).badge(HOLDER.signer.public_key, HOLDER.did, at=AT)
    enveloped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/dc+sd-jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }

    async def look():
        checker = Checker(
            allow_loopback=False,
            publishers=(),
            lists=(),
            certificates=NativeCertificates(trusted),
            clock=lambda: AT,
        )
        try:
            return await checker.examine([enveloped], HOLDER.did)
        finally:
            await checker.close()

    return asyncio.run(look())


def test_it_counts_by_the_word_of_an_authority_that_the_operator_named():
    found = examined(AUTHORITY.certificate(**IN_FORCE))
    assert len(found.credentials) == 1
    assert set(found.skills) == {SKILL}


def test_it_counts_for_nothing_where_nobody_trusts_the_authority():
    for trusted in ((), (Authority().certificate(**IN_FORCE),)):
        assert examined(*trusted).credentials == ()
