"""Badges as vc+sd-jwt and dc+sd-jwt: what is written, what comes back, and that both say the same."""

import pytest

from passport.credentials import Form, parse_credential
from passport.credentials.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from passport.documents import DocumentCache
from passport.errors.credentials import MissingMember, NotACredential, NotAnOpenBadge, NotAUrl
from passport.errors.dids import MalformedDidUrl
from passport.errors.jose import CertificatesUnsupported
from passport.errors.proofs import ProofExpired
from passport.errors.sd_jwt import NotDisclosable, PointerNotFound
from passport.jose import jws
from passport.json import dump
from passport.proofs import method_source
from passport.sd_jwt import parse, present
from passport.sd_jwt.credential import read, read_dc, sign_dc, sign_vc, verify
from passport.sd_jwt.disclosable import disclosable_pointers
from tests.simulators.parties import NOW, Party, status_entry

SCHOOL, WORKER = Party("School"), Party("Worker")
SKILLS = {"http://a.example/1": "Weld", "http://a.example/2": "Solder"}
VCT = "https://school.example/types/badge"
THEN = int(NOW.timestamp())
STATUS = {"status_list": {"idx": 7, "uri": "https://school.example/status/1"}}


@pytest.fixture
def badge():
    made = SCHOOL.issue(
        WORKER,
        SKILLS,
        genres=["WorkRecord"],
        results=[{"status": "Completed", "value": "8"}],
        valid_until=NOW.replace(year=2030),
    )
    return {name: value for name, value in made.items() if name != "proof"}


def vc(document, **changes):
    given = {
        "disclosable": disclosable_pointers(document),
        "signer": SCHOOL.signer,
        "verification_method": SCHOOL.method,
        "holder_key": WORKER.signer.public_key,
        "issued_at": NOW,
    }
    return sign_vc(document, **{**given, **changes})


def dc(document, **changes):
    given = {
        "vct": VCT,
        "disclosable": disclosable_pointers(document),
        "signer": SCHOOL.signer,
        "verification_method": SCHOOL.method,
        "holder_key": WORKER.signer.public_key,
    }
    return sign_dc(document, **{**given, **changes})


def check(text, now=NOW):
    found = read(text)
    verify(found, method_for=method_source(DocumentCache()), expected_purpose="assertionMethod", now=now)
    return found


def test_both_forms_say_the_same(badge):
    for form, text in ((Form.VC_SD_JWT, vc(badge)), (Form.DC_SD_JWT, dc(badge))):
        found = check(text)
        assert found.form is form
        assert found.document == badge
        assert found.verification_method == SCHOOL.method
        assert (found.algorithm, found.terms.expires, found.hidden) == ("EdDSA", None, frozenset())


def test_the_same_pointers_show_the_same_in_both(badge):
    pointer = "/credentialSubject/achievement/alignment/1"
    skills = []
    for text in (vc(badge), dc(badge)):
        shown = present(text, pointers=[pointer], holder=WORKER.signer, nonce="n", audience="a", now=NOW)
        found = check(shown)
        skills.append(parse_credential(found.document).subject.achievement.alignments)
        assert found.hidden == {
            ("credentialSubject", "achievement", "alignment"),
            ("credentialSubject", "result", "0"),
        }
    assert skills[0] == skills[1]
    assert [each.target_name for each in skills[0]] == ["Solder"]


def test_the_claims_of_a_vc_sd_jwt(badge):
    parsed = parse(vc(badge))
    assert parsed.jwt.header == {"alg": "EdDSA", "typ": "vc+sd-jwt", "cty": "vc", "kid": SCHOOL.method}
    assert parsed.claims.keys() - badge.keys() == {"iss", "iat", "cnf", "_sd_alg"}
    assert parsed.claims["cnf"] == {"jwk": WORKER.signer.public_key.to_jwk()}


def test_the_claims_of_a_dc_sd_jwt(badge):
    """SD-JWT VC, section 2.2.2: registered claims in the place of JSON-LD."""
    parsed = parse(dc(badge, status=STATUS, issued_at=NOW))
    assert parsed.jwt.header == {"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": SCHOOL.method}
    assert not {"@context", "type", "validFrom", "validUntil"} & parsed.claims.keys()
    registered = {name: parsed.claims[name] for name in ("iss", "vct", "nbf", "exp", "iat", "status")}
    assert registered == {
        "iss": SCHOOL.did,
        "vct": VCT,
        "nbf": THEN,
        "exp": int(NOW.replace(year=2030).timestamp()),
        "iat": THEN,
        "status": STATUS,
    }


def test_without_an_end_and_a_holder_nothing_is_claimed(badge):
    del badge["validUntil"]
    assert not {"exp", "cnf", "iat", "status"} & parse(dc(badge, holder_key=None)).claims.keys()
    assert not {"cnf", "iat"} & parse(vc(badge, holder_key=None, issued_at=None)).claims.keys()
    assert check(dc(badge, holder_key=None)).document == badge


def test_a_status_of_tokens_becomes_an_entry_and_stands_beside_others(badge):
    (entry,) = parse_credential(read(dc(badge, status=STATUS)).document).statuses
    assert (entry.type, entry.status_list_index) == ("TokenStatusList", 7)
    assert entry.status_list_credential == "https://school.example/status/1"
    bits = status_entry("https://school.example/status/2", 9)
    for given in (bits, [bits]):
        found = parse_credential(read(dc({**badge, "credentialStatus": given}, status=STATUS)).document)
        assert [each.status_list_index for each in found.statuses] == [9, 7]
    assert read(dc({**badge, "credentialStatus": bits})).document["credentialStatus"] == bits


def test_a_status_of_another_kind_is_kept_as_one_that_nobody_can_check(badge):
    found = parse_credential(read(dc(badge, status={"other": {}})).document)
    assert [each.type for each in found.statuses] == ["OtherTokenStatus"]


def test_an_expired_badge_is_still_genuine_but_an_expired_signature_is_over(badge):
    later = NOW.replace(year=2031)
    assert check(vc(badge), later)
    assert check(dc(badge), later)
    claims = {**badge, "iss": SCHOOL.did, "exp": THEN}
    header = {"typ": "vc+sd-jwt", "kid": SCHOOL.method}
    with pytest.raises(ProofExpired):
        check(jws.sign(dump(claims), signer=SCHOOL.signer, header=header) + "~")


def test_claims_that_another_issuer_writes_are_read_as_far_as_they_go():
    """Without nbf the badge counts from iat; without `issuer` the issuer is `iss`."""
    document = read_dc({"iss": SCHOOL.did, "iat": THEN, "vct": VCT, "name": "Badge", "vct#integrity": "x"})
    assert document == {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": SCHOOL.did,
        "name": "Badge",
        "validFrom": "2026-11-20T12:00:00Z",
    }
    assert "issuer" not in read_dc({"vct": VCT})


@pytest.mark.parametrize("make", [vc, dc])
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"disclosable": ["/evidence"]}, NotDisclosable),
        ({"disclosable": ["/credentialSubject"]}, NotDisclosable),
        ({"disclosable": ["/nothing"]}, PointerNotFound),
        ({"verification_method": "#key-1"}, MalformedDidUrl),
    ],
)
def test_what_is_not_signed(badge, make, changes, refusal):
    with pytest.raises(refusal):
        make(badge, **changes)


def test_a_credential_has_an_issuer(badge):
    with pytest.raises(NotACredential):
        vc({**badge, "issuer": []})
    with pytest.raises(MissingMember):
        dc({**badge, "issuer": []})
    with pytest.raises(MissingMember):
        dc({name: value for name, value in badge.items() if name != "validFrom"})


@pytest.mark.parametrize("types", ["VerifiableCredential", ["VerifiableCredential", "EndorsementCredential"]])
def test_only_a_badge_becomes_a_dc_sd_jwt(badge, types):
    with pytest.raises(NotAnOpenBadge):
        dc({**badge, "type": types})


def test_the_type_is_a_url(badge):
    with pytest.raises(NotAUrl):
        dc(badge, vct="badge")


def test_decoys_hide_how_many_skills_there_are(badge):
    found = check(vc(badge, decoys=4))
    assert found.document == badge
    assert ("credentialSubject", "achievement", "alignment") in found.hidden


def test_certificates_stand_beside_the_did_and_say_nothing_to_us(badge):
    """HAIP 1.0, section 6.1.1; RFC 7515, section 4.1.6."""
    token = dc(badge, certificates=["MIIB", "MIIC"])
    found = read(token)
    assert found.sd_jwt.jwt.header["x5c"] == ["MIIB", "MIIC"]
    assert found.verification_method == SCHOOL.method
    assert "x5c" not in read(dc(badge)).sd_jwt.jwt.header


@pytest.mark.parametrize("kid", [{}, {"kid": "#key-1"}, {"kid": 7}])
def test_without_a_did_the_certificate_names_the_key_of_an_sd_jwt_vc_and_of_nothing_else(kid):
    """SD-JWT VC, section 2.5; the name of a certificate by its digest is that of RFC 6920, section 3."""
    header = {"typ": "dc+sd-jwt", "x5c": ["MIIB"], **kid}
    claims = {"vct": VCT, "iss": "https://school.example"}
    found = read(f"{jws.sign(dump(claims), signer=SCHOOL.signer, header=header)}~")
    assert found.certified
    assert found.verification_method.startswith("ni:///sha-256;")
    w3c = {"@context": [CREDENTIALS_V2], "issuer": "https://school.example"}
    for other, typ in ((w3c, "vc+sd-jwt"), ({**claims, "iss": SCHOOL.did}, "dc+sd-jwt")):
        token = jws.sign(dump(other), signer=SCHOOL.signer, header={**header, "typ": typ})
        with pytest.raises(CertificatesUnsupported):
            read(f"{token}~")
