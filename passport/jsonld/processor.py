"""PyLD, closed: no network, one call at a time, and every context processed once.

PyLD is not thread-safe and drops what it does not know without a word. It processes type-scoped contexts
anew for every node, which is three quarters of its time; what it makes of a context depends only on the
context before it, so the result is kept here. This is the only module that imports PyLD.
"""

import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdError, JsonLdProcessor

from contexts import Contexts
from passport.errors import PassportError
from passport.errors.jsonld import UndefinedTerm, UnknownContext, UnsafeDocument
from passport.json import JsonObject

BASE = "https://relative.invalid/"
"""What relative identifiers would be completed with. Whatever begins like this was not complete."""

_KEPT = 1_024
"""Processed contexts that are kept: a badge uses about 20. They are shared, so each costs some kilobytes."""

_LOCK = threading.Lock()

_ODD_INPUT = (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError)
"""What PyLD raises on input that it did not expect."""


class _Processor(JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """Expansion with processed contexts kept by the identity of what they were made from."""

    def __init__(self) -> None:
        self.dropped = 0
        super().__init__(on_property_dropped=self._count)
        self._made: dict[tuple[Any, ...], tuple[Any, Any, Any]] = {}

    def _count(self, _property: str | None) -> None:
        self.dropped += 1

    def _process_context(  # noqa: PLR0917  # the signature is PyLD's
        self,
        active_ctx: Any,
        local_ctx: Any,
        options: Any,
        override_protected: bool = False,
        propagate: bool = True,
        validate_scoped: bool = True,
        cycles: Any = None,
    ) -> Any:
        def process() -> Any:
            return super(_Processor, self)._process_context(
                active_ctx, local_ctx, options, override_protected, propagate, validate_scoped, cycles
            )

        if cycles is not None or not validate_scoped:
            return process()
        key = (id(active_ctx), _identity(local_ctx), override_protected, propagate)
        kept = self._made.get(key)
        if kept is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            # The inputs are held as well: an identity is only good while its object lives.
            kept = self._made[key] = (active_ctx, local_ctx, process())
        return kept[2]


def _identity(local_ctx: Any) -> Any:
    if isinstance(local_ctx, list) and all(isinstance(part, str) for part in local_ctx):
        return tuple(local_ctx)
    return local_ctx if isinstance(local_ctx, str) else id(local_ctx)


class Expander:
    """JSON-LD expansion (JSON-LD 1.1 API, section 5.1) over a closed set of contexts."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts
        self._forget()

    def _forget(self) -> None:
        self._processor = _Processor()
        self._resolver = ContextResolver({}, self._load)

    def _load(self, url: str, _options: Mapping[str, Any]) -> dict[str, Any]:
        try:
            document = self._contexts.document(url)
        except KeyError:
            raise UnknownContext from None
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": document,
            "tag": "static",
        }

    def expand(self, document: JsonObject) -> list[Any]:
        """Raises UndefinedTerm when a property was dropped, UnsafeDocument for whatever PyLD refuses."""
        options = {
            "base": BASE,
            "processingMode": "json-ld-1.1",
            "documentLoader": self._load,
            "contextResolver": self._resolver,
        }
        with _LOCK:
            self._processor.dropped = 0
            try:
                expanded: list[Any] = self._processor.expand(document, options)
            except JsonLdError as error:
                raise _refusal(error) from None
            except _ODD_INPUT:
                self._forget()
                raise UnsafeDocument from None
            except BaseException:
                self._forget()  # whatever was half made when it stopped is not used again
                raise
            dropped = self._processor.dropped
        if dropped:
            raise UndefinedTerm
        return expanded


def _refusal(error: BaseException) -> PassportError:
    """PyLD wraps what its loader raises."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PassportError):
            return cause
        cause = cause.__cause__
    return UnsafeDocument()


@lru_cache(maxsize=16)
def expander(contexts: Contexts) -> Expander:
    return Expander(contexts)
