"""Issuer and holder of one exchange, with fixed keys: whatever they sign can be made wrong on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from passport.credentials import build
from passport.dids.did_key import create_did_key, key_method_id
from passport.dids.did_web import DidWebKey, build_document, did_web_url
from passport.documents import DocumentCache, Fetched
from passport.json import JsonObject, dump
from passport.keys import KeyType, Signer, load_signer
from passport.proofs import add_proof
from passport.status import bitstring, build_status_list

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CREDENTIAL_ID = "urn:uuid:6f0c7a6e-1f5c-4d0e-9a55-3c2d9f1b7e10"
PRESENTATION_ID = "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b11"
LIST_URL = "https://school.example/status/1"
CHALLENGE = "wRVJ3ogYzKnYk1bO"
DOMAIN = "https://employer.example"

ACHIEVEMENT: JsonObject = {
    "id": "https://school.example/achievements/welding",
    "achievementType": "MicroCredential",
    "name": "Lassen",
    "description": "Verbindt metalen delen.",
    "criteria": {"narrative": "Een proefstuk is beoordeeld."},
    "alignment": [
        {
            "targetName": "apply welding techniques",
            "targetFramework": "ESCO 1.1.1",
            "targetType": "ceasn:Competency",
            "targetUrl": "http://data.europa.eu/esco/skill/15d76317-c71a-4fa2-aadc-2ecc34e627b7",
        }
    ],
}


@dataclass(frozen=True)
class Signatory:
    """Somebody with one key: a did:key, or a did:web with its document."""

    signer: Signer
    did: str
    method: str
    document: JsonObject | None = None

    @classmethod
    def key(cls, seed: int) -> "Signatory":
        signer = load_signer(KeyType.ED25519, bytes([seed]) * 32)
        did = create_did_key(signer.public_key)
        return cls(signer, did, key_method_id(did))

    @classmethod
    def web(cls, seed: int, did: str = "did:web:school.example") -> "Signatory":
        signer = load_signer(KeyType.ED25519, bytes([seed]) * 32)
        document = build_document(did, [DidWebKey("key-1", signer.public_key)])
        return cls(signer, did, f"{did}#key-1", document)

    @property
    def profile(self) -> JsonObject:
        return {"id": self.did, "type": ["Profile"], "name": "De Vakschool"}

    def published(self, at: datetime = NOW) -> Fetched:
        """The DID document as a verifier would have fetched it."""
        assert self.document is not None
        return Fetched(did_web_url(self.did), dump(self.document), at)

    def sign(self, document: JsonObject, **options: Any) -> JsonObject:
        given = {"created": NOW, "cryptosuite": "eddsa-jcs-2022", "verification_method": self.method}
        return add_proof(document, signer=self.signer, **{**given, **options})

    def badge(self, holder: "Signatory | str", **changes: Any) -> JsonObject:
        """An unsigned badge about a holder."""
        given: dict[str, Any] = {
            "credential_id": CREDENTIAL_ID,
            "issuer": self.profile,
            "subject_id": holder if isinstance(holder, str) else holder.did,
            "achievement": ACHIEVEMENT,
            "valid_from": NOW - timedelta(days=30),
        }
        return build.achievement_credential(**{**given, **changes})

    def issue(
        self, holder: "Signatory | str", *, suite: str = "eddsa-jcs-2022", **changes: Any
    ) -> JsonObject:
        """A signed badge about a holder."""
        return self.sign(self.badge(holder, **changes), cryptosuite=suite)

    def present(
        self,
        *credentials: JsonObject,
        holder: str | None = None,
        members: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> JsonObject:
        """A presentation, signed by this one, that answers CHALLENGE for DOMAIN."""
        shown = build.presentation(
            holder=holder or self.did, credentials=credentials, presentation_id=PRESENTATION_ID
        )
        given = {"proof_purpose": "authentication", "challenge": CHALLENGE, "domain": DOMAIN}
        return self.sign({**shown, **(members or {})}, **{**given, **options})

    def status_list(
        self,
        *on: int,
        url: str = LIST_URL,
        purpose: str = "revocation",
        valid_from: datetime = NOW - timedelta(hours=1),
        valid_until: datetime = NOW + timedelta(hours=23),
    ) -> JsonObject:
        """An unsigned status list with some bits on."""
        bits = bitstring.empty()
        for index in on:
            bitstring.set_bit(bits, index, on=True)
        return build_status_list(
            url=url,
            issuer=self.did,
            purpose=purpose,
            encoded_list=bitstring.encode(bytes(bits)),
            valid_from=valid_from,
            valid_until=valid_until,
        )


def fetched(document: JsonObject, *, at: datetime = NOW) -> Fetched:
    """A document at its own address."""
    return Fetched(str(document["id"]), dump(document), at)


def at_hand(*documents: Fetched) -> DocumentCache:
    return DocumentCache.of(documents)
