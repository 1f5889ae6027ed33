"""Attacks on SD-JWTs: on disclosures, on what must stay visible, and on the holder's signature.

Longer than most test files: it is mostly one table.
"""

import base64
import json
from datetime import timedelta

import pytest

from passport import sd_jwt
from passport.credentials.vocabulary import CREDENTIALS_V2
from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.errors import JsonTooDeep, MalformedKey, PassportError, SignatureMismatch
from passport.errors.jose import (
    AlgorithmRefused,
    ClaimsContradict,
    KeyIdMissing,
    KeyInHeader,
    KeyNotForAlgorithm,
    MalformedClaim,
    MalformedToken,
    TokenTooLarge,
    WrongTokenType,
)
from passport.errors.proofs import ChallengeMismatch, DomainMismatch, ProofExpired, ProofFromTheFuture
from passport.errors.sd_jwt import (
    DisclosedClaimExists,
    DisclosureNotReferenced,
    DuplicateDigest,
    HolderKeyMismatch,
    HolderKeyMissing,
    KeyBindingMismatch,
    KeyBindingMissing,
    MalformedDisclosure,
    MalformedSdJwt,
    ProtectedClaimHidden,
    ReservedClaimName,
    TooManyDisclosures,
    UnsupportedDisclosureDigest,
    UnsupportedHolderKey,
)
from passport.jose import jws
from passport.keys import KeyType, generate_signer
from passport.proofs import method_source
from passport.sd_jwt import credential
from passport.sd_jwt.disclosure import digest
from tests.simulators.parties import NOW

ISSUER, HOLDER, OTHER = generate_signer(), generate_signer(), generate_signer(KeyType.P256)
DID, WORKER = create_did_key(ISSUER.public_key), create_did_key(HOLDER.public_key)
KID = key_method_id(DID)
THEN = int(NOW.timestamp())
VERIFIER, NONCE = "https://verifier.example", "asked"
CNF = {"jwk": HOLDER.public_key.to_jwk()}
REMOVED = object()


def encode(content):
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def claim(name, value, salt="c2FsdA"):
    return encode([salt, name, value])


def element(value, salt="c2FsdA"):
    return encode([salt, value])


def signed(claims, *disclosures, header=None, binding=""):
    head = {"typ": "vc+sd-jwt", "kid": KID, **(header or {})}
    token = jws.sign(json.dumps(claims).encode(), signer=ISSUER, header=head)
    return "~".join([token, *disclosures, binding])


def object_of(*disclosures, **claims):
    return signed({**claims, "_sd": [digest(each) for each in disclosures]}, *disclosures)


def array_of(*disclosures, **claims):
    return signed({**claims, "items": [{"...": digest(each)} for each in disclosures]}, *disclosures)


NAME, ITEM = claim("name", "Ann"), element("one")
GOOD = object_of(NAME, iss=DID)


def deep(levels):
    """Disclosures within disclosures: no single text is deep."""
    inner, disclosures = {"end": 1}, []
    for _ in range(levels):
        disclosures.append(claim("next", inner))
        inner = {"_sd": [digest(disclosures[-1])]}
    return signed(inner, *disclosures)


DISCLOSURES = {
    "the same one twice": (signed({"_sd": [digest(NAME)]}, NAME, NAME), DuplicateDigest),
    "a digest twice in one place": (signed({"_sd": [digest(NAME)] * 2}, NAME), DuplicateDigest),
    "a digest in two places": (
        signed({"_sd": [digest(NAME)], "a": {"_sd": [digest(NAME)]}}, NAME),
        DuplicateDigest,
    ),
    "a digest twice that nobody discloses": (signed({"_sd": [digest(NAME)] * 2}), DuplicateDigest),
    "a digest for a claim and for an element": (
        signed({"_sd": [digest(ITEM)], "a": [{"...": digest(ITEM)}]}),
        DuplicateDigest,
    ),
    "a digest once more in a disclosure": (
        object_of(claim("a", {"_sd": [digest(NAME)]}), NAME),
        DuplicateDigest,
    ),
    "one that nobody signed": (f"{GOOD}{claim('role', 'Chief')}~", DisclosureNotReferenced),
    "one that hangs in another that is kept back": (
        signed({"_sd": [digest(claim("a", {"_sd": [digest(NAME)]}))]}, NAME),
        DisclosureNotReferenced,
    ),
    "one with another salt": (
        signed({"_sd": [digest(NAME)]}, claim("name", "Ann", "b3RoZXI")),
        DisclosureNotReferenced,
    ),
    "one for a name that is there": (object_of(NAME, name="Bob"), DisclosedClaimExists),
    "two for one name": (object_of(NAME, claim("name", "Bob")), DisclosedClaimExists),
    "an element where a claim must be": (object_of(ITEM), MalformedDisclosure),
    "a claim where an element must be": (array_of(NAME), MalformedDisclosure),
    "a claim named _sd": (object_of(claim("_sd", ["x"])), ReservedClaimName),
    "a claim named ...": (object_of(claim("...", "x")), ReservedClaimName),
    "a claim named _sd_alg": (object_of(claim("_sd_alg", "sha-512")), ReservedClaimName),
    "... outside an array": (signed({"a": {"...": digest(ITEM)}}, ITEM), ReservedClaimName),
    "... at the top": (signed({"...": digest(ITEM)}, ITEM), ReservedClaimName),
    "... with something besides": (
        signed({"a": [{"...": digest(ITEM), "b": 1}]}, ITEM),
        MalformedSdJwt,
    ),
    "... that is no text": (signed({"a": [{"...": 1}]}), MalformedSdJwt),
    "_sd that is no list": (signed({"_sd": digest(NAME)}, NAME), MalformedSdJwt),
    "_sd of numbers": (signed({"_sd": [1]}), MalformedSdJwt),
    "_sd of lists": (signed({"_sd": [[digest(NAME)]]}, NAME), MalformedSdJwt),
    "_sd null": (signed({"_sd": None}), MalformedSdJwt),
    "no array": (object_of(encode({"0": "s"})), MalformedDisclosure),
    "an array of one": (object_of(encode(["s"])), MalformedDisclosure),
    "an array of four": (object_of(encode(["s", "a", 1, 2])), MalformedDisclosure),
    "a salt that is no text": (object_of(encode([1, "a", 2])), MalformedDisclosure),
    "a name that is no text": (object_of(encode(["s", 1, 2])), MalformedDisclosure),
    "a name that is null": (object_of(encode(["s", None, 2])), MalformedDisclosure),
    "a member twice": (object_of(encode(b'["s","a",{"b":1,"b":2}]')), MalformedDisclosure),
    "NaN": (object_of(encode(b'["s","a",NaN]')), MalformedDisclosure),
    "no JSON": (object_of(encode(b"name=Ann")), MalformedDisclosure),
    "padding": (object_of(f"{encode(['s', 'aa', 1])}="), MalformedDisclosure),
    "an empty one": (f"{GOOD}~", MalformedDisclosure),
    "a blank": (signed({"_sd": [digest(NAME)]}, f"{NAME} "), MalformedDisclosure),
    "a letter outside ASCII": (signed({}, "é"), MalformedDisclosure),
    "sd_alg unknown": (signed({"_sd_alg": "sha-1"}), UnsupportedDisclosureDigest),
    "sd_alg in another case": (signed({"_sd_alg": "SHA-256"}), UnsupportedDisclosureDigest),
    "sd_alg a number": (signed({"_sd_alg": 256}), UnsupportedDisclosureDigest),
    "sd_alg that changes the digests": (
        signed({"_sd_alg": "sha-512", "_sd": [digest(NAME)]}, NAME),
        DisclosureNotReferenced,
    ),
    "nested without end": (deep(33), JsonTooDeep),
    "more than anybody has": (
        signed({}, *(claim(f"n{index}", index) for index in range(257))),
        TooManyDisclosures,
    ),
    "megabytes": (f"{GOOD}{'A' * 300_000}~", TokenTooLarge),
    "tildes only": ("~" * 200_000, TooManyDisclosures),
    "no tilde": (GOOD.rstrip("~").split("~")[0], MalformedSdJwt),
    "empty": ("", MalformedSdJwt),
    "no token": ("~", MalformedToken),
    "JSON": (json.dumps({"payload": "e30", "header": {"disclosures": ["~"]}}), MalformedToken),
    "alg none": (f"{encode({'alg': 'none'})}.{encode({})}.AA~", AlgorithmRefused),
    "a key in the header": (signed({}, header={"jwk": CNF["jwk"]}), KeyInHeader),
    "claims no object": (
        jws.sign(b"[]", signer=ISSUER, header={}) + "~",
        MalformedToken,
    ),
}


@pytest.mark.parametrize("name", DISCLOSURES)
def test_disclosures_that_are_refused(name):
    text, refusal = DISCLOSURES[name]
    with pytest.raises(PassportError) as caught:
        sd_jwt.processed(sd_jwt.parse(text))
    assert type(caught.value) is refusal


def test_what_is_attacked_is_good():
    assert sd_jwt.processed(sd_jwt.parse(GOOD)) == {"iss": DID, "name": "Ann"}
    assert sd_jwt.processed(sd_jwt.parse(array_of(ITEM))) == {"items": ["one"]}
    assert sd_jwt.processed(sd_jwt.parse(deep(30)))
    most = [claim(f"n{index}", index) for index in range(256)]
    assert len(sd_jwt.parse(signed({}, *most)).disclosures) == 256


def test_digests_that_nobody_knows_are_decoys():
    text = signed({"_sd": [digest("decoy")], "a": [{"...": digest("another")}, 1]})
    unfolded = sd_jwt.unfold(sd_jwt.parse(text))
    assert unfolded.claims == {"a": [1]}
    assert unfolded.hidden == {(), ("a",)}


@pytest.mark.parametrize("algorithm", ["sha-256", "sha-384", "sha-512"])
def test_three_digests_are_read(algorithm):
    text = signed({"_sd_alg": algorithm, "_sd": [digest(NAME, algorithm)]}, NAME)
    assert sd_jwt.processed(sd_jwt.parse(text)) == {"name": "Ann"}


BADGE = {
    "@context": [CREDENTIALS_V2],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential"],
    "issuer": DID,
    "iss": DID,
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": WORKER},
    "cnf": CNF,
}
CLAIMS = {
    "iss": DID,
    "nbf": THEN - 9,
    "vct": "https://school.example/badge",
    "credentialSubject": {"id": WORKER},
    "cnf": CNF,
}


def hiding(source, name, value=None, typ="vc+sd-jwt"):
    kept = {key: each for key, each in source.items() if key != name}
    hidden = claim(name, source.get(name, value))
    return signed({**kept, "_sd": [digest(hidden)]}, hidden, header={"typ": typ})


HIDDEN = {
    **{
        f"vc {name}": hiding(BADGE, name, value)
        for name, value in [
            ("type", None),
            ("issuer", None),
            ("iss", None),
            ("validFrom", None),
            ("validUntil", "2030-01-01T00:00:00Z"),
            ("exp", THEN + 9),
            ("nbf", THEN),
            ("cnf", None),
            ("status", {}),
            ("credentialStatus", {"type": "BitstringStatusListEntry"}),
            ("credentialSchema", {"type": "JsonSchema"}),
            ("@context", None),
        ]
    },
    **{
        f"dc {name}": hiding(CLAIMS, name, value, "dc+sd-jwt")
        for name, value in [
            ("iss", None),
            ("nbf", None),
            ("exp", THEN + 9),
            ("cnf", None),
            ("vct", None),
            ("vct#integrity", "sha256-x"),
            ("status", {"status_list": {"idx": 0, "uri": "https://a.example"}}),
        ]
    },
    "part of a status": signed(
        {**CLAIMS, "status": {"_sd": [digest(claim("status_list", {}))]}},
        claim("status_list", {}),
        header={"typ": "dc+sd-jwt"},
    ),
    "the id of the issuer": signed(
        {**BADGE, "issuer": {"_sd": [digest(claim("id", DID))]}},
        claim("id", DID),
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_check_needs_may_not_come_from_a_disclosure(name):
    """SD-JWT VC, section 2.2.2.2: whoever shows it could have left it out."""
    with pytest.raises(ProtectedClaimHidden):
        credential.read(HIDDEN[name])


KINDS = {
    "dc typ on a credential of VC 2.0": (signed(BADGE, header={"typ": "dc+sd-jwt"}), WrongTokenType),
    "vc+jwt typ": (signed(BADGE, header={"typ": "vc+jwt"}), WrongTokenType),
    "JWT typ": (signed(CLAIMS, header={"typ": "JWT"}), WrongTokenType),
    "no typ": (signed(CLAIMS, header={"typ": None}), WrongTokenType),
    "kb+jwt typ": (signed(CLAIMS, header={"typ": "kb+jwt"}), WrongTokenType),
    "neither @context nor vct": (signed({"iss": DID}), MalformedSdJwt),
    "no kid": (signed(CLAIMS, header={"kid": None, "typ": "dc+sd-jwt"}), KeyIdMissing),
    "iss of another": (signed({**BADGE, "iss": WORKER}), ClaimsContradict),
    "dc: iss of another": (
        signed({**CLAIMS, "issuer": {"id": WORKER}}, header={"typ": "dc+sd-jwt"}),
        ClaimsContradict,
    ),
    "status empty": (signed({**CLAIMS, "status": {}}, header={"typ": "dc+sd-jwt"}), MalformedClaim),
    "status text": (signed({**CLAIMS, "status": "good"}, header={"typ": "dc+sd-jwt"}), MalformedClaim),
    "status without a list": (
        signed({**CLAIMS, "status": {"status_list": {"idx": 0}}}, header={"typ": "dc+sd-jwt"}),
        MalformedClaim,
    ),
    "exp text": (signed({**CLAIMS, "exp": "2030"}, header={"typ": "dc+sd-jwt"}), MalformedClaim),
}


@pytest.mark.parametrize("name", KINDS)
def test_credentials_that_are_refused(name):
    text, refusal = KINDS[name]
    with pytest.raises(PassportError) as caught:
        credential.read(text)
    assert type(caught.value) is refusal


def bind(text, *, signer=HOLDER, header=None, shown=None, **changes):
    """Put a key binding behind a text that ends with a tilde."""
    claims = {"iat": THEN, "aud": VERIFIER, "nonce": NONCE, "sd_hash": digest(shown or text), **changes}
    kept = {name: value for name, value in claims.items() if value is not REMOVED}
    return text + jws.sign(
        json.dumps(kept).encode(), signer=signer, header={"typ": "kb+jwt", **(header or {})}
    )


def verify(text, *, nonce=NONCE, audience=VERIFIER, now=NOW):
    return credential.verify(
        credential.read(text),
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=now,
        expected_challenge=nonce,
        expected_domain=audience,
    )


HELD = object_of(NAME, **BADGE)
BARE = HELD.replace(NAME + "~", "")


def with_cnf(cnf):
    return bind(object_of(NAME, **{**BADGE, "cnf": cnf}))


BINDINGS = {
    "none": (HELD, KeyBindingMissing),
    "typ missing": (bind(HELD, header={"typ": None}), WrongTokenType),
    "typ of a presentation": (bind(HELD, header={"typ": "vp+jwt"}), WrongTokenType),
    "by somebody else": (bind(HELD, signer=generate_signer()), SignatureMismatch),
    "by a key of another kind": (bind(HELD, signer=OTHER), KeyNotForAlgorithm),
    "by a key that it brings": (
        bind(HELD, signer=OTHER, header={"jwk": OTHER.public_key.to_jwk()}),
        KeyInHeader,
    ),
    "by the issuer": (bind(HELD, signer=ISSUER), SignatureMismatch),
    "alg none": (HELD + f"{encode({'alg': 'none', 'typ': 'kb+jwt'})}.{encode({})}.AA", AlgorithmRefused),
    "for an older question": (bind(HELD, nonce="older"), ChallengeMismatch),
    "without a nonce": (bind(HELD, nonce=REMOVED), MalformedClaim),
    "with an empty nonce": (bind(HELD, nonce=""), MalformedClaim),
    "for another verifier": (bind(HELD, aud="https://attacker.example"), DomainMismatch),
    "for two verifiers": (bind(HELD, aud=[VERIFIER, "https://attacker.example"]), MalformedClaim),
    "for nobody": (bind(HELD, aud=REMOVED), MalformedClaim),
    "without a time": (bind(HELD, iat=REMOVED), MalformedClaim),
    "at a time in words": (bind(HELD, iat="2026-11-20T12:00:00Z"), MalformedClaim),
    "too old": (bind(HELD, iat=THEN - 361), ProofExpired),
    "to come": (bind(HELD, iat=THEN + 61), ProofFromTheFuture),
    "expired": (bind(HELD, exp=THEN), ProofExpired),
    "without a hash": (bind(HELD, sd_hash=REMOVED), KeyBindingMismatch),
    "for less than what is shown": (bind(HELD, shown=BARE), KeyBindingMismatch),
    "for more than what is shown": (bind(BARE, shown=HELD), KeyBindingMismatch),
    "for another credential": (bind(HELD, shown=GOOD), KeyBindingMismatch),
    "with another digest": (bind(HELD, sd_hash=digest(HELD, "sha-512")), KeyBindingMismatch),
    "claims no object": (HELD + jws.sign(b"1", signer=HOLDER, header={"typ": "kb+jwt"}), MalformedToken),
    "cnf empty": (with_cnf({}), UnsupportedHolderKey),
    "cnf text": (with_cnf("key"), HolderKeyMissing),
    "cnf null": (with_cnf(None), HolderKeyMissing),
    "cnf with two keys": (with_cnf({**CNF, "kid": key_method_id(WORKER)}), UnsupportedHolderKey),
    "cnf by a thumbprint": (with_cnf({"jkt": "x"}), UnsupportedHolderKey),
    "cnf by a DID that is fetched": (with_cnf({"kid": "did:web:a.example#key-1"}), UnsupportedHolderKey),
    "cnf of a key for encryption": (with_cnf({"jwk": {**CNF["jwk"], "use": "enc"}}), MalformedKey),
    "cnf with the private key": (with_cnf({"jwk": {**CNF["jwk"], "d": "AA"}}), MalformedKey),
}


@pytest.mark.parametrize("name", BINDINGS)
def test_key_bindings_that_are_refused(name):
    text, refusal = BINDINGS[name]
    with pytest.raises(PassportError) as caught:
        verify(text)
    assert type(caught.value) is refusal


def test_the_key_binding_that_is_attacked_is_good():
    assert verify(bind(HELD))
    assert verify(bind(HELD, iat=THEN - 360))
    assert verify(with_cnf({"kid": key_method_id(WORKER)}))
    assert verify(with_cnf({"kid": WORKER}))


def test_a_key_binding_that_is_there_holds_also_where_none_is_asked():
    assert verify(bind(HELD, aud="https://another.example"), nonce=None, audience=None)
    assert verify(HELD, nonce=None, audience=None)
    with pytest.raises(SignatureMismatch):
        verify(bind(HELD, signer=ISSUER), nonce=None, audience=None)


def test_a_key_binding_is_over_after_some_minutes():
    with pytest.raises(ProofExpired):
        verify(bind(HELD), now=NOW + timedelta(seconds=361))


def test_a_stolen_credential_with_the_thief_s_key_in_it_is_not_the_holder_s():
    key = sd_jwt.verify_key_binding(sd_jwt.parse(bind(HELD)), nonce=NONCE, audience=VERIFIER, now=NOW)
    credential.check_holder(BADGE, key, DocumentCache())
    credential.check_holder({"credentialSubject": {}}, key, DocumentCache())
    for thief in (ISSUER.public_key, OTHER.public_key):
        with pytest.raises(HolderKeyMismatch):
            credential.check_holder(BADGE, thief, DocumentCache())


@pytest.mark.parametrize("place", range(0, len(HELD), 11))
def test_a_letter_changed_anywhere_is_refused(place):
    """But for a disclosure, which is then one that nobody signed."""
    letter = "A" if HELD[place] != "A" else "B"
    with pytest.raises(PassportError):
        verify(f"{HELD[:place]}{letter}{HELD[place + 1 :]}", nonce=None, audience=None)
