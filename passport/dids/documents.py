"""DID documents: the verification methods in them and what each may be used for.

Read as plain JSON (Controlled Identifiers 1.0, section 2). One key of a kind that we don't know makes that
key unusable, not the whole document.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from passport import limits
from passport.clock import parse_datetime
from passport.dids.syntax import check_did, split_method_id
from passport.errors import MalformedDateTime, MalformedKey
from passport.errors.dids import (
    ControllerMismatch,
    DidMismatch,
    MalformedDidDocument,
    MalformedDidUrl,
    MethodExpired,
    MethodNotFound,
    MethodRevoked,
    PurposeNotAllowed,
    UnsupportedMethodType,
)
from passport.json import JsonObject
from passport.keys import KeyType, PublicKey

RELATIONSHIPS = (
    "assertionMethod",
    "authentication",
    "capabilityDelegation",
    "capabilityInvocation",
    "keyAgreement",
)
SIGNING_RELATIONSHIPS = frozenset(RELATIONSHIPS) - {"keyAgreement"}


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """One key (Controlled Identifiers 1.0, section 2.2)."""

    id: str
    type: str
    controller: str
    public_key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None

    def check_usable(self, now: datetime) -> None:
        """Refuse a key whose time is over.

        `now` counts, and not when a proof says it was created: whoever holds a leaked key can write any date.

        Raises:
            MethodRevoked, MethodExpired
        """
        if self.revoked is not None and now >= self.revoked:
            raise MethodRevoked
        if self.expires is not None and now >= self.expires:
            raise MethodExpired


@dataclass(frozen=True, slots=True)
class DidDocument:
    """The keys of one subject, and for each verification relationship the ids of those it allows.

    Never changed, since it is kept and shared.
    """

    id: str
    methods: tuple[VerificationMethod, ...]
    relationships: Mapping[str, frozenset[str]]
    unusable: frozenset[str] = field(default_factory=frozenset)
    """Ids of methods that are of an unknown kind or malformed."""

    def method(self, method_id: str, purpose: str) -> VerificationMethod:
        """Find a method that may be used for a purpose (Controlled Identifiers 1.0, section 3.3).

        Raises:
            MethodNotFound, PurposeNotAllowed, ControllerMismatch, UnsupportedMethodType
            MethodRevoked: it was taken out of the relationship because it was revoked.
        """
        if method_id in self.unusable:
            raise UnsupportedMethodType
        for found in self.methods:
            if found.id == method_id:
                break
        else:
            raise MethodNotFound
        if method_id not in self.relationships.get(purpose, ()):
            raise PurposeNotAllowed if found.revoked is None else MethodRevoked
        if found.controller != self.id or split_method_id(found.id)[0] != self.id:
            raise ControllerMismatch
        return found


def single_key_document(did: str, method: VerificationMethod) -> DidDocument:
    """The document of a DID that is its own key: it may sign everything."""
    allowed = dict.fromkeys(SIGNING_RELATIONSHIPS, frozenset({method.id}))
    return DidDocument(did, (method,), MappingProxyType(allowed))


def parse_document(value: JsonObject, *, did: str) -> DidDocument:
    """Read the DID document of `did`.

    Raises:
        DidMismatch: it is about another subject.
        MalformedDidDocument: not the shape of a DID document.
    """
    if value.get("id") != check_did(did):
        raise DidMismatch
    return _Reader(did).read(value)


class _Reader:
    def __init__(self, did: str) -> None:
        self._did = did
        self._seen: dict[str, Any] = {}
        self._methods: dict[str, VerificationMethod] = {}
        self._unusable: set[str] = set()

    def read(self, value: JsonObject) -> DidDocument:
        for entry in _list(value, "verificationMethod"):
            self._add(entry)
        relationships = {
            name: frozenset(self._relate(_list(value, name))) for name in RELATIONSHIPS if name in value
        }
        return DidDocument(
            self._did,
            tuple(self._methods.values()),
            MappingProxyType(relationships),
            frozenset(self._unusable),
        )

    def _relate(self, entries: Iterable[Any]) -> Iterable[str]:
        for entry in entries:
            yield self._absolute(entry) if isinstance(entry, str) else self._add(entry)

    def _absolute(self, method_id: Any) -> str:
        if not isinstance(method_id, str):
            raise MalformedDidDocument
        absolute = self._did + method_id if method_id.startswith("#") else method_id
        try:
            split_method_id(absolute)
        except MalformedDidUrl:
            raise MalformedDidDocument from None
        return absolute

    def _add(self, entry: Any) -> str:
        if not isinstance(entry, dict):
            raise MalformedDidDocument
        method_id = self._absolute(entry.get("id"))
        if method_id in self._seen:
            if self._seen[method_id] != entry:
                raise MalformedDidDocument
            return method_id
        self._seen[method_id] = entry
        try:
            self._methods[method_id] = _parse_method(method_id, entry)
        except (MalformedKey, UnsupportedMethodType):
            self._unusable.add(method_id)
        return method_id


def _list(value: JsonObject, name: str) -> list[Any]:
    entries = value.get(name, [])
    if not isinstance(entries, list) or len(entries) > limits.DID_METHODS:
        raise MalformedDidDocument
    return entries


def _parse_method(method_id: str, entry: JsonObject) -> VerificationMethod:
    kind, controller = entry.get("type"), entry.get("controller")
    if not isinstance(kind, str) or not isinstance(controller, str):
        raise MalformedDidDocument
    if any(name in entry for name in ("privateKeyJwk", "privateKeyMultibase", "secretKeyMultibase")):
        raise MalformedKey  # published: whoever reads the document can sign with it
    return VerificationMethod(
        method_id,
        kind,
        controller,
        _public_key(kind, entry),
        _moment(entry, "expires"),
        _moment(entry, "revoked"),
    )


def _public_key(kind: str, entry: JsonObject) -> PublicKey:
    multibase, jwk = entry.get("publicKeyMultibase"), entry.get("publicKeyJwk")
    if kind == "Multikey" and isinstance(multibase, str) and jwk is None:
        return PublicKey.from_multikey(multibase)
    if kind in {"JsonWebKey", "JsonWebKey2020"} and isinstance(jwk, dict) and multibase is None:
        return PublicKey.from_jwk(jwk)
    if kind == "Ed25519VerificationKey2020" and isinstance(multibase, str) and jwk is None:
        key = PublicKey.from_multikey(multibase)
        if key.type is not KeyType.ED25519:
            raise MalformedKey
        return key
    raise UnsupportedMethodType


def _moment(entry: JsonObject, name: str) -> datetime | None:
    if name not in entry:
        return None
    try:
        return parse_datetime(entry[name])
    except MalformedDateTime:
        raise MalformedDidDocument from None
