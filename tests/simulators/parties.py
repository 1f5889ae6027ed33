"""The other parties, in memory: a school, an employer, an assessor, a registrar, a worker.

They sign with real keys and are verified by the real pipeline; only the network is left out.
"""

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from passport.credentials.build import achievement_credential
from passport.dids import (
    DidWebKey,
    build_document,
    create_did_key,
    create_did_web,
    did_web_url,
    key_method_id,
)
from passport.documents import DocumentCache, Fetched
from passport.encoding import digest_multibase
from passport.json import JsonObject, dump
from passport.keys import Signer, generate_signer
from passport.proofs import add_proof
from passport.status import build_status_list, empty, encode, set_bit
from passport.trust import (
    Recognised,
    RecognitionClass,
    Revocation,
    TrustEntry,
    TrustStore,
    build_trust_list,
    verify_trust_list,
)
from passport.verification import Context, VerifiedCredential, verify_credential

NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
ESCO = "http://data.europa.eu/esco/skill/"
FAST = "eddsa-jcs-2022"


@dataclass(frozen=True)
class Party:
    """Somebody with a key and a DID, who can sign."""

    name: str
    signer: Signer = field(default_factory=generate_signer)
    did: str = ""
    method: str = ""

    def __post_init__(self) -> None:
        if not self.did:
            object.__setattr__(self, "did", create_did_key(self.signer.public_key))
        if not self.method:
            method = key_method_id(self.did) if self.did.startswith("did:key:") else f"{self.did}#key-1"
            object.__setattr__(self, "method", method)

    @classmethod
    def on_the_web(cls, name: str, host: str, signer: Signer | None = None) -> "Party":
        """A party with a did:web; `did_document` is what it publishes."""
        return cls(name, signer or generate_signer(), create_did_web(host))

    def also(self, did: str) -> "Party":
        """The same party and key under another DID."""
        return Party(self.name, self.signer, did)

    @property
    def profile(self) -> JsonObject:
        return {"id": self.did, "type": ["Profile"], "name": self.name}

    def did_document(self, at: datetime = NOW) -> Fetched:
        keys = [DidWebKey(self.method.partition("#")[2], self.signer.public_key)]
        return Fetched(did_web_url(self.did), dump(build_document(self.did, keys)), at, "application/json")

    def sign(self, document: JsonObject, *, at: datetime = NOW, cryptosuite: str = FAST) -> JsonObject:
        return add_proof(
            document,
            signer=self.signer,
            verification_method=self.method,
            created=at,
            cryptosuite=cryptosuite,
        )

    def issue(
        self,
        subject: "Party | str",
        skills: Iterable[str] | Mapping[str, str],
        *,
        kind: str | None = None,
        genres: Sequence[str] = (),
        bound: bool = True,
        files: Sequence[bytes] = (),
        at: datetime = NOW,
        cryptosuite: str = FAST,
        achievement: Mapping[str, Any] | None = None,
        **members: Any,
    ) -> JsonObject:
        """Issue a badge: one piece of evidence for each genre, its digest bound unless `bound` is False.

        `members` are those of `achievement_credential`: results, source, activity_end, status and so on.
        """
        number = members.pop("credential_id", f"urn:uuid:{uuid.uuid4()}")
        ids = [f"{number}/evidence/{place}" for place in range(len(genres))]
        contents = [*files, *(secrets.token_bytes(16) for _ in range(len(genres) - len(files)))]
        unsigned = achievement_credential(
            credential_id=number,
            issuer=self.profile,
            subject_id=subject if isinstance(subject, str) else subject.did,
            achievement={**_achievement(skills, kind), **(achievement or {})},
            valid_from=members.pop("valid_from", at),
            evidence=[
                {"id": place, "name": "Record", "genre": genre}
                for place, genre in zip(ids, genres, strict=True)
            ],
            related_resources=[
                {"id": place, "digestMultibase": digest_multibase(content)}
                for place, content in zip(ids, contents, strict=True)
                if bound
            ],
            **members,
        )
        return self.sign(unsigned, at=at, cryptosuite=cryptosuite)

    def status_list(
        self,
        url: str,
        *,
        revoked: Iterable[int] = (),
        purpose: str | Sequence[str] = "revocation",
        at: datetime = NOW,
    ) -> Fetched:
        """A signed status list in which these positions are withdrawn."""
        bits = empty(131_072)
        for position in revoked:
            set_bit(bits, position, on=True)
        unsigned = build_status_list(
            url=url,
            issuer=self.did,
            purpose=purpose,
            encoded_list=encode(bytes(bits)),
            valid_from=at,
            valid_until=at + timedelta(days=1),
        )
        return Fetched(url, dump(self.sign(unsigned, at=at)), at, "application/vc")


def _achievement(skills: Iterable[str] | Mapping[str, str], kind: str | None) -> JsonObject:
    named = skills if isinstance(skills, Mapping) else {skill: skill.rsplit("/", 1)[-1] for skill in skills}
    return {
        "id": "https://badges.example/achievements/1",
        "name": "An achievement",
        "description": "What was achieved.",
        **({} if kind is None else {"achievementType": kind}),
        "criteria": {"narrative": "What had to be shown."},
        "alignment": [
            {"targetUrl": skill, "targetName": name, "targetFramework": "ESCO 1.1.1"}
            for skill, name in named.items()
        ],
    }


def status_entry(url: str, position: int, purpose: str = "revocation") -> JsonObject:
    return {
        "id": f"{url}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(position),
        "statusListCredential": url,
    }


def recognise(
    party: "Party | str",
    *recognitions: Recognised,
    valid_from: datetime = NOW - timedelta(days=1_000),
    **members: Any,
) -> TrustEntry:
    did, name = (party, "A party") if isinstance(party, str) else (party.did, party.name)
    return TrustEntry(did, name, frozenset(recognitions), valid_from, **members)


@dataclass
class World:
    """The documents that are at hand, the moment, and a registrar whose trust list everybody uses."""

    now: datetime = NOW
    cache: DocumentCache = field(default_factory=DocumentCache)
    registrar: Party = field(default_factory=lambda: Party("Registrar"))

    @property
    def context(self) -> Context:
        return Context(self.cache, self.now)

    def publish(self, *documents: Fetched) -> None:
        for document in documents:
            self.cache.put(document)

    def verify(self, document: JsonObject) -> VerifiedCredential:
        return verify_credential(document, self.context).require()

    def trust_list(
        self,
        *entries: TrustEntry,
        version: int = 1,
        valid_from: datetime | None = None,
        valid_until: datetime | None = None,
        list_id: str = "https://registrar.example/list",
        publisher: Party | None = None,
        revoked: Revocation | None = None,
        classes: Sequence[RecognitionClass] = (),
    ) -> bytes:
        """A list of the registrar's, or of another publisher's."""
        signs = publisher or self.registrar
        begins = valid_from or self.now - timedelta(days=30)
        unsigned = build_trust_list(
            list_id=list_id,
            version=version,
            name={"en": "List of the registrar", "nl": "Lijst van de registerhouder"},
            publisher=signs.did,
            publisher_name=signs.name,
            valid_from=begins,
            valid_until=valid_until or self.now + timedelta(days=60),
            entries=entries,
            revoked=revoked,
            classes=classes,
        )
        return dump(signs.sign(unsigned, at=begins))

    def trusting(self, *entries: TrustEntry, **members: Any) -> TrustStore:
        source = self.trust_list(*entries, **members)
        verified = verify_trust_list(source, context=self.context, expected_publishers={self.registrar.did})
        return TrustStore([verified])
