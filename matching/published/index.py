"""The index of published sets: signed by who publishes, and the only file that ever changes.

Every other file is named by its digest, so no text of the index becomes a path.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from matching.published.errors import MalformedPublishedIndex, PublishedIndexDatedAhead
from matching.published.limits import INDEX_JSON, PUBLISHED_SETS
from passport import limits
from passport.answers import Answer
from passport.clock import format_datetime
from passport.dids.did_key import create_did_key
from passport.documents import DocumentCache
from passport.json import JsonObject, parse_object
from passport.keys import Signer
from passport.statements import Members, check_authentic, read_party, sign_statement, write_party
from passport.verification import Context

TYPE, INDEX, FILES = "PublishedSets", "index.json", "files"
_DIGEST = re.compile(r"u[A-Za-z0-9_-]{46}")
"""Multibase base64url of a SHA-256 multihash: 34 bytes. Nothing else may name a file."""
_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


class SetKind(StrEnum):
    TAXONOMY = "taxonomy"
    PROFILES = "profiles"
    CATALOGUES = "catalogues"
    MARKET = "market"


@dataclass(frozen=True, slots=True)
class File:
    """A file beside the index, as it travels."""

    digest: str
    size: int

    @property
    def place(self) -> str:
        return f"{FILES}/{self.digest}.bin"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version of a set that is still there, and the delta from it where that is smaller."""

    file: File
    content_digest: str
    content_size: int
    delta: File | None
    delta_size: int
    """Bytes of the delta after inflating; 0 without one."""


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """A set of signed documents of one kind."""

    name: str
    kind: SetKind
    documents: int
    file: File
    content_digest: str
    content_size: int
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    version: int
    publisher: str
    publisher_name: str
    created: datetime
    sets: tuple[PublishedSet, ...]
    authentic: Answer = Answer.CANNOT_TELL

    @property
    def places(self) -> frozenset[str]:
        """Every file that a reader of this index may ask for."""
        files = [one.file for one in self.sets]
        for one in self.sets:
            for each in one.earlier:
                files += [each.file] if each.delta is None else [each.file, each.delta]
        return frozenset(file.place for file in files)


def sign_index(index: Index, signer: Signer) -> bytes:
    """Write and sign: the same index and key give the same bytes."""
    publisher = create_did_key(signer.public_key)
    document: JsonObject = {
        "type": TYPE,
        "version": index.version,
        **write_party("publisher", publisher, index.publisher_name),
        "created": format_datetime(index.created),
        "sets": [_write(one) for one in index.sets],
    }
    signed = sign_statement(document, signer=signer, created=index.created)
    read_index(signed, now=index.created)
    return signed


def parse_index(source: bytes) -> Index:
    """Parse an index strictly; who signed it is not looked at.

    The publisher's DID must say its own key (did:key): nothing has to be fetched to check an index.

    Raises:
        MalformedPublishedIndex
        PassportError: what parsing JSON raises.
    """
    return _parse(parse_object(source, INDEX_JSON))


def read_index(source: bytes, *, now: datetime, publishers: Collection[str] | None = None) -> Index:
    """Parse an index and verify that the publisher it names signed it.

    `publishers` None accepts any publisher: the person is shown who it is.

    Raises:
        MalformedPublishedIndex, PublishedIndexDatedAhead
        UnexpectedPublisher, PublisherMismatch: who published it.
        PassportError: what parsing and verifying raise.
    """
    document = parse_object(source, INDEX_JSON)
    found = _parse(document)
    authentic = check_authentic(
        document,
        publisher=found.publisher,
        context=Context(DocumentCache(), now),
        expected_publishers=publishers,
    )
    if now + _CLOCK_SKEW < found.created:
        raise PublishedIndexDatedAhead
    return replace(found, authentic=authentic)


def _parse(document: JsonObject) -> Index:
    members = Members(document, MalformedPublishedIndex)
    members.constant("type", TYPE)
    members.raw("proof")
    publisher, publisher_name = read_party(members, "publisher")
    found = Index(
        version=members.integer("version"),
        publisher=publisher,
        publisher_name=publisher_name,
        created=members.moment("created"),
        sets=tuple(map(_read, members.nested_list("sets", most=PUBLISHED_SETS.sets))),
    )
    members.close()
    if len({one.name for one in found.sets}) != len(found.sets):
        raise members.refuse("sets")
    if not found.publisher.startswith("did:key:"):
        raise members.refuse("publisher")
    return found


def _read(members: Members) -> PublishedSet:
    name = members.text("name")
    if not _NAME.fullmatch(name):
        raise members.refuse("name")
    earlier = members.nested_list("earlier", least=0, most=PUBLISHED_SETS.earlier)
    found = PublishedSet(
        name=name,
        kind=members.word("kind", SetKind),
        documents=members.integer("documents", most=PUBLISHED_SETS.documents),
        file=_read_file(members),
        content_digest=_digest(members, "contentDigestMultibase"),
        content_size=members.integer("contentSize", most=PUBLISHED_SETS.content),
        earlier=tuple(map(_read_earlier, earlier)),
    )
    members.close()
    return found


def _read_earlier(members: Members) -> Earlier:
    delta = members.nested("delta") if "delta" in members else None
    found = Earlier(
        file=_read_file(members),
        content_digest=_digest(members, "contentDigestMultibase"),
        content_size=members.integer("contentSize", most=PUBLISHED_SETS.content),
        delta=None if delta is None else _read_file(delta),
        delta_size=0 if delta is None else delta.integer("contentSize", most=PUBLISHED_SETS.content),
    )
    if delta is not None:
        delta.close()
    members.close()
    return found


def _read_file(members: Members) -> File:
    return File(_digest(members, "digestMultibase"), members.integer("size", most=PUBLISHED_SETS.file))


def _digest(members: Members, name: str) -> str:
    text = members.text(name)
    if not _DIGEST.fullmatch(text):
        raise members.refuse(name)
    return text


def _write(one: PublishedSet) -> JsonObject:
    return {
        "name": one.name,
        "kind": str(one.kind),
        "documents": one.documents,
        **_write_file(one.file),
        "contentSize": one.content_size,
        "contentDigestMultibase": one.content_digest,
        "earlier": [_write_earlier(each) for each in one.earlier],
    }


def _write_earlier(each: Earlier) -> JsonObject:
    delta: JsonObject = {}
    if each.delta is not None:
        delta = {"delta": {**_write_file(each.delta), "contentSize": each.delta_size}}
    return {
        **_write_file(each.file),
        "contentSize": each.content_size,
        "contentDigestMultibase": each.content_digest,
        **delta,
    }


def _write_file(file: File) -> JsonObject:
    return {"size": file.size, "digestMultibase": file.digest}
