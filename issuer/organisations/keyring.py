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

KINDS = (KeyType.ED25519, KeyType.P256)
"""What each organisation signs with. The names of the first were there before the second came."""
_NAMES = {KeyType.ED25519: "key", KeyType.P256: "p256"}
_PURPOSE = "signing-key"


def first_keys(master: MasterSecret, slug: str, now: datetime) -> list[SigningKeyRecord]:
    """The keys of a new organisation, one of each kind."""
    return [create_key(master, slug, _fragment(kind, 1), now, kind) for kind in KINDS]


def create_key(
    master: MasterSecret, slug: str, key_id: str, now: datetime, kind: KeyType = KeyType.ED25519
) -> SigningKeyRecord:
    """A new key, its secret sealed for this organisation and key id only."""
    signer = generate_signer(kind)
    secret: bytes = signer.secret  # type: ignore[attr-defined]
    sealed = master.seal(secret, purpose=_PURPOSE, bound_to=(slug, key_id))
    return SigningKeyRecord(
        id=key_id,
        type=kind,
        public_key=signer.public_key.to_multikey(),
        sealed=sealed,
        state=KeyState.CURRENT,
        created_at=now,
    )


def open_key(master: MasterSecret, slug: str, key: SigningKeyRecord) -> Signer:
    """Unseal a key to sign with it; raises SealBroken."""
    secret = master.open(key.sealed, purpose=_PURPOSE, bound_to=(slug, key.id))
    return load_signer(key.type, secret)


def rotated(
    master: MasterSecret, organisation: Organisation, now: datetime, kinds: Sequence[KeyType] = KINDS
) -> list[SigningKeyRecord]:
    """The keys with new current ones; the former stay, so that what they signed can still be verified.

    Raises:
        TooManyKeys
    """
    if len(organisation.keys) + len(kinds) > KEYS:
        raise TooManyKeys(limit=KEYS)
    fresh = [
        create_key(master, organisation.id, _fragment(kind, _count(organisation, kind) + 1), now, kind)
        for kind in kinds
    ]
    former = [
        key.model_copy(update={"state": KeyState.RETIRED, "retired_at": now})
        if key.state is KeyState.CURRENT and key.type in kinds
        else key
        for key in organisation.keys
    ]
    return [*fresh, *former]


def completed(
    master: MasterSecret, organisation: Organisation, now: datetime
) -> list[SigningKeyRecord] | None:
    """The keys with one of each kind, for an organisation that was made before there were two; else None."""
    current = {key.type for key in organisation.keys if key.state is KeyState.CURRENT}
    missing = [kind for kind in KINDS if kind not in current]
    if not missing:
        return None
    fresh = rotated(master, organisation, now, missing)
    return [*fresh[len(missing) :], *fresh[: len(missing)]]


def revoked(
    master: MasterSecret, organisation: Organisation, key_id: str, now: datetime
) -> list[SigningKeyRecord]:
    """The keys with one of them revoked; if that was a current one, a new one of its kind takes its place.

    Raises:
        UnknownKey, TooManyKeys
    """
    found = next((key for key in organisation.keys if key.id == key_id), None)
    if found is None:
        raise UnknownKey
    keys = list(organisation.keys)
    if found.state is KeyState.CURRENT:
        keys = rotated(master, organisation, now, (found.type,))
    return [
        key.model_copy(update={"state": KeyState.REVOKED, "revoked_at": key.revoked_at or now})
        if key.id == key_id
        else key
        for key in keys
    ]


def _count(organisation: Organisation, kind: KeyType) -> int:
    return sum(key.type is kind for key in organisation.keys)


def _fragment(kind: KeyType, number: int) -> str:
    return f"{_NAMES[kind]}-{number}"


def did_document(did: str, keys: Sequence[SigningKeyRecord]) -> JsonObject:
    """The did:web document with the history of keys, newest first.

    A retired key keeps `assertionMethod`, or all that it signed would fail, and loses `authentication`: it
    can't act for the organisation any more. A revoked key has neither and says since when. A P-256 key signs
    credentials only.
    """
    document = build_document(
        did,
        [DidWebKey(key.id, PublicKey.from_multikey(key.public_key), revoked=key.revoked_at) for key in keys],
    )
    document["authentication"] = [
        f"{did}#{key.id}" for key in keys if key.state is KeyState.CURRENT and key.type is KeyType.ED25519
    ]
    return document
