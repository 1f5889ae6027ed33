"""An issuer of selective badges, its holder, and hands that change what was signed (ecdsa-sd-2023)."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime

from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.keys import KeyType, generate_signer
from passport.proofs import ECDSA_SD_2023, add_proof, method_source, selective, verify_proofs
from passport.proofs.ecdsa_sd import base
from passport.proofs.ecdsa_sd.values import decode
from passport.proofs.suites import Unsecured
from passport.proofs.unsecured import proof_config

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ISSUER = generate_signer(KeyType.P256)
DID = create_did_key(ISSUER.public_key)
METHOD = key_method_id(DID)

BADGE = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Welding",
    "issuer": {"id": DID, "type": ["Profile"], "name": "School"},
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2027-01-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:7a6d2d1c-0000-4000-8000-000000000001",
            "type": ["Achievement"],
            "name": "Welding",
            "description": "Welds.",
            "criteria": {"narrative": "Can weld."},
        },
        "result": [
            {"type": ["Result"], "value": "A"},
            {"type": ["Result"], "value": "B"},
        ],
    },
    "evidence": [
        {"type": ["Evidence"], "name": "First", "narrative": "A weld."},
        {"type": ["Evidence"], "name": "Second", "narrative": "Another weld."},
        {"id": "https://school.example/film", "type": ["Evidence"], "name": "Film"},
    ],
}
MANDATORY = ("/issuer", "/validFrom", "/validUntil")
CHOSEN = ("/credentialSubject/achievement/name", "/credentialSubject/result", "/evidence/0")


def issue(document=BADGE, *, mandatory=MANDATORY, **options):
    options.setdefault("created", NOW)
    return add_proof(
        document,
        signer=ISSUER,
        verification_method=METHOD,
        cryptosuite="ecdsa-sd-2023",
        mandatory_pointers=mandatory,
        **options,
    )


def issue_with(document, *, hmac_key, proof_signer, mandatory=MANDATORY):
    """An issuer that does not make new keys for each credential."""
    options = {name: value for name, value in issue()["proof"].items() if name != "proofValue"}
    securing = Unsecured(ECDSA_SD_2023, document, proof_config(document, options, ECDSA_SD_2023), mandatory)
    made = base.make(securing, ISSUER, hmac_key=hmac_key, proof_signer=proof_signer)
    return {**document, "proof": {**options, "proofValue": made.encode()}}


def show(document, *pointers):
    return selective.derive(document, selective_pointers=pointers)


def verify(document, **options):
    return verify_proofs(
        document,
        method_for=method_source(DocumentCache()),
        expected_purpose="assertionMethod",
        now=NOW,
        **options,
    )


def proof_of(document):
    return decode(document["proof"]["proofValue"])


def with_value(document, value):
    return {**document, "proof": {**document["proof"], "proofValue": value}}


def forged(document, **changes):
    """The document with some parts of its proof value changed."""
    return with_value(document, replace(proof_of(document), **changes).encode())


def changed(document, edit):
    """A copy of the document on which `edit` has worked."""
    copy = deepcopy(document)
    edit(copy)
    return copy
