"""Employers: made by the operator, each with a DID of its own and a key that only this service can unseal."""

import re
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from passport.dids.did_web import DidWebKey, build_document, create_did_web
from passport.json import JsonObject
from passport.keys import KeyType, PublicKey, Signer, generate_signer, load_signer
from passport.proofs import add_proof
from passport.storage.sealing import MasterKey
from passport.web.api_keys import new_api_key
from verifier.errors import EmployerTaken, NoSuchEmployer
from verifier.records import Employer, EmployerKey

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class Employers:
    """The organisations that ask, and their signatures."""

    def __init__(self, master_key: MasterKey, domain: str) -> None:
        self._master_key = master_key
        self._domain = domain

    async def create(self, slug: str, name: str, now: datetime) -> tuple[Employer, str]:
        """A new employer and its API key, which is told only now.

        Raises:
            EmployerTaken: the short name is in use.
        """
        did = create_did_web(self._domain, "e", slug)
        api_key, key_hash = new_api_key(slug)
        signer = generate_signer(KeyType.ED25519)
        key = EmployerKey(
            fragment="key-1",
            public_key=signer.public_key.to_multikey(),
            sealed=self._master_key.seal(_secret(signer), _place(did, "key-1")),
            created_at=now,
        )
        employer = Employer(id=slug, did=did, name=name, key_hashes=[key_hash], keys=[key], created_at=now)
        try:
            await employer.insert()
        except DuplicateKeyError:
            raise EmployerTaken from None
        return employer, api_key

    async def get(self, slug: str) -> Employer:
        """Raises NoSuchEmployer."""
        found = await Employer.get(slug) if SLUG.fullmatch(slug) else None
        if found is None:
            raise NoSuchEmployer
        return found

    def sign(self, employer: Employer, document: JsonObject, now: datetime) -> JsonObject:
        """Sign a document that is no badge: eddsa-jcs-2022."""
        signer, method = self.signer(employer)
        return add_proof(
            document,
            signer=signer,
            verification_method=method,
            created=now,
            cryptosuite="eddsa-jcs-2022",
        )

    def signer(self, employer: Employer) -> tuple[Signer, str]:
        """The employer's key, and the id of its verification method, for requests over OpenID4VP."""
        key = employer.keys[0]
        secret = self._master_key.unseal(key.sealed, _place(employer.did, key.fragment))
        return load_signer(KeyType.ED25519, secret), f"{employer.did}#{key.fragment}"


def did_document(employer: Employer) -> JsonObject:
    """The employer's DID document, with its former keys."""
    return build_document(
        employer.did,
        [DidWebKey(key.fragment, PublicKey.from_multikey(key.public_key)) for key in employer.keys],
    )


def _place(did: str, fragment: str) -> str:
    return f"{did}#{fragment}"


def _secret(signer: Signer) -> bytes:
    from passport.keys.native import Ed25519Signer

    assert isinstance(signer, Ed25519Signer)
    return signer.secret
