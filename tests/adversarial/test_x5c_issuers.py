"""Issuers by certificate alone (HAIP 1.0, section 6.1.1): nobody signs in another's name, and none is good by
its own word. Attacks bear their names.
"""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from passport.answers import Answer
from passport.certificate_chains import NativeCertificates
from passport.dids import create_did_jwk, jwk_method_id
from passport.documents import DocumentCache, Fetched
from passport.errors.jose import CertificatesUnsupported
from passport.evidence.strength import weigh
from passport.jose import jws
from passport.json import dump
from passport.keys import KeyType, generate_signer
from passport.openid4vp.plain_sd_jwt import PlainReport, read_plain, verify_plain
from passport.sd_jwt import present
from passport.trust import TrustStore
from passport.verification import Context, CredentialReport, verify_credential
from passport.verification.genuine import status_lists
from tests.simulators.parties import Party
from tests.simulators.vp_asking import NOW, Authority, x5c
from tests.simulators.x5c_issuing import HOST, ISSUER, CertifiedIssuer

AUTHORITY = Authority()
REGISTRY = CertifiedIssuer(AUTHORITY)
TRUSTING = NativeCertificates([AUTHORITY.certificate()])
SIGNER = generate_signer(KeyType.P256)
DID = create_did_jwk(SIGNER.public_key)
WORKER = Party("Worker", SIGNER, DID, jwk_method_id(DID))
NONCE, VERIFIER = "n" * 22, "x509_hash:abc"
LIST = "https://issuer.example/status/1"
STATUS = {"status_list": {"idx": 0, "uri": LIST}}
DAY = timedelta(days=1)


def plain(token, *, certificates=TRUSTING, now=NOW, listed=None) -> PlainReport:
    shown = present(token, pointers=["/category"], holder=SIGNER, nonce=NONCE, audience=VERIFIER, now=now)
    read = read_plain(shown)
    assert read is not None
    documents = DocumentCache()
    if listed is not None:
        documents.put(Fetched(LIST, listed, now))
    context = Context(documents, now, certificates=certificates)
    return verify_plain(*read, context, status_lists(context), nonce=NONCE, audience=VERIFIER)


def badge(token, *, certificates=TRUSTING, now=NOW) -> CredentialReport:
    return verify_credential(token.encode(), Context(DocumentCache(), now, certificates=certificates))


def licence(issuer=REGISTRY, **more):
    return issuer.licence(SIGNER.public_key, **more)


def reason(report, code):
    checks = report.credential_checks if isinstance(report, PlainReport) else report.checks
    return next((check.answer, check.reason.code) for check in checks if check.code == code)


def first(report):
    """The first check that did not pass, and why."""
    checks = report.credential_checks if isinstance(report, PlainReport) else report.checks
    return next((c.code, c.answer, c.reason.code) for c in checks if c.answer is not Answer.YES)


def test_a_credential_by_certificate_is_genuine_and_says_whose_word_that_is():
    found = plain(licence())
    assert (found.genuine, found.standing, found.issuer) == (Answer.YES, Answer.YES, ISSUER)
    check = next(each for each in found.credential_checks if each.code == "issuer_found")
    assert check.reason.code == "issuer_certified"
    assert dict(check.reason.values) == {"subject": "A registry", "authority": "An authority"}


def test_a_badge_by_certificate_is_genuine_and_its_issuer_recognised_by_nobody():
    report = badge(REGISTRY.badge(SIGNER.public_key, WORKER.did))
    assert report.answer is Answer.YES
    assert report.parsed.issuer.id == ISSUER
    weighed = weigh([report.credential], trust=TrustStore(()), now=NOW, holder=WORKER.did)
    by_nobody = [str(each.strength) for each in weighed]
    assert by_nobody
    web = Party.on_the_web("School", HOST)
    beside = web.issue(WORKER, {"http://data.europa.eu/esco/skill/1": "drive forklift"})
    documents = DocumentCache()
    documents.put(web.did_document())
    known = verify_credential(beside, Context(documents, NOW)).require()
    same = weigh([known], trust=TrustStore(()), now=NOW, holder=WORKER.did)
    assert by_nobody == [str(each.strength) for each in same]  # as of any issuer whom nobody knows


def test_the_address_of_the_certificate_names_it_as_well_as_the_host():
    tenant = f"{ISSUER}/tenant"
    by_address = CertifiedIssuer(AUTHORITY, more={"dns": (), "uris": (tenant,)})
    assert plain(licence(by_address, iss=tenant)).genuine is Answer.YES
    assert first(plain(licence(by_address, iss=f"{ISSUER}/other")))[1:] == (
        Answer.NO,
        "certificate_of_another",
    )
    assert plain(licence(iss=tenant)).genuine is Answer.YES  # the host has it all
    urn = CertifiedIssuer(AUTHORITY, more={"dns": (), "uris": ("urn:registry:1",)})
    assert plain(licence(urn, iss="urn:registry:1")).genuine is Answer.YES


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({}, ISSUER),
        ({"uris": ("urn:registry:1", f"{ISSUER}/tenant")}, f"{ISSUER}/tenant"),
        ({"dns": ()}, "ni:///sha-256;"),
    ],
)
def test_without_iss_the_certificate_names_the_issuer(names, shown):
    found = plain(licence(CertifiedIssuer(AUTHORITY, more=names), iss=None))
    assert found.genuine is Answer.YES
    assert found.issuer.startswith(shown)


def test_it_may_be_issued_through_an_authority_between():
    key = ec.generate_private_key(ec.SECP256R1())
    between = Authority(key, "Between")
    middle = AUTHORITY.issue(key, subject="Between", ca=True)
    by_two = CertifiedIssuer(between)
    assert plain(licence(by_two, chain=[by_two.leaf, middle])).genuine is Answer.YES
    whole = [by_two.leaf, middle, AUTHORITY.certificate()]  # the last is not needed, and gives nothing
    assert plain(licence(by_two, chain=whole), certificates=NativeCertificates()).genuine is not Answer.YES


def test_without_a_way_to_check_certificates_it_cannot_be_told():
    assert first(plain(licence(), certificates=None)) == (
        "issuer_found",
        Answer.CANNOT_TELL,
        "certificates_unsupported",
    )


@pytest.mark.parametrize("by", [Authority(), Authority(name="An authority")])
def test_attack_the_attackers_own_authority(by):
    """Not forged, for all that can be told; never good."""
    for found in (
        plain(licence(CertifiedIssuer(by))),
        badge(CertifiedIssuer(by).badge(SIGNER.public_key, WORKER.did)),
    ):
        assert first(found) == ("issuer_found", Answer.CANNOT_TELL, "certificate_authority_unknown")


def test_attack_the_attacker_brings_the_authority_along():
    own = Authority()
    attacker = CertifiedIssuer(own)
    found = plain(licence(attacker, chain=[attacker.leaf, own.certificate()]))
    assert first(found)[1:] == (Answer.CANNOT_TELL, "certificate_authority_unknown")
    forged = plain(licence(attacker, chain=[attacker.leaf, AUTHORITY.certificate()]))
    assert first(forged)[1:] == (Answer.NO, "certificate_chain_refused")


def self_signed():
    key = ec.generate_private_key(ec.SECP256R1())
    return CertifiedIssuer(Authority(key, "A registry"), key)


OLD = {"start": NOW - 9 * DAY, "end": NOW - DAY}
BETWEEN = ec.generate_private_key(ec.SECP256R1())
BY_BETWEEN = CertifiedIssuer(Authority(BETWEEN, "Between"))
MIDDLE = AUTHORITY.issue(BETWEEN, subject="Between", ca=True)
REFUSED = {
    "a self-signed leaf": licence(self_signed()),
    "a leaf that is an authority": licence(CertifiedIssuer(AUTHORITY, more={"ca": True})),
    "a leaf that may not sign": licence(CertifiedIssuer(AUTHORITY, more={"usage": "key_agreement"})),
    "an expired leaf": licence(CertifiedIssuer(AUTHORITY, more=OLD)),
    "an expired certificate between": licence(
        BY_BETWEEN, chain=[BY_BETWEEN.leaf, AUTHORITY.issue(BETWEEN, subject="Between", ca=True, **OLD)]
    ),
    "the wrong order": licence(BY_BETWEEN, chain=[MIDDLE, BY_BETWEEN.leaf]),
    "a certificate that does not belong": licence(chain=[REGISTRY.leaf, MIDDLE]),
    "between is no authority": licence(
        BY_BETWEEN, chain=[BY_BETWEEN.leaf, AUTHORITY.issue(BETWEEN, subject="Between")]
    ),
    "garbage": licence(chain=[b"rubbish"]),
    "bytes behind it": licence(chain=[REGISTRY.leaf + b"\x00"]),
    "signed before the leaf was there": licence(iat=int((NOW - 9 * DAY).timestamp())),
}


@pytest.mark.parametrize("name", REFUSED)
def test_attack_a_chain_that_does_not_hold(name):
    assert first(plain(REFUSED[name])) == ("issuer_found", Answer.NO, "certificate_chain_refused")


def test_attack_a_leaf_that_was_in_force_when_it_signed_and_is_not_now():
    token = licence(iat=int(NOW.timestamp()))
    assert first(plain(token, now=NOW + 40 * DAY))[1:] == (Answer.NO, "certificate_chain_refused")


@pytest.mark.parametrize(
    "x5c_value",
    [[], "x", [7], [""], ["%"], x5c([REGISTRY.leaf]) * 20, ["A" * 8_196], None],
    ids=["none", "no list", "numbers", "empty", "no base64", "20 certificates", "one too large", "null"],
)
def test_attack_x5c_of_a_wrong_form(x5c_value):
    found = plain(licence(header={"x5c": x5c_value}))
    assert first(found) == ("readable", Answer.NO, "certificate_chain_refused")


@pytest.mark.parametrize(
    "iss",
    [
        "https://other.example",
        f"https://other.example/{HOST}",
        f"https://{HOST}.evil.example",
        f"https://sub.{HOST}",
        f"https://{HOST}:x",
        f"https://{HOST}@evil.example",
        f"https://evil.example#@{HOST}",
    ],
)
def test_attack_a_leaf_of_another_host_than_iss(iss):
    code, answer, _ = first(plain(licence(iss=iss)))
    assert (code, answer) == ("issuer_key", Answer.NO)


@pytest.mark.parametrize("iss", [f"http://{HOST}", "urn:registry:1", "registry"])
def test_attack_a_name_that_no_certificate_of_a_host_can_hold(iss):
    found = plain(licence(iss=iss))
    assert first(found) == ("issuer_key", Answer.CANNOT_TELL, "certificate_names_another")


def test_attack_a_wildcard_names_no_host():
    wide = CertifiedIssuer(AUTHORITY, more={"dns": (f"*.{HOST}",)})
    assert first(plain(licence(wide, iss=f"https://sub.{HOST}")))[:2] == ("issuer_key", Answer.NO)


def test_attack_a_badge_names_another_issuer_than_the_certificate():
    found = badge(REGISTRY.badge(SIGNER.public_key, WORKER.did, issuer="https://school.example"))
    assert first(found) == ("issuer_key", Answer.NO, "certificate_of_another")
    hidden_iss = REGISTRY.badge(SIGNER.public_key, WORKER.did, issuer="https://school.example", without="iss")
    assert first(badge(hidden_iss)) == ("issuer_key", Answer.NO, "certificate_of_another")


@pytest.mark.parametrize("did", ["did:web:school.example", WORKER.did])
def test_attack_an_authority_speaks_for_a_did(did):
    named = CertifiedIssuer(AUTHORITY, more={"uris": (did,)})
    for found in (
        plain(licence(named, iss=did)),
        badge(named.badge(SIGNER.public_key, WORKER.did, issuer=did)),
        badge(named.badge(SIGNER.public_key, WORKER.did, issuer=did, without="iss")),
    ):
        assert first(found) == ("readable", Answer.CANNOT_TELL, "certificates_unsupported")


def test_attack_x5c_and_kid_disagree():
    """A DID names the key where it stands, and the certificate gives it no name and no weight."""
    attacker = Party("Attacker", generate_signer(KeyType.P256))
    header = {"kid": attacker.method}
    theirs = plain(licence(header=header, iss=attacker.did))  # signed by the leaf's key, named by the DID
    assert first(theirs)[:2] == ("proof_holds", Answer.NO)
    for_host = plain(licence(header=header))  # iss is the host, kid a DID
    assert for_host.genuine is not Answer.YES
    beside = badge(REGISTRY.badge(SIGNER.public_key, WORKER.did, header=header))
    assert beside.credential is None
    other_name = plain(licence(header={"kid": "other"}))  # a kid that is no DID names nothing of its own
    assert (other_name.genuine, other_name.issuer) == (Answer.YES, ISSUER)


def test_attack_the_signature_is_not_by_the_leafs_key():
    other = CertifiedIssuer(AUTHORITY)
    assert first(plain(licence(other, chain=[REGISTRY.leaf])))[:2] == ("proof_holds", Answer.NO)
    token = other.badge(SIGNER.public_key, WORKER.did, chain=[REGISTRY.leaf])
    assert first(badge(token))[:2] == ("proof_holds", Answer.NO)


@pytest.mark.parametrize("member", ["x5u", "jku", "jwk"])
def test_attack_a_key_to_fetch_or_to_bring_is_refused_beside_x5c(member):
    token = licence(header={member: "https://evil.example/"})
    assert first(badge(token)) == ("readable", Answer.NO, "key_in_header")


def test_attack_another_form_by_certificate():
    """Only SD-JWT VC has the way; a W3C credential by certificate can't be told."""
    token = REGISTRY.badge(SIGNER.public_key, WORKER.did, header={"typ": "vc+sd-jwt"})
    assert badge(token).answer is Answer.YES  # vc+sd-jwt until draft 06, and no @context
    claims = {"@context": ["https://www.w3.org/ns/credentials/v2"], "issuer": ISSUER}
    signed = jws.sign(dump(claims), signer=REGISTRY.signer, header=REGISTRY.header(typ="vc+sd-jwt"))
    assert first(badge(f"{signed}~")) == ("readable", Answer.CANNOT_TELL, "certificates_unsupported")


def test_the_status_list_is_signed_by_certificate_as_well():
    token = licence(status=STATUS)
    assert plain(token, listed=REGISTRY.status_list(LIST)).standing is Answer.YES
    assert plain(token, listed=REGISTRY.status_list(LIST, iss=ISSUER)).standing is Answer.YES
    assert plain(token, listed=REGISTRY.status_list(LIST, revoked=True)).standing is Answer.NO
    without = licence(status=STATUS, iss=None)
    assert plain(without, listed=REGISTRY.status_list(LIST)).standing is Answer.YES
    tenant = licence(status=STATUS, iss=f"{ISSUER}/tenant")
    assert plain(tenant, listed=REGISTRY.status_list(LIST)).standing is Answer.YES


OTHER = CertifiedIssuer(AUTHORITY, more={"dns": ("other.example",)})
LISTS = {
    "of another host": OTHER.status_list(LIST),
    "of another host that says it is this one": OTHER.status_list(LIST, iss=ISSUER),
    "of the attacker's authority": CertifiedIssuer(Authority()).status_list(LIST),
    "not by the leaf": OTHER.status_list(LIST, header={"x5c": x5c([REGISTRY.leaf])}),
    "in the name of a DID": REGISTRY.status_list(LIST, iss=WORKER.did),
    "of no certificate": REGISTRY.status_list(LIST, header={"x5c": ["AAAA"]}),
    "for another address": REGISTRY.status_list("https://issuer.example/status/2"),
}


@pytest.mark.parametrize("name", LISTS)
def test_attack_a_status_list_that_somebody_else_signed(name):
    found = plain(licence(status=STATUS), listed=LISTS[name])
    assert (found.genuine, found.standing) == (Answer.YES, Answer.CANNOT_TELL)


def test_attack_a_list_that_one_verifier_relies_on_is_nothing_to_the_next():
    """A verified list is kept by the process; one by certificate holds for who trusts its authority."""
    listed = REGISTRY.status_list(LIST)
    assert plain(licence(status=STATUS), listed=listed).standing is Answer.YES
    context = Context(DocumentCache(), NOW)
    context.documents.put(Fetched(LIST, listed, NOW))
    with pytest.raises(CertificatesUnsupported):
        status_lists(context).get("TokenStatusListEntry", LIST)
