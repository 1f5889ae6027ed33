"""The status lists of one verification: fetched or stapled, verified once each, and not too old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from passport import limits
from passport.dids.syntax import did_of
from passport.documents import Documents, Fetched
from passport.errors import PassportError
from passport.errors.status import (
    StatusListIssuerMismatch,
    StatusListMismatch,
    StatusListNotYetValid,
    StatusListRolledBack,
    StatusListStale,
)
from passport.proofs import MethodSource, verify_proofs
from passport.status.bitstring import decode
from passport.status.credential import StatusList, parse_status_list
from passport.status.stapled import WithStapled

_SKEW = timedelta(seconds=limits.TIME.clock_skew)
_FRESH = timedelta(seconds=limits.TIME.status_list_fresh)


@dataclass(frozen=True, slots=True)
class VerifiedStatusList:
    """A list whose proof holds, by the key of the issuer that it names, and that is fresh."""

    url: str
    issuer: str
    purposes: tuple[str, ...]
    bits: bytes
    valid_from: datetime | None


class StatusLists:
    """Verifies each list once, however many entries point into it.

    `last_seen` remembers, per address, the `validFrom` of the newest list that was ever accepted; `seen` is
    what to remember after this verification. `stapled` are lists that the presenter brought, by address.
    """

    def __init__(
        self,
        documents: Documents,
        *,
        now: datetime,
        method_for: MethodSource,
        last_seen: Mapping[str, datetime] | None = None,
        stapled: Mapping[str, bytes] | None = None,
    ) -> None:
        self._documents = WithStapled(documents, stapled or {}, now=now)
        self._now = now
        self._method_for = method_for
        self._last_seen = last_seen or {}
        self._known: dict[str, VerifiedStatusList | PassportError] = {}
        self.seen: dict[str, datetime] = {}

    def get(self, url: str) -> VerifiedStatusList:
        """The list at an address.

        Raises:
            PassportError: it is not at hand, or is one that can't be relied on.
        """
        if url not in self._known:
            try:
                self._known[url] = self._verify(self._documents.get(url))
            except PassportError as error:
                self._known[url] = error
        found = self._known[url]
        if isinstance(found, PassportError):
            raise found
        return found

    def _verify(self, fetched: Fetched) -> VerifiedStatusList:
        status_list = parse_status_list(fetched.body)
        if status_list.id != fetched.url:
            raise StatusListMismatch
        proofs = verify_proofs(
            status_list.document,
            method_for=self._method_for,
            expected_purpose="assertionMethod",
            now=self._now,
        )
        if any(did_of(proof.verification_method) != status_list.issuer.id for proof in proofs):
            raise StatusListIssuerMismatch
        self._check_time(status_list, fetched)
        if status_list.valid_from is not None:
            self.seen[fetched.url] = status_list.valid_from
        return VerifiedStatusList(
            url=fetched.url,
            issuer=status_list.issuer.id,
            purposes=status_list.purposes,
            bits=decode(status_list.encoded_list),
            valid_from=status_list.valid_from,
        )

    def _check_time(self, status_list: StatusList, fetched: Fetched) -> None:
        """A list tells how things were when it was fetched, or at its validFrom if that is later."""
        start, end = status_list.valid_from, status_list.valid_until
        if start is not None and start > self._now + _SKEW:
            raise StatusListNotYetValid
        last = self._last_seen.get(fetched.url)
        if last is not None and (start is None or start < last):
            raise StatusListRolledBack
        known_as_of = fetched.fetched_at if start is None else max(fetched.fetched_at, start)
        lasts = status_list.ttl if end is None and status_list.ttl is not None else _FRESH
        if self._now - known_as_of > lasts or (end is not None and self._now > end):
            raise StatusListStale
