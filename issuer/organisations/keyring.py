"""Signing keys of an organisation: made, sealed at rest, rotated, revoked, published."""

from collections.abc import Sequence
from datetime import datetime

from issuer.errors import TooManyKeys, UnknownKey
from issuer.limits import KEYS
from issuer.organisations.records import KeyState, Organisation, SigningKeyRecord
from issuer.secrets import MasterSecret
from passport.dids import DidWebKey, build_document
from passport.json import JsonObject
from passport.keys import KeyType, PublicKey, Signer, generate_signer, load_signer

_PURPOSE = "signing-key"


def create_key(master: MasterSecret, slug: str, key_id: str, now: datetime) -> SigningKeyRecord:
    """A new Ed25519 key, its seed sealed for this organisation and key id only."""
    signer = generate_signer(KeyType.ED25519)
    seed: bytes = signer.secret  # type: ignore[attr-defined]
    sealed = master.seal(seed, purpose=_PURPOSE, bound_to=(slug, key_id))
    return SigningKeyRecord(
        id=key_id,
        public_key=signer.public_key.to_multikey(),
        sealed=sealed,
        state=KeyState.CURRENT,
        created_at=now,
    )


def open_key(master: MasterSecret, slug: str, key: SigningKeyRecord) -> Signer:
    """Unseal a key to sign with it; raises SealBroken."""
    seed = master.open(key.sealed, purpose=_PURPOSE, bound_to=(slug, key.id))
    return load_signer(KeyType.ED25519, seed)


def rotated(master: MasterSecret, organisation: Organisation, now: datetime) -> list[SigningKeyRecord]:
    """The keys with a new current one; the former stays, so that what it signed can still be verified.

    Raises:
        TooManyKeys
    """
    if len(organisation.keys) >= KEYS:
        raise TooManyKeys(limit=KEYS)
    fresh = create_key(master, organisation.id, f"key-{len(organisation.keys) + 1}", now)
    former = [
        key.model_copy(update={"state": KeyState.RETIRED, "retired_at": now})
        if key.state is KeyState.CURRENT
        else key
        for key in organisation.keys
    ]
    return [fresh, *former]


def revoked(
    master: MasterSecret, organisation: Organisation, key_id: str, now: datetime
) -> list[SigningKeyRecord]:
    """The keys with one of them revoked; if that was the current one, a new one takes its place.

    Raises:
        UnknownKey, TooManyKeys
    """
    found = next((key for key in organisation.keys if key.id == key_id), None)
    if found is None:
        raise UnknownKey
    keys = list(organisation.keys)
    if found.state is KeyState.CURRENT:
        keys = rotated(master, organisation, now)
    return [
        key.model_copy(update={"state": KeyState.REVOKED, "revoked_at": key.revoked_at or now})
        if key.id == key_id
        else key
        for key in keys
    ]


def did_document(did: str, keys: Sequence[SigningKeyRecord]) -> JsonObject:
    """The did:web document with the history of keys, newest first.

    A retired key keeps `assertionMethod`, or all that it signed would fail, and loses `authentication`: it
    can't act for the organisation any more. A revoked key has neither and says since when.
    """
    document = build_document(
        did,
        [DidWebKey(key.id, PublicKey.from_multikey(key.public_key), revoked=key.revoked_at) for key in keys],
    )
    document["authentication"] = [f"{did}#{key.id}" for key in keys if key.state is KeyState.CURRENT]
    return document
