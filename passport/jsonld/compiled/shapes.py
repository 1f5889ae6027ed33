"""The shapes that are known, with their programs: bounded, fair between issuers, shared by all threads."""

import hashlib
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from contexts import Contexts
from passport import limits
from passport.errors import PassportError
from passport.json import JsonObject
from passport.jsonld.compiled.learn import learn
from passport.jsonld.compiled.program import MISFITS, Program, compile_template
from passport.jsonld.compiled.shape import Grammar, Shape
from passport.jsonld.rdfc import NewHash

_HASHES: Mapping[str, NewHash] = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}
_ONCE, _NEVER = "came once", "not to be compiled"
_USES = 2**20
"""Uses that are counted, of all shapes together, before all counts are halved: what was popular may fade."""


@dataclass(slots=True, eq=False)
class _Known:
    run: Program
    shape: int
    keys: frozenset[str]
    owner: str
    """Who brought the shape."""
    used: int = 0


@dataclass(slots=True, eq=False)
class _Bucket:
    """The shapes with the same keys at the top."""

    last: _Known
    """The one that fitted last: tried first for an issuer that is new here."""
    by_shape: dict[int, _Known] = field(default_factory=dict)
    by_issuer: dict[str, _Known] = field(default_factory=dict)
    """The shape that an issuer's last document had: tried first."""


class Shapes:
    """The shapes of one set of contexts. Readers take no lock: a program that does not fit says so itself."""

    def __init__(self, contexts: Contexts) -> None:
        self._grammar = Grammar(contexts)
        self._lock = threading.Lock()
        self._learning = threading.Lock()
        """One shape is learned at a time: who comes meanwhile does not wait, and comes again."""
        self._buckets: dict[frozenset[str], _Bucket] = {}
        self._known: dict[int, _Known] = {}
        self._seen: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._known)

    def canonicalize(self, document: JsonObject, hash_name: str) -> str | None:
        """The canonical form of a document of a known shape; None when only the reference can tell.

        Raises:
            PoisonGraph: too much work to tell its blank nodes apart.
        """
        new_hash = _HASHES.get(hash_name)
        if new_hash is None or type(document) is not dict:
            return None
        bucket = self._buckets.get(frozenset(document))
        if bucket is None:
            return None
        issuer = _issuer(document)
        known = bucket.by_issuer.get(issuer, bucket.last)
        try:
            text = known.run(document, new_hash)
        except MISFITS:
            text = None
        if text is None:
            return self._by_shape(bucket, document, issuer, new_hash)
        known.used += 1
        return text

    def _by_shape(self, bucket: _Bucket, document: JsonObject, issuer: str, new_hash: NewHash) -> str | None:
        read = self._grammar.read(document)
        known = bucket.by_shape.get(hash(read.shape)) if read else None
        if known is None:
            return None
        try:
            text = known.run(document, new_hash)
        except MISFITS:
            return None
        if text is not None:
            known.used += 1
            bucket.last = known
            if len(bucket.by_issuer) >= limits.COMPILED.hints:
                bucket.by_issuer.clear()
            bucket.by_issuer[issuer] = known
        return text

    def saw(self, document: JsonObject, hash_name: str, text: str) -> bool:
        """Take note of a document that the reference accepted; its shape is compiled the second time.

        Returns:
            Whether that was now: it took some expansions, also where the program could not be kept.

        Args:
            document: it fitted no program.
            hash_name: as in `canonicalize`.
            text: its canonical form. A program that gives another one is never used.
        """
        new_hash = _HASHES.get(hash_name)
        read = self._grammar.read(document) if self._grammar.usable and new_hash else None
        if read is None or new_hash is None or not self._learning.acquire(blocking=False):
            return False
        try:
            due = self._is_due(hash(read.shape))
            if due:
                self._learn(read.shape, document, new_hash, text)
            return due
        finally:
            self._learning.release()

    def _learn(self, read: Shape, document: JsonObject, new_hash: NewHash, text: str) -> None:
        template = learn(read, self._grammar.contexts)
        if template is None:
            return
        program = compile_template(template, self._grammar)
        with suppress(PassportError, *MISFITS):
            if program(document, new_hash) == text:
                self._keep(_Known(program, hash(read), frozenset(document), _owner(document)))

    def _is_due(self, shape: int) -> bool:
        """Whether to compile: when it came before, and was not found to be none that can be."""
        with self._lock:
            if shape in self._known:
                return False
            before = self._seen.get(shape)
            if before is None and len(self._seen) >= limits.COMPILED.seen:
                del self._seen[next(iter(self._seen))]
            self._seen[shape] = _ONCE if before is None else _NEVER
            return before is _ONCE

    def _keep(self, known: _Known) -> None:
        with self._lock:
            theirs = [other for other in self._known.values() if other.owner == known.owner]
            if len(theirs) >= limits.COMPILED.shapes_of_issuer:
                self._drop(theirs)
            elif len(self._known) >= limits.COMPILED.shapes:
                self._drop(self._known.values())
            bucket = self._buckets.setdefault(known.keys, _Bucket(known))
            self._known[known.shape] = bucket.by_shape[known.shape] = known
            self._seen.pop(known.shape, None)

    def _drop(self, among: Collection[_Known]) -> None:
        """Give up the shape used least, the oldest of these: new ones don't push out popular ones."""
        least = min(among, key=lambda known: known.used)
        del self._known[least.shape]
        bucket = self._buckets[least.keys]
        del bucket.by_shape[least.shape]
        if not bucket.by_shape:
            del self._buckets[least.keys]
        elif bucket.last is least:
            bucket.last = next(iter(bucket.by_shape.values()))
        for issuer in [issuer for issuer, known in bucket.by_issuer.items() if known is least]:
            del bucket.by_issuer[issuer]
        if sum(known.used for known in self._known.values()) > _USES:
            for known in self._known.values():
                known.used //= 2


@lru_cache(maxsize=4)
def shapes(contexts: Contexts) -> Shapes:
    return Shapes(contexts)


def _issuer(document: JsonObject) -> str:
    issuer = document.get("issuer")
    if type(issuer) is dict:
        issuer = issuer.get("id")
    return issuer if type(issuer) is str else ""


def _owner(document: JsonObject) -> str:
    """Who says that it is theirs; nothing is verified at this point."""
    method = document.get("verificationMethod")
    controller = method.partition("#")[0] if type(method) is str else ""
    return _issuer(document) or controller
