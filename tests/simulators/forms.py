"""A school with both kinds of keys, which writes one badge in every form that a wallet may get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from passport.credentials.build import achievement_credential
from passport.dids import DidWebKey, build_document, create_did_web, did_web_url, resolve_did
from passport.documents import DocumentCache, Fetched
from passport.jose import vc_jwt
from passport.json import JsonObject, dump
from passport.keys import KeyType, PublicKey, Signer, generate_signer
from passport.proofs import add_proof
from passport.sd_jwt import credential as sd_jwt
from passport.sd_jwt.disclosable import disclosable_pointers, mandatory_pointers
from tests.simulators.parties import ESCO, NOW, Party, World, status_entry

SKILLS = {
    f"{ESCO}15d76317-c71a-4fa2-aadc-2ecc34e627b{number}": name
    for number, name in enumerate(("lassen", "snijden", "tekeningen lezen"), 1)
}
WELD, CUT, READ = SKILLS
FORMS = ("ldp_vc", "ecdsa-sd-2023", "jwt_vc_json", "vc+sd-jwt", "dc+sd-jwt")


@dataclass(frozen=True)
class SchoolOfForms:
    """Signs one unsigned badge in several forms."""

    host: str = "school.example"
    ed25519: Signer = field(default_factory=generate_signer)
    p256: Signer = field(default_factory=lambda: generate_signer(KeyType.P256))

    @property
    def did(self) -> str:
        return create_did_web(self.host)

    def did_document(self, *, without: Sequence[str] = (), at: datetime = NOW) -> Fetched:
        keys = {"key-1": self.ed25519, "p256-1": self.p256}
        listed = [
            DidWebKey(name, key.public_key, revoked=NOW if name in without else None)
            for name, key in keys.items()
        ]
        return Fetched(did_web_url(self.did), dump(build_document(self.did, listed)), at, "application/json")

    def publish(self, world: World, *, without: Sequence[str] = (), revoked: Sequence[int] = ()) -> None:
        """Put its DID document and its status list where everybody finds them."""
        party = Party("De Vakschool", self.ed25519, self.did)
        listed = party.status_list(f"https://{self.host}/status/1", revoked=revoked)
        world.publish(self.did_document(without=without), listed)

    def unsigned(
        self, subject: str, skills: Mapping[str, str] | None = None, *, at: datetime = NOW, **members: Any
    ) -> JsonObject:
        achievement = {
            "id": f"https://{self.host}/achievements/1",
            "name": "Lasser",
            "description": "Verbindt metalen delen.",
            "achievementType": "MicroCredential",
            "criteria": {"narrative": "Een proefstuk van vier uur."},
            "alignment": [
                {"targetUrl": skill, "targetName": name, "targetFramework": "ESCO 1.2.0"}
                for skill, name in (SKILLS if skills is None else skills).items()
            ],
            **members.pop("achievement", {}),
        }
        arguments = {
            "credential_id": "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b11",
            "issuer": {"id": self.did, "name": "De Vakschool"},
            "valid_from": at,
            "valid_until": at.replace(year=at.year + 5),
            "results": [{"value": "8", "status": "Completed"}],
            "evidence": [{"genre": "examination", "narrative": "Vier uur, twee beoordelaars."}],
            "status": [status_entry(f"https://{self.host}/status/1", 7)],
        } | members
        return achievement_credential(subject_id=subject, achievement=achievement, **arguments)

    def sign(self, form: str, unsigned: JsonObject, *, at: datetime = NOW) -> bytes:
        """One form of a badge, as its bytes."""
        named = {"signer": self.p256, "verification_method": f"{self.did}#p256-1"}
        if form == "ldp_vc":
            method = f"{self.did}#key-1"
            return dump(add_proof(unsigned, signer=self.ed25519, verification_method=method, created=at))
        if form == "ecdsa-sd-2023":
            shown = mandatory_pointers(unsigned)
            return dump(add_proof(unsigned, **named, created=at, cryptosuite=form, mandatory_pointers=shown))
        if form == "jwt_vc_json":
            return vc_jwt.sign_credential(unsigned, **named, issued_at=at).encode()
        parts = {
            "disclosable": disclosable_pointers(unsigned),
            "holder_key": _key_of(unsigned["credentialSubject"]["id"]),
            "issued_at": at,
        }
        if form == "vc+sd-jwt":
            return sd_jwt.sign_vc(unsigned, **named, **parts).encode()
        return sd_jwt.sign_dc(unsigned, **named, **parts, vct=f"https://{self.host}/types/1").encode()


def _key_of(did: str) -> PublicKey:
    return resolve_did(did, DocumentCache()).methods[0].public_key
